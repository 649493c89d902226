package store

import (
	"context"
	"encoding/json"
	"time"

	"loaphuong/scheduler"
)

// Quarantined is a line that is kept apart, and why.
type Quarantined struct {
	Station  scheduler.StationID `json:"station"`
	Log      string              `json:"log"` // the log it came in
	Reason   string              `json:"reason"`
	Line     scheduler.AsRun     `json:"line"`
	Received time.Time           `json:"received"`
}

// Quarantine lists the lines that are kept apart, the last to come first.
func (s *Store) Quarantine(ctx context.Context) ([]Quarantined, error) {
	return listing(ctx, s, "list quarantine", readQuarantined,
		`SELECT station, log, reason, body, received FROM quarantine ORDER BY received DESC, station, log, number, hash`)
}

func readQuarantined(row scanner) (q Quarantined, err error) {
	var body string
	var received int64
	if err = row.Scan(&q.Station, &q.Log, &q.Reason, &body, &received); err != nil {
		return q, err
	}
	q.Received = instant(received)
	return q, json.Unmarshal([]byte(body), &q.Line)
}

// Lines lists what a station said of an airing, in the order it said it.
func (s *Store) Lines(ctx context.Context, airing scheduler.AiringID) ([]scheduler.AsRun, error) {
	return listing(ctx, s, "list lines of airing "+string(airing), body[scheduler.AsRun],
		`SELECT body FROM asrun WHERE airing = $1 ORDER BY log, number`, airing)
}
