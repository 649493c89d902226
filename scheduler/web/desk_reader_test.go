package web

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loaphuong/scheduler"
)

// What the desk in memory understands of a letter. It reads only what is
// written plainly, but says of everything where it stands.

// patterns are how a plain letter says things.
type patterns struct {
	number, date, subject, section, citation, perDay, until *regexp.Regexp
}

func plainly() patterns {
	const day = `(\d{1,2}/\d{1,2}/\d{4})`
	return patterns{
		number:   regexp.MustCompile(`Số: *([^\s]+)`),
		date:     regexp.MustCompile(`ngày +(\d+) +tháng +(\d+) +năm +(\d+)`),
		subject:  regexp.MustCompile(`(?s)V/v (.*?)\n\n`),
		section:  regexp.MustCompile(`(?m)^(\d+)\. `),
		citation: regexp.MustCompile(`(Công văn|Kế hoạch|Quyết định|Thông báo|Chỉ thị|Hướng dẫn)\s+số\s+(\S+)\s+ngày\s+` + day + `\s+của\s+([^;,.(]+?)\s+(?:về|giai)`),
		perDay:   regexp.MustCompile(`[^.\n]*?(\d+) lượt/ngày[^.]*`),
		until:    regexp.MustCompile(`hết\s+ngày\s+` + day),
	}
}

// group is a group of a match as text, and where it stands.
func group(text string, m []int, n int) (string, []scheduler.Span) {
	return text[m[2*n]:m[2*n+1]], []scheduler.Span{{From: m[2*n], To: m[2*n+1]}}
}

