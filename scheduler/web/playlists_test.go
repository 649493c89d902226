package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// sendList sends the form of a playlist with a file, as a browser does.
func sendList(t *testing.T, desk *memoryDesk, fields url.Values, name, list string, as func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, values := range fields {
		for _, value := range values {
			w.WriteField(field, value)
		}
	}
	file, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	file.Write([]byte(list))
	w.Close()
	return ask(t, desk, "POST", "/playlists/edit", body.String(), as, header("Content-Type", w.FormDataContentType()), header("Sec-Fetch-Site", "same-origin"))
}

// list is the playlist that came last.
func (m *memoryDesk) list() scheduler.Selection {
	return m.planning.selections[len(m.planning.selections)-1]
}

func TestThePlaylists(t *testing.T) {
	desk := world()
	body := page(t, desk, "/playlists")
	says(t, body, "Tối thứ Bảy", "Xã Cẩm Giàng", "trong chương trình Buổi sáng", "phát riêng", "Gọi 1022: hỏi gì cũng được trả lời", "1 phút 30 giây",
		"T5 05:15 ngày mai, T6 05:15 13/03/2026, T7 05:15 14/03/2026, CN 05:15 15/03/2026, T2 05:15 16/03/2026", "Trần Thị Bình, 08:00 09/03/2026", "Muốn soạn danh sách")
	saysNot(t, body, "<form method", "17/03/2026")
	says(t, page(t, newMemoryDesk(now()), "/playlists"), "Chưa có danh sách nào.")
	desk.planning.selections[0].Recordings = slices.Repeat([]scheduler.RecordingID{"r1"}, maxTitles+3)
	desk.planning.selections[0].Programme, desk.planning.selections[0].MakesGood = "gone", "a1"
	says(t, page(t, desk, "/playlists"), "và 3 tin bài nữa", "Không có lần nào tới nữa.", "phát bù")
}

func TestAPlaylistIsPickedWithoutAScript(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	says(t, page(t, desk, "/playlists/edit", as), `type="checkbox" name="pick" value="r1"`, `name="place.r1" value=""`, "Chờ duyệt", `name="file"`)
	w := post(t, desk, "/playlists/edit", form("title", " Tối  thứ Sáu ", "area", "hai-duong", "hours", "19h30", "weekdays", "5", "length", "7,5", "priority", "yes",
		"pick", "r1", "place.r1", "2", "pick", "r2", "place.r2", "1, 3"), as)
	got := desk.list()
	want := scheduler.Selection{ID: got.ID, Title: "Tối thứ Sáu", Area: "hai-duong", Timing: must(scheduler.Cron("30 19 * * 5", time.Time{}, time.Time{}))(t), Length: 450 * time.Second,
		Class: scheduler.Priority, Recordings: []scheduler.RecordingID{"r2", "r1", "r2"}, By: "Trần Thị Bình", Created: now().UTC()}
	same(t, got, want)
	next := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || next != "/playlists/edit?saved=yes&id="+string(got.ID) {
		t.Fatalf("%d to %s", w.Code, next)
	}
	desk.planning.findings = append(desk.planning.findings, scheduler.Finding{Level: scheduler.Wrong, Code: scheduler.AudioNotApproved, Selection: got.ID, Recording: "r2"})
	body := page(t, desk, next, as)
	says(t, body, "Đã lưu.", "Những lần tới: T6 19:30 13/03/2026, T6 19:30 20/03/2026", "Tin bài được nêu chưa ai duyệt.", `name="place.r2" value="1, 3"`, `value="19:30"`, `value="5" checked`, `value="7.5"`)
	saysNot(t, body, "Nội dung phải phát mà chưa có tin bài") // is of something else
}

func TestAPlaylistThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	before := len(desk.planning.selections)
	for _, c := range []struct {
		form url.Values
		says string
	}{
		{form("title", "Gõ dở"), "đánh dấu ít nhất một tin bài"},
		{form("title", "Gõ dở", "pick", "r1", "place.r1", "đầu"), "“đầu” không phải là số thứ tự"},
		{form("title", "Gõ dở", "pick", "r1", "hours", "5:00, 17:30"), "Các giờ phải cùng số phút"},
		{form("title", "Gõ dở", "pick", "r1", "length", "dài"), "“dài” không phải là số phút"},
		{form("title", "Gõ dở", "pick", "r1", "cron", "@every 1s"), "Giờ phát không dùng được"},
		{form("title", "Gõ dở", "pick", "r1", "from", "32/1/2026"), "“32/1/2026” không phải là ngày"},
		{form("title", "Gõ dở", "pick", "r1"), "name the area or the station"}, // the desk's own words
	} {
		w := post(t, desk, "/playlists/edit", c.form, as)
		if w.Code != http.StatusUnprocessableEntity || len(desk.planning.selections) != before {
			t.Errorf("%v: %d", c.form, w.Code)
		}
		says(t, w.Body.String(), c.says, `value="Gõ dở"`, "data-still")
	}
	if w := post(t, desk, "/playlists/edit", form("title", "x", "pick", "r1")); w.Code != http.StatusUnauthorized {
		t.Errorf("nobody: %d", w.Code)
	}
}

