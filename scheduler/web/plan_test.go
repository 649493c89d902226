package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestThePlanSaysWhatWouldBePublished(t *testing.T) {
	body := page(t, world(), "/plan")
	says(t, body, `href="/plan" aria-current="page"`,
		"Nội dung phải phát mà chưa có tin bài.", "Thu hoặc cho máy đọc.", "Tăng cường phòng, chống HIV/AIDS", "3 đài", // findings
		"Buổi sáng", "Buổi chiều", "có 5 phút", "T5 04:00 ngày mai, T6 04:00 13/03/2026", "có 10 giây · cần 45 giây",
		"2/3 nội dung chưa đủ", "thiếu 28 lượt", "chưa ai thu tin bài", "thiếu 5 lượt", `<a href="/stations/dong-cam">Đài Đồng Cẩm</a>`, "<b>37</b>/42", // promises
		"+ Chủ động phòng, chống thiên tai", "− Phòng, chống HIV/AIDS", "Đài Cẩm Giàng, Đài Kim Thành", "2 đài") // changes
	if strings.Index(body, "Tăng cường phòng, chống HIV/AIDS") > strings.Index(body, "Sẵn sàng ứng phó thiên tai") {
		t.Error("the topic that lacks most does not come first")
	}
	if n := strings.Count(body, "<details open><summary><span"); n != 2 {
		t.Errorf("%d topics are opened, want those that fall short", n)
	}
	says(t, page(t, world(), "/plan?lang=en"), "A topic that is owed has no recording.", "2 of 3 topics fall short", "1 station", "from 05:15 tomorrow")
}

func TestAPlanWithoutFaultsSaysSo(t *testing.T) {
	desk := newMemoryDesk(now())
	says(t, page(t, desk, "/plan"), "Không có gì phải lo.", "Chưa có nhiệm vụ phát nào", "Không có gì thay đổi.")
	desk.planning.draft.Promises = []scheduler.Promise{{Station: "a", Directive: "gone", Topic: 7, Owed: 3, Promised: 3}}
	body := page(t, desk, "/plan")
	says(t, body, "mọi nội dung đều đủ", "nội dung 7, gone", "Đủ")
	saysNot(t, body, "<details open>")
}

func TestOnlyWhoHasSignedInPublishes(t *testing.T) {
	desk := world()
	body := page(t, desk, "/plan")
	says(t, body, "Muốn phát hành, hãy", "/sign-in?next=%2fplan")
	saysNot(t, body, "<button>Phát hành")
	if w := post(t, desk, "/plan", nil); w.Code != http.StatusUnauthorized || desk.planning.publisher != "" {
		t.Errorf("%d, published by %q", w.Code, desk.planning.publisher)
	}
	as := signedIn(t, desk)
	says(t, page(t, desk, "/plan", as), "<button>Phát hành", "Người làm: Trần Thị Bình", "Còn 2 lỗi dưới đây")
	w := post(t, desk, "/plan", nil, as)
	if w.Code != http.StatusOK || desk.planning.publisher != "Trần Thị Bình" {
		t.Fatalf("%d, published by %q", w.Code, desk.planning.publisher)
	}
	says(t, w.Body.String(), "Đã phát hành", "Lịch mới đã gửi cho:", "Đài Cẩm Giàng", "lịch số 6", "data-still")
}

func TestChangesOfManyWindows(t *testing.T) {
	desk := world()
	change := func(n int, added string, stations ...scheduler.StationID) scheduler.Change {
		return scheduler.Change{Programme: "sang", At: on(12, 5, 15).AddDate(0, 0, n), Added: []string{added}, Stations: stations}
	}
	many := []scheduler.StationID{}
	for range maxNames + 3 {
		many = append(many, "cam-giang")
	}
	var changes []scheduler.Change
	for n := range maxChanges + 2 {
		changes = append(changes, change(n, "Tin "+strings.Repeat("i", n), "dong-cam"), change(n, "mỗi ngày", many...))
	}
	desk.planning.draft.Changes = changes
	says(t, page(t, desk, "/plan"), "62 buổi", "và 61 buổi nữa", "và 3 đài khác", "23 đài", "Còn 3 dòng khác.")
}

