package letter

import (
	"regexp"
	"slices"
	"strings"
)

// What a paragraph is there for, told by its words.
var (
	closingWords = regexp.MustCompile(`^(?:căn cứ|trên đây|nhận được|trân trọng|rất mong|trong quá trình|mọi |vậy[, ]|với (?:các )?nội dung|kính |giao (?:[^t]|t[^h])|đề nghị|yêu cầu|thời lượng|thời gian|tần suất|riêng |các nội dung|lịch (?:phát|tiếp|tuyên truyền)|nội dung (?:số|mục|tại|trên|\d)|ngoài ra,? (?:đề nghị|yêu cầu)|` +
		`vướng mắc|kết quả |thông tin chi tiết|chi tiết |đầu mối|liên hệ|kinh phí|báo cáo|các (?:đơn vị|địa phương|đài|cơ quan)|hội thi|giải |lễ |phát |bài viết|các file|tiếp âm|tiếp sóng|duy trì|khi có|nơi nhận|chỉ thị này|công điện này|thông báo này|kế hoạch này|công văn này)`)
	wholeBracket = regexp.MustCompile(`^\(.*\)[ .;]*$`)
	requestWord  = regexp.MustCompile(`(?:đề nghị|(?:kính|xin|trân trọng) nhờ|nhờ (?:quý|các)|kính mong|rất mong quý|yêu cầu|trân trọng|hướng dẫn|chỉ thị|ban hành|thông báo(?: đến| cho| tới| để))[^\p{L}]|giao (?:[^t]|t[^h])`)
	// asksFor leads to a list of topics.
	asksFor = regexp.MustCompile(`tuyên truyền|phổ biến|quán triệt|thông tin (?:về|trên|đến|các)|thông tin, |truyền thông|thông báo|phát(?: sóng| thanh)? (?:trên|các|những|nội dung|vào)|phát thanh|đăng tải|đăng, phát|đưa tin|phản ánh|khẩu hiệu|đọc `)
	// asideHead begins an item about how, when and who, which orders no topic.
	asideHead = regexp.MustCompile(`^(?:về )?(?:mục đích|(?:hình thức|thời gian)(?:,| và|$| tuyên truyền| phát| thực hiện| triển khai| áp dụng| từ)|thời lượng|tần suất|thời điểm|(?:tổ chức )?thực hiện$|tổ chức thực hiện|lịch (?:phát|tiếp|tuyên truyền|trong ngày|chuyên mục|chương trình|cụ thể)|khung giờ|giờ phát|(?:một số )?lưu ý|kinh phí|nguồn kinh phí|phân công|chế độ (?:thông tin|báo cáo)|` +
		`báo cáo|tiến độ|công tác báo cáo|duy trì|tiếp sóng|tiếp âm|đợt \d+|trách nhiệm (?:thực hiện|của các|tổ chức)|căn cứ)(?:[^\p{L}]|$)`)
	// asideTitle is the title of such an item, which may also begin a topic.
	asideTitle = regexp.MustCompile(`^(?:về )?(?:yêu cầu|phương thức|phương pháp|cách thức|tổ chức|đối tượng|phạm vi|quan điểm|mục tiêu|giải pháp|trách nhiệm|địa điểm|chế độ)(?:[^\p{L}]|$)`)
	listHead   = regexp.MustCompile(`^(?:về )?(?:các |một số |những |định hướng )?(?:nội dung|chủ đề)(?:[^\p{L}]|$)`)
	reportAsk  = regexp.MustCompile(`(?:gửi|chế độ|tổng hợp) báo cáo|báo cáo (?:kết quả|về|số liệu|ubnd|ủy ban|ban )|tổng hợp[^.;]{0,40}(?:gửi|báo cáo)|gửi (?:kết quả|lịch|số lượt)`)
	// actor is somebody who is told to do something.
	actor = regexp.MustCompile(`^(?:giao |đề nghị |yêu cầu )?(?:các (?:đơn vị|địa phương|ngành|cơ quan|phòng|ban|xã|huyện|đài|trường|thôn|khu|tổ|đoàn thể|cấp|sở|thành viên)|lãnh đạo |giám đốc |thủ trưởng |trưởng |chủ tịch |hệ thống |khối trưởng |đồng chí |công chức |cán bộ |bộ phận |ubnd|ủy ban nhân dân|buôn, thôn|thôn |địa phương)`)
	task  = regexp.MustCompile(`chủ trì|phối hợp|chỉ đạo|tham mưu|bố trí|tổng hợp|báo cáo|xây dựng|kiểm tra|theo dõi|tổ chức|trách nhiệm|cung cấp|hướng dẫn|thường xuyên|bảo đảm|đảm bảo|phân công|căn cứ|thực hiện|gửi|lập |kiểm đếm|rà soát|trực ban|sẵn sàng|đôn đốc|biên tập|biên soạn|đăng tải|triển khai|duy trì|tăng cường|phát (?:sóng|thanh)|thông báo`)
	// station is who airs.
	station = regexp.MustCompile(`(?:^|[^\p{L}])(?:đài|truyền thanh|loa|phát thanh|báo)(?:[^\p{L}]|$)`)
	// command begins an item that orders something to be made known.
	command = regexp.MustCompile(`^(?:(?:(?:đẩy mạnh|tăng cường|tiếp tục|tổ chức|chú trọng|tập trung) )?(?:công tác )?(?:thông tin,? )?(?:tuyên truyền|phổ biến|quán triệt|truyền thông)|đăng, phát|đăng phát|mở (?:các )?chuyên (?:mục|trang|đề)|phát (?:sóng|thanh|các)|thông báo|hướng dẫn (?:nhân dân|người|bà con|hội viên|các hộ|hộ)|vận động|khuyến cáo|cảnh báo|hưởng ứng|giới thiệu|biểu dương|phản ánh|thông tin |kêu gọi|nêu gương)`)
	// theseTopics refers to topics rather than being one.
	theseTopics = regexp.MustCompile(`(?:các |những )?nội dung (?:trên|nêu trên|này|nói trên|tuyên truyền trên|sau)`)
	eventItem   = regexp.MustCompile(`^(?:giải|hội thi|hội diễn|lễ|hội nghị|cuộc thi|đêm)[^.;]{0,120}(?:tổ chức|diễn ra|khai mạc)`)
)

