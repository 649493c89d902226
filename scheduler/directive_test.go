package scheduler_test

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestSameLetter(t *testing.T) {
	whole := scheduler.Directive{Number: "12/UBND-VX", Date: date(t, "2022-08-20"), Issuer: "ỦY BAN NHÂN DÂN XÃ TÂN AN"}
	for _, c := range []struct {
		why    string
		change func(*scheduler.Directive)
		want   bool
	}{
		{"itself", func(*scheduler.Directive) {}, true},
		{"the office in small letters", func(d *scheduler.Directive) { d.Issuer = "Ủy ban nhân dân xã Tân An" }, true},
		{"other words", func(d *scheduler.Directive) { d.Subject = "khác" }, true},
		{"another year's number", func(d *scheduler.Directive) { d.Date = date(t, "2023-08-20") }, false},
		{"another office's number", func(d *scheduler.Directive) { d.Issuer = "UBND XÃ TÂN PHÚ" }, false},
		{"another number", func(d *scheduler.Directive) { d.Number = "13/UBND-VX" }, false},
		{"a draft", func(d *scheduler.Directive) { d.Draft = true }, false},
		{"a letter without a number", func(d *scheduler.Directive) { d.Number = "" }, false},
		{"a day left blank", func(d *scheduler.Directive) { d.Date = date(t, "2022-08") }, false},
	} {
		other := whole
		c.change(&other)
		if whole.SameLetter(other) != c.want || other.SameLetter(whole) != c.want {
			t.Errorf("%s: want %v", c.why, c.want)
		}
	}
	nameless := scheduler.Directive{Date: date(t, "2022-08-20")}
	if nameless.SameLetter(nameless) {
		t.Error("two letters without numbers are one")
	}
}

func TestIsWish(t *testing.T) {
	for _, c := range []struct {
		demand scheduler.Demand
		want   bool
	}{
		{scheduler.Demand{}, true},
		{scheduler.Demand{Text: "tăng thời lượng", Spans: []scheduler.Span{{From: 1, To: 9}}}, true},
		{scheduler.Demand{PerDay: 1}, false},
		{scheduler.Demand{Weekdays: []time.Weekday{time.Sunday}}, false},
		{scheduler.Demand{Hours: []scheduler.TimeOfDay{0}}, false},
		{scheduler.Demand{Until: date(t, "2022-09-15")}, false},
		{scheduler.Demand{Regular: true}, false},
	} {
		if got := c.demand.IsWish(); got != c.want {
			t.Errorf("%+v: got %v", c.demand, got)
		}
	}
}

func TestDoubtful(t *testing.T) {
	for source, want := range map[scheduler.Source]bool{
		{Format: "pdf"}:                    false,
		{Format: "pdf", Scanned: true}:     true,
		{Format: "text", Converted: "vni"}: true,
	} {
		if got := source.Doubtful(); got != want {
			t.Errorf("%+v: got %v", source, got)
		}
	}
}
