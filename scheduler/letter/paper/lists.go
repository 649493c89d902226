package paper

import (
	"strconv"
	"strings"
)

// listRef is how a paragraph says that it is an item: list and level, as the
// numbers are written in the file.
type listRef struct{ num, level string }

// maxLevels is the number of levels a list has in Word; LibreOffice has ten.
const maxLevels = 10

// level is how the items of one level are numbered.
type level struct {
	start         int
	format        string // of a number, in Word's words; "bullet"; "none"
	text          string // "%1.", "%1.%2", "-"
	legal         bool
	prefix, after string // of OpenDocument
}

// lists counts the items of Word's lists. A list (w:num) is an instance of an
// abstract one; all instances of one count on together, unless one says where it
// starts.
type lists struct {
	abstract map[string]*[maxLevels]level
	of       map[string]string          // the abstract list of a list
	restart  map[string]map[int]int     // where the levels of a list start
	count    map[string]*[maxLevels]int // by abstract list; 0 before its first item
	begun    map[string]bool            // lists whose own start has been applied
}

func newLists() *lists {
	return &lists{
		abstract: map[string]*[maxLevels]level{}, of: map[string]string{}, restart: map[string]map[int]int{},
		count: map[string]*[maxLevels]int{}, begun: map[string]bool{},
	}
}

// next counts an item and returns its label, "" for a paragraph that is none.
func (l *lists) next(ref listRef) string {
	levels := l.abstract[l.of[ref.num]]
	if ref.num == "" || ref.num == "0" || levels == nil {
		return ""
	}
	at := levelOf(ref.level)
	count := l.count[l.of[ref.num]]
	if count == nil {
		count = &[maxLevels]int{}
		l.count[l.of[ref.num]] = count
	}
	if start, ok := l.restart[ref.num]; ok && !l.begun[ref.num] {
		l.begun[ref.num] = true
		for i, n := range start {
			count[i] = max(0, n-1)
		}
	}
	step(count, levels, at)
	return labelOf(count, levels, at)
}

// step counts an item of a level, begins the deeper ones anew and makes sure that
// those above have begun.
func step(count *[maxLevels]int, levels *[maxLevels]level, at int) {
	for i := range at {
		if count[i] == 0 {
			count[i] = levels[i].start
		}
	}
	if count[at] == 0 && levels[at].start > 0 {
		count[at] = levels[at].start - 1
	}
	count[at]++
	for i := at + 1; i < maxLevels; i++ {
		count[i] = 0
	}
}

// labelOf writes the label of a level's last item: "%1.%2" takes the numbers of
// two levels.
func labelOf(count *[maxLevels]int, levels *[maxLevels]level, at int) string {
	lvl := levels[at]
	switch lvl.format {
	case "bullet":
		return bullet(lvl.text)
	case "none":
		return strings.TrimSpace(stripPlaces(lvl.text))
	}
	var b strings.Builder
	for i := 0; i < len(lvl.text); i++ {
		if lvl.text[i] != '%' || i+1 == len(lvl.text) || lvl.text[i+1] < '1' || lvl.text[i+1] > '9' {
			b.WriteByte(lvl.text[i])
			continue
		}
		i++
		of := int(lvl.text[i] - '1')
		format := levels[of].format
		if lvl.legal {
			format = "decimal"
		}
		b.WriteString(number(count[of], format))
	}
	return b.String()
}

// stripPlaces takes the places for numbers out of a label.
func stripPlaces(text string) string {
	for i := range maxLevels {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i), "")
	}
	return text
}

func levelOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= maxLevels {
		return 0
	}
	return n
}

// numberingTags reads numbering.xml.
type numberingTags struct {
	*lists
	abstractID, num string
	at              int
	override        bool
}

// maxStart bounds where a list starts.
const maxStart = 100_000

func (t *numberingTags) open(name string, at attributes) error {
	val := at.get("val")
	switch name {
	case "abstractNum":
		t.abstractID, t.num = at.get("abstractNumId"), ""
		t.abstract[t.abstractID] = &[maxLevels]level{}
	case "num":
		t.num, t.abstractID = at.get("numId"), ""
	case "abstractNumId":
		t.of[t.num] = val
	case "lvl", "lvlOverride":
		t.at, t.override = levelOf(at.get("ilvl")), t.num != ""
	case "startOverride":
		t.startAt(val)
	default:
		if levels := t.abstract[t.abstractID]; levels != nil && !t.override {
			levels[t.at].take(name, val, at)
		}
	}
	return nil
}

func (t *numberingTags) startAt(val string) {
	if t.restart[t.num] == nil {
		t.restart[t.num] = map[int]int{}
	}
	t.restart[t.num][t.at] = startOf(val)
}

func startOf(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > maxStart {
		return 1
	}
	return n
}

func (l *level) take(name, val string, at attributes) {
	switch name {
	case "start":
		l.start = startOf(val)
	case "numFmt":
		l.format = val
	case "lvlText":
		l.text = val
	case "isLgl":
		l.legal = at.is()
	}
}

func (t *numberingTags) shut(string) {}
func (t *numberingTags) text(string) {}
