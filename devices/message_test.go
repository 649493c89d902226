package devices

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestScheduleCheck(t *testing.T) {
	digest := scheduler.DigestOf([]byte("tin"))
	for _, c := range []struct {
		why    string
		change func(*Schedule)
		want   string // in the error; empty for none
	}{
		{"an empty one", func(*Schedule) {}, ""},
		{"a file", func(s *Schedule) { s.Files = []File{{digest, 1000}} }, ""},
		{"no revision", func(s *Schedule) { s.Revision = 0 }, "schedule 0"},
		{"no zone", func(s *Schedule) { s.Zone = "" }, "zone"},
		{"a zone that is none", func(s *Schedule) { s.Zone = "Asia/Nowhere" }, "zone"},
		{"an empty file", func(s *Schedule) { s.Files = []File{{digest, 0}} }, "0 bytes"},
		{"a file of a terabyte", func(s *Schedule) { s.Files = []File{{digest, 1 << 40}} }, "bytes"},
	} {
		s := Schedule{Station: "an-phu", Revision: 1, Zone: "Asia/Ho_Chi_Minh"}
		c.change(&s)
		err := s.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}
