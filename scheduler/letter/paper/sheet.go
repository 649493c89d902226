package paper

import "strings"

// gap is what parts two cells of a line.
const gap = "    "

// maxBoxes bounds tables within tables, and text boxes within those.
const maxBoxes = 60

// sheet puts the paragraphs and tables of DOCX, ODT and web pages into lines. A
// table goes row by row, a line for each row; but the table without lines that a
// letterhead or a signature stands in goes cell by cell, as a person reads it.
type sheet struct {
	boxes []*box
	size  int // bytes so far
	limit int
	full  bool // more than limit bytes were given
}

// box takes what stands in a cell, a text box or on the page itself.
type box struct {
	lines []string
	table bool
	rows  [][][]string // of a table: rows of cells of lines
}

func newSheet(limit int) *sheet { return &sheet{boxes: []*box{{}}, limit: limit} }

func (s *sheet) top() *box { return s.boxes[len(s.boxes)-1] }

// line adds a paragraph, which may be of several lines.
func (s *sheet) line(text string) {
	if s.size += len(text) + 1; s.size > s.limit {
		s.full = true
		return
	}
	if s.top().table { // text between the cells, which no program shows
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		s.top().lines = append(s.top().lines, strings.TrimRight(line, " \t"))
	}
}

// open begins a table or a box within.
func (s *sheet) open(table bool) error {
	if len(s.boxes) >= maxBoxes {
		return damaged("its tables are nested deeper than %d", maxBoxes)
	}
	s.boxes = append(s.boxes, &box{table: table})
	return nil
}

// row begins a row of the table.
func (s *sheet) row() {
	if s.top().table {
		s.top().rows = append(s.top().rows, nil)
	}
}

// cell ends a cell, which was opened as a box, and puts it into the row.
func (s *sheet) cell() {
	b := s.pop()
	if t := s.top(); b != nil && t.table {
		if len(t.rows) == 0 {
			t.rows = append(t.rows, nil)
		}
		t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], b.lines)
	}
}

// end ends a table or a text box and puts its lines where it stands.
func (s *sheet) end() {
	b := s.pop()
	if b == nil {
		return
	}
	lines := b.lines
	if b.table {
		lines = b.tableLines()
	}
	if !s.top().table {
		s.top().lines = append(s.top().lines, lines...)
	}
}

func (s *sheet) pop() *box {
	if len(s.boxes) == 1 {
		return nil
	}
	b := s.top()
	s.boxes = s.boxes[:len(s.boxes)-1]
	return b
}

func (s *sheet) String() string {
	for len(s.boxes) > 1 { // a file cut off within a table
		if !s.top().table && s.boxes[len(s.boxes)-2].table {
			s.cell()
		} else {
			s.end()
		}
	}
	return strings.Join(s.top().lines, "\n") + "\n"
}

// tableLines writes a table, with a blank line before and behind.
func (b *box) tableLines() []string {
	out := []string{""}
	for _, row := range b.rows {
		if b.isFrame() || len(row) == 1 {
			for _, cell := range row {
				out = append(append(out, cell...), "")
			}
			continue
		}
		out = append(out, rowLine(row))
	}
	return append(out, "")
}

// isFrame reports whether a table only holds things beside each other: it has no
// more than two columns and three rows, and some cell has several paragraphs.
func (b *box) isFrame() bool {
	several := false
	for _, row := range b.rows {
		if len(row) > 2 {
			return false
		}
		for _, cell := range row {
			several = several || filled(cell) > 1
		}
	}
	return len(b.rows) <= 3 && several
}

func filled(lines []string) int {
	n := 0
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// rowLine puts a row's cells on one line with gaps between.
func rowLine(row [][]string) string {
	var cells []string
	for _, cell := range row {
		if words := strings.Fields(strings.Join(cell, " ")); len(words) > 0 {
			cells = append(cells, strings.Join(words, " "))
		}
	}
	return strings.Join(cells, gap)
}
