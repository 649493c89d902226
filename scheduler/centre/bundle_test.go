package centre

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/bundle"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/studio"
	"loaphuong/scheduler/web"
)

// sound is the audio that An Bình is to air.
const sound = "âm thanh của tin thứ nhất"

// byHand is a bench whose desk can carry: An Bình owes one recording, whose
// audio is there.
type byHand struct {
	*bench
	audio string // directory of the studio
}

// newByHand has published at four in the morning.
func newByHand(t *testing.T) *byHand {
	b := &byHand{bench: newBench(t), audio: t.TempDir()}
	b.desk.Intake = b.intake
	b.desk.Studio = get[*studio.Studio](t)(studio.New(t.Context(), studio.DefaultSettings(b.audio)))
	b.desk.Authority = get[*enrol.Authority](t)(enrol.OpenAuthority(filepath.Join(t.TempDir(), "keys"), nil))
	b.take("r3", sound)
	b.publish(clock(4, 0, 0))
	b.heard(anBinh)
	return b
}

// take keeps a recording of the first topic, newer than all others, with its audio.
func (b *byHand) take(id scheduler.RecordingID, audio string) {
	b.t.Helper()
	r := b.record(id, 1, minute)
	r.Approval, r.Digest, r.Size = scheduler.Approval{}, scheduler.DigestOf([]byte(audio)), int64(len(audio))
	r = get[scheduler.Recording](b.t)(r.Approve("Hùng", r.Created, r.Digest))
	must(b.t, b.store.PutRecording(b.t.Context(), r))
	must(b.t, os.WriteFile(b.path(r.Digest), []byte(audio), 0o600))
}

func (b *byHand) path(d scheduler.Digest) string { return filepath.Join(b.audio, string(d)+".opus") }

// carry exports a bundle for An Bình and opens it at the station.
func (b *byHand) carry(parts web.BundleParts, now time.Time) *bundle.Incoming {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), "stick.zip")
	must(b.t, bundle.Save(path, false, func(w io.Writer) error {
		r, err := b.desk.openBundle(b.t.Context(), anBinh, parts, now)
		if err != nil {
			return err
		}
		defer r.Close()
		_, err = io.Copy(w, r)
		return err
	}))
	in := get[*bundle.Incoming](b.t)(bundle.Open(path))
	b.t.Cleanup(func() { in.Close() })
	return in
}

// station is a station as the authority knows it.
type station struct {
	id    scheduler.StationID
	key   crypto.Signer
	chain [][]byte
}

func (b *byHand) enrol(id scheduler.StationID, at time.Time) station {
	b.t.Helper()
	key := get[*ecdsa.PrivateKey](b.t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	request := get[[]byte](b.t)(x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key))
	issued := get[[]byte](b.t)(b.desk.Authority.Issue(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: request}), id, at))
	der, _ := pem.Decode(issued)
	return station{id, key, [][]byte{der.Bytes}}
}

// reports is a report of the lines of the first airings, made at an instant.
func (b *byHand) reports(s station, made time.Time, lines ...scheduler.AsRun) []byte {
	b.t.Helper()
	var buf bytes.Buffer
	must(b.t, bundle.SealReport(&buf, bundle.Report{
		Station: s.id, Made: made,
		State: devices.State{Station: s.id, Revision: b.held(anBinh).Revision, At: made, Card: "loa"},
		Batches: []devices.Batch{
			{Station: s.id, Log: "so", Records: lines, Number: uint64(len(lines)), Through: made, Since: clock(3, 0, 0)},
		},
	}, s.key, s.chain))
	return buf.Bytes()
}

// aired are the lines of the first n airings.
func (b *byHand) aired(n int) (lines []scheduler.AsRun) {
	var previous scheduler.Digest
	for i, f := range b.facts(anBinh)[:n] {
		lines = append(lines, aired(f.Airing, uint64(i+1), previous))
		previous = lines[i].Hash()
	}
	return lines
}

func TestABundleHoldsWhatWasPublished(t *testing.T) {
	b := newByHand(t)
	now := clock(4, 30, 0)
	in := b.carry(web.BundleParts{}, now)
	e := get[devices.Envelope](t)(b.keys.Open(in.Schedule(), anBinh, devices.ScheduleChannel, now))
	var s devices.Schedule
	must(t, devices.Decode(e.Body, &s))
	must(t, s.Check())
	if s.Revision != 1 || in.Revision() != 1 || in.Station() != anBinh || !in.Lease().Equal(s.Lease) || len(in.Receipts()) != 0 {
		t.Errorf("schedule %d, and the manifest speaks of %d until %s for %s", s.Revision, in.Revision(), in.Lease(), in.Station())
	}
	if !slices.Equal(in.Files(), s.Files) || len(s.Files) != 1 || in.Needed() != 1 {
		t.Errorf("it carries %v of %v", in.Files(), s.Files)
	}
	r := get[io.ReadCloser](t)(in.Audio(s.Files[0].Digest))
	defer r.Close()
	if got := get[[]byte](t)(io.ReadAll(r)); string(got) != sound {
		t.Errorf("the audio is %q", got)
	}
}

