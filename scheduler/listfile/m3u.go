package listfile

import (
	"fmt"
	"strconv"
	"strings"
)

// readM3U reads lines of locations, each with the EXTINF before it. Other lines
// that begin with # are comments.
func (l *list) readM3U(text string) error {
	var next Entry
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		line = strings.TrimSpace(line)
		title, isTitle := strings.CutPrefix(line, "#PLAYLIST:")
		info, isInfo := strings.CutPrefix(line, "#EXTINF:")
		switch {
		case line == "":
		case isTitle:
			l.Title = oneLine(title)
		case isInfo:
			var err error
			if next, err = parseInfo(info); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		case line[0] != '#':
			next.Line, next.Location = n, line
			if err := l.add(next); err != nil {
				return err
			}
			next = Entry{}
		}
	}
	return nil
}

// parseInfo reads `123 key="value",Title`.
func parseInfo(info string) (Entry, error) {
	quoted := false
	comma := strings.IndexFunc(info, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ',' && !quoted
	})
	e := Entry{}
	if comma >= 0 {
		e.Title, info = oneLine(info[comma+1:]), info[:comma]
	}
	number, _, _ := strings.Cut(strings.TrimSpace(info), " ")
	seconds, err := strconv.ParseFloat(number, 64)
	length, ok := lengthOf(seconds)
	if err != nil || !ok {
		return Entry{}, fmt.Errorf("length %.20q in EXTINF: write it in seconds, up to a day, or -1 where it is not known", number)
	}
	e.Length = length
	return e, nil
}
