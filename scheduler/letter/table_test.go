package letter

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTable(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"columns side by side", "STT  Nội dung            Số lần\n1    Phòng dịch          02 lần/ngày\n     ở trẻ em\n2    Bầu cử              03 lần/tuần\n", "[1] Phòng dịch ở trẻ em | 02 lần/ngày | [2] Bầu cử | 03 lần/tuần"},
		{"rows with blank lines between", "TT   Nội dung    Lượt\n\n01   Phòng dịch  2\n\n02   Bầu cử      3\n\n     Các đài phát.", "[01] Phòng dịch | 2 | [02] Bầu cử | 3"},
		{"cells one behind the other", "STT\nNội dung\nSố lần\n\n1\n\nPhòng dịch\n\n2 lần/ngày\n2\nBầu cử\n3 lần/tuần\n\nTrân trọng.", "[1] Phòng dịch | 2 lần/ngày | [2] Bầu cử | 3 lần/tuần"},
		{"no head", "1    Phòng dịch\n2    Bầu cử", ""},
	}
	for _, c := range cases {
		rows, _ := readTable(c.text, linesOf(c.text))
		var got []string
		for _, row := range rows {
			if row.label != "" {
				got = append(got, fmt.Sprintf("[%s] %s", row.label, row.text))
			} else {
				got = append(got, row.text)
			}
		}
		if strings.Join(got, " | ") != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func TestRowsAreTopicsWithTheirDemands(t *testing.T) {
	d, err := Parse("Số: 1/UBND\nA, ngày 2 tháng 3 năm 2021\nKính gửi: Các đài\n\nĐề nghị phát các nội dung sau:\n\nSTT  Nội dung            Thời gian          Số lần\n" +
		"1    Phòng dịch          01 - 15/4/2021     02 lần/ngày\n2    Bầu cử              Quý II/2021        03 lần/tuần\n\nTrân trọng.")
	if err != nil || len(d.Topics) != 2 || len(d.Demands) != 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	a, b := d.Topics[0], d.Topics[1]
	if a.Text != "Phòng dịch" || len(a.Demands) != 1 || a.Demands[0].PerDay != 2 || a.Demands[0].Until.String() != "2021-04-15" {
		t.Errorf("the first row is %+v", a)
	}
	if b.Section != "2" || len(b.Demands) != 1 || b.Demands[0].PerWeek != 3 || b.Demands[0].From.String() != "2021-04-01" {
		t.Errorf("the second row is %+v", b)
	}
}

func TestTablesOfManyShapes(t *testing.T) {
	cases := []struct{ why, body, want string }{
		{"units in the head", "TT    Nội dung             Thời lượng (phút)   Số lần/ngày   Từ ngày    Đến ngày\n1     Phòng cháy rừng      10                  2             07/3       15/3\n2     An toàn giao thông   5                   3             10/3       20/3", "2 | 1: 2/day 10 min from 03-07 until 03-15; 2: 3/day 5 min from 03-10 until 03-20"},
		{"a head of two lines", "TT  Nội dung tuyên truyền    Thời lượng   Số lần       Thời gian phát\n                             mỗi lần      phát\n1   Phòng cháy rừng          5 phút       2 lần/ngày   01/4 - 15/4/2022\n    mùa khô\n2   Bảo hiểm y tế            15 phút      10 lần       15/4 - 30/4/2022", "2 | 1: 2/day 5 min from 04-01 until 04-15; 2: 10 in all 15 min from 04-15 until 04-30"},
		{"cells one behind the other", "STT\nNội dung\nThời lượng\nSố lần phát\nGiờ phát\n1\nPhòng cháy rừng\n5 phút\n02 lần/ngày\n5h30; 17h30\n2\nAn toàn giao thông\n10 phút\n10 lần\n17h\nTrân trọng./.", "2 | 1: 2/day 5 min at 05:30 at 17:30; 2: 10 in all 10 min at 17:00"},
		{"rows that name topics", "1. Phòng cháy rừng.\n2. Lừa đảo qua mạng.\n3. Luật Cư trú.\n\nNội dung         Tần suất       Giờ phát     Thời gian\nNội dung 1, 2    02 lần/ngày    5g, 19g      07/3 - 31/3/2022\nNội dung 3       03 lần/tuần    17g          Quý II/2022\n\nTrân trọng./.", "3 | 1: 2/day at 05:00 at 19:00 from 03-07 until 03-31; 2: 2/day at 05:00 at 19:00 from 03-07 until 03-31; 3: 3/week at 17:00 from 04-01 until 06-30"},
		{"rows without numbers", "Thời gian              Nội dung phát            Thời lượng\n07/3 - 13/3/2022       Phòng cháy rừng          10 phút/ngày\n14/3 - 20/3/2022       Ngày Nước thế giới       15 phút/ngày\n\nTrân trọng./.", "2 | 1: 10 min/day from 03-07 until 03-13; 2: 15 min/day from 03-14 until 03-20"},
		{"a day's schedule", "I. LỊCH PHÁT SÓNG\nGiờ\nChương trình\n5 giờ 00\nTiếp sóng Đài Tiếng nói Việt Nam\n17 giờ 30\nChương trình của xã\nII. NỘI DUNG\n1. Phòng cháy rừng.\n2. Luật Cư trú.", "2 | all: at 05:00 relay + at 17:30"},
		{"a day's schedule in lines", "1. Lịch trong ngày:\n5h00: Tiếp sóng Đài Tiếng nói Việt Nam;\n17h00: Chương trình của xã, thời lượng 20 phút.\n2. Nội dung:\na) Tuyên truyền phòng cháy rừng.\nb) Tuyên truyền Luật Cư trú.", "2 | all: at 05:00 relay + 20 min at 17:00"},
		{"one space behind the numbers", "STT Nội dung tuyên truyền              Tần suất     Thời gian phát\n 1 Luật Tiếp cận thông tin             02 lần/tuần  tháng 4/2022\n 2 Luật Trẻ em và các văn bản          03 lần/tuần  từ 16/4 đến 30/5/2022\n   hướng dẫn\n 3 Ngày Pháp luật Việt Nam,             02 lần/ngày  từ 01/5 đến 09/5/2022\n   ngày 09 tháng 11", "3 | 1: 2/week from 04-01 until 04-30; 2: 3/week from 04-16 until 05-30; 3: 2/day from 05-01 until 05-09"},
		{"one space in the head alone", "TT Chủ đề                    Số lần/ngày   Giờ phát\n1    Phòng cháy rừng           2             5h, 17h\n2    An toàn giao thông        3             11h", "2 | 1: 2/day at 05:00 at 17:00; 2: 3/day at 11:00"},
		{"numbers with a dot and one space", "STT Tên bài                 Tần suất\n1. Phòng cháy rừng          02 lần/ngày\n2. An toàn giao thông       03 lần/tuần", "2 | 1: 2/day; 2: 3/week"},
		{"numbers of two figures", "STT  Nội dung                Tần suất\n01 Phòng cháy rừng          02 lần/ngày\n02 An toàn giao thông       03 lần/tuần", "2 | 1: 2/day; 2: 3/week"},
		{"a heading that says what the columns say", "II. NỘI DUNG, TẦN SUẤT PHÁT THANH\n\n STT Nội dung                  Tần suất     Thời gian\n 1   Phòng cháy rừng          01 lần/ngày  quý II/2022\n 2   Ngày 30 tháng 4          02 lần/ngày  tháng 4/2022\n\nIII. THỜI LƯỢNG, TIẾP ÂM\n1. Mỗi buổi phát không dưới 15 phút.", "2 | all: 15 min; 1: 1/day from 04-01 until 06-30; 2: 2/day from 04-01 until 04-30"},
		{"weekdays and every day", "TT   Nội dung             Ngày phát\n1    Phòng cháy rừng      Hằng ngày, 02 lần\n2    Luật Cư trú          Thứ Tư, thứ Bảy\n3    Bảo hiểm y tế        Hằng ngày", "3 | 1: 2/day; 2: Wed Sat; 3: regular"},
	}
	for _, c := range cases {
		if got := asked(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}
