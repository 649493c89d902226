package enrol

import (
	"sync"
	"time"
)

// How many wrong codes an address may try. The codes are far beyond guessing;
// the limit keeps a noisy address from the database.
const (
	triesBurst  = 10
	triesRefill = 10 * time.Second // for one more
	// triesKept bounds the addresses remembered.
	triesKept = 1024
)

// limiter counts wrong tries by address. An address in it owes a debt of time:
// each wrong try adds triesRefill to when the debt is paid.
type limiter struct {
	mu   sync.Mutex
	paid map[string]time.Time
}

func newLimiter() *limiter { return &limiter{paid: map[string]time.Time{}} }

// allows reports whether an address may try.
func (l *limiter) allows(address string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paid[address].Sub(now) <= (triesBurst-1)*triesRefill
}

// count notes a wrong try.
func (l *limiter) count(address string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.paid) >= triesKept {
		l.forget(now)
	}
	from := l.paid[address]
	if from.Before(now) {
		from = now
	}
	l.paid[address] = from.Add(triesRefill)
}

// forget drops the addresses that owe nothing. If all owe, somebody commands more
// addresses than are worth remembering, and all are forgiven.
func (l *limiter) forget(now time.Time) {
	for a, t := range l.paid {
		if !t.After(now) {
			delete(l.paid, a)
		}
	}
	if len(l.paid) >= triesKept {
		clear(l.paid)
	}
}
