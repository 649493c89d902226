package letter

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// demanded is a demand where it stands in a paragraph.
type demanded struct {
	scheduler.Demand
	from, to int
}

// rate reports whether the demand says how often rather than only until when.
func (d demanded) rate() bool {
	return d.PerDay > 0 || d.PerWeek > 0 || d.MinutesPerDay > 0 || len(d.Weekdays) > 0
}

// Pieces of the patterns below, which are matched against folded text.
const (
	floor    = `(?:(?:tối thiểu|ít nhất|không dưới|không ít hơn|đảm bảo|bảo đảm)\s+(?:là\s+|từ\s+)?)`
	count    = `(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*(?:-|–|đến)\s*\d{1,3})?(?:\s*\([^()]{1,24}\))?`
	airings  = `(?:lượt|lần|buổi|phiên|kỳ|chương trình|bản tin|tin,? bài|tin|bài)(?:\s+\p{L}+){0,2}?`
	each     = `\s*(?:/|mỗi|một|trong)\s*(?:một\s+|0?1\s+)?`
	wordEnds = `(?:[^\p{L}\d]|$)`
	weekday  = `(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)`
)

var (
	airingsEach  = regexp.MustCompile(`(?:^|[^\p{L}\d])(` + floor + `?` + count + `\s*` + airings + each + `(ngày|tuần))` + wordEnds)
	eachAirings  = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|hằng|hàng)\s+(ngày|tuần)(?:,?\s+\p{L}+){0,3}?\s+` + floor + `?` + count + `\s*` + airings + `)` + wordEnds)
	minutesEach  = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:thời lượng\s+)?` + floor + `?` + count + `\s*phút` + each + `ngày)` + wordEnds)
	eachMinutes  = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|hằng|hàng)\s+ngày(?:,?\s+\p{L}+){0,3}?\s+` + floor + `?` + count + `\s*phút)` + wordEnds)
	weekdayList  = regexp.MustCompile(`(?:^|[^\p{L}])((?:vào\s+)?(?:các\s+)?(?:ngày\s+)?` + weekday + `(?:\s*(?:,|;|và)\s*(?:` + weekday + `|[2-7]` + `))+|vào\s+(?:các\s+)?(?:ngày\s+)?` + weekday + `)` + wordEnds)
	weekdayRange = regexp.MustCompile(`(?:^|[^\p{L}])(từ\s+(` + weekday + `)\s+(?:đến|tới)\s+(?:hết\s+)?(` + weekday + `))` + wordEnds)
)

// readDemands finds the demands of a paragraph, in order and not yet merged.
func readDemands(p *prose, letter scheduler.Date) []demanded {
	var out []demanded
	collect := func(needs string, pattern *regexp.Regexp, read func([]string) scheduler.Demand) {
		if !hasOne(p.fold, needs) {
			return
		}
		for _, m := range pattern.FindAllStringSubmatchIndex(p.fold, maxDemands) {
			d := demanded{Demand: read(groups(p.fold, m)), from: m[2], to: m[3]}
			d.Text = p.text[m[2]:m[3]]
			out = append(out, d)
		}
	}
	collect("ngày|tuần", airingsEach, func(m []string) scheduler.Demand { return perUnit(m[2], m[3]) })
	collect("mỗi|hằng|hàng", eachAirings, func(m []string) scheduler.Demand { return perUnit(m[3], m[2]) })
	collect("phút", minutesEach, func(m []string) scheduler.Demand { return scheduler.Demand{MinutesPerDay: amount(m[2])} })
	collect("phút", eachMinutes, func(m []string) scheduler.Demand { return scheduler.Demand{MinutesPerDay: amount(m[2])} })
	collect("thứ|chủ nhật", weekdayRange, func(m []string) scheduler.Demand { return scheduler.Demand{Weekdays: weekdaysBetween(m[2], m[3])} })
	collect("thứ|chủ nhật", weekdayList, func(m []string) scheduler.Demand { return scheduler.Demand{Weekdays: weekdaysIn(m[1])} })
	out = append(out, readPeriods(p, letter)...)
	return withoutOverlap(out)
}

// hasOne reports whether one of the words is in s. A pattern costs far more
// than looking for a word that it needs.
func hasOne(s, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// groups cuts the submatches of m out of s; those that took no part are "".
func groups(s string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = s[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

func perUnit(number, unit string) scheduler.Demand {
	if unit == "tuần" {
		return scheduler.Demand{PerWeek: amount(number)}
	}
	return scheduler.Demand{PerDay: amount(number)}
}

// amount reads digits, with or without leading zeros, or one of the first ten
// numbers in words.
func amount(s string) int {
	words := []string{"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"}
	if i := slices.Index(words, s); i >= 0 {
		return i + 1
	}
	return atoi(s)
}

var oneDay = regexp.MustCompile(`hai|ba|tư|năm|sáu|bảy|[2-7]|chủ nhật`)

// weekdaysIn names the days of a list: "thứ Hai, thứ Tư và thứ Sáu", "thứ 2, 4, 6".
func weekdaysIn(folded string) []time.Weekday {
	var days []time.Weekday
	for _, name := range oneDay.FindAllString(folded, -1) {
		if day := weekdayNamed(name); !slices.Contains(days, day) {
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

// withoutOverlap sorts by place and keeps the longer of two that overlap.
func withoutOverlap(ds []demanded) []demanded {
	slices.SortStableFunc(ds, func(a, b demanded) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	var out []demanded
	for _, d := range ds {
		if len(out) == 0 || d.from >= out[len(out)-1].to {
			out = append(out, d)
		}
	}
	return out
}
