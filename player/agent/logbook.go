package agent

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Logbook is the station's memory on disk: the schedule it holds, the ledger of
// the airings that have come due, and the as-run lines that wait for a receipt.
// Every method that writes has reached the disk when it returns.
type Logbook struct {
	db  *bbolt.DB
	log string
}

// The buckets and the keys of the meta bucket.
const (
	metaBucket     = "meta"
	dutyBucket     = "duties"   // airing → entry
	outboxBucket   = "outbox"   // number, big endian → line
	commandBucket  = "commands" // id → when it expires
	logKey         = "log"
	sinceKey       = "since"
	lastKey        = "last" // number and hash of the last line written
	cursorKey      = "cursor"
	scheduleKey    = "schedule"
	acceptedKey    = "accepted"
	rememberDuties = 60 * 24 * time.Hour
)

// phase is how far an airing has come in the ledger.
type phase string

const (
	intended phase = "intent"
	started  phase = "started"
	closed   phase = "closed"
)

// entry is the ledger's word on one airing.
type entry struct {
	Phase    phase            `json:"phase"`
	Planned  time.Time        `json:"planned"`
	Digest   scheduler.Digest `json:"digest,omitempty"`
	Approver string           `json:"approver,omitempty"`
	Heard    time.Duration    `json:"heard,omitempty"`
}

type lastLine struct {
	Number uint64           `json:"number"`
	Hash   scheduler.Digest `json:"hash"`
}

// OpenLogbook opens the logbook at path, or begins a new one at now.
func OpenLogbook(path string, now time.Time) (*Logbook, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("logbook %s: another agent is using it: stop that one first", path)
	}
	if err != nil {
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	b := &Logbook{db: db}
	if err := db.Update(func(tx *bbolt.Tx) error { return b.begin(tx, now) }); err != nil {
		db.Close()
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	return b, nil
}

func (b *Logbook) begin(tx *bbolt.Tx, now time.Time) error {
	for _, name := range []string{metaBucket, dutyBucket, outboxBucket, commandBucket} {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	meta := tx.Bucket([]byte(metaBucket))
	if id := meta.Get([]byte(logKey)); id != nil {
		b.log = string(id)
		return nil
	}
	b.log = newID()
	return errors.Join(
		meta.Put([]byte(logKey), []byte(b.log)),
		putTime(meta, sinceKey, now),
		putTime(meta, cursorKey, now))
}

// Close releases the file.
func (b *Logbook) Close() error { return b.db.Close() }

// Log names the as-run log.
func (b *Logbook) Log() string { return b.log }

// Append numbers and chains a line, puts it in the outbox and moves the
// airing's ledger entry, all or nothing. It returns the line as written.
func (b *Logbook) Append(line scheduler.AsRun) (scheduler.AsRun, error) {
	err := b.db.Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		var last lastLine
		if err := getJSON(meta, []byte(lastKey), &last); err != nil {
			return err
		}
		line.Log, line.Number, line.Previous = b.log, last.Number+1, last.Hash
		last = lastLine{line.Number, line.Hash()}
		return errors.Join(
			putJSON(meta, []byte(lastKey), last),
			putJSON(tx.Bucket([]byte(outboxBucket)), numberKey(line.Number), line),
			putJSON(tx.Bucket([]byte(dutyBucket)), []byte(line.Airing), entryOf(line)))
	})
	if err != nil {
		return line, fmt.Errorf("write as-run line: %w", err)
	}
	return line, nil
}

func entryOf(line scheduler.AsRun) entry {
	e := entry{Planned: line.Planned, Digest: line.Digest, Approver: line.Approver, Heard: line.Sounded}
	switch line.Kind {
	case scheduler.AsRunIntent:
		e.Phase = intended
	case scheduler.AsRunStart:
		e.Phase = started
	case scheduler.AsRunEnd:
		e.Phase = closed
	}
	return e
}

// Progress notes how much of an airing has been heard, for the case that the
// power goes before it ends. It writes no line.
func (b *Logbook) Progress(id scheduler.AiringID, heard time.Duration) error {
	return b.db.Update(func(tx *bbolt.Tx) error {
		duties := tx.Bucket([]byte(dutyBucket))
		var e entry
		if err := getJSON(duties, []byte(id), &e); err != nil || e.Phase != started {
			return err
		}
		e.Heard = heard
		return putJSON(duties, []byte(id), e)
	})
}

