package agent

import (
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/player/silent"
	"loaphuong/scheduler"
)

// BenchmarkIdleTick is what a station does four times a second between two
// airings, with a schedule of fifty playlists.
func BenchmarkIdleTick(b *testing.B) {
	book, err := OpenLogbook(filepath.Join(b.TempDir(), "logbook.db"), start())
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	public, key, _ := ed25519.GenerateKey(nil)
	a, err := New(Parts{
		Station: station, Keys: devices.NewKeyring(public), Link: memory.NewBroker().Link(string(station)), Card: silent.New(),
		Files: &fakeFiles{have: map[scheduler.Digest][]byte{}}, Decode: decodeFake, Book: book, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	s := fiftyPlaylists(b)
	raw, err := devices.Seal(key, devices.Envelope{
		To: string(station), Kind: devices.ScheduleChannel, Sequence: 1, NotBefore: start(), Expires: s.Lease,
	}, s)
	if err != nil {
		b.Fatal(err)
	}
	now := start()
	if err := a.accept(raw, now); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() { // the same quiet hour over and over
		if now = now.Add(tick); now.After(start().Add(time.Hour)) {
			now = start()
		}
		a.look(now)
		a.speak(now)
	}
}

// fiftyPlaylists is a schedule of fifty programmes of ten items each, on days
// and at hours of all kinds, none of them within the first two hours.
func fiftyPlaylists(b *testing.B) devices.Schedule {
	s := devices.Schedule{
		Station: station, Revision: 1, Issued: start(), Lease: start().Add(30 * 24 * time.Hour), Zone: scheduler.DefaultZone, Volume: 100,
	}
	item := scheduler.DigestOf([]byte("item"))
	for i := range 50 { // 05:00 UTC is 12:00 there
		timing, err := scheduler.Cron(fmt.Sprintf("%d %d * * 1-6", i, 15+i%8), start(), s.Lease)
		if err != nil {
			b.Fatal(err)
		}
		p := scheduler.Playlist{Programme: scheduler.ProgrammeID(fmt.Sprint("p", i)), Class: scheduler.Ordinary, Timing: timing, Grace: time.Minute}
		for n := range 10 {
			p.Entries = append(p.Entries, scheduler.Entry{Offset: time.Duration(n) * time.Minute, Digest: item, Duration: 50 * time.Second})
		}
		s.Playlists = append(s.Playlists, p.Seal())
	}
	s.Files = []devices.File{{Digest: item, Size: 4}}
	return s
}
