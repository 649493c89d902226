package letter

import (
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// line is one line of a letter, and the byte of the letter it begins at.
type line struct {
	text string
	at   int
	page bool // it is the first of its page
}

// linesOf cuts a cleaned letter into its lines. A form feed begins a page.
func linesOf(text string) []line {
	out := make([]line, 0, strings.Count(text, "\n")+1)
	page := false
	for from := 0; from <= len(text); {
		end := len(text)
		if n := strings.IndexAny(text[from:], "\n\f"); n >= 0 {
			end = from + n
		}
		out = append(out, line{text: text[from:end], at: from, page: page})
		page = end < len(text) && text[end] == '\f'
		from = end + 1
	}
	return out
}

// part is a stretch of the line with the white space around it taken off.
func (l line) part(from, to int) line {
	s := l.text[from:to]
	left := len(s) - len(strings.TrimLeft(s, " "))
	return line{text: strings.TrimSpace(s), at: l.at + from + left}
}

// blank reports whether nothing is written on the line.
func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// passage is text put together from stretches of a letter, and where each of
// them stands there.
type passage struct {
	text   string
	letter string // the whole letter, cleaned
	runs   []run
}

// run says that the bytes of a passage from at on are those of the letter from
// source on. What lies between two runs is a space that was put in.
type run struct{ at, source, size int }

// joiner puts a passage together.
type joiner struct {
	letter string
	text   strings.Builder
	runs   []run
}

// add appends the words of l with one space between them, and one before them
// where apart is set and there is something before them.
func (j *joiner) add(l line, apart bool) {
	for from := indent(l.text); from < len(l.text); {
		if l.text[from] == ' ' {
			from, apart = from+1, true
			continue
		}
		to := len(l.text)
		if gap := strings.Index(l.text[from:], "  "); gap >= 0 {
			to = from + gap
		}
		to = from + len(strings.TrimRight(l.text[from:to], " "))
		if apart && j.text.Len() > 0 {
			j.text.WriteByte(' ')
		}
		j.runs = append(j.runs, run{at: j.text.Len(), source: l.at + from, size: to - from})
		j.text.WriteString(l.text[from:to])
		from, apart = to, false
	}
}

func (j *joiner) passage() passage {
	return passage{text: j.text.String(), letter: j.letter, runs: j.runs}
}

// passageOf joins lines with a space between them.
func passageOf(letter string, lines ...line) passage {
	j := joiner{letter: letter}
	for _, l := range lines {
		j.add(l, true)
	}
	return j.passage()
}

// cut is the passage from one byte to another.
func (p passage) cut(from, to int) passage {
	out := passage{text: p.text[from:to], letter: p.letter}
	for _, r := range p.runs[p.runAt(from):] {
		a, b := max(r.at, from), min(r.at+r.size, to)
		if r.at >= to {
			break
		}
		if a < b {
			out.runs = append(out.runs, run{at: a - from, source: r.source + a - r.at, size: b - a})
		}
	}
	return out
}

// runAt is the index of the first run that ends behind byte i.
func (p passage) runAt(i int) int {
	n, _ := slices.BinarySearchFunc(p.runs, i, func(r run, i int) int {
		if r.at+r.size <= i {
			return -1
		}
		return 1
	})
	return n
}

// spans says where the bytes of the passage from one to another stand in the
// letter, in the order of the letter. Stretches with nothing but white space
// between them are one span.
func (p passage) spans(from, to int) []scheduler.Span {
	var out []scheduler.Span
	runs := p.cut(from, to).runs
	slices.SortStableFunc(runs, func(a, b run) int { return a.source - b.source })
	for _, r := range runs {
		out = p.extended(out, scheduler.Span{From: r.source, To: r.source + r.size})
	}
	return out
}

// extended is spans with one more behind them.
func (p passage) extended(spans []scheduler.Span, s scheduler.Span) []scheduler.Span {
	if n := len(spans); n > 0 && spans[n-1].To <= s.From && strings.TrimSpace(p.letter[spans[n-1].To:s.From]) == "" {
		spans[n-1].To = s.To
		return spans
	}
	return append(spans, s)
}
