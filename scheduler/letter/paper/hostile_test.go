package paper

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// archiveOf packs parts, given as name and content in turn.
func archiveOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ole is a container of Office's old formats with nothing but a directory.
func ole(names ...string) []byte {
	b := make([]byte, 512*4)
	copy(b, oleMagic)
	binary.LittleEndian.PutUint16(b[30:], 9)
	binary.LittleEndian.PutUint32(b[48:], 1) // the directory is in sector 1
	binary.LittleEndian.PutUint32(b[76:], 2) // the table in sector 2
	binary.LittleEndian.PutUint32(b[512*3+4:], 0xffff_fffe)
	for i, name := range names {
		entry := b[1024+128*i:]
		for j, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*j:], u)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
	}
	return b
}

func TestRefusals(t *testing.T) {
	exe := "MZ\x90\x00\x03\x00\x00\x00" + strings.Repeat("\x00", 100)
	text := "Kính gửi: các đơn vị\n"
	cases := []struct {
		what    string
		content []byte
		kind    error
		says    string
	}{
		{"nothing at all", nil, ErrEmpty, "upload"},
		{"only spaces", []byte(" \n\t\r\n "), ErrEmpty, "right file"},
		{"a program called .pdf", []byte(exe), ErrFormat, "a Windows program"},
		{"a Linux program", []byte("\x7fELF\x02\x01\x01\x00" + exe), ErrFormat, "a Linux program"},
		{"an archive", archiveOf(t, "thu.txt", text), ErrFormat, "a ZIP archive: unpack it"},
		{"a RAR archive", []byte("Rar!\x1a\x07\x00" + exe), ErrFormat, "a RAR archive: unpack it"},
		{"a workbook", archiveOf(t, "xl/workbook.xml", "<x/>"), ErrFormat, "an Excel workbook: save the letter"},
		{"slides", archiveOf(t, "ppt/presentation.xml", "<x/>"), ErrFormat, "PowerPoint"},
		{"an ODS", archiveOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ErrFormat, "spreadsheet"},
		{"an old workbook", ole("Root Entry", "Workbook"), ErrFormat, "an Excel workbook"},
		{"old slides", ole("Root Entry", "PowerPoint Document"), ErrFormat, "PowerPoint"},
		{"a mail", ole("Root Entry", "__properties_version1.0"), ErrFormat, "Outlook"},
		{"RTF", []byte(`{\rtf1\ansi Số: 12}`), ErrFormat, "save it as DOCX"},
		{"XML", []byte("<?xml version='1.0'?><w:wordDocument/>"), ErrFormat, "an XML file"},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), ErrFormat, "PNG or JPEG"},
		{"noise", noise(5000), ErrFormat, "not text"},
		{"text in an unknown coding", []byte("\x81\x8d\x8f gr\x90\x9d t\x81t\x8d \x8f\x90"), ErrFormat, "UTF-8"},
		{"a locked DOCX", ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), ErrEncrypted, "password"},
		{"a locked ODT", archiveOf(t, "mimetype", typeODT, "META-INF/manifest.xml", "<m><encryption-data/></m>", "content.xml", "x"), ErrEncrypted, "without one"},
		{"a locked PDF", fixture(t, "locked.pdf"), ErrEncrypted, "without one"},
		{"a broken container", []byte(oleMagic + exe), ErrDamaged, "save it again"},
		{"half a DOCX", fixture(t, "word.docx")[:2000], ErrDamaged, "archive"},
		{"an ODT without text", archiveOf(t, "mimetype", typeODT), ErrDamaged, "content.xml"},
		{"an empty PDF", []byte("%PDF-1.7\n%%EOF"), ErrDamaged, "cannot be opened"},
		{"half a picture", fixture(t, "scan.jpg")[:600], ErrDamaged, "picture"},
		{"a picture's head alone", []byte("\x89PNG\r\n\x1a\n"), ErrDamaged, "picture"},
		{"a picture of 100 000 by 100 000", hugePNG(), ErrTooLarge, "100000 × 100000"},
	}
	for _, c := range cases {
		_, err := read(t, c.content, "")
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %v with %q", c.what, err, c.kind, c.says)
		}
	}
}

// noise is bytes of no kind, the same each time.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.IntN(256))
	}
	return out
}

// hugePNG is the head of a picture that would take 40 GB.
func hugePNG() []byte {
	head := []byte("IHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x06\x00\x00\x00")
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
}

// endless is a file without end that counts what is read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestAHugeUploadIsRefusedEarly(t *testing.T) {
	file := &endless{}
	r := reader(t)
	r.Limits.Bytes = 1 << 20
	_, _, err := r.Read(context.Background(), "to.pdf", file, "")
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "1 MiB") {
		t.Error(err)
	}
	if file.read != 1<<20+1 {
		t.Errorf("%d bytes were read of a file over the limit of %d", file.read, 1<<20)
	}
	if got := (Limits{}).orDefault().Bytes; got != 64<<20 {
		t.Errorf("the limit is %d bytes when nothing is said", got)
	}
}

// docxOf is a Word file with a body.
func docxOf(t testing.TB, body string) []byte {
	t.Helper()
	return archiveOf(t, "word/document.xml", `<w:document xmlns:w="x"><w:body>`+body+`</w:body></w:document>`)
}

