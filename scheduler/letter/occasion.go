package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var airWord = regexp.MustCompile(`tuyên truyền|phát|thời gian|thời lượng|tần suất|tiếp sóng|tiếp âm|cao điểm|phổ biến|thông tin|lượt|đưa tin|đọc|^từ |lần/|buổi|đợt|mỗi (?:ngày|tuần)`)

// sinceWords are what a period behind them is the time of, if no event comes
// between.
const sinceWords = `phát|tuyên truyền|thời gian|tiếp sóng|tiếp âm|thời lượng|thông báo|lượt|0 lần|1 lần|2 lần|3 lần|4 lần|5 lần|6 lần|7 lần|8 lần|9 lần|lần/|buổi|đưa tin|đọc |nội dung số |nội dung mục |nội dung thứ |nội dung tại `

// eventWords are what a period behind them is the time of.
const eventWords = `diễn ra|tổ chức|khai mạc|bắt đầu|kéo dài|giai đoạn|bầu cử|họp|niêm yết|tiêm|giao nộp|nộp|nhận|báo cáo|gửi|đăng ký|hiệu lực|áp dụng|ngừng|cấm|thi đấu|nhiệm kỳ|năm học|hưởng ứng|hoàn thành|tạm dừng|làm việc|khám|cấp|lấy ý kiến|dự báo|mưa|bão|nắng|thực hiện việc|giảm|thời hạn|hạn chót|chi trả|chi qua|chi tiền|thu tiền|thu phí|nghỉ|giao dịch|sửa chữa|thi công|bảo trì|gieo|xuống giống|lấy nước|lấy máu|tiếp nhận|tuyển|chuyển|phong trào thi đua`

// maxToEvent is how many runes may stand between an event and its time.
const maxToEvent = 70

var timeOf = regexp.MustCompile(`^thời gian ((?:\p{L}+ ?){1,6})$`)

// isTimeOf reports whether s ends in the time of something other than airing:
// "thời gian treo cờ".
func isTimeOf(s string) bool {
	s = behind(s, len(s), 80)
	at := strings.LastIndex(s, "thời gian ")
	if at < 0 {
		return false
	}
	m := timeOf.FindStringSubmatch(s[at:])
	return m != nil && !hasOne(m[1], "phát|tuyên truyền|thực hiện|triển khai|đăng|đợt|cao điểm|từ|trong|là|bắt đầu|này|trên|tiếp|thông báo|bắt|kéo dài|cụ thể|nêu|dự kiến|tập trung|truyền|áp dụng|kể")
}

// bracketOf is behind a name in quotation marks, which the bracket that opens
// gives the time of.
var bracketOf = regexp.MustCompile(`[”"»] ?\($`)

// ofSpan is "thời gian" where it only leads to the days of something else.
var ofSpan = regexp.MustCompile(`(?:trong )?(?:trong|khoảng|suốt) thời gian $`)

var phase = regexp.MustCompile(`đợt \d+`)

// isEvents reports whether the time behind s is that of an event: one is named
// in the clause, not far before its end.
func isEvents(s string) bool {
	s = s[strings.LastIndexAny(s, ".;")+1:]
	if endsNear(s, eventWords, maxToEvent) {
		return true
	}
	all := phase.FindAllStringIndex(s, -1)
	return len(all) > 0 && utf8.RuneCountInString(s[all[len(all)-1][1]:]) <= maxToEvent
}

// endsNear reports whether one of the words stands in s with at most so many
// runes behind it.
func endsNear(s, words string, runes int) bool {
	end := len(s)
	for ; end > 0 && runes > 0; runes-- {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	for word := range strings.SplitSeq(words, "|") {
		if strings.Contains(s[max(end-len(word), 0):], word) {
			return true
		}
	}
	return false
}

// airsFrom reports whether the period between two bytes is one of airing:
// something of the kind is said before it in the sentence, or right behind,
// and since then nothing of which it could be the time.
func (p *prose) airsFrom(i, to int) bool {
	before := withoutSending(p.sentenceBefore(i))
	if p.onAir {
		return p.columns != nil || !ofOccasion(before[strings.LastIndexByte(before, ':')+1:])
	}
	if strings.HasSuffix(before, "thời gian ") {
		before = ofSpan.ReplaceAllString(before, "")
	}
	if strings.TrimSpace(before) == "thời gian áp dụng:" {
		return true
	}
	last := lastAmong(before, sinceWords)
	if last < 0 {
		after := ahead(p.fold, to, 120)
		if p.carriesOn(i) || thenAired.MatchString(after) && !isEvents(before) {
			return true
		}
		return strings.TrimSpace(strings.TrimPrefix(before, "riêng ")) == "" && (after == "" || airWord.MatchString(after)) && !isEvents(strings.TrimRight(after, " ."))
	}
	if strings.HasSuffix(before, "(") && bracketOf.MatchString(before) || isTimeOf(before) {
		return false
	}
	if endsInOne(before[:last], "ngừng ", "dừng ", "thôi ", "không ") {
		return false
	}
	return !ofOccasion(before) && !isEvents(before[last:])
}

// ofOccasion reports whether a time behind s is that of an occasion, such as a
// contest, that is named in s with nothing played since. A call to it is none.
func ofOccasion(s string) bool {
	event := lastAmong(s, occasions)
	return event >= 0 && !plays(s[event:]) && !strings.HasSuffix(s[:event], "kêu gọi ") && !strings.HasSuffix(s[:event], "vận động ")
}