func TestWhatAudioABundleCarries(t *testing.T) {
	b := newByHand(t)
	now := clock(4, 30, 0)
	digest := scheduler.DigestOf([]byte(sound))
	for _, c := range []struct {
		why     string
		holds   scheduler.Revision // by its last state; none when 0
		missing []scheduler.Digest
		parts   web.BundleParts
		want    int
	}{
		{"never heard of", 0, nil, web.BundleParts{Known: true}, 1},
		{"it holds all of it", 1, nil, web.BundleParts{Known: true}, 0},
		{"and is given it all the same", 1, nil, web.BundleParts{}, 1},
		{"it lacks it", 1, []scheduler.Digest{digest}, web.BundleParts{Known: true}, 1},
		{"it holds a schedule that is nowhere", 7, nil, web.BundleParts{Known: true}, 1},
		{"no audio", 0, nil, web.BundleParts{NoAudio: true}, 0},
	} {
		if c.holds > 0 {
			must(t, b.store.PutState(t.Context(), devices.State{Station: anBinh, Online: true, Revision: c.holds, Missing: c.missing}, now))
		}
		if in := b.carry(c.parts, now); len(in.Files()) != c.want || in.Needed() != 1 {
			t.Errorf("%s: %d files of %d", c.why, len(in.Files()), in.Needed())
		}
	}
}

func TestNoBundle(t *testing.T) {
	b := newByHand(t)
	b.putStation(scheduler.Station{ID: "moi", Area: "xa-b", Zone: scheduler.DefaultZone})
	refuses := func(why string, id scheduler.StationID, now time.Time, want string) {
		t.Helper()
		_, err := b.desk.openBundle(t.Context(), id, web.BundleParts{}, now)
		if !errors.Is(err, scheduler.ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want a word of %q", why, err, want)
		}
	}
	refuses("no such station", "khong-co", clock(5, 0, 0), "khong-co")
	refuses("nothing published", "moi", clock(5, 0, 0), "loaphuong publish")
	refuses("the lease is over", anBinh, clock(5, 0, 0).Add(lease), "loaphuong publish")
	must(t, os.WriteFile(b.path(scheduler.DigestOf([]byte(sound))), []byte("ngắn"), 0o600))
	refuses("audio of another size", anBinh, clock(5, 0, 0), "restore it")
	must(t, os.Remove(b.path(scheduler.DigestOf([]byte(sound)))))
	refuses("audio that is gone", anBinh, clock(5, 0, 0), "restore it")
}

// TestAudioThatWasChangedDoesNotLeave: the size is right and the bytes are not.
func TestAudioThatWasChangedDoesNotLeave(t *testing.T) {
	b := newByHand(t)
	must(t, os.WriteFile(b.path(scheduler.DigestOf([]byte(sound))), []byte(strings.ToUpper(sound))[:len(sound)], 0o600))
	r := get[io.ReadCloser](t)(b.desk.openBundle(t.Context(), anBinh, web.BundleParts{}, clock(5, 0, 0)))
	defer r.Close()
	if _, err := io.ReadAll(r); err == nil || !strings.Contains(err.Error(), "restore the file") {
		t.Errorf("it was carried away: %v", err)
	}
}

// TestTheLoopByHand: what is aired without a link is reported, and the next
// bundle lets the station forget it.
func TestTheLoopByHand(t *testing.T) {
	b := newByHand(t)
	now := time.Now() // the authority's certificates are of today; the airings are long past
	raw := b.reports(b.enrol(anBinh, now), clock(18, 0, 0), b.aired(2)...)
	for _, c := range []struct {
		when string
		want web.ReportTaken
	}{
		{"once", web.ReportTaken{Station: anBinh, Made: clock(18, 0, 0), New: 2, State: true}},
		{"twice", web.ReportTaken{Station: anBinh, Made: clock(18, 0, 0), Duplicate: 2}},
	} {
		if got := get[web.ReportTaken](t)(b.desk.takeReport(t.Context(), bytes.NewReader(raw), now)); got != c.want {
			t.Errorf("taken %s: %+v, want %+v", c.when, got, c.want)
		}
		for _, f := range b.facts(anBinh)[:2] {
			if f.Outcome != scheduler.Aired {
				t.Errorf("taken %s, %s is %+v", c.when, f.Recording, f)
			}
		}
		if n := len(b.heard(anBinh)); n != 1 { // over the link too, should it listen
			t.Errorf("taken %s, it was sent %d receipts", c.when, n)
		}
	}
	if s := get[[]devices.State](t)(b.store.States(t.Context())); len(s) != 1 || s[0].Online || s[0].Card != "loa" || s[0].Revision != 1 {
		t.Errorf("its state is %+v", s)
	}
	in := b.carry(web.BundleParts{Known: true}, clock(19, 0, 0))
	if got := b.receipts(in); len(got) != 1 || got[0].Log != "so" || !slices.Equal(got[0].Accepted, []uint64{1, 2}) || len(in.Files()) != 0 {
		t.Errorf("the next bundle has %d files and the receipts %+v", len(in.Files()), got)
	}
}

