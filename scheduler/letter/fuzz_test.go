package letter

import (
	"errors"
	"fmt"
	"os"
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
	for _, seed := range hostileSeeds() {
		f.Add("Kính gửi: A\n\n1. Tuyên truyền " + strings.Repeat(seed, 5))
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text)
		if err != nil {
			return
		}
		plain, _ := clean(text)
		if problem := brokenPromise(d, plain); problem != "" {
			t.Errorf("%s\nin %q", problem, text)
		}
	})
}

// brokenPromise says what of a directive cannot be read in its text.
func brokenPromise(d scheduler.Directive, text string) string {
	// Page numbers and rules fall away; a subject is put together from its column.
	bare := squeeze(strings.Join(withoutPageNumbers(strings.Split(text, "\n")), "\n")) + "\n" + squeeze(d.Subject)
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

// BenchmarkExample is the everyday case.
func BenchmarkExample(b *testing.B) {
	text, err := os.ReadFile(exampleLetter)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Parse(string(text))
	}
}
