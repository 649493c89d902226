package centre

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// message is what a station says on one of its channels.
func message(id scheduler.StationID, c devices.Channel, body any) devices.Message {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return devices.Message{Topic: devices.Topic(id, c), Payload: raw}
}

func asrun(id scheduler.StationID, batch devices.Batch) devices.Message {
	return message(id, devices.AsRunChannel, batch)
}

func state(id scheduler.StationID, s devices.State) devices.Message {
	return message(id, devices.StateChannel, s)
}

func TestIntakeRefuses(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	b.heard(tanHung)
	deep := []byte(strings.Repeat("[", 1<<20))
	for _, c := range []struct {
		why string
		m   devices.Message
	}{
		{"a state for another", state(tanHung, devices.State{Station: anBinh, Online: true})},
		{"a state for nobody", state(tanHung, devices.State{Online: true})},
		{"a state of nobody we know", state("khong-co", devices.State{Station: "khong-co", Online: true})},
		{"a batch for another", asrun(tanHung, devices.Batch{Station: anBinh, Log: "so"})},
		{"a batch of nobody we know", asrun("khong-co", devices.Batch{Station: "khong-co", Log: "so"})},
		{"a batch of no log", asrun(tanHung, devices.Batch{Station: tanHung})},
		{"a batch too long", asrun(tanHung, devices.Batch{Station: tanHung, Log: "so", Records: make([]scheduler.AsRun, devices.MaxBatch+1)})},
		{"a channel of the centre's", message(tanHung, devices.ScheduleChannel, devices.Schedule{})},
		{"a topic that is none", devices.Message{Topic: "loaphuong/v1/a/b/c"}},
		{"a station that is none", devices.Message{Topic: "loaphuong/v1/Đài/state"}},
		{"a retained state taken away", devices.Message{Topic: devices.Topic(tanHung, devices.StateChannel)}},
		{"no JSON", devices.Message{Topic: devices.Topic(tanHung, devices.AsRunChannel), Payload: []byte("{")}},
		{"two of them", devices.Message{Topic: devices.Topic(tanHung, devices.StateChannel), Payload: []byte(`{"station":"tan-hung"}{}`)}},
		{"JSON without a floor", devices.Message{Topic: devices.Topic(tanHung, devices.StateChannel), Payload: deep}},
		{"JSON without an end", devices.Message{Topic: devices.Topic(tanHung, devices.AsRunChannel), Payload: make([]byte, devices.MaxMessage+1)}},
	} {
		if err := b.intake.take(t.Context(), c.m, clock(4, 0, 0)); err == nil {
			t.Errorf("%s was taken", c.why)
		}
	}
	if b.news != 0 {
		t.Errorf("what was refused was told as news %d times", b.news)
	}
	if states := get[[]devices.State](t)(b.store.States(t.Context())); len(states) != 0 {
		t.Errorf("states are held: %+v", states)
	}
	if got := b.heard(tanHung); len(got) != 0 {
		t.Errorf("the station was answered %d times", len(got))
	}
}

func TestStatesAreHeard(t *testing.T) {
	b := newBench(t)
	now := clock(4, 0, 0)
	online := func(session string, r scheduler.Revision) devices.State {
		return devices.State{Station: tanHung, Session: session, Online: true, Revision: r, Card: "loa"}
	}
	will := func(session string) devices.State { return devices.State{Station: tanHung, Session: session} }
	for i, c := range []struct {
		said   devices.State
		online bool
		holds  scheduler.Revision
	}{
		{online("one", 0), true, 0},
		{online("one", 1), true, 1},
		{online("two", 1), true, 1}, // it began anew
		{will("one"), true, 1},      // and only now the broker notices that the first is gone
		{will("two"), false, 1},     // what it held stays known
		{online("three", 2), true, 2},
	} {
		heard := now.Add(time.Duration(i) * time.Minute)
		must(t, b.intake.take(t.Context(), state(tanHung, c.said), heard))
		got := get[[]devices.State](t)(b.store.States(t.Context()))[0]
		if got.Online != c.online || got.Revision != c.holds || got.Card != "loa" {
			t.Errorf("after word %d it is %+v", i+1, got)
		}
	}
	if b.news == 0 {
		t.Error("nobody was told")
	}
}

