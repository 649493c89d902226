package paper

import (
	"strconv"
	"strings"
)

// openList enters a list. The outermost begins to count anew, unless it says that
// it goes on; those within count with it.
func (t *odtTags) openList(at attributes) error {
	if len(t.items) >= maxBoxes {
		return damaged("its lists are nested deeper than %d", maxBoxes)
	}
	l := &openList{style: at.get("style-name")}
	if outer := t.innermost(); outer != nil {
		l.count = outer.count
		if l.style == "" {
			l.style = outer.style
		}
	} else {
		l.count = t.counts[l.style]
		goesOn := at.get("continue-numbering") == "true" || at.get("continue-list") != ""
		if l.count == nil || !goesOn {
			l.count = &[maxLevels]int{}
			t.counts[l.style] = l.count
		}
	}
	t.items = append(t.items, l)
	return nil
}

func (t *odtTags) innermost() *openList {
	if len(t.items) == 0 {
		return nil
	}
	return t.items[len(t.items)-1]
}

func (t *odtTags) item(head bool, at attributes) {
	l := t.innermost()
	if l == nil {
		return
	}
	l.fresh, l.head = true, head
	if start := at.get("start-value"); start != "" && len(t.items) <= maxLevels {
		l.count[len(t.items)-1] = max(0, startOf(start)-1)
	}
}

func (t *odtTags) openPara(name string, at attributes) error {
	if len(t.paras) >= maxBoxes {
		return damaged("its paragraphs are nested deeper than %d", maxBoxes)
	}
	s := t.resolved(at.get("style-name"))
	p := &odtPara{looks: []runStyle{s.run}}
	if l := t.innermost(); l != nil && l.fresh && !l.head {
		l.fresh = false
		p.label = t.label(l, s.list)
	}
	t.paras = append(t.paras, p)
	return nil
}

// label counts an item of the innermost list and writes its label. The list's
// style may be named by the paragraph's.
func (t *odtTags) label(l *openList, fallback string) string {
	levels := t.lists[l.style]
	if levels == nil {
		levels = t.lists[fallback]
	}
	at := len(t.items) - 1
	if levels == nil || at >= maxLevels {
		return ""
	}
	step(l.count, levels, at)
	text := labelOf(l.count, levels, at)
	if levels[at].format == "bullet" { // what stands before and behind it is not shown
		return text
	}
	return strings.TrimSpace(levels[at].prefix + text + levels[at].after)
}

// inPara takes an element within a paragraph.
func (t *odtTags) inPara(p *odtPara, name string, at attributes) {
	switch name {
	case "span":
		look := p.looks[len(p.looks)-1]
		p.looks = append(p.looks, t.resolved(at.get("style-name")).run.over(look))
	case "s":
		n, err := strconv.Atoi(at.get("c"))
		if err != nil || n < 1 {
			n = 1
		}
		p.b.WriteString(strings.Repeat(" ", min(n, 200)))
	case "tab":
		p.b.WriteString("\t")
	case "line-break":
		p.b.WriteString("\n")
	}
}

func (t *odtTags) shut(name string) {
	if t.skip > 0 {
		t.skip--
		return
	}
	if !t.body {
		return
	}
	switch name {
	case "text":
		t.body = false
	case "table", "text-box":
		t.end()
	case "table-cell":
		t.cell()
	case "list":
		t.items = t.items[:max(0, len(t.items)-1)]
	case "p", "h":
		t.endPara()
	case "span":
		if p := t.innerPara(); p != nil && len(p.looks) > 1 {
			p.looks = p.looks[:len(p.looks)-1]
		}
	}
}

func (t *odtTags) innerPara() *odtPara {
	if len(t.paras) == 0 {
		return nil
	}
	return t.paras[len(t.paras)-1]
}

func (t *odtTags) endPara() {
	p := t.innerPara()
	if p == nil {
		return
	}
	t.paras = t.paras[:len(t.paras)-1]
	text := p.b.String()
	if p.label != "" && strings.TrimSpace(text) != "" {
		text = p.label + " " + strings.TrimLeft(text, " \t")
	}
	t.line(text)
}

// text takes characters. Runs of white space are one space in OpenDocument.
func (t *odtTags) text(s string) {
	p := t.innerPara()
	if p == nil || t.skip > 0 || s == "" {
		return
	}
	words := strings.Join(strings.FieldsFunc(s, isXMLSpace), " ")
	if isXMLSpace(rune(s[0])) && (words != "" || len(s) > 0) {
		words = " " + words
	}
	if words != " " && isXMLSpace(rune(s[len(s)-1])) {
		words += " "
	}
	t.write(&p.b, p.looks[len(p.looks)-1], words)
}

func isXMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }
