package web

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loaphuong/scheduler"
)

func TestWhereATopicCanBeSplit(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"1. Tuyên truyền luật. Nêu rõ giờ.", "1. Tuyên truyền luật.|Nêu rõ giờ."},
		{"Tuyên truyền A; tuyên truyền\nB; C", "Tuyên truyền A;|tuyên truyền B;|C"},
		{"Các việc sau:\n- A\n- B\n+ C", "Các việc sau:|- A|- B|+ C"},
		{"gồm:\na) A\n  b) B\n2.1. C", "gồm:|a) A|b) B|2.1. C"},
		{"tại TP. Hải Dương và ThS. Nam nói", "tại TP. Hải Dương và ThS. Nam nói"},
		{"năm 2021. Cần nói", "năm 2021.|Cần nói"},
		{"đúng 3.500 lượt, v.v. và 1.2 nữa", "đúng 3.500 lượt, v.v. và 1.2 nữa"}, // no stop before a small letter
		{"nghèo... Ngoài ra", "nghèo...|Ngoài ra"},
		{"Ai? Ở đâu! Thế…  nào", "Ai?|Ở đâu!|Thế…|nào"},
		{"số 32-\nKH/TU ngày", "số 32- KH/TU ngày"}, // a number over two lines is no item
		{"  \n ", ""},
	} {
		var got []string
		for _, s := range sentences(c.text, []scheduler.Span{span(0, len(c.text))}) {
			got = append(got, s.Text)
			if strings.HasPrefix(strings.TrimSpace(c.text[s.At:]), strings.Fields(s.Text)[0]) == false {
				t.Errorf("%q is not at %d", s.Text, s.At)
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %s, want %s", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

// Whatever the text and the spans are, the sentences lie in the spans, in their
// order, begin with a character, and together are all of their words.
func TestSentencesAreAllOfATopic(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	parts := []string{"Đài ", "tuyên", " truyền", ". ", "; ", "\n", "- ", "1. ", "a) ", "TP. ", "…", "? ", "\xff", "ủy"}
	for range 500 {
		var text string
		for range random.IntN(30) {
			text += parts[random.IntN(len(parts))]
		}
		middle := onRune(text, random.IntN(len(text)+1))
		spans := []scheduler.Span{span(-3, middle), span(middle, len(text)+3)}
		var words []string
		before := -1
		for _, s := range sentences(text, spans) {
			if s.At <= before || s.At >= len(text) || !utf8.RuneStart(text[s.At]) {
				t.Fatalf("%q: a sentence at %d after one at %d", text, s.At, before)
			}
			before = s.At
			words = append(words, s.Text)
		}
		got, want := strings.Join(strings.Fields(strings.Join(words, "")), ""), strings.Join(strings.Fields(text), "")
		if strings.ReplaceAll(got, " ", "") != want {
			t.Fatalf("%q: %q", want, got)
		}
	}
}

func TestALongTopicIsCutInNoTime(t *testing.T) {
	text := strings.Repeat("a. ", 1<<18) + strings.Repeat("A. ", 1<<18)
	begun := time.Now()
	sentences(text, []scheduler.Span{span(0, len(text))})
	if d := time.Since(begun); d > 5*time.Second {
		t.Errorf("it takes %s", d)
	}
}
