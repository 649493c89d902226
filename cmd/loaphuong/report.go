package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
)

func newReport() *cobra.Command {
	return group("report", "What was aired, and what was not", newReportAirtime(), newReportVerify())
}

func newReportAirtime() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "airtime",
		Short: "Airings by letter, topic and station",
		Long:  "Airings by letter, topic and station. --from and --until are days in the centre's zone\n(2026-11-23, --until included) or instants (2026-11-23T05:00:00Z, --until excluded).",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			q, err := airtimeQuery(c)
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			r, err := centre.Airtime(c.Context(), q)
			if err != nil {
				return err
			}
			switch format, _ := c.Flags().GetString("output"); format {
			case "json":
				return ledger.WriteJSON(c.OutOrStdout(), r)
			case "csv":
				return ledger.WriteCSV(c.OutOrStdout(), r)
			}
			return printAirtime(c.OutOrStdout(), r)
		},
	}, "table", "json", "csv")
	c.Flags().String("from", "", "first day")
	c.Flags().String("until", "", "last day")
	c.Flags().String("area", "", "only stations of this area")
	c.Flags().String("directive", "", "only this letter")
	c.Flags().String("station", "", "only this station")
	c.MarkFlagRequired("from")
	c.MarkFlagRequired("until")
	return c
}

func airtimeQuery(c *cobra.Command) (q scheduler.AirtimeQuery, err error) {
	settings, err := loadConfig(c)
	if err != nil {
		return q, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return q, err
	}
	from, _ := c.Flags().GetString("from")
	until, _ := c.Flags().GetString("until")
	if q.From, err = instant("from", from, zone, 0); err != nil {
		return q, err
	}
	if q.Until, err = instant("until", until, zone, 1); err != nil {
		return q, err
	}
	if !q.From.Before(q.Until) {
		return q, fmt.Errorf("--from %s is not before --until %s", from, until)
	}
	area, _ := c.Flags().GetString("area")
	directive, _ := c.Flags().GetString("directive")
	station, _ := c.Flags().GetString("station")
	q.Area, q.Directive, q.Station = scheduler.AreaID(area), scheduler.DirectiveID(directive), scheduler.StationID(station)
	return q, nil
}

// instant reads a day, to which days are added, or an instant.
func instant(flag, s string, zone *time.Location, days int) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), nil
	}
	d, err := scheduler.ParseDate(s)
	if err != nil || !d.Complete() {
		return time.Time{}, fmt.Errorf("--%s %q: use a day such as 2026-11-23 or an instant such as 2026-11-23T05:00:00Z", flag, s)
	}
	return d.Start(zone).AddDate(0, 0, days).UTC(), nil
}

func printAirtime(w io.Writer, r scheduler.AirtimeReport) error { return ledger.WriteTable(w, r) }
