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

func newProgrammeAdd() *cobra.Command {
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Add or change a programme",
		Long:  "Add or change a programme: a window of the stations of an area that recurs by a cron spec in\ntheir own zone, minute hour day month weekday. For example, every day at 05:30 for 15 minutes:\n\n  loaphuong programme add sang-som --cron '30 5 * * *' --length 15m --area hai-duong",
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
	c.Flags().String("area", "", "the area whose stations have it")
	c.Flags().String("title", "", "what people call it")
	c.Flags().String("class", string(scheduler.Ordinary), "ordinary, priority or emergency")
	c.MarkFlagRequired("cron")
	c.MarkFlagRequired("area")
	return c
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
	p.Name, _ = f.GetString("title")
	return p, p.Check()
}

func newProgrammeList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the programmes with their next occurrence",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := loadConfig(c)
			if err != nil {
				return err
			}
			zone, err := time.LoadLocation(settings.Zone)
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
				next := p.Timing.Next(time.Now(), zone).In(zone).Format("02/01/2006 15:04")
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

func newPlaylist() *cobra.Command {
	return group("playlist", "What stations play", addOutput(&cobra.Command{
		Use:   "list STATION",
		Short: "List the playlists last published to a station",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.Playlists(c.Context(), scheduler.StationID(args[0]))
			if err != nil {
				return err
			}
			t := table{heading: []string{"PLAYLIST", "CRON", "AFTER START", "LENGTH", "TITLE"}}
			for _, p := range all {
				for _, e := range p.Entries {
					t.add(string(p.ID), p.Timing.Spec(), seconds(e.Offset), seconds(e.Duration), brief(e.Title, 60))
				}
			}
			return show(c, t, all)
		},
	}))
}

func newPublish() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "publish",
		Short: "Plan every station and send the schedules that have changed",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			by, _ := c.Flags().GetString("by")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			done, err := centre.Publish(c.Context(), by)
			if err != nil {
				return err
			}
			return showPublication(c, done)
		},
	})
	c.Flags().String("data", "", "the centre's data directory")
	c.Flags().String("by", "", "your name")
	c.MarkFlagRequired("by")
	return c
}

// showPublication prints what is promised, and which stations were sent a new
// schedule.
func showPublication(c *cobra.Command, p scheduler.Publication) error {
	t := table{heading: []string{"STATION", "DIRECTIVE", "TOPIC", "OWED", "PROMISED", "WHY NOT MORE"}}
	for _, x := range p.Promises {
		t.add(string(x.Station), string(x.Directive), fmt.Sprint(x.Topic), fmt.Sprint(x.Owed), fmt.Sprint(x.Promised), string(x.Shortfall))
	}
	if err := show(c, t, p); err != nil {
		return err
	}
	for _, s := range p.Stations {
		fmt.Fprintf(c.ErrOrStderr(), "station %s: schedule %d\n", s.Station, s.Revision)
	}
	if len(p.Stations) == 0 {
		fmt.Fprintln(c.ErrOrStderr(), "every station has this already")
	}
	return nil
}
