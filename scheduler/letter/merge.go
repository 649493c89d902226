package letter

import (
	"slices"

	"loaphuong/scheduler"
)

// demandsFrom is the demands from byte i on.
func (p *prose) demandsFrom(i int) []demanded {
	n, _ := slices.BinarySearchFunc(p.demands, i, func(d demanded, at int) int { return d.from - at })
	return p.demands[n:]
}

// outsideSubjects drops what turned out to belong to a cited document's
// subject: it is that document's business, not the letter's.
func (p *prose) outsideSubjects(ds []demanded) []demanded {
	var out []demanded
	cited, reach := p.cited, 0
	for _, d := range ds {
		for len(cited) > 0 && cited[0].from <= d.from {
			reach, cited = max(reach, cited[0].to), cited[1:]
		}
		if d.from >= reach {
			out = append(out, d)
		}
	}
	return out
}

// maxApart is how many bytes may stand between two parts of one demand.
const maxApart = 60

// merged joins demands that follow closely in one clause and do not
// contradict: "03 lượt/ngày, từ ngày 01/9 đến hết ngày 15/9" is one demand.
func (p *prose) merged(ds []demanded) []demanded {
	var out []demanded
	for _, d := range ds {
		if n := len(out); n > 0 && p.joinable(out[n-1], d) {
			out[n-1] = p.join(out[n-1], d)
			continue
		}
		out = append(out, d)
	}
	return out
}

func (p *prose) joinable(a, b demanded) bool {
	if b.from-a.to > maxApart {
		return false
	}
	if stop, _ := p.boundary(a.to, b.from); stop < b.from {
		return false
	}
	both := a.PerDay > 0 && b.PerDay > 0 || a.PerWeek > 0 && b.PerWeek > 0 || a.MinutesPerDay > 0 && b.MinutesPerDay > 0
	dated := func(d demanded) bool { return !d.From.IsZero() || !d.Until.IsZero() }
	return !both && !(dated(a) && dated(b)) && !(len(a.Weekdays) > 0 && len(b.Weekdays) > 0)
}

func (p *prose) join(a, b demanded) demanded {
	a.to = b.to
	a.Text = p.text[a.from:a.to]
	a.PerDay += b.PerDay
	a.PerWeek += b.PerWeek
	a.MinutesPerDay += b.MinutesPerDay
	a.Weekdays = append(a.Weekdays, b.Weekdays...)
	if a.From.IsZero() && a.Until.IsZero() {
		a.From, a.Until = b.From, b.Until
	}
	return a
}

// demandsWithin is the demands that begin between two places.
func (p *prose) demandsWithin(from, to int) []scheduler.Demand {
	var out []scheduler.Demand
	for _, d := range p.demandsFrom(from) {
		if d.from >= to {
			break
		}
		out = append(out, d.Demand)
	}
	return out
}
