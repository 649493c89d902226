package letter

import (
	"regexp"
	"strings"
)

// Groups of topics: under "Nhóm 1." or another heading of topics, under "Đợt 1
// (từ ngày …)" and other phases of a campaign, each with a time of its own.

const ordinalWord = `(\d{1,2}|[ivxIVX]{1,4}|nhất|hai|ba|tư|năm)`

var (
	groupMark = regexp.MustCompile(`^(?:N[Hh][Óó][Mm](?: (?:[Nn]ội dung|NỘI DUNG))?|[Cc]hủ đề|[Cc]huyên đề)(?: số| thứ)? ` + ordinalWord + `(?:\s*[.:)–-]\s*|\s+\(|\s*$)`)
	phaseMark = regexp.MustCompile(`^((?:Đ[ợỢ][tT]|T[uU][ầẦ][nN]|Giai đoạn|Kỳ)(?: thứ)? ` + ordinalWord + `)\s*(?:[(:.,–-]|$)`)
	// groupHead begins the heading of a group of topics.
	groupHead = regexp.MustCompile(`^(?:về )?(?:(?:các )?nhóm|(?:các )?nội dung (?:phát|tuyên truyền|ưu tiên|trọng tâm|thường xuyên)|lĩnh vực|mảng)(?:[^\p{L}]|$)`)
	// phaseLead begins an item that says when, up to where the time begins.
	phaseLead = regexp.MustCompile(`^(?:trong )?(?:đợt|tuần|giai đoạn|kỳ)(?: thứ)? (?:\d{1,2}|[ivx]{1,4}|nhất|hai|ba|tư|năm) ?(?:[(:,–-] ?)?(?:thời gian:? )?`)
	// onlyWhen begins what says how often or when rather than what.
	onlyWhen = regexp.MustCompile(`^\s*(?:\d{1,2}(?: ?(?:lần|lượt|buổi|phút|giờ|h)|/)|mỗi|ít nhất|tối thiểu|không dưới|thường xuyên|liên tục|từ (?:nay|ngày|tháng|\d)|đến (?:hết|ngày|tháng|\d)|(?:vào )?ngày \d|vào |lúc |(?:hằng|hàng) (?:ngày|tuần|tháng)|trước|trong (?:tháng|quý|tuần|ngày|các|thời|suốt|dịp)|xen|cao điểm|tập trung (?:vào|trước)|phát |thời (?:gian|lượng)|tần suất|như sau|các nội dung (?:trên|này|nêu)|nội dung (?:trên|này|nêu))`)
)

// groupOf reads the marker of a group at the beginning of a line. That of a
// phase with words behind it stays in the text, which says when.
func groupOf(window string) (marker, bool) {
	if !hasOne(ahead(window, 0, 20), "hóm |HÓM |hủ đề |huyên đề |ợt |ỢT |uần |UẦN |iai đoạn |Kỳ ") {
		return marker{}, false
	}
	if m := groupMark.FindStringSubmatchIndex(window); m != nil {
		return marker{label: window[m[2]:m[3]], group: true, level: levelGroup, size: len(strings.TrimRight(window[:m[1]], "("))}, true
	}
	if m := phaseMark.FindStringSubmatch(window); m != nil {
		return marker{label: m[1], level: levelGroup}, true
	}
	return marker{}, false
}

// marked is the first item below that is no plain paragraph and orders
// something, or nil.
func (it *item) marked() *item {
	for _, sub := range it.below[:min(len(it.below), 4)] {
		if sub.level != levelPlain && sub.level != levelCell && !sub.aside() {
			return sub
		}
	}
	return nil
}

// overTopics reports whether the item, which says when or how often, does so of
// the topics below it.
func (it *item) overTopics() bool {
	if it.level >= levelPlain || len(it.below) == 0 || len(it.clauses) != 1 {
		return false
	}
	first := it.marked()
	return first != nil && (it.group || groupHead.MatchString(it.fold) || phaseLead.MatchString(it.fold) || it.onlyPeriod() || first.orders() || first.commands())
}

// overSeveral reports whether the item is a title over bullets that are topics
// each: one has a time of its own, or the title speaks of several things.
func (it *item) overSeveral() bool {
	if !it.titles() && !(len(it.clauses) == 1 && it.clauses[0].end == ':') || len(it.below) < 2 || len(it.text) > maxHeading {
		return false
	}
	first := it.marked()
	if first == nil || first.level < levelBullet {
		return false
	}
	if !spreads.MatchString(it.fold) && (first.orders() || first.commands()) || severalHead.MatchString(it.fold) && thing.MatchString(first.fold) {
		return true
	}
	for _, sub := range it.below {
		if len(sub.demands) > 0 && sub.level == first.level && !sub.aside() {
			return true
		}
	}
	return false
}

