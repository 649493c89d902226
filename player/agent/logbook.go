package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
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
	room   uint64 // how many lines may wait for a receipt
	// Damaged is where the logbook that was found was put, because it could not
	// be read; "" where it could.
	Damaged string
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
	lostKey       = "lost"   // what had to make room
	clockKey      = "clock"  // what was learnt of the time, and in which boot
	volumeKey     = "volume" // what was set here
	turnsKey      = "turns"  // which playlists go first, as set here
)

// OpenLogbook opens the logbook at path, or begins a new one at now. One that
// cannot be read is put aside beside it, for a person to look at, and a new one
// is begun: a station whose disk was spoilt airs on, and its log begins anew for
// all to see.
func OpenLogbook(path string, now time.Time) (*Logbook, error) {
	b, err := openLogbook(path, now, bbolt.Options{}, nil)
	if !errors.Is(err, errUnreadable) {
		return b, err
	}
	aside := fmt.Sprintf("%s.damaged-%s", path, now.UTC().Format("20060102T150405Z"))
	if failed := os.Rename(path, aside); failed != nil {
		return nil, errors.Join(err, failed)
	}
	b, failed := openLogbook(path, now, bbolt.Options{}, nil)
	if failed != nil {
		return nil, errors.Join(err, failed)
	}
	b.Damaged = aside
	return b, nil
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
	db, err := openBolt(path, &o)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("logbook %s: another agent is using it: stop that one first", path)
	}
	if err != nil {
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	b := &Logbook{db: db, update: db.Update, room: maxOutbox}
	if err := b.update(func(tx *bbolt.Tx) error { return b.begin(tx, now) }); err != nil {
		db.Close()
		return nil, fmt.Errorf("logbook %s: %w", path, err)
	}
	if refuses != nil {
		b.update = unless(refuses, b.update)
	}
	return b, nil
}

// errUnreadable is for a file that is no logbook any more.
var errUnreadable = errors.New("it cannot be read")

// openBolt opens a file and reads all of it, since bbolt panics at a page that
// is not what it should be, whenever it comes upon one.
func openBolt(path string, o *bbolt.Options) (db *bbolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a file that is too short
	defer func() {
		if r := recover(); r != nil {
			db, err = nil, fmt.Errorf("%w: %v", errUnreadable, r)
		}
	}()
	if db, err = bbolt.Open(path, 0o600, o); err != nil {
		if isDamage(err) {
			err = fmt.Errorf("%w: %w", errUnreadable, err)
		}
		return nil, err
	}
	if err := readAll(db); err != nil {
		db.Close()
		return nil, fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return db, nil
}

// isDamage tells what the file holds from what the system has against opening it.
func isDamage(err error) bool {
	for _, known := range []error{bolterrors.ErrInvalid, bolterrors.ErrVersionMismatch, bolterrors.ErrChecksum} {
		if errors.Is(err, known) {
			return true
		}
	}
	return strings.Contains(err.Error(), "file size too small")
}

// readAll walks over every page that is in use, and reads every word of ours.
// bbolt's own check also looks at the older of the two meta pages, which a power
// cut may have left in pieces and which nobody needs.
func readAll(db *bbolt.DB) error {
	return db.View(func(tx *bbolt.Tx) error {
		if info, err := os.Stat(db.Path()); err == nil && info.Size() < tx.Size() {
			return fmt.Errorf("it should have %d bytes and its end is missing: %w", tx.Size(), io.ErrUnexpectedEOF) // to read there would end the process
		}
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(k, v []byte) error {
				if err := readWord(string(name), k, v); err != nil {
					return fmt.Errorf("%s %q: %w", name, k, err)
				}
				return nil
			})
		})
	})
}

// readWord reads a word of ours: one that says nothing would stop the agent each
// time that it starts. A schedule has a signature, and the centre sends another
// for one that is spoilt.
func readWord(bucket string, k, v []byte) error {
	switch bucket {
	case dutyBucket:
		return json.Unmarshal(v, &entry{})
	case outboxBucket:
		if len(k) != len(numberKey(0)) {
			return errors.New("a line without a number")
		}
		return json.Unmarshal(v, &scheduler.AsRun{})
	case metaBucket:
		return readMeta(string(k), v)
	}
	return nil
}

// readMeta reads a word of which there is one.
func readMeta(key string, v []byte) error {
	switch key {
	case sinceKey, cursorKey, acceptedKey:
		_, err := time.Parse(time.RFC3339Nano, string(v))
		return err
	case lastKey:
		return json.Unmarshal(v, &lastLine{})
	case lostKey:
		return json.Unmarshal(v, &lost{})
	case clockKey:
		return json.Unmarshal(v, &keptTime{})
	case volumeKey:
		return json.Unmarshal(v, &localVolume{})
	case turnsKey:
		return json.Unmarshal(v, &[]scheduler.PlaylistID{})
	}
	return nil
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
