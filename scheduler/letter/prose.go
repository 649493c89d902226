package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"loaphuong/scheduler"
)

// maxPair bounds a bracket or quotation in bytes. A longer one is taken for
// two strays, so that one lost bracket cannot swallow a letter.
const maxPair = 1000

// prose is one paragraph and what is known about its shape.
type prose struct {
	passage
	fold string
	// mate holds, for the offset of an opening bracket or quotation mark, the
	// offset of the closing one; -1 for a closing one; 0 for all else.
	mate      []int32
	clauses   []clause
	demands   []demanded
	cited     []cited
	inTable   bool     // it is of the row of a table
	about     bool     // it says how the row before it is aired
	names     []ref    // the topics that its row of a table names
	columns   []column // the cells of its row
	saysThis  bool     // it has the word "này"
	saysAnnex bool     // it has the words "phụ lục"
	onAir     bool     // it stands where only airing is spoken of, in few words
}

// clause is a stretch of text up to a semicolon, a colon or a sentence's end
// that no bracket or quotation encloses.
type clause struct {
	from, to int
	next     int  // behind the mark that ends it
	end      byte // ';', ':' or '.'; 0 at the end of the paragraph
}

// newProse reads a paragraph of a letter of the given date. Demands are found
// first because a subject ends where one begins; those that turn out to stand
// inside a subject are dropped afterwards.
func newProse(par paragraph, letter scheduler.Date) *prose {
	p := &prose{passage: par.passage, fold: notAiring.Replace(fold(par.text)), onAir: par.onAir, inTable: par.row, about: par.about, names: par.names, columns: par.columns}
	p.saysThis, p.saysAnnex = strings.Contains(p.fold, " này"), strings.Contains(p.fold, "phụ lục")
	p.mate = matePairs(p.text)
	p.clauses = p.split()
	p.demands = readDemands(p, letter)
	p.cited = readCitations(p)
	p.demands = p.merged(p.outsideSubjects(p.demands))
	return p
}

// notAiring disfigures the words that only begin like "phát", so that no
// pattern of airing takes them for it, and spells "nhất" as everywhere. Every
// byte keeps its place.
var notAiring = strings.NewReplacer("ít nhứt", "ít nhất", "phát triển", "phât triển", "phát hiện", "phât hiện", "phát huy", "phât huy", "phát động", "phât động",
	"phát sinh", "phât sinh", "phát hành", "phât hành", "phát biểu", "phât biểu", "phát quang", "phât quang", "phát nương", "phât nương",
	"phát ngôn", "phât ngôn", "phát minh", "phât minh", "phát tán", "phât tán", "phát bệnh", "phât bệnh", "phát tờ", "phât tờ",
	"cấp phát", "cấp phât", "xuất phát", "xuất phât", "bột phát", "bột phât", "bùng phát", "bùng phât", "tái phát", "tái phât", "lạm phát", "lạm phât")

// matePairs finds which bracket closes which. Each kind has a stack of its
// own, so that a stray of one kind does not upset another.
func matePairs(text string) []int32 {
	mate := make([]int32, len(text))
	var stacks [3][]int
	for i, r := range text {
		kind, opens := pairing(r, len(stacks[2]) > 0)
		if kind < 0 {
			continue
		}
		stack := &stacks[kind]
		if opens {
			*stack = append(*stack, i)
			continue
		}
		if n := len(*stack); n > 0 {
			if open := (*stack)[n-1]; i-open <= maxPair {
				mate[open], mate[i] = int32(i), -1
			}
			*stack = (*stack)[:n-1]
		}
	}
	return mate
}

// pairing says which stack a rune belongs to and whether it opens. A straight
// quotation mark closes what is open, also a curly one.
func pairing(r rune, quoted bool) (kind int, opens bool) {
	switch r {
	case '(':
		return 0, true
	case ')':
		return 0, false
	case '[':
		return 1, true
	case ']':
		return 1, false
	case '“', '«':
		return 2, true
	case '”', '»':
		return 2, false
	case '"':
		return 2, !quoted
	}
	return -1, false
}

// split cuts the paragraph into its clauses.
func (p *prose) split() []clause {
	var out []clause
	for from := 0; from < len(p.text); {
		stop, next := p.boundary(from, len(p.text))
		c := clause{from: from, to: stop, next: next}
		if stop < len(p.text) {
			c.end = endOf(p.text[stop])
		}
		if strings.TrimSpace(p.text[from:stop]) != "" {
			c.from += len(p.text[from:stop]) - len(strings.TrimLeft(p.text[from:stop], " "))
			out = append(out, c)
		}
		from = next
	}
	return out
}

func endOf(b byte) byte {
	if b == ';' || b == ':' {
		return b
	}
	return '.'
}

// boundary finds where the clause that runs at byte i ends and where the next
// begins, looking no further than limit. It steps over whole brackets and
// quotations, and stops at the end of one that i is in.
func (p *prose) boundary(i, limit int) (stop, next int) {
	for i < limit {
		switch {
		case p.mate[i] > 0:
			i = int(p.mate[i])
		case p.mate[i] < 0:
			return i, i + 1
		case p.text[i] == ';' || p.text[i] == ':' && p.colon(i):
			return i, i + 1
		}
		if end := dots(p.text, i); end > i {
			if p.sentenceEnds(i, end) {
				return i, end
			}
			i = end
			continue
		}
		i++
	}
	return min(i, limit), limit
}

// colon reports whether the colon at byte i parts two clauses; those in clock
// times and before a quotation do not.
func (p *prose) colon(i int) bool {
	after := strings.TrimLeft(ahead(p.text, i+1, 4), " ")
	r, _ := utf8.DecodeRuneInString(after)
	return !strings.HasPrefix(ahead(p.text, i+1, 1), "/") && !endsIn(behind(p.fold, i, 12), "số") && !strings.ContainsRune("“\"«", r) &&
		(i+1 >= len(p.text) || p.text[i+1] == ' ' || unicode.IsLetter(r))
}

// dots is the end of the run of sentence marks that begins at byte i. The
// letter's own last mark, "./.", is such a run.
func dots(text string, i int) int {
	for i < len(text) {
		switch b := text[i]; {
		case b == '.' || b == '!' || b == '?':
			i++
		case b == "…"[0] && strings.HasPrefix(text[i:], "…"):
			i += len("…")
		case b == '/' && strings.HasPrefix(text[i:], "/.") && i > 0 && text[i-1] == '.':
			i += 2
		default:
			return i
		}
	}
	return i
}

var abbreviation = regexp.MustCompile(`(?:^|[^\p{L}])(?:TP|Tp|TX|Tx|TT|Tt|ThS|TS|PGS|GS|BS|CN|KS|KT|TL|TM|TUQ|St|Mr|\p{Lu}|v\.v)$`)

// sentenceEnds reports whether the marks from i to end close a sentence: a
// space and something that begins one must follow.
func (p *prose) sentenceEnds(i, end int) bool {
	rest := p.text[end:]
	if strings.TrimLeft(ahead(rest, 0, 2), " ") == "" && len(rest) < 2 {
		return true
	}
	if rest[0] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	if unicode.IsLower(r) || r == ',' || r == ';' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(p.text[:i])
	return end-i > 1 || !unicode.IsLetter(before) || !abbreviation.MatchString(behind(p.text, i, 12))
}
