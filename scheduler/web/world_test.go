package web

import (
	"context"
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// now is when the tests take place: a Wednesday, a quarter past five in the
// afternoon at the centre.
func now() time.Time {
	return time.Date(2026, 3, 11, 17, 15, 10, 0, zoneOr(scheduler.DefaultZone, time.UTC))
}

// letterID is the letter of the world.
const letterID scheduler.DirectiveID = "a1b2c3d4e5f60718"

// world is a desk with a bit of everything: five stations, each in another way,
// a letter that they owe, and a day of airings in every state.
func world() *memoryDesk {
	m := newMemoryDesk(now())
	m.areas = []scheduler.Area{
		{ID: "hai-duong", Name: "Tỉnh Hải Dương"},
		{ID: "cam-giang", Name: "Xã Cẩm Giàng", Parent: "hai-duong"},
		{ID: "kim-thanh", Name: "Xã Kim Thành", Parent: "hai-duong"},
	}
	m.states = worldStations()
	m.letters = []scheduler.Directive{worldLetter()}
	m.texts[letterID] = "Công văn 1022/SVHTTDL-TTBC"
	m.files[letterID] = keptFile{"cong-van.pdf", "application/pdf", []byte("%PDF-")}
	for ordinal := 1; ordinal <= 4; ordinal++ {
		m.obligations = append(m.obligations, scheduler.Obligation{
			Directive: letterID,
			Topic:     ordinal,
			Area:      "hai-duong",
			From:      scheduler.Date{Year: 2026, Month: 3, Day: 2},
			Until:     scheduler.Date{Year: 2026, Month: 4, Day: 15},
			PerDay:    2,
		})
	}
	m.keep(NewRecording{Title: "Gọi 1022: hỏi gì cũng được trả lời", Directive: letterID, Topic: 1, Language: "vi", Script: "Kính thưa bà con."}, "speech:espeak-ng", []byte("first audio"))
	m.keep(NewRecording{Title: "Chủ động phòng, chống thiên tai", Directive: letterID, Topic: 3, Language: "vi"}, "upload:thien-tai.wav", []byte("second audio"))
	if _, err := m.Approve(context.Background(), "r1", "Nguyễn Thị Hoa", m.recordings[0].Digest); err != nil {
		panic(err)
	}
	m.airings = worldAirings()
	m.logs = []scheduler.LogVerdict{
		{Station: "kim-thanh", Log: "a", Lines: 12, Gaps: []scheduler.Gap{{From: 7, To: 9}}, Altered: []uint64{3}}, {Station: "dai-2", Log: "b"},
	}
	m.programmes, m.planning = worldProgrammes(), worldPlanning()
	return m
}

func worldStations() []StationState {
	station := func(id scheduler.StationID, name string, area scheduler.AreaID) scheduler.Station {
		return scheduler.Station{ID: id, Name: name, Area: area, Zone: scheduler.DefaultZone, Volume: 80, Phone: "0220 3 786 000", Quiet: []scheduler.QuietHours{{From: 21 * 60, Until: 5 * 60}}}
	}
	state := func(id scheduler.StationID) *devices.State {
		return &devices.State{Station: id, Session: "s1", Online: true, At: now().Add(-20 * time.Second), Agent: "0.1.0", Revision: 5, Files: 4,
			Card: "hw:CARD=Device", CardOK: true, ClockOK: true, DiskFree: 24 << 30, Volume: 80, Log: "2026-03-01T04:10Z"}
	}
	airing, behind, off := state("cam-giang"), state("kim-thanh"), state("dong-cam")
	airing.OnAir = airingID(3, 17)
	behind.Revision, behind.Missing, behind.CardOK, behind.CardErr, behind.Outbox = 4, []scheduler.Digest{"x"}, false, "no such device", 3
	off.Online = false
	return []StationState{
		{station("cam-giang", "Đài Cẩm Giàng", "cam-giang"), airing, now().Add(-20 * time.Second), 5},
		{station("kim-thanh", "Đài Kim Thành", "kim-thanh"), behind, now().Add(-4 * time.Minute), 5},
		{station("dong-cam", "Đài Đồng Cẩm", "kim-thanh"), off, now().Add(-9 * time.Hour), 5},
		{station("lai-cach", "Đài Lai Cách", "cam-giang"), state("lai-cach"), now().Add(-time.Minute), 5},
		{Station: station("phu-thai", "Đài Phú Thái", "kim-thanh")},
	}
}

func worldLetter() scheduler.Directive {
	cite := func(kind, number string, issuer, subject string) scheduler.Citation {
		return scheduler.Citation{Kind: kind, Number: number, Date: scheduler.Date{Year: 2026, Month: 2, Day: 16}, Issuer: issuer, Subject: subject}
	}
	return scheduler.Directive{
		ID:        letterID,
		Kind:      "Công văn",
		Number:    "1022/SVHTTDL-TTBC",
		Date:      scheduler.Date{Year: 2026, Month: 3, Day: 1},
		Issuer:    "Sở Văn hóa, Thể thao và Du lịch",
		Subject:   "tuyên truyền triển khai Tổng đài Thông tin 1022 và các nhiệm vụ chính trị, phát triển KT-XH",
		Signatory: scheduler.Signatory{Name: "Nguyễn Văn Nhật", Position: "PHÓ GIÁM ĐỐC"},
		Confirmed: scheduler.Confirmation{By: "Trần Thị Bình", At: now().AddDate(0, 0, -9)},
		Demands:   []scheduler.Demand{{Text: "phát mỗi nội dung tối thiểu 02 lượt/ngày", PerDay: 2}},
		Topics: []scheduler.Topic{
			{Section: "1", Ordinal: 1, Title: "Triển khai Tổng đài Thông tin 1022 trên địa bàn tỉnh", Text: "Cần nói rõ cách gọi, giờ trực và những câu người dân hay hỏi.",
				Citations: []scheduler.Citation{cite("Công văn", "3168/UBND-VP", "UBND tỉnh", "việc triển khai Tổng đài Thông tin 1022")}},
			{Section: "2", Ordinal: 2, Title: "Tăng cường phòng, chống HIV/AIDS", Text: "Nội dung dễ hiểu, không gây kỳ thị.",
				Citations: []scheduler.Citation{cite("Kế hoạch", "32-KH/TU", "Tỉnh ủy", "Chỉ thị số 07-CT/TW"), cite("Chỉ thị", "07-CT/TW", "Ban Bí thư", "")}},
			{Section: "3", Ordinal: 3, Title: "Sẵn sàng ứng phó thiên tai", Citations: []scheduler.Citation{cite("Công văn", "651/TTCS-TQ", "Cục Thông tin cơ sở", "Công điện sẵn sàng ứng phó thiên tai")}},
			{Section: "3", Ordinal: 4, Title: "Chiến dịch Làm cho thế giới sạch hơn"},
		},
	}
}

func airingID(topic, hour int) scheduler.AiringID {
	return scheduler.AiringID(fmt.Sprintf("cam-giang-%d-%d", topic, hour))
}

// worldAirings has six airings a day at three stations since the second of
// March, and makes of today's one of each state.
func worldAirings() []scheduler.JudgedAiring {
	var all []scheduler.JudgedAiring
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, now().Location())
	for ; day.Before(now().AddDate(0, 0, 2)); day = day.AddDate(0, 0, 1) {
		for _, station := range []scheduler.StationID{"cam-giang", "kim-thanh", "dong-cam"} {
			for i, hour := range []int{5, 11, 17} {
				all = append(all, judged(day, station, 1+i%3, hour, 0), judged(day, station, 1+(i+2)%3, hour, 1))
			}
		}
	}
	return all
}

