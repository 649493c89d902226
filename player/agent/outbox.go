package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// lastLine is the end of the chain.
type lastLine struct {
	Number uint64           `json:"number"`
	Hash   scheduler.Digest `json:"hash"`
}

// Append numbers and chains lines, puts them in the outbox and moves their
// airings' ledger entries, all or nothing.
func (b *Logbook) Append(lines ...scheduler.AsRun) error {
	err := b.update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		var last lastLine
		err := getJSON(meta, []byte(lastKey), &last)
		for _, line := range lines {
			line.Log, line.Number, line.Previous = b.log, last.Number+1, last.Hash
			last = lastLine{line.Number, line.Hash()}
			err = errors.Join(err, putJSON(tx.Bucket([]byte(outboxBucket)), numberKey(line.Number), line))
			if moves(line) {
				err = errors.Join(err, keepEntry(tx.Bucket([]byte(dutyBucket)), line))
			}
		}
		return errors.Join(err, putJSON(meta, []byte(lastKey), last), b.makeRoom(tx, last.Number))
	})
	if err != nil {
		return fmt.Errorf("write as-run lines: %w", err)
	}
	return nil
}

// Batch is the next lines to send, at most limit, with how far the log reaches.
func (b *Logbook) Batch(station scheduler.StationID, through time.Time, limit int) (devices.Batch, error) {
	return b.batchAfter(0, station, through, limit)
}

// Batches are all lines that wait, or the first of them up to a limit.
func (b *Logbook) Batches(station scheduler.StationID, through time.Time, limit int) (all []devices.Batch, err error) {
	for after := uint64(0); limit > 0; limit -= devices.MaxBatch {
		batch, err := b.batchAfter(after, station, through, min(limit, devices.MaxBatch))
		if err != nil {
			return nil, err
		}
		if len(batch.Records) == 0 && len(all) > 0 {
			break
		}
		all = append(all, batch)
		if len(batch.Records) < devices.MaxBatch {
			break
		}
		after = batch.Records[len(batch.Records)-1].Number
	}
	return all, nil
}

// batchAfter is the lines behind a number.
func (b *Logbook) batchAfter(after uint64, station scheduler.StationID, through time.Time, limit int) (devices.Batch, error) {
	batch := devices.Batch{Station: station, Log: b.log, Through: through.UTC()}
	err := b.db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		var last lastLine
		if err := getJSON(meta, []byte(lastKey), &last); err != nil {
			return err
		}
		batch.Number = last.Number
		var gone lost
		err := getJSON(meta, []byte(lostKey), &gone)
		if err != nil {
			return err
		}
		batch.Lost = gone.Through
		if batch.Since, err = getTime(meta, sinceKey); err != nil {
			return err
		}
		c := tx.Bucket([]byte(outboxBucket)).Cursor()
		for k, v := c.Seek(numberKey(after + 1)); k != nil && len(batch.Records) < limit; k, v = c.Next() {
			var line scheduler.AsRun
			if err := json.Unmarshal(v, &line); err != nil {
				return fmt.Errorf("outbox line %x: %w", k, err)
			}
			batch.Records = append(batch.Records, line)
		}
		return nil
	})
	return batch, err
}

// Waiting is the number of lines without a receipt.
func (b *Logbook) Waiting() (n int) {
	b.db.View(func(tx *bbolt.Tx) error {
		n = tx.Bucket([]byte(outboxBucket)).Stats().KeyN
		return nil
	})
	return n
}

// Settle takes the lines that a receipt names out of the outbox: the accepted
// ones, and the rejected ones, which the centre keeps apart. It returns how many
// of them were there. A receipt for another log is none of ours.
func (b *Logbook) Settle(r devices.Receipt) (settled int, err error) {
	if r.Log != b.log {
		return 0, nil
	}
	numbers := slices.Clone(r.Accepted)
	for _, rej := range r.Rejected {
		numbers = append(numbers, rej.Number)
	}
	err = b.update(func(tx *bbolt.Tx) error {
		outbox := tx.Bucket([]byte(outboxBucket))
		for _, n := range numbers {
			if outbox.Get(numberKey(n)) == nil {
				continue
			}
			if err := outbox.Delete(numberKey(n)); err != nil {
				return err
			}
			settled++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("settle: %w", err)
	}
	return settled, nil
}

// maxOutbox is how many lines may wait for a receipt, some 60 MB: years of a
// station without a link.
const maxOutbox = 100_000

// lost is what had to make room.
type lost struct {
	Through uint64 `json:"through"` // the last number that is no more
	Lines   uint64 `json:"lines"`   // how many they were
}

// makeRoom lets go of the oldest lines beyond the most that may wait. What they
// said is lost, and said to be: the log then speaks only for the time behind the
// last airing that one of them ended.
func (b *Logbook) makeRoom(tx *bbolt.Tx, last uint64) error {
	if last <= b.room {
		return nil
	}
	meta, c := tx.Bucket([]byte(metaBucket)), tx.Bucket([]byte(outboxBucket)).Cursor()
	var gone lost
	since, err := getTime(meta, sinceKey)
	if err = errors.Join(err, getJSON(meta, []byte(lostKey), &gone)); err != nil {
		return err
	}
	before := gone
	for k, v := c.First(); k != nil && numberOf(k) <= last-b.room; k, v = c.First() {
		var line scheduler.AsRun
		if err := errors.Join(json.Unmarshal(v, &line), c.Delete()); err != nil {
			return fmt.Errorf("make room in the outbox: %w", err)
		}
		if line.Kind == scheduler.AsRunEnd && !line.Planned.Before(since) {
			since = line.Planned.Add(1)
		}
		gone.Through, gone.Lines = line.Number, gone.Lines+1
	}
	if gone == before {
		return nil
	}
	return errors.Join(putJSON(meta, []byte(lostKey), gone), putTime(meta, sinceKey, since))
}

// Lost is how many lines had to make room before they were receipted.
func (b *Logbook) Lost() uint64 {
	var gone lost
	b.db.View(func(tx *bbolt.Tx) error {
		return getJSON(tx.Bucket([]byte(metaBucket)), []byte(lostKey), &gone)
	})
	return gone.Lines
}
