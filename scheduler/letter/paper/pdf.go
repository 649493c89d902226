package paper

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// maxFrame bounds a frame from the child: a picture of scanPixels and its head, or
// the text of a whole letter.
const maxFrame = scanPixels + scanPixels/4

// readPDF has a child read the file.
func (j job) readPDF(ctx context.Context, content []byte) (reading, error) {
	if len(j.Child) == 0 {
		return reading{}, errors.New("PDF cannot be read here, because the program was set up without its PDF process: save the letter as DOCX")
	}
	_, missing := j.tesseract()
	o := order{Cache: j.Cache, Pages: j.limits.Pages, Scans: j.limits.Scans, Text: j.limits.Text, Pictures: missing == nil, CPUSeconds: int(j.limits.Time/time.Second) + 1, Encoding: j.encoding}
	ctx, watch := newStopwatch(ctx, j.limits.Time, tooSlow("reading this PDF", j.limits.Time))
	defer watch.stop()
	p := pdfPages{job: j, watch: watch, missing: missing}
	if err := p.run(ctx, o, content); err != nil {
		return reading{}, err
	}
	return reading{text: strings.Join(p.pages, "\f"), pages: len(p.pages), scanned: p.scanned, converted: p.converted}, nil
}

// pdfPages takes the pages of a file from the child.
type pdfPages struct {
	job
	watch     *stopwatch
	missing   error // that pictures cannot be recognised, and what to install
	count     int
	pages     []string
	size      int
	scanned   bool
	converted string
}

// run starts a child, gives it the file and takes its answer. The child is killed
// when this returns, if it has not ended by itself.
func (p *pdfPages) run(ctx context.Context, o order, content []byte) error {
	head, err := json.Marshal(o)
	if err != nil {
		return err
	}
	running, kill := context.WithCancel(ctx)
	defer kill()
	cmd, said := task{argv: p.Child, env: []string{"GOTRACEBACK=none"}, dir: "/", stdin: io.MultiReader(framed(frameOrder, head), framed(frameFile, content))}.command(running)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the PDF process: %w", err)
	}
	answer := p.take(ctx, bufio.NewReaderSize(out, 64<<10))
	kill()
	_ = cmd.Wait() // killed or not, its answer says it all
	switch {
	case answer == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case isOurs(answer):
		return answer
	}
	return damaged("the PDF engine gave up on it (%s)", firstOf(said.String(), answer.Error()))
}

// framed is a frame as it is read, without a copy of its payload.
func framed(kind frameKind, payload []byte) io.Reader {
	head := binary.BigEndian.AppendUint32([]byte{byte(kind)}, uint32(len(payload)))
	return io.MultiReader(bytes.NewReader(head), bytes.NewReader(payload))
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// take reads frames up to the last one. Nothing the child says is believed beyond
// the limits it was given.
func (p *pdfPages) take(ctx context.Context, in io.Reader) error {
	for {
		kind, payload, err := readFrame(in, maxFrame)
		if err != nil {
			return err
		}
		switch kind {
		case framePages:
			if err := json.Unmarshal(payload, &p.count); err != nil || p.count > p.limits.Pages {
				return errors.New("its answer makes no sense")
			}
		case frameText:
			err = p.add(string(payload))
		case framePicture:
			err = p.recognise(ctx, payload)
		case frameError:
			return told(payload)
		case frameEnd:
			return p.end(payload)
		default:
			return errors.New("its answer makes no sense")
		}
		if err != nil {
			return err
		}
	}
}

func (p *pdfPages) add(text string) error {
	if p.size += len(text); p.size > p.limits.Text {
		return p.tooMuchText()
	}
	if len(p.pages) >= p.count {
		return errors.New("its answer has too many pages")
	}
	p.pages = append(p.pages, strings.ToValidUTF8(strings.ReplaceAll(text, "\f", "\n"), "\ufffd"))
	return nil
}

// recognise reads a page that came as a picture. The child's time stands still
// meanwhile.
func (p *pdfPages) recognise(ctx context.Context, pgm []byte) error {
	if p.missing != nil {
		return fmt.Errorf("page %d is a picture: %w", len(p.pages)+1, p.missing)
	}
	picture, err := fromPGM(pgm)
	if err != nil {
		return err
	}
	p.watch.pause()
	defer p.watch.resume()
	text, err := p.recognised(ctx, picture)
	if err != nil {
		return fmt.Errorf("page %d: %w", len(p.pages)+1, err)
	}
	p.scanned = true
	return p.add(text)
}

// end takes the last frame.
func (p *pdfPages) end(payload []byte) error {
	var last summary
	if err := json.Unmarshal(payload, &last); err != nil || len(p.pages) != p.count {
		return errors.New("its answer makes no sense")
	}
	switch last.Converted {
	case TCVN3, VNI, "":
		p.converted, p.scanned = last.Converted, p.scanned || last.Scanned
		return nil
	}
	return errors.New("its answer makes no sense")
}

// told is the error that the child has sent.
func told(payload []byte) error {
	var r refusal
	if err := json.Unmarshal(payload, &r); err != nil {
		return errors.New("its answer makes no sense")
	}
	text := []rune(tidy(r.Text))
	line := strings.Join(strings.Fields(string(text[:min(len(text), 500)])), " ")
	kind := refusals()[r.Kind]
	if kind == nil {
		return errors.New(line)
	}
	return fmt.Errorf("%w%s", kind, strings.TrimPrefix(line, kind.Error()))
}
