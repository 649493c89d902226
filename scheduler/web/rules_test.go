package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestTheRulesInWords(t *testing.T) {
	body := page(t, world(), "/rules")
	says(t, body, "Mỗi ngày hai buổi", "Tỉnh Hải Dương", "nhiều nhất 2 buổi/ngày; mỗi buổi nhiều nhất 15 phút; mỗi ngày ít nhất 20 phút; cùng một tin cách nhau 30 phút; yên tĩnh 21:00–05:00",
		"T2, T3, T4, T5, T6", "Quyết định 12/QĐ-UBND", "ngoại lệ", "mọi ngày, trừ ngày lễ, từ 01/03/2026, đến hết 31/03/2026", `<a href="/letters/a1b2c3d4e5f60718">1022/SVHTTDL-TTBC`,
		"Tết Nguyên đán", "01/01 âm lịch", "7 ngày, 2 ngày trước ngày chính", "02/09", "Muốn sửa, hãy")
	saysNot(t, body, "<button", `name="do"`)
	empty := newMemoryDesk(now())
	says(t, page(t, empty, "/rules"), "Chưa có quy định nào", "Chưa có ngày lễ nào.")
	empty.planning.rules = []scheduler.Rule{{ID: "x", Area: "gone", Bounds: scheduler.Bounds{Silent: true}, Holidays: scheduler.OnHolidays}}
	empty.planning.holidays = scheduler.Calendar{{ID: "y", Month: 3, Day: 15, Days: 1, Year: 2026, Off: true}}
	says(t, page(t, empty, "/rules"), "không phát gì", "chỉ ngày lễ", "15/03 năm 2026", "không áp dụng")
}

func TestARuleIsAddedChangedAndDropped(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	w := post(t, desk, "/rules", form("do", "rule", "name", "Đợt đại hội", "area", "hai-duong", "sessions", "3", "session", "10", "day", "40", "floor", "5", "spacing", "45",
		"quiet", "21:00-05:00, 11h30–13h30", "from", "1/4/2026", "until", "30/4/2026", "weekdays", "1", "weekdays", "0", "holidays", "skip", "basis", "Kế hoạch 5"), as)
	want := scheduler.Rule{ID: "dot-dai-hoi", Name: "Đợt đại hội", Area: "hai-duong", Weekdays: []time.Weekday{1, 0}, From: day(2026, 4, 1), Until: day(2026, 4, 30), Holidays: scheduler.NoOnHolidays, Basis: "Kế hoạch 5",
		Bounds: scheduler.Bounds{Sessions: 3, SessionLength: 10 * time.Minute, DayLength: 40 * time.Minute, DayFloor: 5 * time.Minute, Spacing: 45 * time.Minute,
			Quiet: []scheduler.QuietHours{{From: 1260, Until: 300}, {From: 690, Until: 810}}}}
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/rules#rule-dot-dai-hoi" {
		t.Fatalf("%d to %s %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	same(t, desk.planning.rules[2], want)
	shown := ruleValues(want) // what the form shows is what it would send
	shown.Set("do", "rule")
	says(t, page(t, desk, "/rules?rule=dot-dai-hoi", as), `name="id" value="dot-dai-hoi"`, `value="21:00–05:00, 11:30–13:30"`, "Sửa: Đợt đại hội", `value="skip" selected`)
	shown.Set("sessions", "4")
	post(t, desk, "/rules", shown, as)
	want.Sessions = 4
	same(t, desk.planning.rules[2], want)
	if w := post(t, desk, "/rules", form("do", "drop-rule", "id", "dot-dai-hoi"), as); w.Code != http.StatusSeeOther || len(desk.planning.rules) != 2 {
		t.Errorf("drop: %d", w.Code)
	}
}

func TestAHolidayIsAddedChangedAndDropped(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	post(t, desk, "/rules", form("do", "holiday", "name", "Giỗ Tổ", "date", "10/3", "lunar", "yes", "days", "1", "year", "2026", "off", "yes"), as)
	want := scheduler.Holiday{ID: "gio-to", Name: "Giỗ Tổ", Month: 3, Day: 10, Lunar: true, Days: 1, Year: 2026, Off: true}
	same(t, desk.planning.holidays[2], want)
	says(t, page(t, desk, "/rules?holiday=gio-to", as), `name="date" value="10/3"`, `name="lunar" value="yes" checked`)
	shown := holidayValues(want)
	shown.Set("do", "holiday")
	shown.Del("off")
	post(t, desk, "/rules", shown, as)
	want.Off = false
	same(t, desk.planning.holidays[2], want)
	post(t, desk, "/rules", form("do", "drop-holiday", "id", "gio-to"), as)
	if len(desk.planning.holidays) != 2 {
		t.Errorf("%d holidays are left", len(desk.planning.holidays))
	}
}

func TestARuleThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	for _, c := range []struct {
		form   url.Values
		status int
		says   string
	}{
		{form("do", "rule", "id", "", "name", "Gõ dở", "area", "hai-duong"), 422, "it bounds nothing"},
		{form("do", "rule", "id", "", "name", "Gõ dở", "session", "-3"), 422, "“-3” không phải là số phút"},
		{form("do", "rule", "id", "", "name", "Gõ dở", "session", "NaN"), 422, "“NaN” không phải là số phút"},
		{form("do", "rule", "id", "", "name", "Gõ dở", "quiet", "tối"), 422, "“tối” không phải là khoảng giờ"},
		{form("do", "rule", "id", "", "name", "Gõ dở", "quiet", "21:00"), 422, "không phải là khoảng giờ"},
		{form("do", "holiday", "id", "", "name", "Gõ dở", "date", "mùng một"), 422, "“mùng một” không phải là ngày và tháng"},
		{form("do", "holiday", "id", "", "name", "Gõ dở", "date", "31/13", "days", "1"), 422, "use months 1 to 12"},
		{form("do", "drop-rule", "id", "none"), 404, "Không còn nữa"},
		{form("do", "drop-holiday", "id", "none"), 404, "Không còn nữa"},
		{form("do", "dance"), 422, "tải lại trang"},
	} {
		w := post(t, desk, "/rules", c.form, as)
		if w.Code != c.status || len(desk.planning.rules) != 2 || len(desk.planning.holidays) != 2 {
			t.Errorf("%v: %d", c.form, w.Code)
		}
		says(t, w.Body.String(), c.says)
		if c.form.Has("name") {
			says(t, w.Body.String(), `value="Gõ dở"`, "open data-still")
		}
	}
	if w := post(t, desk, "/rules", form("do", "drop-rule", "id", "buoi-phat")); w.Code != http.StatusUnauthorized || len(desk.planning.rules) != 2 {
		t.Errorf("nobody: %d", w.Code)
	}
}

func TestNamesOfWhatIsNew(t *testing.T) {
	taken := func(id string) bool { return id == "tet" || id == "tet-2" }
	for _, c := range []struct{ id, name, want string }{
		{"", "Đợt Đại hội — 2026!", "dot-dai-hoi-2026"},
		{"", "  Nội thành ", "noi-thanh"},
		{"", "Tết", "tet-3"},             // the third of the name
		{"tet", "Tết Nguyên đán", "tet"}, // has a name already
		{"", "…", "x"},
		{"", strings.Repeat("dài ", 30), "dai-dai-dai-dai-dai-dai-dai-dai-dai-dai"},
	} {
		if got := newID(c.id, c.name, taken); got != c.want {
			t.Errorf("%q %q: %q, want %q", c.id, c.name, got, c.want)
		}
	}
}
