package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

var red = scheduler.Notice{Kind: scheduler.NoticeRed, At: noon, Programme: "chieu", Start: noon.Add(time.Hour), Red: []scheduler.Readiness{{Station: "xa-1"}}}

func due(t *testing.T, s *store.Store, now time.Time) []scheduler.Delivery {
	t.Helper()
	return get[[]scheduler.Delivery](t)(s.DueDeliveries(t.Context(), now))
}

// TestANoticeIsAnnouncedOnce: also by a centre that was killed in between.
func TestANoticeIsAnnouncedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "centre.db")
	s := openAt(t, path)
	must(t, s.Announce(t.Context(), []string{"a", "b"}, &red, []scheduler.ChannelID{"mail", "webhook"}, noon))
	s = openAt(t, path) // the first is left as a kill leaves it
	if err := s.Announce(t.Context(), []string{"c", "b"}, &red, []scheduler.ChannelID{"mail"}, noon); !errors.Is(err, scheduler.ErrConflict) {
		t.Errorf("announced again: %v", err)
	}
	must(t, s.Announce(t.Context(), []string{"d"}, nil, []scheduler.ChannelID{"mail"}, noon)) // nothing to say
	held := get[map[string]bool](t)(s.Announced(t.Context(), []string{"a", "b", "c", "d"}))
	if !held["a"] || !held["b"] || held["c"] || !held["d"] {
		t.Errorf("announced are %v: it must be all or nothing", held)
	}
	if got := get[[]scheduler.Notice](t)(s.Notices(t.Context(), noon)); len(got) != 1 || got[0].Red[0].Station != "xa-1" {
		t.Errorf("notices %+v", got)
	}
	if got := due(t, s, noon); len(got) != 2 || got[0].Channel != "mail" || got[1].Channel != "webhook" || got[0].Body.Programme != "chieu" {
		t.Errorf("to deliver are %+v", got)
	}
}

func TestADeliveryIsKeptUntilItIsTaken(t *testing.T) {
	s := open(t)
	must(t, s.Announce(t.Context(), nil, &red, []scheduler.ChannelID{"mail", "webhook", "other"}, noon))
	all := due(t, s, noon)
	must(t, s.Delivered(t.Context(), all[0], noon))
	must(t, s.Undelivered(t.Context(), all[1], "no such host", noon.Add(time.Minute), noon))
	must(t, s.Undelivered(t.Context(), all[2], "no such host", time.Time{}, noon))
	if got := due(t, s, noon.Add(time.Minute-1)); len(got) != 0 {
		t.Errorf("before it is due: %+v", got)
	}
	if got := due(t, s, noon.Add(time.Minute)); len(got) != 1 || got[0].Channel != all[1].Channel || got[0].Tries != 1 {
		t.Errorf("when it is due: %+v", got)
	}
	if err := s.Delivered(t.Context(), all[0], noon); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("taken twice: %v", err)
	}
}

// TestAWillIsOfItsFirstInstant: a broker gives the same will again to a centre
// that comes later; the station has been gone since the first.
func TestAWillIsOfItsFirstInstant(t *testing.T) {
	s := withStations(t, open(t), "xa-1")
	state := devices.State{Station: "xa-1", Session: "s", Online: true}
	must(t, s.PutState(t.Context(), state, noon))
	state.Online = false
	must(t, s.PutState(t.Context(), state, noon.Add(time.Minute)))
	must(t, s.PutState(t.Context(), state, noon.Add(time.Hour)))
	if heard := get[map[scheduler.StationID]time.Time](t)(s.Heard(t.Context())); !heard["xa-1"].Equal(noon.Add(time.Minute)) {
		t.Errorf("offline since %s", heard["xa-1"])
	}
}
