package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"loaphuong/scheduler"
)

// SelectionFilter chooses selections; a zero field chooses all.
type SelectionFilter struct {
	Programme scheduler.ProgrammeID
	Areas     []scheduler.AreaID  // whose they are; one of a station alone is of the station's area
	Station   scheduler.StationID // that they are for alone
	From      time.Time           // leaves out those of which no window begins at From or later
}

// PutSelection adds a selection or changes it. Its area and station, as far as
// it names them, must be there: otherwise the error is [scheduler.ErrNotFound].
// Where another makes the same airing good already it is [scheduler.ErrConflict]
// and names that one.
func (s *Store) PutSelection(ctx context.Context, sel scheduler.Selection) error {
	return s.write(ctx, fmt.Sprintf("put playlist %s of area %q, station %q", sel.ID, sel.Area, sel.Station), func(tx *sql.Tx) error {
		if err := wantStillMissed(ctx, tx, sel); err != nil {
			return err
		}
		past, err := pastFrom(sel.Timing)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO selections (id, area, station, programme, makes_good, created, past, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET area = excluded.area, station = excluded.station,
			programme = excluded.programme, makes_good = excluded.makes_good, created = excluded.created,
			past = excluded.past, body = excluded.body`,
			sel.ID, orNull(sel.Area), orNull(sel.Station), sel.Programme, sel.MakesGood, millis(sel.Created), millisUp(past), toBody(sel))
		return err
	})
}

// wantStillMissed refuses to make an airing good a second time.
func wantStillMissed(ctx context.Context, tx *sql.Tx, sel scheduler.Selection) error {
	if sel.MakesGood == "" {
		return nil
	}
	others, err := list(ctx, tx, body[scheduler.Selection],
		`SELECT body FROM selections WHERE makes_good = $1 AND makes_good <> '' AND id <> $2`, sel.MakesGood, sel.ID)
	if err != nil || len(others) == 0 {
		return err
	}
	return fmt.Errorf("%w: airing %s is being made good already, by playlist %s %q: delete that one first",
		scheduler.ErrConflict, sel.MakesGood, others[0].ID, others[0].Title)
}

// pastFrom is the instant from which a timing has no occurrence left, zero
// where that never comes. Timings show their bounds only in JSON.
func pastFrom(t scheduler.Timing) (time.Time, error) {
	var bounds struct{ At, Until time.Time }
	err := json.Unmarshal([]byte(toBody(t)), &bounds)
	if bounds.At.IsZero() {
		return bounds.Until, err
	}
	return bounds.At.Add(time.Millisecond), err
}

// Selection finds one selection.
func (s *Store) Selection(ctx context.Context, id scheduler.SelectionID) (scheduler.Selection, error) {
	return one(ctx, s.reader, fmt.Sprintf("playlist %s", id), body[scheduler.Selection],
		`SELECT body FROM selections WHERE id = $1`, id)
}

// Selections lists selections in the order in which they were made.
func (s *Store) Selections(ctx context.Context, f SelectionFilter) ([]scheduler.Selection, error) {
	var w where
	if f.Programme != "" {
		w.is("programme =", f.Programme)
	}
	if len(f.Areas) > 0 {
		among(&w, "COALESCE(area, (SELECT area FROM stations WHERE stations.id = station))", f.Areas)
	}
	if f.Station != "" {
		w.is("station =", f.Station)
	}
	if !f.From.IsZero() {
		w.is("past NOT BETWEEN 1 AND", millis(f.From))
	}
	return listing(ctx, s, "list playlists", body[scheduler.Selection],
		`SELECT body FROM selections`+w.String()+` ORDER BY created, id`, w.args...)
}

// DeleteSelection removes a selection. What was published from it stays.
func (s *Store) DeleteSelection(ctx context.Context, id scheduler.SelectionID) error {
	return s.remove(ctx, fmt.Sprintf("delete playlist %s", id), `DELETE FROM selections WHERE id = $1`, id)
}
