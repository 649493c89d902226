package web

import (
	"time"

	"loaphuong/scheduler"
)

// on is a wall time at the centre on a day of March 2026.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, now().Location()).UTC()
}

func worldProgrammes() []scheduler.Programme {
	programme := func(id scheduler.ProgrammeID, name, spec string) scheduler.Programme {
		timing, err := scheduler.Cron(spec, time.Time{}, time.Time{})
		if err != nil {
			panic(err)
		}
		return scheduler.Programme{ID: id, Name: name, Area: "hai-duong", Timing: timing, Length: 15 * time.Minute, Class: scheduler.Ordinary, Grace: scheduler.DefaultGrace}
	}
	return []scheduler.Programme{programme("sang", "Buổi sáng", "15 5 * * *"), programme("chieu", "Buổi chiều", "15 17 * * *"), programme("dem", "Buổi đêm", "0 4 * * *")}
}

// worldPlanning is what bounds and shapes the plan of the world.
func worldPlanning() planned {
	return planned{
		rules: []scheduler.Rule{
			{ID: "buoi-phat", Name: "Mỗi ngày hai buổi", Area: "hai-duong", Weekdays: []time.Weekday{1, 2, 3, 4, 5}, Basis: "Quyết định 12/QĐ-UBND",
				Bounds: scheduler.Bounds{Sessions: 2, SessionLength: 15 * time.Minute, DayFloor: 20 * time.Minute, Spacing: 30 * time.Minute, Quiet: []scheduler.QuietHours{{From: 21 * 60, Until: 5 * 60}}}},
			{ID: "dai-hoi", Name: "Đợt đại hội", Area: "cam-giang", From: day(2026, 3, 1), Until: day(2026, 3, 31), Exception: true, Directive: letterID, Holidays: scheduler.NoOnHolidays,
				Bounds: scheduler.Bounds{Sessions: 5, DayLength: 90 * time.Minute}},
		},
		holidays: scheduler.Calendar{
			{ID: "tet", Name: "Tết Nguyên đán", Month: 1, Day: 1, Lunar: true, Days: 7, Before: 2},
			{ID: "quoc-khanh", Name: "Quốc khánh", Month: 9, Day: 2, Days: 2},
		},
		selections: []scheduler.Selection{
			{ID: "toi-thu-bay", Title: "Tối thứ Bảy", Area: "cam-giang", Programme: "sang", Recordings: []scheduler.RecordingID{"r1", "r2"}, Alone: true, By: "Trần Thị Bình", Created: on(9, 8, 0)},
		},
		findings:  worldFindings(),
		draft:     worldDraft(),
		explained: worldExplained(),
		makeGoods: []scheduler.MakeGood{
			{Missed: missedAt("kim-thanh", 1, 5), Deadline: day(2026, 4, 15), Recording: "r1", Programme: "chieu", At: on(12, 17, 15)},
			{Missed: missedAt("dong-cam", 2, 11), Deadline: day(2026, 3, 12), Why: scheduler.NotApproved},
			{Missed: missedAt("dong-cam", 3, 17), Deadline: day(2026, 4, 15), Recording: "r2", Programme: "sang", At: on(12, 5, 15), Selection: "good-1", By: "Trần Thị Bình"},
		},
		recalls: []scheduler.RecallStatus{
			{Recall: scheduler.Recall{ID: "recall-0", Recording: "r2", Why: "sai số điện thoại", By: "Trần Thị Bình", At: on(11, 16, 50),
				Stations: []scheduler.StationRevision{{Station: "cam-giang", Revision: 6}, {Station: "dong-cam", Revision: 6}}},
				Outstanding: []scheduler.StationID{"dong-cam"}},
		},
	}
}

// missedAt is an airing of the fifth of March that was not heard.
func missedAt(station scheduler.StationID, topic, hour int) scheduler.JudgedAiring {
	a := judged(day(2026, 3, 5).Start(now().Location()), station, topic, hour, 0)
	a.State, a.Why, a.StartedAt, a.Sounded, a.Evidence = scheduler.Missed, scheduler.PowerLost, time.Time{}, 0, 0
	return a
}

