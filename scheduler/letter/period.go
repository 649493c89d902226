package letter

import (
	"regexp"
	"time"

	"loaphuong/scheduler"
)

// Pieces of dates. In each, the groups are day, month and year.
const (
	day   = `(\d{1,2})`
	month = `(?:\s*(?:/|\.|-|tháng)\s*(\d{1,2})(?:\s*(?:/|\.|-|,?\s*năm)\s*(\d{4}))?)`
	until = `(?:cho\s+)?(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?`
)

var (
	fromUntil  = regexp.MustCompile(`(?:^|[^\p{L}])(từ\s+(?:ngày\s+)?` + day + month + `?\s*` + until + day + month + `)(?:[^\d/]|$)`)
	nowUntil   = regexp.MustCompile(`(?:^|[^\p{L}])((?:kể )?từ (?:nay|ngày ký|ngày ban hành)\s*` + until + day + month + `)(?:[^\d/]|$)`)
	endOfDay   = regexp.MustCompile(`(?:^|[^\p{L}])((?:đến|tới) hết (?:ngày )?` + day + month + `)(?:[^\d/]|$)`)
	nowMonth   = regexp.MustCompile(`(?:^|[^\p{L}])((?:(kể từ|từ) nay )?(?:đến|tới) hết tháng\s+(\d{1,2})(?:\s*(?:/|,?\s*năm)\s*(\d{4}))?)(?:[^\d/]|$)`)
	inMonth    = regexp.MustCompile(`(?:^|[^\p{L}])(trong tháng\s+(\d{1,2})(?:\s*(?:/|,?\s*năm)\s*(\d{4}))?)(?:[^\d/]|$)`)
	monthRange = regexp.MustCompile(`(?:^|[^\p{L}])(từ tháng\s+(\d{1,2})(?:\s*(?:/|,?\s*năm)\s*(\d{4}))?\s+(?:đến|tới) (?:hết )?tháng\s+(\d{1,2})(?:\s*(?:/|,?\s*năm)\s*(\d{4}))?)(?:[^\d/]|$)`)
)

// readPeriods finds the spans of days in which topics are to be aired. Years
// that the letter leaves out follow from its own date.
func readPeriods(p *prose, letter scheduler.Date) []demanded {
	if !hasOne(p.fold, "từ|đến hết|tới hết|trong tháng") {
		return nil
	}
	var out []demanded
	collect := func(pattern *regexp.Regexp, read func([]string) (from, until scheduler.Date)) {
		for _, m := range pattern.FindAllStringSubmatchIndex(p.fold, maxDemands) {
			if !p.airs(m[2]) {
				continue
			}
			d := demanded{from: m[2], to: m[3]}
			d.Text = p.text[m[2]:m[3]]
			d.From, d.Until = read(groups(p.fold, m))
			out = append(out, d)
		}
	}
	collect(fromUntil, func(m []string) (scheduler.Date, scheduler.Date) {
		return span(partial(m[4], m[3], m[2]), partial(m[7], m[6], m[5]), letter)
	})
	collect(nowUntil, func(m []string) (scheduler.Date, scheduler.Date) {
		return fromNow(partial(m[4], m[3], m[2]), letter)
	})
	collect(endOfDay, func(m []string) (scheduler.Date, scheduler.Date) {
		_, end := fromNow(partial(m[4], m[3], m[2]), letter)
		return scheduler.Date{}, end
	})
	collect(nowMonth, func(m []string) (scheduler.Date, scheduler.Date) {
		from, end := fromNow(partial(m[4], m[3], "1"), letter)
		if m[2] == "" {
			from = scheduler.Date{}
		}
		return from, lastDay(end)
	})
	collect(inMonth, func(m []string) (scheduler.Date, scheduler.Date) { return months(m[2], m[3], m[2], m[3], letter) })
	collect(monthRange, func(m []string) (scheduler.Date, scheduler.Date) { return months(m[2], m[3], m[4], m[5], letter) })
	return out
}

var (
	airWord   = regexp.MustCompile(`tuyên truyền|phát|thời gian|thời lượng|tần suất|tiếp sóng|cao điểm|phổ biến|thông tin|lượt|^từ `)
	eventWord = regexp.MustCompile(`(?:diễn ra|tổ chức|khai mạc|bắt đầu|kéo dài|giai đoạn|bầu cử|họp)\s*$`)
)

// airs reports whether the period at byte i is one of airing: something of the
// kind is said near it, and it is not when an event takes place.
func (p *prose) airs(i int) bool {
	before := behind(p.fold, i, 300)
	return !eventWord.MatchString(before) && airWord.MatchString(before+ahead(p.fold, i, 120))
}

// partial is a date some parts of which may be missing.
func partial(year, month, day string) scheduler.Date {
	return scheduler.Date{Year: atoi(year), Month: time.Month(atoi(month)), Day: atoi(day)}
}

// span fills in what one end of a period takes from the other and from the
// letter's date. A period may cross the turn of a year.
func span(from, until, letter scheduler.Date) (scheduler.Date, scheduler.Date) {
	if from.Month == 0 {
		from.Month = until.Month
	}
	switch {
	case from.Year == 0 && until.Year == 0:
		from.Year, until.Year = letter.Year, letter.Year
		if beforeInYear(until, from) {
			until.Year++
		}
	case from.Year == 0:
		from.Year = until.Year
		if beforeInYear(until, from) {
			from.Year--
		}
	case until.Year == 0:
		until.Year = from.Year
		if beforeInYear(until, from) {
			until.Year++
		}
	}
	return known(from), known(until)
}

// fromNow is the period from the letter's date, as far as that is known.
func fromNow(until, letter scheduler.Date) (scheduler.Date, scheduler.Date) {
	if until.Year == 0 {
		until.Year = letter.Year
		if letter.Month != 0 && beforeInYear(until, letter) {
			until.Year++
		}
	}
	return known(letter), known(until)
}

// months is the period from the first day of one month to the last of another.
func months(first, firstYear, last, lastYear string, letter scheduler.Date) (scheduler.Date, scheduler.Date) {
	from, until := span(partial(firstYear, first, "1"), partial(lastYear, last, "1"), letter)
	return from, lastDay(until)
}

func beforeInYear(a, b scheduler.Date) bool {
	return a.Month < b.Month || a.Month == b.Month && a.Day < b.Day
}

// known is d if it names a day, else no date at all.
func known(d scheduler.Date) scheduler.Date {
	if d.Year == 0 || !d.Complete() {
		return scheduler.Date{}
	}
	return d
}

// lastDay is the last day of d's month.
func lastDay(d scheduler.Date) scheduler.Date {
	if d.IsZero() {
		return d
	}
	return scheduler.DateOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC))
}
