package letter

import (
	"os"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// The example letter that the project ships, and all that must be read in it.
const exampleLetter = "../../docs/examples/cong-van-1022.txt"

func parseExample(t testing.TB) scheduler.Directive {
	t.Helper()
	text, err := os.ReadFile(exampleLetter)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestExampleLetterhead(t *testing.T) {
	d := parseExample(t)
	cases := []struct{ what, got, want string }{
		{"kind", d.Kind, "Công văn"},
		{"number", d.Number, "/STTTT-TTBCXB"},
		{"date", d.Date.String(), "2021-10"},
		{"issuer", d.Issuer, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"},
		{"subject", d.Subject, "tuyên truyền triển khai Tổng đài Thông tin 1022 và các nhiệm vụ chính trị, phát triển KT-XH"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if !d.Draft {
		t.Error("a letter without number and day is not a draft")
	}
}

func TestExampleCitations(t *testing.T) {
	want := []string{
		"Công văn | 3168/UBND-VP | 2021-08-27 | UBND tỉnh | triển khai Tổng đài Thông tin 1022 trên địa bàn tỉnh Hải Dương",
		"Công văn | 696/TTCS-TQ | 2021-09-30 | Cục Thông tin cơ sở | thông tin, tuyên truyền về Chương trình “Sóng và máy tính cho em”",
		"Công văn | 3526/UBND-VP | 2021-09-24 | UBND tỉnh | Triển khai phần mềm quản lý biến động của người ra, vào vùng dịch",
		"Kế hoạch | 112/KH-MT | 2021-08-20 | Ban Thường trực Ủy ban MTTQ tỉnh | Vận động ủng hộ đồng bào các tỉnh phía Nam khắc phục khó khăn do ảnh hưởng của dịch bệnh Covid-19",
		"Kế hoạch | 32-KH/TU | 2021-09-16 | Tỉnh ủy Hải Dương | Chỉ thị số 07-CT/TW ngày 06/7/2021 của Ban Bí thư về tăng cường lãnh đạo công tác phòng, chống HIV/AIDS, tiến tới chấm dứt dịch bệnh AIDS tại Việt Nam trước năm 2030",
		"Chỉ thị | 07-CT/TW | 2021-07-06 | Ban Bí thư | tăng cường lãnh đạo công tác phòng, chống HIV/AIDS, tiến tới chấm dứt dịch bệnh AIDS tại Việt Nam trước năm 2030",
		"Thông báo | 411-TB/TU | 2021-09-09 | Tỉnh ủy Hải Dương | Thông báo kết luận của Ban Thường vụ Tỉnh ủy về việc tổ chức các nghi lễ truyền thống tại Lễ hội mùa Thu Côn Sơn-Kiếp Bạc năm 2021",
		"Công văn | 651/TTCS-TQ | 2021-09-16 | Cục Thông tin cơ sở | tuyên truyền Công điện sẵn sang ứng phó thiên tai",
		"Quyết định | 2271/QĐ-UBND | 2021-08-13 | UBND tỉnh | ban hành Đề án “Phát triển sản xuất nông nghiệp hàng hóa tập trung ứng dụng công nghệ cao, nông nghiệp hữu cơ giai đoạn 2021-2025, định hướng đến năm 2030”",
		"Công văn | 3434/UBND-VP | 2021-09-17 | UBND tỉnh | chấn chỉnh công tác quản lý hoạt động bến bãi ven sông trên địa bàn tỉnh",
		"Kế hoạch | 3066/KH-SLĐTBXH | 2021-09-13 | Sở Lao động, Thương binh và Xã hội | giáo dục nghề nghiệp tỉnh Hải Dương giai đoạn 2021-2025",
		"Công văn | 1795/STNMT-CCBVMT | 2021-09-20 | Sở Tài nguyên và Môi trường | tổ chức các hoạt động hưởng ứng Chiến dịch Làm cho thế giới sạch hơn năm 2021",
		"Hướng dẫn | 03-HD/BDVTU | 2021-09-15 | Ban Dân vận - Tỉnh ủy Hải Dương | tổ chức các hoạt động kỷ niệm 91 năm Ngày truyền thống công tác dân vận của Đảng (15/10/1930-15/10/2021)",
		"Kế hoạch | 3394/KH-UBND | 2021-09-15 | UBND tỉnh Hải Dương | Tổ chức các nghi lễ truyền thống mùa Thu tại khu di tích Quốc gia đặc biệt Côn Sơn - Kiếp Bạc năm 2021",
	}
	got := signs(parseExample(t).Citations)
	if len(got) != len(want) {
		t.Fatalf("%d documents, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("document %d:\n  got  %s\n  want %s", i+1, got[i], want[i])
		}
	}
}

func TestExampleTopics(t *testing.T) {
	want := []struct{ section, numbers, title string }{
		{"1", "3168/UBND-VP", "Công văn số 3168/UBND-VP ngày 27/8/2021 của UBND tỉnh về việc triển khai Tổng đài Thông tin 1022 trên địa …"},
		{"1", "696/TTCS-TQ", "Công văn số 696/TTCS-TQ ngày 30/9/2021 của Cục Thông tin cơ sở về thông tin, tuyên truyền về Chương trình …"},
		{"1", "3526/UBND-VP", "Công văn số 3526/UBND-VP ngày 24/9/2021 của UBND tỉnh về Triển khai phần mềm quản lý biến động của người …"},
		{"1", "112/KH-MT", "Kế hoạch số 112/KH-MT ngày 20/8/2021 của Ban Thường trực Ủy ban MTTQ tỉnh về Vận động ủng hộ đồng bào các …"},
		{"2", "32-KH/TU 07-CT/TW", "Kế hoạch số 32-KH/TU ngày 16/9/2021 của Tỉnh ủy Hải Dương về Chỉ thị số 07-CT/TW ngày 06/7/2021 của Ban Bí …"},
		{"2", "411-TB/TU", "Thông báo số 411-TB/TU ngày 09/9/2021 của Tỉnh ủy Hải Dương về Thông báo kết luận của Ban Thường vụ Tỉnh ủy …"},
		{"3", "651/TTCS-TQ", "Công văn số 651/TTCS-TQ ngày 16/9/2021 của Cục Thông tin cơ sở về tuyên truyền Công điện sẵn sang ứng phó …"},
		{"3", "2271/QĐ-UBND", "Quyết định số 2271/QĐ-UBND ngày 13/8/2021 của UBND tỉnh về việc ban hành Đề án “Phát triển sản xuất nông …"},
		{"3", "3434/UBND-VP", "Công văn số 3434/UBND-VP ngày 17/9/2021 của UBND tỉnh về chấn chỉnh công tác quản lý hoạt động bến bãi ven …"},
		{"3", "3066/KH-SLĐTBXH", "Kế hoạch số 3066/KH-SLĐTBXH ngày 13/9/2021 của Sở Lao động, Thương binh và Xã hội về giáo dục nghề nghiệp …"},
		{"3", "1795/STNMT-CCBVMT", "Công văn số 1795/STNMT-CCBVMT ngày 20/9/2021 của Sở Tài nguyên và Môi trường về tổ chức các hoạt động hưởng …"},
		{"3", "03-HD/BDVTU", "Hướng dẫn số 03-HD/BDVTU ngày 15/9/2021 của Ban Dân vận - Tỉnh ủy Hải Dương về tổ chức các hoạt động kỷ …"},
		{"3", "3394/KH-UBND", "Kế hoạch số 3394/KH-UBND ngày 15/9/2021 của UBND tỉnh Hải Dương về Tổ chức các nghi lễ truyền thống mùa Thu …"},
	}
	got := parseExample(t).Topics
	if len(got) != len(want) {
		t.Fatalf("%d topics, want %d", len(got), len(want))
	}
	for i, w := range want {
		var numbers []string
		for _, c := range got[i].Citations {
			numbers = append(numbers, c.Number)
		}
		g := got[i]
		if g.Ordinal != i+1 || g.Section != w.section || strings.Join(numbers, " ") != w.numbers || g.Title != w.title || len(g.Demands) > 0 {
			t.Errorf("topic %d:\n  got  %d %s %q %q %+v\n  want %s %q %q", i+1, g.Ordinal, g.Section, numbers, g.Title, g.Demands, w.section, w.numbers, w.title)
		}
	}
}

func TestExampleDemands(t *testing.T) {
	got := parseExample(t).Demands
	if len(got) != 1 || got[0].PerDay != 2 || got[0].Until.String() != "2021-11-30" || !got[0].From.IsZero() {
		t.Fatalf("the letter asks %+v, want 2 airings a day until 2021-11-30, from a day its draft leaves blank", got)
	}
	if want := "tối thiểu 02 lượt/ngày, từ nay đến hết ngày 30/11/2021"; got[0].Text != want {
		t.Errorf("in the words %q, want %q", got[0].Text, want)
	}
}
