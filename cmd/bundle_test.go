package cmd

import (
	"bytes"
	"crypto"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/bundle"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
)

// TestAStickClosesTheLoop: a station that never had a link is given its
// schedule on a stick, and its report comes back on it.
func TestAStickClosesTheLoop(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	d := s.letter(shortLetter(1, 1), "Bản tin thử.")
	id := s.enrolHere("xa-1")
	at := nextMinute()
	s.programme("sang", at, time.Minute)
	_, err := s.desk().Publish(t.Context(), "Lan")
	s.must(err)
	stick := filepath.Join(s.dir, "stick.zip")
	s.says("1 of 1 audio files", "bundle", "export", "xa-1", "-o", stick)
	s.checkBundle(stick, id, 0)

	report := filepath.Join(s.dir, "report.zip")
	s.report(report, id, s.airings("xa-1", at, d)[0])
	s.says("xa-1 * 1 0 0", "bundle", "import", report)
	s.says("xa-1 * 0 1 0", "bundle", "import", report)
	if said, err := s.loaphuong("bundle", "import", s.tampered(report), report); err == nil ||
		!strings.Contains(said, "tampered.zip: read report: not ") || !strings.Contains(said, "xa-1") {
		t.Errorf("a report that was changed, and one that was not: %v: %s", err, said)
	}
	list, err := s.desk().Airings(t.Context(), scheduler.AirtimeQuery{From: at, Until: at.Add(time.Minute)})
	s.must(err)
	if len(list) != 1 || list[0].State != scheduler.Aired {
		t.Errorf("the ledger has %+v", list)
	}
	s.says("0 of 1 audio files", "bundle", "export", "xa-1", "-o", stick, "--known", "--force")
	s.checkBundle(stick, id, 1)
}

// enrolHere makes a station and enrols it in this process, without an agent.
func (s *system) enrolHere(station scheduler.StationID) enrol.Identity {
	s.t.Helper()
	_, err := s.desk().AddStation(s.t.Context(), scheduler.Station{ID: station, Area: "tinh", Volume: 100})
	s.must(err)
	code, err := s.desk().StationCode(s.t.Context(), station)
	s.must(err)
	id, err := enrol.Join(s.t.Context(), code.URL, code.Code, s.stationData(station))
	s.must(err)
	return id
}

// says runs a command and looks for words in what it says; "*" stands for any.
func (s *system) says(want string, args ...string) {
	s.t.Helper()
	said, err := s.loaphuong(args...)
	if err != nil {
		s.t.Fatalf("%s: %v: %s", strings.Join(args, " "), err, said)
	}
	rest := strings.Join(strings.Fields(said), " ")
	for piece := range strings.SplitSeq(want, "*") {
		_, after, ok := strings.Cut(rest, strings.TrimSpace(piece))
		if !ok {
			s.t.Fatalf("%s: %s: it does not say %q", strings.Join(args, " "), said, want)
		}
		rest = after
	}
}

// checkBundle opens a bundle as the station does.
func (s *system) checkBundle(path string, id enrol.Identity, receipts int) {
	s.t.Helper()
	in, err := bundle.Open(path)
	s.must(err)
	defer in.Close()
	e, err := id.Keyring.Open(in.Schedule(), id.Station, devices.ScheduleChannel, time.Now())
	s.must(err)
	var schedule devices.Schedule
	s.must(devices.Decode(e.Body, &schedule))
	s.must(schedule.Check())
	for _, f := range in.Files() {
		r, err := in.Audio(f.Digest)
		s.must(err)
		got, _, err := scheduler.DigestReader(r)
		s.must(err)
		r.Close()
		if got != f.Digest {
			s.t.Errorf("audio %s is %s", f.Digest, got)
		}
	}
	if len(in.Receipts()) != receipts {
		s.t.Errorf("%d receipts", len(in.Receipts()))
	}
	for _, r := range in.Receipts() {
		_, err := id.Keyring.Open(r, id.Station, devices.ReceiptChannel, time.Now())
		s.must(err)
	}
}

// report writes what the station says of one airing, and that it holds its audio.
func (s *system) report(path string, id enrol.Identity, a scheduler.Airing) {
	s.t.Helper()
	now := time.Now().UTC()
	line := scheduler.AsRun{
		Log: "so", Number: 1, Kind: scheduler.AsRunEnd, Airing: a.ID, Planned: a.Start, At: a.Start.Add(a.Duration),
		Digest: a.Digest, Sounded: a.Duration, Outcome: scheduler.Aired, Evidence: scheduler.EvidenceDrained,
	}
	pair, err := id.TLS().GetClientCertificate(nil)
	s.must(err)
	s.must(bundle.Save(path, false, func(w io.Writer) error {
		return bundle.SealReport(w, bundle.Report{
			Station: id.Station, Made: now, State: devices.State{Station: id.Station, Revision: 1, Files: 1, At: now},
			Batches: []devices.Batch{{Station: id.Station, Log: "so", Number: 1, Records: []scheduler.AsRun{line}, Through: now, Since: now.Add(-time.Hour)}},
		}, pair.PrivateKey.(crypto.Signer), pair.Certificate)
	}))
}

// tampered is the report with one byte of it changed.
func (s *system) tampered(path string) string {
	s.t.Helper()
	raw, err := os.ReadFile(path)
	s.must(err)
	raw[bytes.Index(raw, []byte("report.json"))+40] ^= 1
	other := filepath.Join(s.dir, "tampered.zip")
	s.must(os.WriteFile(other, raw, 0o600))
	return other
}
