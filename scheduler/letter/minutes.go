package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// aired things that have a length of their own, in the order of their patterns.
const timed = `(?:lượt|lần|buổi|bận|cữ|chương trình|chuyên mục|chuyên đề|bản tin|kỳ|phiên|tin,? bài|tin|bài|số|nội dung|thông điệp|phóng sự|câu chuyện|tiết mục)`

var (
	minutesDaily = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:thời lượng\s+)?` + floor + `?` + count + `\s*phút` + each + `ngày)` + wordEnds)
	dailyMinutes = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|hằng|hàng)\s+ngày:?(?:,?\s+\p{L}+){0,4}?\s+` + floor + `?` + count + `\s*phút)` + wordEnds)
	minutesTimes = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:thời lượng\s+)?(?:từ\s+)?` + floor + `?` + count + `\s*phút` + each + timed + `(?: phát(?: sóng| thanh)?)?)` + wordEnds)
	timesMinutes = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|một|từng|các|,)\s+` + timed + `(?:,?:?\s+\p{L}+){0,4}?\s+(?:không quá \d{1,2} phút,? (?:và|nhưng) )?(?:từ\s+)?` + floor + `?(?:từ\s+)?` + count + `\s*phút)` + wordEnds)
	// halfHour is a length in words.
	halfHour = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|một|từng)\s+` + timed + `(?:,?:?\s+\p{L}+){0,3}?\s+(nửa|một|1) (?:giờ|tiếng)(?: đồng hồ)?)` + wordEnds)
	lengthOf = regexp.MustCompile(`(?:^|[^\p{L}])((?:thời lượng|độ dài|dài)(?:\s+(?:phát(?: sóng| thanh)?|mỗi ` + timed + `|của mỗi ` + timed + `))?(?:\s*:)?\s+(?:(?:khoảng|từ|là|phải)\s+)*` + floor + `?(?:từ\s+)?` + count + `\s*phút)` + wordEnds)
	// columnOf is a programme that is given a length.
	columnOf     = regexp.MustCompile(`(?:^|[^\p{L}])((?:mở|duy trì|xây dựng|có) (?:chuyên mục|chuyên trang|chuyên đề)(?:\s+\p{L}+){0,2},?\s+` + floor + `?` + count + `\s*phút)` + wordEnds)
	thingMinutes = regexp.MustCompile(`(?:^|[^\p{L}\d])(` + count + `\s*(?:chương trình|chuyên mục|chuyên đề|bản tin|buổi|tiết mục|câu chuyện|phóng sự)(?:\s+\p{L}+){0,3}?,?\s+\(?(?:dài\s+|khoảng\s+|từ\s+|thời lượng\s+)*` + count + `\s*phút)` + wordEnds)
)

// readMinutes finds how long a day or each airing is to be.
func readMinutes(p *prose) (out []demanded) {
	p.collect(&out, "nửa giờ|một giờ|1 giờ|nửa tiếng|một tiếng|1 tiếng&mỗi |một |từng ", halfHour, func(at int, m []string) scheduler.Demand {
		length := 60
		if m[2] == "nửa" {
			length = 30
		}
		return p.ifAired(at, m[1], scheduler.Demand{MinutesEach: length})
	})
	if !strings.Contains(p.fold, "phút") {
		return out
	}
	daily := func(at int, m []string) scheduler.Demand {
		return p.ifAired(at, m[1], scheduler.Demand{MinutesPerDay: amount(m[2])})
	}
	times := func(at int, m []string) scheduler.Demand {
		return p.ifAired(at, m[1], scheduler.Demand{MinutesEach: amount(m[2])})
	}
	p.collect(&out, "phút&/|mỗi|một|trong|trên|ằng|àng", minutesDaily, daily)
	p.collect(&out, "phút&mỗi ngày|ằng ngày|àng ngày", dailyMinutes, daily)
	p.collect(&out, "phút&/|mỗi|một|trong|trên", minutesTimes, times)
	p.collect(&out, "phút&mỗi |một |từng |các |, ", timesMinutes, times)
	p.collect(&out, "phút&thời lượng|dài", lengthOf, times)
	p.collect(&out, "phút&chuyên", columnOf, times)
	p.collect(&out, "phút&chương trình|chuyên|bản tin|buổi|tiết mục|câu chuyện|phóng sự", thingMinutes, func(at int, m []string) scheduler.Demand {
		return p.ifAired(at, m[1], scheduler.Demand{MinutesEach: amount(m[3])})
	})
	return out
}

// ifAired is d if what stands at byte i is aired.
func (p *prose) ifAired(i int, words string, d scheduler.Demand) scheduler.Demand {
	if p.aired(i, i+len(words)) || hasOne(words, airWords) {
		return d
	}
	if before := p.sentenceBefore(i); hasOne(before, " lần| kỳ| bận| tối") && !hasOne(before, otherWords) {
		return d
	}
	return scheduler.Demand{}
}
