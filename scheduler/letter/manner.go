package letter

import (
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

const (
	airVerb = `(?:đọc|phát(?: sóng| thanh| trên| xen kẽ| lại)?|tuyên truyền|đưa tin|thông báo|thông tin|tiếp sóng|tiếp âm|đăng, phát|đăng phát|đăng tải)`
	always  = `(?:thường xuyên(?:, liên tục)?|liên tục|(?:hằng|hàng) ngày|(?:tất cả )?(?:các|mọi) ngày trong tuần)`
)

var (
	// onAlways and alwaysOn are airing without a number, the words in either order.
	onAlways = regexp.MustCompile(`(?:^|[^\p{L}])(` + airVerb + `[^.;:\d]{0,64}? ` + always + `)` + wordEnds)
	alwaysOn = regexp.MustCompile(`(?:^|[^\p{L}])(` + always + `,? (?:tổ chức |đẩy mạnh |duy trì |tăng cường )?` + airVerb + `)` + wordEnds)
	// dailyAt is every day at a time of day.
	dailyAt = regexp.MustCompile(`(?:giờ|phút|\dh|\d) ((?:hằng|hàng) ngày)` + wordEnds)
	// sentAlong is what is to be aired and comes with the letter.
	sentAlong = regexp.MustCompile(`(?:^|[^\p{L}])((?:(?:các |nội dung )?(?:file|tệp|tập tin|đĩa|usb|audio|bản ghi âm|bài ghi âm|băng|bản thu)|(?:bài|kịch bản|nội dung) (?:tuyên truyền|phát thanh|truyền thanh|viết)|bản tin|kịch bản|đề cương)(?: (?:[^.;]|\.[a-z\d]){0,90}?)? \(?(?:(?:gửi|chuyển|cấp|giao|phát)? ?kèm(?: theo| công văn| văn bản)?|kèm theo|đính kèm|đi kèm|gửi (?:theo|cùng|qua) (?:công văn|văn bản|thư|hộp thư|email|nhóm zalo|zalo))|(?:phát|đọc)(?: \p{L}+){0,3}? (?:nguyên văn|toàn văn|bài|thông báo|lời kêu gọi|thư ngỏ|bản|thông điệp|tài liệu|câu chuyện|câu hỏi|tiểu phẩm|khẩu hiệu)[^.;]{0,60} (?:gửi kèm|kèm theo|đính kèm|chuyển kèm|kèm công văn)|(?:phát kèm|gửi kèm|chuyển kèm|đính kèm|kèm theo)(?: theo| (?:công văn|văn bản|thông báo|hướng dẫn) này)*(?: là|:)? (?:\d+ |các )?(?:file|tệp|tập tin|đĩa|usb|bài|băng|kịch bản|audio)[^.;,]{0,60})` + wordEnds)
	// supplied is what another office supplies for airing.
	supplied  = regexp.MustCompile(`(?:^|[^\p{L}])((?:file|tệp|đĩa|audio|bản ghi|băng)[^.;]{0,60}? do [^.;,]{2,60}? (?:cung cấp|biên soạn|gửi|sản xuất))` + wordEnds)
	playing   = regexp.MustCompile(`(?:^|[^\p{L}])(?:phát|đọc|sử dụng|mở|dùng|chạy)(?:[^\p{L}]|$)`)
	relaying  = regexp.MustCompile(`(?:^|[^\p{L}])((?:tiếp sóng|tiếp âm|tiếp phát|tiếp nối sóng|chuyển tiếp (?:sóng|chương trình|bản tin)|thu(?:,| và)? (?:phát lại|tiếp sóng) (?:các )?(?:chương trình|bản tin)))` + wordEnds)
	notRelay  = regexp.MustCompile(`(?:ngoài giờ|ngoài thời gian|sau khi|sau giờ|sau chương trình|trước giờ|không|ngoài việc|thiết bị|máy thu|hệ thống|thời lượng)\s*$`)
	aroundDay = regexp.MustCompile(`(?:^|[^\p{L}])(trước(?:(?:,| và)? trong)?(?:(?:,| và|, và)? sau)? (?:dịp |lễ |thời gian |và trong )?ngày (?:hội |lễ |bầu cử |thành lập |truyền thống |[^.;()\d]{2,80}\()?(?:ngày )?(` + anyDay + `))`)
)

const anyDay = `(?:m[ồù]ng\s+)?\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}(?:\s*(?:[/.-]|,?\s*năm)\s*\d{4})?`

// readManners finds demands without a number: regularly, what comes with the
// letter, the relay of another station.
func readManners(p *prose) (out []demanded) {
	regular := func(at int, m []string) scheduler.Demand {
		if hasOne(m[1], otherWords) || hasOne(ahead(p.fold, at+len(m[1]), 24), otherWords) {
			return scheduler.Demand{}
		}
		return scheduler.Demand{Regular: true}
	}
	p.collect(&out, "thường xuyên|liên tục|ằng ngày|àng ngày|ngày trong tuần&phát|đọc|tuyên truyền|đưa tin|thông|tiếp|đăng", onAlways, regular)
	p.collect(&out, "thường xuyên|liên tục|ằng ngày|àng ngày&phát|đọc|tuyên truyền|đưa tin|thông|tiếp|đăng", alwaysOn, regular)
	p.collect(&out, "ằng ngày|àng ngày", dailyAt, func(at int, m []string) scheduler.Demand {
		return scheduler.Demand{Regular: p.broadcastAt(at)}
	})
	p.collect(&out, "kèm|gửi theo|gửi cùng|gửi qua&file|tệp|usb|tập tin|đĩa|audio|ghi âm|băng|bản|bài|nội dung|đề cương|văn|thông |thư |lời |tài liệu|câu |tiểu phẩm|khẩu hiệu", sentAlong, func(at int, m []string) scheduler.Demand {
		if strings.Contains(m[1], "gửi qua") && !playing.MatchString(behind(p.fold, at, 40)) {
			return scheduler.Demand{} // what is said of the way it is sent asks for nothing
		}
		return scheduler.Demand{Attached: playing.MatchString(m[1]) || hasOne(m[1], "phát thanh|truyền thanh|bài tuyên truyền|âm thanh|audio|ghi âm") || p.playedNear(at, at+len(m[1]))}
	})
	p.collect(&out, "cung cấp|biên soạn|gửi|sản xuất&file|tệp|đĩa|audio|bản ghi|băng", supplied, func(at int, m []string) scheduler.Demand {
		return scheduler.Demand{Attached: playing.MatchString(p.sentenceBefore(at))}
	})
	p.collect(&out, "tiếp |phát lại&tiếp sóng|tiếp âm|tiếp phát|tiếp nối|chuyển tiếp|thu", relaying, func(at int, m []string) scheduler.Demand {
		return scheduler.Demand{Relay: !shouted(p.text[at:at+len(m[1])]) && !notRelay.MatchString(behind(p.fold, at, 40))}
	})
	return out
}

// playedNear reports whether what stands between two bytes is to be played.
func (p *prose) playedNear(from, to int) bool {
	return playing.MatchString(behind(p.fold, from, 120)) || playing.MatchString(ahead(p.fold, to, 120))
}

// wish asks for airing time without anything that can be counted.
var wish = regexp.MustCompile(`(?:^|[^\p{L}])((?:tăng|dành|ưu tiên|bố trí)(?: \p{L}+){0,3}? (?:thời lượng|khung giờ|giờ)[^.;,(\d]*|(?:phát )?vào (?:các )?(?:khung giờ|thời điểm|giờ)[^.;]{0,24}(?:nhiều|đông|thích hợp|phù hợp|vàng|cao điểm)[^.;,(\d]*)`)

// wishEnd is what no longer belongs to a wish: another request, or words that
// lead to a figure.
var wishEnd = regexp.MustCompile(`(?: và (?:gửi|báo cáo|tổng hợp|phản ánh)(?:[^\p{L}].*)?| (?:trước|từ|đến|ngày|lúc|vào|khoảng|tháng|và|tối thiểu|ít nhất))*\s*$`)

// readWishes finds what is asked about airing and cannot be counted.
func readWishes(p *prose) (out []demanded) {
	for _, near := range around(p.fold, "thời lượng|khung giờ|giờ vàng|thời điểm|giờ cao điểm", 100, 200) {
		for _, m := range wish.FindAllStringSubmatchIndex(p.fold[near[0]:near[1]], maxDemands) {
			d := demanded{from: near[0] + m[2], to: near[0] + m[3]}
			d.to -= len(wishEnd.FindString(p.fold[d.from:d.to]))
			if !strings.Contains(p.fold[d.from:d.to], "sau") { // what leads to a list says nothing by itself
				out = append(out, d)
			}
		}
	}
	return out
}
