package notice

import (
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// four is an hour before the window of the tests, in the centre's zone.
func four() time.Time { return time.Date(2026, 10, 5, 16, 0, 0, 0, zone()) }

func zone() *time.Location { return time.FixedZone("", 7*60*60) }

func redNotice() scheduler.Notice {
	return scheduler.Notice{
		Kind: scheduler.NoticeRed, At: four().UTC(), Programme: "chieu", Name: "Bản tin chiều", Start: four().Add(time.Hour).UTC(), Ahead: time.Hour, Owing: 12,
		Red: []scheduler.Readiness{
			{Station: "xa-1", Name: "Đài xã <1>", Verdict: scheduler.VerdictUnknown, Phone: "0220 3 786 000", Start: four().Add(time.Hour), Reasons: []scheduler.ReadinessReason{{Code: scheduler.IsSilent, Since: four().Add(-20 * time.Hour)}}},
			{Station: "xa-2", Verdict: scheduler.VerdictNotReady, Start: four().Add(time.Hour), Reasons: []scheduler.ReadinessReason{
				{Code: scheduler.HasOld, Held: 4, Published: 5}, {Code: scheduler.LacksFiles, N: 2}, {Code: scheduler.LostCard, Detail: "no such device"}}},
		},
	}
}

func TestWrite(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*scheduler.Notice)
		want   []string
	}{
		"a red list": {func(*scheduler.Notice) {}, []string{
			"Lịch 17:00 hôm nay: 2 đài chưa sẵn sàng\n", "“Bản tin chiều”", "2 trong 12 đài",
			"- Đài xã <1>: không rõ: không có tin từ 20:00 hôm qua. Điện thoại: 0220 3 786 000\n",
			"- xa-2: còn giữ lịch số 4, lịch mới nhất là số 5; thiếu 2 tệp âm thanh; thiết bị âm thanh không dùng được: no such device. Điện thoại: chưa ghi\n"}},
		"late":         {func(n *scheduler.Notice) { n.Late = true }, []string{"sẵn sàng (báo muộn)\n", "trước giờ phát 60 phút"}},
		"for tomorrow": {func(n *scheduler.Notice) { n.Start = four().Add(10 * time.Hour) }, []string{"Lịch 02:00 ngày mai:"}},
		"for later":    {func(n *scheduler.Notice) { n.Start = four().AddDate(0, 0, 4) }, []string{"Lịch 16:00 ngày 09/10/2026:"}},
		"no name":      {func(n *scheduler.Notice) { n.Name = "" }, []string{"“chieu”"}},
		"all is well":  {func(n *scheduler.Notice) { n.Kind, n.Red = scheduler.NoticeWell, nil }, []string{"Lịch 17:00 hôm nay: các đài đã sẵn sàng\n", "cả 12 đài"}},
		"gone":         {func(n *scheduler.Notice) { n.Kind = scheduler.NoticeGone }, []string{"2 đài mất liên lạc", "20:00 hôm qua (lịch 17:00 hôm nay)"}},
		"a reason of a later program": {func(n *scheduler.Notice) {
			n.Red[0].Reasons[0] = scheduler.ReadinessReason{Code: "new", Words: "on fire"}
		},
			[]string{"Đài xã <1>: on fire."}},
	} {
		n := redNotice()
		c.change(&n)
		text := Write(n, zone())
		got := text.Subject + "\n" + text.Plain()
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", name, want, got)
			}
		}
	}
}

// TestEveryReasonHasWords: what a supervisor reads is Vietnamese.
func TestEveryReasonHasWords(t *testing.T) {
	w := writer{redNotice(), zone()}
	for _, code := range []scheduler.ReadinessCode{scheduler.IsNeverHeard, scheduler.IsSilent, scheduler.IsOffline, scheduler.HasNoSchedule, scheduler.HasOld,
		scheduler.LacksFiles, scheduler.LostCard, scheduler.ClockUnset, scheduler.DiskFull, scheduler.IsMuted, scheduler.LostLines} {
		if got := w.reason(scheduler.ReadinessReason{Code: code, Words: "english"}); got == "english" || got == "" || strings.HasSuffix(got, ": ") {
			t.Errorf("%s: %q", code, got)
		}
	}
}
