package letter

import (
	"regexp"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// maxSubject bounds the subject of a cited document in bytes.
const maxSubject = 1200

// cited is a citation where it stands in a paragraph.
type cited struct {
	scheduler.Citation
	from   int // where its kind begins
	number int // where its number begins
	head   int // behind number, date and issuer
	to     int // behind everything that was read
	begin  int // where the subject begins; 0 without one
	clause int // which clause of the paragraph it stands in
	// depth is 0 for a document the letter itself speaks of, 1 for one that
	// such a document's subject speaks of, and so on.
	depth int
}

// readCitations reads every document that the paragraph cites, in order.
func readCitations(p *prose) []cited {
	var out []cited
	for _, n := range numbersIn(p.text) {
		in := introOf(p.text, p.fold, n.from)
		c := cited{from: in.from, number: n.from, head: n.to}
		c.Number, c.Kind = n.value, in.kind
		p.readHead(&c)
		p.readSender(&c)
		p.place(&c, out)
		if c.Kind == "" {
			c.Kind = kindOf(n)
		}
		p.findSubject(&c)
		c.Subject = in.name
		out = append(out, c)
	}
	for i := range out {
		p.readSubject(&out[i], out[i+1:])
	}
	return out
}

// readHead reads date and issuer behind the number, in either order.
func (p *prose) readHead(c *cited) {
	for range 3 {
		was := c.head
		if c.Date.IsZero() {
			c.Date, c.head = readDate(p.fold, c.head+spaces(p.text, c.head))
		}
		if c.Issuer == "" {
			if from, to := p.readIssuer(c.head + spaces(p.text, c.head)); to > from {
				c.Issuer, c.head = p.text[from:to], to
			}
		}
		if c.head == was {
			return
		}
	}
}

func spaces(s string, i int) int {
	n := 0
	for at(s, i+n) == ' ' {
		n++
	}
	return n
}

var siblingGap = regexp.MustCompile(`(?:[,;+&]|(?:^| )(?:và|cùng|cùng với|hoặc|hay) )\s*(?:(?:các|những|tuyên truyền|phổ biến|quán triệt|hưởng ứng) ?)*$`)

// place decides where a citation stands among those before it: beside the last
// one (", " or " và " between them), inside its subject, or in a new clause.
func (p *prose) place(c *cited, before []cited) {
	if len(before) > 0 {
		c.clause = before[len(before)-1].clause
	}
	for c.clause+1 < len(p.clauses) && p.clauses[c.clause+1].from <= c.number {
		c.clause++
	}
	if len(before) == 0 || before[len(before)-1].clause != c.clause {
		return
	}
	last := before[len(before)-1]
	gap := p.fold[min(last.head, c.from):c.from]
	switch {
	case strings.TrimSpace(gap) == "" || siblingGap.MatchString(behind(gap, len(gap), 80)):
		c.depth = last.depth
		if c.Kind == "" && len(gap) <= len(", và các ") {
			c.Kind = last.Kind // "các Công văn số 12/UBND-VP, 13/UBND-VP"
		}
	default:
		c.depth = last.depth + 1
	}
}

// unique keeps the documents of a letter, each once and in order.
type unique struct {
	list  []scheduler.Citation
	index map[string][]int // by number
}

// add takes c in unless it is there already. A later mention that gives only
// the number, or an office more fully, is the same document.
func (u *unique) add(c scheduler.Citation) {
	if u.index == nil {
		u.index = map[string][]int{}
	}
	for _, i := range u.index[c.Number] {
		if sameDocument(u.list[i], c) {
			u.list[i] = fuller(u.list[i], c)
			return
		}
	}
	u.index[c.Number] = append(u.index[c.Number], len(u.list))
	u.list = append(u.list, c)
}

// all is the list, never nil.
func (u *unique) all() []scheduler.Citation {
	return append([]scheduler.Citation{}, u.list...)
}

// firstCited is the index of the first citation that begins at byte i or later.
func (p *prose) firstCited(i int) int {
	n, _ := slices.BinarySearchFunc(p.cited, i, func(c cited, at int) int { return c.from - at })
	return n
}

func sameDocument(a, b scheduler.Citation) bool {
	dates := a.Date == b.Date || a.Date.IsZero() || b.Date.IsZero()
	return a.Number == b.Number && dates &&
		(strings.HasPrefix(a.Issuer, b.Issuer) || strings.HasPrefix(b.Issuer, a.Issuer))
}

// fuller fills what a leaves empty from b.
func fuller(a, b scheduler.Citation) scheduler.Citation {
	if a.Date.IsZero() {
		a.Date = b.Date
	}
	if a.Issuer == "" {
		a.Issuer = b.Issuer
	}
	if a.Subject == "" {
		a.Subject = b.Subject
	}
	return a
}
