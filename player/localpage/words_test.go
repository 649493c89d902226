package localpage

import (
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestBothLanguagesHaveEveryText(t *testing.T) {
	all, arguments := readWords(), regexp.MustCompile(`\{[a-z]+\}`)
	for key, text := range all[vietnamese] {
		other, ok := all[english][key]
		if !ok || text == "" || other == "" {
			t.Errorf("%s: %q in Vietnamese, %q in English", key, text, other)
		}
		mine, theirs := arguments.FindAllString(text, -1), arguments.FindAllString(other, -1)
		slices.Sort(mine)
		slices.Sort(theirs)
		if !slices.Equal(mine, theirs) {
			t.Errorf("%s takes %v in Vietnamese and %v in English", key, mine, theirs)
		}
	}
	for key := range all[english] {
		if _, ok := all[vietnamese][key]; !ok {
			t.Errorf("%s has no Vietnamese", key)
		}
	}
}

// TestEveryKeyInUseHasAText reads the keys from the templates and the sources,
// and knows those that are put together.
func TestEveryKeyInUseHasAText(t *testing.T) {
	keys := []string{"fact.centre", "fact.schedule", "fact.files", "fact.clock", "fact.card", "fact.disk", "fact.outbox", "act.volume", "act.stop", "act.first", "act.sound-check",
		"did.stop", "did.volume", "did.sound-check", "did.first", "did.pin", "class.priority", "class.emergency", "class.filler", "class.live", "class.relay",
		"source.centre", "source.ntp", "source.rtc", "source.gps", "problem.muted", "do.muted", "day.tomorrow", "pin.wait", "pin.wrong",
		"outcome.aired", "outcome.late", "outcome.partial", "outcome.missed"}
	for _, e := range []string{"planned", "verified", "started", "drained", "heard", "confirmed"} {
		keys = append(keys, "evidence."+e)
	}
	for _, r := range reasons() {
		keys = append(keys, "reason."+r)
	}
	for _, k := range problemKinds() {
		keys = append(keys, "problem."+k, "do."+k)
	}
	for _, c := range []string{"planned", "begun", "item", "outcome", "reason", "detail", "sounded", "length", "evidence"} {
		keys = append(keys, "csv."+c)
	}
	for _, d := range "0123456" {
		keys = append(keys, "weekday."+string(d))
	}
	keys = append(keys, keysInFiles(t)...)
	vi := readWords()[vietnamese]
	for _, key := range keys {
		if _, ok := vi[key]; !ok {
			t.Errorf("there is no text for %q", key)
		}
	}
	for key := range vi {
		if !slices.Contains(keys, key) {
			t.Errorf("nobody uses %q", key)
		}
	}
}

func keysInFiles(t *testing.T) []string {
	var keys []string
	use := regexp.MustCompile(`\.T\(?\s*"([a-z.-]*[a-z])"|"(span\.[a-z]+)"`)
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || strings.HasSuffix(name, "_test.go") || !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".html") {
			return err
		}
		b, err := os.ReadFile(name)
		for _, m := range use.FindAllStringSubmatch(string(b), -1) {
			keys = append(keys, m[1]+m[2])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// TestNoKeyShows: a key that lacks a text would show as itself.
func TestNoKeyShows(t *testing.T) {
	f := newFake()
	a := newAsker(t, f, Options{PIN: "1234"})
	key := regexp.MustCompile(`>\s*[a-z]+\.[a-z.-]+\s*<`)
	for _, lang := range []string{vietnamese, english} {
		for _, v := range []View{wellView(), illView()} {
			f.view = v
			for _, target := range []string{"/?lang=" + lang, "/log", "/pin"} {
				page := a.get(target, http.StatusOK)
				has(t, page, `<html lang="`+lang+`">`)
				if found := key.FindString(page); found != "" {
					t.Errorf("%s in %s shows %q", target, lang, found)
				}
			}
		}
	}
}

func TestTheLanguageIsRemembered(t *testing.T) {
	a := newAsker(t, newFake(), Options{})
	has(t, a.get("/", http.StatusOK), `<html lang="vi">`, `href="/?lang=en"`)
	has(t, a.get("/log?day=2026-03-10&lang=en", http.StatusOK), "Log of what was aired", "Tiếng Việt", `href="/log?day=2026-03-10&amp;lang=vi"`)
	has(t, a.get("/", http.StatusOK), `<html lang="en">`, "On air", "STOP")
	has(t, a.get("/?lang=xx", http.StatusOK), `<html lang="en">`) // a language that is none changes nothing
	has(t, a.get("/?lang=vi", http.StatusOK), `<html lang="vi">`)
}