// closes reports whether an unmarked paragraph behind a list speaks of the
// letter as a whole again, rather than going on with the last item.
func (it *item) closes() bool {
	start := ahead(it.fold, 0, 200)
	return closingWords.MatchString(start) || it.bracketed() || strings.HasSuffix(it.text, "./.") || len(it.demands) > 0 && !it.ordersFirst() ||
		(isOffice(start) || actor.MatchString(start)) && (requestWord.MatchString(start) || task.MatchString(start))
}

// bracketed reports whether the paragraph is a remark in brackets.
func (it *item) bracketed() bool {
	return it.fold != "" && it.fold[0] == '(' && it.mate[0] > 0 && wholeBracket.MatchString(it.fold)
}

// aside reports whether the item orders nothing itself.
func (it *item) aside() bool {
	head := it.head()
	switch {
	case it.bracketed() || it.level == levelCell:
		return it.bracketed()
	case it.inTable:
		return false
	case asideHead.MatchString(head):
		return !it.ordersInPhase() && !it.overTopics()
	case asideTitle.MatchString(head) && it.level < levelBullet:
		return len(head) < maxAside && (it.titles() || it.clauses[0].end == ':')
	case eventItem.MatchString(ahead(it.fold, 0, 200)) && !spreads.MatchString(head):
		return true
	case asideWords.MatchString(head):
		return !spreads.MatchString(it.fold) || reportAsk.MatchString(it.fold)
	}
	return it.demandOnly() && !it.overTopics() || it.tasks()
}

// maxAside bounds in bytes the title of an item about how to proceed.
const maxAside = 60

// asideWords begin an item that only asks something of somebody.
var asideWords = regexp.MustCompile(`^(?:căn cứ|trên đây|nhận được|trân trọng|rất mong|trong quá trình|mọi |vậy[, ]|với (?:các )?nội dung|kính |giao (?:[^t]|t[^h])|đề nghị|yêu cầu)`)

// tasks reports whether the item tells somebody to do something other than to
// make a matter known.
func (it *item) tasks() bool {
	start := ahead(it.fold, 0, 240)
	if !isOffice(start) && !actor.MatchString(start) {
		return false
	}
	if theseTopics.MatchString(it.fold) || reportAsk.MatchString(it.fold) {
		return true
	}
	return len(it.below) == 0 && task.MatchString(start) && !it.tellsStation()
}

// tellsStation reports whether the item tells a station to make something known.
func (it *item) tellsStation() bool {
	start := ahead(it.fold, 0, 400)
	at := station.FindStringIndex(start)
	if at == nil || it.relays() {
		return false
	}
	told := tells.FindStringIndex(start[at[1]:])
	return told != nil && !means.MatchString(start[at[1]+told[1]-1:]) && !theseTopics.MatchString(it.fold)
}

// relays reports whether an item tells stations only to relay what another airs,
// "các đài xã tiếp âm bản tin này", which is no topic.
func (it *item) relays() bool {
	return slices.ContainsFunc(it.demands, func(d demanded) bool { return d.Relay }) && !tellsMatter.MatchString(ahead(it.fold, 0, 400))
}

