package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Words that end the name of an office. They count in lower case only: "Ban
// Tổ chức" is an office. A steering committee has a verb in its name ("Ban Chỉ
// đạo phòng, chống …"), so behind it only the first group counts.
var (
	afterOffice = headsOf(`về|số|tại|cùng ngày|v/v|ngày|đề nghị|yêu cầu|đã`)
	verbAfter   = headsOf(`quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|công bố|triển khai|thực hiện|tổ chức|tuyên truyền|tăng cường|` +
		`thông báo|chỉ đạo|kết luận|phát động|phât động|phối hợp|kêu gọi|được|là|để|nhằm|tại|trên|trong|theo|kèm|gửi|đến|từ|có|ra quân|khuyến cáo|cảnh báo|phân công|` +
		`giao cho|giao các|giao phòng|giao ubnd|giao sở|giao đài|giao chỉ tiêu|giao nhiệm vụ|giao kế hoạch|giao trách nhiệm|giao quyền|giao dự toán|giao biên chế|chấn chỉnh|đẩy mạnh|` +
		`xử lý|xử phạt|điều chỉnh|bổ sung|thay thế|chủ trì|cho|nhân dịp|nhân ngày|chấp thuận|đồng ý|gồm|nêu|sẽ|bị|vừa|do|với|cùng|khi|nếu|mà|thì|rà soát|giải quyết|bảo đảm|đảm bảo|tiếp tục|chào mừng|kỷ niệm|hưởng ứng|xin|kính|vận động|đối với|cần|phải|cung cấp|biên soạn|lấy|cũng|còn|mới|hiện|đang|nay|trước|sau|như|về|liên quan`)
	offices = headsOf(`sở|bộ|cục|tổng cục|vụ|ban|ủy ban|ubnd|hđnd|hội đồng|ubmttq|mttq|phòng|đài|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|hội|liên đoàn|liên hiệp|tổng liên đoàn|` +
		`công an|công đoàn|tổng hội|hiệp hội|quỹ|học viện|thư viện|bảo tàng|trung đoàn|lữ đoàn|sư đoàn|tiểu đoàn|cảng vụ|đội|xí nghiệp|hợp tác xã|văn phòng|trung tâm|chính phủ|thủ tướng|chủ tịch|quốc hội|báo|trường|chi cục|tỉnh đoàn|thành đoàn|quận đoàn|thị đoàn|huyện đoàn|đoàn|trung ương|mặt trận|bch|btv|bcđ|bộ chỉ huy|bảo hiểm|bhxh|điện lực|công ty|tổng công ty|tập đoàn|ngân hàng|` +
		`kho bạc|tòa án|viện|bệnh viện|trạm|hạt kiểm lâm|thanh tra|bưu điện|đồn|quân khu|nhà văn hóa|nhà máy|tiểu ban|tổ công tác|thường trực|ubtv|ủy viên|lđlđ|chi nhánh|phòng giao dịch|hạt|nhà thiếu nhi|chi đoàn|tttt|ttyt|ttvh`)
	// noOffice are words that only begin like an office.
	noOffice = headsOf(`báo cáo|báo chí|báo động|phòng chống|phòng, chống|phòng ngừa|phòng, ngừa|phòng cháy|phòng, cháy|phòng bệnh|phòng, bệnh|phòng trừ|phòng, trừ|phòng thủ|phòng, thủ|hội nghị|hội thi|hội thảo|hội diễn|hội viên|hội làng|ban hành|` +
		`đoàn kết|đoàn viên|đoàn xe|cục bộ|bộ luật|bộ tiêu chí|bộ phận|bộ máy|trường hợp|đài tưởng|vụ việc|vụ đông|vụ mùa|vụ xuân|sở hữu|sở thích|viện trợ|trạm biến`)
	kindAhead  = headsOf(kindWords)
	committees = headsOf(`ban chỉ đạo|ban chỉ huy|ban tổ chức|ban vận động|bcđ|btc`)
)

// isOffice reports whether folded text begins with the name of an office.
func isOffice(folded string) bool {
	return offices.begin(strings.TrimPrefix(folded, "các ")) && !noOffice.begin(folded)
}

// maxOffice bounds the name of an office in bytes.
const maxOffice = 220

