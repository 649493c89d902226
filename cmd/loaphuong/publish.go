package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newPublish() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "publish",
		Short: "Plan every station and send the schedules that have changed",
		Long: "Plan every station and send the schedules that have changed. What to know first is said, then what\n" +
			"is promised of what each topic is owed and why not more. To look first and do nothing:\n\n  loaphuong publish --dry-run",
		Args: exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			by, _ := c.Flags().GetString("by")
			dry, _ := c.Flags().GetBool("dry-run")
			if by == "" && !dry {
				return usageError{errors.New(`publish: flag "by" not set: name the person who publishes, or look first with --dry-run`)}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return publish(c, centre, by, dry)
		},
	}, "table", "json", "csv")
	c.Flags().String("data", "", "the centre's data directory")
	c.Flags().String("by", "", "your name")
	c.Flags().Bool("dry-run", false, "say what would be promised and changed, and publish nothing")
	c.Flags().Bool("all", false, "a row for each station and each window, however many")
	return c
}

func publish(c *cobra.Command, centre *web.Client, by string, dry bool) error {
	zone, err := centreZone(c)
	if err != nil {
		return err
	}
	k, err := newCatalogue(c.Context(), centre)
	if err != nil {
		return err
	}
	made := func(ctx context.Context) (scheduler.Publication, error) { return centre.Publish(ctx, by) }
	if dry {
		made = centre.Draft
	}
	p, err := made(c.Context())
	if err != nil {
		return err
	}
	talkFindings(c, p.Findings, k, zone)
	areas, err := areasOf(c.Context(), centre, p.Promises)
	if err != nil {
		return err
	}
	return showPublication(c, p, k, areas, zone)
}

// talkFindings says what to know first, the worst of it where it is much.
func talkFindings(c *cobra.Command, found []scheduler.Finding, k catalogue, zone *time.Location) {
	shown := found
	if all, _ := c.Flags().GetBool("all"); !all {
		shown = found[:min(len(found), maxRows)]
	}
	printFindings(c.ErrOrStderr(), shown, k, zone)
	if rest := len(found) - len(shown); rest > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "to be shown by loaphuong lint beside these: %d\n", rest)
	}
}

// areasOf is which area's obligation each of the promises is of.
func areasOf(ctx context.Context, centre *web.Client, promises []scheduler.Promise) (map[string]scheduler.AreaID, error) {
	areas, asked := map[string]scheduler.AreaID{}, map[scheduler.DirectiveID]bool{}
	for _, p := range promises {
		if asked[p.Directive] {
			continue
		}
		asked[p.Directive] = true
		owed, err := centre.Obligations(ctx, p.Directive)
		if err != nil {
			return nil, err
		}
		for _, o := range owed {
			areas[o.ID] = o.Area
		}
	}
	return areas, nil
}

// showPublication prints what is promised, what a dry run would change, and
// which stations were sent a new schedule.
func showPublication(c *cobra.Command, p scheduler.Publication, k catalogue, areas map[string]scheduler.AreaID, zone *time.Location) error {
	all, _ := c.Flags().GetBool("all")
	format, _ := c.Flags().GetString("output")
	t := promiseTable(p.Promises, k)
	if format == "table" && !all && len(p.Promises) > maxRows {
		t = groupedTable(p.Promises, k, areas)
	}
	if err := show(c, t, p); err != nil {
		return err
	}
	if p.DryRun && format == "table" {
		printChanges(c.OutOrStdout(), p.Changes, k, zone, all)
	}
	talkRevisions(c, p, all)
	return nil
}

// talkRevisions says who was sent what.
func talkRevisions(c *cobra.Command, p scheduler.Publication, all bool) {
	w := c.ErrOrStderr()
	switch n := len(p.Stations); {
	case p.DryRun:
		fmt.Fprintln(w, "nothing was published: do it with loaphuong publish --by NAME")
	case n == 0:
		fmt.Fprintln(w, "every station has this already")
	case n > maxRows && !all:
		fmt.Fprintf(w, "%d stations were sent a new schedule\n", n)
	default:
		for _, s := range p.Stations {
			fmt.Fprintf(w, "station %s: schedule %d\n", s.Station, s.Revision)
		}
	}
}
