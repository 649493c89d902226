package letter

import (
	"reflect"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// proseOf reads one paragraph that is a letter of its own.
func proseOf(text string, written scheduler.Date) *prose {
	return newProse(paragraph{passage: passageOf(text, line{text: text})}, written)
}

// wordsOf is what stands on lines.
func wordsOf(lines []line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.text)
	}
	return strings.Join(out, "\n")
}

func TestAPassageKnowsWhereItStands(t *testing.T) {
	const letter = "số 03-\n  HD/TU   ngày\n\n2\n\n tháng 8"
	lines := withoutPageNumbers(linesOf(letter))
	j := joiner{letter: letter}
	j.add(lines[0], true)
	j.add(lines[1], false)
	j.add(lines[5], true)
	p := j.passage()
	if want := "số 03-HD/TU ngày tháng 8"; p.text != want {
		t.Fatalf("joined it is %q, want %q", p.text, want)
	}
	cases := []struct {
		from, to int
		want     []string
	}{
		{0, 4, []string{"số"}},
		{5, 13, []string{"03-\n  HD/TU"}},
		{5, len(p.text), []string{"03-\n  HD/TU   ngày", "tháng 8"}}, // a page number lies between
		{13, 14, nil}, // a space that was put in
	}
	for _, c := range cases {
		var got []string
		for _, s := range p.spans(c.from, c.to) {
			got = append(got, letter[s.From:s.To])
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("bytes %d to %d stand at %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestCleanStaysClean(t *testing.T) {
	for _, text := range []string{"e\u0301\u200b\u0323", "\ufeffa\r\n\tb", "a\u2000b\u2011c", "e\u200d\u0301", "a\fb"} {
		once, err := Clean(text)
		twice, err2 := Clean(once)
		if err != nil || err2 != nil || once != twice {
			t.Errorf("%q cleans to %q and then to %q: %v, %v", text, once, twice, err, err2)
		}
	}
}
