package letter

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

const (
	weekday = `(?:(?:sáng|trưa|chiều|tối)?\s*(?:ngày\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))`
	clock   = `\d{1,2}(?:\s*giờ(?:\s?\d{1,2}(?:\s?(?:phút|'))?)?|\s?[gh]\s?\d{2}(?:'|’|p)?|[gh]|:\d{2})`
)

var (
	weekdayList  = regexp.MustCompile(`(?:^|[^\p{L}])((?:(?:vào|cứ|trừ)\s+)?(?:các\s+)?(?:ngày\s+)?(?:buổi\s+)?` + weekday + `(?:\s*(?:,|;|và|hoặc|\+|-)\s*(?:` + weekday + `|[2-7]))*(?:(?:, (?:hai|ba|tư|năm|sáu|bảy))*(?:,| và|, và) (?:hai|ba|tư|năm|sáu|bảy)(?:[.;,)]|$))?(?:\s+(?:hằng|hàng) tuần)?)` + wordEnds)
	weekdayRange = regexp.MustCompile(`(?:^|[^\p{L}])(từ\s+(` + weekday + `)\s+(?:đến|tới)\s+(?:hết\s+)?(` + weekday + `))` + wordEnds)
	hourList     = regexp.MustCompile(`(?:^|[^\p{L}\d/.])((?:(?:vào|lúc|từ|khoảng)\s+){0,3}` + clock + `(?:[^\d.;]{0,36}?` + clock + `)*(?: chiều| tối)?)`)
	oneHour      = regexp.MustCompile(`(\d{1,2})\s*(?:giờ|g|h|:)(?:\s?(\d{1,2}))?(?:\s?phút|'|’|p)?( chiều| tối)?`)
	untilHour    = regexp.MustCompile(`(?:đến|tới|-|–)\s*(?:hết\s+)?$`)
)

// readWeekdays finds the days of the week on which to air.
func readWeekdays(p *prose) (out []demanded) {
	if !hasOne(p.fold, "thứ |chủ nhật") {
		return nil
	}
	p.collect(&out, "thứ |chủ nhật&từ ", weekdayRange, func(at int, m []string) scheduler.Demand {
		if !p.broadcastAt(at) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Weekdays: weekdaysBetween(m[2], m[3])}
	})
	p.collect(&out, "thứ |chủ nhật", weekdayList, func(at int, m []string) scheduler.Demand {
		if !p.airsOn(at, at+len(m[1]), m[1]) {
			return scheduler.Demand{}
		}
		if strings.HasPrefix(m[1], "trừ ") {
			return scheduler.Demand{Weekdays: weekdaysBut(weekdaysIn(m[1]))}
		}
		return scheduler.Demand{Weekdays: weekdaysIn(m[1])}
	})
	return out
}

var (
	datedDay  = regexp.MustCompile(`^[, (]*(?:ngày\s+)?\d{1,2}[/.-]\d`)
	ordinalOf = regexp.MustCompile(`(?:lần|nội dung|kỳ họp|khóa|hạng|điểm|đợt|vị trí|phần|chương|năm|người|con|mũi|đội|thế giới|đại hội|mục)\s+$`)
)

// airsOn reports whether the weekdays at byte i say when to air. Those of a
// dated event do not, nor does "thứ hai" that only counts.
func (p *prose) airsOn(i, to int, words string) bool {
	if !p.namesDays(i, to, words) || datedDay.MatchString(ahead(p.fold, to, 24)) {
		return false
	}
	before := p.sentenceBefore(i)
	return p.broadcastAt(i) || strings.Contains(before, "riêng") && saysOnAir(ahead(p.fold, to, 60)) ||
		strings.TrimSpace(before) == "" && plays(uptoEvent(ahead(p.fold, to, 80)))
}

// namesDays reports whether "thứ hai" and the like between two bytes are days
// rather than the second of something: they are written with a capital or a
// digit, or as days.
func (p *prose) namesDays(i, to int, words string) bool {
	if ordinalOf.MatchString(behind(p.fold, i, 24)) && !hasOne(words, "ngày|vào|,") {
		return false
	}
	return hasOne(words, "ngày|vào|,|sáng|chiều|tối|tuần|chủ nhật") || dayWritten.MatchString(p.text[i:to])
}

var dayWritten = regexp.MustCompile(`[Tt]hứ\s+(?:\p{Lu}|\d)`)

// readHours finds the times of day at which to air. Of a window it is the
// beginning.
func readHours(p *prose, letter scheduler.Date) (out []demanded) {
	marks := clockMarks(p.fold)
	if len(marks) > 0 && hasOne(p.fold, "tiếp sóng|tiếp âm|trực tiếp") {
		p.readRelayed(&out, marks, letter)
	}
	for _, near := range p.parts(stretches(p.fold, marks, 150, 110)) {
		p.collectIn(&out, near, hourList, func(at int, m []string) scheduler.Demand {
			if letterAt(p.fold, at+len(m[1])) || !p.broadcastAt(at) || noHour.MatchString(ahead(p.fold, at+len(m[1]), 16)) && !p.heardAt(at, at+len(m[1])) {
				return scheduler.Demand{}
			}
			return scheduler.Demand{Hours: hoursIn(m[1])}
		})
	}
	return out
}