// Duties is the ledger: every airing that has come due lately and how far it came.
func (b *Logbook) Duties() (map[scheduler.AiringID]entry, error) {
	all := map[scheduler.AiringID]entry{}
	err := b.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(dutyBucket)).ForEach(func(k, v []byte) error {
			var e entry
			if err := json.Unmarshal(v, &e); err != nil {
				return fmt.Errorf("ledger entry %s: %w", k, err)
			}
			all[scheduler.AiringID(k)] = e
			return nil
		})
	})
	return all, err
}

// Cursor is the instant before which every airing of the held schedules is closed.
func (b *Logbook) Cursor() (t time.Time, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		t, err = getTime(tx.Bucket([]byte(metaBucket)), cursorKey)
		return err
	})
	return t, err
}

// SetCursor moves the cursor and forgets closed airings of long before it. It
// returns the airings forgotten.
func (b *Logbook) SetCursor(t time.Time) (forgotten []scheduler.AiringID, err error) {
	err = b.db.Update(func(tx *bbolt.Tx) error {
		duties := tx.Bucket([]byte(dutyBucket))
		err := duties.ForEach(func(k, v []byte) error {
			var e entry
			if err := json.Unmarshal(v, &e); err != nil {
				return err
			}
			if e.Phase == closed && e.Planned.Before(t.Add(-rememberDuties)) {
				forgotten = append(forgotten, scheduler.AiringID(k))
			}
			return nil
		})
		for _, id := range forgotten {
			err = errors.Join(err, duties.Delete([]byte(id)))
		}
		return errors.Join(err, putTime(tx.Bucket([]byte(metaBucket)), cursorKey, t))
	})
	return forgotten, err
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
// ones, and the rejected ones, which the centre keeps apart. A receipt for
// another log is none of ours.
func (b *Logbook) Settle(r devices.Receipt) error {
	if r.Log != b.log {
		return nil
	}
	return b.db.Update(func(tx *bbolt.Tx) error {
		outbox := tx.Bucket([]byte(outboxBucket))
		var err error
		for _, n := range r.Accepted {
			err = errors.Join(err, outbox.Delete(numberKey(n)))
		}
		for _, rej := range r.Rejected {
			err = errors.Join(err, outbox.Delete(numberKey(rej.Number)))
		}
		return err
	})
}

// KeepSchedule puts a signed schedule in the place of the one held.
func (b *Logbook) KeepSchedule(raw []byte, accepted time.Time) error {
	return b.db.Update(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		return errors.Join(meta.Put([]byte(scheduleKey), raw), putTime(meta, acceptedKey, accepted))
	})
}

// Schedule is the signed schedule held and when it was accepted; nil where none is.
func (b *Logbook) Schedule() (raw []byte, accepted time.Time, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(metaBucket))
		raw = append([]byte(nil), meta.Get([]byte(scheduleKey))...)
		accepted, err = getTime(meta, acceptedKey)
		return err
	})
	return raw, accepted, err
}

// Remember notes a command until it expires and reports whether it is new.
func (b *Logbook) Remember(id string, expires, now time.Time) (isNew bool, err error) {
	err = b.db.Update(func(tx *bbolt.Tx) error {
		commands := tx.Bucket([]byte(commandBucket))
		isNew = commands.Get([]byte(id)) == nil
		var old [][]byte
		err := commands.ForEach(func(k, v []byte) error {
			if t, err := time.Parse(time.RFC3339Nano, string(v)); err != nil || t.Before(now) {
				old = append(old, k)
			}
			return nil
		})
		for _, k := range old {
			err = errors.Join(err, commands.Delete(k))
		}
		return errors.Join(err, putTime(commands, id, expires))
	})
	return isNew, err
}

func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func putJSON(b *bbolt.Bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, raw)
}

// getJSON leaves v as it is where the key is absent.
func getJSON(b *bbolt.Bucket, key []byte, v any) error {
	raw := b.Get(key)
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, v)
}

func putTime(b *bbolt.Bucket, key string, t time.Time) error {
	return b.Put([]byte(key), []byte(t.UTC().Format(time.RFC3339Nano)))
}

func getTime(b *bbolt.Bucket, key string) (time.Time, error) {
	raw := b.Get([]byte(key))
	if raw == nil {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, string(raw))
}
