package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
)

func newProgramme() *cobra.Command {
	return group("programme", "Recurring windows", newProgrammeAdd(), newProgrammeList(), newProgrammeRemove())
}

const programmeHelp = `Add or change a programme: a window of the stations of an area that recurs by a cron spec in their
own zone, minute hour day month weekday. For example, every day at 05:30 for 15 minutes:

  loaphuong programme add sang-som --cron '30 5 * * *' --length 15m --area hai-duong

With a running order: the signature tune, 10 minutes of relay, then items, then music as far as
there is room, and closing words; recordings are named by their IDs:

  loaphuong programme add chieu --cron '0 17 * * *' --length 45m --area hai-duong \
    --tune r1 --relay 10m --music r7,r8,r9 --closing r2`

func newProgrammeAdd() *cobra.Command {
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Add or change a programme",
		Long:  programmeHelp,
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := programmeFrom(c, args[0])
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return centre.PutProgramme(c.Context(), p)
		},
	}
	c.Flags().String("cron", "", "when it recurs")
	c.Flags().Duration("length", 15*time.Minute, "how long the window is")
	c.Flags().Duration("grace", scheduler.DefaultGrace, "how late an item may still begin")
	c.Flags().String("start", "next", "what it does when something of its own class is on air: next waits, hard cuts it, 2m waits so long and then cuts it")
	c.Flags().String("area", "", "the area whose stations have it")
	c.Flags().String("title", "", "what people call it")
	c.Flags().String("class", string(scheduler.Ordinary), "ordinary, priority or emergency")
	c.MarkFlagRequired("cron")
	c.MarkFlagRequired("area")
	return orderFlags(c)
}

func programmeFrom(c *cobra.Command, name string) (p scheduler.Programme, err error) {
	f := c.Flags()
	spec, _ := f.GetString("cron")
	if p.Timing, err = scheduler.Cron(spec, time.Time{}, time.Time{}); err != nil {
		return p, err
	}
	p.ID = scheduler.ProgrammeID(name)
	area, _ := f.GetString("area")
	class, _ := f.GetString("class")
	p.Area, p.Class = scheduler.AreaID(area), scheduler.Class(class)
	p.Length, _ = f.GetDuration("length")
	p.Grace, _ = f.GetDuration("grace")
	start, _ := f.GetString("start")
	if p.Start, p.Wait, err = startFrom(start); err != nil {
		return p, err
	}
	p.Name, _ = f.GetString("title")
	p.Language, _ = f.GetString("language")
	holidays, _ := f.GetString("holidays")
	p.Holidays, p.Order = scheduler.HolidayUse(holidays), orderFrom(c)
	return p, p.Check()
}

// startFrom reads next, hard, or how long to wait before cutting.
func startFrom(text string) (scheduler.StartMode, time.Duration, error) {
	switch text {
	case "next":
		return scheduler.StartNext, 0, nil
	case string(scheduler.StartHard):
		return scheduler.StartHard, 0, nil
	}
	wait, err := time.ParseDuration(text)
	if err != nil || wait <= 0 {
		return "", 0, fmt.Errorf("--start %s: use next, hard, or how long to wait, as in 2m", text)
	}
	return scheduler.StartWait, wait, nil
}

func newProgrammeList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the programmes with their next occurrence",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.Programmes(c.Context())
			if err != nil {
				return err
			}
			t := table{heading: []string{"NAME", "AREA", "CRON", "LENGTH", "NEXT", "TITLE"}}
			for _, p := range all {
				next := p.Timing.Next(time.Now(), zone).In(zone).Format(wallLayout)
				t.add(string(p.ID), string(p.Area), p.Timing.Spec(), p.Length.String(), next, p.Name)
			}
			return show(c, t, all)
		},
	})
}

func newProgrammeRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Remove a programme; stations keep it until the next publish",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return centre.DeleteProgramme(c.Context(), scheduler.ProgrammeID(args[0]))
		},
	}
}
