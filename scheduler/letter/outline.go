package letter

import (
	"regexp"
	"strings"
)

// item is a paragraph of the body with the items below it.
type item struct {
	marker
	*prose
	below []*item
}

// outline is the body of a letter: what stands before its list, the list, what
// stands behind it, and what is sent along.
type outline struct {
	intro, closing []*item
	list           []*item
	annex          []*item // the list of an appendix
	all            []*item // every paragraph in order
}

// outlineOf builds the tree of a body and of the appendix behind it. The
// letter's own number is no citation.
func outlineOf(parts layout, head letterhead) (outline, error) {
	var o, annex outline
	cites := 0
	for _, section := range []struct {
		lines []line
		into  *outline
	}{{parts.body, &o}, {parts.annex, &annex}} {
		var airs timing
		var path []*item // from an item of the list down to the last one read
		for _, par := range paragraphs(parts.text, section.lines) {
			airs.see(&par)
			it := &item{marker: par.marker, prose: newProse(par, head.date)}
			it.cited = head.others(it.cited)
			if cites += len(it.cited); cites > maxCitations {
				return o, tooMany("citations", maxCitations)
			}
			section.into.all = append(section.into.all, it)
			path = section.into.hang(it, path)
		}
	}
	o.annex, o.all = annex.list, append(o.all, annex.all...)
	return o, nil
}

// timing follows which paragraphs stand under a heading about when and how long
// to air.
type timing struct{ level int }

var timingHead = regexp.MustCompile(`^(?:về )?(?:hình thức|nội dung)?(?:,| và)? ?(?:thời gian|thời lượng|tần suất|lịch phát|khung giờ)`)

func (t *timing) see(par *paragraph) {
	if t.level > 0 && par.level > t.level {
		par.onAir = true
		return
	}
	if t.level = 0; par.level < levelPlain && timingHead.MatchString(fold(ahead(par.text, 0, 80))) {
		t.level = par.level
	}
}

// hang puts an item where it belongs, and returns the path to it.
func (o *outline) hang(it *item, path []*item) []*item {
	switch {
	case it.level == levelPlain && len(o.list) == 0:
		o.intro = append(o.intro, it)
		return nil
	case it.level == levelPlain && it.closes() && !path[len(path)-1].titles(), it.label == "" && it.level > levelPart && it.level != levelCell && len(o.closing) > 0:
		o.closing = append(o.closing, it)
		return path
	}
	for len(path) > 0 && path[len(path)-1].level >= it.level {
		path = path[:len(path)-1]
	}
	if len(path) == 0 {
		o.list = append(o.list, it)
	} else {
		up := path[len(path)-1]
		up.below = append(up.below, it)
	}
	return append(path, it)
}

// titles reports whether an item is a title over the paragraphs below it: one
// clause that no mark ends.
func (it *item) titles() bool {
	return it.level < levelBullet && len(it.clauses) == 1 && it.clauses[0].end == 0 && len(it.text) < 2*maxHeading && !it.inTable
}

// asked reports whether what leads to the list asks for something to be made
// known, so that everything in the list is.
func (o outline) asked() bool {
	if len(o.intro) == 0 {
		return true
	}
	lead := o.intro[len(o.intro)-1].fold
	if asks := lastMatch(requestWord, behind(lead, len(lead), maxSentence)); asks >= 0 {
		lead = behind(lead, len(lead), maxSentence)
		lead = lead[asks:]
	}
	return asksFor.MatchString(lead) && !strings.HasSuffix(lead, "thực hiện:")
}

// asks reports whether anything in the body is to be made known.
func (o outline) asks() bool {
	for _, it := range o.all {
		if spreads.MatchString(it.fold) {
			return true
		}
	}
	return false
}
