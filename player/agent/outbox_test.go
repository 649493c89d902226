package agent

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// small is a logbook in which few lines may wait.
func small(t *testing.T, room uint64) *Logbook {
	t.Helper()
	book, err := OpenLogbook(filepath.Join(t.TempDir(), "logbook.db"), start())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	book.room = room
	return book
}

// minute is the last word of an airing so many minutes after the start.
func minute(n int) scheduler.AsRun {
	at := start().Add(time.Duration(n) * time.Minute)
	return scheduler.AsRun{Kind: scheduler.AsRunEnd, Airing: scheduler.AiringID(fmt.Sprint("airing ", n)), Planned: at, At: at, Outcome: scheduler.Aired}
}

func TestTheOldestLinesMakeRoom(t *testing.T) {
	cases := []struct {
		name  string
		lines int // one a minute, of ten that have room
		at    int // so many at once
		since time.Duration
		lost  uint64
	}{
		{"as many as there is room for", 10, 1, 0, 0},
		{"one more", 11, 1, time.Minute + 1, 1},
		{"many more, one by one", 35, 1, 25*time.Minute + 1, 25},
		{"many more, five at once", 35, 5, 25*time.Minute + 1, 25},
		{"more at once than there is room for", 35, 35, 25*time.Minute + 1, 25},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			book := small(t, 10)
			for n := 1; n <= c.lines; n += c.at {
				var lines []scheduler.AsRun
				for i := range c.at {
					lines = append(lines, minute(n+i))
				}
				if err := book.Append(lines...); err != nil {
					t.Fatal(err)
				}
			}
			batch, err := book.Batch(station, start(), 1000)
			if err != nil || len(batch.Records) != 10 || book.Waiting() != 10 {
				t.Fatalf("%d lines wait, %d are sent: %v", book.Waiting(), len(batch.Records), err)
			}
			if since := batch.Since.Sub(start()); batch.Lost != c.lost || book.Lost() != c.lost || since != c.since || batch.Number != uint64(c.lines) {
				t.Errorf("lost up to %d, %d lines; it speaks since %s, up to line %d", batch.Lost, book.Lost(), since, batch.Number)
			}
			for i, line := range batch.Records {
				if line.Number != c.lost+uint64(i)+1 || i > 0 && line.Previous != batch.Records[i-1].Hash() {
					t.Errorf("line %d is number %d", i, line.Number)
				}
			}
		})
	}
}

