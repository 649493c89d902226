package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newPlaylist() *cobra.Command {
	return group("playlist", "What stations play: what is published, and what people put in themselves",
		newPlaylistList(), newPlaylistLoad(), newPlaylistAdd(), newPlaylistSelections(), newPlaylistRemove(), newPlaylistCopyWeek())
}

func newPlaylistList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list STATION",
		Short: "List the playlists last published to a station",
		Args:  exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
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
		}),
	})
}

// selectionFlags adds what is said of a playlist that a person puts together.
func selectionFlags(c *cobra.Command) *cobra.Command {
	f := c.Flags()
	f.String("title", "", "what people call it")
	f.String("area", "", "the area whose stations play it,")
	f.String("station", "", "or one station")
	f.String("programme", "", "the programme whose windows it is for; without one it has windows of its own")
	f.String("cron", "", "when its own windows recur, or for which of the programme's it is")
	f.String("at", "", "or the one time, such as '2026-11-23 05:30' in the station's or the centre's zone")
	f.Duration("length", 15*time.Minute, "how long windows of its own are")
	f.String("class", "", "ordinary or priority, in windows of its own")
	f.Bool("alone", false, "keep everything else out of its windows, the running order included")
	f.String("by", "", "your name")
	c.MarkFlagRequired("by")
	c.MarkFlagsMutuallyExclusive("area", "station")
	c.MarkFlagsOneRequired("area", "station")
	c.MarkFlagsMutuallyExclusive("cron", "at")
	c.MarkFlagsOneRequired("programme", "cron", "at")
	c.MarkFlagsMutuallyExclusive("programme", "length")
	return c
}

// selectionFrom is the selection of the flags, without recordings.
func selectionFrom(c *cobra.Command, centre *web.Client) (s scheduler.Selection, err error) {
	f := c.Flags()
	text := func(flag string) string { v, _ := f.GetString(flag); return v }
	s = scheduler.Selection{
		Title: text("title"), Area: scheduler.AreaID(text("area")), Station: scheduler.StationID(text("station")),
		Programme: scheduler.ProgrammeID(text("programme")), Class: scheduler.Class(text("class")), By: text("by"),
	}
	s.Alone, _ = f.GetBool("alone")
	if s.Programme == "" {
		s.Length, _ = f.GetDuration("length")
		s.Class = cmp.Or(s.Class, scheduler.Ordinary)
	}
	switch cron, at := text("cron"), text("at"); {
	case cron != "":
		if s.Timing, err = scheduler.Cron(cron, time.Time{}, time.Time{}); err != nil {
			return s, usageError{err}
		}
	case at != "":
		zone, err := selectionZone(c, centre, s.Station)
		if err != nil {
			return s, err
		}
		once, err := moment("at", at, zone)
		if err != nil {
			return s, err
		}
		s.Timing = scheduler.Once(once)
	}
	return s, nil
}

// selectionZone is the zone of the station, or the centre's where none is named.
func selectionZone(c *cobra.Command, centre *web.Client, station scheduler.StationID) (*time.Location, error) {
	if station == "" {
		return centreZone(c)
	}
	_, zone, err := stationOf(c.Context(), centre, station)
	return zone, err
}

func newPlaylistAdd() *cobra.Command {
	return selectionFlags(addOutput(&cobra.Command{
		Use:   "add RECORDING…",
		Short: "Put recordings together for the windows of a programme, or for windows of their own",
		Long: "Put recordings together, in order, for the windows of a programme or for windows of their own. The\n" +
			"plan leaves them as they are and places what else is owed around them. For example, once on a\n" +
			"holiday, and every Sunday in a programme that there is:\n\n" +
			"  loaphuong playlist add r1 r2 --title 'Quốc khánh' --area tinh --at '2027-09-02 07:00' --length 20m --by Lan\n" +
			"  loaphuong playlist add r3 --title 'Chủ nhật' --station xa-1 --programme sang --cron '30 5 * * 0' --by Lan",
		Args: cobra.MinimumNArgs(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			s, err := selectionFrom(c, centre)
			if err != nil {
				return err
			}
			s.Recordings = recordingIDs(args)
			if err := s.Check(); err != nil {
				return usageError{err}
			}
			kept, err := centre.PutSelection(c.Context(), s)
			if err != nil {
				return err
			}
			return showLoaded(c, centre, kept)
		}),
	}))
}

