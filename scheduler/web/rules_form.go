package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"loaphuong/scheduler"
)

// rule reads the form of a rule.
func (f *formReader) rule(id string) scheduler.Rule {
	return scheduler.Rule{
		ID:        scheduler.RuleID(id),
		Name:      f.text("name"),
		Area:      scheduler.AreaID(f.text("area")),
		Weekdays:  f.weekdays("weekdays"),
		From:      f.day("from"),
		Until:     f.day("until"),
		Holidays:  scheduler.HolidayUse(f.text("holidays")),
		Exception: f.ticked("exception"),
		Directive: scheduler.DirectiveID(f.text("directive")),
		Basis:     f.text("basis"),
		Bounds: scheduler.Bounds{
			Silent:        f.ticked("silent"),
			Sessions:      f.number("sessions"),
			SessionLength: f.minutes("session"),
			DayLength:     f.minutes("day"),
			DayFloor:      f.minutes("floor"),
			Spacing:       f.minutes("spacing"),
			Quiet:         f.quiet("quiet"),
		},
	}
}

// ruleValues are the fields of a form that hold a rule.
func ruleValues(r scheduler.Rule) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"id": string(r.ID), "name": r.Name, "area": string(r.Area), "from": writeDate(r.From), "until": writeDate(r.Until),
		"holidays": string(r.Holidays), "exception": yes(r.Exception), "directive": string(r.Directive), "basis": r.Basis,
		"silent": yes(r.Silent), "sessions": numberOr(r.Sessions), "session": minutes(r.SessionLength), "day": minutes(r.DayLength),
		"floor": minutes(r.DayFloor), "spacing": minutes(r.Spacing), "quiet": quietText(r.Quiet),
	} {
		v.Set(name, value)
	}
	for _, d := range r.Weekdays {
		v.Add("weekdays", strconv.Itoa(int(d)))
	}
	return v
}

// RuleFields are the fields of a rule into which a person types.
func (f filled) RuleFields() []askField {
	var all []askField
	for _, x := range []struct {
		name, key string
		number    bool
		hint      string
	}{
		{"sessions", "rule.sessions", true, ""}, {"session", "rule.session", true, ""}, {"day", "rule.day", true, ""},
		{"floor", "rule.floor", true, ""}, {"spacing", "rule.spacing", true, ""}, {"quiet", "fact.quiet", false, "21:00–05:00"},
		{"from", "ask.from", false, f.T("form.daily")}, {"until", "ask.until", false, f.T("form.daily")}, {"basis", "rule.document", false, ""},
	} {
		all = append(all, askField{x.name, f.T(x.key), f.Get(x.name), x.number, x.hint})
	}
	return all
}

// quiet reads spans of hours, "21:00–05:00, 11h30-13h30".
func (f *formReader) quiet(name string) []scheduler.QuietHours {
	var all []scheduler.QuietHours
	for _, span := range strings.FieldsFunc(f.text(name), func(r rune) bool { return r == ',' || r == ';' }) {
		ends := &formReader{words: f.words, values: url.Values{}}
		from, until, two := strings.Cut(strings.ReplaceAll(span, "–", "-"), "-")
		ends.values.Set("from", from)
		ends.values.Set("until", until)
		a, b := ends.hours("from"), ends.hours("until")
		if !two || len(ends.wrong) > 0 || len(a) != 1 || len(b) != 1 {
			f.wrong = append(f.wrong, f.T("form.hours", "text", strings.TrimSpace(span)))
			continue
		}
		all = append(all, scheduler.QuietHours{From: int(a[0]), Until: int(b[0])})
	}
	return all
}

// holiday reads the form of a holiday.
func (f *formReader) holiday(id string) scheduler.Holiday {
	h := scheduler.Holiday{
		ID:     scheduler.HolidayID(id),
		Name:   f.text("name"),
		Lunar:  f.ticked("lunar"),
		Days:   f.number("days"),
		Before: f.number("before"),
		Year:   f.number("year"),
		Off:    f.ticked("off"),
	}
	day, month, _ := strings.Cut(f.text("date"), "/")
	d, dayErr := strconv.Atoi(strings.TrimSpace(day))
	m, monthErr := strconv.Atoi(strings.TrimSpace(month))
	if dayErr != nil || monthErr != nil {
		f.wrong = append(f.wrong, f.T("form.daymonth", "text", f.text("date")))
	}
	h.Day, h.Month = d, time.Month(m)
	return h
}

// holidayValues are the fields of a form that hold a holiday.
func holidayValues(h scheduler.Holiday) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"id": string(h.ID), "name": h.Name, "date": fmt.Sprintf("%d/%d", h.Day, h.Month), "lunar": yes(h.Lunar),
		"days": numberOr(h.Days), "before": numberOr(h.Before), "year": numberOr(h.Year), "off": yes(h.Off),
	} {
		v.Set(name, value)
	}
	return v
}

// newID is the name of something: the one it has, or else one made of what
// people call it that nothing has yet.
func newID(id, name string, taken func(string) bool) string {
	if id != "" {
		return id
	}
	base := slug(name)
	id = base
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

// slug writes words with a-z, 0-9 and hyphens, at most 40 of them.
func slug(words string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(words)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String()[:min(b.Len(), 40)], "-")
	if s == "" {
		return "x"
	}
	return s
}
