package paper

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"
)

// Bounds on the frames to the child.
const (
	maxOrder = 64 << 10
	maxFile  = 1 << 30 // the parent has its own limit
)

// ServeChild is the whole life of the process that reads one PDF for
// [Reader.Read]: an order and the file come in, pages go out. It limits the
// process it is called in, so the program must do nothing else and end with it.
// A file that cannot be read is no error here: it is told to the parent.
func ServeChild(in io.Reader, out io.Writer) error {
	o, file, err := takeOrder(in)
	if err != nil {
		return fmt.Errorf("read PDF in child: %w", err)
	}
	if err := confine(time.Duration(o.CPUSeconds) * time.Second); err != nil {
		return fmt.Errorf("read PDF in child: %w", err)
	}
	debug.SetMemoryLimit(maxChildHeap)
	w := bufio.NewWriterSize(out, 64<<10)
	if err := serve(o, file, w); err != nil {
		if err := sendRefusal(w, err); err != nil {
			return fmt.Errorf("read PDF in child: %w", err)
		}
	}
	return w.Flush()
}

// maxChildHeap is where the collector begins to work hard, in bytes.
const maxChildHeap = 1 << 30

func takeOrder(in io.Reader) (order, []byte, error) {
	var o order
	kind, payload, err := readFrame(in, maxOrder)
	if err != nil {
		return o, nil, err
	}
	if err := json.Unmarshal(payload, &o); err != nil || kind != frameOrder {
		return o, nil, errors.New("the order is not one")
	}
	kind, file, err := readFrame(in, maxFile)
	if err == nil && kind != frameFile {
		err = errors.New("no file follows the order")
	}
	return o, file, err
}

// serve sends the pages of a file. Its error is a refusal for the parent to tell.
func serve(o order, file []byte, w *bufio.Writer) error {
	e, err := openEngine(context.Background(), o.Cache)
	if err != nil {
		return err
	}
	if err := confineFiles(); err != nil {
		return err
	}
	pages, err := e.load(file)
	switch {
	case err != nil:
		return err
	case pages > o.Pages:
		return tooLarge("it has %d pages and at most %d are read", pages, o.Pages)
	}
	count, _ := json.Marshal(pages)
	if err := writeFrame(w, framePages, count); err != nil {
		return err
	}
	s := sender{order: o, engine: e, w: w}
	for i := range pages {
		if err := s.page(i); err != nil {
			return err
		}
	}
	last, err := json.Marshal(s.summary)
	if err != nil {
		return err
	}
	return writeFrame(w, frameEnd, last)
}

// sender sends page after page and counts.
type sender struct {
	order
	summary
	engine *engine
	w      *bufio.Writer
	scans  int
	text   int
}

func (s *sender) page(i int) error {
	glyphs, err := s.engine.glyphs(i)
	if err != nil {
		return damaged("page %d cannot be read (%v)", i+1, err)
	}
	glyphs = upright(glyphs)
	if s.isPicture(i, glyphs) {
		return s.picture(i)
	}
	s.Scanned = s.Scanned || s.engine.unseen(i)
	text := pageText(coder{s.Encoding, &s.Converted}.wordsOf(glyphs))
	if s.text += len(text); s.text > s.Text {
		return tooLarge("it has more than %d MiB of text", max(1, s.Text>>20))
	}
	return writeFrame(s.w, frameText, []byte(text))
}

// A page with fewer letters than fewLetters under a picture is a scan on which a
// program has put its name or a number. One with no letters is empty unless it has
// a picture larger than an emblem or more lines than a frame has.
const (
	fewLetters = 120
	emblem     = 0.02 // of a page
	frameLines = 20
)

// isPicture reports whether a page must be recognised.
func (s *sender) isPicture(i int, glyphs []glyph) bool {
	letters, ok := legible(glyphs)
	switch {
	case !ok:
		return true
	case letters > fewLetters:
		return false
	case letters == 0:
		return s.engine.objects(i) > frameLines || s.engine.covered(i) > emblem
	}
	return s.engine.covered(i) > 0.5
}

func (s *sender) picture(i int) error {
	if s.scans++; s.scans > s.Scans {
		return tooLarge("more than %d of its pages are pictures", s.Scans)
	}
	if !s.Pictures {
		return writeFrame(s.w, framePicture, nil)
	}
	pgm, err := s.engine.render(i)
	if err != nil {
		return damaged("page %d cannot be drawn (%v)", i+1, err)
	}
	if err := writeFrame(s.w, framePicture, pgm); err != nil {
		return err
	}
	return s.w.Flush() // the parent recognises it while the next one is drawn
}

// refusals are the kinds of errors that a child may send, by name.
func refusals() map[string]error {
	return map[string]error{"large": ErrTooLarge, "encrypted": ErrEncrypted, "damaged": ErrDamaged}
}

func sendRefusal(w *bufio.Writer, err error) error {
	r := refusal{Text: err.Error()}
	for name, kind := range refusals() {
		if errors.Is(err, kind) {
			r.Kind = name
		}
	}
	payload, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return writeFrame(w, frameError, payload)
}
