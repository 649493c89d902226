package mqtt

import (
	"fmt"
	"testing"
	"time"
)

func TestWaitsGrowToHalfAMinute(t *testing.T) {
	r, err := newRotation(Config{Brokers: []string{"ssl://a:1", "ssl://b:1"}, Retry: time.Second}, "an-phu")
	if err != nil {
		t.Fatal(err)
	}
	for round, longest := range []time.Duration{1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 30, 30} {
		for range r.brokers {
			if d := r.delay(); d > longest*time.Second || d < longest*time.Second/2 {
				t.Errorf("round %d: %s, want %d s less up to half", round, d, longest)
			}
		}
	}
	r.reset()
	if d := r.delay(); d > time.Second {
		t.Errorf("after a good connection: %s", d)
	}
}

func TestStationsSpreadOverBrokers(t *testing.T) {
	first := map[address]int{}
	for i := range 300 {
		r, err := newRotation(Config{Brokers: []string{"ssl://a:1", "ssl://b:1", "ssl://c:1"}}, fmt.Sprintf("station-%d", i))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[address]bool{}
		first[r.brokers[r.at]]++
		for range 3 {
			seen[r.next()] = true
		}
		if len(seen) != 3 {
			t.Errorf("in one round only %v is tried", seen)
		}
	}
	for a, n := range first {
		if n < 60 {
			t.Errorf("%s is the first of %d in 300", a, n)
		}
	}
}

func TestQueueIsBounded(t *testing.T) {
	q := newQueue[int]()
	for i := range maxWaiting {
		if !q.push(i, 1) {
			t.Fatalf("no room for item %d", i)
		}
	}
	if q.push(0, 1) {
		t.Error("room for one too many")
	}
	if got := q.take(); len(got) != maxWaiting || got[7] != 7 {
		t.Errorf("took %d", len(got))
	}
	if !q.push(1, maxWaitingBytes) || q.push(2, 1) {
		t.Error("want as many bytes as the bound and no more")
	}
}
