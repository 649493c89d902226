package letter

import (
	"regexp"
	"strings"
)

var (
	siblingGap = regexp.MustCompile(`(?:[,;+&]|(?:^| )(?:và|cùng|cùng với|hoặc|hay) )\s*(?:(?:các|những|tuyên truyền|phổ biến|quán triệt|hưởng ứng) ?)*$`)
	// listedNext ties a number to the one before it, whose kind it shares.
	listedNext = regexp.MustCompile(`^[,;]?(?: ?(?:và|cùng|cùng với|hoặc) )? ?(?:số )?:? ?$`)
	sameDay    = regexp.MustCompile(`^,? ?\(?cùng ngày`)
)

// place decides where a citation stands among those before it: beside the last
// one (", " or " và " between them), inside its subject, or in a new clause.
func (p *prose) place(c *cited, before []cited) {
	if len(before) > 0 {
		c.clause = before[len(before)-1].clause
	}
	for c.clause+1 < len(p.clauses) && p.clauses[c.clause+1].from <= c.number {
		c.clause++
	}
	if len(before) == 0 {
		return
	}
	last := before[len(before)-1]
	gap := p.fold[min(last.head, c.from):c.from]
	if c.Kind == "" && p.goesOn(last, c) {
		c.Kind, c.depth, c.shares, c.plural = last.Kind, last.depth, true, last.plural
		if kind := kindInSymbol(c.Number); kind != "" && !last.plural {
			c.Kind = kind
		}
		return
	}
	switch {
	case last.clause != c.clause:
	case strings.TrimSpace(gap) == "" || siblingGap.MatchString(behind(gap, len(gap), 80)):
		c.depth = last.depth
	default:
		c.depth = last.depth + 1
	}
}

// goesOn reports whether a number without a kind goes on with the documents
// before it: right behind the last, or, where several were announced, with "số"
// behind what was said about it.
func (p *prose) goesOn(last cited, c *cited) bool {
	gap := p.fold[min(last.head, c.number):c.number]
	if listedNext.MatchString(gap) {
		return true
	}
	announced := last.plural || last.shares
	return announced && len(gap) < maxSubject && saysNumber(p.fold, c.number) && siblingGap.MatchString(behind(p.fold, c.from, 40))
}

// shareHeads gives each of several documents what is said once of all: "các
// Công văn số A, B ngày … của …".
func (p *prose) shareHeads(all []cited) {
	for i := 1; i < len(all); i++ {
		a, b := &all[i-1], &all[i]
		if b.Date.IsZero() && sameDay.MatchString(ahead(p.fold, b.end, 24)) {
			b.Date = a.Date
			b.head = max(b.head, b.end+strings.Index(p.fold[b.end:], "ngày")+len("ngày"))
			if from, to := p.readIssuer(b.head + spaces(p.text, b.head)); to > from && b.Issuer == "" {
				b.Issuer, b.head = p.text[from:to], to
			}
		}
		if a.headed && b.Issuer == "" && p.sentenceStart(a.from) == p.sentenceStart(b.from) {
			b.headed = true
		}
		if (b.shares || b.headed) && b.Issuer == "" {
			b.Issuer = a.Issuer
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		p.shareBack(&all[i-1], &all[i])
	}
}

// shareBack gives a document the issuer, and in a list of bare numbers the
// date, of the next one, where nothing but "và" or a comma is between them.
func (p *prose) shareBack(a, b *cited) {
	if a.depth != b.depth || a.begin > 0 || a.Issuer != "" || !listedGap.MatchString(p.fold[min(a.head, b.from):b.from]) {
		return
	}
	if !b.shares && officeIn(a.Number) != officeIn(b.Number) {
		return
	}
	a.Issuer = b.Issuer
	if b.shares && a.Date.IsZero() {
		a.Date = b.Date
	}
}

var listedGap = regexp.MustCompile(`^ ?(?:,|;|,? ?(?:và|cùng|cùng với))? ?(?:các )?$`)

// officeIn is the part of a number's symbol that tells the office apart: "HĐND"
// in 12/2014/NQ-HĐND, "UBND" in 1520/UBND-KGVX.
func officeIn(number string) string {
	parts := symbolParts(number)
	if len(parts) > 0 && atoi(parts[0]) > 0 {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return ""
	}
	if kindOfSymbol(parts[0]) == "" {
		return parts[0]
	}
	return parts[len(parts)-1]
}
