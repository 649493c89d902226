package paper_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
	"loaphuong/scheduler/letter/paper"
)

// parsed reads and parses a fixture. What depends on where things stand in the
// text is left out.
func parsed(t *testing.T, name string) scheduler.Directive {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := paper.NewTestReader(t).Read(context.Background(), name, bytes.NewReader(content), "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := letter.Parse(p.Text)
	if err != nil {
		t.Fatal(err)
	}
	d.ID, d.Spans, d.Source = "", scheduler.HeadSpans{}, scheduler.Source{}
	bareCitations(d.Citations)
	bareDemands(d.Demands)
	for i := range d.Topics {
		d.Topics[i].Spans = nil
		bareCitations(d.Topics[i].Citations)
		bareDemands(d.Topics[i].Demands)
	}
	return d
}

func bareCitations(c []scheduler.Citation) {
	for i := range c {
		c[i].Spans = nil
	}
}

func bareDemands(d []scheduler.Demand) {
	for i := range d {
		d[i].Spans = nil
	}
}

func TestEveryFormatGivesTheSameDirective(t *testing.T) {
	want := parsed(t, "letter.txt")
	if want.Number != "1487/SVHTTDL-TTBC" || want.Date.String() != "2024-08-06" || len(want.Citations) < 12 {
		t.Fatalf("the letter itself is read as %+v", want)
	}
	for _, name := range []string{
		"word.docx", "libreoffice.docx", "libreoffice.odt", "letter.html",
		"libreoffice.pdf", "chromium.pdf", "fpdf.pdf",
		"tcvn3.txt", "vni.txt", "tcvn3.docx", "vni.docx", "tcvn3.pdf", "utf16.txt", "cp1258.txt",
	} {
		t.Run(name, func(t *testing.T) { sameDirective(t, parsed(t, name), want) })
	}
}

// TestOldWordFiles: where LibreOffice is not there, a person is told what to do;
// where it is installed, the letter is the same.
func TestOldWordFiles(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "word97.doc"))
	if err != nil {
		t.Fatal(err)
	}
	r := paper.NewTestReader(t)
	r.Soffice = "no-such-office"
	_, _, err = r.Read(t.Context(), "word97.doc", bytes.NewReader(content), "")
	if !errors.Is(err, paper.ErrNeedsTool) || !strings.Contains(err.Error(), "libreoffice-writer-nogui") || !strings.Contains(err.Error(), "save it as DOCX") {
		t.Errorf("without LibreOffice: %v", err)
	}
	if _, err := exec.LookPath("soffice"); err == nil {
		sameDirective(t, parsed(t, "word97.doc"), parsed(t, "letter.txt"))
	}
}

func sameDirective(t *testing.T, got, want scheduler.Directive) {
	t.Helper()
	sameField(t, "head", head(got), head(want))
	sameField(t, "citations", got.Citations, want.Citations)
	sameField(t, "demands", got.Demands, want.Demands)
	sameField(t, "number of topics", len(got.Topics), len(want.Topics))
	for i := range min(len(got.Topics), len(want.Topics)) {
		sameField(t, "topic", got.Topics[i], want.Topics[i])
	}
}

// head is a directive without what stands in its body.
func head(d scheduler.Directive) scheduler.Directive {
	d.Topics, d.Citations, d.Demands = nil, nil, nil
	return d
}

func sameField(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\n got  %+v\n want %+v", what, got, want)
	}
}

// TestScanKeepsCitations wants nine of ten numbers of cited documents to be read
// right in a scan, and the letter's own.
func TestScanKeepsCitations(t *testing.T) {
	want := parsed(t, "letter.txt")
	got := parsed(t, "scan.pdf")
	read := map[string]bool{}
	for _, c := range got.Citations {
		read[c.Number] = true
	}
	right := 0
	for _, c := range want.Citations {
		if read[c.Number] {
			right++
		} else {
			t.Logf("%s was not read", c.Number)
		}
	}
	if right*10 < len(want.Citations)*9 {
		t.Errorf("%d of %d citations were read", right, len(want.Citations))
	}
	if got.Number != want.Number || got.Date != want.Date {
		t.Errorf("number and date are %s, %s", got.Number, got.Date)
	}
}
