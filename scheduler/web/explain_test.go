package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestWhyItDidAndDidNotPlay(t *testing.T) {
	desk := world()
	body := page(t, desk, "/explain?station=cam-giang&at=2026-03-11T05:20")
	says(t, body, `value="cam-giang" selected`, `value="2026-03-11T05:20"`, "theo lịch số 5, Trần Thị Bình phát hành 16:00 hôm qua",
		"Buổi sáng", "T4 05:15–05:30", "nhạc hiệu", "có chỗ cố định trong chương trình", "đài phải phát theo công văn: 1/2 lượt trong ngày", "Đã phát",
		"dài 5 phút 10 giây, chỉ còn 2 phút 3 giây", "đã đủ 3/3 lượt trong ngày", "/letters/a1b2c3d4e5f60718#topic-4", "vừa phát lúc 05:02, quá sát")
	saysNot(t, body, "gần lúc đó", "Khung giờ này không có gì")
	says(t, page(t, desk, "/explain?station=kim-thanh&at=2026-03-11T05:20"), "vừa phát lúc 05:02, luật giãn cách 30 phút") // the rule of its area
	says(t, page(t, desk, "/explain?lang=en&station=cam-giang&at=2026-03-11T05:40"), "near that time", "the station owes it a letter: 1 of 2 on the day")
}

func TestTheFormOfWhy(t *testing.T) {
	desk := world()
	desk.states[0].Station.Zone = "Asia/Tokyo"
	for _, c := range []struct{ query, says, not string }{
		{"", `value="2026-03-11T17:15"`, "theo lịch số"},                                   // nobody asked yet
		{"?station=cam-giang", `value="2026-03-11T19:15"`, "không phải là ngày và giờ"},    // now, there
		{"?station=cam-giang&at=2026-03-10T22:15:00Z", `value="2026-03-11T07:15"`, "UTC"},  // as a link has it
		{"?station=cam-giang&at=2026-03-11T07:15", `value="2026-03-11T07:15"`, "không mở"}, // as a browser has it
		{"?station=cam-giang&at=soon", "“soon” không phải là ngày và giờ", "theo lịch số"},
	} {
		body := page(t, desk, "/explain"+c.query)
		says(t, body, c.says)
		saysNot(t, body, c.not)
	}
	if w := ask(t, desk, "GET", "/explain?station=none", ""); w.Code != http.StatusNotFound {
		t.Errorf("a station that is none: %d", w.Code)
	}
}

func TestAStationWithNothingToExplain(t *testing.T) {
	desk := world()
	desk.planning.explained = scheduler.Explanation{}
	says(t, page(t, desk, "/explain?station=cam-giang"), "chưa có lịch nào được phát hành", "Quanh lúc đó đài không có khung giờ nào.")
	desk.planning.explained = scheduler.Explanation{Windows: []scheduler.ExplainedWindow{{Programme: "sang", From: now(), Until: now().Add(time.Minute), Why: scheduler.BecauseHoliday}}}
	says(t, page(t, desk, "/explain?station=cam-giang"), "Khung giờ này không có gì: ngày lễ")
}

func TestReasons(t *testing.T) {
	k := &known{view: testView(vietnamese)}
	why := func(because scheduler.Because) scheduler.ExplainedTopic {
		return scheduler.ExplainedTopic{Why: because}
	}
	weekly := why(scheduler.BecauseMet)
	weekly.Owed = scheduler.Standing{Owed: 2, Placed: 2, Weekly: true}
	near := why(scheduler.Because(scheduler.TooClose))
	near.Last = on(11, 5, 2)
	full := why(scheduler.Because(scheduler.WindowFull))
	full.Want = time.Minute
	for _, c := range []struct {
		topic   scheduler.ExplainedTopic
		spacing time.Duration
		want    string
	}{
		{weekly, 0, "đã đủ 2/2 lượt trong tuần"},
		{why(scheduler.BecauseMet), 0, "đã đủ số lượt"}, // no number is known
		{full, 0, "dài 1 phút, chỉ còn 0 giây"},
		{why(scheduler.Because(scheduler.WindowFull)), 0, "khung giờ không còn chỗ, hoặc ngắn hơn tin bài"},
		{near, 30 * time.Minute, "vừa phát lúc 05:02, luật giãn cách 30 phút"},
		{near, 0, "vừa phát lúc 05:02, quá sát"},
		{why(scheduler.Because(scheduler.NoLanguage)), 0, "chỉ có bản tiếng mà đài hoặc chương trình không phát"},
		{why(scheduler.BecauseLocked), 0, "được giao sau khi khung giờ này đã phát hành"},
	} {
		if got := k.reason(c.topic, c.spacing); got != c.want {
			t.Errorf("%+v: %q, want %q", c.topic, got, c.want)
		}
	}
}

func TestEntriesSayWhoIsBehindThem(t *testing.T) {
	k := &known{view: testView(english)}
	for _, c := range []struct {
		entry scheduler.ExplainedEntry
		want  string
	}{
		{scheduler.ExplainedEntry{Why: scheduler.BecausePicked, By: "Hoa"}, "a person put it there (Hoa)"},
		{scheduler.ExplainedEntry{Why: scheduler.BecauseOwed, Owed: scheduler.Standing{Owed: 3, Placed: 2, Weekly: true}}, "the station owes it a letter: 2 of 3 in the week"},
		{scheduler.ExplainedEntry{Why: scheduler.BecauseFiller}, "there was room left"},
	} {
		if got := k.entry(c.entry).Because; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestEachAiringOfAStationLeadsToItsReason(t *testing.T) {
	body := page(t, world(), "/stations/kim-thanh")
	link := "/explain?station=kim-thanh&at=" + url.QueryEscape(on(11, 5, 15).Format(time.RFC3339))
	says(t, body, `href="`+link+`">vì sao?`)
	says(t, page(t, world(), link), "Đài Kim Thành", `value="2026-03-11T05:15"`)
}
