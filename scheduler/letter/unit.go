package letter

import (
	"slices"
	"strings"
)

// unitMarks are the places in folded text of the days, weeks and months that a
// count is of: per those behind a stroke or its words, "2 lần/ngày", every those
// behind "mỗi", "hằng" and the like, "mỗi ngày 2 lần". Dates, of which a letter
// is full, are in neither.
func unitMarks(s string) (per, every []int) {
	for _, i := range places(s, "ngày|tuần|tháng") {
		before := behind(s, i, 8)
		if endsInOne(before, "/", "/ ", "mỗi ", "một ", "trong ", "trên ", "ằng ", "àng ", "/1 ", "/01 ", " 1 ", " 01 ") {
			per = append(per, i)
		}
		if endsInOne(before, "mỗi ", "một ", "ằng ", "àng ", "trong ", " 1 ", " 01 ") {
			every = append(every, i)
		}
	}
	return per, every
}

func endsInOne(s string, ends ...string) bool {
	return s != "" && strings.IndexByte("/ (", s[len(s)-1]) >= 0 && slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}
