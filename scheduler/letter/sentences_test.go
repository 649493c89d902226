package letter

import (
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestSentences(t *testing.T) {
	cases := []struct{ text, want string }{
		{"Tuyên truyền bầu cử.", "Tuyên truyền bầu cử."},
		{"Tuyên truyền bầu cử; vệ sinh\nmôi trường. Nội dung:\n- a;\n- b", "Tuyên truyền bầu cử; | vệ sinh\nmôi trường. | Nội dung:\n- | a;\n- | b"},
		{"Theo Công văn số 1/SYT. Các đài “phát; đọc”.", "Theo Công văn số 1/SYT. | Các đài “phát; đọc”."},
		{"", ""},
	}
	for _, c := range cases {
		var parts []string
		from := 0
		for _, at := range Sentences(c.text, []scheduler.Span{{From: 0, To: len(c.text)}}) {
			parts = append(parts, strings.TrimSpace(c.text[from:at]))
			from = at
		}
		if got := strings.Join(append(parts, c.text[from:]), " | "); got != c.want {
			t.Errorf("%q splits as %q, want %q", c.text, got, c.want)
		}
	}
}
