package letter

import (
	"encoding/json"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// facts writes what the demands of a paragraph say, without their words.
func facts(text string, written scheduler.Date) string {
	var out []string
	for _, d := range proseOf(text, written).demands {
		d.Text, d.Spans = "", nil
		b, _ := json.Marshal(d.Demand)
		out = append(out, strings.Replace(string(b), `"text":"",`, "", 1))
	}
	return strings.Join(out, " ")
}

func TestDemandsInManyWords(t *testing.T) {
	written := scheduler.Date{Year: 2022, Month: 8, Day: 20}
	cases := []struct{ text, want string }{
		{"Thời lượng: mỗi ngày phát 02 lần vào 5 giờ 30 phút và 17 giờ 00.", `{"perDay":2,"hours":["05:30","17:00"]}`},
		{"Tần suất phát: 3 lần/tuần; thời lượng 5-7 phút/lần.", `{"perWeek":3,"minutesEach":5}`},
		{"đề nghị phát mỗi tuần 02 buổi vào sáng thứ Ba và chiều thứ Năm", `{"perWeek":2,"weekdays":[2,4]}`},
		{"phát trên loa ít nhất 2 lượt mỗi ngày, mỗi lượt 10 phút", `{"perDay":2,"minutesEach":10}`},
		{"Đài xã phát ngày 3 buổi: sáng 5h00, trưa 11h00, chiều 17h00", `{"perDay":3,"hours":["05:00","11:00","17:00"]}`},
		{"phát thanh liên tục trong 7 ngày", `{"regular":true}`},
		{"Các đài thường xuyên tuyên truyền nội dung trên", `{"regular":true}`},
		{"phát xen kẽ hằng ngày trong các chương trình thời sự", `{"regular":true}`},
		{"phát tối thiểu 10 lượt trong cả đợt", `{"total":10}`},
		{"mỗi nội dung phát ít nhất 05 lượt trước ngày 30/8/2022", `{"total":5,"until":"2022-08-29"}`},
		{"phát 04 kỳ/tháng", `{"perMonth":4}`},
		{"mỗi tháng phát ít nhất 2 chuyên mục", `{"perMonth":2}`},
		{"phát vào các khung giờ 5h30, 11h30 và 17h00 hằng ngày", `{"hours":["05:30","11:30","17:00"],"regular":true}`},
		{"phát trong khung giờ từ 5h00 đến 6h30 và từ 16h30 đến 18h00", `{"hours":["05:00","16:30"]}`},
		{"phát lúc 5 giờ sáng và 5 giờ chiều", `{"hours":["05:00","17:00"]}`},
		{"tiếp âm Đài Tiếng nói Việt Nam lúc 5 giờ 00 phút và 18 giờ 00 phút", `{"hours":["05:00","18:00"],"relay":true}`},
		{"phát file âm thanh gửi kèm 02 lần/ngày", `{"perDay":2,"attached":true}`},
		{"đọc nguyên văn bài tuyên truyền kèm theo Công văn này", `{"attached":true}`},
		{"tuyên truyền trước, trong và sau ngày 15/10", `{"around":"2022-10-15"}`},
		{"tuyên truyền đến hết quý III/2024", `{"until":"2024-09-30"}`},
		{"Thời gian tuyên truyền: quý IV/2022", `{"from":"2022-10-01","until":"2022-12-31"}`},
		{"Thời gian: từ tháng 9 đến hết tháng 12 năm 2022, phát 3 lần/tuần", `{"perWeek":3,"from":"2022-09-01","until":"2022-12-31"}`},
		{"phát từ nay đến 15/9", `{"from":"2022-08-20","until":"2022-09-15"}`},
		{"phát từ nay cho đến hết năm 2022", `{"from":"2022-08-20","until":"2022-12-31"}`},
		{"phát kể từ ngày 01/9/2022", `{"from":"2022-09-01"}`},
		{"phát bắt đầu từ 25 tháng 8 năm 2022 đến 02 tháng 9 năm 2022", `{"from":"2022-08-25","until":"2022-09-02"}`},
		{"phát trong tuần từ 22/8 đến 28/8", `{"from":"2022-08-22","until":"2022-08-28"}`},
		{"tuyên truyền cao điểm từ ngày 20 tháng 8 đến ngày 05 tháng 9", `{"from":"2022-08-20","until":"2022-09-05"}`},
		{"phát từ ngày 25 đến 31/8/2022, ngày 2 lần", `{"perDay":2,"from":"2022-08-25","until":"2022-08-31"}`},
		{"phát trong các ngày 01, 02 và 03/9/2022", `{"from":"2022-09-01","until":"2022-09-03"}`},
		{"phát vào ngày 02/9/2022", `{"from":"2022-09-02","until":"2022-09-02"}`},
		{"trong thời gian từ 22/8/2022 đến trước ngày 10/9/2022, phát 4 buổi/tuần", `{"perWeek":4,"from":"2022-08-22","until":"2022-09-09"}`},
		{"phát ít nhất 1 lần/ngày (buổi sáng hoặc buổi chiều) trong suốt tháng 9", `{"perDay":1,"from":"2022-09-01","until":"2022-09-30"}`},
		{"duy trì phát thanh 15 phút/ngày", `{"minutesPerDay":15}`},
		{"dành ít nhất 10 phút mỗi ngày để phát các nội dung trên", `{"minutesPerDay":10}`},
		{"mỗi chương trình có thời lượng từ 10 đến 15 phút", `{"minutesEach":10}`},
		{"phát thứ 2, 4, 6 hằng tuần", `{"weekdays":[1,3,5]}`},
		{"phát vào tối thứ Bảy, sáng Chủ nhật", `{"weekdays":[6,0]}`},
		{"phát hai lần một ngày", `{"perDay":2}`},
		{"phát sóng tối thiểu 03 (ba) lần/ngày", `{"perDay":3}`},
		{"mỗi ngày phát 2 lượt, sáng từ 5h15 và chiều từ 17h15", `{"perDay":2,"hours":["05:15","17:15"]}`},
		{"yêu cầu đài truyền thanh các xã phát 02 lần trong ngày", `{"perDay":2}`},
		{"tuyên truyền ít nhất 01 tin, bài/tuần", `{"perWeek":1}`},
	}
	for _, c := range cases {
		if got := facts(c.text, written); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestWhatIsNoDemand(t *testing.T) {
	cases := []string{
		"Báo cáo kết quả tuyên truyền về Sở trước ngày 25/9/2022.",
		"Các đơn vị gửi báo cáo kết quả phát thanh vào ngày 20 hằng tháng.",
		"Hội thi tuyên truyền viên diễn ra từ ngày 20/9 đến ngày 22/9.",
		"Lễ phát động được tổ chức lúc 7 giờ 30 ngày 05/9/2022.",
		"Tuyên truyền người dân rửa tay ít nhất 6 lần/ngày.",
		"Tuyên truyền vệ sinh chuồng trại 2 lần/tuần, phun khử trùng 01 lần/tuần.",
		"Tuyên truyền việc cấm đường từ 22 giờ đến 5 giờ.",
		"Chiến dịch thu gom rác diễn ra vào sáng thứ Bảy hằng tuần.",
		"Tuyên truyền lịch cắt điện từ 6 giờ đến 17 giờ ngày 12/9/2022.",
		"Tuyên truyền kết quả 6 tháng đầu năm 2022.",
		"Tuyên truyền Luật có hiệu lực từ ngày 01/01/2023.",
		"Tuyên truyền giai đoạn 2021-2025, tầm nhìn đến năm 2030.",
		"Tuyên truyền Đại hội lần thứ hai, nhiệm kỳ 2022 - 2027.",
		"Phòng Văn hóa kiểm tra 01 lần/tháng.",
		"Tuyên truyền mức phạt từ 2 đến 3 triệu đồng.",
		"Kỷ niệm 92 năm (15/10/1930 - 15/10/2022).",
		"Sản xuất phát triển, thường xuyên kiểm tra đồng ruộng.",
	}
	for _, text := range cases {
		if got := facts(text, scheduler.Date{Year: 2022, Month: 8, Day: 20}); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
}
