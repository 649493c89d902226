package agent

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/config"
	"loaphuong/devices"
	"loaphuong/devices/bundle"
	"loaphuong/devices/enrol"
	"loaphuong/player/silent"
	"loaphuong/scheduler"
)

// remote is a station without a link, enrolled at a centre of its own, on a
// real disk and in real time.
type remote struct {
	t         *testing.T
	authority *enrol.Authority
	settings  config.Station
	items     map[scheduler.Digest]string // of which the centre has the audio
	signed    time.Time                   // when the centre signs what it signs
}

func newRemote(t *testing.T) *remote {
	t.Helper()
	dir, err := os.MkdirTemp("", "remote") // short, for the socket in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	r := &remote{t: t, settings: config.Station{Data: dir, Card: "silent", Keep: 10}, items: map[scheduler.Digest]string{}, signed: time.Now()}
	if r.authority, err = enrol.OpenAuthority(filepath.Join(dir, "authority"), nil); err != nil {
		t.Fatal(err)
	}
	r.enrol()
	return r
}

// anyCode takes every code as the station's.
type anyCode struct{}

// Take implements [enrol.Codes].
func (anyCode) Take(context.Context, string, time.Time) (scheduler.StationID, error) {
	return station, nil
}

func (r *remote) enrol() {
	r.t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", r.authority.ServerTLS())
	if err != nil {
		r.t.Fatal(err)
	}
	desk := &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: enrol.Handler(r.authority, anyCode{}, enrol.Offer{
		Brokers: []string{"ssl://127.0.0.1:1"}, Media: "https://127.0.0.1:1/media/", // nobody is there
	})}
	go desk.Serve(l)
	defer desk.Close()
	code := r.authority.NewCode().String()
	if _, err := enrol.Join(r.t.Context(), "https://"+l.Addr().String(), code, IdentityDir(r.settings)); err != nil {
		r.t.Fatal(err)
	}
}

// schedule has items an hour from now, of which the centre has the audio.
func (r *remote) schedule(revision scheduler.Revision, items ...string) devices.Schedule {
	now := time.Now().UTC()
	s := devices.Schedule{Station: station, Revision: revision, Issued: now, Lease: now.Add(24 * time.Hour), Zone: scheduler.DefaultZone, Volume: 100}
	if len(items) > 0 {
		add(&s, scheduler.Ordinary, time.Minute, now.Add(time.Hour).Sub(start()), items...)
	}
	for _, item := range items {
		r.items[scheduler.DigestOf([]byte(item))] = item
	}
	return s
}

func (r *remote) seal(key ed25519.PrivateKey, kind devices.Channel, sequence uint64, body any) []byte {
	r.t.Helper()
	raw, err := devices.Seal(key, devices.Envelope{
		To: string(station), Kind: kind, Sequence: sequence, NotBefore: r.signed.Add(-time.Minute), Expires: r.signed.Add(24 * time.Hour),
	}, body)
	if err != nil {
		r.t.Fatal(err)
	}
	return raw
}

// bundle is a file with what the centre would send.
func (r *remote) bundle(key ed25519.PrivateKey, s devices.Schedule, receipts ...devices.Receipt) string {
	r.t.Helper()
	out := bundle.Outgoing{
		Station: s.Station, Revision: s.Revision, Lease: s.Lease, Made: time.Now(), Needed: len(s.Files),
		Schedule: r.seal(key, devices.ScheduleChannel, uint64(s.Revision), s),
	}
	for _, f := range s.Files {
		if _, ok := r.items[f.Digest]; ok {
			out.Files = append(out.Files, f)
		}
	}
	for i, receipt := range receipts {
		out.Receipts = append(out.Receipts, r.seal(key, devices.ReceiptChannel, uint64(i+1), receipt))
	}
	var packed bytes.Buffer
	err := bundle.Write(&packed, out, func(d scheduler.Digest) (io.ReadCloser, error) {
		if item, ok := r.items[d]; ok {
			return io.NopCloser(strings.NewReader(item)), nil
		}
		return nil, fs.ErrNotExist
	})
	if err != nil {
		r.t.Fatal(err)
	}
	path := filepath.Join(r.t.TempDir(), "stick.zip")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return path
}

// carrier is what both ways to an agent have in common.
type carrier interface {
	Import(path string) (Carried, error)
	Report(w io.Writer) error
}

// resting is a station whose agent is not running.
type resting struct{ *remote }

