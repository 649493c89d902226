package localpage

import (
	"testing"
	"time"
)

func TestTimesAndLengths(t *testing.T) {
	zone := now().Location()
	vi := page{words: readWords()[vietnamese], Lang: vietnamese, Zone: zone, View: View{Now: now()}}
	en := page{words: readWords()[english], Lang: english, Zone: zone, View: View{Now: now()}}
	midnight := time.Date(2026, 3, 12, 0, 0, 0, 0, zone)
	for _, c := range []struct{ got, want string }{
		{vi.Start(now()), "05:15"},
		{vi.Start(now().Add(30 * time.Second)), "05:15:30"},
		{vi.Start(now().Add(-400 * time.Millisecond)), "05:15"}, // begun a little early is not another minute
		{vi.When(midnight), "00:00 ngày mai"},
		{vi.When(midnight.Add(-time.Second)), "23:59"},
		{en.When(now().AddDate(0, 0, -1)), "05:15 yesterday"},
		{en.When(now().AddDate(0, 0, 2)), "05:15 13 Mar 2026"},
		{vi.When(now().AddDate(0, 0, 2)), "05:15 13/03/2026"},
		{vi.Length(0), "0:00"},
		{vi.Length(65 * time.Second), "1:05"},
		{vi.Length(time.Hour + 65*time.Second), "1:01:05"},
		{en.Span(0), "0 s"},
		{en.Span(80 * time.Second), "1 min 20 s"},
		{en.Span(time.Hour), "1 h"},
		{en.Span(time.Hour + 20*time.Second), "1 h"},
		{vi.Span(26*time.Hour + time.Minute), "1 ngày 2 giờ"},
		{en.Ago(now().Add(time.Hour)), "just now"}, // by a clock that was corrected since
		{en.Ago(now().Add(-90 * time.Second)), "1 min ago"},
		{en.In(now().Add(45 * time.Second)), "in 45 s"},
		{en.In(now().Add(90 * time.Second)), "in 2 min"},
		{en.In(now().Add(-time.Second)), "now"},
		{vi.Bytes(300 << 20), "300 MB"},
		{vi.Bytes(3 << 29), "1,5 GB"},
		{en.Small(-12 * time.Millisecond), "12 ms"},
		{en.Small(2 * time.Second), "2 s"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if got := vi.SinceMidnight(now()); got != 5*3600+15*60 {
		t.Errorf("%d s since midnight", got)
	}
}
