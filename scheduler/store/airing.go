package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// expected are the columns of an airing that come from a schedule, said those
// that come from the station and from people.
const (
	expected = `id, station, programme, playlist, entry, class, start, duration, grace, recording, title, digest,
		approver, directive, topic, piece, makes_good, revision`
	said = `withdrawn, started, ended, sounded, outcome, reason, detail, evidence, card, waived_by, waived_why, waived_at,
		said_started, said_ended, stalls, quiet, interruptions, filled, filled_for, heard_back`
)

// expect adds airings and takes back the withdrawal of those held already.
func expect(ctx context.Context, tx *sql.Tx, airings []scheduler.Airing, revision scheduler.Revision) error {
	rows := make([][]any, len(airings))
	for i, a := range airings {
		rows[i] = []any{a.ID, a.Station, a.Programme, a.Playlist, a.Entry, a.Class, millis(a.Start), int64(a.Duration), int64(a.Grace),
			a.Recording, a.Title, a.Digest, a.Approver, a.Directive, a.Topic, a.Piece, a.MakesGood, revision}
	}
	return insert(ctx, tx, "airings", expected,
		`ON CONFLICT (id) DO UPDATE SET withdrawn = FALSE, revision = excluded.revision WHERE airings.withdrawn`, rows)
}

// withdrawOthers withdraws what is to come, is not in the publication and has
// no word of the station.
func withdrawOthers(ctx context.Context, tx *sql.Tx, p Publication) error {
	ahead, err := list(ctx, tx, value[scheduler.AiringID], `SELECT id FROM airings
		WHERE station = $1 AND start > $2 AND NOT withdrawn
		AND NOT EXISTS (SELECT 1 FROM asrun WHERE asrun.airing = airings.id)`, p.Schedule.Station, millis(p.Now))
	if err != nil {
		return err
	}
	kept := make(map[scheduler.AiringID]bool, len(p.Airings))
	for _, a := range p.Airings {
		kept[a.ID] = true
	}
	gone := slices.DeleteFunc(ahead, func(id scheduler.AiringID) bool { return kept[id] })
	for some := range slices.Chunk(gone, 200) {
		var w where
		among(&w, "id", some)
		if _, err := tx.ExecContext(ctx, `UPDATE airings SET withdrawn = TRUE`+w.String(), w.args...); err != nil {
			return err
		}
	}
	return nil
}

// Airings lists airings and what is known of them by start, station and ID.
//
// One who judges them must have read the watermarks first: a watermark read
// afterwards may vouch for an airing whose word came in between.
func (s *Store) Airings(ctx context.Context, f scheduler.AiringFilter) ([]scheduler.AiringFacts, error) {
	w := chosen(f)
	return listing(ctx, s, "list airings", readFacts,
		`SELECT `+expected+`, `+said+` FROM airings`+w.String()+` ORDER BY start, station, id`, w.args...)
}

// Airing finds one airing and what is known of it.
func (s *Store) Airing(ctx context.Context, id scheduler.AiringID) (scheduler.AiringFacts, error) {
	return one(ctx, s.reader, fmt.Sprintf("airing %s", id), readFacts,
		`SELECT `+expected+`, `+said+` FROM airings WHERE id = $1`, id)
}

func chosen(f scheduler.AiringFilter) *where {
	w := &where{}
	if !f.From.IsZero() {
		w.is("start >=", millisUp(f.From))
	}
	if !f.Until.IsZero() {
		w.is("start <", millisUp(f.Until))
	}
	if len(f.Areas) > 0 {
		among(w, "station IN (SELECT id FROM stations WHERE area", f.Areas)
	}
	if len(f.Stations) > 0 {
		among(w, "station", f.Stations)
	}
	if f.Directive != "" {
		w.is("directive =", f.Directive)
	}
	if f.Topic != 0 {
		w.is("topic =", f.Topic)
	}
	return w
}

func readFacts(row scanner) (f scheduler.AiringFacts, err error) {
	var start, started, ended, waived, saidStarted, saidEnded int64
	err = row.Scan(&f.ID, &f.Station, &f.Programme, &f.Playlist, &f.Entry, &f.Class, &start, &f.Duration, &f.Grace,
		&f.Recording, &f.Title, &f.Digest, &f.Approver, &f.Directive, &f.Topic, &f.Piece, &f.MakesGood, &f.Revision,
		&f.Withdrawn, &started, &ended, &f.Sounded, &f.Outcome, &f.Reason, &f.Detail, &f.Evidence, &f.Card,
		&f.Waiver.By, &f.Waiver.Why, &waived,
		&saidStarted, &saidEnded, &f.Stalls, &f.Quiet, &f.Interruptions, &f.Filled, &f.FilledFor, &f.HeardBack)
	f.Start, f.StartedAt, f.EndedAt, f.Waiver.At = instant(start), instant(started), instant(ended), instant(waived)
	f.SaidStartedAt, f.SaidEndedAt = instant(saidStarted), instant(saidEnded)
	return f, err
}

// WaiveAiring excuses an airing in the name of a person. A later waiver
// replaces the one before.
func (s *Store) WaiveAiring(ctx context.Context, id scheduler.AiringID, by, why string, at time.Time) error {
	what := fmt.Sprintf("waive airing %s", id)
	if by == "" || why == "" {
		return scheduler.Invalid(fmt.Errorf("%s: say who excuses it and why", what))
	}
	return s.write(ctx, what, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE airings SET waived_by = $2, waived_why = $3, waived_at = $4 WHERE id = $1`,
			id, by, why, millis(at))
		return changedOr(scheduler.ErrNotFound, done, err)
	})
}
