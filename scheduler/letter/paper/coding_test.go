package paper

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

func TestConvert(t *testing.T) {
	cases := []struct{ encoding, in, want string }{
		{TCVN3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"},
		{TCVN3, "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, // typed with the capitals' font
		{TCVN3, "ñY BAN NH¢N D¢N TØNH", "ỦY BAN NHÂN DÂN TỈNH"},                             // a lone small code among capitals
		{TCVN3, "Së VHTTDL; Sè: 12/UBND", "Sở VHTTDL; Số: 12/UBND"},                         // an acronym raises nothing
		{TCVN3, "UBND tØnh", "UBND tỉnh"},
		{TCVN3, "Ê, mÑ ¬i", "ấ, mẹ ơi"},
		{TCVN3, "th\u00ad\u00eang tr\u00f9c", "thường trực"},
		{TCVN3, "th-\u00eang tr\u00f9c", "thường trực"}, // the soft hyphen has become a hyphen
		{TCVN3, "n-íc, -u tiªn, -íc m¬", "nước, ưu tiên, ước mơ"},
		{TCVN3, "d©n c-, nh- sau", "dân cư, như sau"},
		{TCVN3, "KT-XH, 32-KH/TU, C«n S¬n-KiÕp B¹c", "KT-XH, 32-KH/TU, Côn Sơn-Kiếp Bạc"}, // these are hyphens
		{TCVN3, "KH-\nUBND - u", "KH-\nUBND - u"},
		{VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{VNI, "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"},
		{VNI, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{VNI, "thöôøng xuyeân, kyõ thuaät", "thường xuyên, kỹ thuật"},
		{Unicode, "§éc lËp", "§éc lËp"},
		{"", "Ñoäc", "Ñoäc"},
	}
	for _, c := range cases {
		if got := Convert(c.in, c.encoding); got != c.want {
			t.Errorf("%s %q is %q, want %q", c.encoding, c.in, got, c.want)
		}
	}
}

// TestConvertIsLinear gives it the lines that take longest, of a megabyte each.
func TestConvertIsLinear(t *testing.T) {
	begun := time.Now()
	for _, piece := range []string{"ñ ", "ñ", "-", "a-", "ñ-ñ ", "AÖ ñ "} {
		Convert(strings.Repeat(piece, 1<<20/len(piece)), TCVN3)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

const allLetters = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"

func TestTablesAreWhole(t *testing.T) {
	for _, r := range allLetters + strings.ToUpper(allLetters) {
		letter := string(r)
		if got := Convert("x"+Encode(letter, VNI), VNI); got != "x"+letter {
			t.Errorf("vni: %s comes back as %s", letter, got)
		}
		want := letter
		if !strings.Contains(tcvn3Letters, letter) {
			want = strings.ToLower(letter) // there is no code for it
		}
		if got := Convert("x"+Encode(letter, TCVN3), TCVN3); got != "x"+want {
			t.Errorf("tcvn3: %s comes back as %s", letter, got)
		}
	}
}

func TestOldFilesAreOneByteALetter(t *testing.T) {
	for _, encoding := range []string{TCVN3, VNI} {
		for _, r := range Encode(allLetters, encoding) {
			if _, ok := charmap.Windows1252.EncodeRune(r); !ok {
				t.Errorf("%s has the code %q, which no byte stands for", encoding, r)
			}
		}
	}
}

func TestDetect(t *testing.T) {
	const vietnamese = "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về tuyên truyền phòng, chống bệnh dại năm 2024"
	cases := []struct{ what, text, want string }{
		{"Vietnamese", vietnamese, ""},
		{"its TCVN3", Encode(vietnamese, TCVN3), TCVN3},
		{"its VNI", Encode(vietnamese, VNI), VNI},
		{"nothing", "", ""},
		{"too little", "§éc lËp", ""},
		{"ASCII", "Thuc hien Ke hoach cua Uy ban nhan dan tinh", ""},
		{"French", "Où êtes-vous né ? À l'été, la forêt était très âgée ; voilà où ça mène, à côté du château « Liberté ».", ""},
		{"German", "Für Bürger: Übergröße, Straßenbahn, ähnlich schön, müßig, Fußgänger über Köln", ""},
		{"Spanish", "El niño comió un plátano; mañana irá al jardín según su corazón, ¿qué más?", ""},
		{"Portuguese", "A comunicação não é só informação: também são ações, maçã, coração, português", ""},
		{"bullets", "· one item\n· two items\n» three items\n· four items, 20 °C ± 2", ""},
		{"Vietnamese with a French word", vietnamese + " và café, naïve, résumé, château, forêt", ""},
		{"Unicode with few marks", "Cà phê và bánh mì ở đây; mà là vì gì", ""},
	}
	for _, c := range cases {
		if got := Detect(c.text); got != c.want {
			t.Errorf("%s is taken for %q, want %q", c.what, got, c.want)
		}
	}
}

func TestSyllables(t *testing.T) {
	for _, word := range strings.Fields("nghiêng thường Quốc giặt gì gìn khuỷu ủy uỷ thuở hoà hòa đường yêu ưu ở quyết nghĩa xã") {
		if !isSyllable(word) {
			t.Errorf("%s is a syllable", word)
		}
	}
	for _, word := range strings.Fields("b ưk fộ trốs café étudiant ấâ hh ngghe qđ") {
		if isSyllable(word) {
			t.Errorf("%s is no syllable", word)
		}
	}
}

func TestFontsTellTheCoding(t *testing.T) {
	cases := []struct {
		font, coding string
		capitals     bool
	}{
		{".VnTime", TCVN3, false},
		{".VnTimeH", TCVN3, true},
		{"ABCDEF+.VnArialH,Bold", TCVN3, true},
		{".VnTime Bold", TCVN3, false},
		{"VNI-Times", VNI, false},
		{"Times New Roman", "", false},
		{"", "", false},
	}
	for _, c := range cases {
		if coding, capitals := fontCoding(c.font); coding != c.coding || capitals != c.capitals {
			t.Errorf("%q: %q, %t", c.font, coding, capitals)
		}
	}
}

func TestTidy(t *testing.T) {
	cases := []struct{ what, in, want string }{
		{"line ends", "a\r\nb\rc", "a\nb\nc\n"},
		{"decomposed letters", "Vie\u0323\u0302t", "Việt\n"},
		{"spaces of all kinds", "a\u00a0b\u2003c\td", "a b c    d\n"},
		{"soft hyphens and marks", "tuy\u00adên\u200b tru\ufeffyền", "tuyên truyền\n"},
		{"hyphens", "32\u2011KH\u2010TU", "32-KH-TU\n"},
		{"ligatures", "Đà ﬁ", "Đà fi\n"},
		{"spaces at the end", "a  \n b", "a\n b\n"},
		{"blank lines", "\n\n\n\na\n\n\n\n\nb\n\n", "a\n\n\nb\n"},
		{"control characters", "a\x00\x01b\x1b", "ab\n"},
		{"pages", "a\n\fb", "a\n\fb\n"},
		{"bad bytes", "a\xffb", "a\ufffdb\n"},
	}
	for _, c := range cases {
		if got := tidy(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}
