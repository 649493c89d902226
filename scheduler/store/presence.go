package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// presence is a row of states.
type presence struct {
	devices.State
	received time.Time
}

const selectPresence = `SELECT body, online, received FROM states`

// PutState keeps what a station says of itself. The last will of a session that
// is not the one held is ignored: it comes from a connection that the station has
// already replaced. So is one of which the like is held: the station has been
// gone since the first. A will says only that the station is gone, so what it
// held before stays known.
func (s *Store) PutState(ctx context.Context, st devices.State, received time.Time) error {
	return s.write(ctx, fmt.Sprintf("put state of %s", st.Station), func(tx *sql.Tx) error {
		held, err := one(ctx, tx, "state", readPresence, selectPresence+` WHERE station = $1`, st.Station)
		switch {
		case err != nil && !errors.Is(err, scheduler.ErrNotFound):
			return err
		case err == nil && !st.Online && (st.Session != held.Session || !held.Online):
			return nil
		case err == nil && !st.Online:
			held.Online = false
			st = held.State
		}
		return putPresence(ctx, tx, st, received)
	})
}

func putPresence(ctx context.Context, tx *sql.Tx, st devices.State, received time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO states (station, session, online, body, received) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (station) DO UPDATE SET session = excluded.session, online = excluded.online,
			body = excluded.body, received = excluded.received`,
		st.Station, st.Session, st.Online, toBody(st), millis(received))
	return err
}

// States lists the last state of every station that ever sent one, by station.
func (s *Store) States(ctx context.Context) ([]devices.State, error) {
	all, err := listing(ctx, s, "list states", readPresence, selectPresence+` ORDER BY station`)
	states := make([]devices.State, len(all))
	for i, p := range all {
		states[i] = p.State
	}
	return states, err
}

// Heard tells when each station's last state was received.
func (s *Store) Heard(ctx context.Context) (map[scheduler.StationID]time.Time, error) {
	all, err := listing(ctx, s, "list states", readPresence, selectPresence)
	heard := make(map[scheduler.StationID]time.Time, len(all))
	for _, p := range all {
		heard[p.Station] = p.received
	}
	return heard, err
}

func readPresence(row scanner) (p presence, err error) {
	var body string
	var online bool
	var received int64
	if err = row.Scan(&body, &online, &received); err != nil {
		return p, err
	}
	p.received = instant(received)
	err = json.Unmarshal([]byte(body), &p.State)
	p.Online = online
	return p, err
}
