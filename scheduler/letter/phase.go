package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// phaseEnd is what ends the time of a phase at the beginning of an item.
var phaseEnd = regexp.MustCompile(`^ ?(?:\)|[:.,;]|$)`)

// dayNamed is before a phase of one day: "Đợt 3 (ngày bầu cử 15/3)".
var dayNamed = regexp.MustCompile(`^ngày (?:\p{L}+ ){0,4}`)

// readPhase reads the time of a phase that a paragraph begins with, "Đợt 1 (từ
// ngày 05/9 đến ngày 30/9): …" or "Tuần 1 (01/6 - 07/6): …", and says where it
// ends; 0 without one.
func (p *prose) readPhase(out *[]demanded, letter scheduler.Date) int {
	start := ahead(p.fold, 0, 60)
	if !hasOne(start, "đợt |tuần |giai đoạn |kỳ ") {
		return 0
	}
	at := len(phaseLead.FindString(start))
	if at == 0 || at >= len(p.fold) {
		return 0
	}
	day := dayNamed.FindString(ahead(p.fold, at, 60))
	at += len(day)
	d := demanded{from: at}
	if p.fold[at] >= '0' && p.fold[at] <= '9' {
		d.From, d.Until, d.to = p.readFrom(at, at, letter)
	} else if strings.HasPrefix(p.fold[at:], "từ ") {
		d.From, d.Until, d.to = p.readPeriod(at, letter)
	}
	if day != "" && d.Until.IsZero() {
		d.Until = d.From
	}
	if d.Until.IsZero() || !phaseEnd.MatchString(p.fold[d.to:]) {
		return 0
	}
	*out = append(*out, d)
	return d.to
}
