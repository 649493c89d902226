package memory

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
)

func TestForgetLosesWhatWasRetained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBroker()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		centre := b.Link(devices.CentreName)
		go centre.Run(ctx, devices.Session{Client: "centre"})
		synctest.Wait()
		if err := centre.Send(ctx, devices.Message{Topic: devices.Topic("an-phu", devices.ScheduleChannel), Payload: []byte("x"), Retained: true}); err != nil {
			t.Fatal(err)
		}
		b.Forget()
		go b.Link("an-phu").Run(ctx, devices.Session{
			Client:    "an-phu",
			Subscribe: []string{devices.Topic("an-phu", devices.ScheduleChannel)},
			Receive:   func(devices.Message) { t.Error("a forgotten message is given") },
		})
		synctest.Wait()
	})
}

// TestACutLinkWaitsWithoutWork runs for a week of fake time.
func TestACutLinkWaitsWithoutWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBroker()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		b.Cut("an-phu")
		var ups, downs atomic.Int32
		go b.Link("an-phu").Run(ctx, devices.Session{
			Client: "an-phu",
			Up:     func() { ups.Add(1) },
			Down: func(err error) {
				downs.Add(1)
				if !errors.Is(err, ErrCut) {
					t.Error(err)
				}
			},
		})
		<-time.After(7 * 24 * time.Hour) // fake
		if ups.Load() != 0 || downs.Load() != 1 {
			t.Errorf("%d up, %d down, want one word in all", ups.Load(), downs.Load())
		}
		b.Restore("an-phu")
		synctest.Wait()
		if ups.Load() != 1 {
			t.Error("not back at once")
		}
	})
}

// TestReceiversShareNoBytes: in one process it would be easy.
func TestReceiversShareNoBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewBroker()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		got := make(chan string, 10)
		for _, client := range []string{"centre", "centre-2"} {
			go b.Link(devices.CentreName).Run(ctx, devices.Session{
				Client: client, Subscribe: []string{devices.Prefix + "/#"},
				Receive: func(m devices.Message) { got <- string(m.Payload); m.Payload[0] = '?' },
			})
			synctest.Wait()
		}
		s := b.Link("an-phu")
		go s.Run(ctx, devices.Session{Client: "an-phu"})
		synctest.Wait()
		payload := []byte("one")
		if err := s.Send(ctx, devices.Message{Topic: devices.Topic("an-phu", devices.StateChannel), Payload: payload}); err != nil {
			t.Fatal(err)
		}
		if a, b := <-got, <-got; a != "one" || b != "one" || string(payload) != "one" {
			t.Errorf("received %q and %q of %q", a, b, payload)
		}
	})
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		filter, topic string
		want          bool
	}{
		{"a/b", "a/b", true},
		{"a/+", "a/b", true},
		{"+/b", "a/b", true},
		{"a/#", "a/b/c", true},
		{"a/#", "a", true}, // as the standard says
		{"#", "a/b", true},
		{"a/+", "a/b/c", false},
		{"a/+", "a", false},
		{"a/b", "a/b/c", false},
		{"a/b/c", "a/b", false},
		{"a/+/c", "a/b/c", true},
		{"a/b", "A/b", false},
	} {
		if got := match(c.filter, c.topic); got != c.want {
			t.Errorf("%s for %s: %v", c.topic, c.filter, got)
		}
	}
}
