package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/scheduler"
)

const (
	rememberDuties = 60 * 24 * time.Hour // how long closed airings are remembered at least
	tidyLedger     = 24 * time.Hour      // how often older ones are looked for
)

// phase is how far an airing has come in the ledger.
type phase string

const (
	inherited phase = "due" // it is of a schedule that is no longer held
	intended  phase = "intent"
	committed phase = "begins" // it may have begun, and is not begun again
	started   phase = "started"
	closed    phase = "closed"
)

// entry is the ledger's word on one airing.
type entry struct {
	Phase    phase            `json:"phase"`
	Planned  time.Time        `json:"planned"`
	Digest   scheduler.Digest `json:"digest,omitempty"`
	Approver string           `json:"approver,omitempty"`
	Heard    time.Duration    `json:"heard,omitempty"`
	Begun    time.Time        `json:"begun,omitzero"`

	// Of a closed one, for the station's own page.
	Title    string             `json:"title,omitempty"`
	Outcome  scheduler.State    `json:"outcome,omitempty"`
	Reason   scheduler.Reason   `json:"reason,omitempty"`
	Detail   string             `json:"detail,omitempty"`
	Evidence scheduler.Evidence `json:"evidence,omitempty"`
}

// entryOf is the entry that a line makes of an airing. What is closed is
// remembered so that it is not done again, and for who looks at the log.
func entryOf(line scheduler.AsRun) entry {
	e := entry{Planned: line.Planned, Digest: line.Digest, Approver: line.Approver, Heard: line.Sounded}
	switch line.Kind {
	case scheduler.AsRunIntent:
		if e.Phase = intended; !line.At.Before(line.Planned.Add(-brink)) {
			e.Phase = committed
		}
	case scheduler.AsRunStart:
		e.Phase, e.Begun = started, line.At
	case scheduler.AsRunEnd:
		e = entry{
			Phase: closed, Planned: line.Planned, Heard: line.Sounded, Title: line.Title,
			Outcome: line.Outcome, Reason: line.Reason, Detail: line.Detail, Evidence: line.Evidence,
		}
	}
	return e
}

// moves reports whether a line says how far its airing has come.
func moves(line scheduler.AsRun) bool {
	switch line.Kind {
	case scheduler.AsRunIntent, scheduler.AsRunStart, scheduler.AsRunEnd:
		return true
	}
	return false
}

// keepEntry writes what a line makes of its airing. What has begun keeps when.
func keepEntry(duties *bbolt.Bucket, line scheduler.AsRun) error {
	var before entry
	if err := getJSON(duties, []byte(line.Airing), &before); err != nil {
		return err
	}
	return putJSON(duties, []byte(line.Airing), before.after(line))
}

// after is the entry once a further line is written.
func (e entry) after(line scheduler.AsRun) entry {
	next := entryOf(line)
	if next.Begun.IsZero() {
		next.Begun = e.Begun
	}
	return next
}

// Progress notes how much of an airing has been heard, for the case that the
// power goes before it ends. It writes no line.
func (b *Logbook) Progress(id scheduler.AiringID, heard time.Duration) error {
	return b.update(func(tx *bbolt.Tx) error {
		duties := tx.Bucket([]byte(dutyBucket))
		var e entry
		if err := getJSON(duties, []byte(id), &e); err != nil || e.Phase != started {
			return err
		}
		e.Heard = heard
		return putJSON(duties, []byte(id), e)
	})
}

// Commit notes that an airing whose intent is written may begin at any moment.
// It writes no line.
func (b *Logbook) Commit(id scheduler.AiringID) error {
	return b.update(func(tx *bbolt.Tx) error {
		duties := tx.Bucket([]byte(dutyBucket))
		var e entry
		if err := getJSON(duties, []byte(id), &e); err != nil || e.Phase != intended {
			return err
		}
		e.Phase = committed
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

// forget deletes the closed airings planned before an instant, none where that
// is zero.
func forget(duties *bbolt.Bucket, before time.Time) (forgotten []scheduler.AiringID, err error) {
	if before.IsZero() {
		return nil, nil
	}
	err = duties.ForEach(func(k, v []byte) error {
		var e entry
		if err := json.Unmarshal(v, &e); err != nil {
			return fmt.Errorf("ledger entry %s: %w", k, err)
		}
		if e.Phase == closed && e.Planned.Before(before) {
			forgotten = append(forgotten, scheduler.AiringID(k))
		}
		return nil
	})
	for _, id := range forgotten {
		err = errors.Join(err, duties.Delete([]byte(id)))
	}
	return forgotten, err
}
