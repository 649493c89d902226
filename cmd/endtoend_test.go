package cmd

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"loaphuong/player/speaker/testcard"
	"loaphuong/scheduler"
)

// shortLetter orders n topics, each demanded perDay times.
func shortLetter(n, perDay int) string {
	var b strings.Builder
	b.WriteString("UBND TỈNH\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\n\nSố: 15/STTTT-TTBCXB\n\nHải Dương, ngày 04 tháng 11 năm 2021\n\n" +
		"Kính gửi: Đài Truyền thanh cấp xã.\n\nĐề nghị tuyên truyền các nội dung sau:\n\n")
	for i := range n {
		fmt.Fprintf(&b, "%d. Tuyên truyền Công văn số %d/UBND-VP ngày 01/11/2021 của UBND tỉnh về phòng dịch.\n\n", i+1, 100+i)
	}
	fmt.Fprintf(&b, "Thời lượng phát: tối thiểu %02d lượt/ngày.\n\nNơi nhận:\n- Như trên.\n", perDay)
	return b.String()
}

// TestALetterIsAiredAndReported is the main job: a letter becomes speech that
// leaves the sound path of real stations at the planned second. It runs alone:
// a sound card without a clock of its own hardware needs a processor in time.
func TestALetterIsAiredAndReported(t *testing.T) {
	s := newSystem(t, false)
	d := s.letter(shortLetter(2, 1), "")
	wav := filepath.Join(s.dir, "heard.wav")
	s.addStation("xa-1", "wav:"+wav)
	card := newCard(t)
	s.env["xa-2"] = append(card.Env(), "LOAPHUONG_AGENT_PERIOD=2048", "LOAPHUONG_AGENT_MUTE="+testcard.Control)
	s.addStation("xa-2", "default")
	syscall.Setpriority(syscall.PRIO_PROCESS, s.agents["xa-2"].Process.Pid, -15) // as its service unit would; only root may
	at := nextMinute()
	s.programme("sang", at, 50*time.Second)
	s.publish()
	until(at)
	if card.Muted() {
		t.Error("the card is mute at the start of the programme")
	}
	r := s.awaitLedger(at, at.Add(time.Minute), 3*time.Minute)
	s.await(20*time.Second, "the card to be mute", card.Muted)
	if r.Total.Aired != 4 || r.Total.Expected != 4 || r.Total.Sounded < 4*time.Second {
		t.Errorf("report: %+v", r.Total)
	}
	s.says("xa-1 * xa-2", "report", "verify") // and fails where a log is not whole
	s.checkCard(card, "xa-2", d)
	s.endAgent("xa-1") // the file is whole when the card is closed
	s.checkHeard(wav, "xa-1", d)
}

// airings is what a station was to air of a letter, by the function it uses itself.
func (s *system) airings(id scheduler.StationID, from time.Time, d scheduler.Directive) []scheduler.Airing {
	s.t.Helper()
	lists, err := s.desk().Playlists(s.t.Context(), id)
	s.must(err)
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	s.must(err)
	all := scheduler.Airings(id, zone, lists, from, from.Add(10*time.Minute))
	if len(all) != len(d.Topics) {
		s.t.Fatalf("%d airings for %d topics", len(all), len(d.Topics))
	}
	return all
}

// checkCard compares what came out of a station's sound card with the
// recordings: the same sound, without a gap, begun within 50 ms of its instant.
func (s *system) checkCard(card *testcard.Card, id scheduler.StationID, d scheduler.Directive) {
	s.t.Helper()
	stretches, err := card.Heard()
	s.must(err)
	for _, a := range s.airings(id, stretches[0].Start, d) {
		meant := s.decoded(a.Digest)
		late, c := find(stretches, a.Start, meant)
		s.t.Logf("%s: begun %s after its instant, correlation %.6f", a.Title, late, c)
		if late.Abs() > 50*time.Millisecond || c < 0.999 {
			s.t.Errorf("%s: begun %s after its instant, correlation %.5f with the recording", a.Title, late, c)
		}
	}
}

