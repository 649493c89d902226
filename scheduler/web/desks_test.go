package web

import (
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// The suite below is what a Desk promises a caller. The desk in memory and a
// client of a server over such a desk both pass it: the wire changes nothing.
func TestDesks(t *testing.T) {
	t.Run("in memory", func(t *testing.T) { testDesk(t, func(m *memoryDesk) Desk { return m }) })
	t.Run("over the wire", func(t *testing.T) {
		testDesk(t, func(m *memoryDesk) Desk { return NewClient(serve(t, m).URL+"/", token) })
	})
}

func testDesk(t *testing.T, through func(*memoryDesk) Desk) {
	for name, test := range map[string]func(*testing.T, Desk){
		"letters":        testLetters,
		"files":          testLetterFiles,
		"readings":       testReadings,
		"search":         testSearch,
		"sounds":         testSounds,
		"audio":          testAudio,
		"stations":       testStations,
		"programmes":     testProgrammes,
		"rules":          testRules,
		"holidays":       testHolidays,
		"selections":     testSelections,
		"lists in files": testListFiles,
		"weeks":          testWeekCopies,
		"lists":          testEmptyLists,
	} {
		t.Run(name, func(t *testing.T) { test(t, through(newMemoryDesk(now()))) })
	}
	for name, test := range map[string]func(*testing.T, Desk){
		"ledger":      testLedger,
		"plans":       testPlans,
		"making good": testMakeGoods,
		"recalls":     testRecalls,
		"bundles":     testBundles,
	} {
		t.Run(name, func(t *testing.T) { test(t, through(world())) })
	}
	t.Run("changes", func(t *testing.T) {
		m := world()
		testChanges(t, m, through(m))
	})
}

// must returns v, or ends the test.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// refused fails the test unless err is of a kind and in the desk's own words.
func refused(t *testing.T, err, kind error, words string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %v about %q", err, kind, words)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func testSounds(t *testing.T, desk Desk) {
	ctx := t.Context()
	n := NewRecording{Title: "Tin & bài?", Directive: "d1", Topic: 2, Language: "vi"}
	added := must(desk.AddRecording(ctx, n, "tin ngắn.mp3", strings.NewReader("audio")))(t)
	if added.Title != n.Title || added.Directive != "d1" || added.Topic != 2 || added.Language != "vi" || added.Source != "upload:tin ngắn.mp3" || added.Size != 5 {
		t.Errorf("added %+v", added)
	}
	spoken := must(desk.Speak(ctx, NewRecording{Title: "Nói", Script: "Kính thưa bà con"}))(t)
	same(t, must(desk.Recordings(ctx, ""))(t), []scheduler.Recording{added, spoken})
	same(t, must(desk.Recordings(ctx, "d1"))(t), []scheduler.Recording{added})
	same(t, must(desk.Recording(ctx, spoken.ID))(t), spoken)
	approved := must(desk.Approve(ctx, spoken.ID, "Nguyễn Thị Hoa", spoken.Digest))(t)
	if !approved.Approved() || approved.Approval.By != "Nguyễn Thị Hoa" {
		t.Errorf("approved %+v", approved)
	}
	_, err := desk.Approve(ctx, spoken.ID, "Hoa", added.Digest)
	refused(t, err, scheduler.ErrConflict, "listen to it again")
	_, err = desk.Recording(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "recording none")
	for _, evergreen := range []bool{true, true, false} {
		approved.Evergreen = evergreen
		same(t, must(desk.PutEvergreen(ctx, spoken.ID, evergreen))(t), approved)
		same(t, must(desk.Recording(ctx, spoken.ID))(t), approved)
	}
	_, err = desk.PutEvergreen(ctx, "none", true)
	refused(t, err, scheduler.ErrNotFound, "recording none")
}

func testAudio(t *testing.T, desk Desk) {
	ctx := t.Context()
	rec := must(desk.AddRecording(ctx, NewRecording{Title: "x"}, "x.wav", strings.NewReader("0123456789")))(t)
	f := must(desk.OpenAudio(ctx, rec.ID))(t)
	defer f.Close()
	read := func(n int) string {
		b := make([]byte, n)
		n, err := io.ReadFull(f, b)
		if err != nil && err != io.ErrUnexpectedEOF {
			t.Fatal(err)
		}
		return string(b[:n])
	}
	seek := func(offset int64, whence int, want int64) {
		if at, err := f.Seek(offset, whence); at != want || err != nil {
			t.Errorf("seek %d from %d: at %d, %v; want %d", offset, whence, at, err, want)
		}
	}
	same(t, read(4), "0123")
	seek(0, io.SeekCurrent, 4)
	seek(-3, io.SeekEnd, 7)
	same(t, read(9), "789")
	seek(2, io.SeekStart, 2)
	same(t, read(3), "234")
	seek(0, io.SeekEnd, 10)
	if n, err := f.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("past the end: %d %v", n, err)
	}
	if _, err := f.Seek(-1, io.SeekStart); err == nil {
		t.Error("seeks before the beginning")
	}
	_, err := desk.OpenAudio(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "recording none")
}

