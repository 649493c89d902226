package letter

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// FuzzParse holds the promises of the package against any text.
func FuzzParse(f *testing.F) {
	example, err := os.ReadFile(exampleLetter)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	f.Add("Tuyên truyền trong 1.1") // ends where a word was looked for
	for _, file := range tunedLetters(f) {
		f.Add(file)
	}
	for _, seed := range hostileSeeds() {
		f.Add("Kính gửi: A\n\n1. Tuyên truyền " + strings.Repeat(seed, 5))
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, err := Clean(text)
		if err != nil {
			return
		}
		if again, err := Clean(plain); err != nil || again != plain {
			t.Errorf("cleaned twice %q is %q: %v", plain, again, err)
		}
		d, err := Parse(text)
		if same, err2 := Parse(plain); (err == nil) != (err2 == nil) || !reflect.DeepEqual(d, same) {
			t.Errorf("cleaned first it reads otherwise: %+v and %+v", d, same)
		}
		if err != nil {
			return
		}
		for _, problem := range []string{brokenPromise(d, plain), brokenSpans(d, plain)} {
			if problem != "" {
				t.Errorf("%s\nin %q", problem, plain)
			}
		}
	})
}

// tunedLetters are the letters that were in sight while the reader was written.
func tunedLetters(t testing.TB) []string {
	files, err := filepath.Glob("testdata/letters/tuned/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// brokenPromise says what of a directive cannot be read in its text.
func brokenPromise(d scheduler.Directive, text string) string {
	// Page numbers and rules fall away; a subject is put together from its column.
	bare := squeeze(text) + "\n" + squeeze(wordsOf(withoutPageNumbers(linesOf(text)))) + "\n" + squeeze(d.Subject)
	for _, c := range d.Citations {
		for what, s := range map[string]string{"number": c.Number, "issuer": c.Issuer, "subject": c.Subject} {
			if !strings.Contains(bare, squeeze(s)) {
				return fmt.Sprintf("the %s %q of a citation is not in the letter", what, s)
			}
		}
		if c.Kind == "" || c.Number == "" {
			return fmt.Sprintf("citation %+v has no kind or number", c)
		}
	}
	for i, topic := range d.Topics {
		switch {
		case topic.Ordinal != i+1:
			return fmt.Sprintf("topic %d has ordinal %d", i+1, topic.Ordinal)
		case utf8.RuneCountInString(topic.Title) > maxTitle || strings.Contains(topic.Title, "\n"):
			return fmt.Sprintf("title %q is not one short line", topic.Title)
		case !utf8.ValidString(topic.Text + topic.Title):
			return fmt.Sprintf("topic %d is cut inside a character", i+1)
		}
	}
	return ""
}

// brokenSpans says which span of a directive does not hold what it is of.
func brokenSpans(d scheduler.Directive, text string) string {
	h := d.Spans
	all := [][]scheduler.Span{h.Kind, h.Number, h.Date, h.Subject}
	for _, c := range d.Citations {
		all = append(all, c.Spans)
		if !strings.Contains(squeeze(spanned(text, c.Spans)), squeeze(c.Number)) {
			return fmt.Sprintf("the number of %+v is not in its spans: %q", c, spanned(text, c.Spans))
		}
	}
	for _, m := range d.Demands {
		all = append(all, m.Spans)
	}
	for _, topic := range d.Topics {
		all = append(all, topic.Spans)
		if got := squeeze(spanned(text, topic.Spans)); got != squeeze(topic.Text) {
			return fmt.Sprintf("the spans of topic %d hold %q, its text is %q", topic.Ordinal, got, topic.Text)
		}
		for _, m := range topic.Demands {
			all = append(all, m.Spans)
		}
	}
	for _, spans := range all {
		for i, s := range spans {
			if s.From < 0 || s.From >= s.To || s.To > len(text) || i > 0 && s.From < spans[i-1].To {
				return fmt.Sprintf("spans %v of %d bytes are out of bounds or order", spans, len(text))
			}
			if !utf8.ValidString(text[s.From:s.To]) {
				return fmt.Sprintf("span %v cuts a character: %q", s, text[s.From:s.To])
			}
		}
	}
	return ""
}

// spanned is the text of spans.
func spanned(text string, spans []scheduler.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, text[s.From:s.To])
	}
	return strings.Join(out, " ")
}

