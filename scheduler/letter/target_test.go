package letter

import (
	"fmt"
	"strings"
	"testing"
)

func TestDemandsGoToTheTopicsTheyName(t *testing.T) {
	const list = "Đề nghị các đài tuyên truyền:\n1. Bầu cử.\n2. Phòng “bệnh dại”.\n3. Thuế.\n\n"
	cases := []struct{ text, want string }{
		{"Các đài phát tối thiểu 2 lần/ngày.", "letter:2"},
		{"Riêng nội dung 2 phát 3 lần/ngày.", "2:3"},
		{"Nội dung tại mục 1 và mục 3 phát 2 lần/ngày.", "1:2 3:2"},
		{"Các đài phát 2 lần/ngày; riêng nội dung mục 3 phát 4 lần/ngày.", "letter:2 3:4"},
		{"Nội dung số 1 phát 4 lần/ngày. Các nội dung còn lại phát 2 lần/ngày.", "1:4 2:2 3:2"},
		{"Nội dung thứ hai phát 3 lần/ngày.", "2:3"},
		{"Mỗi nội dung phát 2 lần/ngày, mỗi lần 5 phút.", "letter:2"},
		{"Các đài phát mỗi nội dung 2 lần/ngày, từ ngày 1/2 đến ngày 5/2.", "letter:2"},
		{"Chuyên mục “bệnh dại” phát 4 lần/ngày.", "2:4"},
		{"Phát thêm lúc 19 giờ, 1 lần/ngày về nội dung mục 1.", "1:1"},
	}
	for _, c := range cases {
		d, err := Parse("Số: 1/UBND\nKính gửi: Các đài\n\n" + list + c.text)
		if err != nil || len(d.Topics) != 3 {
			t.Fatalf("%s: %+v, %v", c.text, d, err)
		}
		var got []string
		for _, m := range d.Demands {
			got = append(got, fmt.Sprintf("letter:%d", m.PerDay))
		}
		for _, topic := range d.Topics {
			for _, m := range topic.Demands {
				got = append(got, fmt.Sprintf("%d:%d", topic.Ordinal, m.PerDay))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