// TestOnlyWhatEndsMovesSince: of an airing that has begun, the end will tell.
func TestOnlyWhatEndsMovesSince(t *testing.T) {
	book := small(t, 1)
	for _, kind := range []scheduler.AsRunKind{scheduler.AsRunIntent, scheduler.AsRunStart, scheduler.AsRunFill, scheduler.AsRunClock} {
		line := minute(5)
		line.Kind, line.Outcome = kind, ""
		if err := book.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	if batch, err := book.Batch(station, start(), 10); err != nil || !batch.Since.Equal(start()) || batch.Lost != 3 {
		t.Errorf("%+v: %v", batch, err)
	}
}

// TestWhatHasAReceiptMakesNoRoom: it is not lost.
func TestWhatHasAReceiptMakesNoRoom(t *testing.T) {
	book := small(t, 4)
	for n := 1; n <= 40; n++ {
		if err := book.Append(minute(n)); err != nil {
			t.Fatal(err)
		}
		settled, err := book.Settle(devices.Receipt{Log: book.Log(), Accepted: []uint64{uint64(n) - 1, uint64(n) - 2}})
		if err != nil || settled > 1 {
			t.Fatalf("%d settled: %v", settled, err)
		}
	}
	if batch, err := book.Batch(station, start(), 10); err != nil || batch.Lost != 0 || !batch.Since.Equal(start()) || len(batch.Records) != 1 {
		t.Errorf("%+v: %v", batch, err)
	}
}

func TestAReceiptForLinesThatHadToGo(t *testing.T) {
	book := small(t, 3)
	for n := 1; n <= 9; n++ {
		if err := book.Append(minute(n)); err != nil {
			t.Fatal(err)
		}
	}
	r := devices.Receipt{Log: book.Log(), Accepted: []uint64{1, 2, 3, 4, 5, 6, 7}, Rejected: []devices.Rejection{{Number: 8}}}
	if settled, err := book.Settle(r); err != nil || settled != 2 || book.Waiting() != 1 {
		t.Errorf("%d settled, %d wait: %v", settled, book.Waiting(), err)
	}
	if settled, err := book.Settle(devices.Receipt{Log: "another", Accepted: []uint64{9}}); err != nil || settled != 0 {
		t.Errorf("%d settled by the receipt for another log: %v", settled, err)
	}
}

func TestWhatWasLostIsKnownAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logbook.db")
	for n := range 3 {
		book, err := OpenLogbook(path, start())
		if err != nil {
			t.Fatal(err)
		}
		book.room = 5
		if err := book.Append(minute(4*n+1), minute(4*n+2), minute(4*n+3), minute(4*n+4)); err != nil {
			t.Fatal(err)
		}
		book.Close()
	}
	book, err := OpenLogbook(path, start())
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if batch, err := book.Batch(station, start(), 100); err != nil || batch.Lost != 7 || book.Lost() != 7 || batch.Since.Sub(start()) != 7*time.Minute+1 {
		t.Errorf("lost %d, up to %d, since %s: %v", book.Lost(), batch.Lost, batch.Since.Sub(start()), err)
	}
}

func TestBatchesCarryAllLinesInTurn(t *testing.T) {
	book := small(t, 1000)
	for n := range 450 {
		if err := book.Append(minute(n)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ limit, batches, lines int }{{1000, 3, 450}, {450, 3, 450}, {400, 2, 400}, {10, 1, 10}, {0, 0, 0}} {
		all, err := book.Batches(station, start(), c.limit)
		lines := 0
		for _, b := range all {
			lines += len(b.Records)
		}
		if err != nil || len(all) != c.batches || lines != c.lines {
			t.Errorf("up to %d: %d batches with %d lines (%v), want %d with %d", c.limit, len(all), lines, err, c.batches, c.lines)
		}
	}
}

// TestAStationThatLostLinesSaysSo, and does not speak on and on of those.
func TestAStationThatLostLinesSaysSo(t *testing.T) {
	inBench(t, func(b *bench) {
		b.room = 5
		b.reboot()
		b.begin()
		b.broker.Cut(string(station))
		s := b.schedule(1, 60*time.Second, "a", "b", "c", "d")
		b.broker.Restore(string(station))
		b.publish(s)
		b.broker.Cut(string(station))
		b.until(3 * time.Minute)
		b.broker.Restore(string(station))
		b.pass(time.Minute)
		b.mu.Lock()
		told := b.state
		if last := b.claims[len(b.claims)-1]; last.Lost != 7 || last.Since.Sub(start()) != 70*time.Second+1 {
			t.Errorf("a batch says lost up to %d, since %s", last.Lost, last.Since.Sub(start()))
		}
		for n := uint64(1); n <= 7; n++ {
			if _, ok := b.lines[n]; ok {
				t.Errorf("line %d has come", n)
			}
		}
		b.gone = 7
		b.mu.Unlock()
		if told.Lost != 7 || told.Outbox != 0 || b.book.Waiting() != 0 || b.operator().View().Outbox != 0 {
			t.Errorf("it says that %d are lost and %d wait; %d do", told.Lost, told.Outbox, b.book.Waiting())
		}
		if states, batches := b.during(func() { b.pass(10 * time.Minute) }); states > 22 || batches > 22 {
			t.Errorf("%d states and %d batches in ten minutes", states, batches)
		}
	})
}
