package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// column is the cell of a row in a paragraph, from one byte up to another, and
// what the table's head calls its column.
type column struct {
	from, to int
	head     string
}

var (
	cellMinutes = regexp.MustCompile(`^(?:khoảng |từ |tối thiểu |ít nhất )?(\d{1,3})(?:\s*(?:-|–|đến)\s*\d{1,3})?\s*(?:phút|p|'|’)?$`)
	cellTimes   = regexp.MustCompile(`^(?:tối thiểu |ít nhất |từ )?(\d{1,3})(?:\s*(?:-|–|đến)\s*\d{1,3})?\s*(?:lần|lượt|buổi|kỳ|số)?$`)
	cellHours   = regexp.MustCompile(`^\d{1,2}(?:\s*[,;]\s*\d{1,2})*$`)
	cellDays    = regexp.MustCompile(`^(?:[2-7]|cn)(?:\s*(?:,|;|và|-)\s*(?:[2-7]|cn|chủ nhật))*$`)
	cellAlways  = regexp.MustCompile(`^(?:phát )?(?:thường xuyên|liên tục|hằng ngày|hàng ngày)(?:, (?:thường xuyên|liên tục))?$`)
	fromHead    = regexp.MustCompile(`^(?:từ|bắt đầu|ngày bắt đầu)(?: ngày)?(?: phát)?$`)
	untilHead   = regexp.MustCompile(`^(?:đến(?: hết)?|kết thúc|ngày kết thúc)(?: ngày)?(?: phát)?$`)
)

// readColumns reads the cells whose meaning is in the head of their column: "10"
// under "Thời lượng (phút)", "10 lần" under "Số lần phát".
func readColumns(p *prose, letter scheduler.Date) (out []demanded) {
	for _, c := range p.columns {
		words := strings.TrimSpace(p.fold[c.from:c.to])
		d := demanded{Demand: c.read(p, words, letter), from: c.from, to: c.from + len(words)}
		if !d.IsWish() && words != "" {
			out = append(out, d)
		}
	}
	return out
}

func (c column) read(p *prose, words string, letter scheduler.Date) scheduler.Demand {
	switch m := cellMinutes.FindStringSubmatch(words); {
	case m != nil && (strings.Contains(words, "phút") || hasOne(c.head, "thời lượng|phút|độ dài")):
		return c.minutes(amount(m[1]))
	}
	switch m := cellTimes.FindStringSubmatch(words); {
	case m != nil && hasOne(c.head, "lần|lượt|buổi|tần suất|số kỳ"):
		return c.times(amount(m[1]))
	case cellHours.MatchString(words) && strings.Contains(c.head, "giờ"):
		return scheduler.Demand{Hours: hoursIn(strings.NewReplacer(",", "h,", ";", "h,").Replace(words) + "h")}
	case cellDays.MatchString(words) && strings.Contains(c.head, "thứ"):
		return scheduler.Demand{Weekdays: weekdaysIn("thứ " + strings.ReplaceAll(words, "cn", "chủ nhật"))}
	case cellAlways.MatchString(words):
		return scheduler.Demand{Regular: true}
	}
	return c.end(p, letter)
}

// minutes are those of each airing, or of a day where the head says so.
func (c column) minutes(n int) scheduler.Demand {
	if hasOne(c.head, "/ngày|mỗi ngày|trong ngày|một ngày|/ ngày") {
		return scheduler.Demand{MinutesPerDay: n}
	}
	return scheduler.Demand{MinutesEach: n}
}

// times are airings in whatever the head says, or else in all.
func (c column) times(n int) scheduler.Demand {
	switch {
	case hasOne(c.head, "/ngày|mỗi ngày|trong ngày|một ngày|/ ngày"):
		return scheduler.Demand{PerDay: n}
	case hasOne(c.head, "/tuần|mỗi tuần|trong tuần|một tuần|/ tuần"):
		return scheduler.Demand{PerWeek: n}
	case hasOne(c.head, "/tháng|mỗi tháng|trong tháng|một tháng|/ tháng"):
		return scheduler.Demand{PerMonth: n}
	}
	return scheduler.Demand{Total: n}
}

// end reads the first or the last day where each has a column of its own.
func (c column) end(p *prose, letter scheduler.Date) scheduler.Demand {
	first, last := fromHead.MatchString(c.head), untilHead.MatchString(c.head)
	if !first && !last {
		return scheduler.Demand{}
	}
	b, end := readBound(p.fold, c.from)
	if end == c.from || b.month == 0 {
		return scheduler.Demand{}
	}
	if b = b.next(letter); first {
		return scheduler.Demand{From: b.first()}
	}
	return scheduler.Demand{Until: b.last()}
}
