package web

import (
	"context"
	"net/http"
	"time"

	"loaphuong/scheduler"
)

// RuleForm is what is said of a rule besides its name in the path.
type RuleForm struct {
	Name      string                `json:"name,omitempty"`
	Area      scheduler.AreaID      `json:"area"`
	Weekdays  []time.Weekday        `json:"weekdays,omitempty" doc:"0 for Sunday to 6; every day when empty"`
	From      scheduler.Date        `json:"from,omitzero" doc:"its first day"`
	Until     scheduler.Date        `json:"until,omitzero" doc:"its last day"`
	Holidays  scheduler.HolidayUse  `json:"holidays,omitempty" doc:"only or skip; any day when empty"`
	Exception bool                  `json:"exception,omitempty" doc:"it stands in place of all rules that are none"`
	Directive scheduler.DirectiveID `json:"directive,omitempty" doc:"the letter that orders it"`
	Basis     string                `json:"basis,omitempty" doc:"or any other document"`
	scheduler.Bounds
}

// HolidayForm is what is said of a holiday besides its name in the path.
type HolidayForm struct {
	Name   string     `json:"name"`
	Month  time.Month `json:"month" minimum:"1" maximum:"12"`
	Day    int        `json:"day" minimum:"1" maximum:"31"`
	Lunar  bool       `json:"lunar,omitempty" doc:"month and day are of the Vietnamese lunar calendar"`
	Days   int        `json:"days" minimum:"1" maximum:"31" doc:"how many days it lasts"`
	Before int        `json:"before,omitempty" doc:"how many of them come before the day itself"`
	Year   int        `json:"year,omitempty" doc:"only in this year of its calendar; every year when 0"`
	Off    bool       `json:"off,omitempty" doc:"kept on the list and not observed"`
}

type ruleInput struct {
	ID scheduler.RuleID `path:"id"`
}

type putRuleInput struct {
	ID   scheduler.RuleID `path:"id"`
	Body RuleForm
}

type holidayInput struct {
	ID scheduler.HolidayID `path:"id"`
}

type putHolidayInput struct {
	ID   scheduler.HolidayID `path:"id"`
	Body HolidayForm
}

// rules are the operations on what bounds the plan.
func (a *api) rules() {
	add(a, op(http.MethodPut, "/v1/rules/{id}", "put-rule", "Add or change a rule about airtime"),
		func(ctx context.Context, in *putRuleInput) (*nothing, error) {
			return nil, a.desk.PutRule(ctx, in.Body.rule(in.ID))
		})
	add(a, op(http.MethodGet, "/v1/rules", "list-rules", "List the rules about airtime"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Rule], error) {
			return list(a.desk.Rules(ctx))
		})
	add(a, op(http.MethodDelete, "/v1/rules/{id}", "delete-rule", "Take a rule away"),
		func(ctx context.Context, in *ruleInput) (*nothing, error) {
			return nil, a.desk.DeleteRule(ctx, in.ID)
		})
	add(a, op(http.MethodPut, "/v1/holidays/{id}", "put-holiday", "Add or change a holiday"),
		func(ctx context.Context, in *putHolidayInput) (*nothing, error) {
			return nil, a.desk.PutHoliday(ctx, in.Body.holiday(in.ID))
		})
	add(a, op(http.MethodGet, "/v1/holidays", "list-holidays", "List the holidays"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Holiday], error) {
			all, err := a.desk.Holidays(ctx)
			return list([]scheduler.Holiday(all), err)
		})
	add(a, op(http.MethodDelete, "/v1/holidays/{id}", "delete-holiday", "Take a holiday away"),
		func(ctx context.Context, in *holidayInput) (*nothing, error) {
			return nil, a.desk.DeleteHoliday(ctx, in.ID)
		})
}

// ruleForm is the rule without its name.
func ruleForm(r scheduler.Rule) RuleForm {
	return RuleForm{
		Name: r.Name, Area: r.Area, Weekdays: r.Weekdays, From: r.From, Until: r.Until, Holidays: r.Holidays,
		Exception: r.Exception, Directive: r.Directive, Basis: r.Basis, Bounds: r.Bounds,
	}
}

// rule is the rule of that name.
func (f RuleForm) rule(id scheduler.RuleID) scheduler.Rule {
	return scheduler.Rule{
		ID: id, Name: f.Name, Area: f.Area, Weekdays: f.Weekdays, From: f.From, Until: f.Until, Holidays: f.Holidays,
		Exception: f.Exception, Directive: f.Directive, Basis: f.Basis, Bounds: f.Bounds,
	}
}

// holidayForm is the holiday without its name.
func holidayForm(h scheduler.Holiday) HolidayForm {
	return HolidayForm{h.Name, h.Month, h.Day, h.Lunar, h.Days, h.Before, h.Year, h.Off}
}

// holiday is the holiday of that name.
func (f HolidayForm) holiday(id scheduler.HolidayID) scheduler.Holiday {
	return scheduler.Holiday{
		ID: id, Name: f.Name, Month: f.Month, Day: f.Day, Lunar: f.Lunar,
		Days: f.Days, Before: f.Before, Year: f.Year, Off: f.Off,
	}
}
