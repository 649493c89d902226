package letter_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
)

// answer is what a careful reader notes down of a letter.
type answer struct {
	Kind, Number string
	Date         scheduler.Date
	Issuer       string
	Subject      string
	Draft        bool
	Signatory    scheduler.Signatory
	Citations    []scheduler.Citation
	Topics       []answerTopic
	Demands      []answerDemand
}

type answerTopic struct {
	Section, Begins string
	Citations       []string
}

// answerDemand is a demand on the topic of that number, or on the letter for 0.
type answerDemand struct {
	Topic int
	Quote string
	scheduler.Demand
}

// rate is how many of how many.
type rate struct{ right, of int }

func (r *rate) add(right bool) {
	r.of++
	if right {
		r.right++
	}
}

func (r rate) value() float64 {
	if r.of == 0 {
		return 1
	}
	return float64(r.right) / float64(r.of)
}

// found is what was looked for and found, and what was found in all.
type found struct{ right, wanted, given int }

func (f found) precision() float64 { return rate{f.right, f.given}.value() }
func (f found) recall() float64    { return rate{f.right, f.wanted}.value() }
func (f found) f1() float64        { return rate{2 * f.right, f.wanted + f.given}.value() }

// scores are the measures over a set of letters.
type scores struct {
	letters                                               int
	kind, number, date, issuer, subject, draft, signatory rate // of the letterhead
	citations                                             found
	citation, sender                                      rate // number, kind and date; issuer
	topics, demands                                       found
	tell                                                  func(format string, args ...any)
}

// TestScores reads the letters that were seen while the reader was written, and
// holds the reading against the answers beside them.
func TestScores(t *testing.T) {
	s := score(t, filepath.Join("testdata", "letters", "tuned"))
	t.Logf("%s", s.table())
	for what, c := range map[string]struct{ got, want float64 }{
		"F1 of cited numbers":                {s.citations.f1(), 0.98},
		"number, kind and date of citations": {s.citation.value(), 0.95},
		"issuer of citations":                {s.sender.value(), 0.90},
		"demands found and right":            {s.demands.recall(), 0.90},
	} {
		if c.got < c.want {
			t.Errorf("%s: %.3f, below %.2f", what, c.got, c.want)
		}
	}
}

func score(t *testing.T, folder string) *scores {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no letters in %s: %v", folder, err)
	}
	s := &scores{letters: len(files)}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want answer
		if err := readAnswer(strings.TrimSuffix(file, ".txt")+".json", &want); err != nil {
			t.Fatal(err)
		}
		got, err := letter.Parse(string(text))
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		s.tell = func(format string, args ...any) {
			t.Logf("%s: %s", filepath.Base(file), fmt.Sprintf(format, args...))
		}
		s.readLetterhead(got, want)
		s.readCitations(got, want)
		s.readDemands(got, want, s.readTopics(got, want))
	}
	return s
}

func readAnswer(file string, a *answer) error {
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, a)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// alike compares what people write: white space, case and composition aside.
func alike(a, b string) bool { return plain(a) == plain(b) }

func plain(s string) string {
	s = strings.NewReplacer("–", "-", "“", `"`, "”", `"`).Replace(norm.NFC.String(s))
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(s, " .,;:/*")), " "))
}

func (s *scores) readLetterhead(got scheduler.Directive, want answer) {
	for _, c := range []struct {
		rate      *rate
		what      string
		got, want string
	}{
		{&s.kind, "kind", got.Kind, want.Kind},
		{&s.number, "number", got.Number, want.Number},
		{&s.date, "date", got.Date.String(), want.Date.String()},
		{&s.issuer, "issuer", got.Issuer, want.Issuer},
		{&s.subject, "subject", got.Subject, want.Subject},
		{&s.draft, "draft", fmt.Sprint(got.Draft), fmt.Sprint(want.Draft)},
		{&s.signatory, "signatory", got.Signatory.Name + ", " + got.Signatory.Position, want.Signatory.Name + ", " + want.Signatory.Position},
	} {
		right := alike(c.got, c.want)
		if c.rate.add(right); !right {
			s.tell("%s %q, not %q", c.what, c.got, c.want)
		}
	}
}

