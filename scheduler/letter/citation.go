package letter

import (
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// maxSubject bounds the subject of a cited document in bytes.
const maxSubject = 1200

// cited is a citation where it stands in a paragraph.
type cited struct {
	scheduler.Citation
	from   int  // where its kind begins
	number int  // where its number begins
	end    int  // behind its number
	head   int  // behind number, date and issuer
	to     int  // behind everything that was read
	begin  int  // where the subject begins; 0 without one
	clause int  // which clause of the paragraph it stands in
	plural bool // its kind is said of several: "các Công văn số"
	shares bool // it takes its kind from the one before it
	headed bool // its issuer is said at the head of a list
	// depth is 0 for a document the letter itself speaks of, 1 for one that
	// such a document's subject speaks of, and so on.
	depth int
}

// readCitations reads every document that the paragraph cites, in order.
func readCitations(p *prose) []cited {
	var out []cited
	for _, n := range numbersIn(p.text, p.fold) {
		in := p.introOf(n.from)
		c := cited{from: in.from, number: n.from, end: n.to, head: n.to, plural: in.plural}
		c.Number, c.Kind, c.Date, c.Issuer = n.value, in.kind, in.date, in.issuer
		c.headed = in.plural && in.issuer != ""
		p.readHead(&c)
		p.readSender(&c)
		p.place(&c, out)
		if c.Kind == "" || c.Kind == anyKind && kindInSymbol(c.Number) != "" {
			c.Kind = kindOf(c.Number)
		}
		p.findSubject(&c)
		c.Subject = in.name
		out = append(out, c)
	}
	p.shareHeads(out)
	for i := range out {
		p.readSubject(&out[i], out[i+1:])
		out[i].Spans = p.spans(out[i].from, out[i].head)
	}
	return out
}

// readHead reads date and issuer behind the number, in either order, or who
// passed the document and when.
func (p *prose) readHead(c *cited) {
	for range 3 {
		was := c.head
		if c.Date.IsZero() {
			day := c.head + spaces(p.text, c.head)
			if shared := "cùng ngày "; strings.HasPrefix(p.fold[day:], shared) && digitAt(p.fold, day+len(shared)) {
				day += len("cùng ")
			}
			if date, end := readDate(p.fold, day); !date.IsZero() {
				c.Date, c.head = date, end
			}
		}
		if from, to := p.readIssuer(c.head + spaces(p.text, c.head)); to > from && c.Issuer == "" {
			c.Issuer, c.head = p.text[from:to], to
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
