package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A table comes as lines in which wide gaps part the columns. Its head names
// them. Each row becomes one paragraph for what is to be publicised, and one for
// all its other columns; a row that names a topic listed elsewhere, or says only
// when something is aired, becomes one paragraph.

// table is a table while its rows are read.
type table struct {
	letter   string
	numbered bool     // the first column counts the rows
	columns  []int    // the rune of the line at which each column begins
	heads    []string // what the head calls each column, folded
	rows     [][][]line
}

var (
	tableHead = regexp.MustCompile(`^\s*(?:s?tt|số tt)(?:\s{2,}\S| (?:các )?(?:nội dung|chủ đề|chuyên đề|chuyên mục|tên|thông điệp|tin)[^:]*\S\s{2,}\S)`)
	rowNumber = regexp.MustCompile(`^\s*(\d{1,2})[.)]?\s{2,}\S`)
	// narrowNumber is one that a single space parts from its row, or the head of
	// such a column.
	narrowNumber = regexp.MustCompile(`^(?:s?tt|số tt|\d{1,2}[.)]?) \S`)
	columnGap    = regexp.MustCompile(`\s{2,}`)
)

// readTable reads the table whose head is the first of the lines, and says how
// many lines it takes; none where there is no table.
func readTable(letter string, lines []line) ([]paragraph, int) {
	head := lines[0].text
	if len(head) > maxHeadLine || !mayHead(head) {
		return nil, 0
	}
	folded := fold(head)
	switch {
	case cellHead.MatchString(folded):
		return readCells(letter, lines)
	case tableHead.MatchString(folded):
		return readRows(&table{letter: letter, numbered: true}, lines)
	case headsColumns(lines[0]):
		return readRows(&table{letter: letter}, lines)
	case headsCell(folded):
		return readLooseCells(letter, lines)
	}
	return nil, 0
}

// readRows reads the rows behind the head that the lines begin with.
func readRows(t *table, lines []line) ([]paragraph, int) {
	for _, cell := range t.cells(lines[0]) {
		t.columns = append(t.columns, cell.column)
		t.heads = append(t.heads, fold(cell.text))
	}
	end := 1
	for i := 1; i < len(lines); i++ {
		switch {
		case lines[i].blank():
			continue
		case t.beginsRow(lines[i]):
			t.rows = append(t.rows, make([][]line, len(t.columns)))
		case i > end && len(t.rows) > 0 || !t.goesOn(lines[i]) && !t.rowAhead(lines[i:]):
			return t.paragraphs(), end
		}
		t.add(lines[i])
		end = i + 1
	}
	return t.paragraphs(), end
}

