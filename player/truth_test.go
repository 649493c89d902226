package player_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loaphuong/player"
)

// spool is a stream that counts what is read of it. Neighbouring frames differ,
// so that one that is dropped or doubled shows.
type spool struct{ read, length int64 }

func (s *spool) Read(buf []float32) (int, error) {
	n := min(int64(len(buf)), s.length-s.read)
	for i := range buf[:n] {
		buf[i] = float32((s.read+int64(i))&1023)/2048 + 0.25
	}
	if s.read += n; s.read == s.length {
		return int(n), io.EOF
	}
	return int(n), nil
}

// drifting is a card that is too fast, known with a jitter, under a mixer with
// one long item.
type drifting struct {
	*player.Mixer
	spool  *spool
	start  time.Time
	fast   float64
	jitter time.Duration
	dice   *rand.Rand
	frames int64
	buf    []float32
}

func newDrifting(t testing.TB, fast float64, jitter, length time.Duration) *drifting {
	d := &drifting{Mixer: player.NewMixer(func(player.Event) {}), spool: &spool{length: player.Frames(length)}, start: time.Now(),
		fast: fast, jitter: jitter, dice: rand.New(rand.NewPCG(7, uint64(jitter))), buf: make([]float32, period)}
	if err := d.Place(player.Item{Key: "a", Start: d.start, Length: length, Gain: 1, Stream: d.spool}); err != nil {
		t.Fatal(err)
	}
	return d
}

// truth is when the next frame sounds.
func (d *drifting) truth() time.Time {
	return d.start.Add(time.Duration(float64(player.Duration(d.frames)) / (1 + d.fast)))
}

// turn fills a period and returns how far the item is behind after it.
func (d *drifting) turn() time.Duration {
	wrong := time.Duration(0)
	if d.jitter > 0 {
		wrong = time.Duration(d.dice.Int64N(int64(2*d.jitter))) - d.jitter
	}
	d.Fill(d.buf, d.truth().Add(wrong))
	d.frames += period
	return d.truth().Sub(d.start) - player.Duration(d.spool.read)
}

func TestAnItemKeepsToTrueTimeForAnHour(t *testing.T) {
	span := time.Hour
	if testing.Short() || raceDetector {
		span /= 6 // which takes as long, and has drifted by 48 ms
	}
	late := map[float64][]time.Duration{}
	for _, fast := range []float64{80e-6, -80e-6} {
		d := newDrifting(t, fast, time.Millisecond, span)
		for range player.Frames(span)/period - 20 {
			late[fast] = append(late[fast], d.turn())
		}
	}
	apart := slices.Clone(late[80e-6])
	for i := range apart {
		apart[i] = (apart[i] - late[-80e-6][i]).Abs()
	}
	for name, list := range map[string][]time.Duration{"80 ppm fast": late[80e-6], "80 ppm slow": late[-80e-6], "apart": apart} {
		for i := range list {
			list[i] = list[i].Abs()
		}
		slices.Sort(list)
		p99, most := list[len(list)*99/100], list[len(list)-1]
		t.Logf("%s: p50 %v, p99 %v, most %v", name, list[len(list)/2], p99, most)
		if name != "apart" && p99 > 500*time.Microsecond || most > time.Millisecond {
			t.Errorf("%s: p99 %v, most %v, want 0.5 ms and at most 1 ms", name, p99, most)
		}
	}
}

func TestWithoutDriftEveryBitIsKept(t *testing.T) {
	const span = 10 * time.Minute
	d, want := newDrifting(t, 0, 290*time.Microsecond, span), &spool{length: player.Frames(span)}
	compare := make([]float32, period)
	d.turn()
	want.read = d.spool.read
	for range player.Frames(span)/period - 20 {
		d.turn()
		if _, err := want.Read(compare); err != nil || d.spool.read != want.read || !slices.Equal(d.buf, compare) {
			t.Fatalf("the frames from %d on are not those of the item: it is at %d, want %d", d.frames-period, d.spool.read, want.read)
		}
	}
}

func TestALiveStreamIsLeftAlone(t *testing.T) {
	d := newDrifting(t, 0, 0, time.Minute)
	d.Stop("a")
	live := &spool{length: 1 << 40}
	if err := d.Place(player.Item{Key: "live", Start: d.start.Add(time.Second), Rank: player.RankLive, Gain: 1, Stream: live}); err != nil {
		t.Fatal(err)
	}
	d.fast = 100e-6
	for range 60 * player.Rate / period {
		d.turn()
	}
	if wrong := live.read % period; d.frames-live.read > 2*player.Rate || wrong == 0 && live.read == 0 {
		t.Errorf("%d of %d frames were read", live.read, d.frames)
	}
}