// checkHeard compares what a station's file kept with the recordings that were
// to sound, at their instants.
func (s *system) checkHeard(wav string, id scheduler.StationID, d scheduler.Directive) {
	s.t.Helper()
	heard := readCapture(s.t, wav)
	airings := s.airings(id, heard.start, d)
	for _, a := range airings {
		meant := s.decoded(a.Digest)
		got, late, c := heard.nearest(a.Start, meant)
		s.t.Logf("%s: begun %s after its instant by this machine's clock, correlation %.6f", a.Title, late, c)
		if c < 0.999 {
			s.t.Errorf("%s: correlation %.5f with the recording, within %s of its instant", a.Title, c, clockError)
		}
		if l := loudness(got); l < -19 || l > -17 {
			s.t.Errorf("%s: %.1f LUFS on air", a.Title, l)
		}
	}
	first := airings[0].Start
	if before := heard.from(first.Add(-time.Second), 47000); !quiet(before) {
		s.t.Error("something sounded before its time")
	}
}

// TestStationsAirAlone stops the centre, cuts the broker, and spoils the audio
// of one station: the others air on time, and the report is complete and honest
// once the centre is back.
func TestStationsAirAlone(t *testing.T) {
	t.Parallel()
	s := newSystem(t, true)
	s.letter(shortLetter(2, 1), "Bản tin thử, đài truyền thanh xã.")
	for _, id := range []scheduler.StationID{"xa-1", "xa-2", "xa-spoilt"} {
		s.addStation(id, "silent")
	}
	at := nextMinute()
	s.programme("sang", at, 50*time.Second)
	s.publish()
	kill(s.centre)
	s.mosquitto.Kill()
	s.spoilAudio("xa-spoilt")
	s.await(3*time.Minute, "the programme to be over", func() bool { return time.Now().After(at.Add(45 * time.Second)) })
	s.must(s.mosquitto.Restart())
	s.startCentre()
	r := s.awaitLedger(at, at.Add(time.Minute), 2*time.Minute)
	for _, row := range r.Rows {
		if row.Station == "xa-spoilt" {
			if row.Missed != 1 || row.Reasons[scheduler.FileDamaged] != 1 {
				t.Errorf("the spoilt station: %+v", row)
			}
		} else if row.Aired != 1 {
			t.Errorf("station %s: %+v", row.Station, row)
		}
	}
	if r.Total.Expected != 6 {
		t.Errorf("%d airings expected, want 6", r.Total.Expected)
	}
}

// spoilAudio changes a byte in every audio file that a station holds.
func (s *system) spoilAudio(id scheduler.StationID) {
	files, err := filepath.Glob(filepath.Join(s.stationData(id), "audio", "*"))
	s.must(err)
	if len(files) == 0 {
		s.t.Fatal("the station holds no audio")
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		s.must(err)
		data[len(data)/2] ^= 1
		s.must(os.WriteFile(f, data, 0o600))
	}
}

// TestNothingIsLostWhenAnythingIsKilled kills agents, broker and centre at
// random moments while 200 airings run.
func TestNothingIsLostWhenAnythingIsKilled(t *testing.T) {
	t.Parallel()
	s := newSystem(t, true)
	s.letter(shortLetter(25, 2), "Tin.")
	stations := []scheduler.StationID{"xa-1", "xa-2", "xa-3", "xa-4"}
	for _, id := range stations {
		s.addStation(id, "silent")
	}
	at := nextMinute()
	s.programme("mot", at, 58*time.Second)
	s.programme("hai", at.Add(time.Minute), 58*time.Second)
	s.must(s.desk().PutRule(s.t.Context(), scheduler.Rule{ID: "sat-nhau", Area: "tinh", Bounds: scheduler.Bounds{Spacing: time.Minute}}))
	s.publish()
	s.await(3*time.Minute, "the first programme", func() bool { return time.Now().After(at) })
	kills := s.havoc(stations, at.Add(2*time.Minute))
	r := s.awaitLedger(at, at.Add(2*time.Minute), 3*time.Minute)
	total := r.Total
	t.Logf("%d kills; %d expected: %d aired, %d late, %d partial, %d missed; why: %v", kills, total.Expected, total.Aired, total.Late, total.Partial, total.Missed, reasons(r))
	if total.Expected != 200 || total.Aired+total.Late+total.Partial+total.Missed != 200 {
		t.Errorf("the ledger does not balance: %+v", total)
	}
	s.checkLines(200)
}

