package clock_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/player/clock"
)

// chronyd runs a real NTP server on loopback that serves the machine's own
// clock and sets nothing, and returns its address.
func chronyd(t *testing.T, more ...string) string {
	t.Helper()
	program, err := exec.LookPath("chronyd")
	if err != nil {
		if program = "/usr/sbin/chronyd"; exec.Command(program, "-v").Run() != nil {
			t.Fatal("this test needs chronyd: install Debian's package chrony")
		}
	}
	dir := t.TempDir()
	free, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.LocalAddr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(address)
	settings := append([]string{"allow 127.0.0.1", "bindaddress 127.0.0.1", "port " + port, "cmdport 0",
		"bindcmdaddress /", "pidfile " + filepath.Join(dir, "pid")}, more...)
	file := filepath.Join(dir, "chrony.conf")
	if err := os.WriteFile(file, []byte(strings.Join(settings, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	said := &lines{}
	c := exec.Command(program, "-x", "-d", "-U", "-f", file)
	if os.Getuid() == 0 {
		c.Args = append(c.Args, "-u", "root")
	}
	c.Stdout, c.Stderr = said, said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		if t.Failed() {
			t.Logf("chronyd said: %s", said.all.String())
		}
	})
	return address
}

// askPatiently asks until the server, which has just been started, is there.
func askPatiently(t *testing.T, s clock.Source) (got clock.Sample, err error) {
	t.Helper()
	limit, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		got, err = s.Measure(limit)
		if err == nil || !strings.Contains(err.Error(), "refused") {
			return got, err
		}
		select {
		case <-tick.C:
		case <-limit.Done():
			return got, err
		}
	}
}

func TestARealNTPServer(t *testing.T) {
	steady := steadyClock()
	source := clock.NTP(chronyd(t, "local stratum 8"), steady)
	e, _ := newEstimator()
	for range 4 {
		s, err := askPatiently(t, source)
		if err != nil {
			t.Fatal(err)
		}
		feed(t, e, source.Name(), s)
	}
	est, _ := e.Estimate()
	at, within := est.Time(steady())
	late := time.Since(at) // a busy machine reads the two clocks at different times
	if late < -within || late > within+time.Second {
		t.Errorf("off by %v within %v", late, within)
	}
	t.Logf("off by %v within %v", late, within)
}

func TestAnNTPServerWithoutTime(t *testing.T) {
	if _, err := askPatiently(t, clock.NTP(chronyd(t), steadyClock())); err == nil || strings.Contains(err.Error(), "refused") {
		t.Errorf("it was believed: %v", err)
	}
}

// answering answers NTP questions with what change makes of a good answer.
func answering(t *testing.T, change func(p []byte) []byte) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		for b := make([]byte, 100); ; {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(change(good(b[:n])), from)
		}
	}()
	return conn.LocalAddr().String()
}

// good is a right answer of a server of stratum 2 in 2026, which took 250 ms.
func good(question []byte) []byte {
	p := make([]byte, 48)
	p[0], p[1], p[3] = 4<<3|4, 2, 0xec            // version 4, server; precision 2⁻²⁰
	binary.BigEndian.PutUint32(p[4:], 1<<16/100)  // root delay 10 ms
	binary.BigEndian.PutUint32(p[8:], 1<<16/1000) // root dispersion 1 ms
	copy(p[24:], question[40:48])
	seconds := uint64(noon.Unix()+2208988800) << 32
	binary.BigEndian.PutUint64(p[16:], seconds-60<<32)
	binary.BigEndian.PutUint64(p[32:], seconds)
	binary.BigEndian.PutUint64(p[40:], seconds+1<<30)
	return p
}

func TestNTPAnswers(t *testing.T) {
	for why, change := range map[string]func(p []byte) []byte{
		"kiss of death":      func(p []byte) []byte { p[1] = 0; copy(p[12:], "RATE"); return p },
		"not synchronised":   func(p []byte) []byte { p[0] |= 3 << 6; return p },
		"stratum 16":         func(p []byte) []byte { p[1] = 16; return p },
		"an echo":            func(p []byte) []byte { p[0] = 4<<3 | 3; return p },
		"to another":         func(p []byte) []byte { p[24]++; return p },
		"ticks backwards":    func(p []byte) []byte { p[43] -= 2; return p },
		"cut short":          func(p []byte) []byte { return p[:20] },
		"off by half a day":  func(p []byte) []byte { p[8] = 0xa8; return p },
		"not set for a week": func(p []byte) []byte { p[17] -= 10; return p },
	} {
		source := clock.NTP(answering(t, change), steadyClock())
		if s, err := source.Measure(t.Context()); err == nil {
			t.Errorf("%s: taken as %+v", why, s)
		}
	}
	s, err := clock.NTP(answering(t, func(p []byte) []byte { return p }), steadyClock()).Measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !s.Received.Equal(noon) || s.Sent.Sub(noon) != 250*time.Millisecond {
		t.Errorf("received %v, sent %v", s.Received, s.Sent)
	}
	if s.Doubt < 5*time.Millisecond || s.Doubt > 7*time.Millisecond || s.Asked > s.Answered {
		t.Errorf("%+v", s)
	}
	// It says that it took longer than the question was on its way.
	if s.Answered-s.Asked < 250*time.Millisecond && s.Validate() == nil {
		t.Error("a lie about the delay is possible")
	}
}

func TestASilentNTPServerIsGivenUpWithTheContext(t *testing.T) {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		b := make([]byte, 100)
		_, _, err := conn.ReadFrom(b) // the question has left
		cancel(fmt.Errorf("asked: %w", err))
	}()
	_, err = clock.NTP(conn.LocalAddr().String(), steadyClock()).Measure(ctx)
	if err == nil || !strings.Contains(err.Error(), context.Canceled.Error()) {
		t.Errorf("it ended with %v", err)
	}
}