func TestAStationThatComesGetsItsSchedule(t *testing.T) {
	b := newBench(t)
	b.publish(clock(4, 0, 0))
	b.heard(tanHung)
	now := clock(4, 10, 0)
	say := func(s devices.State) int {
		s.Station = tanHung
		must(t, b.intake.take(t.Context(), state(tanHung, s), now))
		return len(b.schedules(tanHung, now))
	}
	if n := say(devices.State{Session: "x", Revision: 0}); n != 0 {
		t.Errorf("a station that has gone was sent %d schedules", n)
	}
	if n := say(devices.State{Session: "x", Online: true, Revision: 0}); n != 1 {
		t.Errorf("a station without one was sent %d schedules", n)
	}
	if n := say(devices.State{Session: "x", Online: true, Revision: 1}); n != 0 {
		t.Errorf("a station that has it was sent %d schedules", n)
	}
}

// receipt takes one batch in and opens the receipt that comes back.
func (b *bench) receipt(batch devices.Batch, now time.Time) (r devices.Receipt) {
	b.t.Helper()
	must(b.t, b.intake.take(b.t.Context(), asrun(tanHung, batch), now))
	got := b.heard(tanHung)
	if len(got) != 1 {
		b.t.Fatalf("%d receipts", len(got))
	}
	e := get[devices.Envelope](b.t)(b.keys.Open(got[0].Payload, tanHung, devices.ReceiptChannel, now))
	must(b.t, devices.Decode(e.Body, &r))
	return r
}

// morning publishes, and is what the station says of the first morning.
func (b *bench) morning() (batch devices.Batch, now time.Time) {
	b.publish(clock(4, 0, 0))
	b.heard(tanHung)
	facts := b.facts(tanHung)
	first := aired(facts[0].Airing, 1, "")
	now = clock(6, 0, 0)
	return devices.Batch{
		Station: tanHung, Log: "so", Records: []scheduler.AsRun{first, aired(facts[1].Airing, 2, first.Hash())},
		Number: 2, Through: now, Since: clock(3, 0, 0),
	}, now
}

func TestLinesAreReceipted(t *testing.T) {
	b := newBench(t)
	batch, now := b.morning()
	for _, when := range []string{"once", "twice"} {
		if got := b.receipt(batch, now); got.Log != "so" || !slices.Equal(got.Accepted, []uint64{1, 2}) || len(got.Rejected) != 0 {
			t.Errorf("sent %s, the receipt is %+v", when, got)
		}
	}
	for _, f := range b.facts(tanHung)[:2] {
		if f.Outcome != scheduler.Aired {
			t.Errorf("%s is %+v", f.Recording, f)
		}
	}
}

func TestLinesThatAreKeptApartAreReceiptedToo(t *testing.T) {
	b := newBench(t)
	batch, now := b.morning()
	batch.Records[1].Airing = "never-owed"
	got := b.receipt(batch, now)
	if !slices.Equal(got.Accepted, []uint64{1}) || len(got.Rejected) != 1 || got.Rejected[0].Number != 2 || got.Rejected[0].Reason == "" {
		t.Errorf("the receipt is %+v", got)
	}
}

