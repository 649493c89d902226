package letter

import (
	"testing"

	"loaphuong/scheduler"
)

func TestPeriodsOfMoreThanOneMonth(t *testing.T) {
	written := scheduler.Date{Year: 2022, Month: 3, Day: 2}
	cases := []struct{ text, want string }{
		{"phát 02 lần/tuần trong các tháng 4, 5 và 6 năm 2022", `{"perWeek":2,"from":"2022-04-01","until":"2022-06-30"}`},
		{"phát trong tháng 10, 11, 12/2022", `{"from":"2022-10-01","until":"2022-12-31"}`},
		{"phát trong tháng 4-5/2022", `{"from":"2022-04-01","until":"2022-05-31"}`},
		{"phát trong tháng 4, 5 lần/ngày", `{"perDay":5,"from":"2022-04-01","until":"2022-04-30"}`},
		{"phát ít nhất 02 chuyên mục trong tháng 10/2022, thời lượng mỗi chuyên mục 5-7 phút", `{"total":2,"minutesEach":5,"from":"2022-10-01","until":"2022-10-31"}`},
		{"phát 3 lần trong tháng", `{"perMonth":3}`},
		{"phát từ ngày 26/3 và kết thúc trước ngày 11/4/2022", `{"from":"2022-03-26","until":"2022-04-10"}`},
		{"tuyên truyền, tập trung trước, trong và sau ngày 19/5", `{"around":"2022-05-19"}`},
		{"phát ngày 02 lần (sáng 5 giờ 30, chiều 17 giờ)", `{"perDay":2,"hours":["05:30","17:00"]}`},
		{"Các đài tiếp âm cầu truyền hình lúc 20 giờ ngày 26/7/2022", `{"hours":["20:00"],"from":"2022-07-26","until":"2022-07-26","relay":true}`},
	}
	for _, c := range cases {
		if got := facts(c.text, written); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestTimesOfOtherThings(t *testing.T) {
	cases := []string{
		"Thông báo: hộ kinh doanh nhận tờ khai trong khoảng thời gian từ ngày 20/3 đến ngày 05/4/2022.",
		"Tuyên truyền chỉnh trang đô thị; thời gian treo cờ từ ngày 14/4 đến ngày 22/4/2022.",
		"Tuyên truyền ý nghĩa “Tuần lễ Áo dài” (từ ngày 01/3 đến ngày 08/3/2022).",
		"Gửi xác nhận số buổi phát trước ngày 05/7/2022.",
		"Thông báo lịch: chi tiền mặt tại bưu điện từ ngày 03/4 đến ngày 10/4/2022.",
	}
	for _, text := range cases {
		if got := facts(text, scheduler.Date{Year: 2022, Month: 3, Day: 2}); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
}
