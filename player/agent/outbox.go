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
			err = errors.Join(err,
				putJSON(tx.Bucket([]byte(outboxBucket)), numberKey(line.Number), line),
				putJSON(tx.Bucket([]byte(dutyBucket)), []byte(line.Airing), entryOf(line)))
		}
		return errors.Join(err, putJSON(meta, []byte(lastKey), last))
	})
	if err != nil {
		return fmt.Errorf("write as-run lines: %w", err)
	}
	return nil
}

// Batch is the next lines to send, at most limit, with how far the log reaches.
func (b *Logbook) Batch(station scheduler.StationID, through time.Time, limit int) (devices.Batch, error) {
	batch := devices.Batch{Station: station, Log: b.log, Through: through.UTC()}
	err := b.db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		var last lastLine
		if err := getJSON(meta, []byte(lastKey), &last); err != nil {
			return err
		}
		batch.Number = last.Number
		var err error
		if batch.Since, err = getTime(meta, sinceKey); err != nil {
			return err
		}
		c := tx.Bucket([]byte(outboxBucket)).Cursor()
		for k, v := c.First(); k != nil && len(batch.Records) < limit; k, v = c.Next() {
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
