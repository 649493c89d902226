package paper

import (
	"strconv"
	"strings"
)

// readODT reads a file of LibreOffice.
func (j job) readODT(content []byte) (reading, error) {
	a, err := openArchive(content)
	if err != nil {
		return reading{}, err
	}
	if err := notEncrypted(a); err != nil {
		return reading{}, err
	}
	o := &odt{sheet: newSheet(2 * j.limits.Text), encoding: j.encoding, styles: map[string]odtStyle{}, lists: map[string]*[maxLevels]level{}, counts: map[string]*[maxLevels]int{}}
	for _, name := range []string{"styles.xml", "content.xml"} {
		if name == "styles.xml" && !a.has(name) {
			continue
		}
		part, err := a.part(name)
		if err != nil {
			return reading{}, err
		}
		if err := scan(part, &odtTags{odt: o}); err != nil {
			return reading{}, err
		}
	}
	if o.full {
		return reading{}, j.tooMuchText()
	}
	return reading{text: o.String(), converted: o.converted}, nil
}

// notEncrypted looks for the keys that the manifest of a locked file has.
func notEncrypted(a archive) error {
	const manifest = "META-INF/manifest.xml"
	if a.has("encrypted-package") {
		return encrypted()
	}
	if !a.has(manifest) {
		return nil
	}
	part, err := a.part(manifest)
	if err != nil {
		return err
	}
	if strings.Contains(string(part), "encryption-data") {
		return encrypted()
	}
	return nil
}

// odt is an OpenDocument text while it is read. Styles of both its files go into
// one map; those of content.xml, which is read last, are the more particular.
type odt struct {
	*sheet
	encoding  string
	converted string
	styles    map[string]odtStyle
	lists     map[string]*[maxLevels]level
	counts    map[string]*[maxLevels]int // of the items of a list style
}

// odtStyle is what matters of a style.
type odtStyle struct {
	parent, list string
	run          runStyle
}

func (o *odt) resolved(name string) odtStyle {
	var out odtStyle
	for range maxBases {
		s, ok := o.styles[name]
		if !ok {
			break
		}
		out.run = out.run.over(s.run)
		if out.list == "" {
			out.list = s.list
		}
		name = s.parent
	}
	return out
}

// write gives characters as they are seen.
func (o *odt) write(b *strings.Builder, look runStyle, s string) {
	if look.hidden != nil && *look.hidden {
		return
	}
	s, coding := inFont(s, look.font, o.encoding)
	if coding != "" {
		o.converted = coding
	}
	if look.caps != nil && *look.caps {
		s = strings.ToUpper(s)
	}
	b.WriteString(s)
}

// odtTags reads content.xml and styles.xml.
type odtTags struct {
	*odt
	body  bool // within office:text
	skip  int  // depth within something that is not seen
	style string
	list  string // the list style being defined
	paras []*odtPara
	items []*openList
}

// odtPara is an open paragraph with the looks of its open spans.
type odtPara struct {
	b     strings.Builder
	looks []runStyle
	label string
}

// openList is a list within which the reading is.
type openList struct {
	style string
	count *[maxLevels]int
	fresh bool // an item has begun that has no paragraph yet
	head  bool // what stands in it has no number
}

func (t *odtTags) open(name string, at attributes) error {
	if t.skip > 0 || unseenODT(name) {
		t.skip++
		return nil
	}
	if !t.body {
		t.define(name, at)
		t.body = name == "text"
		return nil
	}
	switch name {
	case "table":
		return t.odt.open(true)
	case "table-row":
		t.row()
	case "table-cell", "text-box":
		return t.odt.open(false)
	case "list":
		return t.openList(at)
	case "list-item", "list-header":
		t.item(name == "list-header", at)
	case "p", "h":
		return t.openPara(name, at)
	default:
		if len(t.paras) > 0 {
			t.inPara(t.paras[len(t.paras)-1], name, at)
		}
	}
	return nil
}

// unseenODT are elements of which nothing is shown in the text.
func unseenODT(name string) bool {
	switch name {
	case "tracked-changes", "annotation", "note-citation", "ruby-text", "sequence-decls", "forms", "covered-table-cell", "meta", "header", "footer", "master-styles":
		return true
	}
	return false
}

// define takes an element of a style.
func (t *odtTags) define(name string, at attributes) {
	switch name {
	case "style":
		t.style = at.get("name")
		t.styles[t.style] = odtStyle{parent: at.get("parent-style-name"), list: at.get("list-style-name")}
	case "text-properties":
		s := t.styles[t.style]
		s.run = textProperties(at)
		t.styles[t.style] = s
	case "list-style", "outline-style":
		t.list = at.get("name")
		t.lists[t.list] = &[maxLevels]level{}
	case "list-level-style-number", "outline-level-style", "list-level-style-bullet":
		t.defineLevel(name, at)
	}
}

func textProperties(at attributes) runStyle {
	r := runStyle{font: at.get("font-name")}
	if family := at.get("font-family"); family != "" {
		r.font = strings.Trim(family, "'")
	}
	if transform := at.get("text-transform"); transform != "" {
		caps := transform == "uppercase"
		r.caps = &caps
	}
	if display := at.get("display"); display != "" {
		hidden := display == "none"
		r.hidden = &hidden
	}
	return r
}

// odtFormat gives Word's word for a number's format in OpenDocument.
func odtFormat(format string) string {
	switch format {
	case "a":
		return "lowerLetter"
	case "A":
		return "upperLetter"
	case "i":
		return "lowerRoman"
	case "I":
		return "upperRoman"
	case "":
		return "none"
	}
	return "decimal"
}

func (t *odtTags) defineLevel(name string, at attributes) {
	levels := t.lists[t.list]
	if levels == nil {
		return
	}
	n, _ := strconv.Atoi(at.get("level"))
	if n < 1 || n > maxLevels {
		return
	}
	l := level{start: 1, prefix: at.get("num-prefix"), after: at.get("num-suffix")}
	if name == "list-level-style-bullet" {
		l.format, l.text = "bullet", at.get("bullet-char")
		levels[n-1] = l
		return
	}
	l.format = odtFormat(at.get("num-format"))
	if start := at.get("start-value"); start != "" {
		l.start = startOf(start)
	}
	shown, _ := strconv.Atoi(at.get("display-levels"))
	for i := n - min(max(shown, 1), n); i < n; i++ {
		l.text += "%" + strconv.Itoa(i+1) + "."
	}
	l.text = strings.TrimSuffix(l.text, ".")
	levels[n-1] = l
}
