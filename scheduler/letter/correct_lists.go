package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// citations sets the documents of a topic, or those outside all topics.
func (k corrector) citations(c scheduler.TopicCitations) error {
	given := []scheduler.Citation{}
	for _, one := range c.Citations {
		one, err := tidyCitation(one)
		if err != nil {
			return err
		}
		given = append(given, one)
	}
	if c.Topic == 0 {
		k.d.Citations = slices.DeleteFunc(k.d.Citations, func(x scheduler.Citation) bool { return !k.inTopics(x) })
		k.cite(given)
		return nil
	}
	i, err := k.topic(c.Topic)
	if err != nil {
		return err
	}
	gone := k.d.Topics[i].Citations
	k.d.Topics[i].Citations = given
	k.d.Citations = slices.DeleteFunc(k.d.Citations, func(x scheduler.Citation) bool {
		return slices.ContainsFunc(gone, func(g scheduler.Citation) bool { return sameDocument(g, x) }) && !k.inTopics(x)
	})
	k.cite(given)
	return nil
}

func tidyCitation(c scheduler.Citation) (scheduler.Citation, error) {
	c.Kind, c.Number, c.Issuer, c.Subject = oneLine(c.Kind), tidyNumber(c.Number), oneLine(c.Issuer), oneLine(c.Subject)
	switch {
	case c.Number == "":
		return c, fmt.Errorf("a citation without a number: give one, such as 3168/UBND-VP, or take the citation out")
	case max(len(c.Number), len(c.Kind), len(c.Issuer), len(c.Subject)) > maxSubject:
		return c, fmt.Errorf("citation %.40s is too long: give at most %d bytes in each field", c.Number, maxSubject)
	case c.Kind == "":
		return c, fmt.Errorf("citation %s has no kind: give one, such as Công văn", c.Number)
	}
	return c, nil
}

func (k corrector) inTopics(c scheduler.Citation) bool {
	return slices.ContainsFunc(k.d.Topics, func(t scheduler.Topic) bool {
		return slices.ContainsFunc(t.Citations, func(x scheduler.Citation) bool { return sameDocument(c, x) })
	})
}

// cite takes documents into the letter's list, each where it stands; those that
// a person typed come last.
func (k corrector) cite(more []scheduler.Citation) {
	var all unique
	for _, c := range slices.Concat(k.d.Citations, more) {
		all.add(c)
	}
	place := func(c scheduler.Citation) int {
		if len(c.Spans) == 0 {
			return len(k.text)
		}
		return c.Spans[0].From
	}
	k.d.Citations = all.all()
	slices.SortStableFunc(k.d.Citations, func(a, b scheduler.Citation) int { return place(a) - place(b) })
}

// demands sets the demands on a topic, or on the whole letter.
func (k corrector) demands(m scheduler.TopicDemands) error {
	given := []scheduler.Demand{}
	for _, one := range m.Demands {
		one.Text = strings.TrimSpace(one.Text)
		if one.Text == "" && one.IsWish() {
			continue // an empty row of a form
		}
		if err := checkDemand(one); err != nil {
			return err
		}
		given = append(given, one)
	}
	if m.Topic == 0 {
		k.d.Demands = given
		return nil
	}
	i, err := k.topic(m.Topic)
	if err == nil {
		k.d.Topics[i].Demands = given
	}
	return err
}

// checkDemand refuses what no letter can mean.
func checkDemand(m scheduler.Demand) error {
	for _, c := range []struct {
		what     string
		n, limit int
	}{
		{"airings a day", m.PerDay, maxPerDay}, {"airings a week", m.PerWeek, 7 * maxPerDay}, {"airings a month", m.PerMonth, 31 * maxPerDay},
		{"airings in all", m.Total, 366 * maxPerDay}, {"minutes a day", m.MinutesPerDay, maxMinutes}, {"minutes each time", m.MinutesEach, maxMinutes},
	} {
		if c.n < 0 || c.n > c.limit {
			return fmt.Errorf("demand %.40q: %d %s: use 0 to %d", m.Text, c.n, c.what, c.limit)
		}
	}
	for _, d := range m.Weekdays {
		if d < time.Sunday || d > time.Saturday {
			return fmt.Errorf("demand %.40q: weekday %d: use 0 (Sunday) to 6", m.Text, d)
		}
	}
	for _, h := range m.Hours {
		if h < 0 || h >= maxMinutes {
			return fmt.Errorf("demand %.40q: hour %s: use 00:00 to 23:59", m.Text, h)
		}
	}
	for what, d := range map[string]scheduler.Date{"first day": m.From, "last day": m.Until, "day": m.Around} {
		if !d.IsZero() && !d.Complete() {
			return fmt.Errorf("demand %.40q: %s %s is no whole day: use YYYY-MM-DD", m.Text, what, d)
		}
	}
	if m.From.Complete() && m.Until.Complete() && m.Until.Before(m.From) {
		return fmt.Errorf("demand %.40q: its last day, %s, comes before its first, %s", m.Text, m.Until, m.From)
	}
	if len(m.Text) > maxSubject {
		return fmt.Errorf("a demand of %d bytes: give at most %d", len(m.Text), maxSubject)
	}
	return nil
}
