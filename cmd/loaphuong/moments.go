package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// How times are printed: those of a place whose zone the command names, and
// those that carry their zone.
const (
	wallLayout = "02/01/2006 15:04"
	zoneLayout = "02/01/2006 15:04 -07:00"
)

// centreZone is the zone of stations that name none.
func centreZone(c *cobra.Command) (*time.Location, error) {
	settings, err := loadConfig(c)
	if err != nil {
		return nil, err
	}
	return time.LoadLocation(settings.Zone)
}

// stationOf finds a station and its zone.
func stationOf(ctx context.Context, centre *web.Client, id scheduler.StationID) (scheduler.Station, *time.Location, error) {
	all, err := centre.StationStates(ctx)
	if err != nil {
		return scheduler.Station{}, nil, err
	}
	i := slices.IndexFunc(all, func(s web.StationState) bool { return s.Station.ID == id })
	if i < 0 {
		return scheduler.Station{}, nil, fmt.Errorf("station %s: %w: loaphuong station list names those there are", id, scheduler.ErrNotFound)
	}
	zone, err := all[i].Station.Location()
	return all[i].Station, zone, err
}

// moment reads a wall time in zone, or an instant with a zone of its own.
func moment(flag, s string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04", wallLayout} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("--%s %q: use a time such as '2026-11-23 05:02' (in %s) or an instant such as 2026-11-22T22:02:00Z", flag, s, zone)}
}

// dayFlag reads a flag that is a whole day; it is zero where it is not given.
func dayFlag(c *cobra.Command, name string) (scheduler.Date, error) {
	s, _ := c.Flags().GetString(name)
	d, err := scheduler.ParseDate(s)
	if s != "" && (err != nil || !d.Complete()) {
		return d, fmt.Errorf("--%s %q: use a day such as 2026-11-23", name, s)
	}
	return d, nil
}

// parseWeekdays reads days by their English or Vietnamese short names, and
// spans of them: mon,fri or t2-t6,cn.
func parseWeekdays(list []string) (days []time.Weekday, err error) {
	for _, s := range list {
		first, last, span := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
		if !span {
			last = first
		}
		from, to := weekdayOf(first), weekdayOf(last)
		if from < 0 || to < 0 {
			return nil, fmt.Errorf("weekday %q: use mon, tue, wed, thu, fri, sat, sun (or t2 to t7, cn), or a span such as mon-fri", s)
		}
		for d := from; ; d = (d + 1) % 7 {
			days = append(days, d)
			if d == to {
				break
			}
		}
	}
	return days, nil
}

// weekdayOf is the day of a short name, or -1.
func weekdayOf(name string) time.Weekday {
	for d, names := range [][]string{{"sun", "cn"}, {"mon", "t2"}, {"tue", "t3"}, {"wed", "t4"}, {"thu", "t5"}, {"fri", "t6"}, {"sat", "t7"}} {
		if slices.Contains(names, name) {
			return time.Weekday(d)
		}
	}
	return -1
}

// parseQuiet reads spans of the day such as 22:00-04:30.
func parseQuiet(list []string) (all []scheduler.QuietHours, err error) {
	for _, s := range list {
		first, last, _ := strings.Cut(s, "-")
		from, errFrom := scheduler.ParseTimeOfDay(strings.TrimSpace(first))
		until, errUntil := scheduler.ParseTimeOfDay(strings.TrimSpace(last))
		if errFrom != nil || errUntil != nil || from == until {
			return nil, fmt.Errorf("quiet hours %q: use a span such as 22:00-04:30", s)
		}
		all = append(all, scheduler.QuietHours{From: int(from), Until: int(until)})
	}
	return all, nil
}

func quietWords(q scheduler.QuietHours) string {
	return fmt.Sprintf("%s-%s", scheduler.TimeOfDay(q.From), scheduler.TimeOfDay(q.Until%(24*60)))
}

// span is a length without its zero ends: 15m, 1h, 1m10s.
func span(d time.Duration) string {
	s := d.Round(time.Second).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// runWords are the next occurrences of something.
func runWords(runs []time.Time, zone *time.Location) string {
	var list []string
	for _, at := range runs {
		list = append(list, at.In(zone).Format("Mon 02/01/2006 15:04"))
	}
	return strings.Join(list, ", ")
}
