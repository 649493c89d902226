package web

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// readingDesk has areas and one letter that waits to be confirmed.
func readingDesk(t *testing.T) *memoryDesk {
	t.Helper()
	m := newMemoryDesk(now())
	m.areas = []scheduler.Area{
		{ID: "hai-duong", Name: "Tỉnh Hải Dương"},
		{ID: "cam-giang", Name: "Xã Cẩm Giàng", Parent: "hai-duong"},
		{ID: "kim-thanh", Name: "Xã Kim Thành", Parent: "hai-duong"},
	}
	if _, err := m.ImportDirective(context.Background(), paper(plainLetter)); err != nil {
		t.Fatal(err)
	}
	return m
}

// upload sends the form by which a page brings a letter.
func upload(t *testing.T, desk *memoryDesk, name, content string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("encoding", "vni")
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	form.Close()
	asPage := func(r *http.Request) {
		r.Header.Del("Authorization")
		r.Header.Set("Content-Type", form.FormDataContentType())
	}
	return ask(t, desk, "POST", "/letters", body.String(), append([]func(*http.Request){asPage}, change...)...)
}

func TestALetterIsBroughtByThePage(t *testing.T) {
	desk := newMemoryDesk(now())
	hoa := signedIn(t, desk)
	says(t, page(t, desk, "/letters", hoa), `type="file" name="file"`, ".docx", "TCVN3", "Chưa có công văn nào được xác nhận", "Không có công văn nào chờ")
	w := upload(t, desk, "công văn.txt", plainLetter, hoa)
	if len(desk.letters) != 1 || w.Code != http.StatusSeeOther || w.Header().Get("Location") != reviewLink(desk.letters[0].ID) {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	if s := desk.letters[0].Source; s.Name != "công văn.txt" || s.Converted != "vni" {
		t.Errorf("source %+v", s)
	}
	again := post(t, desk, "/letters", url.Values{"text": {strings.ReplaceAll(plainLetter, "\n", "\r\n")}}, hoa) // pasted
	if again.Header().Get("Location") != reviewLink(desk.letters[0].ID)+"?known=yes" {
		t.Errorf("again: %d to %s", again.Code, again.Header().Get("Location"))
	}
	says(t, page(t, desk, again.Header().Get("Location"), hoa), "đã có từ trước")
}

func TestALetterThatCannotBeRead(t *testing.T) {
	desk := newMemoryDesk(now())
	hoa := signedIn(t, desk)
	for _, c := range []struct {
		name, content string
		status        int
		says          []string
	}{
		{"x.pdf", "%PDF-1.7", 422, []string{"Tệp có mật khẩu.", "lưu một bản không có mật khẩu", "open it with its password"}},
		{"x.txt", " ", 422, []string{"Không đọc được tệp này như một công văn.", "import letter: it is empty"}},
		{"x.txt", "", 422, []string{"Chưa chọn tệp"}},
		{"", "", 422, []string{"Chưa chọn tệp"}},
	} {
		w := upload(t, desk, c.name, c.content, hoa)
		if w.Code != c.status {
			t.Errorf("%s: %d", c.name, w.Code)
		}
		says(t, w.Body.String(), c.says...)
		says(t, w.Body.String(), `type="file"`, "data-still") // the page again, and it stays
	}
	kept := post(t, desk, "/letters", url.Values{"text": {"%PDF & <b>"}}, hoa)
	says(t, kept.Body.String(), "%PDF &amp; &lt;b&gt;</textarea>")
	if w := upload(t, desk, "x.txt", plainLetter); w.Code != http.StatusUnauthorized || len(desk.letters) != 0 {
		t.Errorf("not signed in: %d", w.Code)
	}
}

func TestALetterThatIsTooLarge(t *testing.T) {
	desk := newMemoryDesk(now())
	s := newServer(desk, Options{Token: token, Now: now})
	s.maxLetter = 1000
	desk.once.Do(func() { desk.handler = s.handler() })
	hoa := signedIn(t, desk)
	w := upload(t, desk, "x.txt", strings.Repeat("x", 1000+formOverhead), hoa)
	says(t, w.Body.String(), "Tệp quá lớn.", "bỏ các phụ lục")
	if w.Code != http.StatusRequestEntityTooLarge || len(desk.letters) != 0 {
		t.Errorf("%d", w.Code)
	}
}

func TestEveryFaultHasItsOwnWords(t *testing.T) {
	for _, f := range []LetterFault{TooLarge, NotALetter, Encrypted, NeedsTool, Damaged, Empty} {
		err := scheduler.Invalid(fmt.Errorf("import letter: %w: do this", f))
		if faultOf(err) != f {
			t.Errorf("%s is lost", f)
		}
	}
	if faultOf(scheduler.ErrInvalid) != "" || faultOf(tooLarge("x", 1)) != TooLarge {
		t.Error("a fault is taken for another")
	}
}

func TestTheLettersAreListed(t *testing.T) {
	desk := readingDesk(t)
	desk.letters = append(desk.letters, worldLetter())
	for i := range maxLetters + 2 {
		d := scheduler.Directive{ID: scheduler.DirectiveID(fmt.Sprint("old", i)), Number: fmt.Sprint(i, "/UBND"), Date: scheduler.Date{Year: 2020, Month: 1, Day: 1}}
		d.Confirmed.By = "Hoa"
		desk.letters = append(desk.letters, d)
	}
	body := page(t, desk, "/letters")
	waiting, done := strings.Index(body, "tuyên truyền triển khai Tổng đài Thông tin 1022<"), strings.Index(body, "1022/SVHTTDL-TTBC")
	if waiting < 0 || done < waiting {
		t.Errorf("what waits is at %d, what is done at %d", waiting, done)
	}
	says(t, body, "/review", "Trần Thị Bình xác nhận 17:15 02/03/2026", "Còn 3 công văn cũ hơn", "2 nội dung", `href="/sign-in?next=/letters"`)
	saysNot(t, body, `type="file"`)
	today := page(t, desk, "/")
	says(t, today, "Chờ xác nhận", string(desk.letters[0].ID)+"/review")
}

func TestTheLettersAreSearched(t *testing.T) {
	desk := readingDesk(t)
	desk.letters = append(desk.letters, worldLetter())
	body := page(t, desk, "/letters?q=3168/ubnd-vp")
	says(t, body, "<mark>3168/UBND-VP</mark>", "Văn bản được dẫn", `href="/letters/`+string(letterID)+`#topic-1"`,
		`href="`+reviewLink(desk.letters[0].ID)+`#topic-1"`, `value="3168/ubnd-vp"`)
	saysNot(t, body, "Chờ xác nhận <small>")
	says(t, page(t, desk, "/letters?q=kh%C3%B4ng+c%C3%B3"), "Không thấy gì", "tuyen truyen")
	says(t, page(t, desk, "/letters?q="+strings.Repeat("%E1%BB%A7", 300)), "Không thấy gì") // far too long
	says(t, page(t, desk, "/letters?q=+"), "Chờ xác nhận")
}

func TestTheFileIsKeptAndNotShown(t *testing.T) {
	desk := readingDesk(t)
	id := desk.letters[0].ID
	for _, path := range []string{"/letters/" + string(id) + "/file", "/v1/directives/" + string(id) + "/file"} {
		for _, c := range []struct{ name, mediaType, disposition, sent string }{
			{"cong-van.pdf", "application/pdf", `attachment; filename=cong-van.pdf`, "application/pdf"},
			{"công văn.html", "text/html", `attachment; filename*=utf-8''c%C3%B4ng%20v%C4%83n.html`, "text/html"},
			{`C:\letters\a.txt`, "text/plain", `attachment; filename=a.txt`, "text/plain"},
			{"../../a.txt", "nonsense/", `attachment; filename=a.txt`, "application/octet-stream"},
			{"a\r\nX-Evil: 1\".txt", "", `attachment; filename*=utf-8''a%0D%0AX-Evil%3A%201%22.txt`, "application/octet-stream"},
			{"", "text/plain", `attachment; filename=letter`, "text/plain"},
		} {
			desk.files[id] = keptFile{c.name, c.mediaType, []byte("<script>")}
			w := ask(t, desk, "GET", path, "")
			h := w.Header()
			if h.Get("Content-Disposition") != c.disposition || h.Get("Content-Type") != c.sent || h.Get("X-Content-Type-Options") != "nosniff" || w.Body.String() != "<script>" {
				t.Errorf("%s %q: %v", path, c.name, h)
			}
		}
	}
}
