package notice

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// shaky is a channel that takes nothing until it is up.
type shaky struct {
	up    time.Time
	tries []time.Duration // since began
	began time.Time
	taken int
}

func (s *shaky) Send(context.Context, scheduler.Delivery) error {
	s.tries = append(s.tries, time.Since(s.began))
	if time.Now().Before(s.up) {
		return errors.New("nobody is there")
	}
	s.taken++
	return nil
}

func openStore(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func announce(t *testing.T, s *store.Store, at time.Time, channels ...scheduler.ChannelID) {
	t.Helper()
	n := redNotice()
	n.At = at
	if err := s.Announce(t.Context(), nil, &n, channels, time.Now()); err != nil {
		t.Fatal(err)
	}
}

// run has a courier run for a while, as one process does.
func run(t *testing.T, s outbox, channels map[scheduler.ChannelID]Channel, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	c := Courier{Outbox: s, Channels: channels, Log: slog.New(slog.DiscardHandler)}
	if err := c.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestTheCourierComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openStore(t, filepath.Join(t.TempDir(), "centre.db"))
		announce(t, s, time.Now(), "mail", "webhook")
		mail, hook := &shaky{up: time.Now().Add(3 * time.Minute), began: time.Now()}, &shaky{began: time.Now()}
		run(t, s, map[scheduler.ChannelID]Channel{"mail": mail, "webhook": hook}, time.Hour)
		want := []time.Duration{0, 30 * time.Second, 90 * time.Second, 210 * time.Second}
		if !reflect.DeepEqual(mail.tries, want) || mail.taken != 1 || hook.taken != 1 {
			t.Errorf("tried at %v, want %v; the other channel took it %d times", mail.tries, want, hook.taken)
		}
	})
}

// TestARestartLosesNothing: the store is left as a kill leaves it.
func TestARestartLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "centre.db")
		channel := &shaky{up: time.Now().Add(time.Minute), began: time.Now()}
		s := openStore(t, path)
		announce(t, s, time.Now(), "mail")
		for range 5 {
			run(t, openStore(t, path), map[scheduler.ChannelID]Channel{"mail": channel}, time.Minute)
		}
		if channel.taken != 1 {
			t.Errorf("taken %d times in %v", channel.taken, channel.tries)
		}
	})
}

func TestTheCourierGivesUpAfterADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openStore(t, filepath.Join(t.TempDir(), "centre.db"))
		announce(t, s, time.Now().Add(-days(1)+2*time.Hour), "mail", "gone") // it has been tried for long
		channel := &shaky{up: time.Now().Add(days(3)), began: time.Now()}
		run(t, s, map[scheduler.ChannelID]Channel{"mail": channel}, 4*time.Hour)
		last := channel.tries[len(channel.tries)-1]
		if last < 2*time.Hour || last > 3*time.Hour+roundEvery || len(channel.tries) > 12 {
			t.Errorf("tried %d times, the last after %s", len(channel.tries), last)
		}
		if due, err := s.DueDeliveries(t.Context(), time.Now().Add(days(9))); len(due) != 0 || err != nil {
			t.Errorf("still to deliver: %+v %v", due, err)
		}
	})
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