// beginsRow reports whether a line begins a row: it has its number or, where
// rows have none, something in the first column and in others.
func (t *table) beginsRow(l line) bool {
	cells := columnsOf(l)
	if t.numbered {
		return rowNumber.MatchString(l.text) || len(cells) > 1 && cells[0].column < t.columns[1] && t.narrow(cells[0]) == len(t.rows)+1
	}
	return len(cells) > 1 && cells[0].column < t.columns[1]-1 && startsSentence(cells[0].text)
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

// narrow is the number of a row that stands in one cell with the words behind it,
// a single space apart; 0 without one.
func (t *table) narrow(c cell) int {
	if !t.numbered || len(c.text) > maxHeadLine || !narrowNumber.MatchString(fold(ahead(c.text, 0, 16))) {
		return 0
	}
	return atoi(strings.TrimRight(firstWord(c.text), ".)"))
}

// cells are the cells of a line; a number is one also where a single space
// parts it from the next.
func (t *table) cells(l line) []cell {
	out := columnsOf(l)
	if len(out) < 2 || !t.numbered || len(t.columns) > 0 && t.narrow(out[0]) != len(t.rows) || !narrowNumber.MatchString(fold(ahead(out[0].text, 0, 16))) {
		return out
	}
	number := firstWord(out[0].text)
	rest := cell{out[0].part(len(number), len(out[0].text)), out[0].column + utf8.RuneCountInString(number) + 1}
	return append([]cell{{out[0].part(0, len(number)), out[0].column}, rest}, out[1:]...)
}

// goesOn reports whether a line that begins no row belongs to the row above it:
// it leaves the first column empty or, where rows have no number, stays in it.
func (t *table) goesOn(l line) bool {
	cells := columnsOf(l)
	if len(t.columns) < 2 || len(cells) == 0 {
		return false
	}
	within := !t.numbered && cells[0].column+utf8.RuneCountInString(cells[0].text) < t.columns[1]
	return within && len(t.rows) > 0 || cells[0].column >= t.columns[1]-2
}

// rowAhead reports whether the next row begins a few lines on, with no blank
// line before it.
func (t *table) rowAhead(lines []line) bool {
	for _, l := range lines[:min(len(lines), maxColumns)] {
		if m := rowNumber.FindStringSubmatch(l.text); l.blank() || m != nil {
			return m != nil && t.numbered && len(t.rows) > 0 && atoi(m[1]) == len(t.rows)+1
		}
	}
	return false
}

// add puts the cells of a line into the columns that begin nearest to them.
// Before the first row they go on with the head.
func (t *table) add(l line) {
	cells := t.cells(l)
	begins := rowNumber.MatchString(l.text) || len(cells) > len(columnsOf(l))
	for i, c := range cells {
		best := t.nearest(c.column)
		if len(t.rows) == 0 {
			t.heads[best] += " " + fold(c.text)
			continue
		}
		row := t.rows[len(t.rows)-1]
		if best == 0 && t.numbered && len(row) > 1 && (i > 0 || !begins) {
			best = 1 // the indent has been lost
		}
		row[best] = append(row[best], c.line)
	}
}

// nearest is the column that begins nearest to a rune of a line.
func (t *table) nearest(column int) (best int) {
	for i := range t.columns {
		if distance(column, t.columns[i]) < distance(column, t.columns[best]) {
			best = i
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// paragraphs makes of each row what is to be publicised, under the number of
// the row, and what its other columns say about it.
func (t *table) paragraphs() []paragraph {
	var out []paragraph
	topic := t.topicColumn()
	for _, row := range t.rows {
		number, first := "", 0
		if t.numbered {
			if first = 1; len(row) < 2 || len(row[0]) == 0 {
				continue
			}
			number = strings.Trim(row[0][0].text, ".) ")
		}
		if topic < 0 || topic >= len(row) || len(row[topic]) == 0 {
			out = append(out, t.said(row, first, -1))
			continue
		}
		main := joined(t.letter, row[topic])
		if refs := namesOnly(fold(main.text)); refs != nil {
			all := t.said(row, first, -1)
			all.names = refs
			out = append(out, all)
			continue
		}
		main.marker, main.row = marker{label: number, level: levelNumber}, true
		out = append(out, main)
		if rest := t.said(row, first, topic); rest.text != "" {
			rest.about = true
			out = append(out, rest)
		}
	}
	return out
}

// said joins the columns of a row from one on, but for one, to a paragraph that
// says how the row is aired.
func (t *table) said(row [][]line, from, but int) paragraph {
	j := joiner{letter: t.letter}
	p := paragraph{marker: marker{level: levelCell}, row: true, onAir: true}
	for i := from; i < len(row); i++ {
		if i == but || len(row[i]) == 0 {
			continue
		}
		c := column{from: j.text.Len(), head: t.head(i)}
		for _, l := range row[i] {
			j.add(l, true)
		}
		if c.to = j.text.Len(); c.from > 0 && c.from < c.to {
			c.from++ // the space between two cells is in neither
		}
		p.columns = append(p.columns, c)
	}
	p.passage = j.passage()
	return p
}

// head is what the head calls a column; "" for one that has no name.
func (t *table) head(i int) string {
	if i >= len(t.heads) {
		return ""
	}
	return t.heads[i]
}
