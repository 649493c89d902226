package letter

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// sign writes a citation on one line: kind, number, date, issuer, subject.
func sign(c scheduler.Citation) string {
	return strings.Join([]string{c.Kind, c.Number, c.Date.String(), c.Issuer, c.Subject}, " | ")
}

func signs(cs []scheduler.Citation) []string {
	var out []string
	for _, c := range cs {
		out = append(out, sign(c))
	}
	return out
}

func TestReadCitations(t *testing.T) {
	cases := []struct{ text, want, why string }{
		{"Công văn số 3168/UBND-VP ngày 27/8/2021 của UBND tỉnh về việc triển khai Tổng đài.",
			"Công văn | 3168/UBND-VP | 2021-08-27 | UBND tỉnh | triển khai Tổng đài", "everything in its usual order"},
		{"công văn số 12/SYT-NVY của Sở Y tế ngày 1 tháng 2 năm 2022 v/v tiêm chủng",
			"Công văn | 12/SYT-NVY | 2022-02-01 | Sở Y tế | tiêm chủng", "the office before the date"},
		{"Kế hoạch số 3066/KH-SLĐTBXH ngày 13/9/2021 của Sở Lao động, Thương binh và Xã hội về dạy nghề",
			"Kế hoạch | 3066/KH-SLĐTBXH | 2021-09-13 | Sở Lao động, Thương binh và Xã hội | dạy nghề", "commas in an office"},
		{"Hướng dẫn số 03-HD/BDVTU ngày 15/9/2021 của Ban Dân vận - Tỉnh ủy Hải Dương về tổ chức kỷ niệm (15/10/1930-15/10/2021)…",
			"Hướng dẫn | 03-HD/BDVTU | 2021-09-15 | Ban Dân vận - Tỉnh ủy Hải Dương | tổ chức kỷ niệm (15/10/1930-15/10/2021)", "a dash in an office"},
		{"Công văn số 9/BCĐ-VP của Ban Chỉ đạo phòng, chống thiên tai tỉnh về ứng phó bão",
			"Công văn | 9/BCĐ-VP |  | Ban Chỉ đạo phòng, chống thiên tai tỉnh | ứng phó bão", "a committee with verbs in its name"},
		{"Nghị định số 15/2020/NĐ-CP ngày 03/02/2020 của Chính phủ quy định xử phạt; các đài chú ý",
			"Nghị định | 15/2020/NĐ-CP | 2020-02-03 | Chính phủ | quy định xử phạt", "a subject without về"},
		{"Luật Phòng, chống tác hại của rượu, bia số 44/2019/QH14",
			"Luật | 44/2019/QH14 |  |  | Phòng, chống tác hại của rượu, bia", "a law has its name in front"},
		{"thực hiện Kế hoạch số 1/KH-UBND ngày 1/2/2021 của UBND tỉnh, Sở Y tế đề nghị các đài phát tin",
			"Kế hoạch | 1/KH-UBND | 2021-02-01 | UBND tỉnh | ", "the letter takes up its own sentence"},
		{"Kế hoạch số 1/KH-UBND của UBND tỉnh về tiêm chủng, Sở Y tế đề nghị các đài phát tin",
			"Kế hoạch | 1/KH-UBND |  | UBND tỉnh | tiêm chủng", "so it does behind a subject"},
		{"Bộ luật Lao động số 45/2019/QH14", "Bộ luật | 45/2019/QH14 |  |  | Lao động", "a code has its name in front too"},
		{"Công điện khẩn số 02/CĐ-BCH hồi 10 giờ ngày 12/9/2019 của Ban Chỉ huy PCTT tỉnh", "Công điện | 02/CĐ-BCH | 2019-09-12 | Ban Chỉ huy PCTT tỉnh | ", "an hour before the day"},
		{"Kế hoạch phối hợp số 2/KHPH-CA ngày 3/3/2023 giữa Ban CHQS và Công an huyện", "Kế hoạch phối hợp | 2/KHPH-CA | 2023-03-03 | Ban CHQS và Công an huyện | ", "two offices"},
		{"Công văn số 251 ngày 1/2/2016 của BHXH tỉnh cũng nêu rõ", "Công văn | 251 | 2016-02-01 | BHXH tỉnh | ", "words that go on"},
		{"văn bản số 7/TB-UBND", "Thông báo | 7/TB-UBND |  |  | ", "the symbol tells the kind"},
		{"Công văn hỏa tốc số 8/UBND-NC", "Công văn | 8/UBND-NC |  |  | ", "a word between kind and số"},
		{"Kế hoạch số 2/KH-UBND ngày 31/02/2021", "Kế hoạch | 2/KH-UBND |  |  | ", "no such day"},
		{"(Công văn số 5/UBND-VP ngày 1/2/2021 của UBND huyện về bầu cử) và nội dung khác",
			"Công văn | 5/UBND-VP | 2021-02-01 | UBND huyện | bầu cử", "the bracket ends what is in it"},
		{"Ngày 05/8/2021, UBND tỉnh ban hành Công văn số 2890/UBND-VP về việc tiêm vắc xin.",
			"Công văn | 2890/UBND-VP | 2021-08-05 | UBND tỉnh | tiêm vắc xin", "office and date in front"},
		{"Công văn số 5/UBND-VP của UBND TP. Hải Dương về vệ sinh môi trường. Các đài phát tin.",
			"Công văn | 5/UBND-VP |  | UBND TP. Hải Dương | vệ sinh môi trường", "an abbreviation does not end an office"},
		{"Công văn số 5/UBND-VP của UBND tỉnh về lễ hội từ ngày 20/9 đến 25/9, tối thiểu 03 lượt/ngày",
			"Công văn | 5/UBND-VP |  | UBND tỉnh | lễ hội từ ngày 20/9 đến 25/9", "a demand ends a subject, a period does not"},
		{"Công văn số 5/UBND-VP về tổng đài (người dân gọi vào bất cứ lúc nào trong ngày để được giải đáp mọi thắc mắc).",
			"Công văn | 5/UBND-VP |  |  | tổng đài", "a long bracket explains"},
		{"Kế hoạch số 5/KH-UBND về Đề án “Làng quê; phố phường. Sạch đẹp” năm 2021; còn lại",
			"Kế hoạch | 5/KH-UBND |  |  | Đề án “Làng quê; phố phường. Sạch đẹp” năm 2021", "marks in a quotation do not count"},
	}
	for _, c := range cases {
		p := proseOf(c.text, scheduler.Date{Year: 2021})
		if len(p.cited) != 1 || sign(p.cited[0].Citation) != c.want {
			t.Errorf("%s:\n  in   %s\n  got  %+v\n  want %s", c.why, c.text, p.cited, c.want)
		}
	}
}

