package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestBothLanguagesHaveTheSameWords(t *testing.T) {
	all := readLanguages(files)
	argument := regexp.MustCompile(`\{\w+\}`)
	arguments := func(text string) string {
		found := argument.FindAllString(text, -1)
		slices.Sort(found)
		return strings.Join(slices.Compact(found), "")
	}
	for key, text := range all[english] {
		key = strings.TrimSuffix(key, ".one")
		vi, ok := all[vietnamese][key]
		if !ok || strings.TrimSpace(vi) == "" {
			t.Errorf("%s: no Vietnamese", key)
		}
		if arguments(vi) != arguments(text) {
			t.Errorf("%s: arguments %s in Vietnamese, %s in English", key, arguments(vi), arguments(text))
		}
	}
	for key := range all[vietnamese] {
		if strings.TrimSpace(all[english][key]) == "" {
			t.Errorf("%s: no English", key)
		}
	}
}

// sources are the texts in which keys stand.
func sources(t *testing.T) string {
	var all strings.Builder
	for _, dir := range []string{".", "templates"} {
		entries, err := fs.Glob(os.DirFS(dir), "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range entries {
			if strings.HasSuffix(name, "_test.go") || (filepath.Ext(name) != ".go" && filepath.Ext(name) != ".html") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			all.Write(b)
		}
	}
	return all.String()
}

func TestEveryKeyThatIsUsedHasWords(t *testing.T) {
	vi := readLanguages(files)[vietnamese]
	used := regexp.MustCompile(`(?:\bT[ (]|add\(|, "", |publish", |sprintf )"([a-zA-Z]+\.[a-zA-Z0-9.]+)"`)
	found := used.FindAllStringSubmatch(sources(t), -1)
	if len(found) < 100 {
		t.Fatalf("only %d keys found: the pattern is wrong", len(found))
	}
	for _, key := range found {
		if _, ok := vi[key[1]]; !ok {
			t.Errorf("%s: it is used and has no words", key[1])
		}
	}
}

func TestNoWordsAreLeftOver(t *testing.T) {
	text := sources(t)
	// Groups of keys whose last part is worked out.
	built := []string{"state", "reason", "class", "evidence", "verdict", "look", "tally", "weekday", "fault", "advice",
		"finding", "todo", "level", "shortfall", "because", "ready", "piece", "pages", "short", "holidays"}
	for key := range readLanguages(files)[vietnamese] {
		group, _, _ := strings.Cut(key, ".")
		if !slices.Contains(built, group) && !strings.Contains(text, `"`+key+`"`) {
			t.Errorf("%s: nothing uses it", key)
		}
	}
}

func TestEveryStateReasonClassAndGradeHasWords(t *testing.T) {
	keys := []string{}
	for _, s := range states() {
		keys = append(keys, "state."+string(s))
	}
	for _, r := range []scheduler.Reason{
		scheduler.PowerLost, scheduler.FileAbsent, scheduler.FileDamaged, scheduler.DeviceLost, scheduler.DeviceStall,
		scheduler.PreEmpted, scheduler.Stopped, scheduler.Muted, scheduler.ClockInvalid, scheduler.InQuietHours,
		scheduler.CardBusy, scheduler.LeaseOver, scheduler.NotScheduled, scheduler.Withdrawn, scheduler.DiskFailed, scheduler.AgentStopped,
	} {
		keys = append(keys, "reason."+string(r))
	}
	for _, c := range []scheduler.Class{scheduler.Ordinary, scheduler.Priority, scheduler.Emergency} {
		keys = append(keys, "class."+string(c))
	}
	for e := scheduler.EvidencePlanned; e <= scheduler.EvidenceConfirmed; e++ {
		keys = append(keys, "evidence."+e.String())
	}
	for _, l := range looks() {
		keys = append(keys, "look."+string(l))
	}
	for _, f := range []LetterFault{TooLarge, NotALetter, Encrypted, NeedsTool, Damaged, Empty} {
		keys = append(keys, "fault."+string(f), "advice."+string(f))
	}
	for lang, w := range readLanguages(files) {
		for _, key := range keys {
			if w.T(key) == key {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}

func states() []scheduler.State {
	return []scheduler.State{
		scheduler.Planned, scheduler.Delivered, scheduler.Ready, scheduler.OnAir, scheduler.Aired, scheduler.Late,
		scheduler.Partial, scheduler.Missed, scheduler.Recalled, scheduler.Waived, scheduler.Unknown,
	}
}

func TestTexts(t *testing.T) {
	w := words{"n": "{n} things", "n.one": "{n} thing", "by": "{who} at {at}"}
	for _, c := range []struct{ got, want string }{
		{w.T("n", "n", 2), "2 things"},
		{w.T("n", "n", 1), "1 thing"},
		{w.T("by", "who", "{at}", "at", "noon"), "{at} at noon"}, // an argument is not read again
		{w.T("none"), "none"},
		{w.Reason("not-known-yet"), "not-known-yet"},
		{w.Reason(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