func TestFindings(t *testing.T) {
	desk := world()
	v := testView(vietnamese)
	k, err := newServer(desk, Options{}).known(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		finding scheduler.Finding
		look    look
		about   string
		facts   string
	}{
		{scheduler.Finding{Level: scheduler.Wrong, Programme: "sang", Other: "chieu"}, bad, "Chương trình Buổi sáng; Với Buổi chiều", ""},
		{scheduler.Finding{Level: scheduler.Doubt, Selection: "toi-thu-bay", Other: "toi-thu-bay"}, warn, "Danh sách phát Tối thứ Bảy /playlists#list-toi-thu-bay; Với Tối thứ Bảy /playlists#list-toi-thu-bay", ""},
		{scheduler.Finding{Level: scheduler.Mention, Rule: "dai-hoi", Area: "cam-giang"}, dropped, "Quy định Đợt đại hội /rules#rule-dai-hoi; Địa bàn Xã Cẩm Giàng", ""},
		{scheduler.Finding{Level: "later", Programme: "list-toi-thu-bay"}, dropped, "Chương trình Tối thứ Bảy", ""}, // windows of its own
		{scheduler.Finding{Level: scheduler.Wrong, Directive: letterID, Topic: 9}, bad, "Công văn 1022/SVHTTDL-TTBC /letters/a1b2c3d4e5f60718; Nội dung nội dung 9, 1022/SVHTTDL-TTBC /letters/a1b2c3d4e5f60718#topic-9", ""},
		{scheduler.Finding{Level: scheduler.Wrong, Recording: "r1", Station: "gone"}, bad, "Tin bài Gọi 1022: hỏi gì cũng được trả lời /recordings#recording-r1; Đài gone /stations/gone", ""},
		{scheduler.Finding{Level: scheduler.Wrong, At: on(11, 5, 0), Have: time.Minute, Want: time.Hour, Count: 4}, bad, "", "từ 05:00; có 1 phút; cần 1 giờ; 4 đài"},
		{scheduler.Finding{Level: scheduler.Wrong, Count: 1}, bad, "", ""}, // once goes without saying
	} {
		row := k.finding(c.finding)
		var about []string
		for _, a := range row.About {
			about = append(about, strings.TrimSpace(a.Kind+" "+a.Text+" "+a.Href))
		}
		if got := strings.Join(about, "; "); row.Look != c.look || got != c.about || strings.Join(row.Facts, "; ") != c.facts {
			t.Errorf("%+v:\n%s %q %q", c.finding, row.Look, got, row.Facts)
		}
	}
}

func TestThePagesAboutThePlanAreReachedFromEachOther(t *testing.T) {
	desk := world()
	for _, path := range []string{"/plan", "/playlists", "/playlists/edit", "/make-good", "/recalls", "/rules", "/explain"} {
		body := page(t, desk, path)
		says(t, body, `href="/plan"`, `href="/playlists"`, `href="/make-good"`, `href="/recalls"`, `href="/rules"`, `href="/explain"`, `aria-current`)
		saysNot(t, body, "{{", "%!")
		saysNot(t, page(t, desk, path+"?lang=en"), "{n}", "Danh sách phát")
	}
	desk.fault = scheduler.ErrConflict
	for _, path := range []string{"/plan", "/playlists", "/playlists/edit", "/make-good", "/recalls", "/rules", "/explain"} {
		if w := ask(t, desk, "GET", path, ""); w.Code != http.StatusConflict {
			t.Errorf("%s of a desk that fails: %d", path, w.Code)
		}
	}
}

// What a desk cannot do must reach the person from every form.
func TestFormsOfADeskThatFails(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	desk.fault = context.DeadlineExceeded
	for _, c := range []struct{ path, form string }{
		{"/plan", ""}, {"/playlists", "from=1&to=2"}, {"/playlists/edit", "title=x"}, {"/make-good", "airing=none"}, {"/recalls", "recording=r1"}, {"/rules", "do=rule"}, {"/rules", "do=holiday"},
	} {
		values, err := url.ParseQuery(c.form)
		if err != nil {
			t.Fatal(err)
		}
		if w := post(t, desk, c.path, values, as); w.Code != http.StatusInternalServerError {
			t.Errorf("%s %s: %d", c.path, c.form, w.Code)
		}
	}
}
