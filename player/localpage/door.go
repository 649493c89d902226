package localpage

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"
)

const (
	stay       = 12 * time.Hour   // how long a PIN that was typed serves: one working day
	maxStays   = 64               // people in one office; whoever came first goes first
	freeTries  = 5                // wrong PINs before the next try must wait
	firstWait  = 30 * time.Second // after the last free one, doubled with each more
	longestOne = 15 * time.Minute // so that four digits stand for weeks
)

// door admits whoever knows the PIN.
type door struct {
	pin [sha256.Size]byte

	mu    sync.Mutex
	stays map[[sha256.Size]byte]time.Time // until when, by the digest of the token
	tries map[bool]*tries                 // by whether they come from the machine itself
}

// tries are the wrong PINs of one side since the last right one.
type tries struct {
	wrong int
	until time.Time // no other is looked at before
}

func newDoor(pin string) *door {
	return &door{
		pin:   sha256.Sum256([]byte(pin)),
		stays: map[[sha256.Size]byte]time.Time{},
		tries: map[bool]*tries{true: {}, false: {}},
	}
}

// enter admits whoever shows the PIN and gives them a token. Where wait is not
// zero the PIN was not looked at. Those at the machine itself are counted apart,
// so that nobody on the network can keep them from stopping what is on air.
func (d *door) enter(pin string, near bool, now time.Time) (token string, wait time.Duration, ok bool) {
	shown := sha256.Sum256([]byte(pin)) // digests take the same time to compare, whatever was typed
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.tries[near]
	if wait := t.until.Sub(now); wait > 0 {
		return "", wait, false
	}
	if subtle.ConstantTimeCompare(shown[:], d.pin[:]) == 0 {
		t.miss(now)
		return "", 0, false
	}
	*t = tries{}
	token = rand.Text()
	d.admit(sha256.Sum256([]byte(token)), now)
	return token, 0, true
}

// miss counts a wrong PIN.
func (t *tries) miss(now time.Time) {
	t.wrong++
	if over := t.wrong - freeTries; over >= 0 {
		t.until = now.Add(min(firstWait<<min(over, 10), longestOne))
	}
}

// admit remembers a token, and forgets what is over or too many. The caller
// holds the lock.
func (d *door) admit(digest [sha256.Size]byte, now time.Time) {
	d.stays[digest] = now.Add(stay)
	for len(d.stays) > maxStays {
		oldest := digest
		for other, until := range d.stays {
			if until.Before(d.stays[oldest]) {
				oldest = other
			}
		}
		delete(d.stays, oldest)
	}
}

// knows reports whether a token still serves.
func (d *door) knows(token string, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return now.Before(d.stays[sha256.Sum256([]byte(token))])
}
