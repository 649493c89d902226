package letter

import "strings"

// maxColumns bounds the columns of a table whose cells stand one behind the other.
const maxColumns = 8

// readCells reads a table whose cells stand one behind the other, each on lines
// of its own, as word processors save it.
func readCells(letter string, lines []line) ([]paragraph, int) {
	t := table{letter: letter, numbered: true, columns: []int{0}, heads: []string{"stt"}}
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
			t.columns, t.heads = append(t.columns, 0), append(t.heads, fold(l.text))
		case len(t.rows[n-1]) == len(t.columns) && !t.numberAhead(lines[i:]):
			return t.paragraphs(), end
		default:
			t.rows[n-1] = append(t.rows[n-1], []line{l})
			end = i + 1
		}
	}
	return t.paragraphs(), end
}

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

// readLooseCells reads such a table without numbers. Each of its rows begins
// with a time or with the name of a topic, and all have the same cells.
func readLooseCells(letter string, lines []line) ([]paragraph, int) {
	t := table{letter: letter}
	i := 0
	for ; i < len(lines) && len(t.heads) <= maxColumns && (lines[i].blank() || headsCell(fold(lines[i].text))); i++ {
		if !lines[i].blank() {
			t.heads = append(t.heads, fold(strings.TrimSpace(lines[i].text)))
		}
	}
	if len(t.heads) < 2 || len(t.heads) > maxColumns {
		return nil, 0
	}
	end := i
	for i < len(lines) {
		row, next := looseRow(lines, i, len(t.heads))
		if row == nil {
			break
		}
		t.rows = append(t.rows, row)
		i, end = next, next
	}
	if len(t.rows) == 0 {
		return nil, 0
	}
	return t.paragraphs(), end
}

// looseRow reads so many cells from line i on, and says behind which line they
// end; nil where no row begins there.
func looseRow(lines []line, i, columns int) ([][]line, int) {
	var row [][]line
	for ; i < len(lines) && len(row) < columns; i++ {
		l := lines[i].part(0, len(lines[i].text))
		switch {
		case l.text == "":
			continue
		case len(row) == 0 && (len(l.text) > maxHeadCell || !rowName.MatchString(fold(l.text)) || numbered(l.text)):
			return nil, i
		}
		row = append(row, []line{l})
	}
	if len(row) < columns {
		return nil, i
	}
	return row, i
}
