package scheduler

import "time"

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
// topic of which nothing is demanded is owed once a day for [DefaultPeriod].
func Owes(d Directive, t Topic, area AreaID, today Date) Obligation {
	o := Obligation{
		ID:        shortDigest(string(d.ID), itoa(t.Ordinal), string(area)),
		Directive: d.ID,
		Topic:     t.Ordinal,
		Area:      area,
		From:      today,
	}
	for _, m := range append(append([]Demand{}, t.Demands...), d.Demands...) {
		o = o.demanding(m)
	}
	if o.PerDay == 0 && o.PerWeek == 0 {
		o.PerDay = 1
	}
	if !o.Until.Complete() {
		o.Until = DateOf(o.From.Start(time.UTC).Add(DefaultPeriod))
	}
	return o
}

// demanding fills what o does not say yet from m.
func (o Obligation) demanding(m Demand) Obligation {
	if o.PerDay == 0 {
		o.PerDay = m.PerDay
	}
	if o.PerWeek == 0 {
		o.PerWeek = m.PerWeek
	}
	if o.Weekdays == nil {
		o.Weekdays = m.Weekdays
	}
	if m.From.Complete() && o.From.Before(m.From) {
		o.From = m.From
	}
	if m.Until.Complete() && !o.Until.Complete() && !m.Until.Before(o.From) {
		o.Until = m.Until
	}
	return o
}
