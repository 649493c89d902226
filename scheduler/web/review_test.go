package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// form makes a form of names and values in turn.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// reviewer sends forms of the review page of the letter of a desk.
type reviewer struct {
	t    *testing.T
	desk *memoryDesk
	path string
	as   func(*http.Request)
}

func newReviewer(t *testing.T) reviewer {
	desk := readingDesk(t)
	return reviewer{t, desk, reviewLink(desk.letters[0].ID), signedIn(t, desk)}
}

// letter is the letter as the desk has it now.
func (r reviewer) letter() scheduler.Directive { return r.desk.letters[0] }

// send sends a form of the newest edition, unless it says of which.
func (r reviewer) send(pairs ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	v := form(pairs...)
	if !v.Has("edition") {
		v.Set("edition", strconv.Itoa(r.letter().Edition))
	}
	return post(r.t, r.desk, r.path, v, r.as)
}

// done fails the test unless the answer leads back to a place on the page.
func (r reviewer) done(w *httptest.ResponseRecorder, anchor string) {
	r.t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != r.path+"#"+anchor {
		r.t.Fatalf("%d to %q, want #%s: %s", w.Code, w.Header().Get("Location"), anchor, w.Body)
	}
}

func TestTheReviewShowsWhatWasRead(t *testing.T) {
	r := newReviewer(t)
	body := page(t, r.desk, r.path+"?area=kim-thanh", r.as)
	says(t, body,
		`<span class="head" data-of="head-number">1022/STTTT-TTBCXB</span>`, `class="cite even" data-of="topic-1 cite-1-0">Công văn số 3168/UBND-VP`,
		`id="at-cite-1-0"`, `href="#at-cite-1-0"`, `data-no="2"`, `name="number" value="1022/STTTT-TTBCXB"`, `name="date" value="05/10/2021"`,
		`name="0.number" value="3168/UBND-VP"`, `name="0.date" value="27/08/2021"`, `name="0.until" value="30/11/2021"`, `name="0.perDay" value="3"`,
		"2 lượt/ngày, từ 11/03/2026 đến 09/04/2026", "3 lượt/ngày", `value="kim-thanh" selected`, "Mỗi đài của Xã Kim Thành sẽ phải phát",
		"Tải bản gốc (công văn 1022.txt)", "Người xác nhận: Trần Thị Bình", `name="area" value="cam-giang"`, "Chờ xác nhận")
	if n := strings.Count(body, `name="at"`); n != 2 { // between the three sentences of the first topic
		t.Errorf("%d places to split", n)
	}
	says(t, page(t, r.desk, r.path+"?lang=en", r.as), "Look over the letter", "2 a day, from 11 Mar 2026 through 9 Apr 2026", "See “topic 1” in the source")
}

func TestWhoIsNotSignedInOnlyReads(t *testing.T) {
	r := newReviewer(t)
	body := page(t, r.desk, r.path)
	says(t, body, "1022/STTTT-TTBCXB", "3168/UBND-VP", "Bạn đang xem", "tối thiểu 03 lượt/ngày")
	saysNot(t, body, `name="do"`, "<textarea", "Thêm văn bản")
	w := post(t, r.desk, r.path, form("do", "topic", "topic", "1", "edition", "0", "title", "Tên tôi gõ"))
	if w.Code != http.StatusUnauthorized || r.letter().Edition != 0 {
		t.Errorf("%d, edition %d", w.Code, r.letter().Edition)
	}
	says(t, w.Body.String(), "Phiên đăng nhập đã hết", "Tên tôi gõ", "/sign-in?next=") // and what was typed is not lost
}

