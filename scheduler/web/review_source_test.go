package web

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func span(from, to int) scheduler.Span { return scheduler.Span{From: from, To: to} }

// drawn writes pieces as "text{keys}".
func drawn(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
		if p.Of != "" {
			b.WriteString("{" + p.Of + "}")
		}
	}
	return b.String()
}

func TestMarksAreCutAtEveryEnd(t *testing.T) {
	for _, c := range []struct {
		marks []mark
		want  string
	}{
		{nil, "abcdef"},
		{[]mark{{Span: span(1, 3), key: "x"}}, "abc{x}def"},
		{[]mark{{Span: span(0, 6), key: "x"}, {Span: span(2, 4), key: "y"}}, "ab{x}cd{x y}ef{x}"}, // one within another
		{[]mark{{Span: span(0, 4), key: "x"}, {Span: span(2, 6), key: "y"}}, "ab{x}cd{x y}ef{y}"}, // across each other
		{[]mark{{Span: span(2, 4), key: "y"}, {Span: span(0, 6), key: "x"}}, "ab{x}cd{x y}ef{x}"}, // in any order
		{[]mark{{Span: span(1, 2), key: "x"}, {Span: span(4, 5), key: "x"}}, "ab{x}cde{x}f"},      // in two parts
		{[]mark{{Span: span(3, 3), key: "x"}, {Span: span(5, 2), key: "y"}}, "abcdef"},            // of nothing
		{[]mark{{Span: span(-5, 2), key: "x"}, {Span: span(5, 99), key: "y"}}, "ab{x}cdef{y}"},    // over the edge
		{[]mark{{Span: span(2, 4), key: "x"}, {Span: span(2, 4), key: "y"}}, "abcd{x y}ef"},       // in one place
		{[]mark{{Span: span(0, 2), key: "x"}, {Span: span(2, 4), key: "y"}}, "ab{x}cd{y}ef"},      // side by side
		{[]mark{{Span: span(-9, -1), key: "x"}, {Span: span(70, 90), key: "y"}}, "abcdef"},        // elsewhere
	} {
		if got := drawn(cut("abcdef", c.marks)); got != c.want {
			t.Errorf("%v: %s, want %s", c.marks, got, c.want)
		}
	}
	if got := drawn(cut("đường", []mark{{Span: span(1, 3), key: "x"}})); got != "đư{x}ờng" && got != "đ{x}ường" {
		t.Errorf("within a character: %s", got)
	}
	if len(cut("", nil)) != 0 {
		t.Error("an empty text has pieces")
	}
}

func TestAFieldIsAnchoredOnceWhereItBegins(t *testing.T) {
	pieces := cut("abcdef", []mark{{Span: span(4, 5), key: "x"}, {Span: span(1, 3), key: "x"}, {Span: span(1, 2), key: "topic-1", topic: 1}})
	var at []string
	for _, p := range pieces {
		for _, a := range p.Anchors {
			at = append(at, fmt.Sprint(p.Text, a.Key, a.Topic))
		}
	}
	if got := strings.Join(at, " "); got != "bx0 btopic-11" {
		t.Errorf("anchors %s", got)
	}
}

// Whatever the spans are, the text that a browser shows is the text kept: else
// a place counted in the one would be another place in the other.
func TestTheSourceIsShownAsItIsKept(t *testing.T) {
	tag := regexp.MustCompile(`<[^>]*>`)
	random := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aA1 ăơđộ\n<>&\"'`+/=…“”\u00a0\u200b\t{}")
	page := parsePages(files)["review"]
	for range 300 {
		text := make([]rune, random.IntN(60))
		for i := range text {
			text[i] = alphabet[random.IntN(len(alphabet))]
		}
		d := scheduler.Directive{Topics: []scheduler.Topic{{Ordinal: 1}, {Ordinal: 2}}, Demands: []scheduler.Demand{{}}}
		size := len(string(text))
		some := func() (all []scheduler.Span) {
			for range random.IntN(4) {
				all = append(all, span(random.IntN(size+8)-4, random.IntN(size+8)-4))
			}
			return all
		}
		d.Spans = scheduler.HeadSpans{Number: some(), Subject: some()}
		d.Topics[0].Spans, d.Topics[1].Spans, d.Demands[0].Spans = some(), some(), some()
		d.Topics[1].Citations = []scheduler.Citation{{Number: "1", Spans: some()}}

		var out bytes.Buffer
		v := testView(vietnamese)
		data := reviewPage{view: v, Letter: d, Source: cut(string(text), marksOf(d))}
		if err := page.ExecuteTemplate(&out, "source", data); err != nil {
			t.Fatal(err)
		}
		if got := html.UnescapeString(tag.ReplaceAllString(out.String(), "")); got != string(text) {
			t.Fatalf("spans %+v:\ngot  %q\nkept %q", d, got, string(text))
		}
	}
}

func TestEverythingReadHasItsMark(t *testing.T) {
	d := readNaively(plainLetter)
	of := map[string]string{}
	for _, p := range cut(plainLetter, marksOf(d)) {
		for _, key := range strings.Fields(p.Of) {
			of[key] += p.Text
		}
	}
	for key, want := range map[string]string{
		"head-number": "1022/STTTT-TTBCXB",
		"head-date":   "ngày 05 tháng 10 năm 2021",
		"cite-1-0":    "Công văn số 3168/UBND-VP ngày\n27/8/2021 của UBND tỉnh",
		"cite-2-0":    "Kế hoạch số 32-KH/TU ngày 16/9/2021 của Tỉnh ủy",
	} {
		if of[key] != want {
			t.Errorf("%s: %q, want %q", key, of[key], want)
		}
	}
	if !strings.HasPrefix(of["topic-2"], "2. Tuyên truyền Kế hoạch") || !strings.Contains(of["demand-2-0"], "03 lượt/ngày") || !strings.Contains(of["demand-0-0"], "02 lượt/ngày") {
		t.Errorf("marks %q", of)
	}
}

func TestWhatBelongsToNoTopic(t *testing.T) {
	a, b := scheduler.Citation{Number: "1/A"}, scheduler.Citation{Number: "1/A", Issuer: "UBND tỉnh"}
	d := scheduler.Directive{Citations: []scheduler.Citation{a, b}, Topics: []scheduler.Topic{{Citations: []scheduler.Citation{a}}}}
	if got := wholeLetter(d).Citations; len(got) != 1 || got[0].Issuer != "UBND tỉnh" {
		t.Errorf("got %+v", got) // another office's number is another document
	}
}
