package letter

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// TestWhatIsSaidOnce is of documents that share kind, issuer or date.
func TestWhatIsSaidOnce(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"office before a list, subjects between", "các Quyết định của Thủ tướng Chính phủ số: 755/QĐ-TTg ngày 20/5/2013 về đất ở; 551/QĐ-TTg ngày 04/4/2013 về Chương trình 135; 29/2013/QĐ-TTg ngày 20/5/2013 về việc làm",
			"Quyết định 755/QĐ-TTg 2013-05-20 Thủ tướng Chính phủ; Quyết định 551/QĐ-TTg 2013-04-04 Thủ tướng Chính phủ; Quyết định 29/2013/QĐ-TTg 2013-05-20 Thủ tướng Chính phủ"},
		{"kind and office before numbers that name another kind", "chỉ đạo của Cục Thuế tỉnh tại các Công văn số 5217/CT-TTHT ngày 09/11/2020 và số 5344/CT-HKDCN ngày 16/11/2020",
			"Công văn 5217/CT-TTHT 2020-11-09 Cục Thuế tỉnh; Công văn 5344/CT-HKDCN 2020-11-16 Cục Thuế tỉnh"},
		{"a colon before the first", "các Kế hoạch: số 12/KH-UBND ngày 01/3/2021, số 15/KH-UBND ngày 20/3/2021 của UBND huyện",
			"Kế hoạch 12/KH-UBND 2021-03-01 UBND huyện; Kế hoạch 15/KH-UBND 2021-03-20 UBND huyện"},
		{"the office behind the second of two", "Công văn số 1520/UBND-KGVX ngày 18/5/2023 và Công văn số 1611/UBND-NN ngày 25/5/2023 của UBND huyện",
			"Công văn 1520/UBND-KGVX 2023-05-18 UBND huyện; Công văn 1611/UBND-NN 2023-05-25 UBND huyện"},
		{"an office that is not the first one's", "Công văn số 1520/SYT-NVY ngày 18/5/2023 và Công văn số 1611/UBND-NN ngày 25/5/2023 của UBND huyện",
			"Công văn 1520/SYT-NVY 2023-05-18 ; Công văn 1611/UBND-NN 2023-05-25 UBND huyện"},
		{"date and office behind the last", "các Công văn số 12/UBND-VP, 13/UBND-VP ngày 15/8/2019 của UBND tỉnh",
			"Công văn 12/UBND-VP 2019-08-15 UBND tỉnh; Công văn 13/UBND-VP 2019-08-15 UBND tỉnh"},
	}
	for _, c := range cases {
		var got []string
		for _, x := range proseOf(c.text, scheduler.Date{Year: 2022}).cited {
			got = append(got, strings.Join([]string{x.Kind, x.Number, x.Date.String(), x.Issuer}, " "))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, strings.Join(got, "; "), c.want)
		}
	}
}
