package letter

import "testing"

func TestSessionsAndLabels(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Phát tối thiểu 02 lượt/buổi, 02 buổi/ngày.", "4/day"},
		{"Phát 3 buổi một ngày, mỗi buổi ít nhất hai lượt.", "6/day"},
		{"Mỗi buổi phát 1 lần, sáng và chiều.", "2/day"},
		{"Phát mỗi ca một lần, ngày ba ca.", "3/day"},
		{"Phát ít nhất một lần mỗi buổi, ngày ba buổi.", "3/day"},
		{"Phát thông báo mỗi buổi 2 lần vào sáng và chiều.", "4/day"},
		{"Mỗi buổi họp 2 lần điểm danh.", ""},
		{"Số kỳ phát: 08 kỳ, mỗi kỳ 5 phút.", "8 in all 5 min"},
		{"Số lượt phát không ít hơn 15.", "15 in all"},
		{"Số lượt mỗi ngày: 02.", "2/day"},
		{"Số lần phát trong tuần: 3 lần.", "3/week"},
		{"Số lượt phát: 02 lượt/ngày.", "2/day"},
		{"Phát đều đặn, tuần 1 số, mỗi số 12 phút.", "1/week 12 min"},
		{"Phát trên loa ấp tuần/3 lần.", "3/week"},
		{"Phát trên loa: 1 ngày/2 lần.", "2/day"},
		{"Xe loa chạy mỗi ngày 2 vòng, phát thông báo.", "2/day"},
		{"Phát tuần lễ hai kỳ, mỗi kỳ nửa giờ.", "2/week 30 min"},
		{"Phát mỗi tuần một buổi, chừng 15 phút.", "1/week 15 min"},
		{"Phát tối thiểu hai lượt sáng, hai lượt chiều mỗi ngày.", "4/day"},
		{"Đọc mỗi sáng một lượt, mỗi tối một lượt.", "2/day"},
		{"Phát ít nhất mười lăm lượt trong Tháng hành động.", "15 in all"},
		{"Phát ít nhất 5 buổi liên tiếp.", "5 in all"},
		{"Bố trí thời lượng phát mỗi tuần ít nhất 02 buổi.", "2/week"},
		{"Dành thời lượng tối thiểu 5 phút trong mỗi buổi phát.", "5 min"},
		{"Phát mỗi lần không quá 10 phút và không ngắn hơn 5 phút.", "5 min"},
		{"Mở chuyên mục 15 phút phát trên loa.", "15 min"},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestTimesThatOpenASentence(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Từ nay đến ngày bầu cử 22/5/2022, các đài truyền thanh dành 20 phút mỗi ngày cho nội dung bầu cử.", "20 min/day from 03-02 until 05-22"},
		{"Trong 3 ngày Tết (từ ngày 25 đến ngày 27/4/2022) các đài tiếp âm đài tỉnh.", "from 04-25 until 04-27 relay"},
		{"Trong các ngày từ 16 đến 21/10/2022, loa phát 06 lượt/ngày.", "6/day from 10-16 until 10-21"},
		{"Trong thời gian diễn ra Đại hội, từ ngày 19 đến ngày 25/5/2022, các đài tiếp sóng đài tỉnh.", "from 05-19 until 05-25 relay"},
		{"Mở chuyên mục mới, mỗi tuần 2 kỳ, từ ngày 15/4 đến hết ngày 10/5/2022.", "2/week from 04-15 until 05-10"},
		{"Đợt tuyên truyền kéo dài trong 10 ngày kể từ ngày 01/7/2022, ngày phát 03 lượt.", "3/day from 07-01 until 07-10"},
		{"Trong 03 tháng cuối năm 2022, mỗi tuần phát 03 tin.", "3/week from 10-01 until 12-31"},
		{"Phát trọn năm 2022, mỗi tuần một chuyên mục 10 phút.", "1/week 10 min from 01-01 until 12-31"},
		{"Phát lúc 5h30, 11h và 17h ngày 27/7/2022.", "at 05:30 at 11:00 at 17:00 from 07-27 until 07-27"},
		{"Đọc trên loa mỗi ngày 1 lần cho đến Tết Trung thu, tức ngày 15/9/2022.", "1/day until 09-15"},
		{"Hoàn thành việc phát các nội dung trên trước ngày 01/7/2022.", "until 06-30"},
		{"Hoàn thành báo cáo đợt phát trước ngày 01/7/2022.", ""},
		{"Các ngày thứ Bảy, Chủ nhật phát mỗi ngày 04 lượt.", "4/day Sat Sun"},
		{"Cứ sáng thứ Bảy, đài xã đọc tin giá cả nông sản.", "Sat"},
		{"Đọc vào các ngày thứ hai, tư, sáu.", "Mon Wed Fri"},
		{"Phát 2 lần/ngày, trừ Chủ nhật.", "2/day Mon Tue Wed Thu Fri Sat"},
		{"Đài xã đọc tin hằng ngày trên loa.", "regular"},
		{"Cho phát file ghi âm gửi qua thư điện tử.", "attached"},
		{"Sáng thứ Bảy, trạm y tế tiêm vắc xin.", ""},
		{"Từ ngày 05/3 đến ngày 10/3, ngành y tế tổ chức tiêm, phát thuốc.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}
