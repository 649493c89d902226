package letter

import (
	"testing"
)

func TestPeriodsInTheWordsOfManyOffices(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Phát liên tục trong 10 ngày, kể từ ngày 05/3/2022.", "from 03-05 until 03-14 regular"},
		{"Phát trong vòng 02 tuần kể từ ngày 07/3/2022, mỗi ngày 03 lần.", "3/day from 03-07 until 03-20"},
		{"Thời gian tuyên truyền từ hôm nay đến hết tháng 4.", "from 03-02 until 04-30"},
		{"Phát từ nay cho hết ngày 30/4.", "from 03-02 until 04-30"},
		{"Phát cho tới ngày 30/4.", "until 04-30"},
		{"Phát chậm nhất đến ngày 30/4.", "until 04-30"},
		{"Phát từ nay tới 15-5.", "from 03-02 until 05-15"},
		{"Phát sóng bắt đầu ngày 10/3 và kết thúc ngày 20/3/2022.", "from 03-10 until 03-20"},
		{"Thời gian phát: bắt đầu từ ngày 10/3/2022, kết thúc trước ngày 20/3/2022.", "from 03-10 until 03-19"},
		{"Phát ngày 02 lượt, kết thúc vào ngày 31/12/2022.", "2/day until 12-31"},
		{"Phát đến hết ngày bầu cử 22/5.", "until 05-22"},
		{"Phát từ thứ Hai, ngày 14/3 đến hết Chủ nhật, ngày 20/3.", "from 03-14 until 03-20"},
		{"Phát kể từ ngày nhận được công văn này đến hết 30/4/2022.", "from 03-02 until 04-30"},
		{"Từ hôm nay cho đến khi có thông báo mới, phát liên tục trên loa.", "from 03-02 regular"},
		{"Thời gian tuyên truyền: kể từ hôm nay cho đến hết mùng 10 tháng Giêng (tức ngày 26/03/2022).", "from 03-02 until 03-26"},
		{"Phát từ ngày 10/01 cho đến hết ngày 24/02/2022 (nhằm ngày Rằm tháng Giêng).", "from 01-10 until 02-24"},
		{"Phát suốt từ 08/9 đến 25/10/2022.", "from 09-08 until 10-25"},
		{"Phát trong 6 tháng cuối năm 2022.", "from 07-01 until 12-31"},
		{"Trung tâm thông báo lịch phát chuyên mục trên hệ thống truyền thanh tháng 6/2022:", "from 06-01 until 06-30"},
		{"Thời gian áp dụng: từ ngày 01/8 đến ngày 31/8/2022.", "from 08-01 until 08-31"},
		{"Phát vào các ngày thứ 3, 5, 7 hằng tuần, 5h30' sáng và 5h30' chiều.", "at 05:30 at 17:30 Tue Thu Sat"},
		{"Phát tất cả các ngày trong tuần.", "regular"},
		{"Cứ 2 ngày phát 1 lần.", ""}, // less than once a day
		{"Kết quả gửi về Ban (phòng Tuyên truyền) chậm nhất ngày 10/6/2022.", ""},
		{"Hội thi bắt đầu ngày 10/3 và kết thúc ngày 20/3/2022.", ""},
		{"Kế hoạch số 19/KH-CAT ngày 08/01/2022 của Công an tỉnh về mở đợt cao điểm trấn áp tội phạm (thời gian cao điểm từ ngày 15/12/2021 đến hết ngày 28/02/2022), đề nghị tuyên truyền.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestWhatComesWithTheLetterIsAired(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Đề nghị các đài mở đĩa CD gửi kèm công văn này mỗi ngày 2 lượt.", "2/day attached"},
		{"Dùng tệp ghi âm \"CANHBAO.mp3\" Công an xã chuyển kèm, phát vào tối thứ Tư.", "Wed attached"},
		{"Gửi kèm theo văn bản này là kịch bản tuyên truyền để các đài phát.", "attached"},
		{"Đề nghị đọc nguyên văn thông báo kèm theo.", "attached"},
		{"Kèm theo công văn này danh sách các hộ.", ""},
	}
	for _, c := range cases {
		if got := said(c.text); got != c.want {
			t.Errorf("%s\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestTopicsThatShareADemand(t *testing.T) {
	const foot = "\nIII. THỰC HIỆN\nBáo cáo trước ngày 25/3."
	cases := []struct{ why, body, want string }{
		{"how many they are", "1. Tuyên truyền bầu cử; tuyên truyền Luật Cư trú. Đài huyện mỗi tuần dành 01 chuyên mục cho hai việc này.\n2. Tuyên truyền thuế.", "3 | 1: 1/week; 2: 1/week"},
		{"one sentence orders them", "1. Tuyên truyền bầu cử; tuyên truyền Luật Cư trú. Bố trí phát 3 tối/tuần.\n2. Tuyên truyền thuế.", "3 | 1: 3/week; 2: 3/week"},
		{"a group that is named by its number", "I. NHÓM CẤP BÁCH\n1. Phòng bệnh dại.\n2. Lũ quét. Các nội dung thuộc nhóm I phát 04 lần mỗi ngày.\nII. NHÓM KHÁC\n1. Luật Căn cước." + foot, "3 | 1: 4/day; 2: 4/day"},
		{"a phase that names sections", "II. NỘI DUNG\n1. Luật Bầu cử.\n2. Danh sách cử tri.\n3. Thể lệ bỏ phiếu.\nIII. THỜI GIAN PHÁT\n1. Đợt 1 (từ ngày 11/3 đến ngày 30/3): phát các nội dung tại khoản 1, khoản 2 mục II, mỗi tuần 04 buổi.", "3 | 1: 4/week from 03-11 until 03-30; 2: 4/week from 03-11 until 03-30"},
		{"sections that bullets name", "1. Phòng cháy rừng.\n2. Luật Cư trú.\n3. Bảo hiểm y tế.\n\n- Mục 1: 03 lượt/ngày.\n- Mục 2, 3: 02 lượt/tuần.", "3 | 1: 3/day; 2: 2/week; 3: 2/week"},
		{"parts that bullets name", "A. PHÁP LUẬT\n1. Luật Cư trú.\n2. Luật Căn cước.\nB. Y TẾ\n1. Phòng bệnh dại.\nC. THỜI LƯỢNG\n- Phần A: mỗi tuần 02 buổi.\n- Phần B: mỗi ngày 01 lần.", "3 | 1: 2/week; 2: 2/week; 3: 1/day"},
		{"a group by its name", "A. NHÓM PHÁP LUẬT\n1. Luật Cư trú.\n2. Luật Căn cước.\nB. NHÓM Y TẾ\n1. Phòng bệnh dại.\nC. THỜI LƯỢNG\n- Nhóm nội dung pháp luật: mỗi tuần 02 buổi.", "3 | 1: 2/week; 2: 2/week"},
		{"headings that are periods", "I. Từ ngày 05/3 đến ngày 20/3\n1. Luật Cư trú.\n2. Luật Căn cước.\nII. Từ ngày 21/3 đến ngày 30/4\n1. Phòng bệnh dại.", "3 | 1: from 03-05 until 03-20; 2: from 03-05 until 03-20; 3: from 03-21 until 04-30"},
		{"how often in brackets", "1. Phòng cháy rừng (phát 03 lần/ngày, đến hết ngày 30/4).\n2. Luật Cư trú (tuần 02 buổi).", "2 | 1: 3/day until 04-30; 2: 2/week"},
		{"a schedule behind the list", "1. Tuyên truyền bầu cử.\n2. Tuyên truyền thuế.\n\nLịch phát các chuyên mục trong tuần như sau:\n\nBuổi phát      Giờ phát      Chuyên mục\nThứ Hai      05 giờ 00      Pháp luật và đời sống\nThứ Tư      17 giờ 00      Môi trường xanh\n\nĐề nghị các đơn vị thực hiện./.", "2 | all: at 05:00 Mon + at 17:00 Wed"},
	}
	for _, c := range cases {
		if got := asked(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestTopicsOfListsThatDoNotSayTuyenTruyen(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"matters that follow", "Thực hiện Hướng dẫn số 41-HD/BTGTW, Ban đề nghị các đồng chí tập trung mấy việc sau:\n\n1- Nghị quyết Trung ương 4. Tuần 02 kỳ.\n\n2- Kỷ niệm 37 năm ngày giải phóng.\n\nĐài tỉnh cung cấp tài liệu cho đài cơ sở.", "1:Nghị quyết Trung ương 4; 2:Kỷ niệm 37 năm ngày giải phóng"},
		{"rows that say how often", "Đề nghị chuyển tới bà con theo bảng sau:\n\nSTT  Nội dung            Số lượt phát\n\n1    Lịch lấy nước       3 lượt/ngày\n\n2    Diệt chuột          1 lượt/ngày\n\nTrân trọng./.", "1:Lịch lấy nước; 2:Diệt chuột"},
		{"a favour asked", "Điện lực sẽ ngừng cấp điện ngày 24/3.\n\nKính nhờ quý Đài thông báo giúp đến khách hàng.", ":Thông báo giúp đến khách hàng"},
		{"a law that is only told of", "Luật Thuế số 04/2007/QH12 có hiệu lực từ ngày 01/01/2009.\n\nĐề nghị quý Đài hỗ trợ tuyên truyền Luật Thuế đến các hộ kinh doanh.", ":Tuyên truyền Luật Thuế đến các hộ kinh doanh"},
	}
	for _, c := range cases {
		if got := titles(t, c.text); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}
