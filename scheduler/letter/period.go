package letter

import (
	"regexp"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

var (
	fromWord = regexp.MustCompile(`^(?:(?:bắt đầu |kể |tính )?từ (?:thời điểm )?|bắt đầu (?:phát )?(?:vào )?)`)
	nowWord  = regexp.MustCompile(`^(?:bắt đầu |kể )?từ (?:nay|(?:ngày )?hôm nay|bây giờ|thời điểm này|ngày ký|ngày ban hành|khi nhận được[\p{L} ]{0,30}?|ngày nhận được[\p{L} ]{0,30}?)(?:,? | ?[-–] ?)`)
	// receipt begins with the day on which the letter is signed or comes in.
	receipt  = regexp.MustCompile(`^(?:bắt đầu |kể )?từ (?:khi|ngày) (?:nhận được|ban hành|ký)[\p{L} ]{0,40}? ((?:cho )?(?:đến|tới) )`)
	tillWord = regexp.MustCompile(`^(?:,? ?(?:và )?(?:cho (?:đến|tới|hết)|đến|tới|(?:kết thúc|dừng phát|kéo dài|(?:chậm|muộn) nhất)(?: là)?(?: vào| đến| tới| cho đến| cho tới)*|-|–)|hết) ?(?:(hết|trước)(?: |$))?(?:đến )?`)
	// noEnd goes on a beginning until something happens, of which nobody knows the day.
	noEnd    = regexp.MustCompile(`^(?:cho )?(?:đến|tới) khi `)
	inDays   = regexp.MustCompile(`^(?:(?:vào |trong |đúng )(?:cả |suốt )?)?(?:(?:các|những|hai|ba|bốn|năm|\d{1,2}) )?ngày (?:\p{L}+ ){0,3}`)
	inWord   = regexp.MustCompile(`^(?:trong |suốt |cả |trọn |toàn )+(?:các )?(?:tuần (?:lễ )?|thời gian |đợt |khoảng thời gian )?`)
	andBound = regexp.MustCompile(`^(?:,| và|, và) `)
)

// readPeriods finds the spans of days in which topics are to be aired. Years
// that the letter leaves out follow from its own date.
func readPeriods(p *prose, letter scheduler.Date) []demanded {
	var out []demanded
	p.readAround(&out, letter)
	reach := p.readPhase(&out, letter)
	for i := 0; i < len(p.fold) && len(out) < maxDemands; i = spaceAfter(p.fold, i) + 1 {
		at := i + len(openBrackets(p.fold[i:]))
		if at < reach || !p.mayOpenPeriod(at) {
			continue
		}
		d := demanded{from: at, to: at}
		d.From, d.Until, d.to = p.readPeriod(at, letter)
		if reach = max(reach, d.to); d.to > at && p.airsFrom(d.from, d.to) {
			out = append(out, d)
		}
	}
	return out
}

// openBrackets are the brackets and quotation marks that s begins with.
func openBrackets(s string) string {
	if s == "" || strings.IndexByte("(\"[\xe2", s[0]) < 0 {
		return ""
	}
	return s[:len(s)-len(strings.TrimLeft(s, "(“\"["))]
}

// mayOpenPeriod is a cheap look at whether a period can begin with the word at
// byte i: it is one of a few, or a figure, and has a figure or "nay" behind it.
func (p *prose) mayOpenPeriod(i int) bool {
	rest := ahead(p.fold, i, 48)
	if rest == "" {
		return false
	}
	return (p.onAir && digitAt(rest, 0) || opensPeriod(rest) || p.mayOpenBare(i, rest)) && (strings.ContainsAny(rest, "0123456789") || hasOne(rest, "nay|giêng|quý|ngày ký|nhận được|ban hành"))
}

// opensPeriod reports whether s begins with the words before a period.
func opensPeriod(s string) bool {
	switch first, _, spaced := strings.Cut(s, " "); first {
	case "từ", "đến", "tới", "trong", "suốt", "cả", "trọn", "tháng", "quý":
		return spaced
	case "kể", "bắt", "cho", "kết", "dừng", "kéo", "chậm", "muộn", "hết", "trước", "vào":
		return slices.ContainsFunc([]string{"kể từ ", "bắt đầu ", "cho đến ", "cho tới ", "kết thúc ", "dừng phát ", "kéo dài ", "chậm nhất đến ", "muộn nhất đến ", "hết ngày ", "hết tháng ", "hết quý ", "trước ngày ", "vào ngày ", "vào các ngày ", "vào những ngày ", "vào hai ngày "},
			func(words string) bool { return strings.HasPrefix(s, words) })
	}
	return false
}

// readAround reads "trước, trong và sau ngày 15/10".
func (p *prose) readAround(out *[]demanded, letter scheduler.Date) {
	p.collect(out, "và sau|, sau|và trong", aroundDay, func(at int, m []string) scheduler.Demand {
		day, _ := readBound(m[2], 0)
		if !hasOne(m[1], "sau |trong ") || !saysOnAir(p.sentenceBefore(at)) && !peak.MatchString(behind(p.fold, at, 40)) && !p.openedBy(at, at+len(m[1])) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Around: day.next(letter).first()}
	})
}

