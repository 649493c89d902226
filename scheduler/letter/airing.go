package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words that tell whether a figure, a day or an hour is one of airing. They are
// looked for in folded text.
const (
	// airWords are any words for being on the air.
	airWords = `phát|tuyên truyền|thời lượng|tần suất|tiếp sóng|tiếp âm|số lần|số lượt|đưa tin|truyền thanh|loa |bản tin|chuyên mục|thông báo|đọc |buổi|thông tin|lượt|giới thiệu|riêng nội dung|nội dung này|các nội dung|mỗi nội dung|nội dung số |nội dung mục |nội dung thứ |nội dung tại |tăng lên|nâng lên|tăng thêm|thời gian:|thời gian thực hiện:`
	// onAirWords are those that say that something is aired, whole words.
	onAirWords = `lên loa|lên sóng|mở loa|phát|phát sóng|phát thanh|phát lại|phát vào|phát thêm|tiếp sóng|tiếp âm|đọc|thời lượng|tần suất|khung giờ|giờ phát|lịch phát|bản tin|chuyên mục|tăng thêm|đưa tin|tuyên truyền|thông báo|buổi|nội dung số|nội dung mục|nội dung thứ|thời gian:|thời gian thực hiện:`
	// playWords are what only stations do, whole words.
	playWords = `phát|đọc|tiếp sóng|tiếp âm`
	// weakWords are said of more than the air.
	weakWords = `tuyên truyền|thông báo|đưa tin|bản tin|chuyên mục`
	// otherWords are what people do as often, and is not heard on the air.
	otherWords = `rửa|uống|phun|tưới|bón|dọn|vệ sinh|thu gom|tiêm|họp|kiểm tra|báo cáo|đo |cho ăn|khử|lau|súc|trực|giao ban|quét|ra quân|xét nghiệm|tập thể dục|diệt|thay nước|nộp|thu phí|khám|tuần tra|sinh hoạt|tổng hợp`
	// occasions are things that have a time of their own.
	occasions = `hội thi|hội diễn|hội nghị|lễ hội|giải bóng|giải thể thao|giải đấu|giải cầu|giải việt dã|cuộc thi|hội thao|triển lãm|đợt thi|tập huấn|lớp học|hiến máu`
)

var (
	// otherTime is before a time that is not one of airing.
	otherTime = regexp.MustCompile(`(?:trước|hồi|sau|khai mạc|bế mạc|tổ chức|diễn ra|bắt đầu|báo cáo|gửi|nộp|cấm|xong|đăng ký|hoàn thành|có mặt|tập trung|ngừng cung cấp|giờ trái đất|cắt điện|ngừng cấp điện|chậm nhất|hưởng ứng|hiệu lực|áp dụng|giao nộp|tiêm|niêm yết|lấy ý kiến|nhận hồ sơ|thời hạn|hạn)[^.;,]{0,60}$`)
	// timesBefore is a count of airings that says when those are.
	timesBefore = regexp.MustCompile(`(?:\d|một|hai|ba|bốn|năm) (?:lần|lượt|buổi|bận|cữ|kỳ|gương|tin|bài|số)(?: ?/ ?ngày| ?/ ?tuần| mỗi tuần| mỗi ngày)?[ ,:(]*(?:vào |lúc |gồm |là )*(?:buổi )?(?:sáng|trưa|chiều|tối)?(?: từ| lúc| vào)?:? ?$`)
	// aboutOther is what is done, where it is only spoken of.
	aboutOther = regexp.MustCompile(`về (?:các )?(?:nội dung|chuyên đề|chủ đề) (?:` + otherWords + `)[^.;,]{0,40}$`)
	onLoud     = regexp.MustCompile(`trên (?:hệ thống|loa|đài|sóng)|nội dung`)
)

// sentenceBefore is the folded text from the beginning of the sentence to byte i.
func (p *prose) sentenceBefore(i int) string {
	return p.fold[p.sentenceStart(i):i]
}

// sentenceStart is where the sentence that byte i stands in begins, at most
// [maxSentence] bytes before it.
func (p *prose) sentenceStart(i int) int {
	n, found := slices.BinarySearchFunc(p.clauses, i, func(c clause, at int) int { return c.from - at })
	if !found {
		n--
	}
	for n > 0 && p.clauses[n-1].end != '.' && i-p.clauses[n-1].from < maxSentence {
		n--
	}
	if n < 0 {
		return 0
	}
	start := min(p.clauses[n].from, i)
	return i - len(behind(p.fold[start:i], i-start, maxSentence))
}

