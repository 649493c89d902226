package agent

import (
	"encoding/json"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func (b *bench) receive(m devices.Message) {
	_, channel, _ := devices.ParseTopic(m.Topic)
	b.mu.Lock()
	defer b.mu.Unlock()
	if channel == devices.StateChannel {
		b.state = devices.State{}
		if err := json.Unmarshal(m.Payload, &b.state); err != nil {
			b.t.Error(err)
		}
		b.states++
		if b.pushy != nil && b.state.Online {
			go b.sendRaw(devices.ScheduleChannel, b.pushy)
		}
		return
	}
	var batch devices.Batch
	if err := json.Unmarshal(m.Payload, &batch); err != nil {
		b.t.Error(err)
	}
	b.batches++
	b.latest = batch.Records
	b.claims = append(b.claims, claim{batch, b.now()})
	r := devices.Receipt{Log: batch.Log}
	for _, line := range batch.Records {
		if old, ok := b.lines[line.Number]; ok && old != line {
			b.t.Errorf("line %d was %+v and is now %+v", line.Number, old, line)
		}
		b.lines[line.Number] = line
		r.Accepted = append(r.Accepted, line.Number)
	}
	b.through = batch.Through
	if !b.deaf && len(r.Accepted) > 0 {
		go b.send(devices.ReceiptChannel, 1, time.Hour, r)
	}
}

// send signs body to the station.
func (b *bench) send(c devices.Channel, sequence uint64, life time.Duration, body any) []byte {
	raw, err := devices.Seal(b.key, devices.Envelope{
		To: string(station), Kind: c, Sequence: sequence, NotBefore: b.now().Add(-time.Minute), Expires: b.now().Add(life),
	}, body)
	if err != nil {
		b.t.Error(err)
	}
	b.sendRaw(c, raw)
	return raw
}

func (b *bench) sendRaw(c devices.Channel, raw []byte) {
	m := devices.Message{Topic: devices.Topic(station, c), Payload: raw, Retained: c == devices.ScheduleChannel}
	if err := b.centre.Send(b.t.Context(), m); err != nil {
		b.t.Error(err)
	}
}

// hear says whether the centre receipts what it hears.
func (b *bench) hear(well bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.deaf = !well
}

// command tells the station to stop what is on air.
func (b *bench) command(id string) []byte {
	return b.send(devices.CommandChannel, 1, time.Hour, devices.Command{ID: id, Verb: devices.StopAiring})
}

// schedule makes a schedule with one playlist of items, each beginning 10 s
// after the one before, the first at s after the start.
func (b *bench) schedule(revision scheduler.Revision, s time.Duration, items ...string) devices.Schedule {
	out := devices.Schedule{
		Station: station, Revision: revision, Issued: b.now().UTC(), Lease: b.now().Add(7 * 24 * time.Hour).UTC(),
		Zone: scheduler.DefaultZone, Volume: 100,
	}
	add(&out, scheduler.Ordinary, 20*time.Second, s, items...)
	return out
}

// add gives a schedule a further playlist.
func add(s *devices.Schedule, class scheduler.Class, grace, at time.Duration, items ...string) {
	list := scheduler.Playlist{Programme: "sang", Class: class, Timing: scheduler.Once(start().Add(at)), Grace: grace}
	for i, item := range items {
		data := []byte(item)
		list.Entries = append(list.Entries, scheduler.Entry{
			Offset: time.Duration(i) * 10 * time.Second, Recording: scheduler.RecordingID(item), Title: item,
			Digest: scheduler.DigestOf(data), Duration: lengthOf(data), Approver: "Lan",
		})
		file := devices.File{Digest: scheduler.DigestOf(data), Size: int64(len(data))}
		if !slices.Contains(s.Files, file) {
			s.Files = append(s.Files, file)
		}
	}
	s.Playlists = append(s.Playlists, list.Seal())
}

// publish sends a schedule whose files the centre has.
func (b *bench) publish(s devices.Schedule) {
	for _, l := range s.Playlists {
		for _, e := range l.Entries {
			b.files.offer(e.Title)
		}
	}
	b.send(devices.ScheduleChannel, uint64(s.Revision), s.Lease.Sub(b.now()), s)
	b.pass(time.Second)
}

// ends lists the last words, by title of the item.
func (b *bench) ends(items ...string) map[string]scheduler.AsRun {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := map[string]scheduler.AsRun{}
	for _, line := range b.lines {
		for _, item := range items {
			if line.Kind == scheduler.AsRunEnd && line.Digest == scheduler.DigestOf([]byte(item)) {
				if _, twice := found[item]; twice {
					b.t.Errorf("%s has two last words", item)
				}
				found[item] = line
			}
		}
	}
	return found
}

// want checks the outcome and reason of an item.
func (b *bench) want(item string, outcome scheduler.State, reason scheduler.Reason) scheduler.AsRun {
	b.t.Helper()
	line := b.ends(item)[item]
	if line.Outcome != outcome || line.Reason != reason {
		b.t.Errorf("%s: got %q because %q (%s), want %q because %q", item, line.Outcome, line.Reason, line.Detail, outcome, reason)
	}
	return line
}

// checkChain checks that the lines the centre has are numbered without gaps and
// chained.
func (b *bench) checkChain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := b.gone + 1; n <= b.gone+uint64(len(b.lines)); n++ {
		line, ok := b.lines[n]
		if !ok {
			b.t.Fatalf("line %d of %d is not there", n, len(b.lines))
		}
		if n > b.gone+1 && line.Previous != b.lines[n-1].Hash() {
			b.t.Errorf("line %d does not follow line %d", n, n-1)
		}
	}
}
