package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newRule() *cobra.Command {
	return group("rule", "What offices order about airtime: caps, floors, quiet hours", newRuleAdd(), newRuleList(), newRuleRemove())
}

const ruleHelp = `Add or change a rule about the airtime of the stations of an area. Rules bind together, the
narrowest cap and the highest floor; an exception stands on its days in place of all that are none.
For example, two sessions a day of 15 minutes on working days, and a campaign with Sundays:

  loaphuong rule add phuong --area ha-noi --weekdays mon-fri --sessions 2 --session-length 15m
  loaphuong rule add nghi --area ha-noi --weekdays sat,sun --silent
  loaphuong rule add dai-hoi --area ha-noi --from 2027-01-04 --until 2027-01-31 --sessions 5 \
    --exception --basis 'Kế hoạch 12/KH-UBND'`

func newRuleAdd() *cobra.Command {
	c := &cobra.Command{
		Use:   "add ID",
		Short: "Add or change a rule about airtime",
		Long:  ruleHelp,
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := ruleFrom(c, args[0])
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return centre.PutRule(c.Context(), r)
		},
	}
	f := c.Flags()
	f.String("area", "", "the area whose stations it binds")
	f.String("name", "", "what people call it")
	f.StringSlice("weekdays", nil, "the days on which it binds: mon,fri or mon-fri; every day when empty")
	f.String("from", "", "its first day, such as 2026-11-23")
	f.String("until", "", "its last day")
	f.String("holidays", "", "only: binds only on holidays; skip: not on them")
	f.Bool("exception", false, "it stands in place of all rules that are none")
	f.String("directive", "", "the letter that orders it,")
	f.String("basis", "", "or the name of any document that does")
	f.Int("sessions", 0, "at most so many windows a day with anything in them")
	f.Duration("session-length", 0, "what is played of one window at most, relay included")
	f.Duration("day-length", 0, "all windows of a day together at most")
	f.Duration("day-floor", 0, "all windows of a day together at least")
	f.Duration("spacing", 0, "from the beginning of an item until it may come again, at least")
	f.StringSlice("quiet", nil, "quiet hours, such as 22:00-04:30; may be given several times")
	f.Bool("silent", false, "nothing is aired at all")
	c.MarkFlagRequired("area")
	return c
}

func ruleFrom(c *cobra.Command, id string) (r scheduler.Rule, err error) {
	f := c.Flags()
	text := func(flag string) string { v, _ := f.GetString(flag); return v }
	r = scheduler.Rule{
		ID: scheduler.RuleID(id), Name: text("name"), Area: scheduler.AreaID(text("area")),
		Holidays: scheduler.HolidayUse(text("holidays")), Directive: scheduler.DirectiveID(text("directive")), Basis: text("basis"),
	}
	r.Exception, _ = f.GetBool("exception")
	days, _ := f.GetStringSlice("weekdays")
	if r.Weekdays, err = parseWeekdays(days); err != nil {
		return r, err
	}
	if r.From, err = dayFlag(c, "from"); err != nil {
		return r, err
	}
	if r.Until, err = dayFlag(c, "until"); err != nil {
		return r, err
	}
	if r.Bounds, err = boundsFrom(c); err != nil {
		return r, err
	}
	return r, r.Check()
}

func boundsFrom(c *cobra.Command) (b scheduler.Bounds, err error) {
	f := c.Flags()
	b.Silent, _ = f.GetBool("silent")
	b.Sessions, _ = f.GetInt("sessions")
	b.SessionLength, _ = f.GetDuration("session-length")
	b.DayLength, _ = f.GetDuration("day-length")
	b.DayFloor, _ = f.GetDuration("day-floor")
	b.Spacing, _ = f.GetDuration("spacing")
	quiet, _ := f.GetStringSlice("quiet")
	b.Quiet, err = parseQuiet(quiet)
	return b, err
}

func newRuleList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the rules about airtime",
		Args:  exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			all, err := centre.Rules(c.Context())
			if err != nil {
				return err
			}
			t := table{heading: []string{"ID", "AREA", "WHEN", "ALLOWS"}}
			for _, r := range all {
				t.add(string(r.ID), string(r.Area), ruleDays(r), boundsWords(r))
			}
			return show(c, t, all)
		}),
	}, "table", "json", "csv")
}

// ruleDays says on which days a rule binds.
func ruleDays(r scheduler.Rule) string {
	days := cmp.Or(weekdays(r.Weekdays), "every day")
	switch r.Holidays {
	case scheduler.OnHolidays:
		days += " on holidays"
	case scheduler.NoOnHolidays:
		days += " but holidays"
	}
	if !r.From.IsZero() {
		days += " from " + r.From.String()
	}
	if !r.Until.IsZero() {
		days += " until " + r.Until.String()
	}
	return days
}

// boundsWords says what a rule allows.
func boundsWords(r scheduler.Rule) string {
	var parts []string
	add := func(is bool, format string, a ...any) {
		if is {
			parts = append(parts, fmt.Sprintf(format, a...))
		}
	}
	b := r.Bounds
	add(b.Silent, "silence")
	add(b.Sessions > 0, "%d sessions", b.Sessions)
	add(b.SessionLength > 0, "%s a session", span(b.SessionLength))
	add(b.DayLength > 0, "%s a day", span(b.DayLength))
	add(b.DayFloor > 0, "%s a day or more", span(b.DayFloor))
	add(b.Spacing > 0, "%s apart", span(b.Spacing))
	for _, q := range b.Quiet {
		add(true, "quiet %s", quietWords(q))
	}
	add(r.Exception, "an exception")
	return strings.Join(parts, ", ")
}

func newRuleRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID",
		Short: "Remove a rule; what was planned by it stays until the next publish",
		Args:  exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			return centre.DeleteRule(c.Context(), scheduler.RuleID(args[0]))
		}),
	}
}
