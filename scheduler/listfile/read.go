package listfile

import (
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Bounds of a file.
const (
	MaxSize    = 1 << 20                // bytes
	MaxEntries = scheduler.MaxSelection // in one list
	MaxLength  = 24 * time.Hour         // of one entry
)

// File is a playlist as it stands in a file.
type File struct {
	Title   string // "" where the file has none
	Entries []Entry
}

// Entry is one place of a list, as far as the file says. A list of one column
// that has no name gives each word as location, title and ID: it may be any.
type Entry struct {
	Line     int           // of the file, from 1
	Location string        // a path or an address
	Title    string        // on one line
	Length   time.Duration // 0 where it is not known
	ID       string        // of a recording
	Digest   string        // of its audio
}

// Read reads a playlist. What it is shows in its first characters, else in the
// extension of its name. An error names the line and says what to do.
func Read(name string, r io.Reader) (File, error) {
	f, err := read(name, r)
	if err != nil {
		return File{}, fmt.Errorf("playlist file %q: %w", path.Base(name), err)
	}
	return f, nil
}

func read(name string, r io.Reader) (File, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return File{}, err
	}
	if len(content) > MaxSize {
		return File{}, fmt.Errorf("it is larger than %d KiB: a playlist names recordings and does not contain them", MaxSize>>10)
	}
	text, err := decode(content)
	if err != nil {
		return File{}, err
	}
	var list list
	switch format(name, text) {
	case "m3u":
		err = list.readM3U(text)
	case "xspf":
		err = list.readXSPF(text)
	case "csv":
		err = list.readCSV(text)
	default:
		err = fmt.Errorf("it is none of M3U, XSPF and CSV: save it as one of these")
	}
	if err == nil && len(list.Entries) == 0 {
		err = fmt.Errorf("it names no recording: give at least one")
	}
	return list.File, err
}

// format names the format of a text, "" where it shows nowhere.
func format(name, text string) string {
	head := strings.TrimSpace(text[:min(len(text), 1000)])
	switch {
	case strings.HasPrefix(head, "#EXT"):
		return "m3u"
	case strings.HasPrefix(head, "<"):
		return "xspf"
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".m3u", ".m3u8":
		return "m3u"
	case ".xspf":
		return "xspf"
	case ".csv", ".tsv", ".txt":
		return "csv"
	}
	return ""
}

// list is a file that is being read.
type list struct{ File }

// add appends an entry that says anything at all.
func (l *list) add(e Entry) error {
	if e.Location == "" && e.Title == "" && e.ID == "" && e.Digest == "" {
		return nil
	}
	if len(l.Entries) == MaxEntries {
		return fmt.Errorf("line %d: there are more than %d entries: make two lists of it", e.Line, MaxEntries)
	}
	l.Entries = append(l.Entries, e)
	return nil
}

// lengthOf checks a number of seconds; below 0 it is not known.
func lengthOf(seconds float64) (time.Duration, bool) {
	if seconds < 0 {
		return 0, true
	}
	return time.Duration(seconds * float64(time.Second)), seconds <= MaxLength.Seconds() // not of NaN
}