func TestAPlaylistInAFile(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	said := form("title", "Từ tệp", "area", "hai-duong", "programme", "sang", "alone", "yes")
	w := sendList(t, desk, said, "tối.m3u8", "#EXTM3U\nr1\nthien-tai.wav\n<b>none</b>\n", as)
	if w.Code != http.StatusUnprocessableEntity || len(desk.planning.selections) != 1 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	says(t, w.Body.String(), "Có 2 dòng trong tệp", "dòng 3", "Chủ động phòng, chống thiên tai", "dòng 4", "&lt;b&gt;none", "không có tin bài nào giống",
		`name="pick" value="r1" checked`, `name="place.r1" value="1"`, `value="Từ tệp"`, `value="sang" selected`)
	w = sendList(t, desk, said, "tối.m3u8", "r1\nr2\n", as)
	if got := desk.list(); w.Code != http.StatusSeeOther || got.Title != "Từ tệp" || !got.Alone || got.Programme != "sang" || len(got.Recordings) != 2 {
		t.Errorf("%d: %+v", w.Code, got)
	}
	w = sendList(t, desk, said, "dài.m3u8", strings.Repeat("r1\n", MaxList), as)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a file that is too large: %d", w.Code)
	}
}

func TestChangingAPlaylistKeepsWhatTheFormDoesNotSay(t *testing.T) {
	desk := world()
	desk.planning.selections[0].MakesGood = "a1"
	as := signedIn(t, desk)
	body := page(t, desk, "/playlists/edit?id=toi-thu-bay", as)
	says(t, body, `name="id" value="toi-thu-bay"`, `value="sang" selected`, `name="alone" value="yes" checked`, `name="place.r2" value="2"`, "Những lần tới")
	post(t, desk, "/playlists/edit", form("id", "toi-thu-bay", "title", "Đổi tên", "area", "cam-giang", "programme", "sang", "pick", "r1"), as)
	if got := desk.list(); len(desk.planning.selections) != 1 || got.Title != "Đổi tên" || got.MakesGood != "a1" || got.Alone || len(got.Recordings) != 1 {
		t.Errorf("%+v", got)
	}
	if w := ask(t, desk, "GET", "/playlists/edit?id=none", "", as); w.Code != http.StatusNotFound {
		t.Errorf("one that is none: %d", w.Code)
	}
}

func TestAWeekIsCopiedAndAListDeleted(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	w := post(t, desk, "/playlists", form("area", "hai-duong", "from", "4/3/2026", "to", "18/3/2026"), as)
	if got := desk.list(); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/playlists#list-copy-1" || got.By != "Trần Thị Bình" {
		t.Fatalf("%d to %s: %+v", w.Code, w.Header().Get("Location"), got)
	}
	for _, c := range []struct{ from, to, says string }{
		{"", "18/3/2026", "Hãy gõ một ngày của mỗi tuần."},
		{"3/2026", "18/3/2026", "chưa đủ ngày"},
		{"17/3/2026", "18/3/2026", "are in one week"},
	} {
		w := post(t, desk, "/playlists", form("area", "cam-giang", "from", c.from, "to", c.to), as)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", c, w.Code)
		}
		says(t, w.Body.String(), c.says, `name="from" value="`+c.from+`"`, `value="cam-giang" selected`)
	}
	if w := post(t, desk, "/playlists", form("delete", "toi-thu-bay"), as); w.Code != http.StatusSeeOther || len(desk.planning.selections) != 1 {
		t.Errorf("delete: %d", w.Code)
	}
	if w := post(t, desk, "/playlists", form("delete", "toi-thu-bay"), as); w.Code != http.StatusNotFound {
		t.Errorf("again: %d", w.Code)
	}
}

func TestTimingsOfForms(t *testing.T) {
	zone := now().Location()
	programme := must(scheduler.Cron("15 5,17 * * *", time.Time{}, time.Time{}))(t)
	for _, c := range []struct {
		form      url.Values
		spec      string
		next      string // after now
		wrong     int
		cronField string // what the form shows again where it is no plain rule
	}{
		{form(), "", "", 0, ""}, // all windows of the programme
		{form("hours", "5:30 17h30"), "30 5,17 * * *", "2026-03-11T17:30", 0, ""},                          // of every day
		{form("weekdays", "6"), "15 5,17 * * 6", "2026-03-14T05:15", 0, ""},                                // at the programme's hours
		{form("until", "20/3/2026"), "15 5,17 * * *", "2026-03-12T05:15", 0, ""},                           // that day included
		{form("until", "11/3/2026"), "15 5,17 * * *", "", 0, ""},                                           // nothing is left of today
		{form("hours", "19:00", "from", "14/3/2026", "until", "14/3/2026"), "", "2026-03-14T19:00", 0, ""}, // once
		{form("cron", "0 6 1 * *"), "0 6 1 * *", "2026-04-01T06:00", 0, "0 6 1 * *"},
		{form("cron", "0 6 * * *", "weekdays", "1"), "0 6 * * 1", "2026-03-16T06:00", 0, ""},
		{form("hours", "25:00"), "", "", 1, ""},
		{form("hours", "5:00", "from", "20/3/2026", "until", "14/3/2026"), "", "", 1, ""},
	} {
		f := &formReader{words: readLanguages(files)[vietnamese], values: c.form}
		timing := f.timing(programme, zone)
		next := ""
		if at := timing.Next(now(), zone); !at.IsZero() {
			next = at.In(zone).Format(wallLayout)
		}
		if timing.Spec() != c.spec || next != c.next || len(f.wrong) != c.wrong {
			t.Errorf("%v: %q next %s, wrong %q", c.form, timing.Spec(), next, f.wrong)
		}
		again := url.Values{}
		(&known{view: testView(vietnamese)}).timingValues(again, timing, zone)
		if c.wrong > 0 {
			continue
		}
		g := &formReader{words: f.words, values: again}
		if back := g.timing(programme, zone); again.Get("cron") != c.cronField || len(g.wrong) > 0 || back.Spec() != timing.Spec() || !back.Next(now(), zone).Equal(timing.Next(now(), zone)) {
			t.Errorf("%v comes back as %v", c.form, again)
		}
	}
}