// readPeriod reads the period that begins at byte i, and where it ends; i
// itself when there is none.
func (p *prose) readPeriod(i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	window := ahead(p.fold, i, 80)
	if m := receipt.FindStringSubmatchIndex(window); m != nil {
		return p.readFromNow(i, i+m[2], letter)
	}
	if m := nowWord.FindString(window); m != "" {
		return p.readFromNow(i, i+len(m), letter)
	}
	if m := fromWord.FindString(window); m != "" {
		return p.readFrom(i, i+len(m), letter)
	}
	if m := inDays.FindString(window); m != "" {
		return p.readDays(i, i+len(m), letter)
	}
	if m := inWord.FindString(window); m != "" {
		if strings.HasPrefix(p.fold[i+len(m):], "từ ") {
			return p.readFrom(i, i+len(m)+len("từ "), letter)
		}
		return p.readWithin(i, i+len(m), letter)
	}
	if tillWord.MatchString(window) {
		until, end = p.readUntil(i, letter)
		return from, until, end
	}
	return p.readBare(i, letter)
}

// readFromNow reads "đến hết ngày 15/9" at byte i, behind "từ nay".
func (p *prose) readFromNow(start, i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	if until, end = p.readUntil(i, letter); end > i {
		return known(letter), until, end
	}
	if m := noEnd.FindString(ahead(p.fold, i, 24)); m != "" {
		return known(letter), until, i + len(m)
	}
	if until = p.lastAfter(start, known(letter)); !until.IsZero() {
		return letter, until, i
	}
	return from, until, start
}

// readFrom reads "01/9 đến hết ngày 15/9" at byte i, or a beginning alone.
func (p *prose) readFrom(start, i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	a, next := readBound(p.fold, i)
	if next == i {
		return from, until, start
	}
	m := tillWord.FindStringSubmatch(ahead(p.fold, next+spaces(p.text, next), 30))
	if m == nil {
		if a.isDay() && a.month == 0 {
			return from, until, start
		}
		from = a.next(letter).first()
		return from, p.lastAfter(start, from), next
	}
	to := next + spaces(p.text, next) + len(m[0])
	b, end := readBound(p.fold, to)
	if end == to && a.month > 0 {
		return a.next(letter).first(), until, next // "đến khi có thông báo mới"
	}
	if end == to || b.isDay() && b.month == 0 {
		return from, until, start
	}
	a, b = between(a, b, letter)
	return a.first(), lastOf(b, m[1]), end
}

// lastOf is the last day that "đến hết" or "đến trước" b means.
func lastOf(b bound, word string) scheduler.Date {
	if word == "trước" {
		return dayBefore(b.first())
	}
	return b.last()
}

// readUntil reads "đến hết ngày 15/9" at byte i.
func (p *prose) readUntil(i int, letter scheduler.Date) (scheduler.Date, int) {
	m := tillWord.FindStringSubmatch(ahead(p.fold, i, 30))
	if m == nil {
		return scheduler.Date{}, i
	}
	b, end := readBound(p.fold, i+len(m[0]))
	if end == i+len(m[0]) || b.isDay() && b.month == 0 {
		return scheduler.Date{}, i
	}
	return lastOf(b.next(letter), m[1]), end
}

