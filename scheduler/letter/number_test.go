package letter

import (
	"strings"
	"testing"
)

func TestNumbersIn(t *testing.T) {
	cases := []struct{ text, want, why string }{
		{"Công văn số 3168/UBND-VP ngày 27/8/2021", "3168/UBND-VP", "the plain form"},
		{"Quyết định số 2271/QĐ-UBND", "2271/QĐ-UBND", "with Đ"},
		{"Quyết định 08/2019/QĐ-TTg", "08/2019/QĐ-TTg", "with a year and a small letter"},
		{"Luật số 24/2018/QH14.", "24/2018/QH14", "of the National Assembly"},
		{"Thông tư số 39/2020/TT-BTTTT,", "39/2020/TT-BTTTT", "of a ministry"},
		{"Kế hoạch số 32-KH/TU", "32-KH/TU", "of the party"},
		{"Hướng dẫn số 03-HD/BDVTU", "03-HD/BDVTU", "of a party board"},
		{"Chỉ thị số 45 - CT/TW", "45-CT/TW", "spaces around the hyphen"},
		{"Hướng dẫn số 169–HD/BTGTW", "169-HD/BTGTW", "an en dash"},
		{"Công văn số 3168 / UBND - VP", "3168/UBND-VP", "spaces everywhere"},
		{"Công văn số 3168/UBND -VP", "3168/UBND-VP", "a space on one side"},
		{"Thông tư số 05/2021/TT-BNN&PTNT", "05/2021/TT-BNN&PTNT", "an ampersand"},
		{"Công văn số 45/VHTT", "45/VHTT", "one part, but introduced"},
		{"Kế hoạch 12a/KH-UBND", "12a/KH-UBND", "an inserted number"},
		{"Quyết định số 55-QĐi/TU", "55-QĐi/TU", "a small letter that tells it from QĐ"},
		{"theo số:12/KH-UBND", "12/KH-UBND", "a colon without a space"},
		{"Công văn số 12/UBND-VP, 13/UBND-VP và 14/UBND-VP", "12/UBND-VP 13/UBND-VP 14/UBND-VP", "several"},
		{"Kế hoạch số 12/KH-UBND - Văn phòng UBND", "12/KH-UBND", "a dash that is the sentence's own"},
		{"điện thoại 0220.3838383", "", "a telephone number"},
		{"ngày 27/8/2021", "", "a date"},
		{"giai đoạn 2021-2025", "", "a period"},
		{"(15/10/1930-15/10/2021)", "", "a span of dates"},
		{"15 phút/ngày, 03 lượt/ngày", "", "a rate"},
		{"đạt 3/4 số hộ", "", "a fraction"},
		{"trực 24/7, mạng 4G/LTE", "", "figures of speech"},
		{"phòng, chống Covid-19/SARS-CoV-2", "", "the middle of a word"},
		{"QCVN 01:2018/BYT-TT", "", "a standard"},
		{"theo mẫu số 01/TK-SDDPNN, biểu số 03/BC", "", "forms"},
		{"http://xa.vn/vb/12/QĐ-UBND", "", "the path of a web address"},
		{"http://xa.vn:12/QĐ-UBND", "", "the port of a web address"},
		{"nhà 12/KP, tổ 3/KDC", "", "an address in a town"},
		{"năm 2021 - UBND/HĐND các cấp", "", "a year before a dash"},
		{"1234567/UBND-VP", "", "more digits than a number has"},
	}
	for _, c := range cases {
		var got []string
		for _, n := range numbersIn(c.text, fold(c.text)) {
			got = append(got, n.value)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: numbers in %q = %q, want %q", c.why, c.text, got, c.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	cases := []struct{ number, want string }{
		{"3168/UBND-VP", "Công văn"}, // no kind in the symbol
		{"112/KH-MT", "Kế hoạch"},
		{"2271/QĐ-UBND", "Quyết định"},
		{"08/2019/QĐ-TTg", "Quyết định"},
		{"24/2018/QH14", "Luật"},
		{"15/2020/NĐ-CP", "Nghị định"},
		{"03-HD/BDVTU", "Hướng dẫn"},
		{"12-CTr/TU", "Chương trình"},
	}
	for _, c := range cases {
		found := numbersIn("số "+c.number, "số "+fold(c.number))
		if len(found) != 1 || kindOf(found[0].value) != c.want {
			t.Errorf("kind of %s is not %s: %+v", c.number, c.want, found)
		}
	}
}

func TestFoldKeepsEveryBytesPlace(t *testing.T) {
	cases := []struct{ in, want string }{
		{"Tỉnh UỶ, Uỷ ban", "tỉnh ủy, ủy ban"},
		{"CỘNG HOÀ", "cộng hòa"},
		{"hoạt động toàn khoá", "hoạt động toàn khóa"}, // only where nothing follows
		{"oà", "òa"},
		{"à", "à"},
		{"\u0130", "\u0130"}, // its lower case has another length
	}
	for _, c := range cases {
		if got := fold(c.in); got != c.want || len(got) != len(c.in) {
			t.Errorf("fold(%q) = %q, want %q in as many bytes", c.in, got, c.want)
		}
	}
}