func worldFindings() []scheduler.Finding {
	return []scheduler.Finding{
		{Level: scheduler.Wrong, Code: scheduler.TopicNoAudio, Directive: letterID, Topic: 2, Area: "hai-duong", Count: 3},
		{Level: scheduler.Wrong, Code: scheduler.WindowsOverlap, Programme: "sang", Other: "chieu", Station: "cam-giang", At: on(12, 5, 15), Have: 5 * time.Minute},
		{Level: scheduler.Doubt, Code: scheduler.OddHour, Programme: "dem", Runs: []time.Time{on(12, 4, 0), on(13, 4, 0), on(14, 4, 0), on(15, 4, 0), on(16, 4, 0)}},
		{Level: scheduler.Doubt, Code: scheduler.WindowTooShort, Programme: "sang", Have: 10 * time.Second, Want: 45 * time.Second},
		{Level: scheduler.Mention, Code: scheduler.SameItemTwice, Selection: "toi-thu-bay", Recording: "r1", Count: 2},
	}
}

func worldDraft() scheduler.Publication {
	promise := func(station scheduler.StationID, topic, owed, promised int, why scheduler.Shortfall) scheduler.Promise {
		return scheduler.Promise{Station: station, Obligation: "o1", Directive: letterID, Topic: topic, Owed: owed, Promised: promised, Shortfall: why}
	}
	return scheduler.Publication{
		At: now().UTC(), DryRun: true,
		Promises: []scheduler.Promise{
			promise("cam-giang", 1, 14, 14, ""), promise("kim-thanh", 1, 14, 14, ""), promise("dong-cam", 1, 14, 9, scheduler.Capped),
			promise("cam-giang", 2, 14, 0, scheduler.NoRecording), promise("kim-thanh", 2, 14, 0, scheduler.NoRecording),
			promise("cam-giang", 3, 14, 14, ""),
		},
		Changes: []scheduler.Change{
			{Programme: "sang", At: on(12, 5, 15), Added: []string{"Chủ động phòng, chống thiên tai"}, Removed: []string{"Phòng, chống HIV/AIDS"}, Stations: []scheduler.StationID{"cam-giang", "kim-thanh"}},
			{Programme: "sang", At: on(12, 5, 15), Added: []string{"Gọi 1022"}, Stations: []scheduler.StationID{"dong-cam"}},
			{Programme: "chieu", At: on(12, 17, 15), Added: []string{"Gọi 1022"}, Stations: []scheduler.StationID{"cam-giang"}},
		},
		Findings: worldFindings(),
		Stations: []scheduler.StationRevision{{Station: "cam-giang", Revision: 6}, {Station: "kim-thanh", Revision: 6}},
	}
}

func worldExplained() scheduler.Explanation {
	played := judged(day(2026, 3, 11).Start(now().Location()), "cam-giang", 1, 5, 0)
	tune := played
	tune.ID, tune.Title, tune.Directive, tune.Topic, tune.Piece, tune.Start = "tune", "Nhạc hiệu", "", 0, scheduler.Tune, played.Start.Add(-15*time.Second)
	other := func(topic int, why scheduler.Because) scheduler.ExplainedTopic {
		return scheduler.ExplainedTopic{Obligation: "o1", Directive: letterID, Topic: topic, Why: why, Owed: scheduler.Standing{Owed: 3, Placed: 3}}
	}
	full, near := other(2, scheduler.Because(scheduler.WindowFull)), other(3, scheduler.Because(scheduler.TooClose))
	full.Want, full.Have = 310*time.Second, 123*time.Second
	near.Title, near.Last = "Sẵn sàng ứng phó thiên tai", on(11, 5, 2)
	return scheduler.Explanation{
		Revision: 5, By: "Trần Thị Bình", Issued: on(10, 16, 0),
		Windows: []scheduler.ExplainedWindow{{
			Programme: "sang", Name: "Buổi sáng", From: on(11, 5, 15), Until: on(11, 5, 30),
			Entries: []scheduler.ExplainedEntry{
				{Airing: tune, Why: scheduler.BecauseFixed},
				{Airing: played, Why: scheduler.BecauseOwed, Owed: scheduler.Standing{Owed: 2, Placed: 1}},
			},
			Others: []scheduler.ExplainedTopic{full, near, other(4, scheduler.BecauseMet)},
		}},
	}
}
