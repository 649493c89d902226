package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layout is a letter in its parts, still in lines.
type layout struct {
	text      string // the whole letter, cleaned
	head      []line // up to the addressees, or to the body where there are none
	addressed bool   // it has "Kính gửi"
	body      []line
	foot      []line // copies and signatures
	annex     []line // what is ordered behind them; its heading comes first
}

var (
	kinhGui   = regexp.MustCompile(`(?:^\s*|\s{3,})(?:đồng )?kính gửi(?:[^\p{L}]|$)|(?:[ ,]|^)điện:\s*$`)
	footLine  = regexp.MustCompile(`^\s*(?:nơi nhận|nơi gửi)\s*(?::|\s{3,}|$)`)
	signature = regexp.MustCompile(`^\s*(?:(?:TM|KT|TL|TUQ|Q)\s?\.|[KT]/[TML]\.?)\s?\p{Lu}{2}`)
	bodyOpens = regexp.MustCompile(`^(?:thực hiện|căn cứ|để |nhằm |ngày |theo |triển khai|hưởng ứng|tiếp tục|tiếp theo|trong |vừa qua|hiện nay|sau khi|năm \d|tuyên truyền|đề nghị|nhân |qua |từ |thời gian |những |mùa |tình hình )`)
	// annexHead is the heading of something sent along behind the signature.
	annexHead = regexp.MustCompile(`^\s*(?:phụ lục|phụ biểu|danh mục|(?:một số |các )?khẩu hiệu|nội dung (?:tuyên truyền|phát thanh|thông tin)|đề cương|lịch (?:phát|tuyên truyền)|bài (?:phát thanh|tuyên truyền))(?:[^\p{L}]|$)`)
	// formHead is one that holds blanks to be filled in and sent back.
	formHead = regexp.MustCompile(`mẫu|biểu (?:số|tổng hợp)|báo cáo|phiếu|danh sách`)
)

// divide finds the parts of a letter.
func divide(text string) layout {
	lines := withoutPageNumbers(linesOf(text))
	greeting := -1
	for i, l := range lines {
		if hasOne(ahead(l.text, 0, 160), "ửi|ỬI|iện:|IỆN:") && kinhGui.MatchString(fold(ahead(l.text, 0, 160))) {
			greeting = i
			break
		}
	}
	parts := layout{text: text, addressed: greeting >= 0}
	start := 0
	if parts.addressed {
		parts.head = lines[:greeting]
		start = bodyFrom(lines, greeting)
	} else {
		start = headEnd(text, lines)
		parts.head = lines[:start]
	}
	end := footFrom(lines, start)
	parts.body = lines[start:end]
	annex := annexFrom(lines, end)
	parts.foot, parts.annex = lines[end:annex], lines[annex:formFrom(lines, annex)]
	return parts
}

// footFrom is the line at which copies and signatures begin.
func footFrom(lines []line, from int) int {
	for i := from; i < len(lines); i++ {
		start := strings.TrimSpace(ahead(lines[i].text, 0, 240))
		if start != "" && (strings.IndexByte("NnTKQ", start[0]) >= 0 && (footLine.MatchString(fold(start)) || signature.MatchString(start)) || isSignature(start)) {
			return i
		}
	}
	return len(lines)
}

// isSignature reports whether a line has nothing but positions of people who sign.
func isSignature(text string) bool {
	if len(text) > 160 || !shouted(text) {
		return false
	}
	cells := gapBetween.Split(text, -1)
	for _, cell := range cells {
		if folded := fold(strings.TrimSpace(cell)); !signing.MatchString(folded) {
			return false
		}
	}
	return true
}

// signing begins the position of somebody who signs.
var signing = regexp.MustCompile(`^(?:(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)[. /]|(?:phó |quyền )?(?:tổng )?(?:giám đốc|chủ tịch|bí thư|chủ nhiệm|hiệu trưởng|viện trưởng|cục trưởng|chi cục trưởng|đội trưởng|trạm trưởng|đài trưởng|trưởng (?:ban|phòng|đài|trạm|công an|đoàn|chi)|chánh văn phòng|thủ trưởng|chỉ huy trưởng)(?:[^\p{L}]|$))`)

// annexFrom is the line with the heading of what is sent along, behind the
// signature at line foot. A form to be filled in ends the letter.
func annexFrom(lines []line, foot int) int {
	for i := foot; i < len(lines); i++ {
		text := strings.TrimSpace(ahead(lines[i].text, 0, 200))
		folded := fold(text)
		if !annexHead.MatchString(folded) || !shouted(text) && !strings.HasPrefix(folded, "phụ ") {
			continue
		}
		if isForm(lines[i:]) {
			return len(lines)
		}
		return i
	}
	return len(lines)
}

// isForm reports whether a heading is of a form to be filled in.
func isForm(lines []line) bool {
	for _, l := range lines[:min(6, len(lines))] {
		if title := ahead(l.text, 0, 200); shouted(title) && formHead.MatchString(fold(title)) {
			return true
		}
	}
	return false
}

// formFrom is the line at which a form follows the appendix at line annex.
func formFrom(lines []line, annex int) int {
	for i := annex + 6; i < len(lines); i++ {
		if text := ahead(lines[i].text, 0, 200); annexHead.MatchString(fold(text)) && shouted(text) && isForm(lines[i:]) {
			return i
		}
	}
	return len(lines)
}

// bodyFrom is the first line behind the addressees, who begin at line greeting.
func bodyFrom(lines []line, greeting int) int {
	last, gap := lines[greeting].text, false
	for i := greeting + 1; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i].text)
		if text == "" {
			gap = true
			continue
		}
		if endsAddressees(last, text, gap) {
			return i
		}
		last, gap = text, false
	}
	return len(lines)
}

func endsAddressees(last, line string, gap bool) bool {
	mark := lastRune(last)
	opened := strings.HasSuffix(strings.TrimRight(fold(last), " :"), "kính gửi") || strings.HasSuffix(fold(last), "điện:")
	switch {
	case bulletOf(line) != "":
		return gap && mark == '.' && bodyOpens.MatchString(fold(strings.TrimLeft(line, "-–• ")))
	case numbered(line):
		return mark == '.' || gap && mark != ':' && mark != ';'
	case !startsSentence(line) || opened:
		return false
	case bodyOpens.MatchString(fold(ahead(line, 0, 40))) || mark == '.':
		return true
	case mark != ';' && mark != ',' && utf8.RuneCountInString(line) > widest:
		return true
	}
	return gap && mark != ':' && mark != ',' && mark != ';'
}

func startsSentence(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return !unicode.IsLower(r)
}

// lastRune is the last rune of a line that is no space.
func lastRune(line string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " "))
	return r
}
