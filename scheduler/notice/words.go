package notice

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Text is a notice in words.
type Text struct {
	Subject string
	Lead    string // what is the matter, in a sentence or two
	Rows    []Row
}

// Row is one station of a notice.
type Row struct{ Station, Reason, Phone string }

// Write puts a notice into Vietnamese, with times in zone.
func Write(n scheduler.Notice, zone *time.Location) Text {
	w := writer{n, zone}
	t := Text{}
	switch n.Kind {
	case scheduler.NoticeRed:
		t.Subject = fmt.Sprintf("Lịch %s: %d đài chưa sẵn sàng", w.day(n.Start), len(n.Red))
		t.Lead = fmt.Sprintf("Chương trình “%s” phát lúc %s: %d trong %d đài chưa sẵn sàng hoặc không rõ tình trạng.", w.programme(), w.day(n.Start), len(n.Red), n.Owing)
	case scheduler.NoticeWell:
		t.Subject = fmt.Sprintf("Lịch %s: các đài đã sẵn sàng", w.day(n.Start))
		t.Lead = fmt.Sprintf("Chương trình “%s” phát lúc %s: cả %d đài nay đã sẵn sàng.", w.programme(), w.day(n.Start), n.Owing)
	case scheduler.NoticeGone:
		t.Subject = fmt.Sprintf("%d đài mất liên lạc khi đang phát hoặc sắp phát", len(n.Red))
		t.Lead = "Các đài sau mất liên lạc khi đang phát hoặc còn dưới một giờ là đến giờ phát."
	}
	if n.Late {
		t.Subject += " (báo muộn)"
		t.Lead += fmt.Sprintf(" Thông báo này lẽ ra gửi trước giờ phát %d phút; khi đó trung tâm không chạy hoặc lịch chưa được gửi đi.", int(n.Ahead.Minutes()))
	}
	for _, r := range n.Red {
		t.Rows = append(t.Rows, w.row(r))
	}
	return t
}

// Plain is the text for a reader without HTML.
func (t Text) Plain() string {
	var b strings.Builder
	b.WriteString(t.Lead + "\n")
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "\n- %s: %s. Điện thoại: %s", r.Station, r.Reason, cmp.Or(r.Phone, "chưa ghi"))
	}
	return b.String() + "\n"
}

// page sets a [Text] out as a table.
func page() *template.Template {
	return template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="vi"><body><p>{{.Lead}}</p>
{{if .Rows}}<table border="1" cellpadding="6" cellspacing="0">
<tr><th align="left">Đài</th><th align="left">Lý do</th><th align="left">Điện thoại</th></tr>
{{range .Rows}}<tr><td>{{.Station}}</td><td>{{.Reason}}</td><td>{{.Phone}}</td></tr>
{{end}}</table>{{end}}
</body></html>
`))
}

// writer writes one notice.
type writer struct {
	scheduler.Notice
	zone *time.Location
}

func (w writer) programme() string { return cmp.Or(w.Name, string(w.Programme)) }

// day is an instant with its day as people say it, seen from when the notice
// was written: "17:00 hôm nay".
func (w writer) day(t time.Time) string {
	t, today := t.In(w.zone), w.At.In(w.zone)
	clock := t.Format("15:04")
	switch scheduler.DateOf(t) {
	case scheduler.DateOf(today):
		return clock + " hôm nay"
	case scheduler.DateOf(today.AddDate(0, 0, 1)):
		return clock + " ngày mai"
	case scheduler.DateOf(today.AddDate(0, 0, -1)):
		return clock + " hôm qua"
	}
	return clock + " ngày " + t.Format("02/01/2006")
}

func (w writer) row(r scheduler.Readiness) Row {
	reasons := make([]string, len(r.Reasons))
	for i, reason := range r.Reasons {
		reasons[i] = w.reason(reason)
	}
	why := strings.Join(reasons, "; ")
	if w.Kind == scheduler.NoticeGone {
		why += " (lịch " + w.day(r.Start) + ")"
	}
	return Row{Station: cmp.Or(r.Name, string(r.Station)), Reason: why, Phone: r.Phone}
}

func (w writer) reason(r scheduler.ReadinessReason) string {
	switch r.Code {
	case scheduler.IsNeverHeard:
		return "chưa từng kết nối"
	case scheduler.IsSilent:
		return "không rõ: không có tin từ " + w.day(r.Since)
	case scheduler.IsOffline:
		return "mất kết nối từ " + w.day(r.Since)
	case scheduler.HasNoSchedule:
		return "chưa có lịch nào được gửi"
	case scheduler.HasOld:
		return fmt.Sprintf("còn giữ lịch số %d, lịch mới nhất là số %d", r.Held, r.Published)
	case scheduler.LacksFiles:
		return fmt.Sprintf("thiếu %d tệp âm thanh", r.N)
	case scheduler.LostCard:
		return strings.TrimSuffix("thiết bị âm thanh không dùng được: "+r.Detail, ": ")
	case scheduler.ClockUnset:
		return "đồng hồ chưa đúng giờ"
	case scheduler.DiskFull:
		return "ổ đĩa đầy"
	case scheduler.IsMuted:
		return "âm lượng bằng 0"
	case scheduler.LostLines:
		return "đã mất dòng nhật ký phát sóng"
	}
	return r.Words // a reason that came later than these words
}