func TestWhoCitesWhom(t *testing.T) {
	const (
		plan  = "Kế hoạch số 32-KH/TU ngày 16/9/2021 của Tỉnh ủy về "
		order = "Chỉ thị số 07-CT/TW ngày 06/7/2021 của Ban Bí thư về phòng bệnh"
	)
	cases := []struct{ text, depths, first string }{
		{plan + order, "01", "Chỉ thị số 07-CT/TW ngày 06/7/2021 của Ban Bí thư về phòng bệnh"},
		{plan + "tiêm chủng và " + order, "00", "tiêm chủng"},
		{plan + "tiêm chủng, " + order, "00", "tiêm chủng"},
		{plan + "tiêm chủng; " + order, "00", "tiêm chủng"},
		{plan + "tiêm chủng, tuyên truyền " + order, "00", "tiêm chủng"},
		{plan + "thực hiện " + order + " và Kết luận số 5-KL/TW", "011", "thực hiện " + order + " và Kết luận số 5-KL/TW"},
		{plan + "tiêm chủng (theo " + order + ")", "01", "tiêm chủng"}, // what is long in brackets explains
	}
	for _, c := range cases {
		p := proseOf(c.text, scheduler.Date{})
		depths := ""
		for _, d := range p.cited {
			depths += string(rune('0' + d.depth))
		}
		if depths != c.depths || p.cited[0].Subject != c.first {
			t.Errorf("%s\n  depths %s, want %s\n  first subject %q, want %q", c.text, depths, c.depths, p.cited[0].Subject, c.first)
		}
	}
}

func TestACommonKindIsInherited(t *testing.T) {
	p := proseOf("các Kế hoạch số 12/UBBC-VP, 13/UBBC-VP và 14/UBBC-VP", scheduler.Date{})
	for _, c := range p.cited {
		if c.Kind != "Kế hoạch" {
			t.Errorf("%s is a %s, want a Kế hoạch like the first", c.Number, c.Kind)
		}
	}
}

func TestTheSameDocumentIsListedOnce(t *testing.T) {
	cases := []struct {
		text string
		want int
	}{
		{"Công văn số 1/UBND-VP ngày 1/2/2021 của UBND tỉnh; nội dung Công văn số 1/UBND-VP", 1},                // the second mention is bare
		{"Công văn số 1/UBND-VP; Công văn số 1/UBND-VP ngày 1/2/2021 của UBND tỉnh", 1},                         // so is the first
		{"Công văn số 1/UBND-VP ngày 1/2/2021; Công văn số 1/UBND-VP ngày 1/2/2022", 2},                         // numbers begin again every year
		{"Công văn số 1/UBND-VP của UBND tỉnh; Công văn số 1/UBND-VP của UBND huyện", 2},                        // and in every office
		{"Công văn số 1/UBND-VP ngày 1/2/2021 của UBND tỉnh; Công văn số 1/UBND-VP của UBND tỉnh Hải Dương", 1}, // an office more fully
	}
	for _, c := range cases {
		var u unique
		for _, d := range proseOf(c.text, scheduler.Date{}).cited {
			u.add(d.Citation)
		}
		if got := u.all(); len(got) != c.want {
			t.Errorf("%s: %d documents, want %d: %q", c.text, len(got), c.want, signs(got))
		}
	}
}
