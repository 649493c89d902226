package cmd

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"loaphuong/player"
	"loaphuong/player/speaker/testcard"
	"loaphuong/scheduler"
)

const (
	// idleSpan is how long a program that stays is watched doing nothing.
	idleSpan = 30 * time.Second
	// soundSpan is how long each program is watched while it sounds.
	soundSpan = 50 * time.Second
	// settle is how long after its start a sound is first looked at.
	settle = 2 * time.Second
)

// row is what one program has cost.
type row struct {
	program string
	cpu     float64 // seconds a minute of sound
	peak    float64 // MB
	idle    float64 // percent of one core; no number where it does not stay
	heard   float64 // the share of what it was watched for that was not silence
	trouble string  // why there are no figures
}

// BenchmarkStation compares what a station's agent costs with what others do
// that play the same file on the same kind of card, one after the other. It
// prints a table; a program that fails, or is not heard, has no figures in it.
func BenchmarkStation(b *testing.B) {
	for b.Loop() {
		passed := testing.RunTests(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{
			Name: b.Name(), F: func(t *testing.T) { compare(t, b) }, // an installation is made for a test
		}})
		if !passed {
			b.Fatal("the comparison failed")
		}
	}
}

// compare measures every program and prints the table.
func compare(t *testing.T, b *testing.B) {
	s := newSystem(t, false)
	ours, file := s.costOfAgent()
	rows := []row{ours}
	for _, p := range peers() {
		rows = append(rows, p.cost(t, file))
	}
	b.ReportMetric(ours.cpu, "cpu-s/min")
	b.ReportMetric(ours.peak, "MB")
	b.ReportMetric(ours.idle, "idle-%")
	fmt.Print(tableOf(rows))
}

// longScript is about a minute and a half of speech.
func longScript() string {
	return strings.Repeat("Đài truyền thanh xã xin thông báo lịch tiêm chủng mở rộng, từ bảy giờ ba mươi đến mười một giờ, tại trạm y tế xã. "+
		"Đề nghị bà con giữ gìn vệ sinh môi trường, thu gom rác thải đúng nơi quy định và phòng chống dịch sốt xuất huyết. ", 7)
}

// costOfAgent has a station air one recording on a virtual card, as its centre
// has signed it, and returns what that cost and the file that was on air.
func (s *system) costOfAgent() (r row, file string) {
	s.t.Helper()
	d := s.letter(shortLetter(1, 1), longScript())
	card := newCard(s.t)
	s.env["xa-1"] = card.Env()
	s.addStation("xa-1", "default")
	at := nextMinute().Add(time.Minute)
	s.programme("sang", at, 3*time.Minute)
	s.publish()
	a := s.airings("xa-1", at.Add(-time.Minute), d)[0]
	r = row{program: "loaphuong-agent"}
	pid := s.agents["xa-1"].Process.Pid
	until(a.Start.Add(-idleSpan - 10*time.Second))
	r.idle = 100 * s.span(pid, idleSpan).cpu.Seconds() / idleSpan.Seconds()
	until(a.Start.Add(settle))
	u := s.span(pid, soundSpan)
	r.measured(u, card, a.Start.Add(settle))
	return r, s.onAir(a.Digest)
}

// span is what a process uses in the next d, and its peak.
func (s *system) span(pid int, d time.Duration) usage {
	s.t.Helper()
	u, err := over(d, pid)
	s.must(err)
	return u
}

// onAir is the centre's file of a recording.
func (s *system) onAir(d scheduler.Digest) string {
	return s.centreData() + "/audio/" + string(d) + ".opus"
}

// over is what processes use in the next d, and their peak.
func over(d time.Duration, pids ...int) (usage, error) {
	before, err := used(pids...)
	if err != nil {
		return usage{}, err
	}
	<-time.After(d)
	u, err := used(pids...)
	u.cpu -= before.cpu
	return u, err
}

// until waits for an instant.
func until(at time.Time) { <-time.After(time.Until(at)) }

// measured takes the figures of a span that began at an instant, and makes sure
// that a sound was heard all through it: silence costs nothing.
func (r *row) measured(u usage, card *testcard.Card, from time.Time) {
	r.cpu = u.cpu.Seconds() * 60 / soundSpan.Seconds()
	r.peak = float64(u.peak) / (1 << 20)
	stretches, err := card.Heard()
	if err != nil {
		r.trouble = err.Error()
		return
	}
	if r.heard = share(stretches, from, from.Add(soundSpan)); r.heard < 0.9 {
		r.trouble = fmt.Sprintf("only %.0f %% of it was heard", 100*r.heard)
	}
}

// share is how much of a span of time something sounded at the converter, in
// tenths of a second that hold a frame above -50 dB.
func share(stretches []testcard.Stretch, from, to time.Time) float64 {
	const piece = player.Rate / 10
	heard := 0
	for _, s := range stretches {
		for i := 0; i+piece <= len(s.Frames); i += piece {
			if at := s.At(i); !at.Before(from) && at.Before(to) && sounds(s.Frames[i:i+piece]) {
				heard++
			}
		}
	}
	return float64(heard) * 0.1 / to.Sub(from).Seconds()
}

func sounds(frames []float32) bool {
	for _, f := range frames {
		if math.Abs(float64(f)) > 0.003 {
			return true
		}
	}
	return false
}

// tableOf puts rows under each other, the first one as the measure of all: a
// ratio above 1 says that the other costs more.
func tableOf(rows []row) string {
	var t strings.Builder
	fmt.Fprintf(&t, "\n%-22s %12s %7s %9s %7s %8s %7s\n", "", "CPU s/min", "ratio", "peak MB", "ratio", "idle %", "heard")
	for _, r := range rows {
		if r.trouble != "" {
			fmt.Fprintf(&t, "%-22s %s\n", r.program, r.trouble)
			continue
		}
		idle := "-"
		if !math.IsNaN(r.idle) {
			idle = fmt.Sprintf("%.2f", r.idle)
		}
		fmt.Fprintf(&t, "%-22s %12.2f %7.2f %9.1f %7.2f %8s %6.0f%%\n", r.program,
			r.cpu, r.cpu/rows[0].cpu, r.peak, r.peak/rows[0].peak, idle, 100*r.heard)
	}
	return t.String()
}
