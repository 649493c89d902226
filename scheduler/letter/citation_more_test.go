package letter

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// cites writes the documents of a paragraph, without their subjects.
func cites(text string) string {
	var out []string
	for _, c := range proseOf(text, scheduler.Date{Year: 2021, Month: 8, Day: 20}).cited {
		out = append(out, strings.TrimRight(strings.Join([]string{c.Kind, c.Number, c.Date.String(), c.Issuer}, " | "), " |"))
	}
	return strings.Join(out, "; ")
}

func TestCitationsInManyWords(t *testing.T) {
	cases := []struct{ text, want string }{
		// heads that several share
		{"các Quyết định của Thủ tướng Chính phủ số: 12/QĐ-TTg ngày 1/2/2021; 13/QĐ-TTg ngày 2/2/2021; 14/QĐ-TTg ngày 3/2/2021.", "Quyết định | 12/QĐ-TTg | 2021-02-01 | Thủ tướng Chính phủ; Quyết định | 13/QĐ-TTg | 2021-02-02 | Thủ tướng Chính phủ; Quyết định | 14/QĐ-TTg | 2021-02-03 | Thủ tướng Chính phủ"},
		{"các Công văn số 11/UBND-VX, 12/UBND-VX ngày 5/8/2021 của UBND huyện", "Công văn | 11/UBND-VX | 2021-08-05 | UBND huyện; Công văn | 12/UBND-VX | 2021-08-05 | UBND huyện"},
		{"Công văn số 215 và 216 ngày 5/8/2021 của Sở Y tế", "Công văn | 215 | 2021-08-05 | Sở Y tế; Công văn | 216 | 2021-08-05 | Sở Y tế"},
		{"các văn bản của UBND tỉnh: Công văn số 11/UBND-VX ngày 1/8/2021, Kế hoạch số 12/KH-UBND ngày 2/8/2021", "Công văn | 11/UBND-VX | 2021-08-01 | UBND tỉnh; Kế hoạch | 12/KH-UBND | 2021-08-02 | UBND tỉnh"},
		{"các Nghị quyết của HĐND tỉnh: số 11/2021/NQ-HĐND ngày 1/7/2021 về học phí; số 12/2021/NQ-HĐND ngày 2/7/2021 về phí.", "Nghị quyết | 11/2021/NQ-HĐND | 2021-07-01 | HĐND tỉnh; Nghị quyết | 12/2021/NQ-HĐND | 2021-07-02 | HĐND tỉnh"},
		{"Chỉ thị số 15/CT-TTg ngày 27/3/2020 và Chỉ thị số 16/CT-TTg ngày 31/3/2020 của Thủ tướng Chính phủ", "Chỉ thị | 15/CT-TTg | 2020-03-27 | Thủ tướng Chính phủ; Chỉ thị | 16/CT-TTg | 2020-03-31 | Thủ tướng Chính phủ"},
		{"các Công điện số 26/CĐ-TW, số 27/CĐ-TW cùng ngày 14/10/2020 của Bộ Công an", "Công điện | 26/CĐ-TW | 2020-10-14 | Bộ Công an; Công điện | 27/CĐ-TW | 2020-10-14 | Bộ Công an"},
		{"Quyết định số 861/QĐ-TTg ngày 04/6/2021 của Thủ tướng Chính phủ liên quan đến thẻ bảo hiểm", "Quyết định | 861/QĐ-TTg | 2021-06-04 | Thủ tướng Chính phủ"},
		// date or office in front
		{"Ngày 05/8/2021, UBND tỉnh ban hành Công văn số 11/UBND-VX về tiêm chủng.", "Công văn | 11/UBND-VX | 2021-08-05 | UBND tỉnh"},
		{"Kế hoạch của UBND tỉnh số 12/KH-UBND ngày 2/8/2021", "Kế hoạch | 12/KH-UBND | 2021-08-02 | UBND tỉnh"},
		{"Quyết định ngày 2/8/2021 của UBND tỉnh số 12/QĐ-UBND", "Quyết định | 12/QĐ-UBND | 2021-08-02 | UBND tỉnh"},
		{"Thực hiện chỉ đạo của UBND tỉnh tại Công văn số 11/UBND-VX ngày 05/8/2021, Sở Y tế đề nghị", "Công văn | 11/UBND-VX | 2021-08-05 | UBND tỉnh"},
		{"Sở Y tế đã có Công văn số 12/SYT-NVY ngày 3/8/2021 hướng dẫn", "Công văn | 12/SYT-NVY | 2021-08-03 | Sở Y tế"},
		{"Sở Y tế nhận được Công văn số 11/UBND-VX ngày 05/8/2021 của UBND tỉnh", "Công văn | 11/UBND-VX | 2021-08-05 | UBND tỉnh"},
		{"Công văn số 90-CV/HND ngày 10/6/2021 của Hội Nông dân tỉnh,Ban Thường vụ Hội Nông dân huyện thông báo", "Công văn | 90-CV/HND | 2021-06-10 | Hội Nông dân tỉnh"},
		{"Công văn số 11/UBND-VX ngày 05/8/2021 của UBND tỉnh,Sở Y tế đề nghị", "Công văn | 11/UBND-VX | 2021-08-05 | UBND tỉnh"},
		// dates in every spelling
		{"Công văn số 1/SYT-VP ngày mồng 2 tháng 9 năm 2022 của Sở Y tế", "Công văn | 1/SYT-VP | 2022-09-02 | Sở Y tế"},
		{"Công văn số 1/SYT-VP ngày 5-8-2021", "Công văn | 1/SYT-VP | 2021-08-05"},
		{"Công văn số 1/SYT-VP, ngày 05.8.2021", "Công văn | 1/SYT-VP | 2021-08-05"},
		{"Công văn số 1/SYT-VP ngày 05/ 8/2021", "Công văn | 1/SYT-VP | 2021-08-05"},
		{"Công văn số 1/SYT-VP (ngày 05/8/2021)", "Công văn | 1/SYT-VP | 2021-08-05"},
		{"Công văn số 1/SYT-VP ký ngày 05/8/2021", "Công văn | 1/SYT-VP | 2021-08-05"},
		{"Công văn số 1/SYT-VP ngày 05 tháng 08 năm 2021", "Công văn | 1/SYT-VP | 2021-08-05"},
		// a date or office of another document is not taken
		{"Kế hoạch số 32-KH/TU của Tỉnh ủy thực hiện Chỉ thị số 07-CT/TW ngày 06/7/2021 của Ban Bí thư", "Kế hoạch | 32-KH/TU |  | Tỉnh ủy; Chỉ thị | 07-CT/TW | 2021-07-06 | Ban Bí thư"},
		{"Kế hoạch số 5/KH-UBND về triển khai Quyết định số 6/QĐ-TTg ngày 1/2/2021 của Thủ tướng Chính phủ", "Kế hoạch | 5/KH-UBND; Quyết định | 6/QĐ-TTg | 2021-02-01 | Thủ tướng Chính phủ"},
		{"Nghị định số 117/2020/NĐ-CP được sửa đổi tại Nghị định số 124/2021/NĐ-CP ngày 28/12/2021 của Chính phủ", "Nghị định | 117/2020/NĐ-CP; Nghị định | 124/2021/NĐ-CP | 2021-12-28 | Chính phủ"},
		{"Luật Cư trú số 68/2020/QH14 và Nghị định số 62/2021/NĐ-CP ngày 29/6/2021 của Chính phủ", "Luật | 68/2020/QH14; Nghị định | 62/2021/NĐ-CP | 2021-06-29 | Chính phủ"},
		// spellings of numbers
		{"Công văn số 412 - CV/BTGHU ngày 1/2/2021", "Công văn | 412-CV/BTGHU | 2021-02-01"},
		{"Hướng dẫn số 77- HD/BTGTU", "Hướng dẫn | 77-HD/BTGTU"},
		{"Kế hoạch số 09 –KH/TU", "Kế hoạch | 09-KH/TU"},
		{"kế hoạch 32 KH/TU ngày 1/2/2021", "Kế hoạch | 32KH/TU | 2021-02-01"},
		{"theo 15/QĐ-HĐND", "Quyết định | 15/QĐ-HĐND"},
		{"Công văn số: 1203/SNN&PTNT-TTBVTV", "Công văn | 1203/SNN&PTNT-TTBVTV"},
		{"công văn số1203/SNN-TT", "Công văn | 1203/SNN-TT"},
		{"Tờ trình số 2/TTr-stttt", "Tờ trình | 2/TTr-stttt"},
		{"Công văn Sô: 15/UBND-VX", "Công văn | 15/UBND-VX"},
		{"QĐ số 15/QD-UBND", "Quyết định | 15/QD-UBND"},
		{"Công văn 215 ngày 5/8/2021 của Sở Y tế", "Công văn | 215 | 2021-08-05 | Sở Y tế"},
		{"Nghị định 100/2019 của Chính phủ", "Nghị định | 100/2019 |  | Chính phủ"},
		{"Nghị quyết số 18-NQ/TW (khóa XII)", "Nghị quyết | 18-NQ/TW"},
		{"Thông báo kết luận số 15-TB/TU", "Thông báo kết luận | 15-TB/TU"},
		{"Quyết định số 1719/QĐ-TTg ngày 14/10/2021 phê duyệt Chương trình", "Quyết định | 1719/QĐ-TTg | 2021-10-14"},
		{"Chương trình phối hợp số 01/CTPH-SYT-SGDĐT", "Chương trình phối hợp | 01/CTPH-SYT-SGDĐT"},
	}
	for _, c := range cases {
		if got := cites(c.text); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestWhatIsNoCitation(t *testing.T) {
	cases := []string{
		"Nghị quyết Đại hội XIII của Đảng", "quyết định số lượng, công văn đến", "Quyết định 3 nhiệm vụ trọng tâm", "kế hoạch 5 năm 2021 - 2025", "Chương trình 135, Đề án 06",
		"xe biển số 34A-123.45, 29C1-12345", "TCVN 5687:2010, ISO 9001:2015, QCVN 01:2009/BYT", "tiêu chuẩn QCVN 8-1:2011/BYT", "số 12/5 đường Lê Lợi, nhà số 5/A2, phòng số 3/B", "thửa đất số 118, tờ bản đồ số 27/TBĐ",
		"tài khoản số 1234/NH-BIDV", "mã số 7756/DA-KCN", "điện thoại 0220.3838.383, số 1900 9068", "15 phút/ngày, 3/4 số hộ, 24/7", "ngày 27/8/2021, giai đoạn 2021-2025", "bão số 4, vụ 3", "số 2 Trần Phú", "Quốc lộ 4D, km 104/H5",
		"mẫu số 04, biểu 05/KD", "đợt 1/2021, học kỳ 1/2021", "hợp đồng số 12/HĐ-XD", "Công văn số …/UBND-VX", "lần thứ 3 năm 2021", "chỉ thị 3 không", "Kết luận 12 vụ việc", "Thông báo số lượng 15 xã",
	}
	for _, text := range cases {
		if got := cites(text); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
}