// parts are stretches of the paragraph; where it is the row of a table, its
// cells, so that "19g" and "06/7" in the next are not read as one.
func (p *prose) parts(all [][2]int) [][2]int {
	if p.columns == nil || len(all) == 0 {
		return all
	}
	var out [][2]int
	for _, c := range p.columns {
		out = append(out, [2]int{c.from, c.to})
	}
	return out
}

// readRelayed finds the time of day, on one day, of something that is relayed
// when it happens.
func (p *prose) readRelayed(out *[]demanded, marks []int, letter scheduler.Date) {
	for _, near := range stretches(p.fold, marks, 20, 60) {
		p.collectIn(out, near, datedHour, func(at int, m []string) scheduler.Demand {
			day, _ := readBound(m[3], 0)
			if !relayNear.MatchString(p.sentenceAt(at)) || occasionBefore.MatchString(behind(p.fold, at, 40)) {
				return scheduler.Demand{}
			}
			on := day.next(letter).first()
			return scheduler.Demand{Hours: hoursIn(m[2]), From: on, Until: on}
		})
	}
}

var (
	// datedHour is a time of day on one day.
	datedHour = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:vào )?(?:lúc |hồi )?(` + clock + `),? (?:ngày|sáng ngày|tối ngày) (` + anyDay + `))`)
	// relayNear tells what is relayed when it happens from what is aired.
	relayNear = regexp.MustCompile(`(?:^|[^\p{L}])(?:tiếp sóng|tiếp âm|truyền thanh trực tiếp|phát thanh trực tiếp)(?:[^\p{L}]|$)`)
	// occasionBefore is before a time that is only that of an event.
	occasionBefore = regexp.MustCompile(`(?:trước|sau|từ|đến|báo cáo|gửi)[^.;,]{0,20}$`)
)

// clockMarks are the places in s at which a digit is followed by what makes a
// time of day of it: "5 giờ", "5h30", "05:30".
func clockMarks(s string) (at []int) {
	for i := 1; i < len(s); i++ {
		if s[i] != 'g' && s[i] != 'h' && s[i] != ':' {
			continue
		}
		before := i - 1
		for before > 0 && s[before] == ' ' {
			before--
		}
		if s[before] >= '0' && s[before] <= '9' {
			at = append(at, i)
		}
	}
	return at
}

// heardAt reports whether a time of day that has a day behind it is one at which
// something is heard: it stands behind words for that, and is no window.
func (p *prose) heardAt(from, to int) bool {
	before := p.sentenceBefore(from)
	return strings.HasPrefix(ahead(p.fold, to, 6), " ngày") && (plays(before) || hasOne(before, "trên loa|lên loa")) && !hasOne(p.fold[from:to], "đến|tới|-")
}

var noHour = regexp.MustCompile(`^\s*(?:/|ngày \d|tiếng|đồng hồ|phút đồng hồ)`)

// hoursIn lists the times of day in folded words, each once.
func hoursIn(words string) []scheduler.TimeOfDay {
	var out []scheduler.TimeOfDay
	for _, m := range oneHour.FindAllStringSubmatchIndex(words, -1) {
		g := groups(words, m)
		at := scheduler.TimeOfDay(atoi(g[1])*60 + atoi(g[2]))
		if g[3] != "" && at < noon {
			at += noon
		}
		ends := untilHour.MatchString(behind(words, m[0], 16))
		if !ends && atoi(g[1]) < 24 && atoi(g[2]) < 60 && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

const noon = 12 * 60

var oneDay = regexp.MustCompile(`(?:thứ\s+)?(hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ nhật)`)

// weekdaysIn names the days of a list: "thứ Hai, thứ Tư và thứ Sáu", "thứ 2, 4, 6".
func weekdaysIn(folded string) []time.Weekday {
	var days []time.Weekday
	for _, m := range oneDay.FindAllStringSubmatch(folded, -1) {
		if day := weekdayNamed(m[1] + m[2]); !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	return days
}

func weekdayNamed(name string) time.Weekday {
	names := []string{"chủ nhật", "", "hai", "ba", "tư", "năm", "sáu", "bảy"}
	if i := slices.Index(names, name); i > 0 {
		return time.Weekday(i - 1)
	}
	return time.Weekday(max(atoi(name)-1, 0))
}

// weekdaysBut names every other day of the week, from Monday on.
func weekdaysBut(out []time.Weekday) (days []time.Weekday) {
	for n := range time.Weekday(7) {
		if day := (n + 1) % 7; !slices.Contains(out, day) {
			days = append(days, day)
		}
	}
	return days
}

// weekdaysBetween names every day from the first to the last.
func weekdaysBetween(first, last string) []time.Weekday {
	from, to := weekdaysIn(first), weekdaysIn(last)
	if len(from) == 0 || len(to) == 0 {
		return nil
	}
	days := []time.Weekday{from[0]}
	for day := from[0]; day != to[0]; {
		day = (day + 1) % 7
		days = append(days, day)
	}
	return days
}
