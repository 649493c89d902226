package centre

import (
	"errors"
	"slices"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// told reads the command that a station has received.
func (b *bench) told(id scheduler.StationID) devices.Command {
	b.t.Helper()
	var c devices.Command
	m := <-b.ears[id]
	if m.Retained {
		b.t.Error("a command is retained")
	}
	e := get[devices.Envelope](b.t)(b.keys.Open(m.Payload, id, devices.CommandChannel, time.Now()))
	must(b.t, devices.Decode(e.Body, &c))
	if life := time.Until(e.Expires); life > commandLife || c.Verb != devices.StopAiring {
		b.t.Errorf("%+v is good for %s", c, life)
	}
	return c
}

func TestStopReachesWhoIsMeant(t *testing.T) {
	for name, c := range map[string]struct {
		form web.StopForm
		told []scheduler.StationID
	}{
		"one station":     {web.StopForm{Stations: []scheduler.StationID{tanHung}}, []scheduler.StationID{tanHung}},
		"an area":         {web.StopForm{Area: "xa-b"}, []scheduler.StationID{anBinh}},
		"the areas below": {web.StopForm{Area: "tinh"}, []scheduler.StationID{anBinh, tanHung}},
		"everywhere":      {web.StopForm{Everywhere: true}, []scheduler.StationID{anBinh, tanHung}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			must(t, b.desk.callRoll(t.Context()))
			c.form.By = "Lan"
			done := get[web.Stopped](t)(b.desk.Stop(t.Context(), c.form))
			if !slices.Equal(done.Told, c.told) || len(done.Untold) != 0 {
				t.Errorf("told %v, not told %v, want %v", done.Told, done.Untold, c.told)
			}
			for _, id := range c.told {
				if got := b.told(id); got.ID != done.ID {
					t.Errorf("%s got %+v, not %s", id, got, done.ID)
				}
			}
			for id, ear := range b.ears {
				if len(ear) != 0 {
					t.Errorf("%s got more", id)
				}
			}
		})
	}
}

func TestStopEverywhereNeedsNoDatabase(t *testing.T) {
	b := newBench(t)
	must(t, b.desk.callRoll(t.Context()))
	must(t, b.store.Close())
	done := get[web.Stopped](t)(b.desk.Stop(t.Context(), web.StopForm{By: "Lan", Everywhere: true}))
	if len(done.Told) != 2 || b.told(tanHung).ID != done.ID || b.told(anBinh).ID != done.ID {
		t.Errorf("told %v", done.Told)
	}
}

func TestAStopThatNobodyHears(t *testing.T) {
	b := newBench(t)
	must(t, b.desk.callRoll(t.Context()))
	b.broker.Cut(devices.CentreName)
	done := get[web.Stopped](t)(b.desk.Stop(t.Context(), web.StopForm{By: "Lan", Everywhere: true}))
	if len(done.Told) != 0 || !slices.Equal(done.Untold, []scheduler.StationID{anBinh, tanHung}) {
		t.Errorf("told %v, not told %v", done.Told, done.Untold)
	}
}

func TestAStopThatMakesNoSense(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		form web.StopForm
		want error
	}{
		"nowhere":          {web.StopForm{By: "Lan"}, scheduler.ErrInvalid},
		"by nobody":        {web.StopForm{Stations: []scheduler.StationID{tanHung}}, scheduler.ErrInvalid},
		"an unknown area":  {web.StopForm{By: "Lan", Area: "none"}, scheduler.ErrNotFound},
		"an unknown place": {web.StopForm{By: "Lan", Stations: []scheduler.StationID{tanHung, "none"}}, scheduler.ErrNotFound},
	} {
		if _, err := b.desk.Stop(t.Context(), c.form); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if len(b.ears[tanHung]) > 0 {
			t.Errorf("%s: somebody was told", name)
		}
	}
}
