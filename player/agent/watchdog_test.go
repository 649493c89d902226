package agent

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// systemd is what listens to the agent's word.
type systemd struct {
	t    *testing.T
	file *os.File
}

// listens has systemd listen, which wants to hear that often.
func listens(t *testing.T, every time.Duration) *systemd {
	t.Helper()
	dir, err := os.MkdirTemp("", "notify") // short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "socket")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	must(t, err)
	t.Cleanup(func() { l.Close() })
	file, err := l.File()
	must(t, err)
	t.Cleanup(func() { file.Close() })
	t.Setenv("NOTIFY_SOCKET", path)
	if every > 0 {
		t.Setenv("WATCHDOG_USEC", fmt.Sprint(every.Microseconds()))
		t.Setenv("WATCHDOG_PID", fmt.Sprint(os.Getpid()))
	}
	return &systemd{t, file}
}

// heard is what has been said, and does not wait for more: in fake time nothing
// would come while it waits.
func (s *systemd) heard() (words []string) {
	buf := make([]byte, 4096)
	for {
		n, _, err := syscall.Recvfrom(int(s.file.Fd()), buf, syscall.MSG_DONTWAIT)
		if err != nil {
			return words
		}
		words = append(words, string(buf[:n]))
	}
}

// during lets time pass and listens all the while: the socket holds ten words,
// and who says the eleventh waits.
func (s *systemd) during(b *bench, d time.Duration) (words []string) {
	for ; d > 0; d -= 30 * time.Second {
		b.pass(30 * time.Second)
		words = append(words, s.heard()...)
	}
	return words
}

func TestSystemdHearsThatTheStationIsOnDuty(t *testing.T) {
	s := listens(t, 30*time.Second)
	inBench(t, func(b *bench) {
		if words := s.heard(); len(words) != 1 || !strings.HasPrefix(words[0], "READY=1\nSTATUS=revision 0, ") {
			t.Errorf("at the start: %q", words)
		}
		b.publish(b.schedule(1, 60*time.Second, "a@20s"))
		b.until(58 * time.Second)
		s.heard()
		b.until(75 * time.Second)
		if words := s.heard(); len(words) == 0 || !strings.HasPrefix(words[len(words)-1], "WATCHDOG=1\nSTATUS=on air: a@20s; revision 1, ") {
			t.Errorf("while an item sounds: %q", words)
		}
		b.until(2 * time.Minute)
		s.heard()
		if words := s.during(b, 5*time.Minute); len(words) != 30 || slices.ContainsFunc(words, func(w string) bool { return !strings.HasPrefix(w, "WATCHDOG=1\n") }) {
			t.Errorf("in five minutes: %q", words)
		}
		b.broker.Cut(string(station))
		b.pass(20 * time.Second)
		if words := s.heard(); len(words) == 0 || !strings.Contains(words[len(words)-1], "; link: ") {
			t.Errorf("without a link: %q", words)
		}
		b.end()
		if words := s.heard(); len(words) == 0 || words[len(words)-1] != "STOPPING=1" {
			t.Errorf("at the end: %q", words)
		}
	})
}

func TestWithoutAWatchdogTheStatusIsToldAllTheSame(t *testing.T) {
	s := listens(t, 0)
	inBench(t, func(b *bench) {
		s.heard()
		if words := s.during(b, 10*time.Minute); len(words) != 30 {
			t.Errorf("in ten minutes: %q", words)
		}
	})
}

// TestADutyThatIsStuckIsNotVouchedFor: systemd starts the agent anew.
func TestADutyThatIsStuckIsNotVouchedFor(t *testing.T) {
	s := listens(t, 30*time.Second)
	inBench(t, func(b *bench) {
		b.publish(b.schedule(1, 60*time.Second, "a"))
		b.until(50 * time.Second)
		free := make(chan struct{})
		write := b.book.update
		b.book.update = func(f func(*bbolt.Tx) error) error {
			<-free
			return write(f)
		}
		b.until(70 * time.Second) // the intent is not written
		s.heard()
		b.pass(5 * time.Minute)
		if words := s.heard(); len(words) != 0 {
			t.Errorf("it is vouched for: %q", words)
		}
		close(free)
		b.pass(time.Minute)
		if words := s.heard(); len(words) == 0 {
			t.Error("it goes on, and nobody is told")
		}
	})
}
