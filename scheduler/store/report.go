package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Schedule finds one schedule that was published for a station.
func (s *Store) Schedule(ctx context.Context, station scheduler.StationID, revision scheduler.Revision) (Published, error) {
	return one(ctx, s.reader, fmt.Sprintf("schedule %d of %s", revision, station), readPublished,
		`SELECT body, sealed, by, at FROM schedules WHERE station = $1 AND revision = $2`, station, revision)
}

// HeldNumbers are those of the lines of a batch under which a line is held.
func (s *Store) HeldNumbers(ctx context.Context, b devices.Batch) ([]uint64, error) {
	w := &where{}
	w.is("station =", b.Station)
	w.is("log =", b.Log)
	among(w, "number", numbers(b.Records))
	return listing(ctx, s, "list lines held of "+string(b.Station), value[uint64], `SELECT number FROM asrun`+w.String(), w.args...)
}

// PutReported keeps what a station said of itself in a report that was carried
// by hand, unless something as new is held, and says whether it did. Whether the
// station is on the link is no part of that and stays as it was. A clock that is
// ahead gains nothing: no word counts as newer than its receipt.
func (s *Store) PutReported(ctx context.Context, st devices.State, received time.Time) (taken bool, err error) {
	st.Online, st.At = false, earlier(st.At, received)
	err = s.write(ctx, fmt.Sprintf("put reported state of %s", st.Station), func(tx *sql.Tx) error {
		held, err := one(ctx, tx, "state", readPresence, selectPresence+` WHERE station = $1`, st.Station)
		switch {
		case err != nil && !errors.Is(err, scheduler.ErrNotFound):
			return err
		case err == nil && !st.At.After(earlier(held.At, held.received)):
			return nil
		case err == nil && held.Online:
			st.Online, st.Session = true, held.Session // so that its last will is still its own
		}
		taken = true
		return putPresence(ctx, tx, st, received)
	})
	return taken && err == nil, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// PutReport keeps the receipts for what a report carried, in the place of those
// for the report before. One that was made before that is passed over: what it
// carried and the later one did not, the station has already let go of.
func (s *Store) PutReport(ctx context.Context, station scheduler.StationID, made time.Time, receipts []devices.Receipt) error {
	return s.exec(ctx, fmt.Sprintf("put report of %s", station), `INSERT INTO reports (station, made, receipts) VALUES ($1, $2, $3)
		ON CONFLICT (station) DO UPDATE SET made = excluded.made, receipts = excluded.receipts WHERE excluded.made >= reports.made`,
		station, millis(made), toBody(receipts))
}

// Receipts are those for what a station's last report carried; none where no
// report has come.
func (s *Store) Receipts(ctx context.Context, station scheduler.StationID) ([]devices.Receipt, error) {
	r, err := one(ctx, s.reader, fmt.Sprintf("receipts of %s", station), body[[]devices.Receipt],
		`SELECT receipts FROM reports WHERE station = $1`, station)
	if errors.Is(err, scheduler.ErrNotFound) {
		return nil, nil
	}
	return r, err
}