// havoc kills something every few seconds until the end, and starts it again.
// It returns how many were killed.
func (s *system) havoc(stations []scheduler.StationID, end time.Time) (kills int) {
	seed := uint64(time.Now().UnixNano())
	s.t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	var back sync.WaitGroup
	ctx, cancel := context.WithDeadline(s.t.Context(), end)
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			back.Wait()
			return kills
		case <-time.After(time.Duration(1000+chance.IntN(3000)) * time.Millisecond):
		}
		kills++
		switch n := chance.IntN(len(stations) + 2); {
		case n < len(stations):
			kill(s.agents[stations[n]])
			s.startAgent(stations[n])
		case n == len(stations):
			s.mosquitto.Kill()
			s.must(s.mosquitto.Restart())
		default:
			kill(s.centre)
			s.startCentre()
		}
	}
}

// checkLines reads the centre's database: every airing has one last word, and
// the numbers of every log have no gap.
func (s *system) checkLines(airings int) {
	s.t.Helper()
	kill(s.centre)
	db, err := sql.Open("sqlite", filepath.Join(s.centreData(), "centre.db"))
	s.must(err)
	defer db.Close()
	count := func(query string) (n int) {
		s.must(db.QueryRow(query).Scan(&n))
		return n
	}
	if n := count(`SELECT count(*) FROM asrun WHERE body ->> 'kind' = 'end'`); n != airings {
		s.t.Errorf("%d last words for %d airings", n, airings)
	}
	if n := count(`SELECT count(DISTINCT airing) FROM asrun WHERE body ->> 'kind' = 'end'`); n != airings {
		s.t.Errorf("last words for %d airings, want %d", n, airings)
	}
	if n := count(`SELECT count(*) FROM (SELECT station, log FROM asrun GROUP BY station, log HAVING max(number) <> count(*))`); n != 0 {
		s.t.Errorf("%d logs have gaps", n)
	}
	if n := count(`SELECT count(*) FROM quarantine`); n != 0 {
		s.t.Errorf("%d lines were kept apart", n)
	}
}

func reasons(r scheduler.AirtimeReport) map[scheduler.Reason]int {
	all := map[scheduler.Reason]int{}
	for _, row := range r.Rows {
		for reason, n := range row.Reasons {
			all[reason] += n
		}
	}
	return all
}

// TestAWrongCodeEnrolsNobody types what people mistype.
func TestAWrongCodeEnrolsNobody(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	s.must(s.desk().PutArea(t.Context(), scheduler.Area{ID: "tinh", Name: "Tỉnh"}))
	_, err := s.desk().AddStation(t.Context(), scheduler.Station{ID: "xa-1", Area: "tinh", Volume: 100})
	s.must(err)
	code, err := s.desk().StationCode(t.Context(), "xa-1")
	s.must(err)
	wrong := []byte(code.Code)
	wrong[0] = 'a' + (wrong[0]-'a'+1)%20
	data := s.stationData("xa-1")
	for _, c := range []struct{ code, says string }{
		{string(wrong), "ask for a new one"},
		{"nonsense", "not an enrolment code"},
	} {
		said, err := s.agent("enrol", code.URL, c.code, "--data", data)
		if err == nil || !strings.Contains(said, c.says) {
			t.Errorf("code %s: %v: %s", c.code, err, said)
		}
	}
	if said, err := s.agent("run", "--data", data, "--card", "silent"); err == nil || !strings.Contains(said, "enrol") {
		t.Errorf("run without an identity: %v: %s", err, said)
	}
	if said, err := s.agent("enrol", code.URL, code.Code, "--data", data); err != nil {
		t.Errorf("the right code: %v: %s", err, said)
	}
	said, err := s.agent("enrol", code.URL, code.Code, "--data", data+"-second")
	if err == nil || !strings.Contains(said, "has been used") {
		t.Errorf("a code used twice: %v: %s", err, said)
	}
}