// TestWhatIsAfterTheLeaseIsNoSurprise: the last window of a lease may outlast
// it. The station says that it did not air the rest, which is no stranger's word.
func TestWhatIsAfterTheLeaseIsNoSurprise(t *testing.T) {
	b := newBench(t)
	b.publisher.Lease = days(1)
	b.publish(clock(5, 1, 0).Add(-days(1)))
	b.heard(tanHung)
	held := b.held(tanHung)
	zone := get[*time.Location](t)(time.LoadLocation(held.Zone))
	late := scheduler.Airings(tanHung, zone, held.Playlists, held.Lease, held.Lease.Add(days(1)))
	if len(late) != 1 {
		t.Fatalf("%d airings of the schedule are after its lease", len(late))
	}
	line := aired(late[0], 1, "")
	line.Outcome, line.Reason, line.Sounded = scheduler.Missed, scheduler.LeaseOver, 0
	if got := b.receipt(devices.Batch{Station: tanHung, Log: "so", Records: []scheduler.AsRun{line}}, line.At); len(got.Rejected) != 0 {
		t.Errorf("the receipt is %+v", got)
	}
}

func TestNoReceiptForWhatIsNotKept(t *testing.T) {
	b := newBench(t)
	batch, now := b.morning()
	must(t, b.store.Close())
	if err := b.intake.take(t.Context(), asrun(tanHung, batch), now); err == nil {
		t.Error("lines were taken without a database")
	}
	if got := b.heard(tanHung); len(got) != 0 {
		t.Errorf("%d receipts for lines that are nowhere", len(got))
	}
}

func TestAReceiptThatDoesNotGetThroughIsSaid(t *testing.T) {
	b := newBench(t)
	batch, now := b.morning()
	b.broker.Cut(devices.CentreName)
	if err := b.intake.take(t.Context(), asrun(tanHung, batch), now); err == nil {
		t.Error("a receipt was lost without a word")
	}
	if b.news != 1 {
		t.Errorf("lines that are in the database were told as news %d times", b.news)
	}
	b.broker.Restore(devices.CentreName)
	<-b.up
	if got := b.receipt(batch, now); len(got.Accepted) != 2 { // the station sends them again
		t.Errorf("the receipt is %+v", got)
	}
}

func TestAnEmptyBatchMovesTheWatermark(t *testing.T) {
	b := newBench(t)
	batch, now := b.morning()
	b.receipt(batch, now)
	batch.Records, batch.Through = nil, now.Add(time.Hour)
	must(t, b.intake.take(t.Context(), asrun(tanHung, batch), now.Add(time.Hour)))
	if got := b.heard(tanHung); len(got) != 0 {
		t.Errorf("%d receipts for no lines", len(got))
	}
	marks := get[[]scheduler.Watermark](t)(b.store.Watermarks(t.Context()))
	if len(marks) != 1 || !marks[0].Complete || !marks[0].Through.Equal(now.Add(time.Hour)) {
		t.Errorf("the watermarks are %+v", marks)
	}
}

// TestIntakeRuns goes over the wire: a station says what it holds and what it
// aired, and gets its schedule and its receipt.
func TestIntakeRuns(t *testing.T) {
	b := newBench(t)
	batch, _ := b.morning()
	ctx, cancel := context.WithCancel(t.Context())
	b.intake.Link = b.broker.Link(devices.CentreName)
	b.publisher.Link = b.intake.Link
	done := make(chan error, 1)
	go func() { done <- b.intake.Run(ctx) }() // it takes the other link's place
	station := b.broker.Link(string(tanHung))
	up, got := make(chan bool, 10), make(chan devices.Message, 10)
	go station.Run(ctx, devices.Session{
		Client: string(tanHung), Subscribe: []string{devices.Topic(tanHung, devices.ReceiptChannel)},
		Up: func() { up <- true }, Receive: func(m devices.Message) { got <- m },
	})
	<-up
	will := state(tanHung, devices.State{Station: tanHung, Session: "x", Online: true, Revision: 1})
	will.Retained = true
	must(t, station.Send(ctx, will))
	must(t, station.Send(ctx, devices.Message{Topic: devices.Topic(tanHung, devices.AsRunChannel), Payload: []byte("garbage")}))
	for len(got) == 0 { // until the centre listens
		must(t, station.Send(ctx, asrun(tanHung, batch)))
	}
	r := <-got
	if _, err := b.keys.Open(r.Payload, tanHung, devices.ReceiptChannel, time.Now()); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run ended with %v", err)
	}
}
