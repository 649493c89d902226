package paper

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// word is a word where it stands on a page. Units are those of the page, points
// or pixels; y grows downwards.
type word struct {
	text        string
	left, right float64
	base        float64 // the line it stands on
	size        float64 // of the letters, from the lowest to the highest
	raised      bool    // it goes on with the word before, higher or lower
}

func (w word) top() float64    { return w.base - 0.75*w.size }
func (w word) bottom() float64 { return w.base + 0.25*w.size }

// maxIndent bounds the spaces before a line and within a gap.
const maxIndent = 60

// pageText puts the words of a page into lines as they stand on the paper: words
// on one height on one line, a wide gap between columns, a blank line where there
// is more room than between the lines of a paragraph, spaces for an indent.
func pageText(words []word) string {
	lines := linesOf(words)
	if len(lines) == 0 {
		return ""
	}
	left, letter := math.Inf(1), letterWidth(words)
	for _, l := range lines {
		left = min(left, l[0].left)
	}
	var between []float64
	for _, l := range lines {
		between = append(between, spacesOf(l)...)
	}
	pitch, space := pitchOf(lines), min(median(between), letter)
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && baseOf(l)-baseOf(lines[i-1]) > 1.3*max(pitch, 1.05*sizeOf(l)) && !sameColumns(lines[i-1], l) {
			b.WriteByte('\n')
		}
		b.WriteString(strings.Repeat(" ", spaces(l[0].left-left, letter)))
		writeLine(&b, l, space, letter)
		b.WriteByte('\n')
	}
	return b.String()
}

// linesOf groups words by height and orders them from left to right. A word joins
// the line with which it shares more than half of its height.
func linesOf(words []word) [][]word {
	words = slices.DeleteFunc(slices.Clone(words), func(w word) bool { return !w.sound() })
	slices.SortStableFunc(words, func(a, b word) int { return compare(a.base, b.base) })
	var lines [][]word
	var tall word // the tallest word of the last line, which the others are measured by
	for _, w := range words {
		shared := min(w.bottom(), tall.bottom()) - max(w.top(), tall.top())
		if len(lines) > 0 && shared > 0.5*min(w.size, tall.size) {
			lines[len(lines)-1] = append(lines[len(lines)-1], w)
			if w.size > tall.size {
				tall = w
			}
			continue
		}
		lines, tall = append(lines, []word{w}), w
	}
	for _, l := range lines {
		slices.SortStableFunc(l, func(a, b word) int { return compare(a.left, b.left) })
	}
	return lines
}

// sound reports whether the word's place is one on paper.
func (w word) sound() bool {
	for _, v := range []float64{w.left, w.right, w.base, w.size} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return w.size > 0 && w.text != ""
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// sameColumns reports whether two lines are rows of one table, which have room
// between them without a new paragraph: words stand apart in both, in as many
// columns, and these begin at the same places.
func sameColumns(a, b []word) bool {
	x, y := columnsOf(a), columnsOf(b)
	if len(x) < 2 || len(x) != len(y) || baseOf(b)-baseOf(a) > 3*sizeOf(b) {
		return false
	}
	for i := range x {
		if math.Abs(x[i]-y[i]) > sizeOf(b) {
			return false
		}
	}
	return true
}

// columnsOf lists where the cells of a line begin.
func columnsOf(line []word) []float64 {
	out := []float64{line[0].left}
	for i := 1; i < len(line); i++ {
		if line[i].left-line[i-1].right > 2*line[i].size {
			out = append(out, line[i].left)
		}
	}
	return out
}

// writeLine writes the words with spaces or gaps between. A gap is wider than a
// space, and than the other spaces of a line that is stretched to the margin.
func writeLine(b *strings.Builder, line []word, space, letter float64) {
	if usual := spacesOf(line); len(usual) > 2 {
		space = max(space, median(usual))
	}
	for i, w := range line {
		if i > 0 {
			switch between := w.left - line[i-1].right; {
			case between > 0.8*w.size && between > 2.5*space:
				b.WriteString(strings.Repeat(" ", max(len(gap), spaces(between, letter))))
			case !w.raised:
				b.WriteByte(' ')
			}
		}
		b.WriteString(w.text)
	}
}

// spacesOf are the distances between the words of a line.
func spacesOf(line []word) []float64 {
	var out []float64
	for i := 1; i < len(line); i++ {
		out = append(out, max(0, line[i].left-line[i-1].right))
	}
	return out
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// letterWidth is how wide a letter is on average.
func letterWidth(words []word) float64 {
	letters, width := 0, 0.0
	for _, w := range words {
		if w.sound() && w.right > w.left {
			letters += utf8.RuneCountInString(w.text)
			width += w.right - w.left
		}
	}
	if letters == 0 {
		return 1
	}
	return max(width/float64(letters), 0.1)
}

func spaces(width, letter float64) int {
	return max(0, min(maxIndent, int(math.Round(width/letter))))
}

// pitchOf is the usual distance between two lines of a paragraph.
func pitchOf(lines [][]word) float64 {
	var steps []float64
	for i := 1; i < len(lines); i++ {
		if step := baseOf(lines[i]) - baseOf(lines[i-1]); step < 3*sizeOf(lines[i]) {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	return steps[len(steps)*2/5]
}

// baseOf is the height of a line's largest words.
func baseOf(line []word) float64 {
	best := line[0]
	for _, w := range line {
		if w.size > best.size {
			best = w
		}
	}
	return best.base
}

func sizeOf(line []word) float64 {
	size := 0.0
	for _, w := range line {
		size = max(size, w.size)
	}
	return size
}