// readCitations holds number against number; of those that agree, the one
// whose date and kind agree best answers.
func (s *scores) readCitations(got scheduler.Directive, want answer) {
	left := slices.Clone(got.Citations)
	s.citations.wanted += len(want.Citations)
	s.citations.given += len(left)
	for _, w := range want.Citations {
		i := bestOf(left, w)
		if i < 0 {
			s.citation.add(false)
			s.sender.add(false)
			s.tell("citation %s is not found", w.Number)
			continue
		}
		g := left[i]
		left = slices.Delete(left, i, i+1)
		s.citations.right++
		whole := alike(g.Kind, w.Kind) && g.Date == w.Date
		s.citation.add(whole)
		s.sender.add(alike(g.Issuer, w.Issuer))
		if !whole || !alike(g.Issuer, w.Issuer) {
			s.tell("citation %s %s %s %q, not %s %s %q", w.Number, g.Kind, g.Date, g.Issuer, w.Kind, w.Date, w.Issuer)
		}
	}
	for _, g := range left {
		s.tell("citation %s %s is none", g.Kind, g.Number)
	}
}

func bestOf(all []scheduler.Citation, w scheduler.Citation) int {
	best, most := -1, -1
	for i, g := range all {
		if g.Number != w.Number {
			continue
		}
		points := 0
		for _, same := range []bool{g.Date == w.Date, alike(g.Kind, w.Kind), alike(g.Issuer, w.Issuer)} {
			if same {
				points++
			}
		}
		if points > most {
			best, most = i, points
		}
	}
	return best
}

// readTopics counts the topics that begin where they should, and returns which
// topic of the answer is which of the reading.
func (s *scores) readTopics(got scheduler.Directive, want answer) map[int]int {
	s.topics.wanted += len(want.Topics)
	s.topics.given += len(got.Topics)
	same := map[int]int{}
	next := 0
	for n, w := range want.Topics {
		i := slices.IndexFunc(got.Topics[next:], func(g scheduler.Topic) bool { return beginsAlike(g.Text, w.Begins) })
		if i < 0 {
			s.tell("topic %d %q is not found", n+1, w.Begins)
			continue
		}
		same[n+1] = got.Topics[next+i].Ordinal
		next += i + 1
		s.topics.right++
	}
	for _, g := range got.Topics {
		if !containsValue(same, g.Ordinal) {
			s.tell("topic %d %.60q is none", g.Ordinal, g.Text)
		}
	}
	return same
}

func containsValue(m map[int]int, v int) bool {
	for _, x := range m {
		if x == v {
			return true
		}
	}
	return false
}

// beginsAlike reports whether a topic begins with the first words of another.
// A few words before them, such as the heading of the item, do no harm.
func beginsAlike(text, begins string) bool {
	words := strings.Fields(plain(begins))
	begin := strings.Join(words[:min(len(words), 5)], " ")
	at := strings.Index(plain(text), begin)
	return at >= 0 && len(strings.Fields(plain(text)[:at])) <= 12
}

func (s *scores) table() string {
	s.demands.given += s.demands.right // what is right was given too
	var b strings.Builder
	fmt.Fprintf(&b, "%d letters\n", s.letters)
	for _, row := range []struct {
		what string
		rate
	}{
		{"kind of the letter", s.kind}, {"its number", s.number}, {"its date", s.date}, {"its issuer", s.issuer}, {"its subject", s.subject},
		{"draft or not", s.draft}, {"signatory", s.signatory},
		{"citations: number, kind and date", s.citation}, {"citations: issuer", s.sender},
	} {
		fmt.Fprintf(&b, "%-34s %.3f  (%d of %d)\n", row.what, row.value(), row.right, row.of)
	}
	for _, row := range []struct {
		what string
		found
	}{{"citations: number", s.citations}, {"topics", s.topics}, {"demands", s.demands}} {
		fmt.Fprintf(&b, "%-34s F1 %.3f  precision %.3f  recall %.3f  (%d right of %d, %d given)\n",
			row.what, row.f1(), row.precision(), row.recall(), row.right, row.wanted, row.given)
	}
	return b.String()
}
