package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// errNotReady says that somebody will not air what is to come, or that nobody knows.
var errNotReady = errors.New("not every station is ready")

func newStationReady() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "ready",
		Short: "List who will air the programmes to come, and of the others why not",
		Long: "List who will air the programmes to come, and of the others why not and whom to call. A station that\n" +
			"has not been heard for 90 seconds is unknown. Where anybody is not ready or unknown, the exit status is 3.",
		Args: exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			within, _ := c.Flags().GetDuration("within")
			all, err := centre.Readiness(c.Context(), within)
			if err != nil {
				return err
			}
			t := table{heading: []string{"START", "PROGRAMME", "STATION", "NAME", "READY", "WHY", "PHONE", "HEARD"}}
			for _, r := range all {
				t.add(readyRow(r)...)
			}
			if err := show(c, t, all); err != nil {
				return err
			}
			if red := scheduler.RedList(all); len(red) > 0 {
				return fmt.Errorf("%w: %d of %d are not, or unknown", errNotReady, len(red), len(all))
			}
			return nil
		}),
	}, "table", "json", "csv")
	c.Flags().Duration("within", time.Hour, "how far ahead, at most 24h")
	return c
}

func readyRow(r scheduler.Readiness) []string {
	why := make([]string, len(r.Reasons))
	for i, reason := range r.Reasons {
		why[i] = reason.Words
	}
	var heard string
	if !r.LastHeard.IsZero() {
		heard = r.LastHeard.Local().Format("02/01 15:04:05")
	}
	return []string{r.Start.Local().Format("02/01 15:04"), string(r.Programme), string(r.Station), r.Name,
		string(r.Verdict), strings.Join(why, "; "), r.Phone, heard}
}
