package letter_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
)

const toCorrect = `UBND XÃ TÂN AN
Số: 15/UBND-VX
Tân An, ngày 20 tháng 8 năm 2022

Kính gửi: Đài Truyền thanh xã.

Đề nghị tuyên truyền các nội dung sau:

1. Tuyên truyền Công văn số 12/SYT-NVY ngày 01/8/2022 của Sở Y tế về tiêm
chủng. Nhắc người dân đưa trẻ đi tiêm. Phát 02 lần/ngày. Kèm theo Kế hoạch số
7/KH-UBND ngày 02/8/2022 của UBND huyện.
2. Tuyên truyền về phòng cháy, chữa cháy.
`

func readToCorrect(t testing.TB) (scheduler.Directive, string) {
	t.Helper()
	d, err := letter.Parse(toCorrect)
	if err != nil {
		t.Fatal(err)
	}
	text, err := letter.Clean(toCorrect)
	if err != nil || len(d.Topics) != 2 {
		t.Fatalf("%d topics: %v", len(d.Topics), err)
	}
	return d, text
}

// summary shows topics in one line: what they say, cite and demand.
func summary(d scheduler.Directive) string {
	var out []string
	for _, t := range d.Topics {
		said := fmt.Sprintf("%d %.15s", t.Ordinal, t.Text)
		for _, c := range t.Citations {
			said += " " + c.Number
		}
		for _, m := range t.Demands {
			said += fmt.Sprintf(" [%d %s]", m.PerDay, m.Until)
		}
		out = append(out, said)
	}
	return strings.Join(out, " | ")
}

func TestCorrect(t *testing.T) {
	day := scheduler.Date{Year: 2022, Month: 9, Day: 30}
	for _, c := range []struct {
		why  string
		put  scheduler.Correction
		want string
	}{
		{"split before words", scheduler.Correction{Split: &scheduler.TopicSplit{Topic: 1, Before: "Nhắc người dân"}},
			"1 Tuyên truyền Cô 12/SYT-NVY | 2 Nhắc người dân  7/KH-UBND [2 ] | 3 Tuyên truyền về"},
		{"split before words that a line break parts", scheduler.Correction{Split: &scheduler.TopicSplit{Topic: 1, Before: "Kế hoạch số 7/KH-UBND"}},
			"1 Tuyên truyền Cô 12/SYT-NVY [2 ] | 2 Kế hoạch số 7/K 7/KH-UBND | 3 Tuyên truyền về"},
		{"merge", scheduler.Correction{Merge: &scheduler.TopicMerge{Topic: 2}},
			"1 Tuyên truyền Cô 12/SYT-NVY 7/KH-UBND [2 ]"},
		{"drop", scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}},
			"1 Tuyên truyền về"},
		{"add from the letter", scheduler.Correction{Add: &scheduler.TopicAdd{Words: "Đề nghị tuyên truyền\n các nội dung sau"}},
			"1 Đề nghị tuyên t | 2 Tuyên truyền Cô 12/SYT-NVY 7/KH-UBND [2 ] | 3 Tuyên truyền về"},
		{"add words of one's own", scheduler.Correction{Add: &scheduler.TopicAdd{Words: "Tuyên truyền Luật số 5/2020/QH14, 03 lần/ngày"}},
			"1 Tuyên truyền Cô 12/SYT-NVY 7/KH-UBND [2 ] | 2 Tuyên truyền về | 3 Tuyên truyền Lu 5/2020/QH14 [3 ]"},
		{"another text", scheduler.Correction{Topic: &scheduler.TopicWords{Topic: 2, Title: "Phòng cháy", Text: " Phòng cháy hơn chữa cháy "}},
			"1 Tuyên truyền Cô 12/SYT-NVY 7/KH-UBND [2 ] | 2 Phòng cháy hơn "},
		{"other documents", scheduler.Correction{Citations: &scheduler.TopicCitations{Topic: 1, Citations: []scheduler.Citation{{Kind: "Kế hoạch", Number: "8 / KH-UBND"}}}},
			"1 Tuyên truyền Cô 8/KH-UBND [2 ] | 2 Tuyên truyền về"},
		{"other demands", scheduler.Correction{Demands: &scheduler.TopicDemands{Topic: 2, Demands: []scheduler.Demand{{}, {PerDay: 4, Until: day}}}},
			"1 Tuyên truyền Cô 12/SYT-NVY 7/KH-UBND [2 ] | 2 Tuyên truyền về [4 2022-09-30]"},
	} {
		d, text := readToCorrect(t)
		before, _ := json.Marshal(d)
		got, err := letter.Correct(d, text, c.put)
		if err != nil || got.Edition != 1 || summary(got) != c.want {
			t.Errorf("%s: %v\n  got  %s\n  want %s", c.why, err, summary(got), c.want)
		}
		if after, _ := json.Marshal(d); string(after) != string(before) {
			t.Errorf("%s: the edition before has changed", c.why)
		}
	}
}