func (r resting) open(f func(c *Carrier) error) error {
	c, release, err := OpenCarrier(r.settings, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer release()
	return f(c)
}

// Import implements carrier.
func (r resting) Import(path string) (done Carried, err error) {
	err = r.open(func(c *Carrier) error {
		done, err = c.Import(r.t.Context(), path)
		return err
	})
	return done, err
}

// Report implements carrier.
func (r resting) Report(w io.Writer) error {
	return r.open(func(c *Carrier) error { return c.Report(w) })
}

// running is a station whose agent runs, spoken to through its socket.
type running struct {
	*remote
	*Client
	agent *Agent
}

// Import implements carrier.
func (r running) Import(path string) (Carried, error) { return r.Client.Import(r.t.Context(), path) }

// Report implements carrier.
func (r running) Report(w io.Writer) error { return r.Client.Report(r.t.Context(), w) }

// run starts the agent, and waits until it can be spoken to.
func (r *remote) run() running {
	r.t.Helper()
	a, release, err := Open(r.settings, Sound{Card: silent.New()}, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	r.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			r.t.Error("agent:", err)
		}
		release()
	})
	at := running{r, NewClient(r.settings), a}
	r.comes("the socket", func() bool { _, err := at.Status(r.t.Context()); return err == nil })
	return at
}

// comes waits until something is so, in real time.
func (r *remote) comes(what string, so func() bool) {
	r.t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatalf("%s does not come", what)
		}
	}
}

// eachWay runs f with the carriers to a resting agent and to a running one.
func eachWay(t *testing.T, f func(t *testing.T, r *remote, c carrier)) {
	t.Run("the agent rests", func(t *testing.T) {
		r := newRemote(t)
		f(t, r, resting{r})
	})
	t.Run("the agent runs", func(t *testing.T) {
		r := newRemote(t)
		f(t, r, r.run())
	})
}

func TestABundleIsTaken(t *testing.T) {
	eachWay(t, func(t *testing.T, r *remote, c carrier) {
		key := r.authority.SigningKey()
		first := r.bundle(key, r.schedule(3, "a", "b"))
		steps := []struct {
			name string
			path string
			want Carried
		}{
			{"the first", first, Carried{Revision: 3, Newer: true, Audio: 2}},
			{"the first once more", first, Carried{Revision: 3}},
			{"a newer one, with audio that is there", r.bundle(key, r.schedule(4, "a", "c")), Carried{Revision: 4, Newer: true, Audio: 1}},
			{"the first again", first, Carried{Revision: 4, Audio: 0, Trouble: "the station holds a newer schedule already: 4"}},
			{"an older one", r.bundle(key, r.schedule(2, "a")), Carried{Revision: 4, Trouble: "the station holds a newer schedule already: 4"}},
		}
		for _, s := range steps {
			if got, err := c.Import(s.path); err != nil || got != s.want {
				t.Errorf("%s: %+v (%v), want %+v", s.name, got, err, s.want)
			}
		}
	})
}

func TestABundleWithoutAllItsAudio(t *testing.T) {
	eachWay(t, func(t *testing.T, r *remote, c carrier) {
		s := r.schedule(1, "a", "b", "c")
		delete(r.items, s.Files[2].Digest)
		want := Carried{Revision: 1, Newer: true, Audio: 2, Missing: 1}
		if got, err := c.Import(r.bundle(r.authority.SigningKey(), s)); err != nil || got != want {
			t.Errorf("%+v (%v), want %+v", got, err, want)
		}
		r.items[s.Files[2].Digest] = "c"
		want = Carried{Revision: 1, Audio: 1}
		if got, err := c.Import(r.bundle(r.authority.SigningKey(), s)); err != nil || got != want {
			t.Errorf("brought afterwards: %+v (%v), want %+v", got, err, want)
		}
	})
}

func TestABundleThatIsNotTheCentresWordIsRefused(t *testing.T) {
	_, stranger, _ := ed25519.GenerateKey(nil)
	cases := []struct {
		name string
		make func(r *remote) string
		says string
	}{
		{"signed by another", func(r *remote) string { return r.bundle(stranger, r.schedule(2, "x")) }, "not signed"},
		{"for another station", func(r *remote) string {
			s := r.schedule(2, "x")
			s.Station = "other"
			return r.bundle(r.authority.SigningKey(), s)
		}, "meant for another"},
		{"with a receipt of another", func(r *remote) string {
			path := r.bundle(stranger, r.schedule(2, "x"), devices.Receipt{Log: "none"})
			return path
		}, "not signed"},
		{"no bundle", func(r *remote) string {
			path := filepath.Join(r.t.TempDir(), "stick.zip")
			if err := os.WriteFile(path, []byte("nhạc"), 0o600); err != nil {
				r.t.Fatal(err)
			}
			return path
		}, "stick.zip"},
		{"not there", func(r *remote) string { return filepath.Join(r.t.TempDir(), "none.zip") }, "none.zip"},
		{"cut short", func(r *remote) string {
			path := r.bundle(r.authority.SigningKey(), r.schedule(2, "x"))
			if err := os.Truncate(path, 700); err != nil {
				r.t.Fatal(err)
			}
			return path
		}, "stick.zip"},
	}
	eachWay(t, func(t *testing.T, r *remote, c carrier) {
		if _, err := c.Import(r.bundle(r.authority.SigningKey(), r.schedule(1, "held"))); err != nil {
			t.Fatal(err)
		}
		for _, bad := range cases {
			done, err := c.Import(bad.make(r))
			if err == nil || !strings.Contains(err.Error(), bad.says) {
				t.Errorf("%s: %+v, %v, want something with %q", bad.name, done, err, bad.says)
			}
			if again, err := c.Import(r.bundle(r.authority.SigningKey(), r.schedule(1))); err != nil || again.Revision != 1 || again.Audio != 0 {
				t.Errorf("after one that is %s the station holds %+v (%v)", bad.name, again, err)
			}
		}
	})
}

