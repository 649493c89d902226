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
	up    *item // the item it stands below or, where it closes, behind
	ends  *item // what the list item behind it leaves, where it closes
	place int   // which paragraph of the letter it is, from 0

	annexed     bool // it stands in the appendix
	closing     bool // it speaks of more than the item that it stands behind
	first, last int  // the topics that begin in it and below it: from first up to but not including last
	heads       bool // it is only the heading of those
}

// outline is the body of a letter: what stands before its list, the list, what
// stands behind it, and what is sent along.
type outline struct {
	intro, closing []*item
	list           []*item
	annex          []*item // the list of an appendix
	annexHead      string  // what stands before that list, folded
	all            []*item // every paragraph in order
	pending        []*item // what closes, as long as the list does not go on
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
			it := &item{marker: par.marker, prose: newProse(par, head.date), place: len(o.all) + len(annex.all)}
			it.cited, it.annexed = head.others(it.cited), section.into == &annex
			if cites += len(it.cited); cites > maxCitations {
				return o, tooMany("citations", maxCitations)
			}
			section.into.all = append(section.into.all, it)
			path = section.into.hang(it, path)
		}
	}
	for _, it := range annex.intro[:min(len(annex.intro), 4)] {
		o.annexHead += it.fold + " "
	}
	o.annex, o.all = annex.list, append(o.all, annex.all...)
	return o, nil
}

// timing follows which paragraphs stand under a heading about when and how long
// to air.
type timing struct {
	level int
	plain bool // the heading has no marker; only list items stand under it
}

var timingHead = regexp.MustCompile(`^(?:về )?(?:hình thức|nội dung)?(?:,| và)? ?(?:thời gian|thời lượng|tần suất|lịch (?:phát|trong ngày|tiếp)|khung giờ)`)

func (t *timing) see(par *paragraph) {
	if t.level > 0 && par.level > t.level && !(t.plain && par.level == levelPlain) {
		par.onAir = true
		return
	}
	t.level, t.plain = 0, par.level == levelPlain
	if !timingHead.MatchString(fold(ahead(par.text, 0, 80))) {
		return
	}
	switch {
	case !t.plain:
		t.level = par.level
	case len(par.text) < maxHeading && strings.HasSuffix(par.text, ":"):
		t.level = levelAlpha
	}
}

// hang puts an item where it belongs, and returns the path to it.
func (o *outline) hang(it *item, path []*item) []*item {
	switch {
	case it.level == levelPlain && len(o.list) == 0:
		o.intro = append(o.intro, it)
		return nil
	case it.level == levelPlain && it.closes() && !path[len(path)-1].titles(), it.label == "" && it.level > levelPart && !it.inTable && len(o.pending) > 0,
		it.level == levelCell && !it.about && len(o.pending) > 0:
		if it.closing = true; len(path) > 0 {
			it.up = path[len(path)-1]
		}
		o.closing, o.pending = append(o.closing, it), append(o.pending, it)
		return path
	}
	var left *item
	for len(path) > 0 && path[len(path)-1].level >= it.level {
		left, path = path[len(path)-1], path[:len(path)-1]
	}
	for _, closing := range o.pending {
		closing.ends = left
	}
	if o.pending = nil; len(path) == 0 {
		o.list = append(o.list, it)
	} else {
		it.up = path[len(path)-1]
		it.up.below = append(it.up.below, it)
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

// listsMatters reports whether what leads to the list says that matters follow,
// though not that they are to be made known: "tập trung mấy việc sau:".
func (o outline) listsMatters() bool {
	if len(o.intro) == 0 || len(o.list) < 2 {
		return false
	}
	lead := o.intro[len(o.intro)-1].fold
	return mattersFollow.MatchString(behind(lead, len(lead), 100))
}

var mattersFollow = regexp.MustCompile(`(?:việc|nội dung|vấn đề|nhiệm vụ|công tác|chủ đề|tin|bài|bảng|danh mục|lịch)(?: trọng tâm| chủ yếu| cụ thể)? (?:như sau|sau|sau đây|dưới đây|dưới)(?: đây)? ?:$`)

// overRows reports whether rows of a table that are topics stand below the item.
func (it *item) overRows() bool {
	for _, sub := range it.below[:min(len(it.below), 4)] {
		if sub.airedRow() {
			return true
		}
	}
	return false
}

// airedRow reports whether the item is the row of a table of which other columns
// say how it is aired.
func (it *item) airedRow() bool {
	return it.inTable && len(it.below) > 0 && it.below[0].about && len(it.below[0].demands) > 0
}
