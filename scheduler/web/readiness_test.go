package web

import (
	"errors"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// ready is what the world's stations are like for the programme at 17:30.
func ready() []scheduler.Readiness {
	w := scheduler.Window{Programme: "sang-som", Start: now().Add(15 * time.Minute)}
	var all []scheduler.Readiness
	for _, s := range worldStations() {
		r := scheduler.StationReport{Station: s.Station.ID, Name: s.Station.Name, Phone: s.Station.Phone, Heard: s.Heard, Published: 5}
		if s.State != nil {
			r.Online, r.Held, r.Missing = s.State.Online, s.State.Revision, len(s.State.Missing)
			r.CardOK, r.CardErr, r.ClockOK, r.Volume = s.State.CardOK, s.State.CardErr, s.State.ClockOK, s.State.Volume
		}
		all = append(all, w.Judge(r, now()))
	}
	return all
}

func TestTheRedList(t *testing.T) {
	desk := world()
	saysNot(t, page(t, desk, "/"), `id="ready"`) // nothing is to come
	desk.ready = ready()
	body := page(t, desk, "/")
	says(t, body, "Chưa sẵn sàng", "chương trình trong 60 phút tới", "không có tin từ 17:11", "còn giữ lịch số 4, lịch mới nhất là số 5", "thiếu 1 tệp âm thanh",
		"thiết bị âm thanh không dùng được: no such device", "mất kết nối từ 08:15", "chưa từng kết nối", `<a href="tel:02203786000">0220 3 786 000</a>`, "nghe tin 4 phút trước (17:11)")
	_, list, _ := strings.Cut(body, `id="ready"`)
	list, _, _ = strings.Cut(list, "</section>")
	saysNot(t, list, "Đài Cẩm Giàng", "Đài Lai Cách") // who are ready
	says(t, page(t, desk, "/?lang=en"), "Not ready", "nothing heard since 17:11", "1 audio file is missing", "offline since 08:15")

	desk.ready = []scheduler.Readiness{ready()[0]}
	says(t, page(t, desk, "/"), "Tất cả đều sẵn sàng: 1 lượt đài.")
}

func TestASilentStationIsUnknown(t *testing.T) {
	says(t, page(t, world(), "/stations/kim-thanh"), "Không rõ", "hơn 90 giây không có tin")
	saysNot(t, page(t, world(), "/stations/kim-thanh"), "Trực tuyến")
	says(t, page(t, world(), "/stations/cam-giang"), "Trực tuyến")
}

func TestReadinessOnTheWire(t *testing.T) {
	desk := world()
	desk.ready = ready()
	c := NewClient(serve(t, desk).URL, token)
	all, err := c.Readiness(t.Context(), time.Hour)
	if err != nil || len(all) != 5 || all[1].Verdict != scheduler.VerdictUnknown || all[1].Reasons[0].Code != scheduler.IsSilent || all[0].Verdict != scheduler.VerdictReady {
		t.Errorf("%+v %v", all, err)
	}
	if all, err := c.Readiness(t.Context(), time.Minute); err != nil || len(all) != 0 {
		t.Errorf("within a minute: %+v %v", all, err)
	}
	for _, within := range []time.Duration{-time.Minute, 0, maxWithin + time.Minute} {
		if _, err := c.Readiness(t.Context(), within); !errors.Is(err, scheduler.ErrInvalid) {
			t.Errorf("within %s: %v", within, err)
		}
	}
}

func TestEveryReasonAgainstReadinessHasWords(t *testing.T) {
	for lang, w := range readLanguages(files) {
		for _, code := range []scheduler.ReadinessCode{scheduler.IsNeverHeard, scheduler.IsSilent, scheduler.IsOffline, scheduler.HasNoSchedule, scheduler.HasOld,
			scheduler.LacksFiles, scheduler.LostCard, scheduler.ClockUnset, scheduler.DiskFull, scheduler.IsMuted, scheduler.LostLines} {
			if key := "ready.why." + string(code); w[key] == "" {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}
