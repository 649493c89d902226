package scheduler_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func digestOf(s string) scheduler.Digest { return scheduler.DigestOf([]byte(s)) }

// bulletin is a sealed playlist of items of the given lengths, a second apart.
func bulletin(timing scheduler.Timing, lengths ...time.Duration) scheduler.Playlist {
	p := scheduler.Playlist{Programme: "sang", Title: "Bản tin sáng", Class: scheduler.Ordinary, Timing: timing, Grace: 30 * time.Second}
	var offset time.Duration
	for i, length := range lengths {
		name := fmt.Sprintf("item-%d", i)
		p.Entries = append(p.Entries, scheduler.Entry{
			Offset: offset, Recording: scheduler.RecordingID(name), Title: name, Digest: digestOf(name), Duration: length, Approver: "Hùng", Directive: "d", Topic: i + 1,
		})
		offset += length + time.Second
	}
	return p.Seal()
}

func TestSealNamesTheContent(t *testing.T) {
	timing := cronOf(t, "30 5 * * *")
	plain := bulletin(timing, time.Minute, time.Minute)
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for what, c := range map[string]struct {
		change func(*scheduler.Playlist)
		same   bool
	}{
		"nothing":            {func(p *scheduler.Playlist) {}, true},
		"its old name":       {func(p *scheduler.Playlist) { p.ID = "other" }, true},
		"later bounds":       {func(p *scheduler.Playlist) { p.Timing = p.Timing.Bounded(day, day.Add(time.Hour)) }, true},
		"another cron spec":  {func(p *scheduler.Playlist) { p.Timing = cronOf(t, "31 5 * * *") }, false},
		"one instant":        {func(p *scheduler.Playlist) { p.Timing = scheduler.Once(day) }, false},
		"another title":      {func(p *scheduler.Playlist) { p.Title = "Bản tin trưa" }, false},
		"another class":      {func(p *scheduler.Playlist) { p.Class = scheduler.Priority }, false},
		"another grace":      {func(p *scheduler.Playlist) { p.Grace++ }, false},
		"another programme":  {func(p *scheduler.Playlist) { p.Programme = "trua" }, false},
		"other audio":        {func(p *scheduler.Playlist) { p.Entries[1].Digest = digestOf("x") }, false},
		"another offset":     {func(p *scheduler.Playlist) { p.Entries[1].Offset++ }, false},
		"another approver":   {func(p *scheduler.Playlist) { p.Entries[1].Approver = "Lan" }, false},
		"an entry less":      {func(p *scheduler.Playlist) { p.Entries = p.Entries[:1] }, false},
		"entries in reverse": {func(p *scheduler.Playlist) { slices.Reverse(p.Entries) }, false},
	} {
		changed := plain
		changed.Entries = slices.Clone(plain.Entries)
		c.change(&changed)
		if got := changed.Seal().ID; (got == plain.ID) != c.same {
			t.Errorf("with %s the name is %s, before it was %s", what, got, plain.ID)
		}
	}
	if !strings.HasPrefix(string(plain.ID), "sang-") {
		t.Errorf("its name %s does not begin with the programme's", plain.ID)
	}
}

// TestSealSurvivesTheWire: the other side must come to the same name.
func TestSealSurvivesTheWire(t *testing.T) {
	for _, p := range []scheduler.Playlist{
		bulletin(cronOf(t, "0 5 * * FRI-SUN"), time.Minute, 90*time.Second+1),
		bulletin(scheduler.Once(time.Date(2026, 3, 2, 5, 30, 0, 1, time.UTC))),
		bulletin(cronOf(t, "0 5 * * *").Bounded(time.Unix(1e9, 5), time.Unix(2e9, 0)), time.Second),
	} {
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var got scheduler.Playlist
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatal(err)
		}
		if err := got.Check(); err != nil || got.Seal().ID != p.ID {
			t.Errorf("%s arrives as %s: %v", p.ID, got.Seal().ID, err)
		}
	}
}