func TestCorrections(t *testing.T) {
	r := newReviewer(t)
	r.done(r.send("do", "head", "kind", "Kế hoạch", "number", " 12/KH-UBND ", "date", "9/2021", "issuer", "UBND xã", "subject", "về\r\n việc", "signatory", "Lê An", "position", "CHỦ TỊCH"), "letter")
	if d := r.letter(); d.Kind != "Kế hoạch" || d.Number != "12/KH-UBND" || d.Date != (scheduler.Date{Year: 2021, Month: 9}) || d.Subject != "về việc" || d.Signatory.Position != "CHỦ TỊCH" {
		t.Errorf("head %+v", d)
	}
	r.done(r.send("do", "topic", "topic", "2", "section", "2b", "title", "HIV", "text", "một\r\nhai"), "topic-2")
	if got := r.letter().Topics[1]; got.Title != "HIV" || got.Text != "một\nhai" || got.Section != "2b" {
		t.Errorf("topic %+v", got)
	}
	if r.desk.correctedBy != "Trần Thị Bình" {
		t.Errorf("corrected by %q", r.desk.correctedBy)
	}
	says(t, page(t, r.desk, r.path, r.as), "người gõ thêm") // its place is lost with its words
	at := strings.Index(plainLetter, "Cần nói rõ")
	r.done(r.send("do", "split", "topic", "1", "at", strconv.Itoa(at)), "topic-1")
	if got := r.letter().Topics; len(got) != 3 || !strings.HasPrefix(got[1].Text, "Cần nói rõ") {
		t.Errorf("split %+v", got)
	}
	r.done(r.send("do", "merge", "topic", "2"), "topic-1")
	r.done(r.send("do", "drop", "topic", "2"), "topic-1")
	if got := r.letter().Topics; len(got) != 1 || r.letter().Edition != 5 {
		t.Errorf("edition %d: %+v", r.letter().Edition, got)
	}
}

func TestATopicIsAddedFromTheSource(t *testing.T) {
	r := newReviewer(t)
	from := strings.Index(plainLetter, "Cần nói rõ")
	to := from + len("Cần nói rõ\ncách gọi")
	place := []string{"begin", strconv.Itoa(from), "end", strconv.Itoa(to)}
	r.done(r.send(append([]string{"do", "add", "words", "Cần nói rõ\r\ncách gọi"}, place...)...), "topic-3")
	if got := r.letter().Topics[2].Spans; len(got) != 1 || got[0] != span(from, to) {
		t.Errorf("it stands at %v", got)
	}
	r.done(r.send(append([]string{"do", "add", "words", "Lời khác"}, place...)...), "topic-4") // typed over
	if got := r.letter().Topics[3]; got.Text != "Lời khác" || got.Spans != nil {
		t.Errorf("added %+v", got)
	}
	if w := r.send("do", "add", "words", " "); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing is added: %d", w.Code)
	}
}

func TestDocumentsAndDemandsAreRows(t *testing.T) {
	r := newReviewer(t)
	stood := r.letter().Topics[0].Citations[0].Spans
	rows := []string{"do", "citations", "topic", "1", "rows", "2", "0.kind", "Công văn", "0.number", "3169/UBND-VP", "0.date", "27/8/2021", "1.kind", "Luật", "1.subject", "phòng cháy"}
	r.done(r.send(rows...), "topic-1")
	got := r.letter().Topics[0].Citations
	if len(got) != 2 || got[0].Number != "3169/UBND-VP" || len(got[0].Spans) != 1 || got[0].Spans[0] != stood[0] || got[1].Subject != "phòng cháy" || got[1].Spans != nil {
		t.Errorf("citations %+v", got) // what is put right stands where it stood
	}
	r.done(r.send(append(rows, "remove", "0")...), "topic-1")
	if got := r.letter().Topics[0].Citations; len(got) != 1 || got[0].Kind != "Luật" {
		t.Errorf("removed %+v", got)
	}
	r.done(r.send("do", "demands", "topic", "0", "rows", "2", "0.text", "ba lần", "0.perDay", "3", "1.text", "", "1.perDay", ""), "topic-0")
	if got := r.letter().Demands; len(got) != 1 || got[0].PerDay != 3 || len(got[0].Spans) != 1 {
		t.Errorf("demands %+v", got) // the empty row is none
	}
	r.done(r.send("do", "demands", "topic", "2", "rows", "0"), "topic-2")
	if got := r.letter().Topics[1].Demands; len(got) != 0 {
		t.Errorf("demands %+v", got)
	}
}

