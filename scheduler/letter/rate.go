package letter

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Pieces of the patterns of demands, which are matched against folded text.
const (
	floor = `(?:(?:tối thiểu|ít nhất|ít ra|không dưới|không ít hơn|không kém|không ngắn hơn|đảm bảo|bảo đảm|tổ chức|phát(?: sóng| thanh| lại)?|đọc|chạy|mở|dành|bố trí|duy trì|có|từ)\s+(?:(?:là|từ|phải|đủ|đạt|có|được|thêm|phát|dành|mở|chạy)\s+){0,3})`
	count = `(\d{1,3}|một|hai(?: mươi)?|ba(?: mươi)?|bốn|năm|sáu|bảy|tám|chín|mười(?: (?:hai|ba|lăm|tám))?)(?:\s*(?:-|–|đến|tới|hoặc)\s*\d{1,3})?(?:\s*\([^()]{1,24}\))?`
	// unit is what airings are counted in.
	unit = `(?:lượt|lần|vòng|buổi|phiên|kỳ|bận|cữ|hồi|số|chương trình|bản tin|chuyên mục|chuyên đề|chuyên trang|tiết mục|câu chuyện|phóng sự|thông điệp|gương|tin,? bài|tin/bài|tin|bài|tối|sáng|trưa|chiều)`
	// lasting is how long each of them is.
	lasting  = `(?:,?\s+\(?(?:(?:dài|có|với|khoảng|chừng|độ|tầm|thời lượng|từ|tối thiểu|ít nhất|không dưới)\s+)*(\d{1,3})(?:\s*(?:-|–|đến)\s*\d{1,3})?\s*phút\)?)?`
	airings  = unit + `(?:\s+\p{L}+){0,4}?(?:\s*\([^()]{1,40}\)|\s+sáng(?:,| và| -|-) ?(?:chiều|tối|trưa))?`
	each     = `\s*(?:/|mỗi|một|trong|trên|hằng|hàng)\s*(?:một\s+|mỗi\s+|0?1\s+)?`
	wordEnds = `(?:[^\p{L}\d]|$)`
)

var (
	airingsEach = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + `\s*` + airings + lasting + `(?: 0?1 |` + each + `)(ngày|tuần|tháng))` + wordEnds)
	eachAirings = regexp.MustCompile(`(?:^|[^\p{L}/])((?:mỗi|hằng|hàng|một|trong|0?1) (ngày|tuần|tháng)(?:,?\s+\p{L}+){0,5}?[,:]?\s+\(?` + floor + `?` + floor + `?` + count + `\s*` + airings + lasting + `)` + wordEnds)
	dayAirings  = regexp.MustCompile(`(?:^|[^\p{L}\d/.])((?:(?:0?1|một) )?(ngày|tuần(?: lễ)?|tháng)(?:\s+| ?/ ?)` + floor + `?` + floor + `?` + count + `\s*(?:lượt|lần|buổi|kỳ|số|bận|cữ|phiên|vòng)` + lasting + `)` + wordEnds)
	// dayThings is such a count of what has a name, behind a verb.
	dayThings = regexp.MustCompile(`(?:^|[^\p{L}/])((ngày|tuần|tháng) ` + floor + floor + `?` + count + `\s*` + unit + lasting + `)` + wordEnds)
	// weekDays is on how many days of a week to air.
	weekDays = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + ` ngày ?(?:/|mỗi |một |trong một |trên )tuần|mỗi tuần (?:phát )?` + floor + `?` + count + ` ngày)` + wordEnds)
	inAll    = regexp.MustCompile(`(?:^|[^\p{L}\d])((?:tối thiểu|ít nhất|ít ra|không dưới|không ít hơn|đủ|tổng số|tổng cộng)\s+(?:(?:là|phải|đạt|đủ|có|tối thiểu|ít nhất|không dưới)\s+){0,2}` + count + `\s*(?:(?:lượt|lần)(?: phát(?: sóng)?)?|(?:buổi|kỳ|số)(?: phát(?: sóng| thanh)?)? (?:liên tiếp|liên tục))|mỗi (?:xã|phường|thôn|ấp|bản|buôn|khóm|khu phố|cụm loa|địa bàn) ` + count + ` (?:lượt|lần))` + wordEnds)
	inNamed  = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + `\s*` + airings + `),? (?:trong|vào|suốt)(?: cả| suốt| toàn)? (?:tháng|tuần|quý|năm|đợt|dịp)(?: lễ)? (?:\d|[ivx]{1,3}[ /]|này|từ|tới|lễ|đầu|cuối|cao)`)
	inWave   = regexp.MustCompile(`(?:^|[^\p{L}\d/])(` + floor + `?` + count + `\s*` + airings + `,? (?:trong |suốt |cho )?(?:cả|toàn|toàn bộ|suốt) (?:đợt|chiến dịch|thời gian|giai đoạn|quá trình|tháng|quý))` + wordEnds)
)

