package letter

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

var (
	// dayAhead is the date of a document right after its number or its issuer.
	dayAhead = regexp.MustCompile(`^[,;]?\s*\(?(?:(?:được )?(?:ban hành|ký) )?(?:(?:hồi|lúc) \d{1,2} ?(?:giờ|h|g) ?(?:\d{2} ?(?:phút|')?)?,? )?(?:ngày\s+)?(?:m[ồù]ng\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|,?\s*năm)\s*(\d{4})\)?(?:[^\d/]|$)`)
	// monthAhead is a date without its day, "tháng 9/2021" or "năm 2021".
	monthAhead = regexp.MustCompile(`^,?\s*(?:tháng\s+(\d{1,2})\s*(?:/|,?\s*năm)\s*|năm\s+)(\d{4})(?:[^\d/]|$)`)
	// shortDay is a date without its year, which stays unknown.
	shortDay = regexp.MustCompile(`^,?\s*\(?ngày\s+(?:m[ồù]ng\s+)?\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}(?:[^\d/]|$)`)
)

// readDate reads a document's date at byte i of folded text and where it ends;
// i itself when there is none.
func readDate(folded string, i int) (scheduler.Date, int) {
	window := ahead(folded, i, 80)
	if m := dayAhead.FindStringSubmatchIndex(window); m != nil {
		d := dateOf(window[m[6]:m[7]], window[m[4]:m[5]], window[m[2]:m[3]])
		return d, i + m[7] + closing(window[:m[7]], window[m[7]:])
	}
	if m := monthAhead.FindStringSubmatchIndex(window); m != nil {
		month := ""
		if m[2] >= 0 {
			month = window[m[2]:m[3]]
		}
		return dateOf(window[m[4]:m[5]], month, ""), i + m[5]
	}
	if m := shortDay.FindString(window); m != "" {
		return scheduler.Date{}, i + len(upToDigit.FindString(m))
	}
	return scheduler.Date{}, i
}

var upToDigit = regexp.MustCompile(`^.*\d`)

// closing is the length of the bracket that closes one opened in the date:
// "(ngày 27/8/2021)". A bracket around more than the date is not the date's.
func closing(date, rest string) int {
	if strings.Contains(date, "(") && strings.HasPrefix(rest, ")") {
		return 1
	}
	return 0
}

// dateOf builds a date from digits; "" is a part left blank. What names no
// real day is unknown rather than wrong.
func dateOf(year, month, day string) scheduler.Date {
	d := scheduler.Date{Year: atoi(year), Month: time.Month(atoi(month)), Day: atoi(day)}
	probe := d
	if probe.Day == 0 {
		probe.Day = 1
	}
	if probe.Month == 0 && d.Day == 0 {
		probe.Month = time.January
	}
	if !probe.Complete() {
		return scheduler.Date{}
	}
	return d
}

// atoi reads digits; anything else is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
