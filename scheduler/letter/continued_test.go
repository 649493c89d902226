package letter

import "testing"

func TestSentencesThatGoOnWithoutAWordForAiring(t *testing.T) {
	const told = "Quy định về bảo vệ rừng mùa khô. "
	cases := []struct{ text, want string }{
		{told + "Thực hiện trong suốt tháng 3/2022, tuần 3 lần.", "3/week from 03-01 until 03-31"},
		{told + "Thực hiện mỗi tuần 2 lần, đến hết tháng 4/2022.", "2/week until 04-30"},
		{told + "Triển khai từ ngày 05/3 đến ngày 20/3, ngày 2 lượt.", "2/day from 03-05 until 03-20"},
		{told + "Duy trì tuần 2 buổi trong tháng 4/2022.", "2/week from 04-01 until 04-30"},
		{told + "Bố trí mỗi ngày 02 lần vào 5 giờ và 17 giờ.", "2/day at 05:00 at 17:00"},
		{told + "Thực hiện 02 lần/ngày, từ ngày 05/3 đến hết ngày 20/3/2022.", "2/day from 03-05 until 03-20"},
		{"Nội dung số 4 duy trì lâu dài, mỗi tháng 02 kỳ, mỗi kỳ từ 10 đến 15 phút, đến hết quý II/2022.", "2/month 10 min until 06-30"},
		{"Nội dung thứ ba: duy trì 02 lần một tuần vào sáng thứ Bảy, đến hết ngày 31/12/2022.", "2/week Sat until 12-31"},
		{"Nội dung tại mục 3 mỗi tuần 02 buổi, từ ngày 05/3 đến ngày 20/3.", "2/week from 03-05 until 03-20"},
		{"Tại các khu nhà trọ, đề nghị tăng lên 03 lần/ngày vào thứ Bảy.", "3/day Sat"},
		{"Đợt cao điểm nâng lên 04 lần/ngày.", "4/day"},
		{"Phun hóa chất diệt muỗi. Thực hiện từ ngày 05/3, tuần 2 lần.", ""},
		{"Mở lớp dạy bơi cho trẻ em. Thực hiện từ ngày 05/3, tuần 2 lần.", ""},
		{"Thực hiện khám sức khỏe từ ngày 05/3, tuần 2 lần.", ""},
		{"Thực hiện nghiêm Công điện từ ngày 05/3.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestCountsAndHoursWithTheVerbInBetween(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Tuần phát tối thiểu ba lần.", "3/week"},
		{"Tuần phát ít nhất hai buổi.", "2/week"},
		{"Ngày đọc không dưới 02 lượt.", "2/day"},
		{"Mục này tuần ít nhất phát 3 lần.", "3/week"},
		{"Tháng phát 4 kỳ.", "4/month"},
		{"Tuần phát sóng ít nhất 3 số.", "3/week"},
		{"Ngày phát 02 bản tin.", "2/day"},
		{"Tuần có 01 chuyên mục 15 phút phát trên loa.", "1/week 15 min"},
		{"Phát 3 ngày/tuần vào thứ Hai, thứ Tư, thứ Sáu.", "3/week Mon Wed Fri"},
		{"Phát ít nhất ba ngày một tuần.", "3/week"},
		{"Phát mỗi tuần 3 ngày, mỗi ngày 2 lần.", "3/week + 2/day"},
		{"Công nhân làm việc 5 ngày/tuần.", ""},
		{"Tháng phát ít nhất 2 buổi, mỗi buổi 10 phút.", "2/month 10 min"},
		{"Giờ phát sóng của loa phường: sáng bắt đầu 5h30', chiều bắt đầu 17h00'.", "at 05:30 at 17:00"},
		{"Giờ phát: bắt đầu từ 5 giờ 30 và 17 giờ.", "at 05:30 at 17:00"},
		{"Mỗi buổi phát thanh không dưới 15 phút, bắt đầu lúc 5 giờ 30 phút.", "15 min at 05:30"},
		{"Loa phát sáng mở máy lúc 5h15.", "at 05:15"},
		{"Chương trình phát sóng bắt đầu vào 17h30.", "at 17:30"},
		{"Hội nghị tuyên truyền bắt đầu lúc 7 giờ 30 ngày 05/3.", ""},
		{"Phát thông báo ngừng cấp điện bắt đầu từ 7 giờ ngày 05/3.", ""},
		{"Thông báo lịch cấm đường bắt đầu từ 22 giờ.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestTimesOfOccasionsUnderAHeadingOfTimes(t *testing.T) {
	const list = "I. NỘI DUNG\n1. Luật Cư trú.\n2. Luật Căn cước.\nII. HÌNH THỨC, THỜI GIAN\n1. "
	cases := []struct{ why, text, want string }{
		{"a contest", "Hội thi “Đảng trong tim tôi” tổ chức từ ngày 10/3 đến ngày 17/3.", "2 | "},
		{"one on the internet", "Cuộc thi trắc nghiệm trên internet do Tỉnh đoàn chủ trì diễn ra từ ngày 13/3 đến ngày 31/3.", "2 | "},
		{"a training", "Hội nghị trực tiếp: mỗi xã 02 cuộc; tập huấn tuyên truyền viên 01 ngày trong quý II/2022.", "2 | "},
		{"a festival", "Lễ hội từ ngày 10/3 đến ngày 17/3.", "2 | "},
		{"an exhibition", "Triển lãm ảnh kéo dài từ ngày 10/3 đến ngày 17/3.", "2 | "},
		{"airing about one", "Thời gian tuyên truyền hội thi: từ ngày 10/3 đến ngày 17/3.", "2 | all: from 03-10 until 03-17"},
		{"airing", "Từ ngày 10/3 đến ngày 17/3.", "2 | all: from 03-10 until 03-17"},
	}
	for _, c := range cases {
		if got := asked(t, list+c.text); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestDemandsNextToWhatTheyAreOf(t *testing.T) {
	const list = "1. Nội dung\na) Luật Cư trú.\nb) Luật Căn cước.\nc) Tiểu sử người ứng cử.\n2. Thời gian\n- "
	cases := []struct{ why, body, want string }{
		{"a point of a section", list + "Riêng nội dung tại điểm c mục 1 phát mỗi ngày 01 lần.", "3 | 3: 1/day"},
		{"a point of a clause", list + "Điểm b khoản 1 phát mỗi ngày 01 lần.", "3 | 2: 1/day"},
		{"two points of a section", list + "Nội dung tại điểm a, điểm b mục 1 phát mỗi ngày 01 lần.", "3 | 1: 1/day; 2: 1/day"},
		{"points without a space", list + "Nội dung tại điểm a,c mục 1 phát mỗi ngày 01 lần.", "3 | 1: 1/day; 3: 1/day"},
		{"points joined", list + "Nội dung tại các điểm a và c mục 1 phát mỗi ngày 01 lần.", "3 | 1: 1/day; 3: 1/day"},
		{"a point in brackets", list + "Nội dung tại điểm c (mục 1) phát mỗi ngày 01 lần.", "3 | 3: 1/day"},
		{"a sentence that says only when", "1. Luật Cư trú. Tuyên truyền từ ngày 20/3 đến hết ngày 30/3.\n2. Luật Căn cước. Tuyên truyền mỗi tuần 02 buổi.", "2 | 1: from 03-20 until 03-30; 2: 2/week"},
		{"and one that orders", "1. Luật Cư trú. Tuyên truyền Luật Căn cước từ ngày 20/3 đến hết ngày 30/3.", "2 | 2: from 03-20 until 03-30"},
		{"a bulletin that is relayed", "1. Luật Cư trú.\n2. Đài tỉnh phát bản tin dự báo cháy rừng; các đài xã tiếp âm bản tin này lúc 19 giờ.", "1 | all: at 19:00 relay"},
		{"a bulletin of the topic before", "1. Luật Cư trú.\n2. Bản tin cháy rừng.\n\nBản tin này phát 02 lần/ngày.\n3. Luật Căn cước.", "3 | 2: 2/day"},
	}
	for _, c := range cases {
		if got := asked(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}