// readWithin reads "tháng 6 và tháng 7/2016" at byte i.
func (p *prose) readWithin(start, i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	a, end := readBound(p.fold, i)
	if end == i || a.isDay() && (a.month == 0 || !strings.Contains(ahead(p.fold, start, i+5-start), "ngày")) {
		return from, until, start
	}
	b := a
	if c, next := p.moreMonths(a, end); next > end {
		b, end = c, next
	} else if m := andBound.FindString(ahead(p.fold, end, 12)); m != "" && !a.isDay() {
		if c, next := readBound(p.fold, end+len(m)); next > end+len(m) && !c.isDay() {
			b, end = c, next
		}
	}
	a, b = between(a, b, letter)
	return a.first(), b.last(), end
}

// listedMonths goes on with a month: ", 5 và 6 năm 2016". Without a year, what
// follows must end the list, as ", 5 lần" goes on with something else.
var listedMonths = regexp.MustCompile(`^(?: ?, ?\d{1,2})*(?:,? và(?: tháng)?| ?,(?: tháng)?| ?[-–]) ?(\d{1,2})(?: ?(?:/|,? năm) ?(\d{4})|(?:[.;):]|$| (?:mỗi|phát|trên|với|vào)))`)

// moreMonths reads the last of several months behind the first, of which the
// letter says "tháng" only once.
func (p *prose) moreMonths(a bound, i int) (bound, int) {
	if a.months != 1 || a.year > 0 {
		return a, i
	}
	m := listedMonths.FindStringSubmatchIndex(ahead(p.fold, i, 60))
	if m == nil {
		return a, i
	}
	g := groups(ahead(p.fold, i, 60), m)
	if last := atoi(g[1]); last <= a.month || last > 12 {
		return a, i
	}
	end := m[3]
	if m[4] >= 0 {
		end = m[5]
	}
	return bound{year: atoi(g[2]), month: atoi(g[1]), months: 1}, i + end
}

// readBare reads a period without a word before it, as tables have them: "02/5
// - 31/5/2017", "Tháng 5/2017", "Quý III/2017".
func (p *prose) readBare(i int, letter scheduler.Date) (from, until scheduler.Date, end int) {
	if strings.HasPrefix(p.fold[i:], "trước ngày ") {
		day := i + len(beforeDay.FindString(ahead(p.fold, i, 60)))
		b, end := readBound(p.fold, day)
		if b.month == 0 || !airedBefore.MatchString(behind(p.fold, i, 60)) && !p.playedBefore(i, end) || p.reportedBy(i) {
			return from, until, i
		}
		return from, dayBefore(b.next(letter).first()), end
	}
	if before := behind(p.fold, i, 2); !p.onAir && !p.standsBare(i) || strings.HasPrefix(p.fold[i:], "tháng ") && digitAt(before, 0) {
		return from, until, i // the month of "ngày 09 tháng 11" is none by itself
	}
	if p.fold[i] >= '0' && p.fold[i] <= '9' {
		if labelled.MatchString(behind(p.fold, i, 24)) {
			return from, until, i
		}
		from, until, end = p.readFrom(i, i, letter)
		if until.IsZero() && p.columns == nil {
			return until, until, i
		}
		if until.IsZero() {
			until = from // a day by itself, in a table
		}
		return from, until, end
	}
	return p.readWithin(i, i, letter)
}

// reportedBy reports whether something other than airing is to be done before a
// day at byte i: a report, an end of some work.
func (p *prose) reportedBy(i int) bool {
	words := reported.FindString(p.sentenceBefore(i))
	return words != "" && !strings.HasPrefix(words, "hoàn thành việc phát") && !strings.HasPrefix(words, "hoàn thành phát")
}

var (
	beforeDay   = regexp.MustCompile(`^trước ngày (?:\p{L}+ ){0,3}`)
	airedBefore = regexp.MustCompile(`(?:^|[^\p{L}])(?:thời gian (?:phát|tuyên truyền):?|phát(?: sóng| thanh)?(?: xong)?)[^.;:]{0,40}$`)
	labelled    = regexp.MustCompile(`(?:mục|khoản|điểm|nội dung|số|phần|ý|bài|nhóm) $`)
	peak        = regexp.MustCompile(`(?:tập trung|cao điểm|trọng tâm|đợt|nhất là)(?: vào| trong)?(?: các| dịp| thời điểm| thời gian)* ?$`)
	reported    = regexp.MustCompile(`(?:gửi|báo cáo|tổng hợp|xác nhận|thống kê|đăng ký|hoàn thành|nghiệm thu|quyết toán)[^.;,:]{0,80}$`)
)