// report has one made, and opens it as the centre does.
func (r *remote) report(c carrier) bundle.Report {
	r.t.Helper()
	path := filepath.Join(r.t.TempDir(), "report.zip")
	f, err := os.Create(path)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := c.Report(f); err != nil {
		r.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		r.t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(r.authority.Certificate())
	got, leaf, err := bundle.OpenReport(path, roots, time.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	if leaf == nil || got.Station != station || got.State.Station != station || len(got.Batches) == 0 {
		r.t.Errorf("the report says %+v", got)
	}
	return got
}

// linesOf are all the lines of a report, which must follow one another.
func linesOf(t *testing.T, r bundle.Report) (lines []scheduler.AsRun) {
	t.Helper()
	for _, b := range r.Batches {
		lines = append(lines, b.Records...)
	}
	for i, line := range lines {
		if line.Number != lines[0].Number+uint64(i) || i > 0 && line.Previous != lines[i-1].Hash() {
			t.Fatalf("line %d comes after line %d, or does not follow it", line.Number, lines[max(0, i-1)].Number)
		}
	}
	return lines
}

// wrote has so many lines in the logbook.
func (r *remote) wrote(n int) {
	r.t.Helper()
	book, err := OpenLogbook(filepath.Join(r.settings.Data, "logbook.db"), time.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	defer book.Close()
	lines := make([]scheduler.AsRun, n)
	for i := range lines {
		lines[i] = scheduler.AsRun{
			Kind: scheduler.AsRunEnd, Outcome: scheduler.Aired, Airing: scheduler.AiringID(fmt.Sprint("airing ", i)), Planned: time.Now(), At: time.Now(),
		}
	}
	if err := book.Append(lines...); err != nil {
		r.t.Fatal(err)
	}
}

func TestAReportHasEveryLineUntilItsReceiptComes(t *testing.T) {
	for _, n := range []int{0, 1, devices.MaxBatch, 450} {
		for _, way := range []string{"the agent rests", "the agent runs"} {
			t.Run(fmt.Sprintf("%d lines, and %s", n, way), func(t *testing.T) {
				r := newRemote(t)
				r.wrote(n)
				var c carrier = resting{r}
				if way == "the agent runs" {
					c = r.run()
				}
				first, second := r.report(c), r.report(c)
				lines := linesOf(t, first)
				if again := linesOf(t, second); len(lines) != n || len(again) != n {
					t.Fatalf("%d lines, and %d in another report", len(lines), len(again))
				}
				if last := first.Batches[len(first.Batches)-1]; last.Number != uint64(n) || last.Lost != 0 || first.State.Outbox != n {
					t.Errorf("it speaks up to line %d, of %d that wait", last.Number, first.State.Outbox)
				}
				receipt := devices.Receipt{Log: first.State.Log}
				for _, line := range lines {
					receipt.Accepted = append(receipt.Accepted, line.Number)
				}
				path := r.bundle(r.authority.SigningKey(), r.schedule(1), receipt)
				for _, want := range []Carried{{Revision: 1, Newer: true, Settled: n}, {Revision: 1}} {
					if got, err := c.Import(path); err != nil || got != want {
						t.Errorf("%+v (%v), want %+v", got, err, want)
					}
				}
				if left := linesOf(t, r.report(c)); len(left) != 0 {
					t.Errorf("%d lines are reported again", len(left))
				}
			})
		}
	}
}

// TestWhatABundleBroughtIsHeldByTheAgentThatStarts afterwards.
func TestWhatABundleBroughtIsHeldByTheAgentThatStarts(t *testing.T) {
	r := newRemote(t)
	if _, err := (resting{r}).Import(r.bundle(r.authority.SigningKey(), r.schedule(5, "a"))); err != nil {
		t.Fatal(err)
	}
	v, err := r.run().Status(t.Context())
	if err != nil || v.Revision != 5 || v.Files != 1 || v.Missing != 0 || len(v.Next) != 1 || !v.Next[0].Ready {
		t.Errorf("%+v: %v", v, err)
	}
}

func TestNobodyCarriesForAnAgentThatRunsBehindItsBack(t *testing.T) {
	r := newRemote(t)
	r.run()
	if _, _, err := OpenCarrier(r.settings, "test", slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "another agent") {
		t.Errorf("it is answered %v", err)
	}
}
