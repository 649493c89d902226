package store

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"loaphuong/scheduler"
)

// recall reads what the database holds that the lines bear on.
func (in *intake) recall(ctx context.Context, records []scheduler.AsRun) error {
	in.held = make(map[uint64]scheduler.Digest, len(records))
	in.told = make(map[scheduler.AiringID][]telling, len(records))
	in.touched = make(map[scheduler.AiringID]bool, len(records))
	var airings []scheduler.AiringID
	for _, r := range records {
		airings = append(airings, r.Airing)
	}
	slices.Sort(airings)
	airings = slices.Compact(airings)
	if err := in.recallHashes(ctx, numbers(records)); err != nil {
		return err
	}
	if err := in.recallAirings(ctx, airings); err != nil {
		return err
	}
	return in.recallTold(ctx, airings)
}

// recallHashes reads the hashes of the lines held under the numbers.
func (in *intake) recallHashes(ctx context.Context, numbers []int64) error {
	w := in.ofLog()
	among(w, "number", numbers)
	_, err := list(ctx, in.tx, func(row scanner) (none struct{}, err error) {
		var number uint64
		var hash scheduler.Digest
		err = row.Scan(&number, &hash)
		in.held[number] = hash
		return none, err
	}, `SELECT number, hash FROM asrun`+w.String(), w.args...)
	return err
}

// recallAirings makes a key of told for each of the airings that the station
// was ever to air. Whose an airing is, is compared here: asked about it, SQLite
// walks through all airings of the station.
func (in *intake) recallAirings(ctx context.Context, airings []scheduler.AiringID) error {
	w := &where{}
	among(w, "id", airings)
	_, err := list(ctx, in.tx, func(row scanner) (none struct{}, err error) {
		var id scheduler.AiringID
		var owner scheduler.StationID
		if err = row.Scan(&id, &owner); owner == in.station {
			in.told[id] = nil
		}
		return none, err
	}, `SELECT id, station FROM airings`+w.String(), w.args...)
	return err
}

// recallTold reads the lines that are held about the airings, of whatever log.
func (in *intake) recallTold(ctx context.Context, airings []scheduler.AiringID) error {
	w := &where{}
	among(w, "airing", airings)
	lines, err := list(ctx, in.tx, func(row scanner) (t telling, err error) {
		var body string
		if err = row.Scan(&body, &t.hash); err != nil {
			return t, err
		}
		return t, json.Unmarshal([]byte(body), &t.AsRun)
	}, `SELECT body, hash FROM asrun`+w.String(), w.args...)
	for _, t := range lines {
		in.told[t.Airing] = append(in.told[t.Airing], t)
	}
	return err
}

// checkChain looks whether the lines just taken, and those that follow them,
// carry the hash of the line before. What is not held yet is not held against
// a line; a line that was put apart is the line before where there is no other.
func (in *intake) checkChain(ctx context.Context, records []scheduler.AsRun) error {
	const fits = `CASE WHEN number = 1 THEN previous = '' ELSE COALESCE(
		(SELECT p.hash = asrun.previous FROM asrun p
			WHERE p.station = asrun.station AND p.log = asrun.log AND p.number = asrun.number - 1),
		(SELECT MAX(CASE WHEN q.hash = asrun.previous THEN 1 ELSE 0 END) = 1 FROM quarantine q
			WHERE q.station = asrun.station AND q.log = asrun.log AND q.number = asrun.number - 1),
		TRUE) END`
	w := in.ofLog()
	among(w, "number", withNext(numbers(records)))
	_, err := in.tx.ExecContext(ctx, `UPDATE asrun SET chain_ok = NOT chain_ok`+w.String()+` AND chain_ok <> (`+fits+`)`, w.args...)
	return err
}

// ofLog begins a condition with the log that the lines are of.
func (in *intake) ofLog() *where {
	w := &where{}
	w.is("station =", in.station)
	w.is("log =", in.log)
	return w
}

// numbers are those of the records that a database can hold.
func numbers(records []scheduler.AsRun) []int64 {
	var all []int64
	for _, r := range records {
		if r.Number < math.MaxInt64 {
			all = append(all, int64(r.Number))
		}
	}
	return all
}

// withNext adds the number after each.
func withNext(numbers []int64) []int64 {
	all := make([]int64, 0, 2*len(numbers))
	for _, n := range numbers {
		all = append(all, n, n+1)
	}
	return all
}
