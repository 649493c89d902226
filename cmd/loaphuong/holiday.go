package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newHoliday() *cobra.Command {
	return group("holiday", "The days that programmes and rules may treat apart", newHolidayAdd(), newHolidayList(), newHolidayRemove())
}

func newHolidayAdd() *cobra.Command {
	c := &cobra.Command{
		Use:   "add ID",
		Short: "Add or change a holiday, by the solar or the Vietnamese lunar calendar",
		Long: "Add or change a holiday, by the solar or the Vietnamese lunar calendar. For example, two days of\n" +
			"which the first comes before, and Tết, which begins on the last day of the lunar year:\n\n" +
			"  loaphuong holiday add quoc-khanh --name 'Quốc khánh' --day 2/9 --days 2 --before 1\n" +
			"  loaphuong holiday add tet --name 'Tết Nguyên đán' --day 1/1 --lunar --days 5 --before 1",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			h, err := holidayFrom(c, args[0])
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return centre.PutHoliday(c.Context(), h)
		},
	}
	f := c.Flags()
	f.String("name", "", "what people call it")
	f.String("day", "", "its day and month, such as 2/9")
	f.Bool("lunar", false, "the day is of the Vietnamese lunar calendar")
	f.Int("days", 1, "how many days it lasts")
	f.Int("before", 0, "how many of them come before the day itself")
	f.Int("year", 0, "only in this year of its calendar; every year when 0")
	f.Bool("off", false, "keep it on the list and do not observe it")
	c.MarkFlagRequired("name")
	c.MarkFlagRequired("day")
	return c
}

func holidayFrom(c *cobra.Command, id string) (h scheduler.Holiday, err error) {
	f := c.Flags()
	h.ID = scheduler.HolidayID(id)
	h.Name, _ = f.GetString("name")
	h.Lunar, _ = f.GetBool("lunar")
	h.Days, _ = f.GetInt("days")
	h.Before, _ = f.GetInt("before")
	h.Year, _ = f.GetInt("year")
	h.Off, _ = f.GetBool("off")
	s, _ := f.GetString("day")
	day, month, _ := strings.Cut(s, "/")
	m, errMonth := strconv.Atoi(month)
	d, errDay := strconv.Atoi(day)
	if errMonth != nil || errDay != nil {
		return h, fmt.Errorf("--day %q: use day and month, such as 2/9", s)
	}
	h.Month, h.Day = time.Month(m), d
	return h, h.Check()
}

func newHolidayList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the holidays, each with the next day that is one",
		Args:  exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			all, err := centre.Holidays(c.Context())
			if err != nil {
				return err
			}
			return show(c, holidayTable(all, scheduler.DateOf(time.Now().In(zone))), all)
		}),
	}, "table", "json", "csv")
}

func holidayTable(all scheduler.Calendar, today scheduler.Date) table {
	t := table{heading: []string{"ID", "DAY", "DAYS", "BEFORE", "YEAR", "NEXT", "NAME"}}
	for _, h := range all {
		day, year := fmt.Sprintf("%d/%d", h.Day, h.Month), "every"
		if h.Lunar {
			day += " lunar"
		}
		if h.Year != 0 {
			year = fmt.Sprint(h.Year)
		}
		t.add(string(h.ID), day, fmt.Sprint(h.Days), fmt.Sprint(h.Before), year, nextHoliday(h, today), brief(h.Name, 40))
	}
	return t
}

// holidayReach is how many days ahead the next day of a holiday is looked for:
// longer than four years, so that 29 February comes.
const holidayReach = 9 * 366

// nextHoliday is the next day that is one, today included.
func nextHoliday(h scheduler.Holiday, today scheduler.Date) string {
	if h.Off {
		return "not observed"
	}
	var next scheduler.Date
	for day := range (scheduler.Calendar{h}).Between(today, today.AddDays(holidayReach)) {
		if next.IsZero() || day.Before(next) {
			next = day
		}
	}
	if next.IsZero() {
		return "never"
	}
	return next.String()
}

func newHolidayRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID",
		Short: "Remove a holiday",
		Args:  exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			return centre.DeleteHoliday(c.Context(), scheduler.HolidayID(args[0]))
		}),
	}
}
