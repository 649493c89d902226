package localpage

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
)

func TestTheLogOfADay(t *testing.T) {
	f := newFake()
	a := newAsker(t, f, Options{})
	page := a.get("/log", http.StatusOK)
	has(t, page, "Thứ Tư, 11/03/2026", "20 lượt: 2 lượt phát đủ, 17 lượt không đủ.", "Nhạc hiệu", "Đã phát", "Phát muộn", "05:00:04", "Phát dở dang",
		"người vận hành dừng", "station page, 127.0.0.1", "1:05</b> / 4:00", "Không phát", "đã ra hết loa", "/log?day=2026-03-10", "/log.csv?day=2026-03-11")
	hasNot(t, page, "2026-03-12") // it has not come yet
	page = a.get("/log?day=2026-03-10", http.StatusOK)
	has(t, page, "Ngày này không có lượt phát nào.", "/log?day=2026-03-09", "/log?day=2026-03-11", "/log?day=2026-03-10&amp;lang=en")
	if want := "log of 2026-03-11T00:00:00+07:00; log of 2026-03-10T00:00:00+07:00"; f.heard() != want {
		t.Errorf("asked for %s, want %s", f.heard(), want)
	}
}

func TestALogThatCannotBeShown(t *testing.T) {
	f := newFake()
	a := newAsker(t, f, Options{})
	has(t, a.get("/log?day=yesterday", http.StatusBadRequest), "“yesterday” không phải là một ngày.")
	a.get("/log.csv?day=2026-13-01", http.StatusBadRequest)
	f.fault = errCard()
	has(t, a.get("/log", http.StatusInternalServerError), "Không đọc được nhật ký: the card is away")
}

func TestTheLogAsASpreadsheet(t *testing.T) {
	f := newFake()
	f.lines[0].Title = "=cmd|' /C calc'!A0"
	a := newAsker(t, f, Options{})
	w := a.ask(http.MethodGet, "/log.csv?day=2026-03-11", nil)
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="nhat-ky-2026-03-11.csv"` {
		t.Errorf("it is saved as %s", got)
	}
	text, ok := strings.CutPrefix(w.Body.String(), "\ufeff")
	if !ok {
		t.Error("it has no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"giờ theo lịch|giờ phát thật|tin bài|tình trạng|lý do|chi tiết|số giây đã vang|số giây theo lịch|bằng chứng",
		"2026-03-11 05:00:00 +07:00|2026-03-11 05:00:00 +07:00|'=cmd|' /C calc'!A0|Đã phát|||30.0|30.0|đã ra hết loa",
		"2026-03-11 05:00:00 +07:00|2026-03-11 05:00:04 +07:00|Bản tin đêm|Phát muộn|tin trước cùng loại chưa phát xong||300.0|300.0|đã nghe lại",
	} {
		if got := strings.Join(rows[i], "|"); got != want {
			t.Errorf("row %d:\n got  %s\n want %s", i, got, want)
		}
	}
	if len(rows) != 21 || rows[5][1] != "" {
		t.Errorf("%d rows, of which the first missed began at %q", len(rows), rows[5][1])
	}
}
