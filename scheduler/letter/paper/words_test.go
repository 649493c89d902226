package paper

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// set places words of 10-point letters, 5 points wide, from x on at height y.
func set(x, y float64, text string) []word {
	var out []word
	for w := range strings.FieldsSeq(text) {
		width := 5 * float64(len([]rune(w)))
		out = append(out, word{text: w, left: x, right: x + width, base: y, size: 10})
		x += width + 3
	}
	return out
}

func page(lines ...[]word) []word {
	var out []word
	for _, l := range lines {
		out = append(out, l...)
	}
	return out
}

func TestPageText(t *testing.T) {
	raised := append(set(0, 10, "diện tích 5 m"), word{text: "2", left: 63, right: 66, base: 6, size: 6, raised: true})
	stretched := []word{{text: "chữ", left: 0, right: 15, base: 10, size: 10}, {text: "thưa", left: 40, right: 60, base: 10, size: 10}, {text: "ra", left: 85, right: 95, base: 10, size: 10}, {text: "hai", left: 120, right: 135, base: 10, size: 10}}
	cases := []struct {
		what  string
		words []word
		want  string
	}{
		{"nothing", nil, ""},
		{"a line out of order", page(set(28, 10, "truyền"), set(0, 10, "Tuyên")), "Tuyên truyền"},
		{"lines from the top", page(set(0, 24, "hai"), set(0, 10, "một")), "một|hai"},
		{"two columns", page(set(0, 10, "UBND TỈNH"), set(150, 10, "CỘNG HÒA")), "UBND TỈNH                     CỘNG HÒA"},
		{"columns a little apart in height", page(set(0, 10, "Số: 1"), set(150, 13, "Hà Nội")), "Số: 1                         Hà Nội"},
		{"cells close together", page(set(0, 10, "Thứ Tư"), set(43, 10, "05 giờ")), "Thứ Tư    05 giờ"},
		{"a stretched line", stretched, "chữ thưa ra hai"},
		{"an indent", page(set(0, 10, "a"), set(20, 24, "b")), "a|    b"},
		{"a blank line", page(set(0, 10, "a"), set(0, 24, "b"), set(0, 38, "c"), set(0, 66, "d")), "a|b|c||d"},
		{"rows with room between", page(set(0, 10, "một hai ba"), set(0, 24, "a"), set(100, 24, "b"), set(0, 46, "c"), set(100, 46, "d"), set(0, 60, "x"), set(0, 74, "y")), "một hai ba|a                   b|c                   d|x|y"},
		{"a raised figure", raised, "diện tích 5 m2"},
		{"places that are none", []word{{text: "x", left: math.NaN(), right: 1, base: 1, size: 1}, {text: "y", left: 1e300, right: 1e301, base: 1, size: 1}, {text: "z", size: 0}}, ""},
	}
	for _, c := range cases {
		if got := lineOf(pageText(c.words)); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// glyphsOf sets glyphs 5 points wide and 10 high from x on; "_" is a space that
// PDFium has added.
func glyphsOf(x, y float64, text string) []glyph {
	var out []glyph
	for _, r := range text {
		g := glyph{r: r, x: x, y: y, left: x, right: x + 5, bottom: y - 2, top: y + 8, placed: r != '_'}
		if r == '_' {
			g.r = ' '
		}
		out = append(out, g)
		x += 5
	}
	return out
}

func textsOf(words []word) string {
	var out []string
	for _, w := range words {
		text := w.text
		if w.raised {
			text = "^" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "|")
}

func TestWordsOfGlyphs(t *testing.T) {
	legacy := glyphsOf(0, 0, "ViÖt")
	legacy[2].font = "ABCDEF+.VnTime"
	cases := []struct {
		what   string
		glyphs []glyph
		want   string
	}{
		{"spaces", glyphsOf(0, 0, "một hai_ba"), "một|hai|ba"},
		{"a gap", append(glyphsOf(0, 0, "một"), glyphsOf(30, 0, "hai")...), "một|hai"},
		{"a new line", append(glyphsOf(0, 20, "một"), glyphsOf(0, 0, "hai")...), "một|hai"},
		{"a raised figure", append(glyphsOf(0, 0, "m"), glyphsOf(5, 3, "2")...), "m|^2"},
		{"a mark over its letter", append(glyphsOf(0, 0, "e"), glyphsOf(1, 0, "\u0301")...), "e\u0301"},
		{"a font of TCVN3", legacy, "Việt"},
	}
	for _, c := range cases {
		var coding string
		if got := textsOf(coder{converted: &coding}.wordsOf(c.glyphs)); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
		if (coding == TCVN3) != (c.what == "a font of TCVN3") {
			t.Errorf("%s: coding %q", c.what, coding)
		}
	}
}

func TestUprightDropsWhatLiesAcross(t *testing.T) {
	stamp := glyphsOf(0, 0, "MẬT")
	for i := range stamp {
		stamp[i].angle = 0.7
	}
	var coding string
	kept := upright(append(glyphsOf(0, 0, "Kính gửi"), stamp...))
	if got := textsOf(coder{converted: &coding}.wordsOf(kept)); got != "Kính|gửi" {
		t.Error(got)
	}
}

func TestUprightTurnsAPage(t *testing.T) {
	for quarters := range 4 {
		glyphs := append(glyphsOf(0, 20, "trên"), glyphsOf(0, 0, "dưới")...)
		for i, g := range glyphs {
			g = g.turned((4 - quarters) % 4)
			g.angle = float64(quarters) * math.Pi / 2
			glyphs[i] = g
		}
		var coding string
		if got := pageText(coder{converted: &coding}.wordsOf(upright(glyphs))); strings.Join(strings.Fields(got), " ") != "trên dưới" {
			t.Errorf("turned by %d quarters: %q", quarters, got)
		}
	}
}

func TestLegible(t *testing.T) {
	cases := []struct {
		text    string
		letters int
		ok      bool
	}{
		{"Số: 12", 4, true}, {"", 0, true}, {"\ufffd\ufffd\ufffda", 1, false}, {"\ue001\ue002\ue003", 0, false}, {"abcdefghi\x01", 9, true},
	}
	for _, c := range cases {
		if letters, ok := legible(glyphsOf(0, 0, c.text)); letters != c.letters || ok != c.ok {
			t.Errorf("%q: %d letters, %t", c.text, letters, ok)
		}
	}
}

func TestTableWords(t *testing.T) {
	row := func(line, left, top, w, h int, text string) string {
		return fmt.Sprintf("5\t1\t1\t1\t%d\t1\t%d\t%d\t%d\t%d\t90\t%s\n", line, left, top, w, h, text)
	}
	table := "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"4\t1\t1\t1\t1\t0\t0\t0\t100\t20\t-1\t\n" +
		row(1, 10, 10, 40, 20, "Kính") + row(1, 60, 12, 40, 24, "gửi|") +
		row(2, 10, 60, 8, 3, "-") + row(2, 30, 50, 40, 20, "Sở") + row(2, 80, 55, 3, 3, ".") +
		row(3, 0, 90, 300, 2, "—") + "5\tbad\n" + row(4, 0, 0, 5, 5, " ")
	if got := textsOf(tableWords(table)); got != "Kính|gửi|-|Sở" {
		t.Error(got)
	}
	if words := tableWords(table); words[0].base != words[1].base {
		t.Errorf("words of one line stand at %v and %v", words[0].base, words[1].base)
	}
}
