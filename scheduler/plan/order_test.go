package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// entriesOf writes the windows of the first station: "Mon 05:00 nhac-0@0s r1@31s".
func entriesOf(in plan.Input, p plan.Plan) string {
	var list []string
	var at time.Time
	lists := p.Of(in.Stations[0].ID).Playlists
	for _, a := range airings(in, p, in.Stations[0], in.From) {
		if w := windowOf(a, lists); !w.Equal(at) {
			list, at = append(list, w.In(in.From.Location()).Format("Mon 15:04")), w
		}
		list[len(list)-1] += fmt.Sprintf(" %s@%s", a.Recording, a.Start.Sub(at))
	}
	return strings.Join(list, ", ")
}

// sound is an approved recording of no letter.
func sound(name string, length time.Duration) scheduler.Recording {
	r := recorded(1, length)
	r.ID, r.Directive, r.Topic = scheduler.RecordingID(name), "", 0
	r.Digest = scheduler.DigestOf([]byte(name))
	r.Approval.Digest = r.Digest
	return r
}

// TestRunningOrder reads the entries of one window of ten minutes on a Monday.
func TestRunningOrder(t *testing.T) {
	tune := scheduler.Piece{Kind: scheduler.Tune, Recordings: []scheduler.RecordingID{"hieu"}}
	intro := scheduler.Piece{Kind: scheduler.Introduction, Recordings: []scheduler.RecordingID{"xuong", "cho", "hieu"}}
	relay := scheduler.Piece{Kind: scheduler.RelayTime, Length: 3 * minute}
	items := scheduler.Piece{Kind: scheduler.Items}
	closing := scheduler.Piece{Kind: scheduler.Closing, Recordings: []scheduler.RecordingID{"chao"}}
	music := func(length time.Duration) scheduler.Piece {
		return scheduler.Piece{Kind: scheduler.Music, Length: length, Recordings: []scheduler.RecordingID{"ca", "ho"}}
	}
	for _, c := range []struct {
		why   string
		order []scheduler.Piece
		item  time.Duration
		want  string
	}{
		{"none", nil, 5 * minute, "Mon 05:00 r1@0s"},
		{"a tune and a closing", []scheduler.Piece{tune, items, closing}, 5 * minute, "Mon 05:00 hieu@0s r1@31s chao@5m32s"},
		{"one piece of several waits for approval", []scheduler.Piece{intro, items}, minute, "Mon 05:00 xuong@0s hieu@21s r1@52s"},
		{"a relay keeps its time free", []scheduler.Piece{tune, relay, items}, minute, "Mon 05:00 hieu@0s r1@3m32s"},
		{"a relay after the items", []scheduler.Piece{items, relay, closing}, minute, "Mon 05:00 r1@0s chao@4m2s"},
		{"a relay alone is reason enough", []scheduler.Piece{tune, relay, items, closing}, 20 * minute, "Mon 05:00 hieu@0s chao@3m32s"},
		{"no tune for nothing", []scheduler.Piece{tune, items, closing}, 20 * minute, ""},
		{"the fixed pieces leave no room", []scheduler.Piece{tune, relay, items, closing}, 7 * minute, "Mon 05:00 hieu@0s chao@3m32s"},
		{"the item fills what the tune leaves", []scheduler.Piece{tune, items}, 9*minute + 29*time.Second, "Mon 05:00 hieu@0s r1@31s"},
		{"a second more does not fit", []scheduler.Piece{tune, items}, 9*minute + 30*time.Second, ""},
		{"music fills the rest with whole pieces", []scheduler.Piece{items, music(0), closing}, 5 * minute, "Mon 05:00 r1@0s ho@5m1s ca@6m32s chao@8m33s"},
		{"music no longer than it may be", []scheduler.Piece{items, music(2 * minute)}, 5 * minute, "Mon 05:00 r1@0s ho@5m1s"},
		{"music before the items", []scheduler.Piece{music(100 * time.Second), items}, 5 * minute, "Mon 05:00 ho@0s r1@1m31s"},
		{"music gives way to what is owed", []scheduler.Piece{music(0), items}, 10 * minute, "Mon 05:00 r1@0s"},
		{"a relay longer than the window", []scheduler.Piece{{Kind: scheduler.RelayTime, Length: time.Hour}, items}, minute, ""},
	} {
		in := world(t)
		p := programme(t, "p", "0 5 * * 1", 10*minute)
		p.Order = c.order
		in.Programmes = []scheduler.Programme{p}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1)}
		waiting := sound("cho", minute)
		waiting.Approval = scheduler.Approval{}
		in.Recordings = []scheduler.Recording{
			recorded(1, c.item), sound("hieu", 30*time.Second), sound("xuong", 20*time.Second), waiting,
			sound("chao", 10*time.Second), sound("ca", 2*minute), sound("ho", 90*time.Second),
		}
		made := made(t, in)
		if got := entriesOf(in, made); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
		lawful(t, in, made)
	}
}

// TestMusicTurns: the music begins elsewhere on the next day, and stays the same
// when the days are planned again.
func TestMusicTurns(t *testing.T) {
	in := world(t)
	in.Until = in.From.AddDate(0, 0, 3)
	p := programme(t, "p", "0 5 * * *", 5*minute)
	p.Order = []scheduler.Piece{{Kind: scheduler.Items}, {Kind: scheduler.Music, Recordings: []scheduler.RecordingID{"a", "b", "c"}, Length: minute}}
	in.Programmes = []scheduler.Programme{p}
	in.Obligations = []scheduler.Obligation{owed(t, 1, 1)}
	in.Recordings = []scheduler.Recording{recorded(1, minute), sound("a", minute), sound("b", minute), sound("c", minute)}
	first := made(t, in)
	want := "Mon 05:00 r1@0s c@1m1s, Tue 05:00 r1@0s a@1m1s, Wed 05:00 r1@0s b@1m1s"
	if got := entriesOf(in, first); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	next := later(in, first, 24*time.Hour)
	next.Until = in.Until
	if got := entriesOf(next, made(t, next)); !strings.HasSuffix(want, got) || got == "" {
		t.Errorf("planned again %s\nwant %s", got, want)
	}
}
