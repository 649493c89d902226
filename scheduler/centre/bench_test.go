package centre

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
	"loaphuong/scheduler/letter/paper"
	"loaphuong/scheduler/store"
)

const (
	tanHung = scheduler.StationID("tan-hung") // owes both topics of the letter
	anBinh  = scheduler.StationID("an-binh")  // owes the first alone
	lease   = 14 * 24 * time.Hour
	spoken  = "Đề nghị bà con đưa trẻ em đi tiêm chủng đầy đủ, đúng lịch."
	minute  = time.Minute // how long every recording of the bench lasts
)

// bench is a centre's publisher, intake and desk on a store in a file, two
// stations that listen, and the broker between them.
type bench struct {
	t         testing.TB
	store     *store.Store
	broker    *memory.Broker
	link      devices.Link
	up        chan struct{} // gets a value each time the centre's link comes up
	publisher *Publisher
	intake    *Intake
	desk      *Desk
	keys      devices.Keyring
	ears      map[scheduler.StationID]chan devices.Message
	news      int // how often the intake told of a change
}

// clock is an instant of the Monday on which the tests begin, as hour, minute
// and second in the stations' zone.
func clock(h, m, s int) time.Time {
	return time.Date(2026, 3, 2, h, m, s, 0, time.FixedZone("", 7*60*60)).UTC()
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// newBench is a bench for a test that runs beside others.
func newBench(t *testing.T) *bench {
	t.Parallel()
	return openBench(t)
}

// openBench has a letter with two topics, both recorded and approved, and a
// window in the morning and one in the afternoon.
func openBench(t testing.TB) *bench {
	_, key, err := ed25519.GenerateKey(nil)
	must(t, err)
	b := &bench{t: t, broker: memory.NewBroker(), up: make(chan struct{}, 10), keys: devices.NewKeyring(key.Public().(ed25519.PublicKey))}
	b.open(filepath.Join(t.TempDir(), "centre.db"))
	t.Cleanup(func() { b.store.Close() })
	b.link = b.broker.Link(devices.CentreName)
	b.connect()
	log := slog.New(slog.DiscardHandler)
	b.publisher = &Publisher{Store: b.store, Key: key, Lease: lease, Link: b.link, Log: log}
	b.intake = &Intake{Store: b.store, Publisher: b.publisher, Key: key, Link: b.link, Changed: func() { b.news++ }, Log: log}
	b.desk = &Desk{Store: b.store, Papers: &paper.Reader{}, Publisher: b.publisher, Ledger: ledger.New(b.store), News: NewNews(), Zone: scheduler.DefaultZone}
	return b
}

// furnished is a database as every test finds it, made once for all.
var furnished struct {
	once sync.Once
	raw  []byte
}

func (b *bench) open(path string) {
	b.t.Helper()
	furnished.once.Do(func() {
		b.store = get[*store.Store](b.t)(store.Open(b.t.Context(), path))
		b.furnish()
		must(b.t, b.store.Close())
		furnished.raw = get[[]byte](b.t)(os.ReadFile(path))
	})
	must(b.t, os.WriteFile(path, furnished.raw, 0o600))
	b.store = get[*store.Store](b.t)(store.Open(b.t.Context(), path))
}

// connect brings up the centre's link and one for each station.
func (b *bench) connect() {
	ctx, cancel := context.WithCancel(context.Background())
	var ended []chan struct{}
	run := func(l devices.Link, s devices.Session) {
		done := make(chan struct{})
		ended = append(ended, done)
		go func() {
			defer close(done)
			l.Run(ctx, s)
		}()
	}
	run(b.link, devices.Session{Client: devices.CentreName, Up: func() { b.up <- struct{}{} }})
	<-b.up
	b.ears = map[scheduler.StationID]chan devices.Message{}
	for _, id := range []scheduler.StationID{tanHung, anBinh} {
		ear, up := make(chan devices.Message, 100), make(chan struct{}, 10)
		b.ears[id] = ear
		s := devices.Session{Client: string(id), Up: func() { up <- struct{}{} }, Receive: func(m devices.Message) { ear <- m }}
		for _, c := range devices.ToStation() {
			s.Subscribe = append(s.Subscribe, devices.Topic(id, c))
		}
		run(b.broker.Link(string(id)), s)
		<-up
	}
	b.t.Cleanup(func() {
		cancel()
		for _, done := range ended {
			<-done
		}
	})
}

func (b *bench) furnish() {
	ctx := b.t.Context()
	for _, a := range []scheduler.Area{{ID: "tinh"}, {ID: "xa-a", Parent: "tinh"}, {ID: "xa-b", Parent: "tinh"}} {
		must(b.t, b.store.PutArea(ctx, a))
	}
	b.putStation(scheduler.Station{ID: tanHung, Area: "xa-a", Zone: scheduler.DefaultZone, Volume: 80})
	b.putStation(scheduler.Station{ID: anBinh, Area: "xa-b", Zone: scheduler.DefaultZone, Volume: 80})
	get[bool](b.t)(b.store.PutDirective(ctx, scheduler.Directive{ID: "thu", Topics: []scheduler.Topic{{Ordinal: 1, Text: spoken}, {Ordinal: 2, Text: "Hai."}}}, store.Letter{Text: "thư"}))
	b.owe("o1", 1, "tinh")
	b.owe("o2", 2, "xa-a")
	b.record("r1", 1, minute)
	b.record("r2", 2, minute)
	b.window("chieu", "0 17 * * *")
	b.window("sang", "0 5 * * *")
}

func (b *bench) putStation(s scheduler.Station) {
	b.t.Helper()
	must(b.t, b.store.PutStation(b.t.Context(), s))
}

// owe makes a topic owed once a day.
func (b *bench) owe(id string, topic int, area scheduler.AreaID) {
	b.t.Helper()
	first := scheduler.DateOf(clock(0, 0, 0).Add(-days(30)))
	o := scheduler.Obligation{ID: id, Directive: "thu", Topic: topic, Area: area, From: first, Until: scheduler.DateOf(clock(0, 0, 0).Add(days(400))), PerDay: 1}
	must(b.t, b.store.PutObligations(b.t.Context(), []scheduler.Obligation{o}))
}

// record keeps an approved recording of a topic; the last one is the newest.
func (b *bench) record(id scheduler.RecordingID, topic int, length time.Duration) scheduler.Recording {
	b.t.Helper()
	all := get[[]scheduler.Recording](b.t)(b.store.Recordings(b.t.Context(), store.RecordingFilter{}))
	r := scheduler.Recording{
		ID: id, Title: string(id), Directive: "thu", Topic: topic, Digest: digestOf(id), Size: sizeOf(id),
		Duration: length, Created: clock(0, 0, len(all)),
	}
	r, err := r.Approve("Hùng", r.Created, r.Digest)
	must(b.t, err)
	must(b.t, b.store.PutRecording(b.t.Context(), r))
	return r
}

func digestOf(id scheduler.RecordingID) scheduler.Digest { return scheduler.DigestOf([]byte(id)) }

func sizeOf(id scheduler.RecordingID) int64 { return int64(1000 + len(id)) }

func (b *bench) window(id scheduler.ProgrammeID, spec string) {
	b.t.Helper()
	timing := get[scheduler.Timing](b.t)(scheduler.Cron(spec, time.Time{}, time.Time{}))
	must(b.t, b.store.PutProgramme(b.t.Context(), scheduler.Programme{
		ID: id, Name: string(id), Area: "tinh", Timing: timing, Length: 10 * minute, Class: scheduler.Ordinary, Grace: scheduler.DefaultGrace,
	}))
}

// publish publishes at an instant and says who got what: "an-binh 1, tan-hung 1".
func (b *bench) publish(now time.Time) string {
	b.t.Helper()
	done := get[scheduler.Publication](b.t)(b.publisher.Publish(b.t.Context(), "Lan", at(now)))
	return given(done)
}

func given(done scheduler.Publication) (list string) {
	for i, s := range done.Stations {
		if i > 0 {
			list += ", "
		}
		list += fmt.Sprint(s.Station, " ", s.Revision)
	}
	return list
}

// at is a clock that stands still.
func at(now time.Time) func() time.Time { return func() time.Time { return now } }

// held is the schedule last published to a station.
func (b *bench) held(id scheduler.StationID) devices.Schedule {
	b.t.Helper()
	return get[store.Published](b.t)(b.store.LatestSchedule(b.t.Context(), id)).Schedule
}

// ahead lists what a station's schedule has in a span, as "05:01:01 r2".
func (b *bench) ahead(id scheduler.StationID, from time.Time, span time.Duration) (list []string) {
	b.t.Helper()
	s := b.held(id)
	zone := get[*time.Location](b.t)(time.LoadLocation(s.Zone))
	for _, a := range scheduler.Airings(id, zone, s.Playlists, from, from.Add(span)) {
		list = append(list, a.Start.In(zone).Format("15:04:05 ")+string(a.Recording))
	}
	return list
}

// facts lists every airing ever expected of a station.
func (b *bench) facts(id scheduler.StationID) []scheduler.AiringFacts {
	b.t.Helper()
	return get[[]scheduler.AiringFacts](b.t)(b.store.Airings(b.t.Context(), scheduler.AiringFilter{Stations: []scheduler.StationID{id}}))
}

// expected lists the airings that a station owes, by id.
func (b *bench) expected(id scheduler.StationID) map[scheduler.AiringID]scheduler.AiringFacts {
	owed := map[scheduler.AiringID]scheduler.AiringFacts{}
	for _, f := range b.facts(id) {
		if !f.Withdrawn {
			owed[f.ID] = f
		}
	}
	return owed
}

// heard lists what a station has received since it was last asked. A marker
// sent behind it all shows where it ends.
func (b *bench) heard(id scheduler.StationID) (got []devices.Message) {
	b.t.Helper()
	marker := devices.Message{Topic: devices.Topic(id, devices.CommandChannel), Payload: []byte("marker")}
	must(b.t, b.link.Send(b.t.Context(), marker))
	for m := range b.ears[id] {
		if m.Topic == marker.Topic {
			break
		}
		got = append(got, m)
	}
	return got
}

// schedules opens the schedules that a station has received.
func (b *bench) schedules(id scheduler.StationID, now time.Time) (got []devices.Schedule) {
	b.t.Helper()
	for _, m := range b.heard(id) {
		e := get[devices.Envelope](b.t)(b.keys.Open(m.Payload, id, devices.ScheduleChannel, now))
		var s devices.Schedule
		must(b.t, devices.Decode(e.Body, &s))
		must(b.t, s.Check())
		if e.Sequence != uint64(s.Revision) || s.Station != id {
			b.t.Errorf("schedule %d of %s came as number %d to %s", s.Revision, s.Station, e.Sequence, id)
		}
		got = append(got, s)
	}
	return got
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get is a value that must come without an error.
func get[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}
