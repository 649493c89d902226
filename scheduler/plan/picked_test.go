package plan_test

import (
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestSelections reads two windows of ten minutes on a Monday, in which topics 1
// and 2 are owed once a day in items of four minutes.
func TestSelections(t *testing.T) {
	at := func(hour int) scheduler.Timing { return scheduler.Once(monday(t).Add(time.Duration(hour) * time.Hour)) }
	type selections = []scheduler.Selection
	pick := func(ids ...scheduler.RecordingID) scheduler.Selection {
		return scheduler.Selection{ID: "x", Title: "x", Area: "tinh", By: "Lan", Programme: "p", Recordings: ids}
	}
	with := func(s scheduler.Selection, change func(*scheduler.Selection)) scheduler.Selection {
		change(&s)
		return s
	}
	own := func(hour int, s scheduler.Selection) scheduler.Selection {
		return with(s, func(s *scheduler.Selection) {
			s.Programme, s.Timing, s.Length, s.Class = "", at(hour), 10*minute, scheduler.Ordinary
		})
	}
	good := func(s *scheduler.Selection) { s.MakesGood = "hong" }
	for _, c := range []struct {
		why    string
		picked selections
		want   string
	}{
		{"none", nil, "Mon 05:00 r1@0s r2@4m1s"},
		{"first, and in its order", selections{pick("b", "a")}, "Mon 05:00 b@0s a@1m1s r1@2m2s, Mon 17:00 b@0s a@1m1s r2@2m2s"},
		{"only in the window it chooses", selections{with(pick("a"), func(s *scheduler.Selection) { s.Timing = at(17) })}, "Mon 05:00 r1@0s r2@4m1s, Mon 17:00 a@0s"},
		{"it counts towards what is owed", selections{pick("r2")}, "Mon 05:00 r2@0s r1@4m1s, Mon 17:00 r2@0s"},
		{"what waits for approval or is unknown is left out", selections{pick("cho", "khong", "a")}, "Mon 05:00 a@0s r1@1m1s r2@5m2s, Mon 17:00 a@0s"},
		{"what does not fit is left out", selections{pick("a", "dai", "b")}, "Mon 05:00 a@0s b@1m1s r1@2m2s, Mon 17:00 a@0s b@1m1s r2@2m2s"},
		{"what comes again too soon is left out", selections{pick("a", "a")}, "Mon 05:00 a@0s r1@1m1s r2@5m2s, Mon 17:00 a@0s"},
		{"alone", selections{with(pick("a"), func(s *scheduler.Selection) { s.Alone, s.Timing = true, at(5) })}, "Mon 05:00 a@0s, Mon 17:00 r1@0s r2@4m1s"},
		{"for another station", selections{with(pick("a"), func(s *scheduler.Selection) { s.Station = "khac" })}, "Mon 05:00 r1@0s r2@4m1s"},
		{"for another area", selections{with(pick("a"), func(s *scheduler.Selection) { s.Area = "xa-khac" })}, "Mon 05:00 r1@0s r2@4m1s"},
		{"for this station alone", selections{with(pick("a"), func(s *scheduler.Selection) { s.Station, s.Area, s.Timing = "tan-hung", "", at(17) })}, "Mon 05:00 r1@0s r2@4m1s, Mon 17:00 a@0s"},
		{"windows of its own", selections{own(8, pick("a"))}, "Mon 05:00 r1@0s r2@4m1s, Mon 08:00 a@0s"},
		{"its own window takes the time of a programme's", selections{with(own(5, pick("dai", "a")), func(s *scheduler.Selection) { s.Length = 20 * minute })}, "Mon 05:00 dai@0s a@9m31s r1@10m32s r2@14m33s"},
		{"what makes good takes the room that is left", selections{with(pick("a"), good)}, "Mon 05:00 a@0s r1@1m1s r2@5m2s, Mon 17:00 a@0s"},
		{"and pushes nothing out", selections{with(pick("lua", "b"), good)}, "Mon 05:00 b@0s r1@1m1s r2@5m2s, Mon 17:00 lua@0s b@5m1s"},
		{"and counts towards nothing", selections{with(pick("r2"), func(s *scheduler.Selection) { good(s); s.Timing = at(17) })}, "Mon 05:00 r1@0s r2@4m1s, Mon 17:00 r2@0s"},
		{"and is alone where there is nothing", selections{with(pick("a"), func(s *scheduler.Selection) { good(s); s.Alone = true })}, "Mon 05:00 r1@0s r2@4m1s, Mon 17:00 a@0s"},
	} {
		in := world(t)
		in.Until = in.From.AddDate(0, 0, 1)
		in.Programmes = []scheduler.Programme{programme(t, "p", "0 5,17 * * 1", 10*minute)}
		in.Obligations = []scheduler.Obligation{owed(t, 1, 1), owed(t, 2, 1)}
		waiting := sound("cho", minute)
		waiting.Approval = scheduler.Approval{}
		in.Recordings = []scheduler.Recording{
			recorded(1, 4*minute), recorded(2, 4*minute), sound("a", minute), sound("b", minute), waiting,
			sound("dai", 9*minute+30*time.Second), sound("lua", 5*minute),
		}
		in.Selections = c.picked
		p := made(t, in)
		if got := entriesOf(in, p); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.why, got, c.want)
		}
		lawful(t, in, p)
		for _, a := range airings(in, p, in.Stations[0], in.From) {
			if a.MakesGood != "" && (len(c.picked) == 0 || c.picked[0].MakesGood != a.MakesGood) {
				t.Errorf("%s: %s makes good %q", c.why, a.Recording, a.MakesGood)
			}
		}
	}
}
