package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// errLogsFaulty says that what stations have written is not all there as they
// wrote it.
var errLogsFaulty = errors.New("not every log is whole and as its station wrote it")

func newReportVerify() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "verify",
		Short: "Look at every line of the stations' logs once more: what is missing, altered or out of its chain",
		Long: "Look at every line of the stations' logs once more. Each line carries the digest of the one before it:\n\n" +
			"  GAPS      numbers of lines that were written and are not held\n" +
			"  LOST      how many of those the station says it had to drop, its disk being full\n" +
			"  ALTERED   lines that are not what was taken in from the station\n" +
			"  BROKEN    lines that do not follow from the one before\n" +
			"  APART     how many lines contradict others and are kept apart",
		Args: exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			station, _ := c.Flags().GetString("station")
			all, err := centre.VerifyLogs(c.Context(), scheduler.StationID(station))
			if err != nil {
				return err
			}
			if err := show(c, verdictTable(all, zone), all); err != nil {
				return err
			}
			for _, v := range all {
				if !v.Sound() {
					return errLogsFaulty
				}
			}
			return nil
		}),
	}, "table", "json", "csv")
	c.Flags().String("station", "", "only this station")
	return c
}

func verdictTable(all []scheduler.LogVerdict, zone *time.Location) table {
	t := table{heading: []string{"STATION", "LOG", "LINES", "FROM", "TO", "GAPS", "LOST", "ALTERED", "BROKEN", "APART"}}
	day := func(at time.Time) string {
		if at.IsZero() {
			return "-"
		}
		return at.In(zone).Format("02/01/2006 15:04")
	}
	for _, v := range all {
		var gaps []string
		for _, g := range v.Gaps {
			gaps = append(gaps, gapWords(g))
		}
		t.add(string(v.Station), brief(v.Log, 8), fmt.Sprint(v.Lines), day(v.First), day(v.Last), cmp.Or(strings.Join(gaps, " "), "-"),
			fmt.Sprint(v.Lost), lineNumbers(v.Altered), lineNumbers(v.Broken), fmt.Sprint(v.Apart))
	}
	return t
}

func gapWords(g scheduler.Gap) string {
	if g.From == g.To {
		return fmt.Sprint(g.From)
	}
	return fmt.Sprintf("%d–%d", g.From, g.To)
}

func lineNumbers(list []uint64) string {
	return cmp.Or(strings.Trim(fmt.Sprint(list), "[]"), "-")
}
