package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"loaphuong/config"
	"loaphuong/player/rehearsal"
	"loaphuong/scheduler"
	"loaphuong/scheduler/centre"
	"loaphuong/scheduler/ledger"
)

const rehearseHelp = `Live through days to come on the code that runs at the stations, under a clock
that jumps, with power cuts, lost links and other outages where you want them,
and print the report that would come. It works on a copy of the centre's
database, running or not; nothing is published and nobody is sent anything.

The file of outages has one a line: station (* for all), what fails (power,
link, card, disk, clock), from, until; or "random", how many a week, how long:

  an-phu, power, 2026-11-23 05:10, 2026-11-23 07:00
  *,      link,  random, 3, 6h

For example, next week at all stations:

  loaphuong rehearse --outages mat-dien.csv`

func newRehearse() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "rehearse",
		Short: "Live through a week to come, with outages, and print the report that would come",
		Long:  rehearseHelp,
		Args:  exactly(0),
		RunE:  rehearse,
	}, "table", "json", "csv")
	c.Flags().String("data", "", "the centre's data directory")
	c.Flags().String("from", "", "first day, such as 2026-11-30 (default: tomorrow)")
	c.Flags().Int("days", 7, "how many days")
	c.Flags().String("stations", "", "how many of the stations, or their names with commas (default: all)")
	c.Flags().String("outages", "", "file of outages (default: none)")
	c.Flags().Uint64("seed", 1, "other numbers give other random outages")
	return c
}

func rehearse(c *cobra.Command, _ []string) error {
	own := pflag.NewFlagSet("rehearse", pflag.ContinueOnError) // --stations is no address here
	own.AddFlag(c.Flags().Lookup("data"))
	settings, err := loadConfigFrom(c, own)
	if err != nil {
		return err
	}
	r, err := rehearsalFrom(c, settings)
	if err != nil {
		return usageError{err}
	}
	if _, err := os.Stat(r.Database); err != nil {
		return usageError{fmt.Errorf("there is no centre's database in %s: give its directory with --data", settings.Data)}
	}
	if r.Scratch, err = os.MkdirTemp("", "loaphuong-rehearsal-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.Scratch)
	begun := time.Now()
	report, err := r.Run(c.Context(), begun)
	if err != nil {
		return err
	}
	switch format, _ := c.Flags().GetString("output"); format {
	case "json":
		err = ledger.WriteJSON(c.OutOrStdout(), report)
	case "csv":
		err = ledger.WriteCSV(c.OutOrStdout(), report)
	default:
		err = printRehearsal(c.OutOrStdout(), report)
	}
	fmt.Fprintf(c.ErrOrStderr(), "%d days lived through in %.1f s\n", r.Days, time.Since(begun).Seconds())
	if err == nil && !report.Total.Balances() {
		return fmt.Errorf("the ledger does not balance: %+v; this is a fault of the program, please report it", report.Total)
	}
	return err
}

// rehearsalFrom reads the flags.
func rehearsalFrom(c *cobra.Command, settings config.Centre) (r centre.Rehearsal, err error) {
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return r, err
	}
	f := c.Flags()
	r.Database, r.Lease = centre.Database(settings.Data), settings.Lease
	r.Days, _ = f.GetInt("days")
	r.Seed, _ = f.GetUint64("seed")
	r.From = scheduler.DateOf(time.Now().In(zone)).AddDays(1).Start(zone)
	if from, _ := f.GetString("from"); from != "" {
		if r.From, err = instant("from", from, zone, 0); err != nil {
			return r, err
		}
		r.From = r.From.In(zone)
	}
	stations, _ := f.GetString("stations")
	if r.Most, err = strconv.Atoi(stations); err != nil && stations != "" {
		for id := range strings.SplitSeq(stations, ",") {
			r.Stations = append(r.Stations, scheduler.StationID(strings.TrimSpace(id)))
		}
	} else if r.Most < 0 || stations == "0" {
		return r, fmt.Errorf("--stations %s: use 1 or more, or names", stations)
	}
	if file, _ := f.GetString("outages"); file != "" {
		r.Outages, err = readOutages(file, zone)
	} else {
		err = nil
	}
	return r, err
}

func readOutages(file string, zone *time.Location) (rehearsal.Script, error) {
	in, err := os.Open(filepath.Clean(file))
	if err != nil {
		return rehearsal.Script{}, err
	}
	defer in.Close()
	return rehearsal.Parse(in, zone)
}

// printRehearsal prints a line for each station, those with the most misses
// first, the total and the reasons.
func printRehearsal(w io.Writer, r scheduler.AirtimeReport) error {
	sums := map[scheduler.StationID]scheduler.Tally{}
	names := map[scheduler.StationID]string{}
	reasons := map[scheduler.Reason]int{}
	for _, row := range r.Rows {
		sums[row.Station] = sums[row.Station].Plus(row.Tally)
		names[row.Station] = row.StationName
		for why, n := range row.Reasons {
			reasons[why] += n
		}
	}
	t := table{heading: []string{"STATION", "EXPECTED", "AIRED", "PARTIAL", "LATE", "MISSED", "UNKNOWN", "RECALLED", "WAIVED"}}
	line := func(name string, n scheduler.Tally) {
		t.add(name, fmt.Sprint(n.Expected), fmt.Sprint(n.Aired), fmt.Sprint(n.Partial), fmt.Sprint(n.Late), fmt.Sprint(n.Missed),
			fmt.Sprint(n.Unknown), fmt.Sprint(n.Recalled), fmt.Sprint(n.Waived))
	}
	for _, id := range slices.SortedFunc(maps.Keys(sums), func(a, b scheduler.StationID) int {
		return cmp.Or(cmp.Compare(sums[b].Missed+sums[b].Unknown, sums[a].Missed+sums[a].Unknown), cmp.Compare(a, b))
	}) {
		line(names[id], sums[id])
	}
	line("TOTAL", r.Total)
	if err := t.print(w); err != nil {
		return err
	}
	for _, why := range slices.SortedFunc(maps.Keys(reasons), func(a, b scheduler.Reason) int { return cmp.Or(reasons[b]-reasons[a], cmp.Compare(a, b)) }) {
		fmt.Fprintf(w, "%6d  %s\n", reasons[why], why)
	}
	return nil
}
