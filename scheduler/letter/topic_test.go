package letter

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// titles are the topics of a body, each as "section:title".
func titles(t *testing.T, body string) string {
	t.Helper()
	d, err := Parse("Số: 1/SYT-NVY\nKính gửi: Các đài\n\n" + body)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, topic := range d.Topics {
		out = append(out, fmt.Sprintf("%s:%s", topic.Section, topic.Title))
	}
	return strings.Join(out, "; ")
}

func TestTopics(t *testing.T) {
	const ask = "Đề nghị các đài tuyên truyền các nội dung sau:\n"
	cases := []struct{ why, body, want string }{
		{"bullets without a document", ask + "- Tuyên truyền phòng, chống cháy rừng;\n- Tuyên truyền an toàn giao thông.", ":Tuyên truyền phòng, chống cháy rừng; :Tuyên truyền an toàn giao thông"},
		{"bullets without a verb", ask + "- Cuộc bầu cử.\n- Các gương người tốt.", ":Cuộc bầu cử; :Các gương người tốt"},
		{"numbered items", ask + "1. Cuộc bầu cử.\n2. Vệ sinh môi trường.", "1:Cuộc bầu cử; 2:Vệ sinh môi trường"},
		{"one paragraph", "Sở Y tế đề nghị các đài tuyên truyền việc tiêm vắc xin. Trân trọng./.", ":Tuyên truyền việc tiêm vắc xin"},
		{"one paragraph with its basis", "Thực hiện Kế hoạch số 1/KH-UBND về tiêm chủng, Sở Y tế đề nghị các đài thông báo lịch tiêm.", ":Thông báo lịch tiêm"},
		{"an office that asks at length", "Liên đoàn Lao động tỉnh đề nghị UBND các xã, phường, thị trấn chỉ đạo đài truyền thanh tuyên truyền rộng rãi chính sách hỗ trợ.", ":Tuyên truyền rộng rãi chính sách hỗ trợ"},
		{"several orders in an item", "1. Tuyên truyền Kế hoạch số 1/KH-UBND; Tuyên truyền Kế hoạch số 2/KH-UBND.", "1:Kế hoạch số 1/KH-UBND; 1:Kế hoạch số 2/KH-UBND"},
		{"a document without a verb behind one with", "1. Tuyên truyền Kế hoạch số 1/KH-UBND; Công văn số 2/UBND-VP.", "1:Kế hoạch số 1/KH-UBND; 1:Công văn số 2/UBND-VP"},
		{"two documents and one verb", "1. Tuyên truyền Luật số 1/2021/QH14 và Nghị định số 2/2021/NĐ-CP.", "1:Luật số 1/2021/QH14"},
		{"two documents, each with its subject", "1. Tuyên truyền Luật số 1/2021/QH14 về đất đai và Nghị định số 2/2021/NĐ-CP về bảng giá.", "1:Luật số 1/2021/QH14 về đất đai; 1:Nghị định số 2/2021/NĐ-CP về bảng giá"},
		{"a document in a document's subject", "1. Tuyên truyền Kế hoạch số 1/KH-UBND về thực hiện Chỉ thị số 2/CT-TTg.", "1:Kế hoạch số 1/KH-UBND về thực hiện Chỉ thị số 2/CT-TTg"},
		{"a document that is only the basis", "1. Tuyên truyền cuộc bầu cử theo Kế hoạch số 1/KH-UBND.", "1:Tuyên truyền cuộc bầu cử theo Kế hoạch số 1/KH-UBND"},
		{"sentences that explain", "1. Tuyên truyền Luật số 1/2021/QH14. Tập trung tuyên truyền điểm mới. Nội dung theo Hướng dẫn số 3/HD-STP.", "1:Luật số 1/2021/QH14"},
		{"orders that are no documents", "1. Tuyên truyền cuộc bầu cử. Đẩy mạnh tuyên truyền vệ sinh môi trường.", "1:Tuyên truyền cuộc bầu cử; 1:Đẩy mạnh tuyên truyền vệ sinh môi trường"},
		{"a verb that only goes on", "1. Tuyên truyền cuộc bầu cử. Tuyên truyền, vận động người dân đi bầu.", "1:Tuyên truyền cuộc bầu cử"},
		{"bullets that explain", "1. Tuyên truyền cuộc bầu cử\n- Ý nghĩa của cuộc bầu cử;\n- Quyền của cử tri.", "1:Tuyên truyền cuộc bầu cử"},
		{"bullets that order", "1. Công tác bầu cử:\n- Tuyên truyền ý nghĩa của cuộc bầu cử;\n- Tuyên truyền quyền của cử tri.", "1:Tuyên truyền ý nghĩa của cuộc bầu cử; 1:Tuyên truyền quyền của cử tri"},
		{"a heading over its list", "1. Nội dung tuyên truyền:\n- Cuộc bầu cử;\n- Vệ sinh môi trường.\n2. Hình thức: phát thanh.", "1:Cuộc bầu cử; 1:Vệ sinh môi trường"},
		{"items about how and when", ask + "1. Cuộc bầu cử.\n2. Thời gian tuyên truyền: tháng 5.\n3. Chế độ báo cáo: trước ngày 20.", "1:Cuộc bầu cử"},
		{"a plan", "I. MỤC ĐÍCH\n1. Nâng cao nhận thức.\nII. NỘI DUNG\n1. Tuyên truyền chuyển đổi số.\n2. Phòng lừa đảo:\na) Tuyên truyền thủ đoạn.\nb) Tuyên truyền cách báo tin.\nIII. TỔ CHỨC THỰC HIỆN\n1. Các đài tuyên truyền.", "1:Tuyên truyền chuyển đổi số; a:Tuyên truyền thủ đoạn; b:Tuyên truyền cách báo tin"},
		{"unmarked paragraphs that order", "Tuyên truyền cuộc bầu cử.\n\nTuyên truyền vệ sinh môi trường.", ":Tuyên truyền cuộc bầu cử; :Tuyên truyền vệ sinh môi trường"},
		{"a paragraph that goes on with an item", "1. Tuyên truyền cuộc bầu cử.\n\nCử tri cần biết ngày bầu.\n\nĐề nghị các đài thực hiện./.", "1:Tuyên truyền cuộc bầu cử"},
		{"a list within a sentence", "Sở đề nghị các đài phát 02 bài tuyên truyền: (1) Lừa đảo qua mạng; (2) Tín dụng đen. Mỗi bài 2 lần/ngày.", "1:Lừa đảo qua mạng; 2:Tín dụng đen"},
		{"tasks among which one is to make known", "UBND tỉnh yêu cầu:\n1. Chủ tịch UBND các huyện rà soát phương án.\n2. Đài truyền thanh các xã thông báo diễn biến bão.\n3. Sở Y tế trực ban.", "2:Đài truyền thanh các xã thông báo diễn biến bão"},
		{"what the next paragraph says", "UBND phường thông báo đến nhân dân như sau:\n\nNiêm yết phương án bồi thường.\n\nVậy UBND phường thông báo để biết./.", ":Niêm yết phương án bồi thường"},
		{"a document that something else is based on", "1. Tuyên truyền 50 năm Di chúc gắn với thực hiện Chỉ thị số 5-CT/TW; Kế hoạch số 7-KH/TU.", "1:Tuyên truyền 50 năm Di chúc gắn với thực hiện Chỉ thị số 5-CT/TW"},
		{"no order at all", "Sở Y tế đã nhận báo cáo của các đơn vị.", ""},
	}
	for _, c := range cases {
		if got := titles(t, c.body); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.why, got, c.want)
		}
	}
}