func TestCorrectRefuses(t *testing.T) {
	topic := func(title, text string) scheduler.Correction {
		return scheduler.Correction{Topic: &scheduler.TopicWords{Topic: 1, Title: title, Text: text}}
	}
	demand := func(m scheduler.Demand) scheduler.Correction {
		return scheduler.Correction{Demands: &scheduler.TopicDemands{Demands: []scheduler.Demand{m}}}
	}
	cite := func(c scheduler.Citation) scheduler.Correction {
		return scheduler.Correction{Citations: &scheduler.TopicCitations{Citations: []scheduler.Citation{c}}}
	}
	add := func(from, to int, words string) scheduler.Correction {
		return scheduler.Correction{Add: &scheduler.TopicAdd{Span: scheduler.Span{From: from, To: to}, Words: words}}
	}
	long := strings.Repeat("dài ", 10000)
	for _, c := range []struct {
		why, says string
		put       scheduler.Correction
	}{
		{"nothing", "give exactly one", scheduler.Correction{By: "Lan"}},
		{"two at once", "give exactly one", scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}, Merge: &scheduler.TopicMerge{Topic: 2}}},
		{"no such topic", "topics 1 to 2", scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 3}}},
		{"topic 0", "topics 1 to 2", scheduler.Correction{Merge: &scheduler.TopicMerge{}}},
		{"merge the first", "none before it", scheduler.Correction{Merge: &scheduler.TopicMerge{Topic: 1}}},
		{"split at its beginning", "inside its words", scheduler.Correction{Split: &scheduler.TopicSplit{Topic: 1, At: 0}}},
		{"split outside", "inside its words", scheduler.Correction{Split: &scheduler.TopicSplit{Topic: 1, At: 1 << 30}}},
		{"split at another topic's words", "as they stand in the letter", scheduler.Correction{Split: &scheduler.TopicSplit{Topic: 2, Before: "Nhắc người dân"}}},
		{"no title", "has no title", topic(" ", "a")},
		{"no text", "has no text", topic("a", " \n")},
		{"a book", "too long", topic("a", long)},
		{"add nothing", "give its words", add(0, 0, " ")},
		{"add a book", "at most", add(0, 0, long)},
		{"add behind the end", "there are no bytes", add(5, 1<<30, "")},
		{"add backwards", "there are no bytes", add(9, 5, "")},
		{"add what is there", "stand in topic 2 already", add(0, 0, "phòng cháy, chữa cháy")},
		{"no kind of letter", "has no kind", scheduler.Correction{Head: &scheduler.HeadWords{Number: "1/A"}}},
		{"a subject without end", "give at most", scheduler.Correction{Head: &scheduler.HeadWords{Kind: "Công văn", Subject: long}}},
		{"a citation without a number", "without a number", cite(scheduler.Citation{Kind: "Luật"})},
		{"a citation without a kind", "has no kind", cite(scheduler.Citation{Number: "1/A"})},
		{"a citation without end", "too long", cite(scheduler.Citation{Kind: "Luật", Number: "1/A", Subject: long})},
		{"fewer than no airings", "use 0 to", demand(scheduler.Demand{PerDay: -1})},
		{"more airings than a day has", "use 0 to", demand(scheduler.Demand{PerDay: 100000})},
		{"a ninth day of the week", "use 0 (Sunday) to 6", demand(scheduler.Demand{Weekdays: []time.Weekday{8}})},
		{"an hour of no day", "use 00:00 to 23:59", demand(scheduler.Demand{Hours: []scheduler.TimeOfDay{24 * 60}})},
		{"half a day", "no whole day", demand(scheduler.Demand{Until: scheduler.Date{Year: 2022, Month: 9}})},
		{"a period that ends before it begins", "comes before its first", demand(scheduler.Demand{From: scheduler.Date{Year: 2022, Month: 9, Day: 2}, Until: scheduler.Date{Year: 2022, Month: 9, Day: 1}})},
	} {
		d, text := readToCorrect(t)
		got, err := letter.Correct(d, text, c.put)
		if err == nil || !strings.Contains(err.Error(), c.says) || got.Edition != 0 {
			t.Errorf("%s: %v does not say %q", c.why, err, c.says)
		}
	}
}

