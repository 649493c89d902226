package paper

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// badChild and a word behind it make the test binary a child that does not do what
// it should.
const badChild = "-bad-paper-child="

func misbehave(how string) {
	out := os.Stdout
	switch how {
	case "hangs":
		time.Sleep(time.Hour)
	case "says nothing":
	case "talks":
		out.WriteString("panic: runtime error\n\ngoroutine 1\n")
	case "lies about length":
		out.Write([]byte{byte(frameText), 0xff, 0xff, 0xff, 0xff})
	case "sends too many pages":
		writeFrame(out, framePages, []byte("1"))
		writeFrame(out, frameText, []byte("a"))
		writeFrame(out, frameText, []byte("b"))
	case "sends too few pages":
		writeFrame(out, framePages, []byte("2"))
		writeFrame(out, frameText, []byte("a"))
		writeFrame(out, frameEnd, []byte("{}"))
	case "counts without end":
		writeFrame(out, framePages, []byte("1000000000"))
	case "never ends":
		writeFrame(out, framePages, []byte("200"))
		for range 200 {
			writeFrame(out, frameText, bytes.Repeat([]byte("a"), 1<<20))
		}
	case "refuses oddly":
		writeFrame(out, frameError, []byte(`{"kind":"damaged","text":"damaged: \u001b[31mred\n`+strings.Repeat("x", 5000)+`"}`))
	case "names a coding":
		writeFrame(out, framePages, []byte("0"))
		writeFrame(out, frameEnd, []byte(`{"converted":"klingon"}`))
	}
}

func TestAChildIsNotTrusted(t *testing.T) {
	cases := []struct {
		how  string
		kind error
	}{
		{"hangs", ErrTooLarge},
		{"says nothing", ErrDamaged},
		{"talks", ErrDamaged},
		{"lies about length", ErrDamaged},
		{"sends too many pages", ErrDamaged},
		{"sends too few pages", ErrDamaged},
		{"counts without end", ErrDamaged},
		{"never ends", ErrTooLarge},
		{"refuses oddly", ErrDamaged},
		{"names a coding", ErrDamaged},
	}
	for _, c := range cases {
		r := reader(t)
		r.Child[1] = badChild + c.how
		if c.how == "hangs" {
			r.Limits.Time = 50 * time.Millisecond
		}
		_, _, err := r.Read(context.Background(), "x", strings.NewReader("%PDF-1.4"), "")
		if !errors.Is(err, c.kind) || len(err.Error()) > 1000 || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("a child that %s: %.1200q; want %v", c.how, err, c.kind)
		}
	}
}

