package letter

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadHead(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"two columns side by side", `
   ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    HUYỆN TỨ KỲ                        Độc lập - Tự do - Hạnh phúc
  PHÒNG VĂN HÓA VÀ THÔNG TIN
      -------                                ---------------
   Số: 45/VHTT                     Tứ Kỳ, ngày 05 tháng 4 năm 2022
V/v tuyên truyền phòng cháy,
 chữa cháy rừng mùa khô`,
			"Công văn | 45/VHTT | 2022-04-05 | PHÒNG VĂN HÓA VÀ THÔNG TIN | tuyên truyền phòng cháy, chữa cháy rừng mùa khô"},
		{"two columns one behind the other, a draft", `
UBND TỈNH A
SỞ Y TẾ

Số:        /SYT-NVY
V/v tuyên truyền tiêm chủng

 mở rộng

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
A, ngày     tháng 10  năm 2021`,
			"Công văn | /SYT-NVY | 2021-10 | SỞ Y TẾ | tuyên truyền tiêm chủng mở rộng | draft"},
		{"dots where the number and the day go", `
SỞ Y TẾ
Số: ....../SYT-NVY
A, ngày … tháng 10 năm 2021`,
			"Công văn | /SYT-NVY | 2021-10 | SỞ Y TẾ |  | draft"},
		{"a number, but no day", "SỞ Y TẾ\nSố: 7/SYT-NVY\nA, ngày   tháng 10 năm 2021", "Công văn | 7/SYT-NVY | 2021-10 | SỞ Y TẾ |  | draft"},
		{"of the party", `
TỈNH ỦY HẢI DƯƠNG                      ĐẢNG CỘNG SẢN VIỆT NAM
 BAN TUYÊN GIÁO
        *                              Hải Dương, ngày 02 tháng 3 năm 2021
  Số 45 - CV/BTGTU
V/v tuyên truyền bầu cử`,
			"Công văn | 45-CV/BTGTU | 2021-03-02 | BAN TUYÊN GIÁO | tuyên truyền bầu cử"},
		{"a plan, its kind on a line of its own", `
UỶ BAN NHÂN DÂN
XÃ TÂN AN
Số: 17/KH-UBND
Tân An, ngày 20/12/2022
KẾ HOẠCH
Về việc tuyên truyền chuyển đổi số
trên hệ thống truyền thanh xã`,
			"Kế hoạch | 17/KH-UBND | 2022-12-20 | UỶ BAN NHÂN DÂN XÃ TÂN AN | tuyên truyền chuyển đổi số trên hệ thống truyền thanh xã"},
		{"a guide, kind and subject on one line", "BAN TUYÊN GIÁO\nSố 3-HD/BTG\nHƯỚNG DẪN TUYÊN TRUYỀN NGÀY 30/4", "Hướng dẫn | 3-HD/BTG |  | BAN TUYÊN GIÁO | TUYÊN TRUYỀN NGÀY 30/4"},
		{"two offices that write together", "UBND TỈNH A\nSỞ Y TẾ - SỞ TƯ PHÁP\nSố: 1/KHLN-SYT-STP\nA, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\nPhối hợp tuyên truyền", "Kế hoạch | 1/KHLN-SYT-STP | 2021-03-02 | SỞ Y TẾ - SỞ TƯ PHÁP | Phối hợp tuyên truyền"},
		{"two offices of one place that write together", "BẢO HIỂM XÃ HỘI HUYỆN LẤP VÒ\nHỘI NÔNG DÂN HUYỆN LẤP VÒ\nSố: 6/KHLN-BHXH-HND\nA, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\nPhối hợp tuyên truyền", "Kế hoạch | 6/KHLN-BHXH-HND | 2021-03-02 | BẢO HIỂM XÃ HỘI HUYỆN LẤP VÒ - HỘI NÔNG DÂN HUYỆN LẤP VÒ | Phối hợp tuyên truyền"},
		{"three that write together", "CÔNG AN XÃ AN LẠC\nĐOÀN THANH NIÊN XÃ AN LẠC\nHỘI PHỤ NỮ XÃ AN LẠC\nSố: 6/CTPH-CA-ĐTN-HPN\nA, ngày 2 tháng 3 năm 2021\nCHƯƠNG TRÌNH\nPhối hợp tuyên truyền", "Chương trình | 6/CTPH-CA-ĐTN-HPN | 2021-03-02 | CÔNG AN XÃ AN LẠC - ĐOÀN THANH NIÊN XÃ AN LẠC - HỘI PHỤ NỮ XÃ AN LẠC | Phối hợp tuyên truyền"},
		{"an office under the committee of its place", "UBND HUYỆN A\nPHÒNG Y TẾ HUYỆN A\nSố: 6/KHPH-PYT-LĐLĐ\nA, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\nTiêm chủng", "Kế hoạch | 6/KHPH-PYT-LĐLĐ | 2021-03-02 | PHÒNG Y TẾ HUYỆN A | Tiêm chủng"},
		{"one under another of its place, which writes alone", "SỞ Y TẾ TỈNH A\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT TỈNH A\nSố: 6/KH-KSBT\nA, ngày 2 tháng 3 năm 2021\nKẾ HOẠCH\nTiêm chủng", "Kế hoạch | 6/KH-KSBT | 2021-03-02 | TRUNG TÂM KIỂM SOÁT BỆNH TẬT TỈNH A | Tiêm chủng"},
		{"the party in a subject", "HUYỆN ỦY A          ĐẢNG CỘNG SẢN VIỆT NAM\nBAN TUYÊN GIÁO\nSố 18-HD/BTGHU\nHƯỚNG DẪN\ntuyên truyền 90 năm Ngày thành lập Đảng Cộng sản Việt Nam", "Hướng dẫn | 18-HD/BTGHU |  | BAN TUYÊN GIÁO | tuyên truyền 90 năm Ngày thành lập Đảng Cộng sản Việt Nam"},
		{"the party at the beginning of a line", "BAN TUYÊN GIÁO\nSố 18-HD/BTGHU\nHƯỚNG DẪN\nTuyên truyền 90 năm Ngày thành lập\nĐảng Cộng sản Việt Nam", "Hướng dẫn | 18-HD/BTGHU |  | BAN TUYÊN GIÁO | Tuyên truyền 90 năm Ngày thành lập Đảng Cộng sản Việt Nam"},
		{"the state in a subject", "SỞ TƯ PHÁP\nSố: 7/STP\nV/v tuyên truyền Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Công văn | 7/STP |  | SỞ TƯ PHÁP | tuyên truyền Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{"the party in a subject in capitals", "BAN TUYÊN GIÁO\nSố 3-HD/BTG\nHƯỚNG DẪN\nTUYÊN TRUYỀN NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM", "Hướng dẫn | 3-HD/BTG |  | BAN TUYÊN GIÁO | TUYÊN TRUYỀN NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM"},
		{"no place for a number or a day", "SỞ TƯ PHÁP\nQuảng Ninh, tháng 9 năm 2024\nĐỀ CƯƠNG\nTuyên truyền đất đai", "Đề cương |  | 2024-09 | SỞ TƯ PHÁP | Tuyên truyền đất đai"},
		{"a subject without V/v", "BAN TUYÊN GIÁO\nSố 4-CV/BTGHU\nTuyên truyền các nội dung\ntrọng tâm\nA, ngày 2-3-2021", "Công văn | 4-CV/BTGHU | 2021-03-02 | BAN TUYÊN GIÁO | Tuyên truyền các nội dung trọng tâm"},
		{"columns run together", "UBND XÃ A CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBAN CHỈ ĐẠO Độc lập - Tự do - Hạnh phúc\nSố: 9/TB-BCĐ Đồng Tâm, ngày 14 tháng 5 năm 2021\nTHÔNG BÁO\nVề lịch tiêm", "Thông báo | 9/TB-BCĐ | 2021-05-14 | BAN CHỈ ĐẠO | lịch tiêm"},
		{"read by a scanner, in small letters", "UBND XÃ A\nSô: 12/kh-ubnd\nA, ngày mồng 2 tháng 9 năm 2022", "Kế hoạch | 12/kh-ubnd | 2022-09-02 | UBND XÃ A | "},
		{"a stamp beside a wrapped office", "ỦY BAN NHÂN DÂN       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n  XÃ TÂN AN\nHỎA TỐC\nSố: 215        Tân An, 5/8/2021", "Công văn | 215 | 2021-08-05 | ỦY BAN NHÂN DÂN XÃ TÂN AN | "},
		{"nothing", "", "Công văn |  |  |  | "},
	}
	for _, c := range cases {
		h := readHead(c.text, withoutPageNumbers(linesOf(c.text)))
		got := strings.Join([]string{h.kind, h.number, h.date.String(), h.issuer, h.subject.text}, " | ")
		if h.draft() {
			got += " | draft"
		}
		if got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestDivide(t *testing.T) {
	const body = "Thực hiện chỉ đạo của tỉnh, các đài tuyên truyền bầu cử."
	cases := []struct{ why, text string }{
		{"addressees on one line", "Kính gửi: Đài Truyền thanh các xã\n\n" + body},
		{"a list of addressees, one of them wrapped", "Kính gửi:\n- Báo A;\n- Phòng Văn hóa các huyện,\nthành phố.\n\n" + body},
		{"no blank line in between", "Kính gửi: Đài Truyền thanh các xã\n" + body},
		{"a blank line behind the greeting", "Kính gửi:\n\nỦy ban nhân dân các xã\n\n" + body},
		{"copies in the second column", "Kính gửi: A\n\n" + body + "\nNơi nhận:           GIÁM ĐỐC\n- Như trên"},
		{"a signature and no copies", "Kính gửi: A\n\n" + body + "\nTM. ỦY BAN NHÂN DÂN\nChủ tịch"},
		{"a page number", "Kính gửi: A\n\n" + body + "\n\n2\n\n"},
		{"no addressees, a plan", "SỞ Y TẾ\nSố: 1/KH-SYT\nKẾ HOẠCH\nTiêm chủng\n\n" + body},
		{"nothing but the body", body},
	}
	for _, c := range cases {
		got := strings.TrimSpace(wordsOf(divide(c.text).body))
		if got != body {
			t.Errorf("%s: body %q, want %q", c.why, got, body)
		}
	}
}

func TestParagraphs(t *testing.T) {
	wide := strings.Repeat("dài ", 14) + "dòng"
	cases := []struct{ why, text, want string }{
		{"lines of one paragraph", wide + "\nhết câu.", "[] " + wide + " hết câu."},
		{"a symbol broken at its hyphen", wide + " số 03-\nHD/BDVTU", "[] " + wide + " số 03-HD/BDVTU"},
		{"a symbol broken before its stroke", wide + " số 3168\n/UBND-VP", "[] " + wide + " số 3168/UBND-VP"},
		{"a symbol broken in its second part", wide + " số 3168/UBND\n-VP", "[] " + wide + " số 3168/UBND-VP"},
		{"a date broken at a stroke", wide + " ngày 27/8/\n2021", "[] " + wide + " ngày 27/8/2021"},
		{"a dash between two names", "Lễ hội " + wide + " Côn Sơn -\nKiếp Bạc", "[] Lễ hội " + wide + " Côn Sơn - Kiếp Bạc"},
		{"a dash that looks like a bullet", wide + " của Ban Dân vận\n- Tỉnh ủy Hải Dương", "[] " + wide + " của Ban Dân vận - Tỉnh ủy Hải Dương"},
		{"a day that looks like an item", wide + " ngày\n15. Các đài", "[] " + wide + " ngày 15. Các đài"},
		{"items of every form", "I. A\n1. B\n2/ C\n3- D\n1.1. E\na) F\n- g\n+ h", "[I] A; [1] B; [2] C; [3] D; [1.1] E; [a] F; [] g; [] h"},
		{"a page break in a sentence", wide + "\n\nhết câu.", "[] " + wide + " hết câu."},
		{"a short last line", wide + "\nhết câu.\nCâu sau.", "[] " + wide + " hết câu.; [] Câu sau."},
		{"lines that are whole paragraphs", strings.Repeat("dài ", 60) + "\nCâu sau", "[] " + strings.Repeat("dài ", 59) + "dài; [] Câu sau"},
		{"a remark in brackets", wide + " năm 2021...\n(Gửi kèm văn bản)", "[] " + wide + " năm 2021...; [] (Gửi kèm văn bản)"},
	}
	for _, c := range cases {
		var got []string
		for _, p := range paragraphs(c.text, linesOf(c.text)) {
			got = append(got, fmt.Sprintf("[%s] %s", p.label, p.text))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s:\n  got  %q\n  want %q", c.why, got, c.want)
		}
	}
}

func TestAnnexFrom(t *testing.T) {
	const foot = "Nơi nhận:\n- Như trên.\nCHỦ TỊCH\n\nLê Văn An\n\n"
	cases := []struct{ why, behind, want string }{
		{"slogans", "PHỤ LỤC\nKHẨU HIỆU TUYÊN TRUYỀN\n1. A", "PHỤ LỤC"},
		{"topics without the word", "NỘI DUNG TUYÊN TRUYỀN\n1. A", "NỘI DUNG TUYÊN TRUYỀN"},
		{"a form to send back", "PHỤ LỤC\nMẪU BÁO CÁO\n1. A", ""},
		{"nothing", "", ""},
	}
	for _, c := range cases {
		annex := divide("Kính gửi: A\n\nThực hiện chỉ đạo.\n\n" + foot + c.behind).annex
		got := ""
		if len(annex) > 0 {
			got = annex[0].text
		}
		if got != c.want {
			t.Errorf("%s: the appendix begins with %q, want %q", c.why, got, c.want)
		}
	}
}

func TestPageNumbersFallAway(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"between blank lines", "a\n\n2\n\nb", "a\n\n\n\nb"},
		{"at the foot of a page", "a\n1\fb", "a\n\nb"},
		{"the one that is due", "dòng cuối trang\n2\ndòng đầu trang", "dòng cuối trang\n\ndòng đầu trang"},
		{"a day that a line has broken off", "từ ngày\n2\ntháng 9", "từ ngày\n2\ntháng 9"},
		{"rows of a table", "STT\nNội dung\n\n1\n\nA\n\n2\n\nB", "STT\nNội dung\n\n1\n\nA\n\n2\n\nB"},
		{"a rule", "a\n-----\nb", "a\n\nb"},
	}
	for _, c := range cases {
		if got := wordsOf(withoutPageNumbers(linesOf(c.text))); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
