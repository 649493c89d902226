package listfile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// readCSV reads a table with a row of names, or a list of one column.
func (l *list) readCSV(text string) error {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	for _, separator := range ",;\t" {
		if header := columns(first, separator); len(header) > 0 {
			return l.readTable(text, separator, header)
		}
	}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		word := oneLine(unquoted(line))
		if err := l.add(Entry{Line: n, Location: word, Title: word, ID: word}); err != nil {
			return err
		}
	}
	return nil
}

// unquoted takes off the quotes that a spreadsheet puts around a cell.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = strings.ReplaceAll(s[1:len(s)-1], `""`, `"`)
	}
	return tasted(s)
}

// columns reads a row of names; none where it has no known one.
func columns(row string, separator rune) map[string]int {
	r := csv.NewReader(strings.NewReader(row))
	r.Comma = separator
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	found := map[string]int{}
	for i, cell := range cells {
		if name := column(cell); name != "" {
			if _, twice := found[name]; !twice {
				found[name] = i
			}
		}
	}
	return found
}

// column is what a column of a name holds, "" where the name is none.
func column(name string) string {
	switch bare(name) {
	case "recording", "recording id", "id", "ma", "ma ban ghi", "ban ghi":
		return "recording"
	case "title", "name", "tieu de", "ten", "ten tin, bai", "ten bai":
		return "title"
	case "file", "path", "location", "tep", "tap tin", "tep am thanh":
		return "file"
	case "digest", "sha256", "ma bam":
		return "digest"
	case "length", "duration", "thoi luong", "do dai":
		return "length"
	}
	return ""
}

// readTable reads the rows below the row of names.
func (l *list) readTable(text string, separator rune, header map[string]int) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
	if _, err := r.Read(); err != nil { // the names
		return inTable(err)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return inTable(err)
		}
		line, _ := r.FieldPos(0)
		if err := l.addRow(line, row, header); err != nil {
			return err
		}
	}
}

// inTable says where a table cannot be read.
func inTable(err error) error {
	if bad := new(csv.ParseError); errors.As(err, &bad) {
		return fmt.Errorf("line %d: %w: save it again as CSV", bad.Line, bad.Err)
	}
	return err
}

func (l *list) addRow(line int, row []string, header map[string]int) error {
	cell := func(name string) string {
		if i, ok := header[name]; ok && i < len(row) {
			return oneLine(tasted(row[i]))
		}
		return ""
	}
	e := Entry{Line: line, Location: cell("file"), Title: cell("title"), ID: cell("recording"), Digest: cell("digest")}
	var ok bool
	if e.Length, ok = parseLength(cell("length")); !ok {
		return fmt.Errorf("line %d: length %.20q: write seconds or minutes:seconds, up to a day", line, cell("length"))
	}
	return l.add(e)
}

// parseLength reads "90", "1:30" or "0:01:30"; "" is not known.
func parseLength(s string) (time.Duration, bool) {
	seconds := 0.0
	if s == "" {
		return 0, true
	}
	for i, part := range strings.Split(s, ":") {
		n, err := strconv.ParseFloat(strings.Replace(part, ",", ".", 1), 64)
		if err != nil || n < 0 || i > 2 {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	return lengthOf(seconds)
}

// tasted takes off the apostrophe that spreadsheets and exports put before a cell
// so that it is not run as a formula.
func tasted(cell string) string {
	rest, ok := strings.CutPrefix(cell, "'")
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(rest, "'"))
	if ok && size > 0 && strings.ContainsRune("=+-@＝＋－＠", first) {
		return rest
	}
	return cell
}
