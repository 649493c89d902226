package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tesseract finds the program that recognises text, or says what to install.
func (j job) tesseract() (string, error) {
	path, err := program(j.Tesseract, "tesseract")
	if err != nil {
		return "", needsTool("tesseract, which reads pictures,", "tesseract-ocr-vie", "give the letter as a PDF with text or as DOCX")
	}
	return path, nil
}

// maxTable bounds what tesseract may answer, in bytes: a page is some 100 kB.
const maxTable = 16 << 20

// recognised reads the text in a picture. One that gives no Vietnamese may have
// been put on the glass the wrong way round and is tried in the other three.
func (j job) recognised(ctx context.Context, picture *image.Gray) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, j.limits.Page, tooSlow("recognising this page", j.limits.Page))
	defer cancel()
	best, most := "", -1.0
	for _, way := range []int{1, 3, 6, 8} {
		text, err := j.tesseractText(ctx, turned(picture, way))
		if err != nil {
			return "", err
		}
		if share := vietnameseShare(text); share > most {
			best, most = text, share
		}
		if most > 0.5 {
			break
		}
	}
	return best, nil
}

// vietnameseShare is how many of a text's words are syllables, 0 where it has
// hardly any words. A blank page has nothing to turn: it counts as 1.
func vietnameseShare(text string) float64 {
	right, all := 0, 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) }) {
		if utf8.RuneCountInString(word) > 1 {
			all++
			if isSyllable(word) {
				right++
			}
		}
	}
	if all == 0 {
		return 1
	}
	return float64(right) / float64(all)
}

// tesseractText runs tesseract. It gets one processor: with more it takes ten
// times as long.
func (j job) tesseractText(ctx context.Context, picture *image.Gray) (string, error) {
	path, err := j.tesseract()
	if err != nil {
		return "", err
	}
	out := &bounded{limit: maxTable}
	// 4 is "one column of text of various sizes", which keeps the lines whole that
	// cross the letterhead's two columns.
	err = task{
		argv:  []string{path, "stdin", "stdout", "-l", "vie", "--psm", "4", "--dpi", strconv.Itoa(scanDPI), "tsv"},
		env:   append(environment("PATH", "TESSDATA_PREFIX", "LANG"), "OMP_THREAD_LIMIT=1"),
		stdin: bytes.NewReader(pgm(picture)),
		out:   out,
	}.run(ctx)
	switch {
	case err == nil:
		return pageText(tableWords(out.String())), nil
	case isOurs(err):
		return "", err
	case strings.Contains(err.Error(), "loading language"):
		return "", needsTool("tesseract's Vietnamese", "tesseract-ocr-vie", "give the letter as a PDF with text or as DOCX")
	}
	return "", fmt.Errorf("recognise page: %w", err)
}

// tableRow is a row of tesseract's table.
type tableRow struct {
	line            [3]string // block, paragraph and line
	left, top, w, h float64
	text            string
	isWord          bool
}

func parseRow(row string) (tableRow, bool) {
	f := strings.Split(strings.TrimRight(row, "\r"), "\t")
	if len(f) < 12 {
		return tableRow{}, false
	}
	var n [4]float64
	for i := range n {
		v, err := strconv.Atoi(f[6+i])
		if err != nil {
			return tableRow{}, false
		}
		n[i] = float64(v)
	}
	return tableRow{line: [3]string{f[2], f[3], f[4]}, left: n[0], top: n[1], w: n[2], h: n[3], text: strings.TrimSpace(f[11]), isWord: f[0] == "5"}, true
}

// tableWords takes the words out of tesseract's table. All words of one of its
// lines stand on one height.
func tableWords(table string) []word {
	var out []word
	var open []tableRow
	shut := func() {
		out = append(out, lineWords(open)...)
		open = open[:0]
	}
	for row := range strings.SplitSeq(table, "\n") {
		r, ok := parseRow(row)
		if !ok || !r.isWord || r.text == "" {
			continue
		}
		if len(open) > 0 && open[0].line != r.line {
			shut()
		}
		open = append(open, r)
	}
	shut()
	return out
}

// lineWords places the words of a line. Rules and specks that tesseract takes for
// words are dropped.
func lineWords(rows []tableRow) []word {
	if len(rows) == 0 {
		return nil
	}
	var heights, bases []float64
	for _, r := range rows {
		heights, bases = append(heights, r.h), append(bases, r.top+r.h)
	}
	height, base := median(heights), median(bases)
	size := 1.25 * height // most words have no letter as high as the font
	var out []word
	for _, r := range rows {
		text := strings.Trim(strings.TrimLeft(r.text, "._,„"), "|_")
		if text == "" || isSpeck(text) && (!isMark(text) || r.h > 3*height || len(rows) == 1) {
			continue
		}
		out = append(out, word{text: text, left: r.left, right: r.left + r.w, base: base, size: size})
	}
	return out
}

// isSpeck reports whether a word has neither letter nor digit.
func isSpeck(text string) bool {
	return !slices.ContainsFunc([]rune(text), isWordRune) && !strings.ContainsAny(text, "0123456789")
}

// isMark reports whether a speck may be an item's mark or a dash.
func isMark(text string) bool { return strings.Trim(text, "-–—+*•") == "" }

// errFull ends a program that answers too much.
var errFull = errors.New("its answer is too long")

// bounded keeps what is written to it, up to a limit.
type bounded struct {
	bytes.Buffer
	limit int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.limit {
		return 0, errFull
	}
	return b.Buffer.Write(p)
}