// showLoaded prints a playlist that is kept, what is doubtful about it, and when
// it is played.
func showLoaded(c *cobra.Command, centre *web.Client, l web.LoadedSelection) error {
	zone, err := centreZone(c)
	if err != nil {
		return err
	}
	if err := show(c, selectionTable([]scheduler.Selection{l.Selection}, zone), l); err != nil {
		return err
	}
	k, err := newCatalogue(c.Context(), centre)
	if err != nil {
		return err
	}
	talk := c.ErrOrStderr()
	printFindings(talk, l.Findings, k, zone)
	if len(l.Runs) > 0 {
		fmt.Fprintln(talk, wrapped("next: "+runWords(l.Runs, zone)))
	}
	fmt.Fprintln(talk, "it is played from the next loaphuong publish on")
	return nil
}

func selectionTable(all []scheduler.Selection, zone *time.Location) table {
	t := table{heading: []string{"ID", "FOR", "WHEN", "ITEMS", "BY", "TITLE"}}
	for _, s := range all {
		of := string(s.Area)
		if s.Station != "" {
			of = "station " + string(s.Station)
		}
		t.add(string(s.ID), brief(of, 20), selectionWhen(s, zone), fmt.Sprint(len(s.Recordings)), brief(s.By, 16), brief(s.Title, 24))
	}
	return t
}

// selectionWhen says in which windows a selection is played.
func selectionWhen(s scheduler.Selection, zone *time.Location) string {
	var parts []string
	if s.Programme != "" {
		parts = append(parts, string(s.Programme))
	}
	switch {
	case s.Timing.Spec() != "":
		parts = append(parts, s.Timing.Spec())
	case !s.Timing.IsZero():
		parts = append(parts, s.Timing.At().In(zone).Format(wallLayout))
	}
	if s.Length > 0 {
		parts = append(parts, span(s.Length))
	}
	if s.Alone {
		parts = append(parts, "alone")
	}
	return strings.Join(parts, " ")
}

func newPlaylistSelections() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "selections",
		Short: "List the playlists that people have put together",
		Args:  exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			all, err := centre.Selections(c.Context())
			if err != nil {
				return err
			}
			return show(c, selectionTable(all, zone), all)
		}),
	}, "table", "json", "csv")
}

func newPlaylistRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID",
		Short: "Remove a playlist of a person; stations keep it until the next publish",
		Args:  exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			return centre.DeleteSelection(c.Context(), scheduler.SelectionID(args[0]))
		}),
	}
}

func newPlaylistCopyWeek() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "copy-week",
		Short: "Play the week of one day again in the week of another",
		Long: "Make playlists of what was published for the week of one day, to be played in the windows of the same\n" +
			"programmes in the week of another. For example, any day of either week will do:\n\n" +
			"  loaphuong playlist copy-week --area tinh --from 2026-11-16 --to 2026-11-30 --by Lan",
		Args: exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			w, err := weekCopyFrom(c)
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			made, err := centre.CopyWeek(c.Context(), w)
			if err != nil {
				return err
			}
			return show(c, selectionTable(made, zone), made)
		},
	}, "table", "json", "csv")
	c.Flags().String("area", "", "the area whose stations play it")
	c.Flags().String("from", "", "a day of the week to copy")
	c.Flags().String("to", "", "a day of the week to fill")
	c.Flags().String("by", "", "your name")
	for _, name := range []string{"area", "from", "to", "by"} {
		c.MarkFlagRequired(name)
	}
	return c
}

func weekCopyFrom(c *cobra.Command) (w web.WeekCopy, err error) {
	area, _ := c.Flags().GetString("area")
	w.Area = scheduler.AreaID(area)
	w.By, _ = c.Flags().GetString("by")
	if w.From, err = dayFlag(c, "from"); err != nil {
		return w, err
	}
	w.To, err = dayFlag(c, "to")
	return w, err
}
