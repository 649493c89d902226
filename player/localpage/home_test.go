package localpage

import (
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAStationAtWork(t *testing.T) {
	page := newAsker(t, newFake(), Options{}).get("/", http.StatusOK)
	has(t, page, "Đài truyền thanh xã Tân An", "05:15:00", "Thứ Tư, 11/03/2026", "Bản tin buổi sáng: phòng, chống sốt xuất huyết",
		`<progress max="300" value="133"`, "2:13</b> / 5:00", "từ 05:12:47", "DỪNG PHÁT", "Mọi thứ đang tốt.",
		"05:18", "ưu tiên", "tiếp âm", "05:15 <small>ngày mai", "70 %", "Theo trung tâm: 80 %", "đang kết nối", "Tin cuối lúc 05:14, vừa xong.",
		"lịch số 42", "Dùng được đến 05:15 18/03/2026.", "đủ 12 tệp", "đúng, sai không quá 12 ms", "So với đồng hồ của trung tâm, 3 phút trước.",
		"có tiếng, −18 dB", "còn trống 12,0 GB", "đã gửi hết về trung tâm", "Đang phát nên chưa thử loa được.")
	hasNot(t, page, "Cần làm", "DIỄN TẬP", "Trùng giờ", "ordinary")
}

func TestAStationInTrouble(t *testing.T) {
	f := newFake()
	f.view = illView()
	page := newAsker(t, f, Options{}).get("/", http.StatusOK)
	has(t, page, "Không có gì đang phát", "còn 3 phút", "DIỄN TẬP", "Có việc cần xử lý", "seen of card", "Âm lượng bằng 0",
		"tệp âm thanh chưa về kịp", "chưa sẵn sàng", "Cảnh báo lũ trên sông Hồng", `name="playlist" value="lu"`, "mất kết nối",
		"Tin cuối lúc 03:15 hôm qua, 1 ngày 2 giờ trước.", "lịch số 42 đã hết hạn dùng", "thiếu 2 trong 12 tệp", "chưa đúng",
		"no such device", "ngắt quãng 3 lần", "im lặng", "sắp đầy, còn 120 MB", "Tin bài chiếm 1,5 GB.", "14 dòng chờ gửi")
	hasNot(t, page, `name="playlist" value="uu-tien"`, "Mọi thứ đang tốt") // what goes first already need not be told to
}

func TestEveryProblemHasWhatToDo(t *testing.T) {
	for lang, w := range readWords() {
		p := page{words: w, Lang: lang, View: illView()}
		for _, trouble := range p.troubles() {
			if trouble.What == "" || trouble.Do == "" || trouble.Do == w.T("do.other") || strings.Contains(trouble.What, "problem.") {
				t.Errorf("%s: %+v", lang, trouble)
			}
		}
		p.View.Problems = []Problem{{"of the future", "seen"}}
		if got := p.troubles()[0]; got != (trouble{"of the future", w.T("do.other"), "seen"}) {
			t.Errorf("%s: a kind that is not known shows as %+v", lang, got)
		}
	}
}

func TestAnEmptyStation(t *testing.T) {
	f := newFake()
	f.view = View{Station: "x", Zone: "No/Where", Now: now(), Volume: 50, CentreVolume: 50, Card: Card{Level: math.NaN()}}
	page := newAsker(t, f, Options{}).get("/?lang=en", http.StatusOK)
	has(t, page, "Nothing is on air", "Nothing is due", "there is none", "Never heard yet.", "Never compared", "silent")
	hasNot(t, page, "As the centre has it", "disabled aria-describedby")
}

func TestASoundCheckWaitsForItsTurn(t *testing.T) {
	p := page{words: readWords()[english], View: View{Now: now()}}
	for _, c := range []struct {
		next time.Duration
		want string
	}{
		{29 * time.Second, "No sound check now: something is due."},
		{30 * time.Second, ""},
	} {
		p.View.Next = []Slot{{Start: now().Add(c.next)}}
		if got := p.blocked(); got != c.want {
			t.Errorf("%s before the next: %q, want %q", c.next, got, c.want)
		}
	}
}

func TestALeaseWithoutBound(t *testing.T) {
	p := page{words: readWords()[english], View: View{Now: now(), Revision: 3}}
	if f := p.schedule(); !f.OK || f.Text != "no. 3" || f.Detail != "" {
		t.Errorf("%+v", f)
	}
}

// TestAWrongMachineTime is corrected by a station that knows the right one; of
// one that does not the page must not say so.
func TestAWrongMachineTime(t *testing.T) {
	for _, ok := range []bool{true, false} {
		p := page{words: readWords()[english], View: View{Now: now(), Clock: Clock{OK: ok, Source: "sundial", Offset: -90 * time.Second, Synced: now()}}}
		want := "Compared with sundial, just now."
		if ok {
			want += " The machine's own time is 1 min 30 s off; the station corrects it."
		}
		if got := p.clock().Detail; got != want {
			t.Errorf("right %t: %q, want %q", ok, got, want)
		}
	}
}

// nasty is a text that does harm wherever it is taken for more than a text.
const nasty = `"><script>alert(1)</script><img src=x onerror=alert(2)>`

func TestNoTextIsMarkup(t *testing.T) {
	f := newFake()
	v := illView()
	v.Station, v.Card.Name, v.Card.Err, v.Clock.Source = nasty, nasty, nasty, nasty
	v.OnAir = &Slot{ID: nasty, Playlist: nasty, Title: nasty, Class: nasty, Length: time.Minute}
	v.Problems = []Problem{{nasty, nasty}}
	v.Collisions[0].Slots[1] = *v.OnAir
	v.Next = []Slot{{ID: nasty, Title: nasty, Class: nasty, Why: nasty}}
	f.view, f.lines = v, []Line{{Title: nasty, Outcome: nasty, Reason: nasty, Detail: nasty, Evidence: nasty}}
	a := newAsker(t, f, Options{PIN: "1234"})
	pages := []string{a.get("/", http.StatusOK), a.get("/log", http.StatusOK), a.post("/first", "playlist", nasty, "who", nasty).Body.String()}
	for _, page := range pages {
		hasNot(t, page, "<script>", "<img src=x")
		has(t, page, "&lt;script&gt;")
	}
}

// TestNothingStandsInline is what the content security policy asks of the pages.
func TestNothingStandsInline(t *testing.T) {
	a := newAsker(t, newFake(), Options{PIN: "1234"})
	inline := regexp.MustCompile(`<style|\sstyle=|\son[a-z]+=|javascript:|https?://`)
	for _, target := range []string{"/", "/log", "/pin"} {
		if found := inline.FindString(a.get(target, http.StatusOK)); found != "" {
			t.Errorf("%s has %q", target, found)
		}
	}
}
