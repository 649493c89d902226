package paper

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sane checks what holds for any file: a text within its limit, in composed
// Unicode, or an error that says what to do.
func sane(t *testing.T, p Paper, err error) {
	t.Helper()
	switch {
	case err != nil && !isOurs(err):
		t.Fatalf("%v is an error of no kind", err)
	case err == nil && (!utf8.ValidString(p.Text) || !norm.NFC.IsNormalString(p.Text) || strings.ContainsAny(p.Text, "\r\x00\t")):
		t.Fatalf("%q is not tidy", p.Text)
	case err == nil && len(p.Text) > (Limits{}).orDefault().Text:
		t.Fatalf("%d bytes of text", len(p.Text))
	}
}

// FuzzDOCX changes the XML within a Word file.
func FuzzDOCX(f *testing.F) {
	f.Add(wp("Kính gửi"), `<w:numbering xmlns:w="x">`+`<w:abstractNum w:abstractNumId="0">`+lvl("0", "decimal", "%1.", "")+`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	f.Add(item("1", "0", "a")+item("1", "1", "b"), "")
	f.Add(`<w:tbl><w:tr><w:tc>`+wp("a")+`</w:tc></w:tr></w:tbl></w:tbl><w:p><w:r><w:txbxContent>`+wp("b")+`</w:txbxContent>`, "<a/>")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		p, err := read(t, archiveOf(t, "word/numbering.xml", numbering, "word/document.xml", "<w:document>"+body+"</w:document>"), "")
		sane(t, p, err)
	})
}

// FuzzODT changes the XML within an OpenDocument file.
func FuzzODT(f *testing.F) {
	f.Add(`<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>`, `<text:list text:style-name="L1"><text:list-item><text:p>a</text:p></text:list-item></text:list>`)
	f.Add("", `<text:p>a<text:s text:c="9"/><text:span>b</text:p></text:span>`)
	f.Fuzz(func(t *testing.T, styles, body string) {
		p, err := read(t, odtOf(t, styles, body), "")
		sane(t, p, err)
	})
}

// FuzzHTML changes a web page.
func FuzzHTML(f *testing.F) {
	f.Add([]byte("<p>a<table><tr><td>b</table><ol><li>c"))
	f.Add([]byte("</td></table><svg><svg></svg>x<pre>\n<br>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := read(t, append([]byte("<html>"), body...), "")
		sane(t, p, err)
	})
}

// FuzzText gives any bytes, which may also be another format's. PDF and pictures
// are read by other programs and are left out.
func FuzzText(f *testing.F) {
	f.Add([]byte("Kính gửi: các đơn vị"), "")
	f.Add([]byte("C\xe9ng hßa x\xb7 h\xe9i ch\xf1 ngh\xdca th-\xeang"), TCVN3)
	f.Add([]byte("\xff\xfeS\x00"), VNI)
	f.Add(ole("WordDocument"), Unicode)
	f.Fuzz(func(t *testing.T, content []byte, encoding string) {
		kind, err := sniff(content)
		if err == nil && (kind.format == "pdf" || kind.format == "image" || kind.format == "doc") {
			return
		}
		switch encoding {
		case "", TCVN3, VNI, Unicode:
		default:
			encoding = ""
		}
		p, err := read(t, content, encoding)
		sane(t, p, err)
	})
}

// FuzzFrames gives the parent any answer of a child.
func FuzzFrames(f *testing.F) {
	f.Add([]byte("n\x00\x00\x00\x011t\x00\x00\x00\x01az\x00\x00\x00\x02{}"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		p := pdfPages{job: job{Reader: &Reader{}, limits: Limits{}.orDefault()}, missing: errors.New("no tesseract")}
		if err := p.take(t.Context(), strings.NewReader(string(answer))); err == nil && len(p.pages) != p.count {
			t.Fatalf("%d pages of %d were taken for a whole letter", len(p.pages), p.count)
		}
	})
}
