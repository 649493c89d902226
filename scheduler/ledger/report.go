package ledger

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// tableWidth is how many columns a table takes at most, counted in runes: a
// composed Vietnamese letter is one.
const tableWidth = 120

// columns of a table, left to right. What is counted in thousands over a month
// has more room. Together they are as wide as the table.
const (
	tableHead = "%-40s%7s%7s%5s%5s%6s%5s%5s%6s%6s%4s%9s%15s\n"
	tableRow  = "%-40s%7d%7d%5d%5d%6d%5d%5d%6d%6d%4d%9s%15s"
)

// WriteTable writes the report for a person at a terminal, 120 columns wide: a
// heading for each letter and each topic, a line for each station, the total
// and the reasons. The counts are, in order: expected, aired, late, partial,
// missed, recalled, waived, unknown, still to come, on air; then how long it
// sounded, in hours, minutes and seconds, and when the last began, in the
// station's zone.
func WriteTable(w io.Writer, r scheduler.AirtimeReport) error {
	var b bytes.Buffer // nothing is written where anything goes wrong half-way
	fmt.Fprintf(&b, tableHead, "STATION", "EXPECT", "AIRED", "LATE", "PART", "MISS", "RECL", "WAIV", "UNKN", "NEXT", "NOW", "SOUND", "LAST")
	zones := zones{}
	for i, row := range r.Rows {
		letter := i == 0 || row.Directive != r.Rows[i-1].Directive
		if letter {
			fmt.Fprintln(&b, cut(heading(row), tableWidth))
		}
		if letter || row.Topic != r.Rows[i-1].Topic {
			fmt.Fprintln(&b, cut(topic(row), tableWidth))
		}
		writeLine(&b, "    "+row.StationName, row.Tally, row.LastAired.In(zones.at(row.Zone)))
	}
	writeLine(&b, "TOTAL", r.Total, time.Time{})
	if why := reasons(r.Rows...); why != "" {
		fmt.Fprintln(&b, "why: "+why)
	}
	_, err := b.WriteTo(w)
	return err
}

func writeLine(w io.Writer, name string, t scheduler.Tally, aired time.Time) {
	last := ""
	if !aired.IsZero() {
		last = aired.Format("02/01 15:04:05")
	}
	line := fmt.Sprintf(tableRow, cut(name, 39), t.Expected, t.Aired, t.Late, t.Partial, t.Missed,
		t.Recalled, t.Waived, t.Unknown, t.Upcoming, t.OnAir, clock(t.Sounded), last)
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}

// clock is d in hours, minutes and seconds.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

func heading(r scheduler.AirtimeRow) string {
	if r.Directive == "" {
		return "(no letter)"
	}
	return strings.TrimSpace(cmp.Or(r.Number, string(r.Directive)) + "  " + r.Subject)
}

func topic(r scheduler.AirtimeRow) string {
	if r.Topic == 0 {
		return "  " + cmp.Or(r.Title, "-")
	}
	return fmt.Sprintf("  %d. %s", r.Topic, r.Title)
}

// reasons lists how many airings of the rows give which reason, the most
// frequent first.
func reasons(rows ...scheduler.AirtimeRow) string {
	all := map[scheduler.Reason]int{}
	for _, r := range rows {
		for why, n := range r.Reasons {
			all[why] += n
		}
	}
	var words []string
	for _, why := range slices.SortedFunc(maps.Keys(all), func(a, b scheduler.Reason) int {
		return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b))
	}) {
		words = append(words, fmt.Sprintf("%s %d", why, all[why]))
	}
	return strings.Join(words, ", ")
}

// cut shortens s to at most width runes, and makes one line of it that cannot
// command a terminal.
func cut(s string, width int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:width-1]), " ") + "…"
}

// zones holds the zones loaded for one report.
type zones map[string]*time.Location

// at is the zone of that name, or UTC where there is no such zone.
func (z zones) at(name string) *time.Location {
	if z[name] == nil {
		loc, err := time.LoadLocation(cmp.Or(name, scheduler.DefaultZone))
		if err != nil {
			loc = time.UTC
		}
		z[name] = loc
	}
	return z[name]
}