func plainDate(s string) scheduler.Date {
	d, err := readDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func readNaively(text string) scheduler.Directive {
	is := plainly()
	d := scheduler.Directive{ID: scheduler.DirectiveIDOf(text), Kind: "Công văn", Topics: []scheduler.Topic{}, Citations: []scheduler.Citation{}, Demands: []scheduler.Demand{}}
	d.Subject, _, _ = strings.Cut(text, "\n")
	if m := is.number.FindStringSubmatchIndex(text); m != nil {
		d.Number, d.Spans.Number = group(text, m, 1)
	}
	if m := is.date.FindStringSubmatchIndex(text); m != nil {
		d.Date = plainDate(is.date.ReplaceAllString(text[m[0]:m[1]], "$1/$2/$3"))
		d.Spans.Date = []scheduler.Span{{From: m[0], To: m[1]}}
	}
	if m := is.subject.FindStringSubmatchIndex(text); m != nil {
		d.Subject, d.Spans.Subject = group(text, m, 1)
		d.Subject = strings.Join(strings.Fields(d.Subject), " ")
	}
	ends := []int{}
	for _, m := range is.section.FindAllStringIndex(text, -1) {
		ends = append(ends, m[0])
	}
	for i, from := range ends {
		to := len(text)
		if n := strings.Index(text[from:], "\n\n"); n >= 0 {
			to = from + n
		}
		if i+1 < len(ends) {
			to = min(to, ends[i+1])
		}
		d.Topics = append(d.Topics, topicIn(text, scheduler.Span{From: from, To: to}))
	}
	for _, m := range demandsIn(text, scheduler.Span{To: len(text)}) {
		if !slices.ContainsFunc(d.Topics, func(t scheduler.Topic) bool {
			return t.Spans[0].From <= m.Spans[0].From && m.Spans[0].From < t.Spans[0].To
		}) {
			d.Demands = append(d.Demands, m)
		}
	}
	return settled(d)
}

// settled counts the topics and gathers their citations.
func settled(d scheduler.Directive) scheduler.Directive {
	d.Draft = d.Number == "" || d.Number[0] == '/' || !d.Date.Complete()
	d.Citations = []scheduler.Citation{}
	for i := range d.Topics {
		d.Topics[i].Ordinal = i + 1
		d.Citations = append(d.Citations, d.Topics[i].Citations...)
	}
	return d
}

func topicIn(text string, spans ...scheduler.Span) scheduler.Topic {
	t := scheduler.Topic{Spans: spans, Citations: []scheduler.Citation{}, Demands: []scheduler.Demand{}}
	var words []string
	for _, s := range spans {
		words = append(words, strings.Fields(text[s.From:s.To])...)
		for _, m := range plainly().citation.FindAllStringSubmatchIndex(text[s.From:s.To], -1) {
			for i := range m {
				m[i] += s.From
			}
			c := scheduler.Citation{Date: plainDate(text[m[6]:m[7]]), Spans: []scheduler.Span{{From: m[2], To: m[9]}}}
			c.Kind, _ = group(text, m, 1)
			c.Number, _ = group(text, m, 2)
			c.Issuer, _ = group(text, m, 4)
			c.Issuer = strings.Join(strings.Fields(c.Issuer), " ")
			t.Citations = append(t.Citations, c)
		}
		t.Demands = append(t.Demands, demandsIn(text, s)...)
	}
	t.Text = strings.Join(words, " ")
	t.Title = strings.Join(words[:min(14, len(words))], " ")
	if before, _, ok := strings.Cut(t.Text, ". "); ok && len(before) < 3 {
		t.Section = before
	}
	return t
}

func demandsIn(text string, s scheduler.Span) []scheduler.Demand {
	var all []scheduler.Demand
	for _, m := range plainly().perDay.FindAllStringSubmatchIndex(text[s.From:s.To], -1) {
		words, _ := group(text[s.From:s.To], m, 0)
		d := scheduler.Demand{Text: strings.Join(strings.Fields(words), " "), Spans: []scheduler.Span{{From: s.From + m[0], To: s.From + m[1]}}}
		d.PerDay, _ = strconv.Atoi(text[s.From+m[2] : s.From+m[3]])
		if u := plainly().until.FindStringSubmatch(words); u != nil {
			d.Until = plainDate(u[1])
		}
		all = append(all, d)
	}
	return all
}

// correctNaively puts one thing right.
func correctNaively(d scheduler.Directive, text string, c scheduler.Correction) (scheduler.Directive, error) {
	d.Topics = slices.Clone(d.Topics)
	at := cmp.Or(topicOf(c), 1) - 1
	if topicOf(c) > len(d.Topics) || (c.Merge != nil && at == 0) {
		return d, fmt.Errorf("correct letter %s: there is no topic %d", d.ID, topicOf(c))
	}
	switch {
	case c.Head != nil:
		d.Kind, d.Number, d.Date, d.Issuer, d.Subject, d.Signatory = c.Head.Kind, c.Head.Number, c.Head.Date, c.Head.Issuer, c.Head.Subject, c.Head.Signatory
	case c.Topic != nil:
		if d.Topics[at].Text != c.Topic.Text {
			d.Topics[at].Spans = nil
		}
		d.Topics[at].Section, d.Topics[at].Title, d.Topics[at].Text = c.Topic.Section, c.Topic.Title, c.Topic.Text
	case c.Split != nil:
		s := d.Topics[at].Spans
		if len(s) != 1 || c.Split.At <= s[0].From || c.Split.At >= s[0].To {
			return d, fmt.Errorf("split topic %d: byte %d is not in it", at+1, c.Split.At)
		}
		d.Topics[at] = topicIn(text, scheduler.Span{From: s[0].From, To: c.Split.At})
		d.Topics = slices.Insert(d.Topics, at+1, topicIn(text, scheduler.Span{From: c.Split.At, To: s[0].To}))
	case c.Merge != nil:
		d.Topics[at-1] = topicIn(text, slices.Concat(d.Topics[at-1].Spans, d.Topics[at].Spans)...)
		d.Topics = slices.Delete(d.Topics, at, at+1)
	case c.Drop != nil:
		d.Topics = slices.Delete(d.Topics, at, at+1)
	case c.Add != nil:
		d.Topics = append(d.Topics, addedNaively(text, *c.Add))
	case c.Citations != nil && c.Citations.Topic > 0:
		d.Topics[at].Citations = c.Citations.Citations
	case c.Demands != nil && c.Demands.Topic > 0:
		d.Topics[at].Demands = c.Demands.Demands
	case c.Demands != nil:
		d.Demands = c.Demands.Demands
	}
	return settled(d), nil
}

func addedNaively(text string, a scheduler.TopicAdd) scheduler.Topic {
	if i := strings.Index(text, a.Words); a.Words != "" && i >= 0 {
		a.Span = scheduler.Span{From: i, To: i + len(a.Words)}
	}
	if a.Span.To > 0 {
		return topicIn(text, a.Span)
	}
	return scheduler.Topic{Title: a.Words, Text: a.Words, Citations: []scheduler.Citation{}, Demands: []scheduler.Demand{}}
}

// topicOf is the topic that a correction is of, or 0.
func topicOf(c scheduler.Correction) int {
	switch {
	case c.Topic != nil:
		return c.Topic.Topic
	case c.Split != nil:
		return c.Split.Topic
	case c.Merge != nil:
		return c.Merge.Topic
	case c.Drop != nil:
		return c.Drop.Topic
	case c.Citations != nil:
		return c.Citations.Topic
	case c.Demands != nil:
		return c.Demands.Topic
	}
	return 0
}