func TestReadingAt(t *testing.T) {
	now := time.Now()
	if got := (player.Reading{}).At(now); got != now {
		t.Errorf("without a reading it is %v, want %v", got, now)
	}
	r := player.Reading{Machine: now, True: now.Add(time.Hour)}
	if got := r.At(now.Add(time.Minute)); !got.Equal(now.Add(time.Hour+time.Minute)) || got != got.Round(0) {
		t.Errorf("a minute after it is %v, want an hour and a minute later, not monotonic", got)
	}
}

func TestTrueTimeIsNotTheMachines(t *testing.T) {
	within(t, func(t *testing.T, d *desk) {
		far := d.epoch.Add(400 * 24 * time.Hour).Round(0)
		d.SetReading(player.Reading{Machine: d.epoch, True: far})
		item := tone("a", far.Add(player.Duration(5000)), 3000, player.RankOrdinary, 0.5)
		item.Latest = item.Start
		d.place(item)
		d.turn(20000)
		if first := d.first(0.5); first != 5000 {
			t.Errorf("it began at %d, want 5000", first)
		}
		end := d.last("a")
		if off := end.At.Sub(far.Add(player.Duration(8000))); end.Reason != "" || off.Abs() > player.Duration(1) {
			t.Errorf("%+v, off by %v", end, off)
		}
		for i, at := range d.heard {
			if late := at.Sub(d.epoch) - d.events[i].At.Sub(far); late < 0 || late > time.Millisecond {
				t.Errorf("event %d was delivered %v after it was heard", i, late)
			}
		}
	})
}

func TestASmallChangeOfReadingIsFollowed(t *testing.T) {
	d := newDrifting(t, 0, 0, time.Minute)
	d.SetReading(player.Reading{Machine: d.start, True: d.start})
	for range 200 {
		d.turn()
	}
	d.SetReading(player.Reading{Machine: d.start, True: d.start.Add(15 * time.Millisecond)})
	off := time.Duration(0)
	for range 600 {
		off = d.turn() + 15*time.Millisecond
	}
	if off.Abs() > 400*time.Microsecond || d.Underruns() != 0 {
		t.Errorf("it is off by %v with %d underruns, want it to have followed", off, d.Underruns())
	}
}

func TestALargeChangeOfReadingIsAnotherTime(t *testing.T) {
	for _, by := range []time.Duration{time.Hour, -time.Hour, 300 * time.Millisecond, -21 * time.Millisecond} {
		within(t, func(t *testing.T, d *desk) {
			a := tone("a", d.at(1000), 48000, player.RankOrdinary, 0.25)
			b := tone("b", d.at(100000).Add(by), 1000, player.RankOrdinary, 0.5)
			b.Start, b.Latest = b.Start.Round(0), b.Start.Round(0)
			a.Recovery = player.Resumes
			d.place(a)
			d.turn(10240)
			d.SetReading(player.Reading{Machine: d.epoch, True: d.epoch.Add(by)})
			d.turn(10240)
			d.place(b)
			d.turn(100000)
			if d.count(0.25) != 48000 || d.first(0.5) != 100000 || d.Underruns() != 0 {
				t.Errorf("%v: %d frames of what sounded, %d underruns; what waits began at %d", by, d.count(0.25), d.Underruns(), d.first(0.5))
			}
			if a := d.last("a"); a.Reason != "" || a.Stalls != 0 || a.At.Sub(d.at(49000).Add(by)).Abs() > time.Microsecond {
				t.Errorf("%v: %+v", by, a)
			}
		})
	}
}

func TestAStallIsCaughtUp(t *testing.T) {
	d := newDrifting(t, 0, 0, time.Minute)
	for range 200 {
		d.turn()
	}
	d.start = d.start.Add(60 * time.Millisecond) // the card stood still
	off := time.Duration(0)
	for range 1500 {
		off = d.turn() + 60*time.Millisecond
	}
	if off.Abs() > 400*time.Microsecond || d.Underruns() != 1 {
		t.Errorf("it is off by %v after %d underruns, want it caught up", off, d.Underruns())
	}
}

func BenchmarkFill(b *testing.B) {
	for name, beds := range map[string]int{"silence": -1, "one voice": 0, "voice over a bed": 1} {
		b.Run(name, func(b *testing.B) {
			m, start := player.NewMixer(func(player.Event) {}), time.Now()
			buf, n := make([]float32, period), int64(0)
			for i := range beds + 1 { // each of a higher rank, and begun when the one before sounds
				item := player.Item{Key: fmt.Sprint(i), Start: start, Length: 1000 * time.Hour, Rank: player.Rank(i), Gain: 1, Under: 0.25, Stream: &spool{length: 1 << 60}}
				if err := m.Place(item); err != nil {
					b.Fatal(err)
				}
				m.Fill(buf, start.Add(player.Duration(n)))
				n += period
			}
			b.ReportAllocs()
			for b.Loop() {
				m.Fill(buf, start.Add(player.Duration(n)))
				n += period
			}
		})
	}
}
