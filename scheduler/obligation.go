package scheduler

import (
	"slices"
	"time"
)

// Obligation is what every station of an area owes a topic over a period.
type Obligation struct {
	ID        string         `json:"id"`
	Directive DirectiveID    `json:"directive"`
	Topic     int            `json:"topic"` // the topic's ordinal
	Area      AreaID         `json:"area"`
	From      Date           `json:"from"`  // first day, in the station's zone
	Until     Date           `json:"until"` // last day
	PerDay    int            `json:"perDay"`
	PerWeek   int            `json:"perWeek,omitempty"`
	Weekdays  []time.Weekday `json:"weekdays,omitempty"` // empty: every day
}

// DefaultPeriod is how long a topic is owed where its letter sets no end.
const DefaultPeriod = 30 * 24 * time.Hour

// Owes turns what a letter demands of a topic into what an area owes it from
// today on. The topic's own demands come before those of the whole letter; a
// topic of which no number is demanded is owed once a day, and one whose end
// is not said or past is owed for [DefaultPeriod].
func Owes(d Directive, t Topic, area AreaID, today Date) Obligation {
	o := Obligation{
		ID:        shortDigest(string(d.ID), itoa(t.Ordinal), string(area)),
		Directive: d.ID,
		Topic:     t.Ordinal,
		Area:      area,
	}
	for _, m := range slices.Concat(t.Demands, d.Demands) {
		o = o.demanding(m, today)
	}
	if o.PerDay == 0 && o.PerWeek == 0 {
		o.PerDay = 1
	}
	if o.From.Before(today) {
		o.From = today
	}
	if o.Until.Before(o.From) {
		o.Until = DateOf(o.From.Start(time.UTC).Add(DefaultPeriod - 24*time.Hour))
	}
	return o
}

// demanding fills what o does not say yet from m. A number and its weekdays
// belong together: "twice a week, on Monday and Friday" says nothing to a topic
// that has a number of its own.
func (o Obligation) demanding(m Demand, today Date) Obligation {
	counted := o.PerDay > 0 || o.PerWeek > 0
	if !counted {
		o.PerDay, o.PerWeek = m.PerDay, m.PerWeek
	}
	if o.Weekdays == nil && !(counted && (m.PerDay > 0 || m.PerWeek > 0)) {
		o.Weekdays = m.Weekdays
	}
	if o.From.IsZero() && m.From.Complete() {
		o.From = m.From
	}
	if o.Until.IsZero() && m.Until.Complete() && !m.Until.Before(today) {
		o.Until = m.Until
	}
	return o
}
