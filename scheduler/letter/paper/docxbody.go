package paper

import (
	"strconv"
	"strings"
)

// bodyTags reads the document itself.
type bodyTags struct {
	*docx
	skip  int // depth within something that is not seen
	paras []*para
	inRun bool // within w:r, so that w:t is text of this paragraph
}

// para is an open paragraph. A text box within it has paragraphs of its own.
type para struct {
	b        strings.Builder
	look     runStyle // of the paragraph's style
	run      runStyle // of the open run
	list     listRef
	settings bool // within w:pPr, whose w:rPr is of the paragraph's end mark
}

// unseen are elements of which nothing is shown: deleted text, the place a moved
// text was at, fields' code, the older copy of a drawing, notes of reviewers.
func unseen(name string) bool {
	switch name {
	case "del", "moveFrom", "instrText", "delText", "Fallback", "pPrChange", "rPrChange", "sectPr", "numberingChange":
		return true
	}
	return false
}

func (t *bodyTags) open(name string, at attributes) error {
	// w:del within w:rPr says that the paragraph's end mark is deleted.
	if t.skip > 0 || unseen(name) && !(name == "del" && t.settings()) {
		t.skip++
		return nil
	}
	switch name {
	case "tbl":
		return t.docx.open(true)
	case "tr":
		t.row()
	case "tc", "txbxContent":
		return t.docx.open(false)
	case "p":
		if len(t.paras) >= maxBoxes {
			return damaged("its paragraphs are nested deeper than %d", maxBoxes)
		}
		t.paras = append(t.paras, &para{look: t.base})
	default:
		if p := t.para(); p != nil {
			t.inPara(p, name, at)
		}
	}
	return nil
}

func (t *bodyTags) settings() bool { return t.para() != nil && t.para().settings }

func (t *bodyTags) para() *para {
	if len(t.paras) == 0 {
		return nil
	}
	return t.paras[len(t.paras)-1]
}

// inPara takes an element within a paragraph.
func (t *bodyTags) inPara(p *para, name string, at attributes) {
	switch name {
	case "pPr":
		p.settings = true
	case "pStyle":
		s := t.resolved(at.get("val"))
		p.look, p.list = s.run.over(t.base), s.list
	case "numId":
		p.list.num = at.get("val")
	case "ilvl":
		p.list.level = at.get("val")
	case "r":
		p.run, t.inRun = p.look, true
	case "rStyle":
		p.run = t.resolved(at.get("val")).run.over(p.run)
	case "tab", "ptab":
		if !p.settings { // else it is where a tab stops
			p.b.WriteString("\t")
		}
	case "br", "cr":
		p.b.WriteString("\n")
	case "noBreakHyphen":
		p.b.WriteString("-")
	case "sym":
		p.b.WriteString(symbol(at.get("font"), at.get("char")))
	default:
		if !p.settings {
			p.run.take(name, at)
		}
	}
}

func (t *bodyTags) shut(name string) {
	if t.skip > 0 {
		t.skip--
		return
	}
	switch name {
	case "tbl":
		t.end()
	case "tc":
		t.cell()
	case "txbxContent":
		t.end()
	case "p":
		t.endPara()
	case "pPr":
		if p := t.para(); p != nil {
			p.settings = false
		}
	case "r":
		t.inRun = false
	}
}

func (t *bodyTags) text(s string) {
	if p := t.para(); p != nil && t.skip == 0 && t.inRun {
		t.write(&p.b, p.run, s)
	}
}

// endPara writes the paragraph behind its number.
func (t *bodyTags) endPara() {
	p := t.para()
	if p == nil {
		return
	}
	t.paras = t.paras[:len(t.paras)-1]
	t.inRun = len(t.paras) > 0 // a text box stands in a run
	text := p.b.String()
	if label := t.label(p, text); label != "" {
		text = label + " " + strings.TrimLeft(text, " \t")
	}
	t.line(text)
}

// label is the number or bullet of a list's paragraph. Word gives an empty one a
// number too, but shows a letter's reader a line with nothing to read: it counts
// and is not written.
func (t *bodyTags) label(p *para, text string) string {
	label, coding := inFont(t.lists.next(p.list), p.look.font, t.encoding)
	if coding != "" {
		t.converted = coding
	}
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return label
}

// symbol is a character of a symbol font, given by its code.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 16)
	if err != nil {
		return ""
	}
	low := rune(n & 0xff)
	switch strings.ToLower(font) {
	case "wingdings", "wingdings 2", "wingdings 3", "webdings":
		return "-"
	case "symbol":
		if low == 0xb7 || low == 0x2d {
			return "-"
		}
	}
	if n >= 0xf020 && n <= 0xf07e {
		return string(low)
	}
	if n >= 0xe000 && n <= 0xf8ff {
		return "-"
	}
	return string(rune(n))
}
