package web

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// page is the text of a page, with its entities read.
func page(t *testing.T, desk *memoryDesk, path string, change ...func(*http.Request)) string {
	t.Helper()
	w := ask(t, desk, "GET", path, "", change...)
	if w.Code != 200 {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("%s: content type %q", path, got)
	}
	return html.UnescapeString(w.Body.String())
}

func TestTodayInBothLanguages(t *testing.T) {
	says(t, page(t, world(), "/"),
		`<html lang="vi">`, "Thứ Tư, 11/03/2026", "Đài Cẩm Giàng", "Xã Cẩm Giàng", "Trực tuyến", "Mất kết nối", "Chưa từng kết nối",
		"Thiết bị âm thanh không dùng được: no such device", "Đài còn giữ lịch số 4, lịch mới nhất là số 5.", "Thiếu 1 tệp âm thanh.",
		"Đã phát", "Phát muộn", "tin trước cùng loại chưa phát xong", "Phát dở dang", "nhường cho tin cấp cao hơn", "Không phát", "thiết bị âm thanh hỏng hoặc bị rút",
		"Chưa rõ", "Đang phát", "Sẵn sàng", "Đài đã nhận lịch", "<b>21,0</b> / 45,0", "<b>?</b> / 45,0",
		"loaphuong station code phu-thai", "17:16 · Phòng, chống HIV/AIDS: ai cũng có phần", `<b>146</b>/180`, "1022/SVHTTDL-TTBC", "English")
	says(t, page(t, world(), "/?lang=en"),
		`<html lang="en">`, "Wednesday, 11 Mar 2026", "Online", "Offline", "Never heard of", "The sound card cannot be used: no such device",
		"1 audio file is missing.", "Aired in part", "something of a higher class was on air", "<b>21.0</b> / 45.0", "Tiếng Việt", "heard 9 h ago")
}

func TestTheLanguageIsKept(t *testing.T) {
	w := ask(t, world(), "GET", "/?lang=en", "", header("Accept-Language", "vi"))
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || cookies[0].Value != "en" || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("cookies %v", cookies)
	}
	kept := func(r *http.Request) { r.AddCookie(cookies[0]) }
	says(t, page(t, world(), "/recordings", kept), `lang="en"`, "Recordings")
	says(t, page(t, world(), "/", header("Accept-Language", "en")), `<html lang="vi">`)
	says(t, page(t, world(), "/?lang=xx"), `<html lang="vi">`)
	says(t, page(t, world(), "/letters/"+string(letterID)+"?from=2026-03-05"), `href="/letters/a1b2c3d4e5f60718?from=2026-03-05&lang=en"`)
}

func TestAnEmptyCentreSaysWhatToDo(t *testing.T) {
	empty := newMemoryDesk(now())
	says(t, page(t, empty, "/"), "Chưa có đài nào", "loaphuong station add", "loaphuong publish", "loaphuong directive import")
	says(t, page(t, empty, "/recordings"), "Chưa có tin bài nào", "loaphuong recording add")

	empty.letters = []scheduler.Directive{worldLetter()}
	says(t, page(t, empty, "/"), "Chưa có lượt phát nào trong 30 ngày qua")
	says(t, page(t, empty, "/letters/"+string(letterID)), "Chưa giao cho địa bàn nào", "loaphuong directive confirm a1b2c3d4e5f60718 --by NAME", "/review#confirm")
	empty.obligations = world().obligations
	says(t, page(t, empty, "/letters/"+string(letterID)), "Đã giao nhiệm vụ", "loaphuong publish")
}