// receipts opens the receipts of a bundle as a station does that comes to it
// two months later.
func (b *byHand) receipts(in *bundle.Incoming) (all []devices.Receipt) {
	b.t.Helper()
	for _, raw := range in.Receipts() {
		e := get[devices.Envelope](b.t)(b.keys.Open(raw, anBinh, devices.ReceiptChannel, in.Made().Add(days(60))))
		var r devices.Receipt
		must(b.t, devices.Decode(e.Body, &r))
		all = append(all, r)
	}
	return all
}

func TestRejectedLinesAreCountedAndReceipted(t *testing.T) {
	b := newByHand(t)
	now := time.Now()
	lines := b.aired(2)
	lines[1].Airing = "never-owed"
	got := get[web.ReportTaken](t)(b.desk.takeReport(t.Context(), bytes.NewReader(b.reports(b.enrol(anBinh, now), clock(18, 0, 0), lines...)), now))
	if got.New != 1 || got.Rejected != 1 || got.Duplicate != 0 {
		t.Errorf("taken %+v", got)
	}
	r := b.receipts(b.carry(web.BundleParts{}, clock(19, 0, 0)))
	if len(r) != 1 || len(r[0].Rejected) != 1 || r[0].Rejected[0].Number != 2 {
		t.Errorf("the receipts are %+v", r)
	}
}

func TestReportsThatAreNotTaken(t *testing.T) {
	b := newByHand(t)
	now := time.Now()
	s := b.enrol(anBinh, now)
	raw := b.reports(s, clock(18, 0, 0), b.aired(2)...)
	changed := bytes.Clone(raw)
	changed[bytes.Index(raw, []byte("PK\x01\x02"))-100] ^= 1
	stranger := s
	stranger.key = get[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	retiredLong := now.Add(enrol.StationLife + bundle.Overdue + time.Hour)
	for _, c := range []struct {
		why  string
		raw  []byte
		now  time.Time
		kind error
	}{
		{"nothing", nil, now, scheduler.ErrInvalid},
		{"changed on the way", changed, now, scheduler.ErrInvalid},
		{"broken off", raw[:len(raw)-1], now, scheduler.ErrInvalid},
		{"too large", make([]byte, bundle.MaxReport+1), now, scheduler.ErrInvalid},
		{"signed by another", b.reports(stranger, clock(18, 0, 0)), now, scheduler.ErrInvalid},
		{"of long ago", raw, retiredLong, scheduler.ErrInvalid},
		{"of a station that is not ours any more", b.reports(b.enrol("khong-co", now), clock(18, 0, 0)), now, scheduler.ErrNotFound},
	} {
		if got, err := b.desk.takeReport(t.Context(), bytes.NewReader(c.raw), c.now); !errors.Is(err, c.kind) {
			t.Errorf("%s: %+v, %v", c.why, got, err)
		}
	}
	if f := b.facts(anBinh)[0]; f.Outcome != "" || len(get[[]devices.State](t)(b.store.States(t.Context()))) != 0 {
		t.Errorf("something was taken: %+v", f)
	}
}

func TestACertificateThatHasEndedIsSaid(t *testing.T) {
	b := newByHand(t)
	issued := time.Now()
	raw := b.reports(b.enrol(anBinh, issued), clock(18, 0, 0), b.aired(1)...)
	got := get[web.ReportTaken](t)(b.desk.takeReport(t.Context(), bytes.NewReader(raw), issued.Add(enrol.StationLife+days(30))))
	if got.New != 1 || got.Ended.Sub(issued.Add(enrol.StationLife)).Abs() > time.Minute {
		t.Errorf("taken %+v", got)
	}
}

func TestReceiptsAreJoined(t *testing.T) {
	var all []devices.Receipt
	for i := range 11 {
		all = append(all, devices.Receipt{Log: "so", Accepted: make([]uint64, 199), Rejected: make([]devices.Rejection, 1+i/10)})
	}
	all = append(all, devices.Receipt{Log: "so-2", Accepted: []uint64{1}})
	var got []int
	for _, r := range gathered(all) {
		got = append(got, linesOf(r))
	}
	if !slices.Equal(got, []int{1000, 1000, 201, 1}) {
		t.Errorf("they name %v lines", got)
	}
}
