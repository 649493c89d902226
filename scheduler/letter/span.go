package letter

import (
	"regexp"
	"time"

	"loaphuong/scheduler"
)

// lastingFor is a length of time before the day that it begins with: "trong 10
// ngày, kể từ ngày 05/3".
var lastingFor = regexp.MustCompile(`(?:^|[^\p{L}])(?:trong|suốt|liên tục|liên tiếp)(?: (?:vòng|thời gian|suốt))? (\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: \([^()]{1,12}\))? (ngày|tuần|tháng)(?: (?:liền|liên tục|liên tiếp))?,? \(?(?:tính |bắt đầu )?$`)

// lastAfter is the last day of a time that begins with the given day, where the
// letter says before byte i how long it lasts; no day where it does not.
func (p *prose) lastAfter(i int, from scheduler.Date) scheduler.Date {
	before := behind(p.fold, i, 60)
	if from.IsZero() || !hasOne(before, "trong|suốt|liên ") {
		return scheduler.Date{}
	}
	m := lastingFor.FindStringSubmatch(before)
	if m == nil {
		return scheduler.Date{}
	}
	days, months := amount(m[1])-1, 0
	switch m[2] {
	case "tuần":
		days = 7*amount(m[1]) - 1
	case "tháng":
		days, months = -1, amount(m[1])
	}
	return scheduler.DateOf(time.Date(from.Year, from.Month+time.Month(months), from.Day+days, 0, 0, 0, 0, time.UTC))
}
