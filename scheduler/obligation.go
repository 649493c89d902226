package scheduler

import (
	"cmp"
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
	// MinutesPerDay is how long the topic is to sound on a day, on top of PerDay:
	// the shorter its recording, the more often.
	MinutesPerDay int `json:"minutesPerDay,omitempty"`
	// Class says whether it comes before others where not all can be met; "" is
	// [Ordinary].
	Class Class `json:"class,omitempty"`
	// Language is that of the recordings it is met by, BCP 47; "" leaves it to
	// the station.
	Language string `json:"language,omitempty"`
	// Hours are when the letter would have it aired. They are a wish: what the
	// station has are its programmes.
	Hours []TimeOfDay `json:"hours,omitempty"`
}

// DefaultPeriod is how long a topic is owed where its letter sets no end.
const DefaultPeriod = 30 * 24 * time.Hour

// DefaultAround is how many days before and after a day a topic is owed of
// which the letter says "before, on and after" that day.
const DefaultAround = 7

// Owes turns what a letter demands of a topic into what an area owes it from
// today on. The topic's own demands come before those of the whole letter; a
// topic of which no number is demanded is owed once a day, and one whose end
// is not said or past is owed for [DefaultPeriod]. A number a month or in all
// becomes the number a week that surely reaches it.
func Owes(d Directive, t Topic, area AreaID, today Date) Obligation {
	o := Obligation{
		ID:        shortDigest(string(d.ID), itoa(t.Ordinal), string(area)),
		Directive: d.ID,
		Topic:     t.Ordinal,
		Area:      area,
	}
	own, all := ofTopics(t.Demands), ofTopics(d.Demands)
	demands := slices.Concat(own, all)
	number, total := slices.IndexFunc(demands, Demand.counts), 0
	if number >= 0 {
		m := demands[number]
		o.PerDay, o.PerWeek, total = m.PerDay, max(m.PerWeek, (m.PerMonth+3)/4), m.Total
		o.Weekdays = m.Weekdays
	}
	for _, m := range demands {
		o = o.demanding(m, today)
	}
	if o.Weekdays == nil {
		if o.Weekdays = days(own); o.Weekdays == nil {
			o.Weekdays = days(all)
		}
	}
	if o.From.Before(today) {
		o.From = today
	}
	if o.Until.Before(o.From) {
		o.Until = o.From.AddDays(int(DefaultPeriod/(24*time.Hour)) - 1)
	}
	if o.PerDay == 0 && o.PerWeek == 0 {
		o = o.spread(total)
	}
	return o
}

// Lapsed is the last day that a letter demands of a topic, where every such day
// is past; else the zero date. [Owes] does not reckon with a day that is past.
func Lapsed(d Directive, t Topic, today Date) (last Date) {
	for _, m := range slices.Concat(t.Demands, d.Demands) {
		switch _, until := m.period(); {
		case !until.Complete():
		case !until.Before(today):
			return Date{}
		case last.Before(until):
			last = until
		}
	}
	return last
}

// counts reports whether the demand says how often.
func (m Demand) counts() bool { return m.PerDay > 0 || m.PerWeek > 0 || m.PerMonth > 0 || m.Total > 0 }

// ofTopics leaves out what is demanded of relays alone: the day of a ceremony
// that is relayed is not the period of a topic.
func ofTopics(demands []Demand) []Demand {
	return slices.DeleteFunc(slices.Clone(demands), func(m Demand) bool { return m.Relay && !m.counts() })
}

// days are those of the demands that name days alone. A number and its days
// belong together: "twice a week, on Monday and Friday" says nothing to a topic
// that has a number of its own. Days with an hour are those of one broadcast
// ("on Wednesday at 17:45 also in K'Ho") and keep no topic from the other days.
func days(demands []Demand) (days []time.Weekday) {
	for _, m := range demands {
		for _, d := range m.Weekdays {
			if !m.counts() && len(m.Hours) == 0 && !slices.Contains(days, d) {
				days = append(days, d)
			}
		}
	}
	return days
}

// demanding fills what o does not say yet from m.
func (o Obligation) demanding(m Demand, today Date) Obligation {
	if o.Hours == nil {
		o.Hours = m.Hours
	}
	o.MinutesPerDay = cmp.Or(o.MinutesPerDay, m.MinutesPerDay)
	from, until := m.period()
	return o.within(from, until, today)
}

// within takes a period over as far as o has none and it is not past.
func (o Obligation) within(from, until, today Date) Obligation {
	if o.From.IsZero() && from.Complete() {
		o.From = from
	}
	if o.Until.IsZero() && until.Complete() && !until.Before(today) {
		o.Until = until
	}
	return o
}

// period is the days that a demand speaks of.
func (m Demand) period() (from, until Date) {
	if m.Around.Complete() && m.From.IsZero() && m.Until.IsZero() {
		return m.Around.AddDays(-DefaultAround), m.Around.AddDays(DefaultAround)
	}
	return m.From, m.Until
}

// spread sets how often a topic is owed of which only the number in all is
// said, or, where that is 0, none.
func (o Obligation) spread(total int) Obligation {
	days := o.From.DaysUntil(o.Until) + 1
	switch {
	case total >= days:
		o.PerDay = (total + days - 1) / days
	case total > 0:
		o.PerWeek = (total*7 + days - 1) / days
	default:
		o.PerDay = 1
	}
	return o
}
