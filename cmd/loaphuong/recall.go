package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newRecall() *cobra.Command {
	return group("recall", "Take what should not be heard off the air everywhere", newRecallAdd(), newRecallList(), newRecallLift())
}

func newRecallAdd() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "add",
		Short: "Take a recording, a topic or a letter off the air at every station, at once",
		Long: "Take a recording, a topic or a whole letter off the air at every station, at once; what is on air of\n" +
			"it is cut. The stations that have not yet said that they follow are listed: call them. For example:\n\n" +
			"  loaphuong recall add --recording r1 --why 'đọc nhầm số' --by Lan\n" +
			"  loaphuong recall add --directive 0a1b2c3d4e5f6071 --topic 3 --why 'công văn thu hồi' --by Lan",
		Args: exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			r := recallFrom(c)
			if err := r.Check(); err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			done, err := centre.Recall(c.Context(), r)
			if err != nil {
				return err
			}
			return showRecalls(c, centre, []scheduler.RecallStatus{done}, done)
		},
	})
	c.Flags().String("recording", "", "the recording,")
	c.Flags().String("directive", "", "or the letter")
	c.Flags().Int("topic", 0, "only this topic of the letter")
	c.Flags().String("why", "", "why")
	c.Flags().String("by", "", "your name")
	c.MarkFlagRequired("why")
	c.MarkFlagRequired("by")
	return c
}

func recallFrom(c *cobra.Command) (r scheduler.Recall) {
	recording, _ := c.Flags().GetString("recording")
	directive, _ := c.Flags().GetString("directive")
	r.Recording, r.Directive = scheduler.RecordingID(recording), scheduler.DirectiveID(directive)
	r.Topic, _ = c.Flags().GetInt("topic")
	r.Why, _ = c.Flags().GetString("why")
	r.By, _ = c.Flags().GetString("by")
	return r
}

func newRecallList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the recalls, the newest first, and the stations that have not yet followed",
		Args:  exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			all, err := centre.Recalls(c.Context())
			if err != nil {
				return err
			}
			return showRecalls(c, centre, all, all)
		}),
	}, "table", "json", "csv")
}

// showRecalls prints recalls and, for a person, whom to call.
func showRecalls(c *cobra.Command, centre *web.Client, all []scheduler.RecallStatus, v any) error {
	zone, err := centreZone(c)
	if err != nil {
		return err
	}
	k, err := newCatalogue(c.Context(), centre)
	if err != nil {
		return err
	}
	if err := show(c, recallTable(all, k, zone), v); err != nil {
		return err
	}
	if format, _ := c.Flags().GetString("output"); format != "table" {
		return nil
	}
	states, err := centre.StationStates(c.Context())
	if err != nil {
		return err
	}
	return printOutstanding(c.OutOrStdout(), all, states, zone)
}

func recallTable(all []scheduler.RecallStatus, k catalogue, zone *time.Location) table {
	t := table{heading: []string{"ID", "WHAT", "SINCE", "BY", "FOLLOWED", "WHY"}}
	for _, r := range all {
		followed := fmt.Sprintf("%d of %d", len(r.Stations)-len(r.Outstanding), len(r.Stations))
		if r.Lifted() {
			followed = "lifted by " + brief(r.LiftedBy, 12)
		}
		t.add(string(r.ID), brief(recalledWords(r.Recall, k), 28), r.At.In(zone).Format("02/01 15:04"), brief(r.By, 14), followed, brief(r.Why, 20))
	}
	return t
}

func recalledWords(r scheduler.Recall, k catalogue) string {
	switch {
	case r.Recording != "":
		return "recording " + string(r.Recording)
	case r.Topic != 0:
		return fmt.Sprintf("letter %s, topic %d", k.number(r.Directive), r.Topic)
	}
	return "letter " + k.number(r.Directive)
}

// printOutstanding lists the stations that have not said that they follow.
func printOutstanding(w io.Writer, all []scheduler.RecallStatus, states []web.StationState, zone *time.Location) error {
	known := map[scheduler.StationID]web.StationState{}
	for _, s := range states {
		known[s.Station.ID] = s
	}
	t := table{heading: []string{"NOT YET FOLLOWED", "RECALL", "STATION", "PHONE", "LAST HEARD"}}
	for _, r := range all {
		for _, id := range r.Outstanding {
			s, heard := known[id], "never"
			if !s.Heard.IsZero() {
				heard = s.Heard.In(zone).Format(wallLayout)
			}
			t.add(string(id), string(r.ID), brief(s.Station.Name, 30), s.Station.Phone, heard)
		}
	}
	if len(t.rows) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	return t.print(w)
}

func newRecallLift() *cobra.Command {
	c := &cobra.Command{
		Use:   "lift ID",
		Short: "Let what was recalled be planned again, from the next publish on",
		Args:  exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			by, _ := c.Flags().GetString("by")
			return centre.LiftRecall(c.Context(), scheduler.RecallID(args[0]), by)
		}),
	}
	c.Flags().String("by", "", "your name")
	c.MarkFlagRequired("by")
	return c
}
