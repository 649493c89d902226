package web

import (
	"os"
	"regexp"
	"testing"
)

// constants are the values of the constants of a type in a file of the words,
// so that one that is added there and has no words here is noticed.
func constants(t *testing.T, file, kind string) []string {
	t.Helper()
	source, err := os.ReadFile("../" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, found := range regexp.MustCompile(kind+`\s+= "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		all = append(all, found[1])
	}
	if len(all) < 2 {
		t.Fatalf("%s: only %d constants of %s: the pattern is wrong", file, len(all), kind)
	}
	return all
}

func TestEveryReasonAndFindingOfThePlanHasWords(t *testing.T) {
	for _, c := range []struct{ file, kind, group string }{
		{"finding.go", "FindingCode", "finding"},
		{"finding.go", "FindingCode", "todo"}, // what a person can do about it
		{"finding.go", "Level", "level"},
		{"publication.go", "Shortfall", "shortfall"},
		{"explanation.go", "Because", "because"},
		{"running_order.go", "PieceKind", "piece"},
		{"holiday.go", "HolidayUse", "holidays"},
	} {
		for lang, w := range readLanguages(files) {
			for _, code := range constants(t, c.file, c.kind) {
				if key := c.group + "." + code; w[key] == "" {
					t.Errorf("%s: no words for %s", lang, key)
				}
			}
		}
	}
}

func TestReasonsThatCameLaterShowAsTheyAre(t *testing.T) {
	w := readLanguages(files)[vietnamese]
	for _, c := range []struct{ got, want string }{
		{w.Because("met"), "đã đủ số lượt"},
		{w.Because("window-full"), "khung giờ không còn chỗ, hoặc ngắn hơn tin bài"}, // a shortfall is a reason, too
		{w.Because("eclipse"), "eclipse"},
		{w.Because(""), ""},
		{w.Shortfall("eclipse"), "eclipse"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
