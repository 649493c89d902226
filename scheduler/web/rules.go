package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// rulesPage are the rules about airtime and the holidays.
type rulesPage struct {
	*view
	Refused  *refusal
	Rules    []ruleRow
	Holidays []holidayRow
	Rule     filled // the form of a rule
	Holiday  filled // the form of a holiday
	Areas    []option
	Letters  []option
}

// ruleRow is a rule in words.
type ruleRow struct {
	ID        scheduler.RuleID
	Name      string
	Area      string
	Exception bool
	Bounds    []string
	Days      string
	Basis     link
}

// holidayRow is a holiday in words.
type holidayRow struct {
	ID   scheduler.HolidayID
	Name string
	Day  string
	Days string
	Off  bool
}

func (s *server) rules(r *http.Request, v *view) (any, error) {
	return s.rulesPage(r, v, nil)
}

// rulesPage shows the forms with what was typed, or else with the rule or the
// holiday that the address names.
func (s *server) rulesPage(r *http.Request, v *view, typed url.Values) (rulesPage, error) {
	page := rulesPage{view: v, Rule: filled{v, url.Values{}}, Holiday: filled{v, url.Values{}}}
	k, err := s.known(r.Context(), v)
	if err != nil {
		return page, err
	}
	rules, err := s.desk.Rules(r.Context())
	if err != nil {
		return page, err
	}
	holidays, err := s.desk.Holidays(r.Context())
	q := r.URL.Query()
	for _, rule := range rules {
		page.Rules = append(page.Rules, k.ruleRow(rule))
		if string(rule.ID) == q.Get("rule") {
			page.Rule.Values = ruleValues(rule)
		}
	}
	for _, h := range holidays {
		page.Holidays = append(page.Holidays, v.holidayRow(h))
		if string(h.ID) == q.Get("holiday") {
			page.Holiday.Values = holidayValues(h)
		}
	}
	switch typed.Get("do") {
	case "rule":
		page.Rule.Values = typed
	case "holiday":
		page.Holiday.Values = typed
	}
	page.Areas, page.Letters = k.areaOptions(), k.letterOptions()
	return page, err
}

// letterOptions are the letters by their numbers.
func (k *known) letterOptions() []option {
	var all []option
	for id := range k.letters {
		all = append(all, option{string(id), k.letter(id).Text})
	}
	slices.SortFunc(all, func(a, b option) int { return compareNames(a.Text, b.Text, a.Value, b.Value) })
	return all
}

func (k *known) ruleRow(r scheduler.Rule) ruleRow {
	row := ruleRow{ID: r.ID, Name: named(r.Name, r.ID), Area: k.area(r.Area), Exception: r.Exception, Bounds: k.bounds(r.Bounds), Basis: link{Text: r.Basis}}
	if r.Directive != "" {
		row.Basis = k.letter(r.Directive)
	}
	var days []string
	for _, d := range r.Weekdays {
		days = append(days, k.weekday(d))
	}
	if len(days) == 0 {
		days = append(days, k.T("rule.everyday"))
	}
	if r.Holidays != scheduler.AnyDay {
		days = append(days, k.T("holidays."+string(r.Holidays)))
	}
	if !r.From.IsZero() {
		days = append(days, k.T("asked.from", "day", k.Date(r.From)))
	}
	if !r.Until.IsZero() {
		days = append(days, k.T("asked.until", "day", k.Date(r.Until)))
	}
	row.Days = strings.Join(days, ", ")
	return row
}

// bounds say what is allowed.
func (v *view) bounds(b scheduler.Bounds) []string {
	var said []string
	say := func(is bool, key string, args ...any) {
		if is {
			said = append(said, v.T(key, args...))
		}
	}
	say(b.Silent, "bound.silent")
	say(b.Sessions > 0, "bound.sessions", "n", b.Sessions)
	say(b.SessionLength > 0, "bound.session", "length", v.Span(b.SessionLength))
	say(b.DayLength > 0, "bound.day", "length", v.Span(b.DayLength))
	say(b.DayFloor > 0, "bound.floor", "length", v.Span(b.DayFloor))
	say(b.Spacing > 0, "bound.spacing", "length", v.Span(b.Spacing))
	say(len(b.Quiet) > 0, "bound.quiet", "hours", quietText(b.Quiet))
	return said
}

// quietText writes quiet hours, "21:00–05:00, 11:30–13:30".
func quietText(all []scheduler.QuietHours) string {
	var spans []string
	for _, q := range all {
		spans = append(spans, fmt.Sprintf("%02d:%02d–%02d:%02d", q.From/60, q.From%60, q.Until/60, q.Until%60))
	}
	return strings.Join(spans, ", ")
}

func (v *view) holidayRow(h scheduler.Holiday) holidayRow {
	row := holidayRow{ID: h.ID, Name: named(h.Name, h.ID), Day: fmt.Sprintf("%02d/%02d", h.Day, h.Month), Off: h.Off}
	if h.Lunar {
		row.Day = v.T("holiday.lunar", "day", row.Day)
	}
	if h.Year > 0 {
		row.Day += " " + v.T("holiday.year", "year", h.Year)
	}
	row.Days = v.T("holiday.days", "n", h.Days)
	if h.Before > 0 {
		row.Days += ", " + v.T("holiday.before", "n", h.Before)
	}
	return row
}

// ruled does what a form of the page asks for.
func (s *server) ruled(w http.ResponseWriter, r *http.Request, v *view) error {
	f := &formReader{words: v.words, values: r.PostForm}
	anchor, err := s.takeRule(r, f)
	refused, status, err := v.refusalOf(f.wrong, err)
	switch {
	case err != nil:
		return err
	case refused == nil:
		http.Redirect(w, r, "/rules#"+anchor, http.StatusSeeOther)
		return nil
	}
	page, err := s.rulesPage(r, v, r.PostForm)
	if err != nil {
		return err
	}
	page.Refused = refused
	s.render(w, r, status, "rules", page)
	return nil
}

// takeRule has the desk do what a form asks for, unless something is wrong with
// the form, and returns where on the page to go.
func (s *server) takeRule(r *http.Request, f *formReader) (anchor string, err error) {
	ctx, id := r.Context(), f.text("id")
	switch f.values.Get("do") {
	case "drop-rule":
		return "rules", s.desk.DeleteRule(ctx, scheduler.RuleID(id))
	case "drop-holiday":
		return "holidays", s.desk.DeleteHoliday(ctx, scheduler.HolidayID(id))
	case "rule":
		all, err := s.desk.Rules(ctx)
		rule := f.rule(newID(id, f.text("name"), func(s string) bool {
			return slices.ContainsFunc(all, func(o scheduler.Rule) bool { return string(o.ID) == s })
		}))
		if err != nil || len(f.wrong) > 0 {
			return "", err
		}
		return "rule-" + string(rule.ID), s.desk.PutRule(ctx, rule)
	case "holiday":
		all, err := s.desk.Holidays(ctx)
		holiday := f.holiday(newID(id, f.text("name"), func(s string) bool {
			return slices.ContainsFunc(all, func(o scheduler.Holiday) bool { return string(o.ID) == s })
		}))
		if err != nil || len(f.wrong) > 0 {
			return "", err
		}
		return "holiday-" + string(holiday.ID), s.desk.PutHoliday(ctx, holiday)
	}
	f.wrong = append(f.wrong, f.T("form.place"))
	return "", nil
}
