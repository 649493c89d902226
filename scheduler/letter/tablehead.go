package letter

import (
	"regexp"
	"strings"
)

// maxHeadLine bounds the line with the head of a table in bytes.
const maxHeadLine = 400

var (
	cellHead = regexp.MustCompile(`^\s*(?:s?tt|số tt)\s*$`)
	// headWord is what the head of a table calls its columns.
	headWord = regexp.MustCompile(`^(?:(?:các )?nội dung|chủ đề|chuyên đề|chuyên mục|tên|thời lượng|thời gian|thời điểm|số (?:lần|lượt|buổi|phút)|lần phát|lượt phát|tần suất|giờ|khung giờ|buổi|ngày|thứ|từ(?: ngày)?|đến(?: ngày)?|tuần|đợt|kỳ|tháng|chương trình|đơn vị|ghi chú|hình thức|đối tượng|thể loại|thông điệp|lịch|phát)(?:[^\p{L}]|$)`)
	// topicHead is the column that says what is to be publicised.
	topicHead = regexp.MustCompile(`nội dung|chủ đề|chuyên đề|tên |thông điệp|đề tài|tin,? bài|khẩu hiệu`)
	// whenHead is a column that says when.
	whenHead = regexp.MustCompile(`^(?:giờ|khung giờ|thời gian|thời điểm|buổi|ngày|thứ|tuần|đợt|lịch)`)
	// rowName is what a row without a number begins with, where cells stand one
	// behind the other: a time, or the name of a topic.
	rowName = regexp.MustCompile(`^(?:\d|thứ |chủ nhật|sáng|trưa|chiều|tối|ngày |từ |tuần |đợt |tháng |nội dung (?:số )?\d|mục \d|bài (?:số )?\d|buổi )`)
	// nameOnly is a cell that only names a topic listed elsewhere.
	nameOnly = regexp.MustCompile(`^(?:các )?(?:nội dung|mục|điểm|khoản|nhóm|ý|bài|phần)(?: (?:tại|ở|tuyên truyền))?(?: (?:mục|điểm|khoản))?(?: số)? ` + label + `(?:(?:,| và|;|-|,? nội dung) ?` + label + `)*(?: mục [ivx]{1,4})?\.?$`)
)

// maxHeadCell bounds what a head calls one column in bytes.
const maxHeadCell = 60

// mayHead is a cheap look at whether a line can be the head of a table.
func mayHead(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && strings.IndexByte("SsTtNGCBKL\xc4", s[0]) >= 0 && (hasOne(s, "TT|tt|  ") || len(s) <= maxHeadCell) && hasOne(s, "TT|tt|ội dung|ỘI DUNG|hủ đề|hời |HỜI |iờ|IỜ|hứ|uần|ợt|ần|ượt|gày|ên |hông điệp|hương trình")
}

// headsColumns reports whether a line is the head of a table without numbers:
// each of its columns is called something that heads call columns.
func headsColumns(l line) bool {
	cells := columnsOf(l)
	for _, c := range cells {
		if !headsCell(fold(c.text)) {
			return false
		}
	}
	return len(cells) > 1
}

// headsCell reports whether folded words are what heads call a column.
func headsCell(folded string) bool {
	folded = strings.TrimSpace(folded)
	return len(folded) <= maxHeadCell && headWord.MatchString(folded) && !strings.ContainsAny(folded, "0123456789;:.") && !strings.HasSuffix(folded, ",")
}

// topicColumn is the column that says what is to be publicised; -1 where the
// table only says when something is aired.
func (t *table) topicColumn() int {
	first := 0
	if t.numbered {
		first = 1
	}
	schedule := false
	for i := first; i < len(t.heads); i++ {
		if topicHead.MatchString(t.heads[i]) {
			return i
		}
		schedule = schedule || whenHead.MatchString(t.heads[i]) && strings.Contains(strings.Join(t.heads, " "), "chương trình")
	}
	if schedule || !t.numbered {
		return -1
	}
	return first
}

// namesOnly reads a cell that only names topics listed elsewhere, "Nội dung 1";
// it is nil for any other.
func namesOnly(folded string) []ref {
	folded = strings.TrimSpace(folded)
	if len(folded) > 80 || !nameOnly.MatchString(folded) {
		return nil
	}
	return labelsIn(folded)
}