func TestTopicTextIsTheLettersOwn(t *testing.T) {
	d, err := Parse("Kính gửi: Các đài\n\n1. Tuyên truyền cuộc bầu cử, 03 lượt/ngày.\n\nCử tri cần biết ngày bầu.\n- Ngày 23/5.\n2. Ngoài ra, các văn bản như: Tuyên truyền Kế hoạch số 1/KH-\nUBND; Kế hoạch số 2/KH-UBND...\n\nĐề nghị các đài phát tối thiểu 15 phút/ngày./.")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Tuyên truyền cuộc bầu cử, 03 lượt/ngày. Cử tri cần biết ngày bầu. Ngày 23/5.",
		"Ngoài ra, các văn bản như: Tuyên truyền Kế hoạch số 1/KH-UBND",
		"Kế hoạch số 2/KH-UBND...",
	}
	if len(d.Topics) != len(want) {
		t.Fatalf("%d topics, want %d", len(d.Topics), len(want))
	}
	for i, topic := range d.Topics {
		if topic.Text != want[i] || topic.Ordinal != i+1 {
			t.Errorf("topic %d is number %d %q, want %q", i+1, topic.Ordinal, topic.Text, want[i])
		}
	}
	if got := d.Topics[0].Demands; len(got) != 1 || got[0].PerDay != 3 {
		t.Errorf("the first topic asks %+v, want 3 a day", got)
	}
	if len(d.Demands) != 1 || d.Demands[0].MinutesPerDay != 15 {
		t.Errorf("the letter asks %+v, want 15 minutes a day", d.Demands)
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("tuyên truyền ", 20)
	got := shorten(long)
	if utf8.RuneCountInString(got) > maxTitle || !strings.HasSuffix(got, "truyền …") && !strings.HasSuffix(got, "tuyên …") {
		t.Errorf("shorten gives %q, want at most %d letters cut between words", got, maxTitle)
	}
	if got := shorten("bầu cử"); got != "bầu cử" {
		t.Errorf("shorten changes what is short: %q", got)
	}
	if got := shorten(strings.Repeat("x", 200)); utf8.RuneCountInString(got) > maxTitle {
		t.Errorf("shorten leaves %q, a word longer than a title", got)
	}
}
