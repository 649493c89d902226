package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var airWord = regexp.MustCompile(`tuyên truyền|phát|thời gian|thời lượng|tần suất|tiếp sóng|tiếp âm|cao điểm|phổ biến|thông tin|lượt|đưa tin|đọc|^từ |lần/|buổi|đợt|mỗi (?:ngày|tuần)`)

// sinceWords are what a period behind them is the time of, if no event comes
// between.
const sinceWords = `phát|mở chuyên mục|mở chuyên trang|mở đợt|tần suất|số lượt|số lần|đọc tin|dành |lên sóng|tuyên truyền|thời gian|tiếp sóng|tiếp âm|thời lượng|thông báo|lượt|0 lần|1 lần|2 lần|3 lần|4 lần|5 lần|6 lần|7 lần|8 lần|9 lần|lần/|buổi|đưa tin|đọc |nội dung số |nội dung mục |nội dung thứ |nội dung tại `

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
	if strings.HasPrefix(p.fold[i:], "trước ngày ") && p.playedBefore(i, to) {
		return true
	}
	if p.onAir {
		return p.columns != nil || !ofOccasion(before[strings.LastIndexByte(before, ':')+1:])
	}
	if strings.HasSuffix(before, "thời gian ") {
		before = ofSpan.ReplaceAllString(before, "")
	}
	if strings.TrimSpace(before) == "thời gian áp dụng:" {
		return true
	}
	last, after := lastAmong(before, sinceWords), ahead(p.fold, to, 120)
	if last >= 0 && opensSentence(before) && plays(after) && !isEvents(uptoAiring(after)) {
		return true
	}
	if last < 0 {
		if p.carriesOn(i) || thenAired.MatchString(after) && !isEvents(before) {
			return true
		}
		return opensSentence(before) && (after == "" || airWord.MatchString(after)) && !(isEvents(strings.TrimRight(after, " .")) && isEvents(strings.TrimRight(uptoAiring(after), " .")))
	}
	if strings.HasSuffix(before, "(") && bracketOf.MatchString(before) || isTimeOf(before) {
		return false
	}
	if endsInOne(before[:last], "ngừng ", "dừng ", "thôi ", "không ") {
		return false
	}
	return !ofOccasion(before) && !isEvents(airingRuns.ReplaceAllString(before[last:], ""))
}

// airingRuns is airing itself that goes on or begins.
var airingRuns = regexp.MustCompile(`^(?:phát(?: sóng| thanh)?|tuyên truyền|thời gian|tần suất)(?: này| cao điểm| các nội dung(?: trên| này)?)? (?:được |sẽ )?(?:kéo dài|bắt đầu|diễn ra|tổ chức)`)

// ofOccasion reports whether a time behind s is that of an occasion, such as a
// contest, that is named in s with nothing played since. A call to it is none.
func ofOccasion(s string) bool {
	event := lastAmong(s, occasions)
	return event >= 0 && !plays(s[event:]) && !strings.HasSuffix(s[:event], "kêu gọi ") && !strings.HasSuffix(s[:event], "vận động ")
}

// openings may stand before a period that opens a sentence.
var openings = regexp.MustCompile(`^(?:- |\+ )?(?:riêng |đề nghị |yêu cầu )?(?:(?:trong|suốt) (?:(?:thời gian|những ngày|dịp|đợt|tháng|tuần)(?: \p{L}+){0,8}|(?:\d{1,2}|hai|ba|bốn|năm|các|những) (?:ngày|tuần|tháng)(?: \p{L}+){0,3}),? ?\(?(?:từ mùng \d{1,2} đến mùng \d{1,2}, tức )?)?$`)

// opensSentence reports whether a sentence has nothing before a period, or only
// what the period is called: "Trong ba ngày Tết (từ ngày …".
func opensSentence(before string) bool {
	before = strings.TrimLeft(before, " ")
	return before == "" || len(before) < maxOpening && openings.MatchString(before)
}

// maxOpening bounds in bytes what a period is called.
const maxOpening = 120

// levels takes away words that only say whose stations are meant, of which one is
// the same as a word for handing something out.
var levels = strings.NewReplacer("cấp xã", "", "cấp huyện", "", "các cấp", "", "cùng cấp", "", "cấp cơ sở", "")

// uptoAiring is what stands before the first word for what stations do, which
// the time before it is of: an event behind it is only spoken of. Without such
// a word it is all.
func uptoAiring(after string) string {
	if at := places(after, " phát| đọc | tiếp sóng| tiếp âm| tuyên truyền| dành | duy trì| mở "); len(at) > 0 {
		after = after[:at[0]]
	}
	return levels.Replace(after)
}

// uptoEvent is s before the first word for something that has a time of its own.
func uptoEvent(s string) string {
	for _, words := range []string{eventWords, occasions} {
		if at := places(s, words); len(at) > 0 {
			s = s[:at[0]]
		}
	}
	return levels.Replace(s)
}

// openedBy reports whether what stands between two bytes opens a sentence, or is
// where something is put on the air, that then says that something is aired.
func (p *prose) openedBy(from, to int) bool {
	before := strings.TrimSpace(p.sentenceBefore(from))
	after := ahead(p.fold, to, 120)
	return hasOne(before, " loa ") || (before == "" || before == "thời điểm" || before == "vào dịp") && plays(after) && !isEvents(uptoAiring(after))
}
