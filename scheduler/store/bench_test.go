package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// BenchmarkIngest takes full batches of a station in, each durable, one after
// the other: rows/s is what one writer can do.
func BenchmarkIngest(b *testing.B) {
	s := withStations(b, open(b), "tan-hung")
	const perBatch = devices.MaxBatch / 3
	all := airings("tan-hung", noon, b.N*perBatch)
	publish(b, s, 1, noon, all)
	lines := logOf("log", all)
	b.ResetTimer()
	for i := range b.N {
		some := lines[i*perBatch*3 : (i+1)*perBatch*3]
		batch := devices.Batch{Station: "tan-hung", Log: "log", Records: some, Number: some[len(some)-1].Number, Through: noon, Since: noon}
		if _, err := s.Ingest(b.Context(), batch, noon); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*perBatch*3)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkPublish publishes two weeks of a busy station, half of them new.
func BenchmarkPublish(b *testing.B) {
	s := withStations(b, open(b), "tan-hung")
	for i := range b.N {
		b.StopTimer()
		p := publication("tan-hung", scheduler.Revision(i+1), noon, airings("tan-hung", noon.Add(time.Duration(i)*2*time.Hour), 240))
		b.StartTimer()
		must(b, s.Publish(b.Context(), p))
	}
}

// BenchmarkMonth reads the month of a province: 235 stations, about 100 000
// airings, out of twice as many.
func BenchmarkMonth(b *testing.B) {
	s := open(b)
	const each = 427
	for i := range 235 {
		id := scheduler.StationID(fmt.Sprintf("xa-%d", i))
		withStations(b, s, id)
		publish(b, s, 1, noon.Add(-time.Hour), airings(id, noon, 2*each))
	}
	b.ResetTimer()
	for range b.N {
		if n := len(facts(b, s, scheduler.AiringFilter{From: noon, Until: noon.Add(each * time.Minute)})); n != 235*each {
			b.Fatalf("%d airings", n)
		}
	}
	b.ReportMetric(235*each*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkHeldSchedules reads what 500 stations hold, each 28 playlists of ten
// entries, 280 different ones in all, out of five times as much.
func BenchmarkHeldSchedules(b *testing.B) {
	b.ReportAllocs()
	s := open(b)
	digest := scheduler.DigestOf([]byte("tin-1"))
	p := scheduler.Playlist{ID: "sang-0123456789abcdef", Programme: "sang", Title: "Buổi sáng", Class: scheduler.Ordinary,
		Timing: get[scheduler.Timing](b)(scheduler.Cron("30 5 * * 1", noon, noon.Add(672*time.Hour)))}
	for i := range 10 {
		p.Entries = append(p.Entries, scheduler.Entry{Offset: time.Duration(i) * time.Minute, Recording: "tin-1", Title: "Tiêm vắc-xin",
			Digest: digest, Duration: 45 * time.Second, Approver: "Lan", Directive: "letter", Topic: 1})
	}
	const stations = 500
	for i := range stations {
		id := scheduler.StationID(fmt.Sprintf("xa-%d", i))
		withStations(b, s, id)
		for revision := range scheduler.Revision(5) {
			next := publication(id, revision+1, noon, nil)
			for n := range 28 {
				p.Title = fmt.Sprintf("Buổi sáng %d của nhóm %d", n, i%10)
				next.Schedule.Playlists = append(next.Schedule.Playlists, p)
			}
			must(b, s.Publish(b.Context(), next))
		}
	}
	b.ResetTimer()
	for range b.N {
		if held := get[map[scheduler.StationID]devices.Schedule](b)(s.HeldSchedules(b.Context())); len(held) != stations {
			b.Fatalf("%d schedules", len(held))
		}
	}
	b.ReportMetric(stations*float64(b.N)/b.Elapsed().Seconds(), "schedules/s")
}

// BenchmarkSnapshot copies a database of 200 000 airings.
func BenchmarkSnapshot(b *testing.B) {
	s := open(b)
	for i := range 200 {
		id := scheduler.StationID(fmt.Sprintf("xa-%d", i))
		withStations(b, s, id)
		publish(b, s, 1, noon.Add(-time.Hour), airings(id, noon, 1000))
	}
	dir := b.TempDir()
	b.ResetTimer()
	for i := range b.N {
		must(b, s.Snapshot(b.Context(), filepath.Join(dir, fmt.Sprintf("%d-%d.db", b.N, i))))
	}
}
