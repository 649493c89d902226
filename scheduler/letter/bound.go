package letter

import (
	"regexp"
	"time"

	"loaphuong/scheduler"
)

// bound is one end of a period as a letter writes it: a day, a month, a
// quarter or a year. Parts that the letter leaves out are 0.
type bound struct {
	year, month, day int
	months           int // how many months it spans; 0 for a day
}

var (
	dayBound     = regexp.MustCompile(`^(?:ngày\s+)?(?:m[ồù]ng\s+)?(\d{1,2})(?:(?:\s*(?:/|\.|\s+tháng)\s*|-)(\d{1,2})(?:(?:\s*(?:/|\.|,?\s*năm)\s*|-)(\d{4}))?)?`)
	monthBound   = regexp.MustCompile(`^(?:cuối |đầu )?tháng\s+(\d{1,2})(?:\s*(?:/|,?\s*năm|-)\s*(\d{4}))?`)
	quarterBound = regexp.MustCompile(`^quý\s+(iv|i{1,3}|[1-4])(?:\s*(?:/|,?\s*năm|-)\s*(\d{4}))?`)
	halfBound    = regexp.MustCompile(`^(6|06|sáu|3|03|ba) tháng (đầu|cuối) năm(?: (\d{4}))?`)
	// namedDay is before a day that has a name: "ngày bầu cử 22/5", "thứ Hai, ngày 14/3".
	namedDay  = regexp.MustCompile(`^((?:ngày (?:\p{L}+,? ){1,3}|thứ \p{L}+,? |chủ nhật,? )\(?(?:ngày )?)\d{1,2}[/.-]\d`)
	yearBound = regexp.MustCompile(`^(?:cuối |hết )?năm\s+(\d{4})`)
)

// feastDay is before the day of a feast: "Tết Trung thu, tức ngày 15/9".
var feastDay = regexp.MustCompile(`^((?:tết|lễ|rằm|ngày)(?: \p{L}+){1,4},? \(?(?:tức|nhằm)(?: là| vào)? (?:ngày )?)\d{1,2}[/.-]\d`)

// moonDay is a day of the moon's calendar, which the letter gives the other name
// of: "mùng 10 tháng Giêng (tức ngày 26/02/2026)".
var moonDay = regexp.MustCompile(`^((?:ngày )?(?:(?:m[ồù]ng )?\d{1,2}|rằm)(?:(?: tháng |/)(?:\d{1,2}|giêng|chạp|\p{L}+))?(?: (?:năm )?\p{L}+ \p{L}+)? ?\((?:(?:tức|nhằm)(?: là| vào| ngày)* ))\d{1,2}[/.-]`)

// readBound reads an end of a period at byte i of folded text and where it
// ends; i itself when there is none.
func readBound(folded string, i int) (bound, int) {
	window := ahead(folded, i, 100)
	if hasOne(window, "(tức|(nhằm") {
		if m := moonDay.FindStringSubmatch(window); m != nil && hasOne(m[1], "giêng|chạp|rằm|âm lịch|mồng|mùng") {
			i, window = i+len(m[1]), window[len(m[1]):]
		}
	}
	if m := monthBound.FindStringSubmatch(window); m != nil {
		return bound{year: atoi(m[2]), month: atoi(m[1]), months: 1}, i + len(m[0])
	}
	if m := quarterBound.FindStringSubmatch(window); m != nil {
		return bound{year: atoi(m[2]), month: 3*quarter(m[1]) - 2, months: 3}, i + len(m[0])
	}
	if m := yearBound.FindStringSubmatch(window); m != nil {
		return bound{year: atoi(m[1]), month: 1, months: 12}, i + len(m[0])
	}
	if m := halfBound.FindStringSubmatch(window); m != nil {
		b := bound{year: atoi(m[3]), month: 1, months: amount(m[1])}
		if m[2] == "cuối" {
			b.month = 13 - b.months
		}
		return b, i + len(m[0])
	}
	if m := feastDay.FindStringSubmatch(window); m != nil && hasOne(m[1], "tức|nhằm") {
		i, window = i+len(m[1]), window[len(m[1]):]
	} else if m := namedDay.FindStringSubmatch(window); m != nil {
		i, window = i+len(m[1]), window[len(m[1]):]
	}
	m := dayBound.FindStringSubmatch(window)
	if m == nil || wordAt(window, len(m[0])) || at(window, len(m[0])) == '/' || at(window, len(m[0])) == '%' {
		return bound{}, i
	}
	return bound{year: atoi(m[3]), month: atoi(m[2]), day: atoi(m[1])}, i + len(m[0])
}

func quarter(s string) int {
	switch s {
	case "i", "ii", "iii":
		return len(s)
	case "iv":
		return 4
	}
	return atoi(s)
}

// isDay reports whether b is a day, of a month that may be left out.
func (b bound) isDay() bool { return b.months == 0 && b.day > 0 }

// first is the first day of b.
func (b bound) first() scheduler.Date {
	return known(scheduler.Date{Year: b.year, Month: time.Month(b.month), Day: max(b.day, 1)})
}

// last is the last day of b.
func (b bound) last() scheduler.Date {
	if b.months == 0 || b.year == 0 {
		return b.first()
	}
	return dayBefore(scheduler.DateOf(time.Date(b.year, time.Month(b.month+b.months), 1, 0, 0, 0, 0, time.UTC)))
}

func dayBefore(d scheduler.Date) scheduler.Date {
	if d.IsZero() {
		return d
	}
	return scheduler.DateOf(time.Date(d.Year, d.Month, d.Day-1, 0, 0, 0, 0, time.UTC))
}

// known is d if it names a day, else no date at all.
func known(d scheduler.Date) scheduler.Date {
	if !d.Complete() {
		return scheduler.Date{}
	}
	return d
}

// earlier reports whether a is before b in the year.
func (b bound) earlier(c bound) bool {
	return b.month < c.month || b.month == c.month && b.day < c.day
}

// between fills in what one end of a period takes from the other and from the
// letter's date. A period may cross the turn of a year.
func between(from, until bound, letter scheduler.Date) (bound, bound) {
	if from.month == 0 {
		from.month = until.month
	}
	turns := 0
	if until.earlier(from) {
		turns = 1
	}
	switch {
	case from.year == 0 && until.year == 0:
		from.year, until.year = letter.Year, letter.Year+turns
		if letter.Year == 0 {
			until.year = 0
		}
	case from.year == 0:
		from.year = until.year - turns
	case until.year == 0:
		until.year = from.year + turns
	}
	return from, until
}

// next fills in the year of a day to come after the letter's date.
func (b bound) next(letter scheduler.Date) bound {
	if b.year == 0 && letter.Year != 0 {
		b.year = letter.Year
		if b.last().Before(letter) && letter.Complete() && b.month < int(letter.Month) {
			b.year++
		}
	}
	return b
}