func TestAConflictLosesNothing(t *testing.T) {
	r := newReviewer(t)
	r.done(r.send("do", "merge", "topic", "2"), "topic-1") // by somebody else
	w := r.send("do", "citations", "edition", "0", "topic", "2", "rows", "1", "0.number", "77/<b>", "0.kind", "Luật")
	if w.Code != http.StatusConflict || r.letter().Edition != 1 {
		t.Errorf("%d, edition %d", w.Code, r.letter().Edition)
	}
	says(t, w.Body.String(), "Người khác vừa sửa công văn này, xem lại", "77/&lt;b&gt;", "Số, ký hiệu (dòng 1)", `name="edition" value="1"`, `data-still="1"`)
}

func TestAFormThatMakesNoSense(t *testing.T) {
	r := newReviewer(t)
	for _, c := range []struct {
		pairs []string
		says  string
	}{
		{[]string{"do", "head", "date", "31/2/2021"}, "“31/2/2021” không phải là ngày"},
		{[]string{"do", "demands", "topic", "0", "rows", "1", "0.hours", "99"}, "“99” không phải là giờ"},
		{[]string{"do", "nothing", "topic", "1"}, "Biểu mẫu gửi lên không đủ"},
		{[]string{"do", "split", "topic", "1"}, "Biểu mẫu gửi lên không đủ"},
		{[]string{"do", "drop", "topic", "x"}, "Biểu mẫu gửi lên không đủ"},
		{[]string{"do", "drop", "topic", "1", "edition", "one"}, "Biểu mẫu gửi lên không đủ"},
		{[]string{"do", "drop", "topic", "9"}, "there is no topic 9"},
		{[]string{"do", "split", "topic", "1", "at", "0"}, "byte 0 is not in it"},
		{[]string{"do", "confirm"}, "Hãy chọn ít nhất một địa bàn"},
	} {
		w := r.send(c.pairs...)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", c.pairs, w.Code)
		}
		says(t, w.Body.String(), c.says)
	}
	if w := r.send("do", "head", "kind", strings.Repeat("x", maxForm)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", w.Code)
	}
	if d := r.letter(); d.Edition != 0 || d.IsConfirmed() {
		t.Errorf("changed: %+v", d)
	}
	if w := post(t, r.desk, "/letters/none/review", form("do", "head"), r.as); w.Code != http.StatusNotFound {
		t.Errorf("no letter: %d", w.Code)
	}
}

func TestConfirmingAndReopening(t *testing.T) {
	r := newReviewer(t)
	r.done(r.send("do", "confirm", "area", "cam-giang", "area", "hai-duong"), "confirm")
	if d := r.letter(); d.Confirmed.By != "Trần Thị Bình" || len(r.desk.obligations) != 2 || r.desk.obligations[0].Area != "hai-duong" {
		t.Errorf("%+v, owed %+v", d.Confirmed, r.desk.obligations) // once, by the area above
	}
	body := page(t, r.desk, r.path, r.as)
	says(t, body, "Trần Thị Bình xác nhận 17:15", "Đã giao cho <b>Tỉnh Hải Dương</b>", "Mở lại để sửa", "3168/UBND-VP", `value="cam-giang" checked disabled`)
	saysNot(t, body, "<textarea", `value="citations"`)
	w := r.send("do", "drop", "topic", "1")
	says(t, w.Body.String(), "Công văn đã được xác nhận nên không sửa được nữa")
	if w.Code != http.StatusConflict {
		t.Errorf("correcting: %d", w.Code)
	}
	r.done(r.send("do", "reopen"), "letter")
	if r.letter().IsConfirmed() || len(r.desk.obligations) != 0 {
		t.Error("it is not reopened")
	}
	r.done(r.send("do", "confirm", "area", "kim-thanh"), "confirm")
	r.desk.keep(NewRecording{Directive: r.letter().ID, Topic: 1}, "speech:test", nil)
	w = r.send("do", "reopen")
	says(t, w.Body.String(), "Không mở lại được nữa", "recordings are made for it")
	r.done(r.send("do", "confirm", "area", "cam-giang", "priority", "yes"), "confirm") // one more area
	if o := r.desk.obligations; o[len(o)-1].Class != scheduler.Priority || o[0].Class != "" {
		t.Errorf("owed %+v", o)
	}
	if n := len(r.desk.obligations); n != 4 {
		t.Errorf("%d owed", n)
	}
}

