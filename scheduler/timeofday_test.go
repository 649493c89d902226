package scheduler_test

import (
	"encoding/json"
	"testing"

	"loaphuong/scheduler"
)

func TestTimeOfDay(t *testing.T) {
	for _, c := range []struct {
		text string
		want scheduler.TimeOfDay
		ok   bool
	}{
		{"05:00", 300, true},
		{"5:00", 300, true},
		{"00:00", 0, true},
		{"23:59", 23*60 + 59, true},
		{"24:00", 0, false},
		{"12:60", 0, false},
		{"-1:00", 0, false},
		{"12", 0, false},
		{"12:30x", 0, false},
		{"12:30 x", 0, false},
		{"", 0, false},
	} {
		got, err := scheduler.ParseTimeOfDay(c.text)
		if got != c.want || (err == nil) != c.ok {
			t.Errorf("%q: got %v, %v", c.text, got, err)
		}
	}
}

// TestTimeOfDayTravels: every minute of the day is what it was after a journey.
func TestTimeOfDayTravels(t *testing.T) {
	for m := range scheduler.TimeOfDay(24 * 60) {
		var got scheduler.TimeOfDay
		b, err := json.Marshal(m)
		if err == nil {
			err = json.Unmarshal(b, &got)
		}
		if err != nil || got != m {
			t.Fatalf("%d became %d: %v", m, got, err)
		}
	}
}