func TestPlaylistCheck(t *testing.T) {
	for _, c := range []struct {
		change func(*scheduler.Playlist)
		want   string
	}{
		{func(p *scheduler.Playlist) {}, ""},
		{func(p *scheduler.Playlist) { p.Entries = nil }, ""}, // silence is a playlist
		{func(p *scheduler.Playlist) { p.Entries[1].Offset = time.Minute }, ""},
		{func(p *scheduler.Playlist) { p.Entries[1].Offset = time.Minute - 1 }, "entry 1 begins before the one before it ends"},
		{func(p *scheduler.Playlist) { slices.Reverse(p.Entries) }, "entry 1 begins before"}, // not in order
		{func(p *scheduler.Playlist) { p.Entries[0].Offset = -1 }, "entry 0 begins before"},
		{func(p *scheduler.Playlist) { p.Entries[0].Duration = -time.Minute }, "entry 0 begins before the one before it ends, or ends before it begins"},
		{func(p *scheduler.Playlist) { p.Entries[0].Digest = "" }, `entry 0: digest ""`},
		{func(p *scheduler.Playlist) { p.Class = "urgent" }, `class "urgent"`},
	} {
		p := bulletin(cronOf(t, "30 5 * * *"), time.Minute, time.Minute)
		c.change(&p)
		err := p.Seal().Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
	p := bulletin(cronOf(t, "30 5 * * *"), time.Minute)
	p.Title = "changed after it was sealed"
	if err := p.Check(); err == nil || !strings.Contains(err.Error(), "its content is not what its name says") {
		t.Errorf("a changed playlist under the old name: %v", err)
	}
}

func TestPlaylistLength(t *testing.T) {
	timing := cronOf(t, "30 5 * * *")
	if got := bulletin(timing).Length(); got != 0 {
		t.Errorf("silence lasts %s", got)
	}
	if got := bulletin(timing, time.Minute, 2*time.Minute).Length(); got != 3*time.Minute+time.Second {
		t.Errorf("two items last %s", got)
	}
}

func TestAiringID(t *testing.T) {
	at := time.Date(2026, 3, 2, 5, 30, 0, 0, time.UTC)
	plain := scheduler.NewAiringID("tan-hung", "sang-1", at, 1)
	if got := scheduler.NewAiringID("tan-hung", "sang-1", at.In(zoneOf(t, scheduler.DefaultZone)), 1); got != plain {
		t.Errorf("in another zone the same instant is %s, not %s", got, plain)
	}
	if plain != "994bfaf8a1e5940d" {
		t.Errorf("the name is %s: stations in the field compute another, so this breaks every ledger", plain)
	}
	for what, other := range map[string]scheduler.AiringID{
		"station":            scheduler.NewAiringID("tan-hun", "sang-1", at, 1),
		"playlist":           scheduler.NewAiringID("tan-hung", "sang-2", at, 1),
		"occurrence":         scheduler.NewAiringID("tan-hung", "sang-1", at.Add(1), 1),
		"entry":              scheduler.NewAiringID("tan-hung", "sang-1", at, 11),
		"cut between words":  scheduler.NewAiringID("tan-hungs", "ang-1", at, 1),
		"entry for playlist": scheduler.NewAiringID("tan-hung", "sang-11", at, 0),
	} {
		if other == plain {
			t.Errorf("another %s has the same name", what)
		}
	}
}

// TestAiringsAreTheSameWhateverTheWindow: the centre expands a month, the
// station an hour, and cutting a span loses and doubles nothing.
func TestAiringsAreTheSameWhateverTheWindow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	zone := zoneOf(t, "Europe/Berlin")
	lists := []scheduler.Playlist{
		bulletin(cronOf(t, "30 5,17 * * *"), time.Minute, 20*time.Minute, time.Second),
		bulletin(cronOf(t, "*/30 1-3 * * *"), 10*time.Minute, 10*time.Minute),
		bulletin(cronOf(t, "50 23 * * SAT"), 9*time.Minute, 40*time.Minute), // over midnight
		bulletin(scheduler.Once(time.Date(2026, 3, 29, 3, 30, 0, 0, time.UTC)), time.Hour),
	}
	start := time.Date(2026, 3, 27, 0, 0, 0, 0, time.UTC) // two days before the clock change
	end := start.Add(96 * time.Hour)
	whole := scheduler.Airings("tan-hung", zone, lists, start, end)
	for range 50 {
		var parts []scheduler.Airing
		for from := start; from.Before(end); {
			until := from.Add(1 + time.Duration(r.Int64N(int64(5*time.Hour))))
			if until.After(end) {
				until = end
			}
			parts = append(parts, scheduler.Airings("tan-hung", zone, lists, from, until)...)
			from = until
		}
		if !slices.Equal(parts, whole) {
			t.Fatalf("in parts there are %d airings, in one go %d", len(parts), len(whole))
		}
	}
	seen := map[scheduler.AiringID]bool{}
	for _, a := range whole {
		if seen[a.ID] {
			t.Errorf("airing %s of %s at %s is there twice", a.ID, a.Playlist, a.Start)
		}
		seen[a.ID] = true
	}
}

func TestAiringsKeepTheirNamesWhenBoundsMove(t *testing.T) {
	zone := zoneOf(t, scheduler.DefaultZone)
	from := time.Date(2026, 3, 2, 0, 0, 0, 0, zone)
	week := bulletin(cronOf(t, "30 5 * * *").Bounded(from, from.AddDate(0, 0, 7)), time.Minute)
	later := bulletin(cronOf(t, "30 5 * * *").Bounded(from.AddDate(0, 0, 2), from.AddDate(0, 0, 30)), time.Minute)
	shared := func(p scheduler.Playlist) []scheduler.Airing {
		return scheduler.Airings("tan-hung", zone, []scheduler.Playlist{p}, from.AddDate(0, 0, 2), from.AddDate(0, 0, 7))
	}
	if a, b := shared(week), shared(later); len(a) != 5 || !slices.Equal(a, b) {
		t.Errorf("a playlist that is extended airs %v, before %v", b, a)
	}
}

func TestAiringsInOrder(t *testing.T) {
	at := time.Date(2026, 3, 2, 5, 30, 0, 0, time.UTC)
	var lists []scheduler.Playlist
	for _, class := range []scheduler.Class{scheduler.Ordinary, scheduler.Emergency, scheduler.Priority} {
		p := bulletin(scheduler.Once(at), time.Minute)
		p.Class = class
		lists = append(lists, p.Seal())
	}
	lists = append(lists, bulletin(scheduler.Once(at.Add(-time.Second)), time.Second))
	var got []string
	for _, a := range scheduler.Airings("tan-hung", time.UTC, lists, at.Add(-time.Hour), at.Add(time.Hour)) {
		got = append(got, string(a.Class))
		if a.Start.Location() != time.UTC || a.Title != "item-0" || a.Digest != digestOf("item-0") || a.Approver != "Hùng" || a.Topic != 1 {
			t.Errorf("an airing does not say what its entry says: %+v", a)
		}
	}
	if want := "ordinary emergency priority ordinary"; strings.Join(got, " ") != want {
		t.Errorf("order is %v, want %s", got, want)
	}
}