var tells = regexp.MustCompile(`(?:^|[^\p{L}])(?:tuyên truyền|thông báo|phổ biến|thông tin (?:về|kịp thời|liên tục|thường xuyên|đầy đủ|nhanh)|đưa tin|phát (?:tin|bản tin|các|thông))(?:[^\p{L}]|$)`)

// demandOnly reports whether the item says little more than how to air.
func (it *item) demandOnly() bool {
	if len(it.demands) == 0 || it.ordersDocument() || tellsMatter.MatchString(ahead(it.fold, 0, 240)) && it.tellsStation() {
		return false
	}
	said := 0
	for _, d := range it.demands {
		said += d.to - d.from
	}
	lead := it.fold[:it.demands[0].from]
	short := len(lead) < 40 || len(lead) < 100 && toStations.MatchString(lead) || len(lead) < 160 && onlyIf.MatchString(lead)
	return !opener.MatchString(it.fold) && !it.ordersInPhase() && !it.namesMatter() && (short && len(it.text) < 2*said+120 || theseTopics.MatchString(lead))
}

// tellsMatter is what tells a station what to make known.
var tellsMatter = regexp.MustCompile(`(?:tuyên truyền|thông tin|thông báo|phổ biến|đưa tin)(?:,? (?:liên tục|thường xuyên|kịp thời|đầy đủ|rộng rãi|tuyên truyền|phổ biến))*(?: đến (?:nhân dân|người dân|bà con))? (?:về|diễn biến|tình hình|cho (?:nhân dân|người dân|bà con))(?:[^\p{L}]|$)`)

var toStations = regexp.MustCompile(`^(?:phối hợp với|đề nghị|yêu cầu|các|đài|hệ thống|trạm|loa) `)

// onlyIf begins a demand that holds in a case: "Khi dự báo cháy cấp IV: phát …".
var onlyIf = regexp.MustCompile(`^(?:riêng |đối với |trong )?(?:khi|nếu|trường hợp|những ngày|các ngày|vào những ngày|ngày thường|mùa|cao điểm)[^.;:]{0,120}[:,] ?(?:thì )?(?:các đài |đài )?(?:phát |tăng )?[^.;:]{0,30}$`)

// maxHeading is the length in bytes up to which a first clause is a heading.
const maxHeading = 160

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
	if len(head) > maxHeading || it.inTable {
		return false
	}
	marked := len(it.below) > 0 && it.below[0].level != levelPlain
	shouting := marked && len(it.clauses) == 1 && shouted(it.text)
	titled := marked && it.titles() && it.below[0].level < levelBullet && !spreads.MatchString(head)
	wave := marked && (it.level == levelPart || it.level == levelGroup)
	return shouting || titled || wave || it.overTopics() || it.overSeveral() || listHead.MatchString(head) && (len(it.below) > 0 || len(it.clauses) > 1)
}

// leads reports whether the item only leads to orders below it: "Tuyên truyền
// về chuyển đổi số, trong đó:" over items that each order something.
func (it *item) leads() bool {
	if len(it.below) == 0 || len(it.clauses) != 1 || it.clauses[0].end != ':' || it.ordersDocument() {
		return false
	}
	return it.below[0].orders() || it.below[0].level >= levelAlpha && it.tellsStation() && bareTell.MatchString(it.fold)
}

// titlesText reports whether the item is the title of the order in the paragraph
// right below it: both are one topic.
func (it *item) titlesText() bool {
	if len(it.below) == 0 || it.below[0].level != levelPlain || it.level >= levelBullet || it.inTable || len(it.clauses) != 1 || len(it.text) > maxHeading {
		return false
	}
	text := it.below[0]
	return it.clauses[0].end != ';' && (text.ordersFirst() || text.commands()) && !text.aside() && !text.closes()
}

// bareTell ends a lead that says nothing of what to tell: "tập trung tuyên truyền:".
var bareTell = regexp.MustCompile(`(?:tuyên truyền|thông báo|phổ biến|phát|thông tin)(?: (?:các )?nội dung(?: sau)?| về| trên[^:]{0,80}| một số nội dung(?: sau)?)? ?:$`)

// commands reports whether an item of a list begins with a word for making
// something known, and not only with how.
func (it *item) commands() bool {
	m := command.FindString(it.fold)
	return m != "" && !means.MatchString(it.fold[len(m):]) && !theseTopics.MatchString(it.head())
}

// means are ways to make something known.
var means = regexp.MustCompile(`^\s*(?:bằng|qua |thông qua|trên (?:hệ thống|loa|đài|các|báo|mạng)|dưới hình thức|lưu động|trực quan|miệng|tại )`)
