package letter

import (
	"cmp"
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// kindEnds and shortEnds are the kinds that may stand right before a number.
var kindEnds, shortEnds = tailsOf(kindWords), tailsOf(kindShort)

var (
	numberWord = regexp.MustCompile(`(?:^|[^\p{L}])((?:có |mang )?s[ốôó](?: hiệu)?\s*[:.]?\s*)$`)
	// kindApart allows a few words between the kind and "số": "Công văn hỏa tốc số".
	kindApart = regexp.MustCompile(`^.*(?:^|[^\p{L}\d])(` + kindWords + `)((?: [\p{L}]+){1,4}) $`)
	// kindFar finds the last kind before words about it: "Kế hoạch của UBND tỉnh số".
	kindFar = regexp.MustCompile(`^.*(?:^|[^\p{L}\d])(` + kindWords + `)(?: công tác)? (?:ngày|của|do) `)
	// lawApart allows the name of a law, commas and all: "Luật Phòng, chống tác hại của rượu, bia số".
	lawApart = regexp.MustCompile(`^.*(?:^|[^\p{L}\d])(bộ luật|luật|pháp lệnh) ([\p{L}, ]{2,160}) $`)
	several  = regexp.MustCompile(`(?:^|[^\p{L}\d])(?:các|những|hai|ba|bốn|0?[2-9]) $`)
)

// intro is what stands before a number.
type intro struct {
	kind   string // written in full; "" when the letter does not say
	from   int    // where the kind, or else "số", or else the number begins
	name   string // of a law that has its name before its number
	plural bool   // the kind is said of several documents
	date   scheduler.Date
	issuer string
}

// introOf reads leftwards from the number that begins at byte i.
func (p *prose) introOf(i int) intro {
	in := intro{from: i}
	if words := behind(p.fold, i, 40); endsIn(strings.TrimRight(words, " :."), "số|sô|só|hiệu") {
		if m := numberWord.FindStringSubmatch(words); m != nil {
			in.from -= len(m[1])
		}
	}
	if kind, from := p.kindBefore(in.from); kind != "" {
		in.kind, in.from = kindNamed(kind), from
	} else if in.from < i { // without "số" only the word right before it counts
		p.readApart(&in)
	}
	counted := behind(p.fold, in.from, 20)
	in.plural = (digitAt(counted, len(counted)-2) || endsIn(strings.TrimSuffix(counted, " "), "các|những|hai|ba|bốn")) && several.MatchString(counted)
	return in
}

// kindBefore is the kind that stands right before byte i, and where it begins;
// "" without one.
func (p *prose) kindBefore(i int) (kind string, from int) {
	window := behind(p.fold, i, 60)
	words := strings.TrimRight(window, " ")
	if strings.HasSuffix(words, ":") || strings.HasSuffix(words, ",") {
		words = strings.TrimRight(words[:len(words)-1], " ")
	}
	kind = cmp.Or(kindEnds.end(words), shortEnds.end(words))
	before := strings.TrimSuffix(words, kind)
	if kind == "" || strings.HasSuffix(before, "pháp ") || digitAt(before, len(before)-1) {
		return "", i
	}
	return kind, i - len(window) + len(before)
}

// readApart looks for a kind with something between it and "số".
func (p *prose) readApart(in *intro) {
	window := behind(p.fold, in.from, 220)
	base := in.from - len(window)
	if hasOne(window, "luật|pháp lệnh") {
		if m := lawApart.FindStringSubmatchIndex(window); m != nil && upperAt(p.text, base+m[4]) {
			in.name = strings.Trim(p.text[base+m[4]:base+m[5]], " ,")
			if before := base + m[2] - len("bộ "); before >= 0 && strings.HasPrefix(p.fold[before:], "bộ luật ") {
				m[2] -= len("bộ ")
			}
			in.from, in.kind = base+m[2], kindNamed(p.fold[base+m[2]:base+m[3]])
			return
		}
	}
	if p.readFar(in, window, base) {
		return
	}
	window = behind(p.fold, in.from, 80)
	base = in.from - len(window)
	if m := kindApart.FindStringSubmatchIndex(window); m != nil && !joins(window[m[4]:m[5]]) {
		in.from, in.kind = base+m[2], kindNamed(window[m[2]:m[3]])
	}
}

// readFar reads a kind with date and issuer between it and "số", and nothing
// else: "các Quyết định của Thủ tướng Chính phủ số".
func (p *prose) readFar(in *intro, window string, base int) bool {
	m := kindFar.FindStringSubmatchIndex(window)
	if m == nil {
		return false
	}
	c := cited{head: base + m[3]}
	if strings.HasPrefix(p.fold[c.head:], " công tác") {
		c.head += len(" công tác")
	}
	p.readHead(&c)
	if c.head > in.from || strings.Trim(p.text[c.head:in.from], " :") != "" {
		return false
	}
	in.kind, in.from, in.date, in.issuer = kindNamed(window[m[2]:m[3]]), base+m[2], c.Date, c.Issuer
	return true
}

var joining = regexp.MustCompile(` (?:của|và|về|ngày|theo|tại|ban hành)(?: |$)`)

// joins reports whether words tie one thing to another, so that a kind before
// them is not the kind of the number after them.
func joins(words string) bool { return joining.MatchString(words) }
