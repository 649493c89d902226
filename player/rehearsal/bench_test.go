package rehearsal

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkWeek is a week of one station with three power cuts and as many lost
// links; b.N over the time is how many station-weeks a second one core lives.
func BenchmarkWeek(b *testing.B) {
	dir := b.TempDir()
	n := 0
	for b.Loop() {
		n++
		c := newCentre(b)
		outages := outagesOf(b, "*,power,random,3,2h\n*,link,random,3,6h").For(station, after(0), after(week), uint64(n))
		show, err := Open(Station{ID: station, Keys: c.keys(), From: after(0), Outages: outages, Dir: filepath.Join(dir, fmt.Sprint(n))})
		if err != nil {
			b.Fatal(err)
		}
		show.Give(c.week(station, 1, after(0)), after(time.Minute))
		show.Give(c.week(station, 2, after(3*24*time.Hour)), after(3*24*time.Hour))
		c.run(show, week)
		if err := show.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(c.lines)), "lines")
		b.ReportMetric(float64(c.batches), "batches")
		b.ReportMetric(float64(len(c.heard)), "states")
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "weeks/s")
}