var (
	severalHead = regexp.MustCompile(`(?:^|[^\p{L}])(?:các|những|một số) (?:ngày|dịp|sự kiện|hoạt động|nội dung|văn bản|luật|chính sách|chủ đề|nghị quyết|nghị định)(?:[^\p{L}]|$)`)
	thing       = regexp.MustCompile(`^(?:kỷ niệm|ngày|tháng|lễ|tết|đại hội|tuyên truyền|luật|nghị định|nghị quyết|quyết định|kế hoạch|chỉ thị|công văn|cuộc|hội|tuần lễ|phong trào)(?:[^\p{L}]|$)`)
)

// ordersInPhase reports whether the item says when, and behind it what is to be
// made known then: "Đợt 1 (từ ngày …): Tuyên truyền …".
func (it *item) ordersInPhase() bool {
	if len(it.clauses) < 2 || it.clauses[0].end != ':' {
		return false
	}
	rest := it.clauses[1]
	what := it.fold[rest.from:rest.to]
	if phaseLead.MatchString(it.head()) {
		return !onlyWhen.MatchString(what)
	}
	return len(it.demands) > 0 && it.demands[0].from < shortLead && it.demands[0].to <= rest.from && it.opensMatter(rest)
}

// notMatter begins the words before a colon that say when, where or who airs.
var notMatter = regexp.MustCompile(`^(?:về )?(?:buổi|sáng|trưa|chiều|tối|ngày|thứ|chủ nhật|cấp|tại|đối với|riêng|ở|trên|khung|từ|khi|nếu|đợt|tuần|tháng|giai đoạn|loa|hình thức|phương thức|cách thức|các|những|mỗi|thời|tần suất|số|giờ|cao điểm|phát|tiếp|nội dung|mục|nhóm|yêu cầu|lưu ý|ghi chú|ubnd|đài|hệ thống|trung tâm|trạm|lịch|lần|tài liệu|văn bản|file|đĩa|kinh phí|nguồn|âm thanh|chế độ|tổ chức)(?:[^\p{L}]|$)`)

// namesMatter reports whether an item with a demand names a matter first and
// says how often behind it: "Phòng cháy rừng: ngày 02 lần".
func (it *item) namesMatter() bool {
	head := it.head()
	if name := namedBefore.FindStringSubmatch(it.fold[:it.demands[0].from]); name != nil && it.isMatter(name[1]) {
		return true
	}
	return len(it.clauses) > 1 && it.demands[0].from >= it.clauses[1].from && it.isMatter(head)
}

// namedBefore is a name before brackets or a dash that say how it is aired:
// "Phòng cháy rừng (phát 03 lần/ngày)".
var namedBefore = regexp.MustCompile(`^([^.;:()]{8,120}?) (?:\(|[-–] )(?:phát|đọc|thời lượng|tần suất|thời gian)?[^.;()]{0,24}$`)

// isMatter reports whether the words at the head of a list item can be what is
// made known rather than when, where or by whom.
func (it *item) isMatter(head string) bool {
	return !it.onAir && it.level < levelPlain && strings.Count(head, " ") > 1 && len(head) < maxHeading && !onlyIf.MatchString(head+": ") &&
		!closingWords.MatchString(head) && !notMatter.MatchString(head) && !isOffice(head) && !spreads.MatchString(head)
}

// opensMatter reports whether a clause orders a matter rather than saying only
// how it is aired.
func (p *prose) opensMatter(c clause) bool {
	m := opener.FindString(p.fold[c.from:c.to])
	return p.opens(c) && !onlyWhen.MatchString(p.fold[c.from+len(m):c.to])
}

// groupStep begins the name of a group that is counted for itself.
const groupStep = "nhóm "

// step is the item's label among the sections around what is below it.
func (it *item) step() string {
	if it.group {
		return groupStep + strings.TrimPrefix(strings.ToLower(it.label), "0")
	}
	return it.label
}

// onlyPeriod reports whether the item is a period and nothing else.
func (it *item) onlyPeriod() bool {
	return len(it.demands) == 1 && it.demands[0].from == 0 && !it.demands[0].rate() && len(it.text)-it.demands[0].to < 3
}
