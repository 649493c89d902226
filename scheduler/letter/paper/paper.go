package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Paper is the text of a letter and how it was come by.
type Paper struct {
	Text      string // composed Unicode (NFC) in UTF-8; see the package comment for its layout
	Format    string // "pdf", "docx", "odt", "html", "text", "doc" or "image"
	MediaType string // of the file: "application/pdf"
	Pages     int    // 0 where the format has none
	Scanned   bool   // some of the text was recognised in a picture, here or by a scanner
	Converted string // [TCVN3] or [VNI], the older coding the text was converted from; else ""
}

// Limits bound the work for one file. Zero fields mean the default.
type Limits struct {
	Bytes   int64         // of the file; 64 MiB
	Text    int           // bytes of text; 4 MiB
	Pages   int           // 200
	Scans   int           // pages that are pictures; 40
	Pixels  int           // of a picture as it is stored; 36 million, A4 at 600 dots an inch
	Time    time.Duration // for everything but recognition and LibreOffice; 1 minute
	Page    time.Duration // recognition of one page; 1 minute
	Convert time.Duration // LibreOffice; 2 minutes
}

func (l Limits) orDefault() Limits {
	orElse(&l.Bytes, 64<<20)
	orElse(&l.Text, 4<<20)
	orElse(&l.Pages, 200)
	orElse(&l.Scans, 40)
	orElse(&l.Pixels, 36_000_000)
	orElse(&l.Time, time.Minute)
	orElse(&l.Page, time.Minute)
	orElse(&l.Convert, 2*time.Minute)
	return l
}

func orElse[T int | int64 | time.Duration](v *T, fallback T) {
	if *v <= 0 {
		*v = fallback
	}
}

// Reader reads letters. It keeps nothing between two of them and may be used by
// any number of goroutines; each PDF and each scan takes a process.
type Reader struct {
	// Child starts a process that calls [ServeChild] with its standard input and
	// output: the program's own path and a hidden command. PDF needs it.
	Child []string
	// Cache is a directory, which only this program can write to, where the child
	// keeps the PDF engine as machine code (21 MB). With it a child takes a tenth of
	// a second to start and some 60 MB, without it two seconds and 400 MB. It is made
	// if it is not there.
	Cache string
	// Tesseract and Soffice are the programs that read pictures and old Word
	// files; "" looks for "tesseract" and "soffice" in PATH.
	Tesseract, Soffice string
	Limits             Limits
}

// The values of Read's last argument and of [Paper.Converted].
const (
	TCVN3   = "tcvn3"   // the coding of the ABC fonts, .VnTime
	VNI     = "vni"     // the coding of the VNI fonts, VNI-Times
	Unicode = "unicode" // no conversion
)

// Read gets the text out of a file and returns it with the file's bytes. The
// name is used in errors only. The encoding is "" to recognise an older coding
// and convert it, [TCVN3] or [VNI] to convert whatever it looks like, [Unicode]
// to convert nothing.
//
// Of a file over the limit only one byte more than that is read. The errors wrap
// one of this package's, or the context's.
func (r *Reader) Read(ctx context.Context, name string, file io.Reader, encoding string) (Paper, []byte, error) {
	content, paper, err := r.read(ctx, file, encoding)
	if err != nil {
		return Paper{}, nil, fmt.Errorf("read %s: %w", quoted(name), err)
	}
	return paper, content, nil
}

func (r *Reader) read(ctx context.Context, file io.Reader, encoding string) ([]byte, Paper, error) {
	switch encoding {
	case "", TCVN3, VNI, Unicode:
	default:
		return nil, Paper{}, fmt.Errorf("coding %q is not known: give tcvn3, vni, unicode or nothing", encoding)
	}
	j := job{Reader: r, limits: r.Limits.orDefault(), encoding: encoding}
	content, err := io.ReadAll(io.LimitReader(file, j.limits.Bytes+1))
	switch {
	case err != nil:
		return nil, Paper{}, err
	case int64(len(content)) > j.limits.Bytes:
		return nil, Paper{}, tooLarge("it has more than %d MiB", j.limits.Bytes>>20)
	}
	paper, err := j.paper(ctx, content)
	return content, paper, err
}

// job is the reading of one file.
type job struct {
	*Reader
	limits   Limits
	encoding string
}

// reading is a text before its last touch.
type reading struct {
	text      string
	pages     int
	scanned   bool
	converted string // where the format itself says what is in which coding
}

func (j job) paper(ctx context.Context, content []byte) (Paper, error) {
	kind, err := sniff(content)
	if err != nil {
		return Paper{}, err
	}
	got, err := j.extract(ctx, kind, content)
	if err != nil {
		return Paper{}, err
	}
	p := Paper{Text: got.text, Format: kind.format, MediaType: kind.mediaType, Pages: got.pages, Scanned: got.scanned, Converted: got.converted}
	if p.Converted == "" && !p.Scanned {
		p.Text, p.Converted = converted(p.Text, j.encoding)
	}
	p.Text = tidy(p.Text)
	switch {
	case len(p.Text) > j.limits.Text:
		return Paper{}, j.tooMuchText()
	case strings.TrimSpace(p.Text) == "":
		return Paper{}, fmt.Errorf("%w: see whether the right file was chosen", ErrEmpty)
	}
	return p, nil
}

// extract calls the format's own reader. Those within this process are stopped
// by their limits on size, the others by time.
func (j job) extract(ctx context.Context, kind kind, content []byte) (reading, error) {
	if err := ctx.Err(); err != nil {
		return reading{}, err
	}
	switch kind.format {
	case "pdf":
		return j.readPDF(ctx, content)
	case "image":
		return j.readPicture(ctx, content)
	case "doc":
		return j.readDoc(ctx, content)
	case "docx":
		return j.readDOCX(content)
	case "odt":
		return j.readODT(content)
	case "html":
		return j.readHTML(content)
	}
	return j.readText(content)
}

func (j job) tooMuchText() error {
	return tooLarge("it has more than %d MiB of text", max(1, j.limits.Text>>20))
}

// converted converts a text from an older coding and names it.
func converted(text, encoding string) (string, string) {
	switch encoding {
	case Unicode:
		return text, ""
	case "":
		encoding = Detect(text)
	}
	if encoding == "" {
		return text, ""
	}
	return Convert(text, encoding), encoding
}

// quoted is a file's name for a message: on one line, and not longer than one.
func quoted(name string) string {
	if name == "" {
		return "file"
	}
	if r := []rune(name); len(r) > 100 {
		name = string(r[:99]) + "…"
	}
	return fmt.Sprintf("%q", name)
}

// isOurs reports whether the error already says what to do.
func isOurs(err error) bool {
	for _, kind := range []error{ErrFormat, ErrTooLarge, ErrEncrypted, ErrDamaged, ErrNeedsTool, ErrEmpty, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// hasAt reports whether magic stands at the offset.
func hasAt(content []byte, at int, magic string) bool {
	return len(content) >= at && bytes.HasPrefix(content[at:], []byte(magic))
}
