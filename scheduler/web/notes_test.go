package web

import (
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// remarkable is the world in which one airing at Kim Thành has everything that
// is worth a note.
func remarkable() *memoryDesk {
	m := world()
	for i := range m.airings {
		a := &m.airings[i]
		if a.ID != "kim-thanh-2-11" {
			continue
		}
		a.SaidStartedAt, a.SaidEndedAt = a.StartedAt.AddDate(-1, 0, 0), a.StartedAt.AddDate(-1, 0, 0).Add(time.Minute)
		a.Sounded, a.Quiet, a.Stalls, a.Interruptions = time.Minute, 40*time.Second, 2, 1
		a.Filled, a.FilledFor, a.HeardBack = "Nhạc <xuân>", 24*time.Second, "not heard back: 2 of 20 windows"
	}
	return m
}

func TestNotesOfAnAiring(t *testing.T) {
	for _, path := range []string{"/", "/stations/kim-thanh"} {
		says(t, page(t, remarkable(), path), "im lặng 40 giây trong 1 phút đã vang", "vấp 2 lần", "nhường tin cấp cao hơn 1 lần rồi phát tiếp",
			"phát thay 24 giây: Nhạc <xuân>", "nghe lại ở loa: not heard back: 2 of 20 windows", "ghi bắt đầu lúc 11:15:00 11/03/2025", "ghi kết thúc lúc 11:16:00 11/03/2025")
	}
	says(t, page(t, remarkable(), "/stations/kim-thanh?lang=en"), "silence for 40 s of the 1 min that sounded", "gave way 1 time and went on", "in its place for 24 s")
	saysNot(t, page(t, world(), "/stations/kim-thanh"), "im lặng", "vấp", "phát thay", "nghe lại ở loa", "chưa đúng của đài")
}

// What a person should look into stands first and is marked.
func TestOnlySilenceIsFlagged(t *testing.T) {
	v := &view{Lang: english, words: readLanguages(files)[english], Zone: time.UTC}
	f := scheduler.AiringFacts{Sounded: time.Minute, Quiet: 29 * time.Second, Stalls: 1, HeardBack: "fine"}
	for _, c := range []struct {
		quiet   time.Duration
		flagged int
	}{{29 * time.Second, 0}, {30 * time.Second, 1}, {time.Minute, 1}, {0, 0}} {
		f.Quiet = c.quiet
		got := v.besides(f, time.UTC)
		flagged := 0
		for _, n := range got {
			if n.Flagged {
				flagged++
			}
		}
		if flagged != c.flagged || len(got) != 2+flagged || flagged == 1 && !got[0].Flagged {
			t.Errorf("%s of silence: %+v", c.quiet, got)
		}
	}
}

func TestHowAStationKnowsTheTime(t *testing.T) {
	synced := now().Add(-4 * time.Minute)
	for _, c := range []struct {
		ok    bool
		clock devices.ClockState
		want  []string
	}{
		{false, devices.ClockState{}, []string{"chưa đúng"}},
		{true, devices.ClockState{}, []string{"đúng (đồng hồ của máy)"}},
		{true, devices.ClockState{Source: "centre", Offset: -1250 * time.Millisecond, Uncertainty: 12 * time.Millisecond, Synced: synced},
			[]string{"đúng theo trung tâm, ±0,012 giây", "lệch -1,250 giây, so lại lúc 17:11"}},
		{true, devices.ClockState{Source: "ntp:time.vmi.gov.vn", Offset: time.Second, Uncertainty: time.Second, Synced: synced},
			[]string{"đúng theo time.vmi.gov.vn, ±1,000 giây", "lệch +1,000 giây"}},
		{true, devices.ClockState{Source: "gps", Uncertainty: time.Microsecond, Synced: synced}, []string{"đúng theo gps"}}, // that is not known yet
	} {
		m := world()
		m.states[0].State.ClockOK, m.states[0].State.Clock = c.ok, c.clock
		says(t, page(t, m, "/stations/cam-giang"), c.want...)
	}
}

func TestWhatAStationHasLost(t *testing.T) {
	m := world()
	st := m.states[3].State
	st.DiskLow, st.DiskFree, st.Lost, st.Stalls = true, 1<<20, 7, 1
	says(t, page(t, m, "/stations/lai-cach?lang=en"), "The disk is full: audio had to go", "7 lines, for want of room", "1 time since its software began")
	saysNot(t, page(t, m, "/stations/lai-cach?lang=en"), "nearly full")
	saysNot(t, page(t, world(), "/stations/lai-cach?lang=en"), "The disk is full", "for want of room", "since its software began")
}

func TestRecordingsThatStandIn(t *testing.T) {
	m := world()
	saysNot(t, page(t, m, "/recordings"), "phát thay khi thiếu âm thanh")
	m.recordings[0].Evergreen = true
	says(t, page(t, m, "/recordings"), "phát thay khi thiếu âm thanh")
}