func odtOf(t testing.TB, styles, body string) []byte {
	t.Helper()
	return archiveOf(t, "mimetype", typeODT, "content.xml", `<office:document-content><office:automatic-styles>`+styles+`</office:automatic-styles><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
}

func TestBombs(t *testing.T) {
	times := strings.Repeat
	many := make([]string, 0, 2*(maxParts+1))
	for i := range maxParts + 1 {
		many = append(many, fmt.Sprint(i), "")
	}
	cases := []struct {
		what    string
		content []byte
		kind    error
	}{
		{"128 MiB packed in half a one", packedSpaces(t, 128<<20), ErrTooLarge},
		{"sizes that are not true", lyingSizes(t), ErrDamaged},
		{"thousands of parts", archiveOf(t, many...), ErrTooLarge},
		{"elements nested deep", docxOf(t, times("<w:x>", 5000)+times("</w:x>", 5000)), ErrDamaged},
		{"tables nested deep", docxOf(t, times("<w:tbl><w:tr><w:tc>", 100)+times("</w:tc></w:tr></w:tbl>", 100)), ErrDamaged},
		{"paragraphs nested deep", docxOf(t, times("<w:p>", 100)+times("</w:p>", 100)), ErrDamaged},
		{"lists nested deep", odtOf(t, "", times("<text:list>", 100)+times("</text:list>", 100)), ErrDamaged},
		{"entities", docxBomb(t), ErrDamaged},
		{"an attribute of megabytes", docxOf(t, `<w:p w:x="`+times("a", 2<<20)+`"/>`), ErrTooLarge},
		{"a million attributes", docxOf(t, `<w:p `+times(`a="" `, 1<<20)+`/>`), ErrTooLarge},
		{"a stretch of text of megabytes", docxOf(t, `<w:p><w:r><w:t>`+times("a", 2<<20)), ErrTooLarge},
		{"more text than any letter", docxOf(t, times("<w:p><w:r><w:t>"+times("a", 1000)+"</w:t></w:r></w:p>", 9000)), ErrTooLarge},
		{"more elements than any letter", docxOf(t, times("<w:p/>", maxTokens/2+10)), ErrTooLarge},
		{"a page of tables in tables", []byte("<html>" + times("<table><tr><td>", 100_000)), ErrDamaged},
		{"a page of one tag", []byte("<html><p " + times("a=b ", 1<<20) + ">"), ErrTooLarge},
		{"a page of text", []byte("<html>" + times("<p>"+times("a", 1000)+"</p>", 9000)), ErrTooLarge},
		{"a long text", []byte(times("Tuyên truyền\n", 1<<20)), ErrTooLarge},
	}
	for _, c := range cases {
		begun := time.Now()
		_, err := read(t, c.content, "")
		if !errors.Is(err, c.kind) {
			t.Errorf("%s: %v; want %v", c.what, err, c.kind)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s took %v", c.what, took)
		}
	}
}

// packedSpaces is a Word file whose text unpacks to n bytes.
func packedSpaces(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	spaces := bytes.Repeat([]byte(" "), 1<<20)
	for range n >> 20 {
		if _, err := w.Write(spaces); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lyingSizes says that a part unpacks to one byte.
func lyingSizes(t *testing.T) []byte {
	t.Helper()
	content := docxOf(t, strings.Repeat("<w:p/>", 1000))
	central := bytes.LastIndex(content, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(content[central+24:], 1)
	return content
}

func docxBomb(t *testing.T) []byte {
	t.Helper()
	return archiveOf(t, "word/document.xml", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>`)
}

// TestDamagedPDFs changes bytes of a PDF here and there: whatever comes of it, it
// is text or an error of ours, and it comes soon.
func TestDamagedPDFs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	whole := fixture(t, "tcvn3.pdf")
	for range 12 {
		content := bytes.Clone(whole)
		for range 1 + r.IntN(40) {
			content[r.IntN(len(content))] = byte(r.IntN(256))
		}
		if r.IntN(3) == 0 {
			content = content[:r.IntN(len(content))]
		}
		if _, err := read(t, content, ""); err != nil && !isOurs(err) {
			t.Errorf("%v", err)
		}
	}
}

// TestDamagedArchives does the same to office files, in this process.
func TestDamagedArchives(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, name := range []string{"word.docx", "libreoffice.docx", "libreoffice.odt"} {
		whole := fixture(t, name)
		for range 150 {
			content := bytes.Clone(whole)
			for range 1 + r.IntN(20) {
				content[r.IntN(len(content))] = byte(r.IntN(256))
			}
			if _, err := read(t, content, ""); err != nil && !isOurs(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestTooManyPages(t *testing.T) {
	r := reader(t)
	r.Limits.Pages = 1
	_, _, err := r.Read(context.Background(), "dai.pdf", bytes.NewReader(fixture(t, "fpdf.pdf")), "")
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "2 pages") {
		t.Error(err)
	}
	r.Limits, r.Tesseract = Limits{Scans: 1}, "true" // which recognises nothing, and soon
	_, _, err = r.Read(context.Background(), "quet.pdf", bytes.NewReader(fixture(t, "scan.pdf")), "")
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "pictures") {
		t.Error(err)
	}
}