func judged(day time.Time, station scheduler.StationID, topic, hour, place int) scheduler.JudgedAiring {
	start := day.Add(time.Duration(hour)*time.Hour + 15*time.Minute + time.Duration(place)*70*time.Second)
	a := scheduler.JudgedAiring{State: scheduler.Aired}
	a.Airing = scheduler.Airing{
		ID:        scheduler.AiringID(fmt.Sprintf("%s-%d-%d", station, topic, hour)),
		Station:   station,
		Class:     []scheduler.Class{scheduler.Ordinary, scheduler.Priority, scheduler.Ordinary}[topic-1],
		Start:     start.UTC(),
		Duration:  45 * time.Second,
		Grace:     30 * time.Second,
		Title:     []string{"Gọi 1022: hỏi gì cũng được trả lời", "Phòng, chống HIV/AIDS: ai cũng có phần", "Chủ động phòng, chống thiên tai"}[topic-1],
		Directive: letterID,
		Topic:     topic,
	}
	if day.Day() != now().Day() {
		a.ID += scheduler.AiringID(day.Format("-0102"))
	}
	return becomes(a)
}

// becomes decides what came of an airing.
func becomes(a scheduler.JudgedAiring) scheduler.JudgedAiring {
	today := a.Start.In(now().Location()).Day() == now().Day()
	hour := a.Start.In(now().Location()).Hour()
	switch {
	case a.Start.After(now()) && a.Station == "kim-thanh":
		a.State = scheduler.Delivered
		return a
	case a.Start.After(now()):
		a.State = scheduler.Ready
		return a
	case a.Station == "dong-cam" && a.Start.After(now().Add(-9*time.Hour)):
		a.State = scheduler.Unknown
		return a
	case today && a.Station == "cam-giang" && hour == 17:
		a.State, a.StartedAt, a.Sounded, a.Evidence = scheduler.OnAir, a.Start.Add(20*time.Millisecond), 8*time.Second, scheduler.EvidenceStarted
		return a
	case a.Station == "kim-thanh" && hour == 17:
		a.State, a.Why, a.Detail = scheduler.Missed, scheduler.DeviceLost, "open hw:CARD=Device: no such device"
		return a
	case today && a.Station == "kim-thanh" && hour == 11:
		a.State, a.Why, a.StartedAt, a.Sounded = scheduler.Partial, scheduler.PreEmpted, a.Start, 21*time.Second
		return a
	case today && a.Station == "kim-thanh" && hour == 5:
		a.State, a.Why, a.StartedAt, a.Sounded = scheduler.Late, scheduler.CardBusy, a.Start.Add(12*time.Second), a.Duration
		return a
	case a.Start.In(now().Location()).Day() == 5 && a.Station == "dong-cam":
		a.State, a.Why = scheduler.Missed, scheduler.PowerLost
		return a
	}
	a.StartedAt, a.Sounded, a.Evidence = a.Start.Add(30*time.Millisecond), a.Duration, scheduler.EvidenceDrained
	return a
}

