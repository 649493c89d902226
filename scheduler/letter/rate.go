package letter

import (
	"regexp"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Pieces of the patterns of demands, which are matched against folded text.
const (
	floor    = `(?:(?:tối thiểu|ít nhất|không dưới|không ít hơn|đảm bảo|bảo đảm|tổ chức|phát(?: sóng| thanh)?|tối thiểu phải|tối thiểu là)\s+(?:là\s+|từ\s+|phải\s+|đủ\s+)?)`
	count    = `(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*(?:-|–|đến|hoặc)\s*\d{1,3})?(?:\s*\([^()]{1,24}\))?`
	airings  = `(?:lượt|lần|buổi|phiên|kỳ|số|chương trình|bản tin|chuyên mục|chuyên đề|tin,? bài|tin/bài|tin|bài)(?:\s+\p{L}+){0,2}?`
	each     = `\s*(?:/|mỗi|một|trong|trên)\s*(?:một\s+|mỗi\s+|0?1\s+)?`
	wordEnds = `(?:[^\p{L}\d]|$)`
)

var (
	airingsEach  = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + `\s*` + airings + each + `(ngày|tuần|tháng))` + wordEnds)
	eachAirings  = regexp.MustCompile(`(?:^|[^\p{L}/])((?:mỗi|hằng|hàng|một)\s+(ngày|tuần|tháng)(?:,?\s+\p{L}+){0,4}?,?\s+` + floor + `?` + floor + `?` + count + `\s*` + airings + `)` + wordEnds)
	dayAirings   = regexp.MustCompile(`(?:^|[^\p{L}/])((ngày|tuần)\s+` + floor + `?` + count + `\s*(?:lượt|lần|buổi))` + wordEnds)
	inAll        = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:tối thiểu|ít nhất|không dưới|không ít hơn|đủ|tổng số|tổng cộng)\s+(?:là\s+|phải\s+)?` + count + `\s*(?:lượt|lần)(?: phát(?: sóng)?)?)` + wordEnds)
	inNamed      = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + `\s*` + airings + `),? (?:trong|vào) (?:tháng|tuần|quý|năm|đợt|dịp)(?: lễ)? (?:\d|[ivx]{1,3}[ /]|này|từ|tới|lễ|đầu|cuối|cao)`)
	minutesDaily = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:thời lượng\s+)?` + floor + `?` + count + `\s*phút` + each + `ngày)` + wordEnds)
	dailyMinutes = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|hằng|hàng)\s+ngày(?:,?\s+\p{L}+){0,4}?\s+` + floor + `?` + count + `\s*phút)` + wordEnds)
	minutesTimes = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:thời lượng\s+)?(?:từ\s+)?` + floor + `?` + count + `\s*phút` + each + `(?:lượt|lần|buổi|chương trình|bản tin|kỳ|phiên|tin|bài|số)(?: phát(?: sóng| thanh)?)?)` + wordEnds)
	timesMinutes = regexp.MustCompile(`(?:^|[^\p{L}])((?:mỗi|một|từng)\s+(?:lượt|lần|buổi|chương trình|chuyên mục|chuyên đề|bản tin|kỳ|phiên|tin,? bài|tin|bài|số|nội dung)(?:,?\s+\p{L}+){0,4}?\s+(?:từ\s+)?` + floor + `?(?:từ\s+)?` + count + `\s*phút)` + wordEnds)
	lengthOf     = regexp.MustCompile(`(?:^|[^\p{L}])(thời lượng(?:\s+(?:phát(?: sóng| thanh)?|mỗi (?:buổi|lần|lượt|tin|bài|chương trình|chuyên mục|chuyên đề|kỳ|số|bản tin|nội dung|phóng sự|câu chuyện)))?(?:\s*:)?\s+(?:khoảng\s+|từ\s+|là\s+)?` + floor + `?(?:từ\s+)?` + count + `\s*phút)` + wordEnds)
)