// maxSentence bounds how far a demand looks for the words that it belongs to.
const maxSentence = 700

// aired reports whether what is counted between two bytes is airings: a word
// for that stands before it in the sentence, in it or right behind, and nothing
// else that people do comes between.
func (p *prose) aired(i, to int) bool {
	before := p.sentenceBefore(i)
	last, segment := lastAmong(before, airWords), max(strings.LastIndexAny(before, ",;:("), 0)
	switch {
	case hasOne(before[max(last, segment):], otherWords) && !aboutOther.MatchString(before[max(last, segment):]):
		return false
	case last >= 0:
		return true
	}
	return p.onAir || p.carriesOn(i) || strings.TrimRight(before, " :(") != strings.TrimRight(before, " ") || strings.TrimSpace(before) == "" || hasOne(ahead(p.fold, i, to-i+60), airWords)
}

// broadcastAt reports whether the time at byte i is one of airing.
func (p *prose) broadcastAt(i int) bool {
	before := withoutSending(p.sentenceBefore(i))
	if starts := starting.FindString(behind(before, len(before), 60)); starts != "" && saysOnAir(before) {
		before = strings.TrimSuffix(before, starts)
	}
	if near := behind(before, len(before), 60); hasOne(near, " lần| lượt| buổi| bận| cữ| kỳ| gương| tin| bài| số") && timesBefore.MatchString(near) && !hasOne(before, otherWords) {
		return true
	}
	last, word := lastWhole(before, onAirWords)
	if last < 0 {
		return (p.onAir || p.carriesOn(i)) && !otherTime.MatchString(before)
	}
	segment := before[max(strings.LastIndexAny(before, ",;:("), 0):]
	if otherTime.MatchString(segment) && !plays(segment) || p.weakly(before, last, word) {
		return false
	}
	return !otherTime.MatchString(before[last:]) && !hasOne(before[last:], otherWords)
}

// maxWeak bounds in bytes what may stand between a word that is not only said of
// the air and a time that it is to happen at.
const maxWeak = 24

// weakly reports whether a word that is not only said of the air stands too far
// before a time: "tuyên truyền lịch tiêm vào thứ Hai" is no time of airing.
func (p *prose) weakly(before string, at int, word string) bool {
	return hasOne(word, weakWords) && len(before)-at > len(word)+maxWeak && !plays(before) && !onLoud.MatchString(before[at:])
}

// plays reports whether folded words say that something is played.
func plays(words string) bool {
	at, _ := lastWhole(words, playWords)
	return at >= 0
}

// saysOnAir reports whether folded words say that something is aired.
func saysOnAir(words string) bool {
	at, _ := lastWhole(words, onAirWords)
	return at >= 0
}

// lastAmong is where the last of the words begins in s, -1 without any.
func lastAmong(s, words string) int {
	last := -1
	for word := range strings.SplitSeq(words, "|") {
		if i := strings.LastIndex(s[last+1:], word); i >= 0 {
			last += 1 + i
		}
	}
	return last
}

// lastWhole finds the last of the words that stands in s as a whole word.
func lastWhole(s, words string) (last int, found string) {
	last = -1
	for word := range strings.SplitSeq(words, "|") {
		for end := len(s); end > last; {
			i := strings.LastIndex(s[max(last, 0):end], word)
			if i < 0 {
				break
			}
			i += max(last, 0)
			if wholeAt(s, i, word) {
				last, found = i, word
				break
			}
			end = i + len(word) - 1
		}
	}
	return last, found
}

// wholeAt reports whether the word at byte i of s is no part of a longer one.
func wholeAt(s string, i int, word string) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsLetter(r) && !letterAt(s, i+len(word))
}

// lastMatch is where the last match of a pattern in s begins, -1 without one.
// Only the end of a match may be a mark, so that each piece between two marks
// is looked at by itself, the last one first.
func lastMatch(pattern *regexp.Regexp, s string) int {
	for end := len(s); end > 0; {
		from := strings.LastIndexAny(s[:end-1], ",.;:") + 1
		if all := pattern.FindAllStringIndex(s[from:end], -1); len(all) > 0 {
			return from + all[len(all)-1][0]
		}
		end = from
	}
	return -1
}
