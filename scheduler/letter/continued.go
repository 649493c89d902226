package letter

import (
	"regexp"
	"strings"
)

var (
	// goesOnAiring begins a sentence that says of what stands before it how it is
	// aired: "Thực hiện trong suốt tháng 3, tuần 3 lần."
	goesOnAiring = regexp.MustCompile(`^(?:thực hiện|triển khai|duy trì|bố trí)(?: thường xuyên| liên tục| đều đặn| đều)?,? (?:trong|từ|mỗi|vào|ngày|tuần|tháng|hằng|hàng|đến|cho đến|ít nhất|tối thiểu|\d)`)
	// airingRate is how often in such a sentence.
	airingRate = regexp.MustCompile(`(?:ngày|tuần|tháng) (?:ít nhất |tối thiểu |không dưới )?` + count + ` (?:lần|lượt|buổi|kỳ)|(?:lần|lượt|buổi|kỳ) ?(?:/|mỗi |một )(?:ngày|tuần|tháng)`)
	// starting is right before the hour at which airing begins.
	starting = regexp.MustCompile(`(?:bắt đầu|mở máy|lên sóng)(?: phát(?: sóng| thanh)?)?(?: từ| lúc| vào| khoảng)* ?$`)
	// sending takes away that something is sent along, which is no sending at a time.
	sending = strings.NewReplacer("gửi kèm", "kèm", "chuyển kèm", "kèm", "gửi theo", "kèm", "gửi cùng", "kèm")
)

// maxContinued bounds in bytes a sentence that only says how to air.
const maxContinued = 200

// carriesOn reports whether the sentence of byte i says how often to air what
// its paragraph tells before it, without a word for airing.
func (p *prose) carriesOn(i int) bool {
	start := p.sentenceStart(i)
	words := ahead(p.fold, start, maxContinued)
	if !hasOne(ahead(words, 0, 16), "thực hiện|triển khai|duy trì|bố trí") || !goesOnAiring.MatchString(words) {
		return false
	}
	told := behind(p.fold, start, maxSentence)
	return airingRate.MatchString(words) && !hasOne(told, otherWords) && !hasOne(told, "dạy |lớp |thi đấu") && !hasOne(words, otherWords)
}

// withoutSending is folded words without those for what is sent along.
func withoutSending(s string) string {
	if !strings.Contains(s, "kèm") && !strings.Contains(s, "gửi") {
		return s
	}
	return sending.Replace(s)
}
