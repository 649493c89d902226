package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// noon is when the tests take place.
var noon = time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)

// open opens an empty store that is closed with the test.
func open(t testing.TB) *store.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "centre.db"))
}

func openAt(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// must fails the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get is must for what returns a value.
func get[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// withStations adds a province with a commune for each station.
func withStations(t testing.TB, s *store.Store, ids ...scheduler.StationID) *store.Store {
	t.Helper()
	must(t, s.PutArea(t.Context(), scheduler.Area{ID: "tinh", Name: "Tỉnh"}))
	for _, id := range ids {
		area := scheduler.AreaID("xa-" + id)
		must(t, s.PutArea(t.Context(), scheduler.Area{ID: area, Name: "Xã " + string(id), Parent: "tinh"}))
		must(t, s.PutStation(t.Context(), scheduler.Station{ID: id, Name: "Đài " + string(id), Area: area, Zone: scheduler.DefaultZone}))
	}
	return s
}

// airings are n airings of a station, a minute apart from start on.
func airings(station scheduler.StationID, start time.Time, n int) []scheduler.Airing {
	all := make([]scheduler.Airing, n)
	for i := range all {
		at := start.Add(time.Duration(i) * time.Minute)
		all[i] = scheduler.Airing{
			ID:      scheduler.NewAiringID(station, "sang", at, 0),
			Station: station, Programme: "sang", Playlist: "sang-1", Class: scheduler.Ordinary,
			Start: at, Duration: 45 * time.Second, Grace: 30 * time.Second,
			Recording: "tin-1", Title: "Tiêm vắc-xin", Digest: scheduler.DigestOf([]byte("tin-1")), Approver: "Lan",
			Directive: "letter", Topic: 1 + i%3,
		}
	}
	return all
}

// pieces are a tune and an item that makes another airing good.
func pieces(station scheduler.StationID, start time.Time) []scheduler.Airing {
	all := airings(station, start, 2)
	all[0].Piece, all[0].Directive, all[0].Topic = scheduler.Tune, "", 0
	all[1].MakesGood = "missed"
	return all
}

// publish publishes the revision with the airings at an instant.
func publish(t testing.TB, s *store.Store, revision scheduler.Revision, now time.Time, all []scheduler.Airing) {
	t.Helper()
	must(t, s.Publish(t.Context(), publication(all[0].Station, revision, now, all)))
}

func publication(station scheduler.StationID, revision scheduler.Revision, now time.Time, all []scheduler.Airing) store.Publication {
	return store.Publication{
		Schedule: devices.Schedule{Station: station, Revision: revision, Issued: now, Lease: now.Add(720 * time.Hour), Zone: scheduler.DefaultZone},
		Sealed:   fmt.Appendf(nil, "signed %d\x00", revision),
		By:       "Lan",
		Airings:  all,
		Now:      now,
	}
}

// chain numbers lines from 1 on and gives each the hash of the one before.
func chain(log string, lines []scheduler.AsRun) []scheduler.AsRun {
	var previous scheduler.Digest
	for i := range lines {
		lines[i].Log, lines[i].Number, lines[i].Previous = log, uint64(i+1), previous
		previous = lines[i].Hash()
	}
	return lines
}

// played are the lines of an airing that went well.
func played(a scheduler.Airing) []scheduler.AsRun {
	return []scheduler.AsRun{
		{Kind: scheduler.AsRunIntent, Airing: a.ID, Planned: a.Start, At: a.Start.Add(-time.Second)},
		{Kind: scheduler.AsRunStart, Airing: a.ID, Planned: a.Start, At: a.Start.Add(time.Millisecond), Evidence: scheduler.EvidenceStarted},
		{Kind: scheduler.AsRunEnd, Airing: a.ID, Planned: a.Start, At: a.Start.Add(a.Duration), Sounded: a.Duration,
			Outcome: scheduler.Aired, Evidence: scheduler.EvidenceDrained, Card: "USB", Digest: a.Digest,
			Clock: scheduler.Clock{Boot: "b1", Monotonic: time.Hour, Offset: -3 * time.Microsecond}},
	}
}

// logOf is the whole log of a station that played everything.
func logOf(log string, all []scheduler.Airing) []scheduler.AsRun {
	var lines []scheduler.AsRun
	for _, a := range all {
		lines = append(lines, played(a)...)
	}
	return chain(log, lines)
}

// ingest sends lines of a log in one batch that claims nothing.
func ingest(t testing.TB, s *store.Store, station scheduler.StationID, log string, lines ...scheduler.AsRun) devices.Receipt {
	t.Helper()
	return get[devices.Receipt](t)(s.Ingest(t.Context(), devices.Batch{Station: station, Log: log, Records: lines}, noon))
}
