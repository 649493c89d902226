package letter

import (
	"slices"
	"strings"

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
		if d.from >= reach && !p.inRemark(reach, d.from) {
			out = append(out, d)
		}
	}
	return out
}

// inRemark reports whether byte i stands in brackets right behind a document's
// subject, which say when that document is about: "mở đợt cao điểm (từ ngày …)".
func (p *prose) inRemark(subject, i int) bool {
	open := subject + spaces(p.text, subject)
	return subject > 0 && at(p.text, open) == '(' && i < int(p.mate[open]) && !hasOne(p.fold[open:i], "phát|tuyên truyền|loa ")
}

// merged joins the pieces of one sentence that speak of the same thing and do
// not contradict: "03 lượt/ngày, từ ngày 01/9 đến hết ngày 15/9" is one demand.
func (p *prose) merged(ds []demanded) []demanded {
	var out []demanded
	for _, d := range ds {
		if d.refs = p.names; d.refs == nil {
			d.refs = p.refsAt(d.from)
		}
		if n := len(out); n > 0 && p.joinable(out[n-1], d) {
			out[n-1] = join(out[n-1], d)
			continue
		}
		out = append(out, d)
	}
	for i := range out {
		d := &out[i]
		if at(p.text, d.to) == ')' && strings.Count(p.text[d.from:d.to], "(") > strings.Count(p.text[d.from:d.to], ")") {
			d.to++
		}
		d.Text, d.Spans = p.text[d.from:d.to], p.spans(d.from, d.to)
		d.Regular = d.Regular && d.PerDay+d.PerWeek+d.PerMonth+d.Total == 0
	}
	return out
}

func (p *prose) joinable(a, b demanded) bool {
	same := b.from-a.to < maxSentence && p.sentenceStart(a.from) == p.sentenceStart(b.from) && slices.Equal(a.refs, b.refs) && !p.turns(a, b)
	return same && !contradict(a.Demand, b.Demand)
}

// turns reports whether what stands behind a semicolon is said of another topic:
// "mỗi tuần 3 lần; tăng thời lượng từ ngày … cho nội dung …".
func (p *prose) turns(a, b demanded) bool {
	if !strings.Contains(p.fold[a.to:max(b.from, a.to)], ";") {
		return false
	}
	stop, _ := p.boundary(b.from, min(b.from+maxSentence, len(p.text)))
	return spokenOf.MatchString(p.fold[p.stretchStart(b.from):max(stop, b.to)])
}

// contradict reports whether two demands say two things of one kind.
func contradict(a, b scheduler.Demand) bool {
	dated := func(d scheduler.Demand) bool { return !d.From.IsZero() || !d.Until.IsZero() }
	often := func(d scheduler.Demand) bool { return d.PerDay+d.PerWeek+d.PerMonth+d.Total > 0 }
	return often(a) && often(b) || a.MinutesPerDay > 0 && b.MinutesPerDay > 0 || a.MinutesEach > 0 && b.MinutesEach > 0 ||
		dated(a) && dated(b) && !opposite(a, b) || len(a.Weekdays) > 0 && len(b.Weekdays) > 0 || !a.Around.IsZero() && !b.Around.IsZero()
}

// opposite reports whether one demand has only the first day and the other only
// the last.
func opposite(a, b scheduler.Demand) bool {
	return a.Until.IsZero() && b.From.IsZero() && !a.From.IsZero() && !b.Until.IsZero()
}

// join makes one demand of two that do not contradict.
func join(a, b demanded) demanded {
	a.to = max(a.to, b.to)
	a.PerDay += b.PerDay
	a.PerWeek += b.PerWeek
	a.PerMonth += b.PerMonth
	a.Total += b.Total
	a.MinutesPerDay += b.MinutesPerDay
	a.MinutesEach += b.MinutesEach
	a.Weekdays = append(a.Weekdays, b.Weekdays...)
	for _, hour := range b.Hours {
		if !slices.Contains(a.Hours, hour) {
			a.Hours = append(a.Hours, hour)
		}
	}
	if a.From.IsZero() {
		a.From = b.From
	}
	if a.Until.IsZero() {
		a.Until = b.Until
	}
	if a.Around.IsZero() {
		a.Around = b.Around
	}
	a.Regular, a.Attached, a.Relay = a.Regular || b.Regular, a.Attached || b.Attached, a.Relay || b.Relay
	return a
}
