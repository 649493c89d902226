package letter

import (
	"regexp"
	"strings"
	"unicode"

	"loaphuong/scheduler"
)

// takeIssuer finds the office that writes: the last one named before number,
// subject and kind, under those it belongs to. Two offices of one rank write
// together.
func (h *letterhead) takeIssuer(cells []line) {
	var offices [][]line
	for _, cell := range cells {
		folded := fold(cell.text)
		if aboutLine.MatchString(folded) || headKind.MatchString(folded) && len(offices) > 0 {
			break
		}
		if !shouted(cell.text) {
			continue
		}
		n := len(offices)
		if n == 0 || isOffice(folded) && !standing.MatchString(folded) && !unfinished(offices[n-1]) {
			offices = append(offices, nil)
			n++
		}
		offices[n-1] = append(offices[n-1], cell)
	}
	if len(offices) == 0 {
		return
	}
	last := len(offices) - 1
	for last > 0 && (together(offices[last-1], offices[last]) || h.joint() && ofOnePlace(offices[last-1], offices[last])) {
		last--
	}
	h.nameIssuer(offices[last:])
}

// nameIssuer joins the names of the offices that write.
func (h *letterhead) nameIssuer(offices [][]line) {
	var names []string
	for _, office := range offices {
		var words []string
		for _, cell := range office {
			words = append(words, strings.Fields(cell.text)...)
			h.spans.Issuer = append(h.spans.Issuer, scheduler.Span{From: cell.at, To: cell.at + len(cell.text)})
		}
		names = append(names, strings.Trim(strings.Join(words, " "), " *.-–"))
	}
	h.issuer = strings.Join(names, " - ")
}

// shouted reports whether a cell is set in capitals, as offices and kinds are.
func shouted(cell string) bool {
	return strings.ContainsFunc(cell, unicode.IsUpper) && !strings.ContainsFunc(cell, unicode.IsLower)
}

var openName = regexp.MustCompile(`^(?:ủy ban nhân dân|hội đồng nhân dân|ban chấp hành|ban thường vụ|ban thường trực|ủy ban mặt trận tổ quốc|ủy ban mttq|văn phòng|đảng bộ|đảng ủy|ban chỉ đạo)$`)

// unfinished reports whether the name of an office cannot end here: "UỶ BAN
// NHÂN DÂN" goes on with whose.
func unfinished(office []line) bool {
	last := fold(office[len(office)-1].text)
	return len(office) == 1 && openName.MatchString(last) || openEnd.MatchString(last) || strings.HasSuffix(last, " và") || strings.HasSuffix(last, ",")
}

// openEnd is a word that the name of a place follows.
var openEnd = regexp.MustCompile(`(?:^| )(?:khu vực|tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|xã|phường|liên huyện|vùng|số|của|các|và)\.?$`)

// standing is a board that means nothing without the name above it.
var standing = regexp.MustCompile(`^ban (?:thường vụ|thường trực)$`)

var rank = regexp.MustCompile(`^[-– ]*(sở|phòng|ban tuyên giáo|công an|hội|liên đoàn|tỉnh đoàn|huyện đoàn)(?:[^\p{L}]|$)`)

// together reports whether two offices, one under the other, write together:
// a dash ties them, or both are departments of one rank.
func together(a, b []line) bool {
	last, first := a[len(a)-1].text, b[0].text
	if strings.HasSuffix(last, "-") || strings.HasSuffix(last, "–") || strings.HasPrefix(first, "-") || strings.HasPrefix(first, "–") {
		return true
	}
	x, y := rank.FindStringSubmatch(fold(a[0].text)), rank.FindStringSubmatch(fold(first))
	return x != nil && y != nil && x[1] == y[1] && (x[1] == "sở" || x[1] == "phòng")
}

// jointNumber is the symbol of what several offices write together: "KHLN",
// "CTPH", "KHLT".
var jointNumber = regexp.MustCompile(`/(?:KH|CTr?|HD|QC|NQ|TT|TB|TTr|CV)(?:LN|LT|PH)`)

// joint reports whether the number says that several offices write together.
func (h *letterhead) joint() bool {
	return jointNumber.MatchString(strings.ReplaceAll(h.number, " ", ""))
}

var placeIn = regexp.MustCompile(`^(?:.* )?((?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường) .+)$`)

// ofOnePlace reports whether two offices, neither of them the people's committee
// above the other, are those of one place.
func ofOnePlace(a, b []line) bool {
	x, y := placeIn.FindStringSubmatch(nameOf(a)), placeIn.FindStringSubmatch(nameOf(b))
	return x != nil && y != nil && x[1] == y[1] && !strings.HasPrefix(nameOf(a), "ủy ban nhân dân") && !strings.HasPrefix(nameOf(a), "ubnd")
}

// nameOf is the folded name of an office.
func nameOf(office []line) string {
	var words []string
	for _, cell := range office {
		words = append(words, strings.Fields(fold(cell.text))...)
	}
	return strings.Join(words, " ")
}