// readRates finds how many airings are asked for.
func readRates(p *prose) (out []demanded) {
	each := func(number, unit, minutes int) func(int, []string) scheduler.Demand {
		return func(at int, m []string) scheduler.Demand {
			if !p.counts(at, m[1]) || thatOne.MatchString(ahead(p.fold, at+len(m[1]), 16)) && inUnit.MatchString(m[1]) {
				return scheduler.Demand{}
			}
			d := perUnit(m[number], m[unit])
			d.MinutesEach = amount(m[minutes])
			return d
		}
	}
	per, every := unitMarks(p.fold)
	for _, near := range stretches(p.fold, per, 150, 20) {
		p.collectIn(&out, near, airingsEach, each(2, 4, 3))
	}
	for _, near := range stretches(p.fold, every, 20, 140) {
		p.collectIn(&out, near, eachAirings, each(3, 2, 4))
	}
	days := slices.DeleteFunc(places(p.fold, "ngày |tuần |ngày/|tuần/|tháng/|tháng phát|tháng đọc|tháng ít|tháng tối|tháng duy"), func(i int) bool {
		return !hasCounted(ahead(p.fold, i, 70), " lượt| lần| buổi| kỳ| số| bận| cữ| phiên| vòng")
	})
	daysOf := func(at int, m []string) scheduler.Demand {
		month := m[2] == "tháng" && !monthlyVerb.MatchString(m[1]) && !strings.Contains(m[1], "/")
		if counted := behind(p.fold, at, 12); month || strings.HasSuffix(counted, "/ ") || countedDays.MatchString(counted) {
			return scheduler.Demand{}
		}
		return each(3, 2, 4)(at, m)
	}
	for _, near := range stretches(p.fold, days, 16, 140) {
		p.collectIn(&out, near, dayAirings, daysOf)
	}
	p.collect(&out, "ngày phát|tuần phát|ngày đọc|tuần đọc|tuần có|tuần mở|tuần duy& số| bài| tin| chuyên| chương trình| bản tin| câu chuyện| phóng sự", dayThings, each(3, 2, 4))
	p.readDaysOfWeek(&out)
	p.readTotals(&out)
	p.readDayparts(&out)
	p.readSessions(&out)
	p.readLabelled(&out)
	return out
}

// readDaysOfWeek finds on how many days of a week to air: "3 ngày/tuần".
func (p *prose) readDaysOfWeek(out *[]demanded) {
	p.collect(out, "ngày/tuần|ngày mỗi tuần|ngày một tuần|ngày trên tuần|mỗi tuần&# ngày", weekDays, func(at int, m []string) scheduler.Demand {
		days := cmp.Or(amount(m[2]), amount(m[3]))
		if days > 7 || !p.counts(at, m[1]) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{PerWeek: days}
	})
}

// counts reports whether a count at byte i, in these words, is one of airings.
func (p *prose) counts(i int, words string) bool {
	return p.aired(i, i+len(words)) && (!hasOne(words, otherWords) || plays(words)) && !strings.HasPrefix(ahead(p.fold, i+len(words), 8), " họp")
}

