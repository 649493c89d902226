package main

import (
	"cmp"

	"loaphuong/scheduler"
)

// The words for what the planner says. A word that is not known, of a newer
// centre, is shown as it came.

// shortfallWords says why less is promised than is owed.
func shortfallWords(s scheduler.Shortfall) string {
	return cmp.Or(map[scheduler.Shortfall]string{
		scheduler.NoRecording: "no recording yet",
		scheduler.NotApproved: "not approved yet",
		scheduler.NoProgramme: "too few programmes",
		scheduler.WindowFull:  "windows full",
		scheduler.QuietWindow: "in quiet hours",
		scheduler.Capped:      "a rule caps the day",
		scheduler.TooClose:    "too soon after itself",
		scheduler.NoLanguage:  "not in its language",
		scheduler.OffDuty:     "station retired",
		scheduler.CalledBack:  "taken off the air",
	}[s], string(s))
}

// becauseWords says why something stands in a window or does not.
func becauseWords(b scheduler.Because) string {
	return cmp.Or(map[scheduler.Because]string{
		scheduler.BecauseOwed:      "the station owes it",
		scheduler.BecausePicked:    "a person put it there",
		scheduler.BecauseMakesGood: "it makes good an airing that was missed",
		scheduler.BecauseFixed:     "it has its place in the running order",
		scheduler.BecauseFiller:    "there was room left",
		scheduler.BecauseMet:       "it stands elsewhere as often as is owed",
		scheduler.BecauseNotYet:    "its period begins later",
		scheduler.BecauseOver:      "its period is over",
		scheduler.BecauseOtherDay:  "it is owed on other weekdays",
		scheduler.BecauseOtherPart: "a person's playlist has the window to itself",
		scheduler.BecauseSpread:    "its number a week is spread over other days",
		scheduler.BecauseLocked:    "it came after this window was published",
		scheduler.BecauseHoliday:   "the programme does not run on this day because of holidays",
		scheduler.BecauseNotOwed:   "nothing that is owed was left to place",

		scheduler.Because(scheduler.NoRecording): "nobody has recorded it",
		scheduler.Because(scheduler.NotApproved): "it is recorded and nobody has approved it",
		scheduler.Because(scheduler.NoProgramme): "the station has no programme for it then",
		scheduler.Because(scheduler.WindowFull):  "there is no room left",
		scheduler.Because(scheduler.QuietWindow): "the window lies in quiet hours",
		scheduler.Because(scheduler.Capped):      "a rule allows no more on the day",
		scheduler.Because(scheduler.TooClose):    "it comes too soon after another airing of it",
		scheduler.Because(scheduler.NoLanguage):  "it is not recorded in a language that the station airs then",
		scheduler.Because(scheduler.OffDuty):     "the station is retired",
		scheduler.Because(scheduler.CalledBack):  "a person has taken it off the air",
	}[b], string(b))
}

// levelWords says how much a finding matters.
func levelWords(l scheduler.Level) string {
	return cmp.Or(map[scheduler.Level]string{
		scheduler.Wrong:   "wrong",
		scheduler.Doubt:   "doubtful",
		scheduler.Mention: "note",
	}[l], string(l))
}

// pieceWords names a place in a running order.
func pieceWords(k scheduler.PieceKind) string {
	return cmp.Or(map[scheduler.PieceKind]string{
		scheduler.Tune:         "signature tune",
		scheduler.Introduction: "introduction",
		scheduler.RelayTime:    "relay",
		scheduler.Items:        "items",
		scheduler.Music:        "music",
		scheduler.Closing:      "closing words",
	}[k], string(k))
}

// stateWords says where an airing stands; one that was never published stands
// nowhere.
func stateWords(s scheduler.State) string {
	return cmp.Or(map[scheduler.State]string{
		"":                  "not published",
		scheduler.Planned:   "published, and not yet at the station",
		scheduler.Delivered: "at the station, and its audio not yet",
		scheduler.Ready:     "ready at the station",
		scheduler.OnAir:     "on air",
		scheduler.Aired:     "aired whole and on time",
		scheduler.Late:      "aired whole and late",
		scheduler.Partial:   "aired in part",
		scheduler.Missed:    "missed",
		scheduler.Recalled:  "taken off the air before its time",
		scheduler.Waived:    "excused",
		scheduler.Unknown:   "its time is past and the station has not yet said",
	}[s], string(s))
}