func testStations(t *testing.T, desk Desk) {
	ctx := t.Context()
	province, commune := scheduler.Area{ID: "hai-duong", Name: "Tỉnh"}, scheduler.Area{ID: "cam-giang", Name: "Xã", Parent: "hai-duong"}
	refused(t, desk.PutArea(ctx, commune), scheduler.ErrInvalid, "add the parent first")
	for _, a := range []scheduler.Area{province, commune} {
		if err := desk.PutArea(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	same(t, must(desk.Areas(ctx))(t), []scheduler.Area{province, commune})
	s := scheduler.Station{ID: "dai-1", Name: "Đài 1", Area: "cam-giang", Phone: "0220", Volume: 0, Quiet: []scheduler.QuietHours{{From: 1260, Until: 300}}, Languages: []string{"vi", "tay"}, Retired: true}
	added := must(desk.AddStation(ctx, s))(t)
	s.Zone = scheduler.DefaultZone // which the desk fills in
	same(t, added, s)
	_, err := desk.AddStation(ctx, scheduler.Station{ID: "Đài", Area: "cam-giang"})
	refused(t, err, scheduler.ErrInvalid, "is not one of a-z")
	same(t, must(desk.StationStates(ctx))(t), []StationState{{Station: s}})
	same(t, must(desk.Stop(ctx, StopForm{By: "Lan", Stations: []scheduler.StationID{"dai-1"}}))(t),
		Stopped{ID: "stop-1", Told: []scheduler.StationID{"dai-1"}, Untold: []scheduler.StationID{}})
	if none := must(desk.Stop(ctx, StopForm{By: "Lan", Area: "elsewhere"}))(t); len(none.Told) != 0 {
		t.Errorf("told %v", none.Told)
	}
	code := must(desk.StationCode(ctx, "dai-1"))(t)
	if code.Station != "dai-1" || code.Code == "" || code.URL == "" || !code.Expires.Equal(now().Add(time.Hour)) {
		t.Errorf("code %+v", code)
	}
	_, err = desk.StationCode(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "station none")
}

func testProgrammes(t *testing.T, desk Desk) {
	ctx := t.Context()
	timing := must(scheduler.Cron("30 5 * * mon-fri", now(), now().AddDate(0, 1, 0)))(t)
	p := scheduler.Programme{ID: "sang", Name: "Buổi sáng", Area: "cam-giang", Timing: timing, Length: 15 * time.Minute, Class: scheduler.Ordinary, Grace: time.Minute,
		Order:    []scheduler.Piece{{Kind: scheduler.Tune, Recordings: []scheduler.RecordingID{"r1"}}, {Kind: scheduler.RelayTime, Length: time.Minute}, {Kind: scheduler.Items}},
		Language: "tay", Holidays: scheduler.NoOnHolidays}
	if err := desk.PutProgramme(ctx, p); err != nil {
		t.Fatal(err)
	}
	same(t, must(desk.Programmes(ctx))(t), []scheduler.Programme{p})
	p.Length = 0
	refused(t, desk.PutProgramme(ctx, p), scheduler.ErrInvalid, "programme sang: length 0s")
	refused(t, desk.DeleteProgramme(ctx, "none"), scheduler.ErrNotFound, "programme none")
	if err := desk.DeleteProgramme(ctx, "sang"); err != nil {
		t.Error(err)
	}
	published := must(desk.Publish(ctx, "Hoa"))(t)
	if len(published.Promises) != 1 || published.Promises[0].Shortfall != scheduler.WindowFull || published.Stations[0].Revision != 6 {
		t.Errorf("published %+v", published)
	}
	_, err := desk.Publish(ctx, "")
	refused(t, err, scheduler.ErrInvalid, "name the person who publishes")
	_, err = desk.Playlists(ctx, "dai-1")
	refused(t, err, scheduler.ErrNotFound, "schedule of station dai-1")
}

func testEmptyLists(t *testing.T, desk Desk) {
	ctx := t.Context()
	for name, n := range map[string]int{
		"letters":    len(must(desk.Directives(ctx))(t)),
		"areas":      len(must(desk.Areas(ctx))(t)),
		"states":     len(must(desk.StationStates(ctx))(t)),
		"recordings": len(must(desk.Recordings(ctx, ""))(t)),
		"programmes": len(must(desk.Programmes(ctx))(t)),
		"rules":      len(must(desk.Rules(ctx))(t)),
		"holidays":   len(must(desk.Holidays(ctx))(t)),
		"selections": len(must(desk.Selections(ctx))(t)),
		"findings":   len(must(desk.Lint(ctx))(t)),
		"make-goods": len(must(desk.MakeGoods(ctx))(t)),
		"recalls":    len(must(desk.Recalls(ctx))(t)),
		"hits":       len(must(desk.Search(ctx, "", 10))(t)),
		"logs":       len(must(desk.VerifyLogs(ctx, ""))(t)),
		"airings":    len(must(desk.Airings(ctx, scheduler.AirtimeQuery{}))(t)),
		"rows":       len(must(desk.Airtime(ctx, scheduler.AirtimeQuery{}))(t).Rows),
	} {
		if n != 0 {
			t.Errorf("%s: %d", name, n)
		}
	}
}

func testLedger(t *testing.T, desk Desk) {
	ctx := t.Context()
	q := scheduler.AirtimeQuery{From: now().Add(-24*time.Hour + time.Nanosecond), Until: now(), Directive: letterID, Station: "kim-thanh"}
	report := must(desk.Airtime(ctx, q))(t)
	if report.Total.Expected != 6 || report.Total.Missed != 2 || report.Total.Partial != 2 || len(report.Rows) != 3 || report.Rows[0].StationName != "Đài Kim Thành" {
		t.Errorf("total %+v of %d rows", report.Total, len(report.Rows))
	}
	if !report.Query.From.Equal(q.From) || report.Query.Directive != letterID || report.Query.Station != "kim-thanh" {
		t.Errorf("asked for %+v", report.Query)
	}
	logs := must(desk.VerifyLogs(ctx, "kim-thanh"))(t)
	if len(logs) != 1 || len(logs[0].Gaps) != 1 || logs[0].Gaps[0] != (scheduler.Gap{From: 7, To: 9}) || logs[0].Altered[0] != 3 {
		t.Errorf("logs %+v", logs)
	}
	airings := must(desk.Airings(ctx, q))(t)
	if len(airings) != 6 || airings[5].State != scheduler.Missed || airings[5].Why != scheduler.DeviceLost || airings[5].Detail == "" {
		t.Errorf("airings %+v", airings)
	}
}

func testChanges(t *testing.T, m *memoryDesk, desk Desk) {
	ctx, cancel := context.WithCancel(t.Context())
	changes := desk.Changes(ctx)
	<-m.following
	for range 2 {
		m.tell()
		if _, ok := <-changes; !ok {
			t.Fatal("closed before its end")
		}
	}
	cancel()
	for range changes { // one more may be under way
	}
}