// readIssuer reads "của UBND tỉnh" at byte i: the span of the office's name.
// The span is empty when nothing of the kind stands there.
func (p *prose) readIssuer(i int) (from, to int) {
	m := officeOf.FindString(ahead(p.fold, i, 24))
	if m == "" {
		return i, i
	}
	from = i + len(m)
	to = p.officeEnd(from)
	for to > from && strings.IndexByte(" ,-", p.text[to-1]) >= 0 {
		to--
	}
	return from, to
}

var officeOf = regexp.MustCompile(`^,?\s*(?:của|do|giữa)\s+(?:liên (?:ngành|tịch) )?`)

// Offices that stand before what they issued. The windows they are matched
// against are not folded.
var (
	// sender issues: "Ngày 05/8/2021, UBND tỉnh ban hành Công văn số …".
	sender = regexp.MustCompile(`(?:^|[.;,:(] ?|[Nn]gày ` + senderDay + ` )(?:([Nn]gày ` + senderDay + `),? )?(\p{Lu}[^.,;:()“”"]{2,120}?) (?:đã |vừa |mới )?(?:ban hành|có|ký|ra|thông qua|ký ban hành|phát hành|gửi) (?:các )?$`)
	// author speaks in it: "theo đề nghị của Sở Y tế tại Tờ trình số …".
	author = regexp.MustCompile(`^.*(?:của|được|do) (\p{Lu}[^.,;:()“”"]{1,120}?)(?: (?:chấp thuận|đồng ý|phê duyệt|chỉ đạo|giao|thống nhất|cho phép|quy định|ban hành|triển khai|nêu|hướng dẫn))* (?:tại|trong|theo) (?:các )?$`)
	// listHeader is said once before a list: "các văn bản của UBND tỉnh: …".
	listHeader = regexp.MustCompile(`(?:các|những) [\p{L} ]{2,40} của (\p{Lu}[^.,;:()“”"]{1,100}?)(?: như| sau| gồm)*: ?$`)
	// passed names office and day behind the number: "được Quốc hội thông qua ngày …".
	passed = regexp.MustCompile(`^,? ?(?:được|do) (\p{Lu}[^.,;:()“”"]{1,80}?) (?:đã )?(?:thông qua|ban hành|ký|ký ban hành|phê duyệt)`)
)

const senderDay = `(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})`

// readSender reads the issuer, and the date before it, from the left where the
// right gave none.
func (p *prose) readSender(c *cited) {
	if c.Issuer != "" {
		return
	}
	if m := passed.FindStringSubmatchIndex(ahead(p.text, c.head, 140)); m != nil && isOffice(ahead(p.fold, c.head+m[2], 40)) {
		c.Issuer = p.text[c.head+m[2] : c.head+m[3]]
		c.head += m[1]
		if c.Date.IsZero() {
			c.Date, c.head = readDate(p.fold, c.head)
		}
		return
	}
	window := behind(p.text, c.from, 200)
	if g := sender.FindStringSubmatch(window); g != nil && isOffice(fold(g[2])) {
		c.Issuer = g[2]
		if c.Date.IsZero() {
			c.Date, _ = readDate(fold(g[1]), 0)
		}
		return
	}
	if g := listHeader.FindStringSubmatch(window); g != nil && isOffice(fold(g[1])) {
		c.Issuer, c.headed = g[1], true
		return
	}
	if g := author.FindStringSubmatch(window); g != nil && isOffice(fold(g[1])) && !strings.Contains(g[1], " của ") {
		c.Issuer = g[1]
	}
}

// officeEnd walks word by word from the first word of an office's name to
// where the name ends.
func (p *prose) officeEnd(from int) int {
	committee := committees.begin(ahead(p.fold, from, 30))
	limit := min(from+maxOffice, len(p.text))
	for i := from; i < limit; {
		if p.officeStops(from, i, committee) {
			return i
		}
		space := strings.IndexByte(p.text[i:limit], ' ')
		end := limit
		if space >= 0 {
			end = i + space
		}
		if cut := p.wordEnd(i, end); cut < end {
			return cut
		}
		i = min(end+1, limit)
	}
	for !utf8.RuneStart(at(p.text, limit)) {
		limit--
	}
	return limit
}