// reasonWords says why an airing was not heard whole, or late.
func reasonWords(r scheduler.Reason) string {
	return cmp.Or(map[scheduler.Reason]string{
		scheduler.PowerLost:    "the station was not running",
		scheduler.FileAbsent:   "its audio had not come in time",
		scheduler.FileDamaged:  "its audio was not what was approved",
		scheduler.DeviceLost:   "the sound card failed",
		scheduler.DeviceStall:  "the sound card skipped",
		scheduler.PreEmpted:    "something of a higher class was on air",
		scheduler.Stopped:      "an operator stopped it",
		scheduler.Muted:        "the volume was 0",
		scheduler.ClockInvalid: "the station did not know the time",
		scheduler.InQuietHours: "quiet hours forbid it",
		scheduler.CardBusy:     "another item was still on air",
		scheduler.LeaseOver:    "the schedule was no longer valid",
		scheduler.NotScheduled: "the station never held this schedule",
		scheduler.Withdrawn:    "a newer schedule no longer had it",
		scheduler.DiskFailed:   "the station could not write its log",
		scheduler.AgentStopped: "the station's program was told to end",
	}[r], string(r))
}

// findingWords says what was found and what to do about it.
func findingWords(code scheduler.FindingCode) (says, todo string) {
	w := map[scheduler.FindingCode][2]string{
		scheduler.WindowsOverlap:   {"its windows run at the same time as another's", "move one of the two or make it shorter"},
		scheduler.WindowQuiet:      {"its windows lie in quiet hours, in whole or in part", "move it or change the quiet hours"},
		scheduler.WindowOverCap:    {"a rule allows fewer or shorter sessions", "make it shorter, or add the exception that a letter orders"},
		scheduler.WindowSilent:     {"a rule keeps its day silent", "give it holidays or weekdays of its own"},
		scheduler.WindowTooShort:   {"its windows are too short for what is to stand in them", "make it longer or its pieces shorter"},
		scheduler.WindowOverFull:   {"what was put into it does not fit", "take some out or make the windows longer"},
		scheduler.DayOverFull:      {"more is owed on a day than its windows hold", "add a programme or make one longer"},
		scheduler.DayUnderFloor:    {"the windows of a day are shorter than a rule demands", "add a programme or make one longer"},
		scheduler.NeverRuns:        {"it does not run within the next year", "look at its cron spec and its holidays"},
		scheduler.SeldomRuns:       {"it runs less than once a week", "look whether that is meant"},
		scheduler.OddHour:          {"it runs between 22:00 and 04:30", "look whether that is meant"},
		scheduler.OftenRuns:        {"it runs more than twelve times a day", "look whether that is meant"},
		scheduler.Twin:             {"another has the same windows", "remove one of the two"},
		scheduler.SameItemTwice:    {"the same recording stands in it twice", "take one out if that is not meant"},
		scheduler.AudioMissing:     {"it names a recording that is not there", "add the recording or take its name out"},
		scheduler.AudioNotApproved: {"it names a recording that waits for approval", "listen to it and approve it with loaphuong recording approve"},
		scheduler.AudioRecalled:    {"it names a recording that is taken off the air", "take it out, or lift the recall"},
		scheduler.TopicNoAudio:     {"it is owed and nobody has recorded it", "add one with loaphuong recording add or speak"},
		scheduler.TopicNotApproved: {"it is owed and no recording of it is approved", "listen to it and approve it with loaphuong recording approve"},
		scheduler.TopicNoWindow:    {"it is owed where and when no programme runs", "add one with loaphuong programme add"},
		scheduler.AreaNoStation:    {"it is meant for an area that has no stations", "add stations or name another area"},
		scheduler.NoProgrammeOfIt:  {"it is for a programme that is not there", "name another programme or remove the playlist"},
		scheduler.NoWindowTaken:    {"its time meets no window of its programme", "give it a time at which the programme begins"},
	}[code]
	return cmp.Or(w[0], string(code)), cmp.Or(w[1], "look at it in the pages")
}