// readRates finds how many airings are asked for.
func readRates(p *prose) (out []demanded) {
	each := func(number, unit int) func(int, []string) scheduler.Demand {
		return func(at int, m []string) scheduler.Demand {
			if !p.aired(at, at+len(m[1])) || thatOne.MatchString(ahead(p.fold, at+len(m[1]), 16)) && inUnit.MatchString(m[1]) {
				return scheduler.Demand{}
			}
			return perUnit(m[number], m[unit])
		}
	}
	per, every := unitMarks(p.fold)
	for _, near := range stretches(p.fold, per, 150, 20) {
		p.collectIn(&out, near, airingsEach, each(2, 3))
	}
	for _, near := range stretches(p.fold, every, 20, 110) {
		p.collectIn(&out, near, eachAirings, each(3, 2))
	}
	p.collect(&out, " lượt| lần| buổi&ngày |tuần ", dayAirings, func(at int, m []string) scheduler.Demand {
		if counted := behind(p.fold, at, 12); strings.HasSuffix(counted, "/ ") || !p.aired(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return perUnit(m[3], m[2])
	})
	p.collect(&out, " lượt| lần&tối thiểu|ít nhất|không dưới|không ít hơn|đủ |tổng ", inAll, func(at int, m []string) scheduler.Demand {
		if !p.inAll(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Total: amount(m[2])}
	})
	p.collect(&out, "trong |vào &tháng |tuần |quý |năm |đợt |dịp ", inNamed, func(at int, m []string) scheduler.Demand {
		if before := p.sentenceBefore(at); !saysOnAir(before+" "+m[1]) || afterEach.MatchString(before) || !p.aired(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Total: amount(m[2])}
	})
	return out
}

var (
	thatOne      = regexp.MustCompile(`^ (?:\d|này|từ|tới|đầu|cuối|cao điểm)`) // a month that has a name
	inUnit       = regexp.MustCompile(`trong (?:tháng|tuần)$`)
	perSomething = regexp.MustCompile(`^\s*(?:/|mỗi|một|trong (?:một |mỗi )?(?:ngày|tuần|tháng|buổi)|bằng|hằng|hàng)`)
	afterEach    = regexp.MustCompile(`(?:mỗi|hằng|hàng|từng) (?:ngày|tuần|tháng|buổi|lần|đợt|giờ)[^.;]{0,40}$`)
)

// inAll reports whether a count at byte i is of the whole period.
func (p *prose) inAll(i, to int) bool {
	before := p.sentenceBefore(i)
	return saysOnAir(before) && p.aired(i, to) && !afterEach.MatchString(before) && !perSomething.MatchString(ahead(p.fold, to, 24))
}

// readMinutes finds how long a day or each airing is to be.
func readMinutes(p *prose) (out []demanded) {
	if !strings.Contains(p.fold, "phút") {
		return nil
	}
	daily := func(at int, m []string) scheduler.Demand {
		return p.ifAired(at, m[1], scheduler.Demand{MinutesPerDay: amount(m[2])})
	}
	times := func(at int, m []string) scheduler.Demand {
		return p.ifAired(at, m[1], scheduler.Demand{MinutesEach: amount(m[2])})
	}
	p.collect(&out, "phút&/|mỗi|một|trong|trên", minutesDaily, daily)
	p.collect(&out, "phút&mỗi ngày|ằng ngày|àng ngày", dailyMinutes, daily)
	p.collect(&out, "phút&/|mỗi|một|trong|trên", minutesTimes, times)
	p.collect(&out, "phút&mỗi |một |từng ", timesMinutes, times)
	p.collect(&out, "phút&thời lượng", lengthOf, times)
	return out
}

// ifAired is d if what stands at byte i is aired.
func (p *prose) ifAired(i int, words string, d scheduler.Demand) scheduler.Demand {
	if !p.aired(i, i+len(words)) && !hasOne(words, airWords) {
		return scheduler.Demand{}
	}
	return d
}

func perUnit(number, unit string) scheduler.Demand {
	switch unit {
	case "tuần":
		return scheduler.Demand{PerWeek: amount(number)}
	case "tháng":
		return scheduler.Demand{PerMonth: amount(number)}
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
