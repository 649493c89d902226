package store_test

import (
	"fmt"
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