// squeeze takes out what layout adds: white space, and one kind of dash for another.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "–", "-")
}

// hostileSeeds are texts that, many times over, ask most of one step each.
func hostileSeeds() []string {
	return []string{
		"12/QĐ-UBND ", "số 12/QĐ-UBND ngày 1/1/2021 của UBND tỉnh về ", "1 ", ". ", "....", "((((", "()", "“", "\"",
		"1. Tuyên truyền A\n", "- a\n", "\n", "a;", "Tuyên truyền a; ", ", Sở ", "e\u0301\u0323", "03 lượt/ngày ",
		"từ ngày 1/1 đến ngày 2/2 ", "vào thứ hai, thứ ba, ", "Luật a, b ", "của A ", "Kính gửi\n", "Nơi nhận\n", "1\n\n", "\f",
		"phát lúc 5 giờ ", "5h30, ", "trong tháng 6 và ", "đến 1/1 ", "nội dung 1, ", "riêng ", "kèm ", "STT  a\n1  b\n", "của UBND và ",
		"các Quyết định của UBND số ", "Công văn số 215 và ", "phụ lục\n", "GIÁM ĐỐC\n", "đợt 1\n", "“a”", "Số: ", "Nhóm 1. (2 lần/ngày)\n- a\n", "Giờ\nChương trình\n5 giờ\nA\n",
		"riêng nội dung a b phát 2 lần/ngày; ", "Nội dung này phát 2 lần/ngày. ", "1. a\nThời lượng: 2 lần/ngày.\n", "tháng 1, 2 và 3 ", "trước, trong và sau ngày 1/1 ",
	}
}

func TestHostileTextsEnd(t *testing.T) {
	const size, most = 16 << 10, 5 * time.Second // a quadratic step takes longer, a busy machine does not
	for _, seed := range hostileSeeds() {
		begun := time.Now()
		d, err := Parse("Kính gửi: A\n\nTuyên truyền " + strings.Repeat(seed, size/len(seed)))
		if err != nil && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%q many times: %v", seed, err)
		}
		if took := time.Since(begun); took > most || len(d.Topics) > maxTopics || len(d.Citations) > maxCitations {
			t.Errorf("%q many times: %d topics and %d citations in %v", seed, len(d.Topics), len(d.Citations), took)
		}
	}
}

// BenchmarkHostile shows the time that the longest text of each kind takes:
// some seconds at most, where a quadratic step would take hours.
func BenchmarkHostile(b *testing.B) {
	for _, seed := range hostileSeeds() {
		text := "Kính gửi: A\n\nTuyên truyền " + strings.Repeat(seed, (MaxBytes-100)/len(seed))
		b.Run(fmt.Sprintf("%.12q", seed), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

// pageRunes is what stands on a page of an official letter.
const pageRunes = 2500

// BenchmarkExample is the everyday case.
func BenchmarkExample(b *testing.B) {
	text, err := os.ReadFile(exampleLetter)
	if err != nil {
		b.Fatal(err)
	}
	benchmarkParse(b, []string{string(text)})
}

// BenchmarkTuned reads all the letters that the reader was written with.
func BenchmarkTuned(b *testing.B) { benchmarkParse(b, tunedLetters(b)) }

func benchmarkParse(b *testing.B, letters []string) {
	bytes, runes := 0, 0
	for _, text := range letters {
		bytes += len(text)
		runes += utf8.RuneCountInString(text)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range letters {
			if _, err := Parse(text); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(runes)/pageRunes*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
