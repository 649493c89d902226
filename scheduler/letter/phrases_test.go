package letter

import "testing"

func TestPhrasesAreFoundWhole(t *testing.T) {
	all := `luật|bộ luật|kế hoạch|phòng, chống`
	heads, tails := headsOf(all), tailsOf(all)
	cases := []struct {
		text  string
		begin bool
		end   string
	}{
		{"", false, ""},
		{"luật", true, "luật"},
		{"luật an ninh", true, ""},
		{"luật-an ninh", true, ""},
		{"luậtan ninh", false, ""},
		{"theo bộ luật", false, "bộ luật"}, // the longer of two
		{"theo xbộ luật", false, "luật"},
		{"kế hoạch của bộ", true, ""},
		{"kế hoạchs", false, ""},
		{"phòng, chống", true, "phòng, chống"},
		{"phòng chống", false, ""},
		{"12 kế hoạch", false, "kế hoạch"},
		{" luật ", false, ""},
	}
	for _, c := range cases {
		if begin, end := heads.begin(c.text), tails.end(c.text); begin != c.begin || end != c.end {
			t.Errorf("%q: begins %v and ends in %q, want %v and %q", c.text, begin, end, c.begin, c.end)
		}
	}
}

func TestUnitsCountOnlyBehindACount(t *testing.T) {
	cases := map[string]bool{
		"phát 02 lần":           true,
		"phát hai  lần":         true,
		"phát 2 (hai) lần":      true,
		"mỗi lần phát":          false,
		"mỗi lần, phát ba lượt": true,
		"lần đầu":               false,
		"":                      false,
	}
	for text, want := range cases {
		if got := hasCounted(text, " lần| lượt"); got != want {
			t.Errorf("%q has a counted unit: %v, want %v", text, got, want)
		}
	}
}

func TestPeriodsOpenWithFewWords(t *testing.T) {
	cases := map[string]bool{
		"từ ngày 5/9": true, "kể từ 5/9": true, "hết quý ii": true, "vào các ngày 5": true, "tháng 9": true,
		"từ": false, "từ: 5/9": false, "kể cả 5/9": false, "hết 5/9": false, "vào lúc 5h": false, "": false,
	}
	for text, want := range cases {
		if got := opensPeriod(text); got != want {
			t.Errorf("%q opens a period: %v, want %v", text, got, want)
		}
	}
}

func TestMostLinesBeginPlain(t *testing.T) {
	cases := map[string]bool{
		"Tuyên truyền về": true, "Bà con": true, "Ý kiến": true, "Ở xã": true,
		"Thứ nhất, về": false, "NHÓM 1": false, "II. Nội dung": false, "VI": false, "C - Nội dung": false,
		"a) Về": false, "1. Về": false, "- Về": false, "": false,
	}
	for line, want := range cases {
		if got := beginsPlain(line); got != want {
			t.Errorf("%q begins plain: %v, want %v", line, got, want)
		}
	}
}

func TestTheLastRequestIsFoundFromTheEnd(t *testing.T) {
	cases := map[string]int{
		"":             -1,
		"sở thông báo": -1,
		"đề nghị các đài; đề nghị xã: ": len("đề nghị các đài; "),
		"đề nghị, các đài":              0, // the comma ends the match
		"yêu cầu đài. tuyên truyền, a:": 0,
	}
	for text, want := range cases {
		if got := lastMatch(requestWord, text); got != want {
			t.Errorf("%q: last request at %d, want %d", text, got, want)
		}
	}
}

func TestAnEventIsNearByItsLastRune(t *testing.T) {
	cases := []struct {
		text  string
		runes int
		want  bool
	}{
		{"họp ngày", 5, true},
		{"họp ngày", 4, false},
		{"họp", 0, true},
		{"diễn ra", 100, false},
		{"", 3, false},
	}
	for _, c := range cases {
		if got := endsNear(c.text, "họp|cấm", c.runes); got != c.want {
			t.Errorf("%q within %d runes: %v, want %v", c.text, c.runes, got, c.want)
		}
	}
}
