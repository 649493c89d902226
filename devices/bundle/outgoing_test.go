package bundle

import (
	"errors"
	"io"
	"strings"
	"testing"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

func TestWriteRefuses(t *testing.T) {
	s := soundsOf("tin")
	good := s.files()[0]
	for _, c := range []struct {
		why    string
		change func(*Outgoing)
		want   string
	}{
		{"audio that is not there", func(b *Outgoing) { b.Files = []devices.File{{Digest: scheduler.DigestOf(nil), Size: 1}} }, "file does not exist"},
		{"audio that has grown", func(b *Outgoing) { b.Files = []devices.File{{Digest: good.Digest, Size: good.Size - 1}} }, "restore the file"},
		{"audio that has shrunk", func(b *Outgoing) { b.Files = []devices.File{{Digest: good.Digest, Size: good.Size + 1}} }, "restore the file"},
		{"audio twice", func(b *Outgoing) { b.Files = append(b.Files, good) }, "twice"},
		{"audio without a digest", func(b *Outgoing) { b.Files = []devices.File{{Digest: "../../etc/passwd", Size: 1}} }, "64 lower-case hex digits"},
		{"audio of no bytes", func(b *Outgoing) { b.Files[0].Size = 0 }, "of 0 bytes"},
		{"audio too large", func(b *Outgoing) { b.Files[0].Size = devices.MaxFile + 1 }, "the most is"},
		{"too many entries", func(b *Outgoing) { b.Receipts = make([][]byte, maxEntries) }, "more than a bundle holds"},
		{"too long a schedule", func(b *Outgoing) { b.Schedule = make([]byte, devices.MaxMessage+1) }, "more than a bundle holds"},
		{"more than a stick takes", func(b *Outgoing) { b.Files = largeFiles(17) }, "leave out audio"},
	} {
		out, _ := outgoing(t, s)
		c.change(&out)
		err := Write(io.Discard, out, s.open)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "station an-phu") {
			t.Errorf("%s: %v, want a word of %q", c.why, err, c.want)
		}
	}
}

// largeFiles are n files of the largest size.
func largeFiles(n int) (list []devices.File) {
	for i := range n {
		list = append(list, devices.File{Digest: scheduler.DigestOf([]byte{byte(i)}), Size: devices.MaxFile})
	}
	return list
}

func TestWriteSaysThatTheStickIsFull(t *testing.T) {
	s := soundsOf(strings.Repeat("tin", 100_000))
	out, _ := outgoing(t, s)
	full := errors.New("no space left on device")
	if err := Write(brokenAfter{1000, full}, out, s.open); !errors.Is(err, full) {
		t.Errorf("on a full stick: %v", err)
	}
}

// brokenAfter takes single writes of at most so many bytes.
type brokenAfter struct {
	most int
	err  error
}

func (b brokenAfter) Write(p []byte) (int, error) {
	if len(p) > b.most {
		return 0, b.err
	}
	return len(p), nil
}