func TestTheLetterAndItsLedger(t *testing.T) {
	body := page(t, world(), "/letters/"+string(letterID))
	says(t, body,
		"Công văn 1022/SVHTTDL-TTBC", "Sở Văn hóa, Thể thao và Du lịch", "01/03/2026", "phát mỗi nội dung tối thiểu 02 lượt/ngày",
		"3168/UBND-VP", "UBND tỉnh", "16/02/2026", "Giao cho Tỉnh Hải Dương: 2 lượt/ngày, từ 02/03/2026 đến hết 15/04/2026",
		`name="from" value="2026-03-02"`, `name="until" value="2026-03-12"`,
		`<b>146</b>/198`, "Thiếu", "Đúng kế hoạch", "Đang phát", "25 không phát", "3 chưa rõ", "vì thiết bị âm thanh hỏng hoặc bị rút (19)", "vì máy của đài không chạy (mất điện hoặc tắt) (6)",
		"4. Chiến dịch Làm cho thế giới sạch hơn", `class="void"`)
	says(t, page(t, world(), "/letters/"+string(letterID)+"?lang=en&from=2026-03-03&until=2026-03-03"), "<b>16</b>/18", "the sound card failed or was pulled out (2)", "Short")
}

func TestTheDaysOfTheLedger(t *testing.T) {
	desk := world()
	for _, c := range []struct{ query, from, until string }{
		{"", "2026-03-02", "2026-03-12"},                // from the first obligation to tomorrow
		{"from=2026-03-05", "2026-03-05", "2026-03-12"}, // one of the two
		{"from=2026-03-05&until=2026-03-05", "2026-03-05", "2026-03-05"},
		{"from=2026-03-06&until=2026-03-05", "2026-03-02", "2026-03-12"}, // the wrong way round
		{"from=yesterday", "2026-03-02", "2026-03-12"},
		{"from=2026-03", "2026-03-02", "2026-03-12"}, // no whole day
	} {
		body := page(t, desk, "/letters/"+string(letterID)+"?"+c.query)
		says(t, body, `name="from" value="`+c.from+`"`, `name="until" value="`+c.until+`"`)
		wrong := strings.Contains(body, "Khoảng ngày không hợp lệ")
		if want := c.query != "" && c.from == "2026-03-02"; wrong != want {
			t.Errorf("%q: complains %v, want %v", c.query, wrong, want)
		}
	}
}

func TestTheStation(t *testing.T) {
	body := page(t, world(), "/stations/kim-thanh")
	says(t, body, "Xã Kim Thành, Tỉnh Hải Dương", "giờ tại đài 17:15", "05:15:12 (+12,0 giây)", "open hw:CARD=Device: no such device",
		"21:00–05:00", "05:15 ngày mai", "4 tệp đã kiểm tra, thiếu 1", "24,0 GB", "2026-03-01T04:10Z")
	saysNot(t, body, "Đài Cẩm Giàng")
	says(t, page(t, world(), "/stations/lai-cach?lang=en"), "Nothing to worry about.", "Nothing has been due yet today.", "loaphuong publish")
}

func TestAStationInAnotherZoneShowsItsOwnTime(t *testing.T) {
	desk := world()
	desk.states[0].Station.Zone = "Asia/Tokyo"
	says(t, page(t, desk, "/"), "19:15 (UTC+09:00)", "07:15 (UTC+09:00)")
	says(t, page(t, desk, "/stations/cam-giang"), "giờ tại đài 19:15", "19:15:00 (+0,0 giây)")
}

func TestTheRecordings(t *testing.T) {
	body := page(t, world(), "/recordings")
	says(t, body, "Chờ duyệt", "loaphuong recording approve r2 --by NAME --digest "+string(scheduler.DigestOf([]byte("second audio"))), "Nguyễn Thị Hoa, 17:15", "-18,2 LUFS", "45 giây", "máy đọc (espeak-ng)", "tệp thien-tai.wav",
		`<audio controls preload="none" src="/v1/recordings/r1/audio"`, "1022/SVHTTDL-TTBC")
	if strings.Index(body, "recording-r2") > strings.Index(body, "recording-r1") {
		t.Error("what waits for approval does not come first")
	}
}

func TestHostileTextIsNeverMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	desk := world()
	desk.letters[0].Subject, desk.letters[0].Number, desk.letters[0].Topics[0].Title = evil, evil, evil
	desk.letters[0].Topics[0].Text, desk.letters[0].Topics[0].Citations[0].Number = evil, evil
	desk.states[0].Station.Name, desk.states[1].State.CardErr, desk.states[1].State.Error = evil, evil, evil
	desk.areas[1].Name, desk.recordings[1].Title, desk.recordings[0].Script, desk.recordings[1].Source = evil, evil, evil, evil
	for i := range desk.airings {
		desk.airings[i].Title, desk.airings[i].Detail, desk.airings[i].Why = evil, evil, evil
	}
	desk.texts[letterID], desk.letters[0].Signatory.Name, desk.letters[0].Source.Name = evil, evil, evil
	desk.letters[0].Confirmed.By, desk.letters[0].Demands[0].Text = evil, evil
	for _, path := range []string{"/", "/letters", "/letters?q=" + url.QueryEscape(evil), "/letters/" + string(letterID), "/letters/" + string(letterID) + "/review", "/stations/kim-thanh", "/stations/cam-giang", "/recordings", "/" + strings.ReplaceAll(evil, " ", "%20")} {
		w := ask(t, desk, "GET", path, "")
		saysNot(t, w.Body.String(), "<script>alert", "<img src=x")
	}
}

func TestNothingIsInlineOrFromElsewhere(t *testing.T) {
	desk := world()
	for _, path := range []string{"/", "/letters", "/letters/" + string(letterID), "/letters/" + string(letterID) + "/review", "/sign-in", "/stations/kim-thanh", "/recordings", "/nowhere"} {
		body := ask(t, desk, "GET", path, "").Body.String()
		saysNot(t, body, " style=", "<style", "http://", "https://", " onclick", "javascript:")
		own := strings.Count(body, `<script src="/assets/`)
		if own == 0 || strings.Count(body, "<script") != own {
			t.Errorf("%s: a script that is not an asset", path)
		}
	}
}

func TestAPageThatIsNotThere(t *testing.T) {
	desk := world()
	for _, path := range []string{"/nowhere", "/letters/none", "/letters/none/review", "/letters/none/file", "/stations/none", "/assets/none.css", "/assets/..%2fwords%2fvi.json"} {
		w := ask(t, desk, "GET", path, "")
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
		says(t, w.Body.String(), "Không có trang này", `href="/"`)
	}
}

func TestAssetsAreSentOnce(t *testing.T) {
	w := ask(t, world(), "GET", "/assets/style.css", "")
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if again := ask(t, world(), "GET", "/assets/style.css", "", header("If-None-Match", w.Header().Get("ETag"))); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
}

func TestAProvinceFitsOnThePage(t *testing.T) {
	desk := world()
	for i := range 300 {
		id := scheduler.StationID("well-" + strings.Repeat("x", i%9) + string(rune('a'+i%26)))
		desk.states = append(desk.states, StationState{Station: scheduler.Station{ID: id}, Published: 1,
			State: &devices.State{Online: true, CardOK: true, ClockOK: true, Volume: 80, Revision: 1}, Heard: now()})
		day := time.Date(2026, 3, 11, 0, 0, 0, 0, now().Location())
		desk.airings = append(desk.airings, judged(day, id, 1, 5, 0))
	}
	body := page(t, desk, "/")
	says(t, body, "293 đài khác đang ổn", "Không phát", "lượt khác: xem ở trang của từng đài")
	if n := strings.Count(body, `id="airing-`); n > maxRows {
		t.Errorf("%d airings", n)
	}
	if strings.Index(body, "station-kim-thanh") > strings.Index(body, `id="folded"`) {
		t.Error("a station with problems is folded away")
	}
}

func TestHealth(t *testing.T) {
	r := httptest.NewRequest("GET", "http://127.0.0.1/healthz", nil)
	w := httptest.NewRecorder()
	New(world(), Options{Version: "0.1.0"}).ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "ok 0.1.0\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}
