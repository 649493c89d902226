package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// childFlag makes the test binary the child that reads PDF.
const childFlag = "-serve-paper-child"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childFlag {
		if err := ServeChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && strings.HasPrefix(os.Args[1], badChild) {
		misbehave(strings.TrimPrefix(os.Args[1], badChild))
		os.Exit(0)
	}
	os.Exit(testsWithCache(m))
}

// engineCache is where all tests keep the PDF engine; it is named by the
// environment so that no variable of the package changes.
const engineCache = "PAPER_TEST_CACHE"

func testsWithCache(m *testing.M) int {
	dir, err := os.MkdirTemp("", "paper-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv(engineCache, filepath.Join(dir, "engine"))
	return m.Run()
}

// reader is one as the program sets it up.
func reader(t testing.TB) *Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &Reader{Child: []string{self, childFlag}, Cache: os.Getenv(engineCache)}
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func readFixture(t testing.TB, name string) Paper {
	t.Helper()
	p, _, err := reader(t).Read(context.Background(), name, bytes.NewReader(fixture(t, name)), "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// read reads bytes that are no fixture.
func read(t testing.TB, content []byte, encoding string) (Paper, error) {
	t.Helper()
	p, _, err := reader(t).Read(context.Background(), "thu.pdf", bytes.NewReader(content), encoding)
	return p, err
}

// words compares texts by what is read and not by how it is laid out.
func words(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "32-\nKH", "32-KH")), " ")
}

func TestFormatsAreToldByContent(t *testing.T) {
	cases := []struct {
		name, format, mediaType, converted string
		pages                              int
	}{
		{"letter.txt", "text", "text/plain", "", 0},
		{"utf16.txt", "text", "text/plain", "", 0},
		{"cp1258.txt", "text", "text/plain", "", 0},
		{"tcvn3.txt", "text", "text/plain", TCVN3, 0},
		{"vni.txt", "text", "text/plain", VNI, 0},
		{"letter.html", "html", "text/html", "", 0},
		{"word.docx", "docx", typeDOCX, "", 0},
		{"libreoffice.docx", "docx", typeDOCX, "", 0},
		{"tcvn3.docx", "docx", typeDOCX, TCVN3, 0},
		{"vni.docx", "docx", typeDOCX, VNI, 0},
		{"libreoffice.odt", "odt", typeODT, "", 0},
		{"libreoffice.pdf", "pdf", "application/pdf", "", 2},
		{"chromium.pdf", "pdf", "application/pdf", "", 2},
		{"fpdf.pdf", "pdf", "application/pdf", "", 2},
		{"tcvn3.pdf", "pdf", "application/pdf", TCVN3, 2},
	}
	for _, c := range cases {
		p := readFixture(t, c.name)
		if p.Format != c.format || p.MediaType != c.mediaType || p.Converted != c.converted || p.Pages != c.pages || p.Scanned {
			t.Errorf("%s: %s, %s, %q, %d pages, scanned %t", c.name, p.Format, p.MediaType, p.Converted, p.Pages, p.Scanned)
		}
	}
}

// TestEveryFormatGivesTheSameBody compares the words of the letter's body, whose
// order does not depend on how the two columns of its head are read.
func TestEveryFormatGivesTheSameBody(t *testing.T) {
	body := func(name string) string {
		text := words(readFixture(t, name).Text)
		from, to := strings.Index(text, "Kính gửi:"), strings.Index(text, "UBND tỉnh./.")
		if from < 0 || to < 0 {
			t.Fatalf("%s has no body:\n%s", name, text)
		}
		return text[from:to]
	}
	want := body("letter.txt")
	for _, name := range []string{
		"word.docx", "libreoffice.docx", "libreoffice.odt", "letter.html", "utf16.txt", "cp1258.txt", "tcvn3.txt", "vni.txt",
		"tcvn3.docx", "vni.docx", "libreoffice.pdf", "chromium.pdf", "fpdf.pdf", "tcvn3.pdf",
	} {
		if got := strings.ReplaceAll(strings.ReplaceAll(body(name), "QĐ- UBND", "QĐ-UBND"), " a. ", " a) "); strings.ReplaceAll(got, " b. ", " b) ") != want {
			t.Errorf("%s differs at %s", name, difference(got, want))
		}
	}
}

// difference is the first place at which two texts differ.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%q, want %q", strings.ToValidUTF8(a[i:min(len(a), i+60)], ""), strings.ToValidUTF8(b[i:min(len(b), i+60)], ""))
}

func TestColumnsOfAPDFStandApart(t *testing.T) {
	for _, name := range []string{"libreoffice.pdf", "chromium.pdf", "fpdf.pdf"} {
		text := readFixture(t, name).Text
		for _, want := range []string{`UBND TỈNH QUẢNG AN {4,}CỘNG HÒA XÃ HỘI`, `Thứ Tư {4,}17 giờ 00 {4,}Môi trường xanh`} {
			if !regexp.MustCompile(want).MatchString(text) {
				t.Errorf("%s has no line like %s:\n%s", name, want, text)
			}
		}
	}
}

func TestPagesArePartedByFormFeeds(t *testing.T) {
	text := readFixture(t, "fpdf.pdf").Text
	if strings.Count(text, "\f") != 1 || !strings.Contains(text, "\n\f") {
		t.Errorf("two pages, %d form feeds", strings.Count(text, "\f"))
	}
}

func TestReadReturnsTheBytes(t *testing.T) {
	want := fixture(t, "word.docx")
	_, got, err := reader(t).Read(context.Background(), "x", bytes.NewReader(want), "")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
	}
}

func TestUnicodeLeavesOldCodings(t *testing.T) {
	p, err := read(t, fixture(t, "tcvn3.txt"), Unicode)
	if err != nil || p.Converted != "" || !strings.Contains(p.Text, "KÕ ho¹ch") {
		t.Errorf("converted %q, %v: %.60s", p.Converted, err, p.Text)
	}
	if _, err := read(t, []byte("x"), "viscii"); err == nil {
		t.Error("a coding nobody knows was taken")
	}
}

func TestScansAreRecognised(t *testing.T) {
	p := readFixture(t, "scan.jpg")
	if p.Format != "image" || p.Pages != 1 || !p.Scanned {
		t.Errorf("%s of %d pages, scanned %t", p.Format, p.Pages, p.Scanned)
	}
	for _, want := range []string{"1487/SVHTTDL-TTBC", "32-KH/TU", "2215/UBND-KGVX", "70/2024/NĐ-CP", "đến hết ngày 15/9/2024"} {
		if !strings.Contains(p.Text, want) {
			t.Errorf("%s was not recognised", want)
		}
	}
}

func TestScansNeedTesseract(t *testing.T) {
	r := reader(t)
	r.Tesseract = "no-such-tesseract"
	for _, name := range []string{"scan.jpg", "scan.pdf"} {
		_, _, err := r.Read(context.Background(), name, bytes.NewReader(fixture(t, name)), "")
		if !errors.Is(err, ErrNeedsTool) || !strings.Contains(err.Error(), "tesseract-ocr-vie") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
