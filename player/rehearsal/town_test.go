package rehearsal

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

const station = scheduler.StationID("thanh-mien")

// monday is when every show begins: 05:00 in Vietnam.
func monday() time.Time { return time.Date(2026, 11, 22, 22, 0, 0, 0, time.UTC) }

// after is an instant so long after the beginning.
func after(d time.Duration) time.Time { return monday().Add(d) }

// centre signs, listens and receipts.
type centre struct {
	t       testing.TB
	key     ed25519.PrivateKey
	now     time.Time
	deaf    bool
	lines   map[uint64]scheduler.AsRun
	claims  []claim
	heard   []report
	batches int
}

// claim is how far a batch said that the station's word reaches.
type claim struct {
	devices.Batch
	came time.Time
}

// report is a state and when it came.
type report struct {
	devices.State
	came time.Time
}

func newCentre(t testing.TB) *centre {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &centre{t: t, key: key, lines: map[uint64]scheduler.AsRun{}}
}

func (c *centre) keys() devices.Keyring {
	return devices.NewKeyring(c.key.Public().(ed25519.PublicKey))
}

// seal signs body to a station, from an instant on.
func (c *centre) seal(to scheduler.StationID, kind devices.Channel, sequence uint64, from time.Time, life time.Duration, body any) devices.Message {
	raw, err := devices.Seal(c.key, devices.Envelope{
		To: string(to), Kind: kind, Sequence: sequence, NotBefore: from.Add(-time.Hour), Expires: from.Add(life),
	}, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return devices.Message{Topic: devices.Topic(to, kind), Payload: raw, Retained: kind == devices.ScheduleChannel}
}

// hear takes what a station says.
func (c *centre) hear(m devices.Message, at time.Time) []devices.Message {
	if at.Before(c.now) {
		c.t.Errorf("a message of %s came after one of %s", at, c.now)
	}
	c.now = at
	from, channel, err := devices.ParseTopic(m.Topic)
	if err != nil {
		c.t.Error(err)
	}
	if channel == devices.StateChannel {
		var s devices.State
		if err := json.Unmarshal(m.Payload, &s); err != nil {
			c.t.Error(err)
		}
		c.heard = append(c.heard, report{s, at})
		return nil
	}
	var b devices.Batch
	if err := json.Unmarshal(m.Payload, &b); err != nil {
		c.t.Error(err)
	}
	c.batches++
	c.claims = append(c.claims, claim{b, at})
	if c.deaf || len(b.Records) == 0 {
		return nil
	}
	return []devices.Message{c.seal(from, devices.ReceiptChannel, 1, at, time.Hour, c.keep(b))}
}

// keep keeps lines and receipts them.
func (c *centre) keep(b devices.Batch) devices.Receipt {
	r := devices.Receipt{Log: b.Log}
	for _, line := range b.Records {
		if old, ok := c.lines[line.Number]; ok && old != line {
			c.t.Errorf("line %d was %+v and is now %+v", line.Number, old, line)
		}
		c.lines[line.Number] = line
		r.Accepted = append(r.Accepted, line.Number)
	}
	return r
}

// week is a schedule as it is in a campaign: three programmes a day, of thirteen
// items of one to five minutes together.
func (c *centre) week(to scheduler.StationID, revision scheduler.Revision, issued time.Time) devices.Message {
	s := devices.Schedule{
		Station: to, Revision: revision, Issued: issued, Lease: issued.Add(15 * 24 * time.Hour), Zone: scheduler.DefaultZone, Volume: 80,
	}
	item := 0
	for i, n := range []int{5, 3, 5} {
		timing, err := scheduler.Cron([]string{"0 5 * * *", "30 11 * * *", "30 16 * * *"}[i], issued.Add(-24*time.Hour), s.Lease)
		if err != nil {
			c.t.Fatal(err)
		}
		p := scheduler.Playlist{Programme: scheduler.ProgrammeID(fmt.Sprint("p", i)), Class: scheduler.Ordinary, Timing: timing, Grace: 10 * time.Minute}
		var offset time.Duration
		for range n {
			item++
			length := time.Duration(1+item%5) * time.Minute
			title := fmt.Sprint("item ", item)
			p.Entries = append(p.Entries, scheduler.Entry{
				Offset: offset, Title: title, Digest: scheduler.DigestOf([]byte(title)), Duration: length, Approver: "Lan",
			})
			s.Files = append(s.Files, devices.File{Digest: scheduler.DigestOf([]byte(title)), Size: int64(length/time.Second) * 8000})
			offset += length + time.Second
		}
		s.Playlists = append(s.Playlists, p.Seal())
	}
	return c.seal(to, devices.ScheduleChannel, uint64(revision), issued, 30*24*time.Hour, s)
}

// open opens a show, and closes it when the test is over.
func open(t testing.TB, s Station) *Show {
	t.Helper()
	show, err := Open(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := show.Close(); err != nil {
			t.Error(err)
		}
	})
	return show
}

// run runs a show until so long after the beginning.
func (c *centre) run(show *Show, d time.Duration) {
	c.t.Helper()
	if err := show.Run(context.Background(), after(d), c.hear); err != nil {
		c.t.Fatal(err)
	}
}