// Airtime sums the airings up.
func (m *memoryDesk) Airtime(ctx context.Context, q scheduler.AirtimeQuery) (scheduler.AirtimeReport, error) {
	airings, err := m.Airings(ctx, q)
	report := scheduler.AirtimeReport{Query: q, Generated: m.now}
	at := map[string]int{}
	for _, a := range airings {
		key := fmt.Sprint(a.Directive, a.Topic, a.Station)
		i, ok := at[key]
		if !ok {
			i = len(report.Rows)
			at[key] = i
			report.Rows = append(report.Rows, m.airtimeRow(a))
		}
		report.Rows[i].Tally = plus(report.Rows[i].Tally, tallyOf(a))
		report.Total = plus(report.Total, tallyOf(a))
		if a.Why != "" {
			report.Rows[i].Reasons[a.Why]++
		}
	}
	return report, err
}

func (m *memoryDesk) airtimeRow(a scheduler.JudgedAiring) scheduler.AirtimeRow {
	row := scheduler.AirtimeRow{Directive: a.Directive, Topic: a.Topic, Title: a.Title, Station: a.Station, Reasons: map[scheduler.Reason]int{}}
	for _, s := range m.states {
		if s.Station.ID == a.Station {
			row.StationName, row.Area, row.Zone = s.Station.Name, s.Station.Area, s.Station.Zone
		}
	}
	for _, area := range m.areas {
		if area.ID == row.Area {
			row.AreaName = area.Name
		}
	}
	return row
}

func tallyOf(a scheduler.JudgedAiring) scheduler.Tally {
	t := scheduler.Tally{Expected: 1, Sounded: a.Sounded}
	count := map[scheduler.State]*int{
		scheduler.Aired: &t.Aired, scheduler.Late: &t.Late, scheduler.Partial: &t.Partial, scheduler.Missed: &t.Missed,
		scheduler.Recalled: &t.Recalled, scheduler.Waived: &t.Waived, scheduler.Unknown: &t.Unknown, scheduler.OnAir: &t.OnAir,
	}
	if n := count[a.State]; n != nil {
		*n = 1
		return t
	}
	t.Upcoming = 1
	return t
}