// readTotals finds counts of a whole period.
func (p *prose) readTotals(out *[]demanded) {
	p.collect(out, " lượt| lần|liên t&tối thiểu|ít nhất|ít ra|không dưới|không ít hơn|đủ |tổng |mỗi xã|mỗi phường|mỗi thôn|mỗi ấp|mỗi bản|mỗi buôn|mỗi khóm|mỗi khu|mỗi cụm|mỗi địa", inAll, func(at int, m []string) scheduler.Demand {
		if !p.inAll(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Total: amount(m[2] + m[3])}
	})
	total := func(at int, m []string) scheduler.Demand {
		if before := p.sentenceBefore(at); !saysOnAir(before+" "+m[1]) || afterEach.MatchString(before) || !p.aired(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Total: amount(m[2])}
	}
	named := slices.DeleteFunc(places(p.fold, "trong |vào |suốt "), func(i int) bool {
		_, span, _ := strings.Cut(ahead(p.fold, i, 28), " ")
		return !timeSpans.begin(wholeSpan.Replace(span))
	})
	for _, near := range stretches(p.fold, named, 150, 110) {
		p.collectIn(out, near, inNamed, total)
	}
	p.collect(out, " cả đợt| cả chiến| cả thời| cả giai| cả quá| cả tháng| cả quý|toàn đợt|toàn chiến|toàn bộ |suốt & lượt| lần| tin| bài| buổi| số| kỳ| chuyên| chương", inWave, func(at int, m []string) scheduler.Demand {
		if namedSpan.MatchString(ahead(p.fold, at+len(m[1]), 8)) || afterEach.MatchString(p.sentenceBefore(at)) || !p.aired(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Total: amount(m[2])}
	})
}

// wholeSpan takes away that a time is meant from its beginning to its end.
var wholeSpan = strings.NewReplacer("cả ", "", "suốt ", "", "toàn ", "")

// timeSpans may have a name: "tháng 5", "đợt cao điểm".
var timeSpans = headsOf(`tháng|tuần|quý|năm|đợt|dịp`)

var (
	monthlyVerb  = regexp.MustCompile(`^tháng (?:phát|đọc|duy trì|ít nhất|tối thiểu)`)                                   // "tháng 3 phiên" names a month
	thatOne      = regexp.MustCompile(`^ (?:\d|này|từ|tới|đầu|cuối|cao điểm|hành động|công nhân|thanh niên|khuyến học)`) // a month that has a name
	namedSpan    = regexp.MustCompile(`^ (?:\d|[iv]{1,3}[ /,.]|năm \d)`)                                                 // "cả quý IV" is a period of its own
	inUnit       = regexp.MustCompile(`trong (?:tháng|tuần)$`)
	countedDays  = regexp.MustCompile(`(?:cứ|cách|trong|mỗi) (?:\d{1,2}|hai|ba) $|cách $`) // "cứ 2 ngày phát 1 lần"
	perSomething = regexp.MustCompile(`^\s*(?:/|mỗi|một|trong (?:một |mỗi )?(?:ngày|tuần|buổi)|trong (?:một |mỗi )tháng|trong tháng[,.;)]|bằng|hằng|hàng)`)
	afterEach    = regexp.MustCompile(`(?:mỗi|hằng|hàng|từng) (?:ngày|tuần|tháng|buổi|lần|đợt|giờ)[^.;]{0,40}$`)
)

// inAll reports whether a count at byte i is of the whole period.
func (p *prose) inAll(i, to int) bool {
	before := p.sentenceBefore(i)
	return saysOnAir(before) && p.aired(i, to) && !afterEach.MatchString(before) && !perSomething.MatchString(ahead(p.fold, to, 24))
}

func perUnit(number, unit string) scheduler.Demand {
	switch unit {
	case "tuần", "tuần lễ":
		return scheduler.Demand{PerWeek: amount(number)}
	case "tháng":
		return scheduler.Demand{PerMonth: amount(number)}
	}
	return scheduler.Demand{PerDay: amount(number)}
}

// amount reads digits, with or without leading zeros, or a number in words: one
// of the first ten, or a higher one made of them ("mười lăm", "hai mươi").
func amount(s string) int {
	words := []string{"một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"}
	if ones, above := strings.CutPrefix(s, "mười "); above {
		return 10 + amount(strings.Replace(ones, "lăm", "năm", 1))
	}
	if tens, round := strings.CutSuffix(s, " mươi"); round {
		return 10 * amount(tens)
	}
	if i := slices.Index(words, s); i >= 0 {
		return i + 1
	}
	return atoi(s)
}
