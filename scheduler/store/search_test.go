package store_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

func search(t testing.TB, s *store.Store, query string) []store.Hit {
	t.Helper()
	return get[[]store.Hit](t)(s.Search(t.Context(), query, 20))
}

// places names the hits in their order: "L" the letter, "T1" a topic, "C1" a
// document that topic 1 cites.
func places(hits []store.Hit) string {
	var all []string
	for _, h := range hits {
		name := strings.ToUpper(h.Kind[:1])
		if h.Topic > 0 {
			name += string(rune('0' + h.Topic))
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func TestSearchFinds(t *testing.T) {
	s := withLetter(t)
	cases := []struct{ query, want, why string }{
		{"tuyen truyen", "L T2", "without marks, any marks"},
		{"tuyên truyền", "L T2", "with its marks"},
		{"TUYÊN TRUYỀN", "L T2", "in capitals"},
		{norm.NFD.String("tuyên truyền"), "L T2", "decomposed"},
		{"tuyến truyền", "", "with other marks"},
		{"duong", "L T1 T2", "Dương, đường and dương"},
		{"đường", "T1", "đ is a letter of its own"},
		{"dương", "L T2", "and so is ươ without a tone"},
		{"hòa giải", "T2 C2", "the tone on the o"},
		{"hoà giải", "T2 C2", "the tone on the a"},
		{"hoa giai", "T2 C2", "no tone"},
		{"thủy lợi", "T2", "thuỷ in the text"},
		{"giải hòa", "T2 C2", "in any order"},
		{"giải tiêm", "", "all words, not any"},
		{"vac-xin", "L T1", "joined by a hyphen, or not"},
		{"vắc xi", "L T1", "the last word as far as it is typed"},
		{"vắ xin", "", "only the last"},
		{`"hoa giai"`, "T2 C2", "in quotes"},
		{`"giải hoà"`, "", "in quotes the order counts"},
		{`"hoa gia"`, "", "in quotes the last word is whole"},
		{`"hoa gia`, "T2 C2", "in quotes not closed yet it is not"},
		{"“hoa giai” ở", "T2 C2", "in typographic quotes"},
		{`"hoà giai"`, "T2 C2", "with and without marks in one phrase"},
		{`"hóa giai"`, "", "other marks in a phrase"},
		{"3168", "L", "a number"},
		{"3168/UBND-VP", "L", "a number with its symbol"},
		{"3168/ubnd", "L", "the beginning of a symbol"},
		{"316", "L", "the beginning of a number"},
		{"168", "", "the end of a number"},
		{"32-kh/tu", "C1", "a document cited, in small letters"},
		{"45/qd-ubnd", "C2", "Đ typed as D"},
		{"45/QÐ-UBND", "C2", "Đ typed as the Icelandic letter"},
		{"công văn số 3168", "L", "as people name a letter"},
		{"ke hoach so 32", "C1", "as people name a document"},
		{"UBND", "L C2", "an office"},
		{"nguyễn văn nhật", "L", "who signed"},
		{"bí thư", "", "nothing"},
		{"", "", "no word"},
		{" \t-/·\"\" ", "", "no word either"},
		{"người\u200b dân", "T1", "a space of no width comes with copied text"},
		{"nhật tuyên", "L", "over fields"},
		{strings.Repeat("tuyên truyền ", 10) + "thừa", "L T2", "words beyond the twentieth do not count"},
		{`"vắc xin nguyễn"`, "", "a phrase ends with its field"},
	}
	for _, c := range cases {
		if got := places(search(t, s, c.query)); got != c.want {
			t.Errorf("%q finds %q, want %q: %s", c.query, got, c.want, c.why)
		}
	}
}

func TestSearchRanks(t *testing.T) {
	s := open(t)
	letters := []scheduler.Directive{
		{ID: "text", Subject: "điểm 12 của kế hoạch"},
		{ID: "long", Number: "125/KH-UBND", Subject: "nước cho người dân ở nông thôn và nguồn sạch"},
		{ID: "exact", Number: "12/KH-UBND", Subject: "nước sạch cho người dân ở nông thôn, vùng núi và hải đảo"},
		{ID: "cites", Citations: []scheduler.Citation{{Number: "12-HD/BTG"}}},
	}
	for _, d := range letters {
		put(t, s, d)
	}
	cases := []struct{ query, want, why string }{
		{"12", "exact cites long text", "whole numbers, letters first, before those that begin so, before texts"},
		{"nước sạch", "exact long", "side by side before apart, though the text is longer"},
		{"sạch nước", "long exact", "else the shorter text"},
	}
	for _, c := range cases {
		var got []string
		for _, h := range search(t, s, c.query) {
			got = append(got, string(h.Directive))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q finds %v, want %s: %s", c.query, got, c.want, c.why)
		}
	}
	for limit := -1; limit < 4; limit++ {
		if got := get[[]store.Hit](t)(s.Search(t.Context(), "12", limit)); len(got) != max(limit, 0) {
			t.Errorf("%d hits at most: got %d", limit, len(got))
		}
	}
}

func TestSnippetIsInTheOriginalSpelling(t *testing.T) {
	s := withLetter(t)
	d := vaccine()
	d.ID = "long"
	d.Topics = []scheduler.Topic{{Ordinal: 1, Text: strings.Repeat("Đầu đề dài. ", 100) + "Nước SẠCH nông thôn" + strings.Repeat(", và hết", 100)}}
	put(t, s, d)
	cases := []struct{ query, want string }{
		{"tiem chung", "|Tiêm| |chủng| · Vận động người dân |tiêm| vắc xin; đường dây nóng 0220."},
		{`"hoa giai" truyen`, "|Hoà giải| · Tuyên |truyền| Luật |Hòa giải| ở cơ sở; thuỷ lợi, cây dương liễu."},
		{"qd-ubnd", "Quyết định số 45/|QĐ-UBND| · UBND huyện Cẩm Giàng · hoà giải ở cơ sở"},
	}
	for _, c := range cases {
		if hits := search(t, s, c.query); len(hits) == 0 || strings.Join(hits[0].Snippet, "|") != c.want {
			t.Errorf("%q shows %+v, want %q", c.query, hits, c.want)
		}
	}
	hit := search(t, s, "nuoc sach")[0]
	if h := (store.Hit{Directive: "long", Number: d.Number, Date: d.Date, Subject: d.Subject, Kind: "topic", Topic: 1}); hit.Directive != h.Directive ||
		hit.Number != h.Number || hit.Date != h.Date || hit.Subject != h.Subject || hit.Kind != h.Kind || hit.Topic != h.Topic {
		t.Errorf("the hit is %+v, want %+v", hit, h)
	}
	shown := strings.Join(hit.Snippet, "|")
	if !strings.HasPrefix(shown, "…") || !strings.HasSuffix(shown, "…") || !strings.Contains(shown, "đề dài. |Nước| |SẠCH| nông thôn, và") || len(shown) > 320 {
		t.Errorf("of a long text is shown %q", shown)
	}
}

// What is revised is found by its new words and no more by its old ones.
func TestSearchFollowsRevisions(t *testing.T) {
	s := withLetter(t)
	d := corrected(vaccine(), "nước sạch")
	d.Number, d.Topics, d.Citations = "7/UBND", d.Topics[:1], d.Citations[:1]
	must(t, s.ReviseDirective(t.Context(), d, "Lan", noon))
	stale := corrected(vaccine(), "bão lũ")
	if s.ReviseDirective(t.Context(), stale, "Bình", noon) == nil {
		t.Error("a stale revision was taken")
	}
	cases := []struct{ query, want string }{{"nước sạch", "L"}, {"tuyên truyền", ""}, {"3168", ""}, {"7/ubnd", "L"}, {"45", ""}, {"32", "C1"}, {"hòa giải", ""}, {"bão", ""}}
	for _, c := range cases {
		if got := places(search(t, s, c.query)); got != c.want {
			t.Errorf("%q finds %q, want %q", c.query, got, c.want)
		}
	}
}

// hostile are queries that mean something to a database, or are too much.
func hostile() []string {
	return []string{`"`, `""`, `'`, `*`, `tiêm*`, `^tiêm`, `bare:tiem`, `number : "3168"`, `NEAR(a b, 5)`, `a AND`, `OR`, `NOT tiem`, `(((`, `{bare marked}: x`, `- x`, `a + b`,
		"tiem\x00chung", "\x00\x01\x1f\x7f", "\xff\xfe", "ti\xc3", `'; DROP TABLE places; --`, `%`, `_`, `$1`, "\u0301", "a\u0301\u0323\u0302", "\u202etiem", "😀 👨‍👩‍👧", "·", "· a ·",
		strings.Repeat("tiêm ", 1000), strings.Repeat("a", 100_000), strings.Repeat(`"`, 5000), strings.Repeat(`a"`, 5000), strings.Repeat("a.", 5000), strings.Repeat("a\u0301", 9000), strings.Repeat("(", 9000)}
}

func TestHostileQueriesAreHarmless(t *testing.T) {
	s := withLetter(t)
	for _, q := range hostile() {
		if hits, err := s.Search(t.Context(), q, 20); err != nil || len(hits) > 4 {
			t.Errorf("%.40q: %d hits, %v", q, len(hits), err)
		}
	}
	if got := places(search(t, s, "tiêm chủng")); got != "T1" {
		t.Errorf("afterwards the search finds %q", got)
	}
}

func FuzzSearch(f *testing.F) {
	s := withLetter(f)
	for _, q := range hostile() {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, h := range search(t, s, query) {
			if len(h.Snippet) < 3 || len(h.Snippet)%2 == 0 {
				t.Errorf("%q shows %q", query, h.Snippet)
			}
		}
	})
}

// Each word of a text finds it, spelt in any of the ways people spell it.
func TestEveryWordFindsItsText(t *testing.T) {
	s := open(t)
	random := rand.New(rand.NewPCG(1, 2))
	d := letterOf(1, 10)
	put(t, s, d)
	for range 200 {
		topic := d.Topics[random.IntN(len(d.Topics))]
		words := strings.Fields(topic.Text)
		i := random.IntN(len(words) - 1)
		query := respelt(random, words[i]) + " " + respelt(random, words[i+1])
		if random.IntN(2) == 0 {
			query = `"` + query + `"`
		}
		found := false
		for _, h := range search(t, s, query) {
			found = found || h.Kind == "topic" && h.Topic == topic.Ordinal
		}
		if !found {
			t.Fatalf("%q does not find topic %d: %s", query, topic.Ordinal, topic.Text)
		}
	}
}

// respelt is a word without its marks, decomposed, in capitals, or as it is.
func respelt(random *rand.Rand, word string) string {
	switch random.IntN(4) {
	case 0:
		return stripped(word)
	case 1:
		return norm.NFD.String(word)
	case 2:
		return strings.ToUpper(word)
	}
	return word
}

func stripped(word string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
	return strings.ReplaceAll(bare, "đ", "d")
}
