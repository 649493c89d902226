package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Publication is a schedule that is about to be sent, and what it makes the
// station owe.
type Publication struct {
	Schedule devices.Schedule
	Sealed   []byte             // the signed envelope, exactly as it is sent
	By       string             // who published it
	Airings  []scheduler.Airing // what the schedule expands to, as far ahead as the centre looks
	Now      time.Time
}

// Published is a schedule that was published.
type Published struct {
	devices.Schedule
	Sealed []byte // the signed envelope, byte for byte as it was sent
	By     string // who published it
	At     time.Time
}

// Publish keeps a schedule and what is expected of it, all or nothing. Its
// revision must be the one after the station's latest: otherwise the error is
// [scheduler.ErrConflict], and the schedule must be made anew.
//
// Airings that were expected before stay with the revision they came with.
// Those that start after Now, are not among the new ones and of which the
// station has not said anything are withdrawn. A withdrawn one that is among
// the new ones is expected again, with this revision.
func (s *Store) Publish(ctx context.Context, p Publication) error {
	what := fmt.Sprintf("publish schedule %d of %s", p.Schedule.Revision, p.Schedule.Station)
	for _, a := range p.Airings {
		if a.Station != p.Schedule.Station {
			return fmt.Errorf("%s: airing %s is of %s: %w", what, a.ID, a.Station, scheduler.ErrConflict)
		}
	}
	return s.write(ctx, what, func(tx *sql.Tx) error {
		if err := addSchedule(ctx, tx, p); err != nil {
			return err
		}
		if err := expect(ctx, tx, p.Airings, p.Schedule.Revision); err != nil {
			return err
		}
		return withdrawOthers(ctx, tx, p)
	})
}

func addSchedule(ctx context.Context, tx *sql.Tx, p Publication) error {
	station, revision := p.Schedule.Station, p.Schedule.Revision
	latest, err := one(ctx, tx, "latest revision", value[scheduler.Revision],
		`SELECT COALESCE(MAX(revision), 0) FROM schedules WHERE station = $1`, station)
	if err != nil {
		return err
	}
	if revision != latest+1 {
		return fmt.Errorf("the latest is %d: %w", latest, scheduler.ErrConflict)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO schedules (station, revision, by, at, body, sealed) VALUES ($1, $2, $3, $4, $5, $6)`,
		station, revision, p.By, millis(p.Now), toBody(p.Schedule), p.Sealed)
	return err
}

// LatestSchedule finds what was last published for a station.
func (s *Store) LatestSchedule(ctx context.Context, station scheduler.StationID) (Published, error) {
	return one(ctx, s.reader, fmt.Sprintf("latest schedule of %s", station), readPublished,
		`SELECT body, sealed, by, at FROM schedules WHERE station = $1 ORDER BY revision DESC LIMIT 1`, station)
}

// ScheduleAt finds what was last published for a station at an instant or before.
func (s *Store) ScheduleAt(ctx context.Context, station scheduler.StationID, at time.Time) (Published, error) {
	return one(ctx, s.reader, fmt.Sprintf("schedule of %s at %s", station, at.Format(time.RFC3339)), readPublished,
		`SELECT body, sealed, by, at FROM schedules WHERE station = $1 AND at <= $2 ORDER BY revision DESC LIMIT 1`, station, millis(at))
}

func readPublished(row scanner) (p Published, err error) {
	var body string
	var at int64
	if err = row.Scan(&body, &p.Sealed, &p.By, &at); err != nil {
		return p, err
	}
	p.At = instant(at)
	return p, json.Unmarshal([]byte(body), &p.Schedule)
}

// LatestRevision is the latest revision of a station, 0 where there is none.
func (s *Store) LatestRevision(ctx context.Context, station scheduler.StationID) (scheduler.Revision, error) {
	return one(ctx, s.reader, fmt.Sprintf("latest revision of %s", station), value[scheduler.Revision],
		`SELECT COALESCE(MAX(revision), 0) FROM schedules WHERE station = $1`, station)
}

// LatestRevisions tells the latest revision of every station that has one.
func (s *Store) LatestRevisions(ctx context.Context) (map[scheduler.StationID]scheduler.Revision, error) {
	latest := map[scheduler.StationID]scheduler.Revision{}
	_, err := listing(ctx, s, "list latest revisions", func(row scanner) (struct{}, error) {
		var station scheduler.StationID
		var revision scheduler.Revision
		err := row.Scan(&station, &revision)
		latest[station] = revision
		return struct{}{}, err
	}, `SELECT station, MAX(revision) FROM schedules GROUP BY station`)
	return latest, err
}
