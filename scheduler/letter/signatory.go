package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

var (
	// onBehalf stands before whom somebody signs for: "KT. GIÁM ĐỐC".
	onBehalf = regexp.MustCompile(`^(?:(?:tm|kt|tl|tuq|t/m|k/t|t/l)\s?[./]+\s?|(?:tm|kt|tl|tuq|t/m|k/t|t/l) )`)
	// rankWord is in the name of every position.
	rankWord = regexp.MustCompile(`giám đốc|chủ tịch|chủ nhiệm|bí thư|trưởng|chánh|phó |tổng biên tập|chỉ huy|chính ủy|chính trị viên|ủy viên|thường trực|thủ trưởng|viện phó|phụ trách|hiệu phó|đội phó|bộ trưởng|thứ trưởng`)
	// ranksAgain finds a second position run together with whom it stands for.
	ranksAgain = regexp.MustCompile(` (?:phó |chánh |trưởng |ủy viên|giám đốc|chủ tịch|bí thư)`)
	// restOfRank is a line that goes on with the office in the position above it.
	restOfRank = regexp.MustCompile(`^(?:và|thể thao|thương binh|kiêm) `)
	signNoise  = regexp.MustCompile(`ký|signed|chữ ký|đóng dấu|[:;/@\d]`)
	title      = regexp.MustCompile(`^(?:(?:TS|ThS|Ths|PGS|GS|BS|BSCK[I]*|BS\.?\s?CK[I]*|CN|KS|DS|LS|TTND|TTƯT|NSƯT|CKI+)\.?\s?[.,-]?\s?)+|^(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy|tướng)\s+`)
)

// signed is a cell of the foot that names a position or a person.
type signed struct {
	line
	row, col int
	rank     bool
}

// takeSignatory reads who signed: the first name under a position, the one on
// the right where two stand side by side, and that person's own position.
func (h *letterhead) takeSignatory(foot []line) {
	var ranks []signed
	var name *signed
	beside := false
	for _, c := range signedCells(foot) {
		switch {
		case c.rank && name == nil:
			ranks = append(ranks, c)
		case c.rank || len(ranks) == 0:
		case name == nil || c.row == name.row && c.col > name.col:
			beside = beside || name != nil
			name = &c
		}
	}
	if name == nil {
		return
	}
	bare := name.part(len(title.FindString(name.text)), len(name.text))
	var position []string
	for _, rank := range positionOver(ranks, name, beside || twoAbreast(ranks)) {
		position = append(position, rank.text)
		h.spans.Signatory = append(h.spans.Signatory, rank.span(0, len(rank.text))...)
	}
	h.signatory = scheduler.Signatory{Name: strings.Join(strings.Fields(bare.text), " "), Position: strings.Join(position, " ")}
	h.spans.Signatory = append(h.spans.Signatory, bare.span(0, len(bare.text))...)
}

// signedCells are the positions and names of a foot, in order.
func signedCells(foot []line) []signed {
	var out []signed
	for row, l := range foot[:min(len(foot), maxHead)] {
		for _, cell := range footCells(l) {
			col := utf8.RuneCountInString(l.text[:cell.at-l.at])
			switch {
			case bulletOf(cell.text) != "" || len(cell.text) > 120:
			case isRank(cell.text):
				out = append(out, signed{cell, row, col, true})
			case isName(cell.text), len(out) > 0 && out[len(out)-1].rank && row-out[len(out)-1].row > 1 && isMononym(cell.text):
				out = append(out, signed{cell, row, col, false})
			}
		}
	}
	return out
}

// footCells cuts a line of the foot into cells, also where copies and signature
// have run together.
func footCells(l line) []line {
	var out []line
	for _, c := range cellsOf(l) {
		if m := runTogether.FindStringSubmatchIndex(c.text); m != nil {
			out = append(out, c.part(0, m[2]), c.part(m[2], len(c.text)))
			continue
		}
		out = append(out, c)
	}
	return out
}

var runTogether = regexp.MustCompile(`^(?:[-–•+]|[Nn]ơi|NƠI).*?(?:nhận:|NHẬN:|[;.,)]) ((?:(?:TM|KT|TL|TUQ|Q)\.|[KT]/[TML]).*|\p{Lu}{3,}(?: \p{Lu}{2,})+)$`)

// isRank reports whether a cell names a position, or whom somebody signs for.
func isRank(cell string) bool {
	folded := fold(cell)
	if onBehalf.MatchString(folded) {
		return true
	}
	return (rankWord.MatchString(folded) || restOfRank.MatchString(folded) && shouted(cell)) && !strings.ContainsAny(cell, ":;()@") && (shouted(cell) || capitals(cell) >= 2)
}

// isName reports whether a cell is the name of a person: two to six words,
// each with a capital.
func isName(cell string) bool {
	cell = cell[len(title.FindString(cell)):]
	words := strings.Fields(cell)
	return len(words) >= 2 && len(words) <= 6 && capitals(cell) == len(words) && !signNoise.MatchString(fold(cell)) && (!isOffice(fold(cell)) || strings.HasPrefix(fold(cell), "đoàn "))
}

// isMononym reports whether a cell is a name of one word, as some peoples of
// the highlands have.
func isMononym(cell string) bool {
	return capitals(cell) == 1 && !strings.Contains(cell, " ") && !shouted(cell) && !signNoise.MatchString(fold(cell)) && len(cell) > 2
}

// capitals counts the words that begin with a capital letter.
func capitals(s string) (n int) {
	for _, word := range strings.Fields(s) {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// positionOver is the last position in the column of a name, without the words
// that say for whom it is taken; beside tells that two people sign side by side.
// "THƯỜNG TRỰC" and "VÀ TRUYỀN THÔNG" go on with the line above them.
func positionOver(ranks []signed, name *signed, beside bool) []line {
	var best []line
	for _, r := range ranks {
		if beside && distance(r.col, name.col) > 30 {
			continue
		}
		own := ownRank(r.line)
		switch {
		case (fold(own.text) == "thường trực" || restOfRank.MatchString(fold(own.text))) && len(best) > 0:
			best = append(best, own)
		case own.text != "":
			best = []line{own}
		}
	}
	return best
}

// twoAbreast reports whether two people sign side by side.
func twoAbreast(ranks []signed) bool {
	for i := 1; i < len(ranks); i++ {
		if ranks[i].row == ranks[i-1].row {
			return true
		}
	}
	return false
}

// ownRank is the position of the signer in a cell; none where the cell only
// says for whom.
func ownRank(cell line) line {
	folded := fold(cell.text)
	m := onBehalf.FindString(folded)
	if m == "" {
		return cell
	}
	if again := ranksAgain.FindStringIndex(folded[len(m):]); again != nil {
		return cell.part(len(m)+again[0], len(cell.text))
	}
	return line{}
}
