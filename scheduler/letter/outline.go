package letter

import (
	"regexp"
	"slices"
	"strings"
)

// item is a paragraph of the body with the items below it.
type item struct {
	marker
	*prose
	below []*item
}

// outline is the body of a letter: what stands before its list, the list, and
// what stands behind it.
type outline struct {
	intro, closing []*item
	list           []*item
	all            []*item // every paragraph in order
}

// outlineOf builds the tree of a body. The letter's own number is no citation.
func outlineOf(lines []string, head letterhead) (outline, error) {
	var o outline
	var path []*item // from an item of the list down to the last one read
	cites := 0
	for _, par := range paragraphs(lines) {
		it := &item{marker: par.marker, prose: newProse(par.text, head.date)}
		it.cited = slices.DeleteFunc(it.cited, func(c cited) bool { return head.own(c.Citation) })
		if cites += len(it.cited); cites > maxCitations {
			return o, tooMany("citations", maxCitations)
		}
		o.all = append(o.all, it)
		path = o.hang(it, path)
	}
	return o, nil
}

// hang puts an item where it belongs, and returns the path to it.
func (o *outline) hang(it *item, path []*item) []*item {
	switch {
	case it.level == levelPlain && len(o.list) == 0:
		o.intro = append(o.intro, it)
		return nil
	case it.level == levelPlain && it.closes(), it.label == "" && len(o.closing) > 0:
		o.closing = append(o.closing, it)
		return path
	}
	for len(path) > 0 && path[len(path)-1].level >= it.level {
		path = path[:len(path)-1]
	}
	if len(path) == 0 {
		o.list = append(o.list, it)
	} else {
		up := path[len(path)-1]
		up.below = append(up.below, it)
	}
	return append(path, it)
}

var (
	closingWords = regexp.MustCompile(`^(?:căn cứ|trên đây|nhận được|trân trọng|rất mong|trong quá trình|mọi |vậy[, ]|với (?:các )?nội dung|kính |giao |đề nghị|yêu cầu)`)
	wholeBracket = regexp.MustCompile(`^\(.*\)[ .;]*$`)
	requestWord  = regexp.MustCompile(`(?:đề nghị|yêu cầu|giao|trân trọng)[^\p{L}]`)
)

// closes reports whether an unmarked paragraph behind a list speaks of the
// letter as a whole again, rather than going on with the last item.
func (it *item) closes() bool {
	start := ahead(it.fold, 0, 200)
	return closingWords.MatchString(start) || it.bracketed() || strings.HasSuffix(it.text, "./.") ||
		officeAhead.MatchString(start) && requestWord.MatchString(start)
}

// bracketed reports whether the paragraph is a remark in brackets.
func (it *item) bracketed() bool {
	return it.fold != "" && it.fold[0] == '(' && it.mate[0] > 0 && wholeBracket.MatchString(it.fold)
}

var (
	// asideHead begins an item about how, when and who, which orders no topic.
	asideHead = regexp.MustCompile(`^(?:(?:về )?(?:mục đích|hình thức|thời gian|thời lượng|tần suất|thời điểm|phương thức|tổ chức thực hiện|kinh phí|nguồn kinh phí|` +
		`phân công|chế độ|trách nhiệm|đối tượng|khẩu hiệu|báo cáo|địa điểm|tiến độ|công tác báo cáo|yêu cầu))(?:[^\p{L}]|$)`)
	listHead  = regexp.MustCompile(`^(?:về )?(?:các |một số |những )?nội dung(?:[^\p{L}]|$)`)
	reportAsk = regexp.MustCompile(`(?:gửi|chế độ|tổng hợp) báo cáo|báo cáo (?:kết quả|về sở|về phòng)`)
)

// aside reports whether the item orders nothing itself.
func (it *item) aside() bool {
	head := it.head()
	switch {
	case it.bracketed():
		return true
	case asideHead.MatchString(head):
		return !strings.HasPrefix(head, "yêu cầu ") || !spreads.MatchString(head)
	case closingWords.MatchString(head):
		return !spreads.MatchString(it.fold) || reportAsk.MatchString(it.fold)
	}
	return false
}

// maxHeading is the length in bytes up to which a first clause is a heading.
const maxHeading = 120

// head is the first clause of the item, folded.
func (it *item) head() string {
	if len(it.clauses) == 0 {
		return ""
	}
	return it.fold[it.clauses[0].from:it.clauses[0].to]
}

// lists reports whether the item is only the heading of the topics below it:
// "II. NỘI DUNG", "1. Nội dung tuyên truyền:".
func (it *item) lists() bool {
	head := it.head()
	if len(head) > maxHeading {
		return false
	}
	shouting := len(it.below) > 0 && len(it.clauses) == 1 && shouted(it.text)
	return shouting || listHead.MatchString(head) && (len(it.below) > 0 || len(it.clauses) > 1)
}

// leads reports whether the item only leads to orders below it: "Tuyên truyền
// về chuyển đổi số, trong đó:" over items that each order something.
func (it *item) leads() bool {
	return len(it.below) > 0 && it.below[0].orders() && len(it.clauses) == 1 && it.clauses[0].end == ':' && !it.ordersDocument()
}
