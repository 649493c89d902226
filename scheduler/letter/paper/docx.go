package paper

import "strings"

// readDOCX reads a file of MS Word.
func (j job) readDOCX(content []byte) (reading, error) {
	a, err := openArchive(content)
	if err != nil {
		return reading{}, err
	}
	d := docx{sheet: newSheet(2 * j.limits.Text), encoding: j.encoding, styles: map[string]style{}, lists: newLists()}
	for _, part := range []struct {
		name string
		to   tags
	}{{"word/styles.xml", &styleTags{docx: &d}}, {"word/numbering.xml", &numberingTags{lists: d.lists}}} {
		if !a.has(part.name) {
			continue
		}
		if err := d.read(a, part.name, part.to); err != nil {
			return reading{}, err
		}
	}
	if err := d.read(a, a.mainPart(), &bodyTags{docx: &d}); err != nil {
		return reading{}, err
	}
	if d.sheet.full {
		return reading{}, j.tooMuchText()
	}
	return reading{text: d.sheet.String(), converted: d.converted}, nil
}

// docx is a Word file while it is read.
type docx struct {
	*sheet
	encoding  string
	converted string
	styles    map[string]style
	base      runStyle // of the whole document
	lists     *lists
}

func (d *docx) read(a archive, name string, to tags) error {
	part, err := a.part(name)
	if err != nil {
		return err
	}
	return scan(part, to)
}

// style is a named style: what it says of runs and lists, and its parent.
type style struct {
	basedOn string
	run     runStyle
	list    listRef
}

// runStyle is what matters of how characters look. "" and nil are inherited.
type runStyle struct {
	font         string
	caps, hidden *bool
}

// over lays a style over another.
func (r runStyle) over(base runStyle) runStyle {
	if r.font == "" {
		r.font = base.font
	}
	if r.caps == nil {
		r.caps = base.caps
	}
	if r.hidden == nil {
		r.hidden = base.hidden
	}
	return r
}

// take reads one element of w:rPr.
func (r *runStyle) take(name string, at attributes) {
	on := at.is()
	switch name {
	case "rFonts":
		if font := at.get("ascii"); font != "" {
			r.font = font
		} else if font := at.get("hAnsi"); font != "" {
			r.font = font
		}
	case "caps":
		r.caps = &on
	case "vanish":
		r.hidden = &on
	}
}

// maxBases bounds the chain of styles based on each other, which may be a ring.
const maxBases = 20

// resolved follows a named style to its root.
func (d *docx) resolved(name string) style {
	var out style
	for range maxBases {
		s, ok := d.styles[name]
		if !ok {
			break
		}
		out.run = out.run.over(s.run)
		if out.list.num == "" {
			out.list.num = s.list.num
		}
		if out.list.level == "" {
			out.list.level = s.list.level
		}
		name = s.basedOn
	}
	return out
}

// styleTags reads styles.xml.
type styleTags struct {
	*docx
	id       string
	now      style
	defaults bool
}

func (t *styleTags) open(name string, at attributes) error {
	switch name {
	case "style":
		t.id, t.now = at.get("styleId"), style{}
	case "basedOn":
		t.now.basedOn = at.get("val")
	case "numId":
		t.now.list.num = at.get("val")
	case "ilvl":
		t.now.list.level = at.get("val")
	case "rPrDefault":
		t.defaults = true
	}
	if t.defaults {
		t.base.take(name, at)
	} else {
		t.now.run.take(name, at)
	}
	return nil
}

func (t *styleTags) shut(name string) {
	switch name {
	case "style":
		t.styles[t.id] = t.now
	case "rPrDefault":
		t.defaults = false
	}
}

func (t *styleTags) text(string) {}

// write gives a run's characters as they are seen: converted where the font is of
// an older coding, in capitals where the font's setting makes them so.
func (d *docx) write(b *strings.Builder, look runStyle, s string) {
	if look.hidden != nil && *look.hidden {
		return
	}
	s, coding := inFont(s, look.font, d.encoding)
	if coding != "" {
		d.converted = coding
	}
	if look.caps != nil && *look.caps {
		s = strings.ToUpper(s)
	}
	b.WriteString(s)
}
