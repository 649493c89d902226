package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestApprovalIsPinnedToTheAudio: other audio is not approved, whatever its name.
func TestApprovalIsPinnedToTheAudio(t *testing.T) {
	r := scheduler.Recording{ID: "r", Digest: digestOf("audio")}
	if r.Approved() {
		t.Error("nobody approved it")
	}
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, zoneOf(t, scheduler.DefaultZone))
	approved, err := r.Approve("Hùng", at, digestOf("audio"))
	if err != nil || !approved.Approved() {
		t.Fatalf("approved %+v: %v", approved.Approval, err)
	}
	if a := approved.Approval; a.By != "Hùng" || !a.At.Equal(at) || a.At.Location() != time.UTC || a.Digest != r.Digest {
		t.Errorf("approval is %+v", a)
	}
	if r.Approved() {
		t.Error("the recording that was passed in has changed")
	}
	approved.Digest = digestOf("other audio")
	if approved.Approved() {
		t.Error("other audio is approved under the old approval")
	}
}

func TestApproveRefuses(t *testing.T) {
	r := scheduler.Recording{ID: "r", Digest: digestOf("audio")}
	for _, c := range []struct {
		by     string
		digest scheduler.Digest
		want   string
	}{
		{"", r.Digest, "approve recording r: name the person who approves it"},
		{"Hùng", digestOf("what was heard before"), "listen to it again"},
		{"Hùng", "", "listen to it again"},
	} {
		got, err := r.Approve(c.by, time.Time{}, c.digest)
		if err == nil || !strings.Contains(err.Error(), c.want) || got.Approved() {
			t.Errorf("by %q: got %+v, %v; want %q", c.by, got.Approval, err, c.want)
		}
	}
	none := scheduler.Recording{ID: "r", Approval: scheduler.Approval{By: "Hùng"}}
	if none.Approved() {
		t.Error("no audio is approved")
	}
}

func TestProgrammeCheck(t *testing.T) {
	for _, c := range []struct {
		change func(*scheduler.Programme)
		want   string
	}{
		{func(p *scheduler.Programme) {}, ""},
		{func(p *scheduler.Programme) { p.ID = "Sáng" }, `programme name "Sáng"`},
		{func(p *scheduler.Programme) { p.Timing = scheduler.Timing{} }, "it has no timing: give a cron spec such as 30 5 * * *"},
		{func(p *scheduler.Programme) { p.Timing = scheduler.Once(time.Unix(1e9, 0)) }, ""},
		{func(p *scheduler.Programme) { p.Length = time.Second - 1 }, "use 1s to 12h"},
		{func(p *scheduler.Programme) { p.Length = 12*time.Hour + 1 }, "use 1s to 12h"},
		{func(p *scheduler.Programme) { p.Grace = -1 }, "grace -1ns: use 0s to 1h"},
		{func(p *scheduler.Programme) { p.Grace = time.Hour + 1 }, "use 0s to 1h"},
		{func(p *scheduler.Programme) { p.Class = "" }, `class "": use ordinary, priority or emergency`},
	} {
		p := scheduler.Programme{ID: "sang", Timing: cronOf(t, "30 5 * * *"), Length: scheduler.MaxLength, Class: scheduler.Emergency}
		c.change(&p)
		err := p.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