// TestALetterGoesOnCiting: what its topics cite is cited by the letter.
func TestALetterGoesOnCiting(t *testing.T) {
	d, text := readToCorrect(t)
	put := func(c scheduler.Correction) {
		t.Helper()
		var err error
		if d, err = letter.Correct(d, text, c); err != nil {
			t.Fatal(err)
		}
	}
	want := func(numbers string) {
		t.Helper()
		var got []string
		for _, c := range d.Citations {
			got = append(got, c.Number)
		}
		if strings.Join(got, " ") != numbers {
			t.Errorf("it cites %v, not %s", got, numbers)
		}
	}
	want("12/SYT-NVY 7/KH-UBND")
	put(scheduler.Correction{Citations: &scheduler.TopicCitations{Topic: 0, Citations: []scheduler.Citation{{Kind: "Luật", Number: "5/2020/QH14"}}}})
	want("12/SYT-NVY 7/KH-UBND 5/2020/QH14")
	kept := slices.Clone(d.Topics[0].Citations[:1])
	put(scheduler.Correction{Citations: &scheduler.TopicCitations{Topic: 1, Citations: kept}})
	want("12/SYT-NVY 5/2020/QH14")
	put(scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}})
	want("12/SYT-NVY 5/2020/QH14")
	put(scheduler.Correction{Citations: &scheduler.TopicCitations{Topic: 0}})
	want("")
}

func TestCorrectTheHead(t *testing.T) {
	d, text := readToCorrect(t)
	h := scheduler.HeadWords{Kind: d.Kind, Number: "", Date: d.Date, Issuer: d.Issuer, Subject: " về  y tế ", Signatory: scheduler.Signatory{Name: "Lan"}}
	got, err := letter.Correct(d, text, scheduler.Correction{Head: &h})
	if err != nil || !got.Draft || got.Subject != "về y tế" || got.Signatory.Name != "Lan" || got.Spans.Number != nil || len(got.Spans.Date) == 0 {
		t.Errorf("it is %+v: %v", got, err)
	}
	h.Number = "15 / UBND–VX"
	if got, err = letter.Correct(got, text, scheduler.Correction{Head: &h}); err != nil || got.Draft || got.Number != "15/UBND-VX" {
		t.Errorf("it is %+v: %v", got, err)
	}
}

// TestAnyCorrectionsKeepTheReadingWhole: whatever a person does, topics are
// numbered in order, stand where they say, and cite what the letter cites.
func TestAnyCorrectionsKeepTheReadingWhole(t *testing.T) {
	first, text := readToCorrect(t)
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		d := first
		for range 8 {
			next, err := letter.Correct(d, text, anyCorrection(random, d, text))
			if err != nil {
				continue
			}
			if next.Edition != d.Edition+1 {
				t.Fatalf("seed %d: edition %d follows %d", seed, next.Edition, d.Edition)
			}
			if d = next; !whole(d, text) {
				t.Fatalf("seed %d: %+v", seed, d)
			}
		}
	}
}

func anyCorrection(random *rand.Rand, d scheduler.Directive, text string) (c scheduler.Correction) {
	topic, at := random.IntN(len(d.Topics)+2), random.IntN(len(text)+1)
	switch random.IntN(5) {
	case 0:
		c.Split = &scheduler.TopicSplit{Topic: topic, At: at}
	case 1:
		c.Merge = &scheduler.TopicMerge{Topic: topic}
	case 2:
		c.Drop = &scheduler.TopicDrop{Topic: topic}
	case 3:
		c.Add = &scheduler.TopicAdd{Span: scheduler.Span{From: at, To: min(at+random.IntN(80), len(text))}}
	case 4:
		c.Add = &scheduler.TopicAdd{Words: text[:at%40]}
	}
	return c
}

func whole(d scheduler.Directive, text string) bool {
	for i, t := range d.Topics {
		for _, s := range t.Spans {
			if s.From < 0 || s.From >= s.To || s.To > len(text) {
				return false
			}
		}
		for _, c := range t.Citations {
			if !slices.ContainsFunc(d.Citations, func(x scheduler.Citation) bool { return x.Number == c.Number }) {
				return false
			}
		}
		if t.Ordinal != i+1 || t.Text == "" || t.Title == "" {
			return false
		}
	}
	return true
}
