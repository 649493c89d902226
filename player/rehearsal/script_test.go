package rehearsal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func outagesOf(t testing.TB, text string) Script {
	t.Helper()
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Parse(strings.NewReader(text), zone)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		line string
		want string // of the first outage at thanh-mien: kind, from after Monday 05:00, length, how far a clock is off
	}{
		{"thanh-mien,power,2026-11-23 05:10,2026-11-23 07:00", "power 10m0s 1h50m0s 0s"},
		{"*, link, 2026-11-23T05:00:00+07:00, 2026-11-23T00:00:00Z", "link 0s 2h0m0s 0s"},
		{"thanh-mien,clock,2026-11-23 06:00,2026-11-23 07:00,-90m", "clock 1h0m0s 1h0m0s -1h30m0s"},
		{"*,clock,2026-11-23 06:00,2026-11-23 07:00", "clock 1h0m0s 1h0m0s 0s"},
		{"# nothing\n\nstation,kind,from,until\n", ""},
		{"Station,Kind,From,Until\n*,disk,2026-11-23 05:00,2026-11-23 05:01", "disk 0s 1m0s 0s"},
		{"an-phu,power,2026-11-23 05:10,2026-11-23 07:00", ""}, // another's
	} {
		got := ""
		for _, o := range outagesOf(t, c.line).For(station, after(0), after(week), 1) {
			got = fmt.Sprint(o.Kind, " ", o.From.Sub(monday()), " ", o.Until.Sub(o.From), " ", o.By)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.line, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"*,power,2026-11-23 05:10", "it has 3 columns"},
		{"*,power,a,b,c,d", "it has 6 columns"},
		{"An Phú,power,2026-11-23 05:10,2026-11-23 07:00", "or * for all"},
		{"*,flood,2026-11-23 05:10,2026-11-23 07:00", "write one of [power link card disk clock]"},
		{"*,power,Monday,2026-11-23 07:00", `instant "Monday": write it as`},
		{"*,power,2026-11-23 05:10,soon", `instant "soon"`},
		{"*,power,2026-11-23 07:00,2026-11-23 05:10", "not after its beginning"},
		{"*,power,2026-11-23 05:00,2026-11-23 05:10,2h", "only a clock"},
		{"*,clock,2026-11-23 05:00,2026-11-23 05:10,much", "write how far"},
		{"*,power,random,3", "how many a week and how long"},
		{"*,power,random,none,2h", `"none" outages a week`},
		{"*,power,random,5000,2h", "write a number from 1 to 1000"},
		{"*,power,random,3,200h", "write one up to 168h"},
		{"*,power,random,3,long", `length "long"`},
		{`*,"power,random,3,2h`, `extraneous or missing`},
	} {
		_, err := Parse(strings.NewReader("# the outages\n\n"+c.line), time.UTC)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%s: %v, want line 3 and %q", c.line, err, c.want)
		}
	}
}

func TestOutagesByChance(t *testing.T) {
	s := outagesOf(t, "*,power,random,3,2h")
	first := s.For(station, after(0), after(week), 1)
	for _, c := range []struct {
		name string
		list []Outage
		n    int
		same bool
	}{
		{"the same seed", s.For(station, after(0), after(week), 1), 3, true},
		{"another seed", s.For(station, after(0), after(week), 2), 3, false},
		{"another station", s.For("an-phu", after(0), after(week), 1), 3, false},
		{"four weeks", s.For(station, after(0), after(4*week), 1), 12, false},
		{"a day", s.For(station, after(0), after(24*time.Hour), 1), 0, false},
	} {
		if len(c.list) != c.n || slices.Equal(c.list, first) != c.same {
			t.Errorf("%s: %v, beside %v", c.name, c.list, first)
		}
	}
	for _, o := range first {
		if o.From.Before(after(0)) || !o.From.Before(after(week)) || o.Until.Sub(o.From) != 2*time.Hour {
			t.Errorf("from %s until %s", o.From, o.Until)
		}
	}
}

func TestSpans(t *testing.T) {
	out := func(k Kind, from, until time.Duration) Outage {
		return Outage{Kind: k, From: after(from), Until: after(until)}
	}
	for _, c := range []struct {
		name      string
		all, want []Outage
	}{
		{"none", nil, nil},
		{"two that overlap", []Outage{out(Power, 3, 6), out(Power, 1, 4)}, []Outage{out(Power, 1, 6)}},
		{"two that touch", []Outage{out(Power, 1, 3), out(Power, 3, 6)}, []Outage{out(Power, 1, 6)}},
		{"one within another", []Outage{out(Link, 1, 9), out(Link, 3, 6)}, []Outage{out(Link, 1, 9)}},
		{"two apart", []Outage{out(Disk, 5, 6), out(Disk, 1, 3)}, []Outage{out(Disk, 1, 3), out(Disk, 5, 6)}},
		{"two kinds", []Outage{out(Card, 2, 6), out(Power, 1, 4)}, []Outage{out(Power, 1, 4), out(Card, 2, 6)}},
		{"one that never begins", []Outage{out(Card, 6, 6), out(Card, 7, 2)}, nil},
	} {
		if got := spans(c.all); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
