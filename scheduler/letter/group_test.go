package letter

import (
	"fmt"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// asked is what a letter with a list of topics asks of itself and of each topic,
// "1: 2/day until 03-15": only those that are asked anything.
func asked(t *testing.T, body string) string {
	t.Helper()
	d, err := Parse("Số: 12/UBND-VX\nHòa An, ngày 02 tháng 3 năm 2022\nKính gửi: Các đài\n\nĐề nghị các đài tuyên truyền các nội dung sau:\n" + body)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	add := func(who string, all []scheduler.Demand) {
		var said []string
		for _, m := range all {
			said = append(said, brief(m))
		}
		if len(said) > 0 {
			out = append(out, who+": "+strings.Join(said, " + "))
		}
	}
	add("all", d.Demands)
	for _, topic := range d.Topics {
		add(fmt.Sprint(topic.Ordinal), topic.Demands)
	}
	return fmt.Sprintf("%d | %s", len(d.Topics), strings.Join(out, "; "))
}

// brief is a demand in few words, its days without the year.
func brief(m scheduler.Demand) string {
	var out []string
	for _, n := range []struct {
		n    int
		unit string
	}{{m.PerDay, "/day"}, {m.PerWeek, "/week"}, {m.PerMonth, "/month"}, {m.Total, " in all"}, {m.MinutesPerDay, " min/day"}, {m.MinutesEach, " min"}} {
		if n.n > 0 {
			out = append(out, fmt.Sprint(n.n)+n.unit)
		}
	}
	for _, hour := range m.Hours {
		out = append(out, "at "+hour.String())
	}
	for _, day := range m.Weekdays {
		out = append(out, day.String()[:3])
	}
	for _, day := range []struct {
		word string
		scheduler.Date
	}{{"from ", m.From}, {"until ", m.Until}, {"around ", m.Around}} {
		if !day.IsZero() {
			out = append(out, day.word+day.Date.String()[5:])
		}
	}
	if m.Relay {
		out = append(out, "relay")
	}
	if m.Regular {
		out = append(out, "regular")
	}
	return strings.Join(out, " ")
}

func TestDemandsOfGroups(t *testing.T) {
	const fire, school = "Phòng cháy rừng.", "Phòng, chống đuối nước trẻ em."
	cases := []struct{ why, body, want string }{
		{"in the heading", "I. Nhóm nội dung phát hằng ngày, tối thiểu 02 lần/ngày, đến hết ngày 15/3:\na) " + fire + "\nb) " + school + "\nII. Nhóm nội dung khác (03 lần/tuần):\na) Bảo hiểm y tế.", "3 | 1: 2/day until 03-15; 2: 2/day until 03-15; 3: 3/week"},
		{"in the heading of bullets", "Nhóm 1. Phát hằng ngày (02 lần/ngày):\n- Tuyên truyền bầu cử.\n- " + fire + "\nNhóm 2. Phát hằng tuần (03 lần/tuần):\n- " + school, "3 | 1: 2/day; 2: 2/day; 3: 3/week"},
		{"of all topics is of the letter", "I. NỘI DUNG TUYÊN TRUYỀN (phát 02 lần/ngày)\n1. " + fire + "\n2. " + school, "2 | all: 2/day"},
		{"a paragraph that closes a group", "I. Nhóm một\n1. " + fire + "\n2. " + school + "\nCác nội dung của nhóm này phát 02 lần/ngày.\nII. Nhóm hai\n3. Bảo hiểm y tế.\nCác nội dung của nhóm này phát 03 lần/tuần.", "3 | 1: 2/day; 2: 2/day; 3: 3/week"},
		{"a paragraph that names its group", "A. Về y tế\n1. Tiêm vắc xin.\n2. Phòng bệnh dại.\nCác nội dung thuộc mục A phát 02 lần/ngày.\nB. Về môi trường\n1. Phân loại rác.\n2. Giờ Trái đất.\nCác nội dung thuộc mục B phát 03 lần/tuần.", "4 | 1: 2/day; 2: 2/day; 3: 3/week; 4: 3/week"},
		{"a last bullet", "1. Phòng cháy rừng\n- Quy định đốt nương.\n- Thời lượng: 02 lần/ngày.\n2. An toàn giao thông\n- Đội mũ bảo hiểm.\n- Thời lượng: 03 lần/tuần.", "2 | 1: 2/day; 2: 3/week"},
		{"a last line, also of the last item", "1. " + fire + "\nThời lượng: 03 lần/ngày.\n2. " + school + "\nThời lượng: 02 lần/tuần.\n3. Bảo hiểm y tế.\nThời lượng: 01 lần/ngày.\nĐề nghị các đài thực hiện./.", "3 | 1: 3/day; 2: 2/week; 3: 1/day"},
		{"a follow-on sentence", "1. Tháng hành động vì trẻ em\n\nTuyên truyền các biện pháp phòng, chống đuối nước. Nội dung này phát 15 phút/ngày.\n\n2. Phòng, chống dịch\n\nTuyên truyền Luật Thú y. Phát ít nhất 03 lần/tuần.", "2 | 1: 15 min/day; 2: 3/week"},
		{"behind the list", "1. " + fire + "\n2. " + school + "\n\nĐề nghị các đài phát 02 lần/ngày.", "2 | all: 2/day"},
		{"all topics, said in the midst", "1. " + fire + "\nCác nội dung trên loa phát 02 lần/ngày.\n2. " + school, "2 | all: 2/day"},
		{"groups that are counted for themselves", "Nhóm 1 - Bầu cử:\n1. Ngày bầu cử.\n2. Thể lệ bỏ phiếu.\nNhóm 2 - Mùa khô:\n3. Phòng cháy rừng.\n\nNội dung nhóm 1 phát 03 lần/ngày; nội dung nhóm 2 phát 01 lần/ngày.", "3 | 1: 3/day; 2: 3/day; 3: 1/day"},
		{"a label that several groups have", "1. Về bầu cử\na) Ngày bầu cử.\nb) Thể lệ.\nThời lượng: điểm b phát 03 lần/ngày.\n2. Về Tết\na) Giao thông.\nb) Thực phẩm.", "4 | 2: 3/day"},
		{"two sections in a sentence", "1. " + fire + "\n2. " + school + "\nCác đài phát nội dung mục 1 mỗi tuần 05 lần, nội dung mục 2 mỗi tuần 02 lần.", "2 | 1: 5/week; 2: 2/week"},
		{"a section and its days", "1. " + fire + "\n2. " + school + "\nCác đài phát nội dung 2 ngày 02 lượt, từ ngày 5/3 đến ngày 9/3.", "2 | 2: 2/day from 03-05 until 03-09"},
		{"sections of two figures", "1. Nội dung\n1.1. Tuyên truyền bầu cử.\n1.2. Tuyên truyền thuế.\n2. Thời gian\n- Nội dung tại mục 1.2: phát 02 lần/ngày.", "2 | 2: 2/day"},
		{"in its own words", "1. " + fire + "\n2. " + school + "\nMỗi tuần phát 03 lần; tăng thời lượng từ ngày 05/3 đến ngày 09/3 cho nội dung phòng cháy rừng.", "2 | all: 3/week; 1: from 03-05 until 03-09"},
		{"in its own words before a colon", "1. " + fire + "\n2. " + school + "\nThời lượng phát:\n- Phòng cháy rừng: 02 lần/ngày.\n- Nội dung còn lại: 01 lần/tuần.", "2 | 1: 2/day; 2: 1/week"},
		{"a topic with its rate", "- Phòng cháy rừng: ngày 02 lần;\n- An toàn giao thông: ngày 01 lần;", "2 | 1: 2/day; 2: 1/day"},
		{"bullets with times of their own", "1. Tuyên truyền các ngày lễ\n- Kỷ niệm ngày 26/3.\n- Kỷ niệm ngày 30/4; tập trung trước, trong và sau ngày 30/4.", "2 | 2: around 04-30"},
		{"a case that is no topic", "1. " + fire + "\nKhi dự báo cháy cấp IV: phát 03 lần/ngày.", "1 | all: 3/day"},
	}
	for _, c := range cases {
		if got := asked(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestPhases(t *testing.T) {
	cases := []struct{ why, body, want string }{
		{"numbered", "1. Đợt 1 (từ ngày 05/3 đến ngày 10/3): Tuyên truyền phân loại rác. Phát 03 lần/ngày.\n2. Đợt 2 (từ ngày 11/3 đến ngày 20/3): Tuyên truyền 20 tiêu chí.", "2 | 1: from 03-05 until 03-10 + 3/day; 2: from 03-11 until 03-20"},
		{"weeks", "Tuần 1 (từ ngày 07/3 đến ngày 13/3): Tuyên truyền Luật Cư trú; phát 02 lần/ngày.\nTuần 2 (14/3 - 20/3): Phòng cháy rừng.\nTuần 3: Tuyên truyền thuế, 01 lần/ngày.", "3 | 1: 2/day from 03-07 until 03-13; 2: from 03-14 until 03-20; 3: 1/day"},
		{"dates alone", "- Từ ngày 07/3 đến ngày 13/3: tuyên truyền Ngày Quốc tế Phụ nữ.\n- Từ ngày 14/3 đến ngày 20/3: tuyên truyền phòng cháy rừng.", "2 | 1: from 03-07 until 03-13; 2: from 03-14 until 03-20"},
		{"over bullets", "Giai đoạn 1 (từ 07/3 đến 20/3), phát 2 lần/ngày:\n- Danh sách cử tri;\n- Thể lệ bỏ phiếu.\nGiai đoạn 2 (từ 21/3 đến 30/3), phát 4 lần/ngày:\n- Kết quả bầu cử.", "3 | 1: 2/day from 03-07 until 03-20; 2: 2/day from 03-07 until 03-20; 3: 4/day from 03-21 until 03-30"},
		{"of times only", "1. Bầu cử.\n2. Thời gian phát:\n- Đợt 1: từ ngày 05/3 đến ngày 10/3, ngày 02 lần.", "1 | all: 2/day from 03-05 until 03-10"},
	}
	for _, c := range cases {
		if got := asked(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestSlogansOfAnAppendix(t *testing.T) {
	const foot = "\n\nNơi nhận:\n- Như trên;\n\nCHỦ TỊCH\nNguyễn Văn An\n\nPHỤ LỤC\nKHẨU HIỆU TUYÊN TRUYỀN\n1. Tuổi trẻ xung kích!\n2. Tắt đèn vì Trái đất!\n"
	cases := []struct{ why, body, want string }{
		{"ordered", "1. Tuyên truyền Tháng Thanh niên.\n2. Thời gian:\n- Các khẩu hiệu tại phụ lục: phát 02 lượt/ngày.", "3 | 2: 2/day; 3: 2/day"},
		{"not spoken of", "1. Tuyên truyền Tháng Thanh niên.", "1 | "},
		{"a topic of their own", "1. Tuyên truyền Tháng Thanh niên.\n2. Các khẩu hiệu (có phụ lục kèm theo).\n\nPhát các khẩu hiệu 04 lần/ngày.", "2 | 2: 4/day"},
	}
	for _, c := range cases {
		if got := asked(t, c.body+foot); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}
