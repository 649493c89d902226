package plan

import (
	"slices"
	"time"

	"loaphuong/scheduler"
)

// lintDebt is an obligation at a place.
type lintDebt struct {
	*scheduler.Obligation
	topic    lintTopic
	recorded []*scheduler.Recording // not recalled and in its language, the newest first
	voice    *scheduler.Recording   // what meets it; nil where nothing does
	perDay   time.Duration          // what it takes on a day it is owed
}

// openDebts lists what is owed at a place.
func (l *linter) openDebts(p *lintPlace) {
	for i := range l.in.Obligations {
		o := &l.in.Obligations[i]
		if !p.chain[o.Area] {
			continue
		}
		d := lintDebt{Obligation: o, topic: lintTopic{o.Directive, o.Topic}}
		wanted := p.languages
		if d.recorded = l.topics[d.topic]; o.Language != "" {
			wanted = nil
			d.recorded = slices.DeleteFunc(slices.Clone(d.recorded), func(r *scheduler.Recording) bool { return r.Language != o.Language })
		}
		if d.voice = lintVoice(d.recorded, wanted); d.voice != nil {
			d.perDay = lintPerDay(o, d.voice.Duration)
		}
		p.debts = append(p.debts, d)
	}
}

// lintVoice is the recording that a place airs: the newest that is approved, in
// the language most wanted.
func lintVoice(recorded []*scheduler.Recording, wanted []string) *scheduler.Recording {
	for _, r := range recorded {
		if len(wanted) == 0 && r.Approved() {
			return r
		}
	}
	for _, language := range wanted {
		for _, r := range recorded {
			if r.Language == language && r.Approved() {
				return r
			}
		}
	}
	return nil
}

// lintPerDay is how long an obligation is to sound on a day it is owed, with the
// gaps: a number a week is spread evenly over its days.
func lintPerDay(o *scheduler.Obligation, length time.Duration) time.Duration {
	days := time.Duration(len(o.Weekdays))
	if days == 0 {
		days = 7
	}
	each := length + Gap
	sum := max(time.Duration(o.PerDay)*each, time.Duration(o.PerWeek)*each/days)
	if minutes := time.Duration(o.MinutesPerDay) * time.Minute; minutes > 0 && length > 0 {
		sum = max(sum, (minutes+length-1)/length*each)
	}
	return sum
}

// on reports whether the obligation is in force on a day.
func (o lintDebt) on(day scheduler.Date) bool {
	if day.Before(o.From) || o.Until.Before(day) {
		return false
	}
	return len(o.Weekdays) == 0 || slices.Contains(o.Weekdays, day.Weekday())
}

// lintTopics finds what is owed at a place and cannot be aired there.
func (l *linter) lintTopics(p *lintPlace) {
	for _, o := range p.debts {
		first := slices.IndexFunc(p.days, func(d lintDay) bool { return o.on(d.Date) })
		if first < 0 || l.withdrawn[o.topic] {
			continue
		}
		f := scheduler.Finding{Level: scheduler.Wrong, Directive: o.Directive, Topic: o.Topic, At: p.days[first].from}
		if f.At.Before(l.in.From) {
			f.At = l.in.From
		}
		switch {
		case len(o.recorded) == 0:
			f.Code = scheduler.TopicNoAudio
			l.at(p, f)
		case !slices.ContainsFunc(o.recorded, func(r *scheduler.Recording) bool { return r.Approved() }):
			f.Code = scheduler.TopicNotApproved
			l.at(p, f)
		}
		if f.Code = scheduler.TopicNoWindow; !p.hasWindow(o) {
			l.at(p, f)
		}
	}
}

// hasWindow reports whether a programme has a window on any whole day of the
// span on which an obligation is owed, or there is no such day.
func (p *lintPlace) hasWindow(o lintDebt) bool {
	owed := false
	for _, d := range p.days {
		if !d.whole || !o.on(d.Date) {
			continue
		}
		owed = true
		if d.windows > 0 {
			return true
		}
	}
	return !owed
}
