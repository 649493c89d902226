package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// correction reads what a person wants put right.
func (r *reviewer) correction(verb, rest string) (c scheduler.Correction, err error) {
	switch verb {
	case "set":
		c.Head, err = r.set(rest)
		return c, err
	case "add":
		c.Add = &scheduler.TopicAdd{Words: rest}
		return c, nil
	case "cite", "uncite":
		c.Citations, err = r.cite(verb, rest)
		return c, err
	case "demand":
		c.Demands, err = r.demand(rest)
		return c, err
	case "title", "text", "split", "merge", "drop":
	default:
		return c, fmt.Errorf("%q is no command: see help", verb)
	}
	t, words, err := r.topic(rest)
	say := &scheduler.TopicWords{Topic: t.Ordinal, Section: t.Section, Title: t.Title, Text: t.Text}
	switch verb {
	case "title":
		say.Title, c.Topic = words, say
	case "text":
		say.Text, c.Topic = words, say
	case "split":
		c.Split = &scheduler.TopicSplit{Topic: t.Ordinal, Before: words}
	case "merge":
		c.Merge = &scheduler.TopicMerge{Topic: t.Ordinal}
	case "drop":
		c.Drop = &scheduler.TopicDrop{Topic: t.Ordinal}
	}
	return c, err
}

// set changes one field of the letterhead.
func (r *reviewer) set(rest string) (*scheduler.HeadWords, error) {
	d := r.letter
	h := &scheduler.HeadWords{Kind: d.Kind, Number: d.Number, Date: d.Date, Issuer: d.Issuer, Subject: d.Subject, Signatory: d.Signatory}
	field, words, _ := strings.Cut(rest, " ")
	words = strings.TrimSpace(words)
	switch field {
	case "kind":
		h.Kind = words
	case "number":
		h.Number = words
	case "issuer":
		h.Issuer = words
	case "subject":
		h.Subject = words
	case "name":
		h.Signatory.Name = words
	case "position":
		h.Signatory.Position = words
	case "date":
		var err error
		h.Date, err = scheduler.ParseDate(words)
		return h, err
	default:
		return nil, fmt.Errorf("set %q: use kind, number, date, issuer, subject, name or position", field)
	}
	return h, nil
}

// ofTopic reads the number of a topic, or 0 for the letter.
func (r *reviewer) ofTopic(words string) (n int, rest string, err error) {
	if number, rest, _ := strings.Cut(words, " "); number == "0" {
		return 0, strings.TrimSpace(rest), nil
	}
	t, rest, err := r.topic(words)
	return t.Ordinal, rest, err
}

// cite adds a document to those of a topic, or takes one out.
func (r *reviewer) cite(verb, words string) (*scheduler.TopicCitations, error) {
	n, rest, err := r.ofTopic(words)
	if err != nil {
		return nil, err
	}
	c := &scheduler.TopicCitations{Topic: n, Citations: slices.Clone(r.outside())}
	if n > 0 {
		c.Citations = slices.Clone(r.letter.Topics[n-1].Citations)
	}
	if verb == "uncite" {
		kept := slices.DeleteFunc(slices.Clone(c.Citations), func(x scheduler.Citation) bool { return x.Number == rest })
		if len(kept) == len(c.Citations) {
			return nil, fmt.Errorf("uncite: there is no document %q", rest)
		}
		c.Citations = kept
		return c, nil
	}
	fields := strings.SplitN(rest+"||||", "|", 6)
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	date, err := scheduler.ParseDate(fields[2])
	c.Citations = append(c.Citations, scheduler.Citation{Kind: fields[0], Number: fields[1], Date: date, Issuer: fields[3], Subject: strings.Trim(fields[4], "|")})
	return c, err
}

// outside is what the letter cites outside its topics.
func (r *reviewer) outside() (out []scheduler.Citation) {
	key := func(c scheduler.Citation) [3]string { return [3]string{c.Number, c.Date.String(), c.Issuer} }
	for _, c := range r.letter.Citations {
		if !slices.ContainsFunc(r.letter.Topics, func(t scheduler.Topic) bool {
			return slices.ContainsFunc(t.Citations, func(x scheduler.Citation) bool { return key(x) == key(c) })
		}) {
			out = append(out, c)
		}
	}
	return out
}

// demand reads what is demanded of a topic instead of what was understood. The
// letter's own words are kept beside it.
func (r *reviewer) demand(words string) (*scheduler.TopicDemands, error) {
	n, rest, err := r.ofTopic(words)
	if err != nil {
		return nil, err
	}
	was := r.letter.Demands
	if n > 0 {
		was = r.letter.Topics[n-1].Demands
	}
	if rest == "none" {
		return &scheduler.TopicDemands{Topic: n}, nil
	}
	m := scheduler.Demand{Text: rest}
	if len(was) > 0 {
		m.Text, m.Spans = was[0].Text, was[0].Spans
	}
	for _, part := range strings.Fields(rest) {
		if err := demandPart(&m, part); err != nil {
			return nil, fmt.Errorf("demand %q: %w", part, err)
		}
	}
	return &scheduler.TopicDemands{Topic: n, Demands: []scheduler.Demand{m}}, nil
}

// demandPart reads one "name=value".
func demandPart(m *scheduler.Demand, part string) (err error) {
	name, value, _ := strings.Cut(part, "=")
	numbers := map[string]*int{"a-day": &m.PerDay, "a-week": &m.PerWeek, "a-month": &m.PerMonth, "total": &m.Total,
		"minutes-a-day": &m.MinutesPerDay, "minutes-each": &m.MinutesEach}
	dates := map[string]*scheduler.Date{"from": &m.From, "until": &m.Until, "around": &m.Around}
	switch {
	case numbers[name] != nil:
		*numbers[name], err = strconv.Atoi(value)
	case dates[name] != nil:
		*dates[name], err = scheduler.ParseDate(value)
	case name == "days":
		m.Weekdays, err = each(value, func(s string) (time.Weekday, error) {
			n, err := strconv.Atoi(s)
			return time.Weekday(n % 7), err
		})
	case name == "at":
		m.Hours, err = each(value, scheduler.ParseTimeOfDay)
	case name == "regular":
		m.Regular = true
	default:
		err = errors.New("use a-day, a-week, a-month, total, minutes-a-day, minutes-each, days, at, from, until, around, regular or none")
	}
	return err
}

// each reads a list parted by commas.
func each[T any](list string, read func(string) (T, error)) (all []T, err error) {
	for _, s := range strings.Split(list, ",") {
		v, err := read(s)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// showTopic prints all of a topic.
func showTopic(w io.Writer, t scheduler.Topic) {
	fmt.Fprintf(w, "%d. %s\n\n%s\n", t.Ordinal, t.Title, t.Text)
	for _, x := range t.Citations {
		fmt.Fprintf(w, "  cites %s | %s | %s | %s | %s\n", x.Kind, x.Number, x.Date, x.Issuer, x.Subject)
	}
	for _, m := range t.Demands {
		fmt.Fprintf(w, "  demands %s\n", demands([]scheduler.Demand{m}))
	}
}
