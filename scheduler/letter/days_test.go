package letter

import "testing"

func TestDaysOfAiring(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Phát liên tục trong hai ngày 06 và 07/9/2022.", "from 09-06 until 09-07 regular"},
		{"Phát trong 02 ngày 06 và 07/9.", "from 09-06 until 09-07"},
		{"Phát vào hai ngày 06 và 07/9.", "from 09-06 until 09-07"},
		{"Phát các ngày 06, 07 và 08/9.", "from 09-06 until 09-08"},
		{"Phát trong cả ba ngày 06, 07, 08/9.", "from 09-06 until 09-08"},
		{"Phát vào các ngày 05/9, 06/9 và 07/9.", "from 09-05 until 09-07"},
		{"Phát vào các ngày 30/9 và 01/10.", "from 09-30 until 10-01"},
		{"Trong 03 ngày 20, 21 và 22/5/2022, mỗi ngày phát 04 lượt.", "4/day from 05-20 until 05-22"},
		{"Riêng trong ngày 27/3/2022 phát vào lúc 18 giờ và 19 giờ 30 phút.", "at 18:00 at 19:30 from 03-27 until 03-27"},
		{"Riêng ngày 27/3 phát 04 lần.", "from 03-27 until 03-27"},
		{"Riêng hai ngày 26 và 27/3 phát liên tục.", "from 03-26 until 03-27 regular"},
		{"Phát liên tục 3 ngày 06, 07, 08/9.", "from 09-06 until 09-08 regular"},
		{"Đài xã phát công văn số 12 ngày 05/8/2022.", ""},
		{"Ngày bầu cử 15/3/2022: phát liên tục thể lệ bầu cử.", "from 03-15 until 03-15 regular"},
		{"Trong ngày khai mạc 15/3, các đài phát lúc 5 giờ.", "at 05:00 from 03-15 until 03-15"},
		{"Đúng ngày 15/3 tiếp sóng lễ mít tinh.", "from 03-15 until 03-15 relay"},
		{"Ngày 15/3/2022, UBND huyện ban hành Kế hoạch, đề nghị các đài phát.", ""},
		{"Trong các ngày 20 và 21/5, Trạm Y tế tiêm vắc xin.", ""},
		{"Trong hai ngày 20 và 21/5, mỗi ngày tiêm 100 người.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestYearsQuartersAndMonths(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Trên đài xã: năm 2022 mỗi tháng phát 02 kỳ.", "2/month from 01-01 until 12-31"},
		{"Trên đài xã, năm 2022, mỗi tháng phát 02 kỳ.", "2/month from 01-01 until 12-31"},
		{"Quý II/2022 mỗi tuần phát 02 buổi.", "2/week from 04-01 until 06-30"},
		{"Tháng 4/2022, mỗi tuần phát 02 buổi.", "2/week from 04-01 until 04-30"},
		{"Đài xã: tháng 4 năm 2022 phát mỗi ngày 02 lần.", "2/day from 04-01 until 04-30"},
		{"Trong năm 2022 mỗi tháng phát 02 kỳ.", "2/month from 01-01 until 12-31"},
		{"Trên đài xã, trong quý II/2022 phát 05 lượt.", "from 04-01 until 06-30"},
		{"Phát 12 kỳ trong cả quý II/2022, mỗi kỳ 7 phút.", "12 in all 7 min from 04-01 until 06-30"},
		{"Phát 12 kỳ trong suốt tháng 4/2022.", "12 in all from 04-01 until 04-30"},
		{"Thực hiện 12 kỳ phát suốt quý II/2022.", "12 in all from 04-01 until 06-30"},
		{"Phát 12 lượt trong cả năm 2022.", "12 in all from 01-01 until 12-31"},
		{"Phát 12 kỳ trong cả quý.", "12 in all"},
		{"Năm 2022, mỗi tháng Hội tổ chức 02 lớp.", ""},
		{"Tháng 4/2022 mỗi tuần họp 02 buổi.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestWhereAPeriodBeginsOrEnds(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Phát từ ngày ban hành Công văn này đến hết ngày 30/4/2022.", "from 03-02 until 04-30"},
		{"Phát kể từ ngày ký ban hành văn bản này cho đến hết tháng 4.", "from 03-02 until 04-30"},
		{"Phát từ ngày ký đến ngày 30/4.", "from 03-02 until 04-30"},
		{"Phát từ khi ban hành kế hoạch tới ngày 30/4.", "from 03-02 until 04-30"},
		{"Phát lời kêu gọi hiến máu của Chủ tịch Hội Chữ thập đỏ thành phố (file đính kèm) trước ngày 15/6, mỗi ngày 1 lần.", "1/day until 06-14 attached"},
		{"Đọc thư ngỏ của Chủ tịch UBND xã tới các hộ kinh doanh trên địa bàn trước ngày 15/6, ngày 2 lần.", "2/day until 06-14"},
		{"Đề nghị phát đủ 08 lượt bài viết gửi kèm Công văn này trong tháng 6/2022.", "8 in all from 06-01 until 06-30 attached"},
		{"Phát đĩa CD chuyển kèm từ ngày 05/3 đến ngày 10/3.", "from 03-05 until 03-10 attached"},
		{"Phát file gửi kèm lúc 17 giờ.", "at 17:00 attached"},
		{"Phát bài viết gửi kèm vào thứ Ba và thứ Năm.", "Tue Thu attached"},
		{"Đài xã đọc bản hỏi - đáp gửi kèm Kế hoạch này, tuần ít nhất 2 buổi.", "2/week attached"},
		{"Phát tiểu phẩm truyền thanh kèm theo Công văn này.", "attached"},
		{"Đọc tài liệu hỏi đáp gửi kèm.", "attached"},
		{"Ngừng phát từ ngày 21/3/2022.", ""},
		{"Hồ sơ gửi kèm danh sách trong tháng 6/2022.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}
