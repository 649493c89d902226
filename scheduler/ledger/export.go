package ledger

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// bom tells a spreadsheet that what follows is UTF-8.
const bom = "\ufeff"

// WriteCSV writes the rows of the report for a spreadsheet, times in the zone of
// each station with their offset. A text that a spreadsheet would take for a
// formula gets an apostrophe in front.
func WriteCSV(w io.Writer, r scheduler.AirtimeReport) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	c.Write([]string{"directive", "number", "subject", "topic", "title", "station", "station_name", "area", "area_name",
		"expected", "aired", "late", "partial", "missed", "recalled", "waived", "unknown", "upcoming", "on_air",
		"sounded_seconds", "first", "last", "reasons"})
	zones := zones{}
	for _, row := range r.Rows {
		c.Write(record(row, zones.at(row.Zone)))
	}
	c.Flush()
	return c.Error() // of any Write before, too
}

func record(r scheduler.AirtimeRow, zone *time.Location) []string {
	fields := []string{harmless(string(r.Directive)), harmless(r.Number), harmless(r.Subject), strconv.Itoa(r.Topic), harmless(r.Title),
		harmless(string(r.Station)), harmless(r.StationName), harmless(string(r.Area)), harmless(r.AreaName)}
	for _, n := range []int{r.Expected, r.Aired, r.Late, r.Partial, r.Missed, r.Recalled, r.Waived, r.Unknown, r.Upcoming, r.OnAir} {
		fields = append(fields, strconv.Itoa(n))
	}
	seconds := strconv.FormatFloat(r.Sounded.Seconds(), 'f', 1, 64)
	return append(fields, seconds, stamp(r.FirstAired, zone), stamp(r.LastAired, zone), harmless(reasons(r)))
}

// harmless keeps a text from being run as a formula.
func harmless(s string) string {
	if t := strings.TrimLeft(s, " "); t != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}

func stamp(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("2006-01-02 15:04:05 -07:00")
}

// WriteJSON writes the whole report for a program.
func WriteJSON(w io.Writer, r scheduler.AirtimeReport) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
