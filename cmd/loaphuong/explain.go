package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newExplain() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "explain",
		Short: "Say what a station should play at a time, why, and what happened",
		Long: "Say what a station should play at a time, why this, why nothing else, and what happened. The time is\n" +
			"of the station's own zone, or an instant such as 2026-11-22T22:02:00Z. For example:\n\n" +
			"  loaphuong explain --station xa-1 --at '2026-11-23 05:02'",
		Args: exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			id, _ := c.Flags().GetString("station")
			station, zone, err := stationOf(c.Context(), centre, scheduler.StationID(id))
			if err != nil {
				return err
			}
			at := time.Now()
			if s, _ := c.Flags().GetString("at"); s != "" {
				if at, err = moment("at", s, zone); err != nil {
					return err
				}
			}
			e, err := centre.Explain(c.Context(), station.ID, at)
			if err != nil {
				return err
			}
			if format, _ := c.Flags().GetString("output"); format == "json" {
				return writeJSON(c.OutOrStdout(), e)
			}
			k, err := newCatalogue(c.Context(), centre)
			if err != nil {
				return err
			}
			printExplanation(c.OutOrStdout(), e, station, k, zone)
			return nil
		}),
	})
	c.Flags().String("data", "", "the centre's data directory")
	c.Flags().String("station", "", "the station")
	c.Flags().String("at", "", "the time; now when empty")
	c.MarkFlagRequired("station")
	return c
}

func printExplanation(w io.Writer, e scheduler.Explanation, s scheduler.Station, k catalogue, zone *time.Location) {
	fmt.Fprintf(w, "%s on %s (%s)\n", stationName(s), e.At.In(zone).Format("Mon 02/01/2006 15:04:05"), zone)
	switch {
	case e.Revision == 0:
		fmt.Fprintln(w, "No schedule was published to it by then: loaphuong publish --by NAME does it.")
	case len(e.Windows) == 0:
		fmt.Fprintln(w, "No programme runs within a day of it: loaphuong programme list shows those there are.")
	}
	if e.Revision > 0 {
		fmt.Fprintf(w, "Schedule %d, published by %s on %s\n", e.Revision, e.By, e.Issued.In(zone).Format(wallLayout))
	}
	for _, x := range e.Windows {
		printWindow(w, x, e.At, k, zone)
	}
}

func stationName(s scheduler.Station) string {
	if s.Name == "" {
		return string(s.ID)
	}
	return fmt.Sprintf("%s (%s)", s.Name, s.ID)
}

func printWindow(w io.Writer, x scheduler.ExplainedWindow, at time.Time, k catalogue, zone *time.Location) {
	name := string(x.Programme)
	if x.Name != "" && x.Name != name {
		name = fmt.Sprintf("%s (%s)", x.Name, x.Programme)
	}
	when := ""
	switch {
	case !x.Until.After(at):
		when = ", the last one before"
	case x.From.After(at):
		when = ", the first one after"
	}
	fmt.Fprintf(w, "\n%s, %s to %s%s\n", name, x.From.In(zone).Format(wallLayout), x.Until.In(zone).Format("15:04"), when)
	if x.Why != "" {
		fmt.Fprintf(w, "  nothing: %s\n", becauseWords(x.Why))
	}
	for _, y := range x.Entries {
		printEntry(w, y, zone)
	}
	if len(x.Others) > 0 {
		fmt.Fprintln(w, "  not in it:")
	}
	for _, o := range x.Others {
		fmt.Fprintln(w, wrapped(fmt.Sprintf("    %s: %s", topicName(o, k), whyNot(o, zone))))
	}
}

// topicName is the number of a letter and the topic of it, by the letter or,
// where that is not there, by its recording.
func topicName(o scheduler.ExplainedTopic, k catalogue) string {
	name := k.topic(o.Directive, o.Topic)
	if _, known := k.letters[o.Directive]; !known {
		name = fmt.Sprintf("%d. %s", o.Topic, o.Title)
	}
	return k.number(o.Directive) + ", " + brief(name, 50)
}

func printEntry(w io.Writer, y scheduler.ExplainedEntry, zone *time.Location) {
	a := y.Airing
	fmt.Fprintf(w, "  %s  %s (%s)\n", a.Start.In(zone).Format(time.TimeOnly), brief(a.Title, 60), span(a.Duration))
	fmt.Fprintln(w, wrapped("            because "+whyIn(y)))
	fmt.Fprintln(w, wrapped("            "+happened(a, zone)))
}

// whyIn says why an entry stands in a window.
func whyIn(y scheduler.ExplainedEntry) string {
	says := becauseWords(y.Why)
	if y.Airing.Piece != "" {
		says += " as " + pieceWords(y.Airing.Piece)
	}
	if y.By != "" {
		says += ": " + y.By
	}
	if y.Owed.Owed > 0 {
		says += ", " + standingWords(y.Owed)
	}
	return says
}

// standingWords says how many airings of those owed are placed.
func standingWords(s scheduler.Standing) string {
	unit := "that day"
	if s.Weekly {
		unit = "that week"
	}
	return fmt.Sprintf("%d of %d %s", s.Placed, s.Owed, unit)
}

// happened says what became of an airing.
func happened(a scheduler.JudgedAiring, zone *time.Location) string {
	says := stateWords(a.State)
	if !a.StartedAt.IsZero() {
		says += ", begun at " + a.StartedAt.In(zone).Format(time.TimeOnly)
	}
	if a.Sounded > 0 && a.State == scheduler.Partial {
		says += ", heard for " + span(a.Sounded)
	}
	if why := reasonWords(a.Why); why != "" {
		says += ": " + why
	}
	if a.Detail != "" {
		says += " (" + a.Detail + ")"
	}
	return strings.Join(append([]string{says}, besides(a.AiringFacts, zone)...), "; ")
}

// whyNot says why a topic does not stand in a window.
func whyNot(o scheduler.ExplainedTopic, zone *time.Location) string {
	says := becauseWords(o.Why)
	switch {
	case o.Want > 0 && o.Have < o.Want && o.Why == scheduler.Because(scheduler.WindowFull):
		says = fmt.Sprintf("it is %s long, and only %s is left", span(o.Want), span(o.Have))
	case !o.Last.IsZero():
		says += ", at " + o.Last.In(zone).Format(wallLayout)
	}
	if o.Owed.Owed > 0 {
		says += ": " + standingWords(o.Owed)
	}
	return says
}