// officeStops reports whether the word at byte i no longer belongs to the name.
func (p *prose) officeStops(from, i int, committee bool) bool {
	window := ahead(p.fold, i, 40)
	small := !upperAt(p.text, i)
	switch {
	case i == from:
		return false
	case p.committeeGoesOn(from, i):
		return false
	case strings.HasPrefix(window, "và "):
		return p.andEnds(from, i+len("và "))
	case small && afterOffice.begin(window), small && !committee && verbAfter.begin(window):
		return true
	case p.text[i-1] == ' ' && i > 1 && p.text[i-2] == ',':
		return p.commaEnds(i, committee)
	case p.text[i] == '-':
		return !upperAt(p.text, i+2)
	}
	return kindAhead.begin(window) && !small && numberSoon.MatchString(ahead(p.fold, i, 60))
}

var (
	ofCommittee = regexp.MustCompile(`^về (?:phòng|công tác|chuyển đổi|xây dựng|cải cách|biến đổi|hội nhập|an toàn|nông thôn|giảm nghèo|nhân quyền)`)
	// moreOfOffice are words that an office's name goes on with behind "và",
	// also where they are in small letters.
	moreOfOffice = regexp.MustCompile(`^(?:ph[áâ]t triển|truyền thông|du lịch|thể thao|xã hội|đào tạo|môi trường|công nghệ|đầu tư|công nghiệp|gia đình|thông tin|dân vận|trẻ em|tìm kiếm|thủy sản|xây dựng|khoa học|kiểm soát|truyền hình|dạy nghề|vệ sinh|bảo vệ|cứu nạn|phòng|nông thôn|ptnt|bảo trợ)(?:[^\p{L}]|$)`)
)

// committeeGoesOn reports whether "về …" at byte i says what a steering
// committee is for: "Ban Chỉ đạo Trung ương về phòng, chống thiên tai".
func (p *prose) committeeGoesOn(from, i int) bool {
	return p.fold[i] == 'v' && ofCommittee.MatchString(ahead(p.fold, i, 30)) && strings.Contains(p.fold[from:i], "ban chỉ đạo") &&
		endsIn(strings.TrimRight(behind(p.fold[from:i], i-from, 40), " "), "quốc gia|trung ương|chỉ đạo|tỉnh|huyện|thành phố|chính phủ")
}

// andEnds reports whether the name ends at the "và" whose next word is at byte
// i. A second "và" only ties on another office.
func (p *prose) andEnds(from, i int) bool {
	window := ahead(p.fold, i, 40)
	switch {
	case kindAhead.begin(window) && (!strings.HasPrefix(window, "kế hoạch") || numberSoon.MatchString(ahead(p.fold, i, 60))):
		return true
	case isOffice(window):
		return !upperAt(p.text, i)
	}
	if before := p.fold[from : i-len("và ")]; strings.Contains(before, " và ") && !isOffice(before[strings.LastIndex(before, " và ")+len(" và "):]) {
		return true
	}
	return !upperAt(p.text, i) && !moreOfOffice.MatchString(window)
}

var numberSoon = regexp.MustCompile(`^[\p{L} ]+ số `)

// commaEnds reports whether the name ends at the comma before byte i: "Sở Lao
// động, Thương binh và Xã hội" goes on, "UBND tỉnh, Sở …" and "UBND tỉnh, các
// đài …" do not. In a committee's name small words go on as well.
func (p *prose) commaEnds(i int, committee bool) bool {
	window := ahead(p.fold, i, 40)
	if isOffice(window) || kindAhead.begin(window) {
		return true
	}
	return !upperAt(p.text, i) && !committee
}

// wordEnd is where a word that carries a mark ends the name: at a semicolon, a
// bracket, a quotation mark or a sentence's end. Otherwise it is end.
func (p *prose) wordEnd(i, end int) int {
	for j, r := range p.text[i:end] {
		at := i + j
		if strings.ContainsRune(";:()[]“”\"…", r) {
			return at
		}
		if r == ',' && upperAt(p.text, at+1) && isOffice(ahead(p.fold, at+1, 40)) {
			return at
		}
		if after := dots(p.text, at); after > at && p.sentenceEnds(at, after) {
			return at
		}
	}
	return end
}

// at is byte i of s, or 0 behind its end.
func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
