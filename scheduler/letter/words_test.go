package letter

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// said is what a sentence of a letter of 2 March 2022 demands, in few words.
func said(text string) string {
	var out []string
	for _, d := range proseOf(text, scheduler.Date{Year: 2022, Month: 3, Day: 2}).demands {
		s := brief(d.Demand)
		if d.Attached {
			s = strings.TrimSpace(s + " attached")
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " + ")
}

func TestCountsInTheWordsOfManyOffices(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Các đài phát 04 lần mỗi ngày.", "4/day"},
		{"Các đài phát không dưới 04 lần mỗi ngày.", "4/day"},
		{"Các đài phát mỗi tuần 03 buổi.", "3/week"},
		{"Các đài phát mỗi tuần tối thiểu 03 buổi.", "3/week"},
		{"Mở chuyên mục riêng, tuần 02 kỳ, mỗi kỳ từ 8 đến 10 phút.", "2/week 8 min"},
		{"Các đài phát tuần hai kỳ.", "2/week"},
		{"Mỗi nội dung ngày chạy 02 lượt trên loa.", "2/day"},
		{"Phát trên loa mỗi sáng một lần.", "1/day"},
		{"Phát trên loa mỗi tối 02 lượt.", "2/day"},
		{"Phát mỗi buổi sáng 1 lần.", "1/day"},
		{"Bố trí phát 3 tối/tuần.", "3/week"},
		{"Bố trí phát mỗi tuần ba tối.", "3/week"},
		{"Phát sáng một lượt, chiều một lượt.", "2/day"},
		{"Nội dung này phát đều, sáng 2 lượt, chiều 2 lượt.", "4/day"},
		{"Phát buổi sáng 01 lần, buổi trưa 01 lần và buổi chiều 01 lần.", "3/day"},
		{"Phát 01 lượt buổi sáng và 02 lượt buổi chiều.", "3/day"},
		{"Phát sáng, chiều mỗi buổi 02 lần.", "4/day"},
		{"Phát các buổi sáng, trưa, chiều 01 lần.", "3/day"},
		{"Phát mỗi ngày 02 lượt (sáng 01 lượt, chiều 01 lượt).", "2/day"},
		{"Phát ngày 02 lần: sáng một lần, chiều một lần.", "2/day"},
		{"Phát mỗi ngày: sáng 01 lần, chiều 01 lần.", "2/day"},
		{"Đọc thông báo mỗi ngày hai bận, sáng và chiều.", "2/day"},
		{"Đọc thông báo ngày hai buổi sáng, chiều.", "2/day"},
		{"Đọc thông báo ngày hai cữ.", "2/day"},
		{"Phát 02 buổi sáng, chiều/ngày.", "2/day"},
		{"Phát 02 lượt (sáng và chiều) mỗi ngày.", "2/day"},
		{"Phát từ 02 lượt/ngày trở lên.", "2/day"},
		{"Phát từ 03 lượt trở lên mỗi ngày.", "3/day"},
		{"Phát mỗi tuần từ 03 buổi trở lên.", "3/week"},
		{"Số lần phát mỗi ngày tối thiểu phải đạt 03 lượt.", "3/day"},
		{"Phát mỗi ngày không ít hơn ba lượt.", "3/day"},
		{"Phát ít ra 02 lần một ngày.", "2/day"},
		{"Phát 02 lần hằng ngày.", "2/day"},
		{"Phát 2 lần trong ngày.", "2/day"},
		{"Trong ngày phát ít nhất 03 lần.", "3/day"},
		{"Phát 3 lần trong 1 ngày.", "3/day"},
		{"Tần suất: 03 lượt phát trên loa/ngày.", "3/day"},
		{"Tần suất phát: mỗi ngày: 03 lượt.", "3/day"},
		{"Duy trì phát mỗi tháng 02 số.", "2/month"},
		{"Mỗi tuần phát ít nhất phải có 02 bản tin.", "2/week"},
		{"Đài huyện mỗi tuần dành 01 chuyên mục 15 phút.", "1/week 15 min"},
		{"Mỗi tuần phát 02 chuyên mục, thời lượng 10 phút.", "2/week 10 min"},
		{"Phát 01 bản tin 5 phút mỗi ngày.", "1/day 5 min"},
		{"Phát mỗi tuần 02 lần, mỗi lần không ít hơn 05 phút.", "2/week 5 min"},
		{"Đối với phần B: mỗi tuần 02 lần, mỗi lần không ít hơn 05 phút.", "2/week 5 min"},
		{"Phát ngày 2 lần, mỗi lần 5 đến 7 phút.", "2/day 5 min"},
		{"Xây dựng và phát 01 chuyên mục 15 phút.", "15 min"},
		{"Phát các bài có độ dài khoảng 5 phút.", "5 min"},
		{"Mỗi buổi phát thanh ít nhất phải dành 10 phút.", "10 min"},
		{"Giới thiệu gương điển hình ở cơ sở, mỗi tuần một gương vào sáng thứ Hai.", "1/week Mon"},
		{"Thực hiện phát ít nhất 4 bài trong cả đợt.", "4 in all"},
		{"Phát 10 lượt trong suốt đợt cao điểm.", "10 in all"},
		{"Mỗi nội dung phát tổng cộng không dưới 20 lượt.", "20 in all"},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestCountsOfOtherThings(t *testing.T) {
	for _, text := range []string{
		"Người dân rửa tay mỗi ngày 6 lần, mỗi lần 1 phút.",
		"Uống thuốc sáng 2 lần, chiều 1 lần.",
		"Cho trâu bò uống nước sáng một lần, chiều một lần.",
		"Các tổ họp mỗi tháng 02 kỳ.",
		"Báo cáo mỗi tuần 01 lần, vào chiều thứ Sáu.",
		"Thu gom rác tuần 02 buổi.",
		"Trong tháng 3 phiên tòa được mở.",
	} {
		if got := said(text); got != "" {
			t.Errorf("%s: %s, want nothing", text, got)
		}
	}
}