func TestADoubtfulTextIsComparedFirst(t *testing.T) {
	r := newReviewer(t)
	r.desk.letters[0].Source.Scanned, r.desk.letters[0].Source.Converted = true, "tcvn3"
	says(t, page(t, r.desk, r.path, r.as), "nhận ra từ ảnh", "TCVN3 (ABC)", "Tôi đã so chữ với bản gốc", `name="checked" value="yes" required`)
	w := r.send("do", "confirm", "area", "cam-giang")
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
	says(t, w.Body.String(), "compare it with the original first")
	r.done(r.send("do", "confirm", "area", "cam-giang", "checked", "yes"), "confirm")
}

func TestALetterWithNothingInIt(t *testing.T) {
	desk := newMemoryDesk(now())
	hoa := signedIn(t, desk)
	w := upload(t, desk, "x.txt", "Công văn", hoa)
	body := page(t, desk, w.Header().Get("Location"), hoa)
	says(t, body, "Không đọc thấy nội dung nào phải tuyên truyền", "Đây là dự thảo", "Chưa có địa bàn nào để giao", "loaphuong area add", "Thêm nội dung")
}

func TestTheLetterSaysHowItStands(t *testing.T) {
	r := newReviewer(t)
	path := "/letters/" + string(r.letter().ID)
	says(t, page(t, r.desk, path), "Chưa ai xác nhận bản đọc này", `href="`+r.path+`"`, path+"/file", "3 lượt/ngày", "2 lượt/ngày · đến hết 30/11/2021")
	r.done(r.send("do", "confirm", "area", "cam-giang"), "confirm")
	body := page(t, r.desk, path)
	says(t, body, "Trần Thị Bình xác nhận 17:15", "Giao cho Xã Cẩm Giàng: 3 lượt/ngày")
	saysNot(t, body, "Chưa ai xác nhận")
	says(t, page(t, world(), "/letters/"+string(letterID)), "Người ký: Nguyễn Văn Nhật, PHÓ GIÁM ĐỐC")
}

func TestHostileTextInAReviewIsNeverMarkup(t *testing.T) {
	const evil = `"></textarea><script>alert(1)</script><img src=x onerror=alert(2)>`
	r := newReviewer(t)
	d := &r.desk.letters[0]
	d.Number, d.Issuer, d.Subject, d.Signatory.Position, d.Source.Name, d.Source.Converted = evil, evil, evil, evil, evil, evil
	d.Topics[0].Title, d.Topics[0].Text, d.Topics[0].Section, d.Topics[0].Citations[0].Kind, d.Demands[0].Text = evil, evil, evil, evil, evil
	r.desk.texts[d.ID] = plainLetter + evil + "\n1. " + evil
	r.desk.areas[0].Name = evil
	bodies := []string{
		ask(t, r.desk, "GET", r.path, "", r.as).Body.String(),
		ask(t, r.desk, "GET", r.path, "").Body.String(),
		r.send("do", "topic", "topic", "1", "edition", "7", "title", evil).Body.String(),
	}
	for _, body := range bodies {
		saysNot(t, body, "<script>alert", "<img src=x", " style=", "<style", " onclick", "javascript:")
		if own := strings.Count(body, `<script src="/assets/`); own != 2 || strings.Count(body, "<script") != own {
			t.Error("a script that is not an asset")
		}
	}
}
