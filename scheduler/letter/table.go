package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A table comes as lines in which wide gaps part the columns. Its head names
// them, the first being the number of the row ("STT"); each row becomes one
// paragraph for what is to be publicised, and one for all its other columns.

// table is a table while its rows are read.
type table struct {
	letter  string
	columns []int // the rune of the line at which each column begins
	rows    [][][]line
}

var (
	tableHead = regexp.MustCompile(`^\s*(?:s?tt|số tt)\s{2,}\S`)
	cellHead  = regexp.MustCompile(`^\s*(?:s?tt|số tt)\s*$`)
	rowNumber = regexp.MustCompile(`^\s*(\d{1,2})[.)]?\s{2,}\S`)
	columnGap = regexp.MustCompile(`\s{2,}`)
)

// readTable reads the table whose head is the first of the lines, and says how
// many lines it takes; none where there is no table.
func readTable(letter string, lines []line) ([]paragraph, int) {
	switch {
	case len(lines[0].text) > 400 || !hasOne(lines[0].text, "TT|tt"):
		return nil, 0
	case cellHead.MatchString(fold(lines[0].text)):
		return readCells(letter, lines)
	case !tableHead.MatchString(fold(lines[0].text)):
		return nil, 0
	}
	t := table{letter: letter}
	for _, cell := range columnsOf(lines[0]) {
		t.columns = append(t.columns, cell.column)
	}
	end := 1
	for i := 1; i < len(lines); i++ {
		switch {
		case lines[i].blank():
			continue
		case rowNumber.MatchString(lines[i].text):
			t.rows = append(t.rows, make([][]line, len(t.columns)))
		case i > end && len(t.rows) > 0 || !t.goesOn(lines[i]) && !t.rowAhead(lines[i:]):
			return t.paragraphs(), end
		}
		t.add(lines[i])
		end = i + 1
	}
	return t.paragraphs(), end
}

// cell is a part of a line between wide gaps.
type cell struct {
	line
	column int // the rune of the line it begins at
}

// columnsOf cuts a line at its gaps.
func columnsOf(l line) []cell {
	var out []cell
	from := 0
	cut := func(to int) {
		if c := l.part(from, to); c.text != "" {
			out = append(out, cell{c, utf8.RuneCountInString(l.text[:c.at-l.at])})
		}
	}
	for _, m := range columnGap.FindAllStringIndex(l.text, -1) {
		cut(m[0])
		from = m[1]
	}
	cut(len(l.text))
	return out
}

// goesOn reports whether a line without a number belongs to the row above it:
// it leaves the first column empty.
func (t *table) goesOn(l line) bool {
	cells := columnsOf(l)
	return len(t.columns) > 1 && len(cells) > 0 && cells[0].column >= t.columns[1]-2
}

// rowAhead reports whether the next row begins a few lines on, with no blank
// line before it.
func (t *table) rowAhead(lines []line) bool {
	for _, l := range lines[:min(len(lines), maxColumns)] {
		if m := rowNumber.FindStringSubmatch(l.text); l.blank() || m != nil {
			return m != nil && len(t.rows) > 0 && atoi(m[1]) == len(t.rows)+1
		}
	}
	return false
}

// add puts the cells of a line into the columns that begin nearest to them.
func (t *table) add(l line) {
	if len(t.rows) == 0 {
		return // the head goes on
	}
	row := t.rows[len(t.rows)-1]
	for _, c := range columnsOf(l) {
		best := 0
		for i, column := range t.columns {
			if distance(c.column, column) < distance(c.column, t.columns[best]) {
				best = i
			}
		}
		if best == 0 && len(row) > 1 && !rowNumber.MatchString(l.text) {
			best = 1 // the indent has been lost
		}
		row[best] = append(row[best], c.line)
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// paragraphs makes of each row what is to be publicised, under the number of
// the row, and what its other columns say about it.
func (t *table) paragraphs() []paragraph {
	var out []paragraph
	for _, row := range t.rows {
		if len(row) < 2 || len(row[0]) == 0 {
			continue
		}
		number := strings.Trim(row[0][0].text, ".) ")
		main := joined(t.letter, row[1])
		main.marker = marker{label: number, level: levelNumber}
		main.row = true
		out = append(out, main)
		var rest []line
		for _, column := range row[2:] {
			rest = append(rest, column...)
		}
		if len(rest) > 0 {
			out = append(out, paragraph{marker: marker{level: levelCell}, passage: passageOf(t.letter, rest...), row: true, onAir: true})
		}
	}
	return out
}

// readCells reads a table whose cells stand one behind the other, each on lines
// of its own, as word processors save it.
func readCells(letter string, lines []line) ([]paragraph, int) {
	t := table{letter: letter, columns: []int{0}}
	end := 1
	for i := 1; i < len(lines); i++ {
		l := lines[i].part(0, len(lines[i].text))
		n := len(t.rows)
		switch {
		case l.text == "":
		case atoi(strings.TrimRight(l.text, ".")) == n+1:
			t.rows = append(t.rows, [][]line{{l}})
			end = i + 1
		case n == 0 && len(t.columns) > maxColumns:
			return nil, 0
		case n == 0:
			t.columns = append(t.columns, 0)
		case len(t.rows[n-1]) == len(t.columns) && !t.numberAhead(lines[i:]):
			return t.paragraphs(), end
		default:
			t.rows[n-1] = append(t.rows[n-1], []line{l})
			end = i + 1
		}
	}
	return t.paragraphs(), end
}

// maxColumns bounds the columns of a table whose cells stand one behind the other.
const maxColumns = 8

// numberAhead reports whether the next row begins within a few lines, so that
// these still belong to the last one.
func (t *table) numberAhead(lines []line) bool {
	for _, l := range lines[:min(len(lines), maxColumns)] {
		if atoi(strings.Trim(l.text, " .")) == len(t.rows)+1 {
			return true
		}
	}
	return false
}
