package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// Periods that are days, one or listed, and those without a word before them.

var (
	dayList = regexp.MustCompile(`^((?:(\d{1,2})(?:, | và |,)(?:\d{1,2}(?:, | và |,))*)?)\d`)
	// countedDay is how many days are listed behind it: "3 ngày 06, 07 và 08/9".
	countedDay = regexp.MustCompile(`^\d{1,2} ngày \d`)
	moreDays   = regexp.MustCompile(`^(?:,| và|, và) ?(?:ngày )?\d{1,2}[/.]\d`)
	airedOn    = regexp.MustCompile(`(?:^|[^\p{L}])(?:phát(?: sóng| thanh)?|tuyên truyền|tiếp sóng|tiếp âm)[^.;:]{0,40}$`)
	// airedTimes is how often, or at which hour, right before the days.
	airedTimes = regexp.MustCompile(`(?:(?:lần|lượt|buổi) ?(?:/|mỗi |một )ngày|` + clock + `(?: sáng| chiều| tối)?),? $`)
	// thenAired is behind a period at which something is aired: "…, mỗi tuần phát".
	thenAired = regexp.MustCompile(`^[,:]? (?:(?:mỗi|hằng|hàng) (?:ngày|tuần|tháng) )?(?:đề nghị )?(?:các đài |đài xã |loa )?(?:tổ chức |tăng cường |tập trung )?(?:phát(?: sóng| thanh)?|đọc|tiếp sóng|tiếp âm)(?:[^\p{L}]|$)`)
	// thenTimes is a count of airings behind days.
	thenTimes = regexp.MustCompile(`^[,:]? ?(?:(?:mỗi|hằng|hàng) ngày |ngày )?(?:tăng (?:lên|thành) |ít nhất |tối thiểu |không dưới )*` + count + ` (?:lần|lượt|buổi)`)
	// bareNamed is a year, a quarter or a month with how it is aired behind it.
	bareNamed = regexp.MustCompile(`^(?:năm \d{4}|tháng \d{1,2}(?:(?:/|-| năm )\d{4})?|quý (?:iv|i{1,3}|[1-4])(?:(?:/|-| năm )\d{4})?),?:? (?:mỗi|phát|đọc|hằng|hàng|duy trì|ngày \d|tuần \d)`)
	bareAfter = regexp.MustCompile(`(?:thời gian(?: phát(?: sóng| thanh)?| tuyên truyền| thực hiện)?|thời điểm) ?: ?$|lịch (?:phát|tuyên truyền|tiếp sóng|tiếp âm)[^.;:]{0,110}[^\d,] $`)
)

// spanNamed is a month, a week or the like with a name, of which the bracket
// behind it gives the days.
var spanNamed = regexp.MustCompile(`(?:trong|vào|suốt) (?:các )?(?:tháng|tuần(?: lễ)?|đợt|dịp) \p{L}[^.;:()\d]{2,60}\($`)

// maxDays bounds how many days a list goes on with.
const maxDays = 31

// readDays reads "ngày 26, 27 và 28/4/2023" at byte i: from the first to the last.
func (p *prose) readDays(start, i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	if strings.HasSuffix(p.fold[start:i], " từ ngày ") || strings.HasSuffix(p.fold[start:i], " từ ") {
		return from, until, start // how long it lasts stands before its first day
	}
	m := dayList.FindStringSubmatch(ahead(p.fold, i, 80))
	if m == nil || m[2] == "" && digitAt(p.fold, start) {
		return from, until, start
	}
	last, end := readBound(p.fold, i+len(m[1]))
	if end == i+len(m[1]) || last.month == 0 {
		return from, until, start
	}
	first := last
	if m[2] != "" {
		first = bound{day: atoi(m[2])}
	}
	for n := 0; n < maxDays && moreDays.MatchString(ahead(p.fold, end, 24)); n++ {
		next, to := readBound(p.fold, end+strings.IndexAny(p.fold[end:], "0123456789"))
		if next.month == 0 || next.earlier(last) && next.year == 0 {
			break
		}
		last, end = next, to
	}
	if !p.airsOnDays(start, end) {
		return from, until, start
	}
	first, last = between(first, last.next(letter), letter)
	return first.first(), last.last(), end
}

// standsBare reports whether a period may stand at byte i without a word before it.
func (p *prose) standsBare(i int) bool {
	before := behind(p.fold, i, 140)
	if strings.HasSuffix(before, "(") && spanNamed.MatchString(before) {
		return true
	}
	return p.opensClause(i) && bareNamed.MatchString(ahead(p.fold, i, 48)) || (hasOne(before, "lịch ") || hasOne(behind(p.fold, i, 30), "thời ")) && bareAfter.MatchString(before)
}

// mayOpenBare is a cheap look at whether a year or a day without a word before it
// can be a period: it opens a clause, or stands behind "riêng".
func (p *prose) mayOpenBare(i int, rest string) bool {
	switch first, _, _ := strings.Cut(rest, " "); first {
	case "năm":
		return strings.HasPrefix(rest, "năm 20") && p.opensClause(i)
	case "hai", "ba", "bốn":
		return strings.HasPrefix(rest[len(first):], " ngày ")
	case "ngày", "đúng", "các":
		return p.opensClause(i) || p.airedJustBefore(i) || first == "các" && len(rest) > len("các ngày ") && digitAt(rest, len("các ngày ")) && strings.HasPrefix(rest, "các ngày ")
	}
	return digitAt(rest, 0) && (endsInOne(behind(p.fold, i, 2), "(", ": ") || countedDay.MatchString(ahead(rest, 0, 16)))
}

// opensClause reports whether byte i stands at the beginning of a clause, or
// behind a comma or "riêng" there.
func (p *prose) opensClause(i int) bool {
	before := strings.TrimRight(behind(p.fold, i, 24), " ")
	return before == "" || strings.IndexByte(".,;:(", before[len(before)-1]) >= 0 || strings.HasSuffix(before, "riêng")
}

// airedJustBefore reports whether how often, or at which hour, something is
// heard stands right before days.
func (p *prose) airedJustBefore(i int) bool {
	if !hasOne(behind(p.fold, i, 16), "ngày|giờ|h|:|g") || !airedTimes.MatchString(behind(p.fold, i, 40)) {
		return false
	}
	before := p.sentenceBefore(i)
	return !otherTime.MatchString(before) && plays(before) || hasOne(before, "trên loa|lên loa|lần/ngày|lượt/ngày|buổi/ngày")
}

// airsOnDays reports whether something is aired on the days between two bytes: a
// word for that stands before them, or behind them where they open a sentence.
func (p *prose) airsOnDays(from, to int) bool {
	if p.columns != nil || p.airedJustBefore(from) || airedOn.MatchString(behind(p.fold, from, 60)) {
		return true
	}
	after := ahead(p.fold, to, 80)
	lead := p.sentenceBefore(from)
	lead = strings.TrimSpace(lead[strings.LastIndexByte(lead, ';')+1:])
	return (lead == "" || lead == "riêng") && (thenAired.MatchString(after) || thenTimes.MatchString(after))
}

// playedBefore reports whether the day that ends at byte to, before which
// something is to be aired, is one of airing: it is said before in the sentence,
// and how often right behind.
func (p *prose) playedBefore(i, to int) bool {
	return plays(behind(p.sentenceBefore(i), len(p.sentenceBefore(i)), 200)) && thenTimes.MatchString(ahead(p.fold, to, 60))
}
