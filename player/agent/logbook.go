package agent

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"loaphuong/scheduler"
)

// Logbook is the station's memory on disk: the schedule it holds, the ledger of
// the airings that have come due, and the as-run lines that wait for a receipt.
// Every method that writes has reached the disk when it returns.
type Logbook struct {
	db     *bbolt.DB
	update func(func(tx *bbolt.Tx) error) error // of db, or one that may refuse
	log    string
}

// The buckets and the keys of the meta bucket.
const (
	metaBucket    = "meta"
	dutyBucket    = "duties"   // airing → entry
	outboxBucket  = "outbox"   // number, big endian → line
	commandBucket = "commands" // id → when it expires
	logKey        = "log"
	sinceKey      = "since"
	lastKey       = "last" // number and hash of the last line written
	cursorKey     = "cursor"
	scheduleKey   = "schedule"
	acceptedKey   = "accepted"
)

// OpenLogbook opens the logbook at path, or begins a new one at now.
func OpenLogbook(path string, now time.Time) (*Logbook, error) {
	return openLogbook(path, now, bbolt.Options{}, nil)
}

// OpenScratch opens a logbook as [OpenLogbook] does that need not outlive the
// machine: nothing waits for the disk. Writing fails with the error of refuses,
// where it gives one, as it would on a full disk.
func OpenScratch(path string, now time.Time, refuses func() error) (*Logbook, error) {
	return openLogbook(path, now, bbolt.Options{NoSync: true, NoGrowSync: true, NoFreelistSync: true}, refuses)
}

func openLogbook(path string, now time.Time, o bbolt.Options, refuses func() error) (*Logbook, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	o.Timeout, o.FreelistType = time.Second, bbolt.FreelistMapType
	db, err := bbolt.Open(path, 0o600, &o)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("logbook %s: another agent is using it: stop that one first", path)
	}
	if err != nil {
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	b := &Logbook{db: db, update: db.Update}
	if err := b.update(func(tx *bbolt.Tx) error { return b.begin(tx, now) }); err != nil {
		db.Close()
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	if refuses != nil {
		b.update = unless(refuses, b.update)
	}
	return b, nil
}

// unless is update, except where refuses gives an error.
func unless(refuses func() error, update func(func(*bbolt.Tx) error) error) func(func(*bbolt.Tx) error) error {
	return func(f func(*bbolt.Tx) error) error {
		if err := refuses(); err != nil {
			return err
		}
		return update(f)
	}
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

// Cursor is the instant before which every airing of the held schedules is closed.
func (b *Logbook) Cursor() (t time.Time, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		t, err = getTime(tx.Bucket([]byte(metaBucket)), cursorKey)
		return err
	})
	return t, err
}

// SetCursor moves the cursor. Where before is not zero it forgets the closed
// airings planned before that, and returns them.
func (b *Logbook) SetCursor(t, before time.Time) (forgotten []scheduler.AiringID, err error) {
	err = b.update(func(tx *bbolt.Tx) error {
		forgotten, err = forget(tx.Bucket([]byte(dutyBucket)), before)
		return errors.Join(err, putTime(tx.Bucket([]byte(metaBucket)), cursorKey, t))
	})
	return forgotten, err
}

// KeepSchedule puts a signed schedule in the place of the one held, moves the
// cursor to the first airing that it may leave open, and notes in the ledger
// which airings of the old one are still to be closed; all or nothing.
func (b *Logbook) KeepSchedule(raw []byte, accepted, cursor time.Time, open map[scheduler.AiringID]entry) error {
	err := b.update(func(tx *bbolt.Tx) error {
		meta, duties := tx.Bucket([]byte(metaBucket)), tx.Bucket([]byte(dutyBucket))
		err := errors.Join(
			meta.Put([]byte(scheduleKey), raw),
			putTime(meta, acceptedKey, accepted),
			putTime(meta, cursorKey, cursor))
		for id, e := range open {
			err = errors.Join(err, putJSON(duties, []byte(id), e))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("write schedule: %w", err)
	}
	return nil
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
	err = b.update(func(tx *bbolt.Tx) error {
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
