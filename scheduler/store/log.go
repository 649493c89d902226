package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Log is how much of a station's log is held.
type Log struct {
	Station    scheduler.StationID `json:"station"`
	Log        string              `json:"log"`
	Since      time.Time           `json:"since"`      // when it was begun
	Through    time.Time           `json:"through"`    // how far its word reaches with every line held
	Contiguous uint64              `json:"contiguous"` // every line from 1 to here is held, or lost at the station
	Highest    uint64              `json:"highest"`    // the last line held or spoken of; more than Contiguous means a gap
	Broken     int                 `json:"broken"`     // lines that do not carry the hash of the line before
	Lost       uint64              `json:"lost"`       // lines that had to make room at the station and never came
}

// openLog reads the log that a batch is of, or begins it.
func openLog(ctx context.Context, tx *sql.Tx, b devices.Batch) (*logRow, error) {
	const read = `SELECT since, contiguous, complete, lost FROM logs WHERE station = $1 AND log = $2`
	log, err := one(ctx, tx, "log", readLogRow, read, b.Station, b.Log)
	if errors.Is(err, scheduler.ErrNotFound) {
		_, err = tx.ExecContext(ctx, `INSERT INTO logs (station, log, since, contiguous, complete) VALUES ($1, $2, 0, 0, 0)`, b.Station, b.Log)
	}
	return &log, err
}

// logRow is the row of logs that an intake moves forward.
type logRow struct{ since, contiguous, complete, lost int64 }

func readLogRow(row scanner) (l logRow, err error) {
	err = row.Scan(&l.since, &l.contiguous, &l.complete, &l.lost)
	return l, err
}

// advance moves the log as far as the lines now held allow. A claim to speak
// for a time after now is cut to now: nobody can have lived it.
func (l *logRow) advance(ctx context.Context, tx *sql.Tx, b devices.Batch, now time.Time) error {
	l.since = max(l.since, millisUp(b.Since))                         // of two stories, the one that claims less
	l.lost = max(l.lost, int64(min(b.Lost, b.Number, math.MaxInt64))) // what was never written cannot be lost
	if err := l.closeGaps(ctx, tx, b); err != nil {
		return err
	}
	if err := l.claim(ctx, tx, b, min(millis(b.Through), millis(now))); err != nil {
		return err
	}
	proved, err := list(ctx, tx, value[int64], `DELETE FROM claims WHERE station = $1 AND log = $2 AND number <= $3 RETURNING through`,
		b.Station, b.Log, l.contiguous)
	if err != nil {
		return err
	}
	for _, through := range proved {
		l.complete = max(l.complete, through)
	}
	_, err = tx.ExecContext(ctx, `UPDATE logs SET since = $3, contiguous = $4, complete = $5, lost = $6 WHERE station = $1 AND log = $2`,
		b.Station, b.Log, l.since, l.contiguous, l.complete, l.lost)
	return err
}

// claim keeps how far the batch says its log reaches.
func (l *logRow) claim(ctx context.Context, tx *sql.Tx, b devices.Batch, through int64) error {
	if through == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO claims (station, log, number, through) VALUES ($1, $2, $3, $4)
		ON CONFLICT (station, log, number) DO UPDATE SET through = excluded.through WHERE excluded.through > claims.through`,
		b.Station, b.Log, int64(min(b.Number, math.MaxInt64)), through)
	return err
}

// closeGaps raises contiguous over every line that is held, apart or not, and
// over those that the station has lost: nobody needs to wait for them. Of the
// airings that they were about the station's Since says that it knows nothing.
func (l *logRow) closeGaps(ctx context.Context, tx *sql.Tx, b devices.Batch) error {
	l.contiguous = max(l.contiguous, l.lost)
	rows, err := tx.QueryContext(ctx, `SELECT number FROM asrun WHERE station = $1 AND log = $2 AND number > $3
		UNION SELECT number FROM quarantine WHERE station = $1 AND log = $2 AND number > $3 ORDER BY number`,
		b.Station, b.Log, l.contiguous)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		if err := rows.Scan(&number); err != nil {
			return err
		}
		if number != l.contiguous+1 {
			return nil
		}
		l.contiguous = number
	}
	return rows.Err()
}

// Watermarks lists how far each log's word reaches, by station and log. Where a
// log claims more than the lines held can prove, the claim follows as a second
// watermark that is not complete.
func (s *Store) Watermarks(ctx context.Context) ([]scheduler.Watermark, error) {
	return listing(ctx, s, "list watermarks", readWatermark,
		`SELECT station, log, since, complete AS through, TRUE AS proved FROM logs WHERE complete <> 0
		UNION ALL SELECT c.station, c.log, l.since, MAX(c.through), FALSE FROM claims c
			JOIN logs l ON l.station = c.station AND l.log = c.log GROUP BY c.station, c.log, l.since
		ORDER BY 1, 2, 4`)
}

func readWatermark(row scanner) (m scheduler.Watermark, err error) {
	var since, through int64
	err = row.Scan(&m.Station, &m.Log, &since, &through, &m.Complete)
	m.Since, m.Through = instant(since), instant(through)
	return m, err
}

// Logs lists every log by station and log, for a person who looks for gaps.
func (s *Store) Logs(ctx context.Context) ([]Log, error) {
	const highest = `COALESCE((SELECT MAX(%[2]s) FROM %[1]s x WHERE x.station = logs.station AND x.log = logs.log), 0)`
	return listing(ctx, s, "list logs", readLog, `SELECT station, log, since, complete, contiguous,
		`+fmt.Sprintf(highest, "asrun", "number")+`, `+fmt.Sprintf(highest, "claims", "number")+`,
		(SELECT COUNT(*) FROM asrun a WHERE a.station = logs.station AND a.log = logs.log AND NOT a.chain_ok),
		lost - (SELECT COUNT(*) FROM (
			SELECT number FROM asrun a WHERE a.station = logs.station AND a.log = logs.log AND number <= lost
			UNION SELECT number FROM quarantine q WHERE q.station = logs.station AND q.log = logs.log AND number BETWEEN 1 AND lost) came)
		FROM logs ORDER BY station, log`)
}

func readLog(row scanner) (l Log, err error) {
	var since, through int64
	var held, claimed uint64
	err = row.Scan(&l.Station, &l.Log, &since, &through, &l.Contiguous, &held, &claimed, &l.Broken, &l.Lost)
	l.Since, l.Through, l.Highest = instant(since), instant(through), max(held, claimed, l.Contiguous)
	return l, err
}