func TestReadEndsWithItsContext(t *testing.T) {
	r := reader(t)
	r.Child[1] = badChild + "hangs"
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := r.Read(ctx, "x", strings.NewReader("%PDF-1.4"), ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if _, _, err := r.Read(ctx, "x", strings.NewReader("Kính gửi"), ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// TestAPageWithALineIsNoScan: what has neither text nor picture is an empty page.
func TestAPageWithALineIsNoScan(t *testing.T) {
	r := reader(t)
	r.Tesseract = "no-such-tesseract"
	content := bytes.Replace(printed(2), []byte("BT /F 12 Tf 16 TL 60 780 Td (Trang 2)"), []byte("0 0 m 9 9 l S ET % BT                 "), 1)
	at := bytes.Index(content, []byte("S ET %")) + 2
	copy(content[at:], "% ")
	for i := at; !bytes.HasPrefix(content[i:], []byte("endstream")); i++ {
		if content[i] == '\n' {
			content[i] = ' ' // all that follows is a remark
		}
	}
	p, _, err := r.Read(context.Background(), "x", bytes.NewReader(content), "")
	if err != nil || p.Pages != 2 || strings.Count(p.Text, "Thuc hien") != 40 {
		t.Errorf("%d pages, %d lines, %v", p.Pages, strings.Count(p.Text, "Thuc hien"), err)
	}
}

func TestReadCanBeCancelled(t *testing.T) {
	r := reader(t)
	r.Child[1] = badChild + "hangs"
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, _, err := r.Read(ctx, "x", strings.NewReader("%PDF-1.4"), ""); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAScannersTextIsFromAScan: text without ink is what a scanner has recognised.
func TestAScannersTextIsFromAScan(t *testing.T) {
	for operators, scanned := range map[string]bool{"": false, "3 Tr ": true} {
		p, err := read(t, printedWith(1, operators), "")
		if err != nil || p.Scanned != scanned || !strings.Contains(p.Text, "32-KH/TU") {
			t.Errorf("%q: scanned %t, %v", operators, p.Scanned, err)
		}
	}
}

func TestPDFNeedsAChild(t *testing.T) {
	_, _, err := (&Reader{}).Read(context.Background(), "x", strings.NewReader("%PDF-1.4"), "")
	if err == nil || !strings.Contains(err.Error(), "DOCX") {
		t.Error(err)
	}
	_, _, err = (&Reader{Child: []string{"/no/such/program"}}).Read(context.Background(), "x", strings.NewReader("%PDF-1.4"), "")
	if err == nil || !strings.Contains(err.Error(), "start the PDF process") {
		t.Error(err)
	}
}

func TestServeChildRefusesWhatIsNoOrder(t *testing.T) {
	var notOrder, noFile bytes.Buffer
	writeFrame(&notOrder, frameText, []byte("{}"))
	writeFrame(&noFile, frameOrder, []byte("{}"))
	for _, in := range []*bytes.Buffer{{}, bytes.NewBufferString("GET / HTTP/1.1"), &notOrder, &noFile} {
		if err := ServeChild(in, &bytes.Buffer{}); err == nil {
			t.Error("it was served")
		}
	}
}

func TestFramesAreBounded(t *testing.T) {
	var b bytes.Buffer
	if err := writeFrame(&b, frameText, []byte("xin chào")); err != nil {
		t.Fatal(err)
	}
	if kind, payload, err := readFrame(bytes.NewReader(b.Bytes()), 100); kind != frameText || string(payload) != "xin chào" || err != nil {
		t.Errorf("%c %q %v", kind, payload, err)
	}
	if _, _, err := readFrame(bytes.NewReader(b.Bytes()), 8); err == nil {
		t.Error("a frame over the limit was read")
	}
	if _, _, err := readFrame(bytes.NewReader(b.Bytes()[:8]), 100); err == nil {
		t.Error("half a frame was read")
	}
}

func TestRefusalsCrossToTheParent(t *testing.T) {
	for _, err := range []error{encrypted(), damaged("it has no pages"), tooLarge("it has 900 pages")} {
		var b bytes.Buffer
		w := bufio.NewWriter(&b)
		if err := sendRefusal(w, err); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		_, payload, readErr := readFrame(&b, 1000)
		if got := told(payload); readErr != nil || got.Error() != err.Error() || !isOurs(got) {
			t.Errorf("%v arrived as %v", err, got)
		}
	}
}

func TestTheCacheMustBeOurs(t *testing.T) {
	open, ours := t.TempDir(), filepath.Join(t.TempDir(), "engine")
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	if codeCache(open) != nil {
		t.Error("machine code was taken from a directory that anybody can write to")
	}
	if codeCache("") != nil {
		t.Error("a cache without a directory")
	}
	if codeCache(ours) == nil {
		t.Error("our own directory was not taken")
	}
}

// TestADamagedCacheIsEmptied damages a copy of the cache.
func TestADamagedCacheIsEmptied(t *testing.T) {
	readFixture(t, "tcvn3.pdf") // which fills the cache, if no other test has
	r := reader(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(r.Cache)); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the cache holds %d files, %v", len(files), err)
	}
	if err := os.Truncate(files[0], 100_000); err != nil {
		t.Fatal(err)
	}
	r.Cache = dir
	if _, _, err := r.Read(context.Background(), "x", bytes.NewReader(printed(1)), ""); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(files[0]); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the damaged file stays: %v", err)
	}
}

func TestStopwatch(t *testing.T) {
	why := errors.New("time is up")
	ctx, w := newStopwatch(context.Background(), time.Hour, why)
	w.pause()
	if w.left > time.Hour || ctx.Err() != nil {
		t.Error("a pause ended it")
	}
	w.left = 0
	w.resume()
	<-ctx.Done()
	if context.Cause(ctx) != why {
		t.Errorf("it ended for %v", context.Cause(ctx))
	}
	w.stop()
}
