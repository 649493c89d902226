package paper

import (
	"math"
	"strings"
	"unicode"
)

// glyph is one character as a PDF places it. Units are points; y grows upwards,
// as PDF has it.
type glyph struct {
	r                        rune
	font                     string  // only where the character may be of an older coding
	x, y                     float64 // where it stands on its line
	left, right, bottom, top float64
	angle                    float64 // in radians
	placed                   bool    // PDFium knows where; the spaces it adds it does not
}

// upright turns the glyphs so that most of them stand upright and drops the rest:
// stamps and watermarks across the page, notes along its edge.
func upright(glyphs []glyph) []glyph {
	var count [4]int
	for _, g := range glyphs {
		if q, ok := g.quarter(); ok && !unicode.IsSpace(g.r) {
			count[q]++
		}
	}
	most := 0
	for q, n := range count {
		if n > count[most] {
			most = q
		}
	}
	out := glyphs[:0]
	for _, g := range glyphs {
		if q, ok := g.quarter(); !g.placed || ok && q == most {
			out = append(out, g.turned(most))
		}
	}
	return out
}

// quarter tells by how many quarters of a circle the glyph is turned; false where
// it stands askew.
func (g glyph) quarter() (int, bool) {
	if math.IsNaN(g.angle) || math.Abs(g.angle) > 100 {
		return 0, false
	}
	quarters := g.angle / (math.Pi / 2)
	nearest := math.Round(quarters)
	return int(math.Mod(math.Mod(nearest, 4)+4, 4)), math.Abs(quarters-nearest) < 0.06 && g.placed
}

// turned turns the page by quarters of a circle.
func (g glyph) turned(quarters int) glyph {
	for range quarters {
		g.x, g.y = g.y, -g.x
		g.left, g.right, g.bottom, g.top = g.bottom, g.top, -g.right, -g.left
	}
	return g
}

// wordsOf joins glyphs to words. A word ends at a space and where the next glyph
// stands apart; the note "2" that hangs on a word is a word of its own.
func (c coder) wordsOf(glyphs []glyph) []word {
	var out []word
	var open []glyph
	raised := false
	shut := func() {
		if len(open) > 0 {
			w := c.wordOf(open)
			w.raised = raised
			out = append(out, w)
		}
		open, raised = open[:0], false
	}
	for _, g := range glyphs {
		if !g.placed || unicode.IsSpace(g.r) {
			shut()
			continue
		}
		if len(open) > 0 {
			last := open[len(open)-1]
			if beside := apart(last, g); beside || math.Abs(g.y-last.y) > 0.1*height(last, g) {
				shut()
				raised = !beside
			}
		}
		open = append(open, g)
	}
	shut()
	return out
}

// apart reports whether a glyph does not go on with the word of the last one.
// Marks that are set over their letter stand back of its right edge.
func apart(last, g glyph) bool {
	em := height(last, g)
	return g.left-last.right > 0.25*em || last.left-g.left > 0.8*em || math.Abs(g.y-last.y) > 0.5*em
}

func height(a, b glyph) float64 { return max(a.top-a.bottom, b.top-b.bottom) }

// coder converts words by the coding of their fonts.
type coder struct {
	encoding  string
	converted *string // set to the coding of the last word converted
}

func (c coder) wordOf(glyphs []glyph) word {
	w := word{left: math.Inf(1), right: math.Inf(-1), base: -glyphs[0].y}
	var b strings.Builder
	font := ""
	for _, g := range glyphs {
		w.left, w.right = min(w.left, g.left), max(w.right, g.right)
		w.size = max(w.size, 0.85*(g.top-g.bottom))
		b.WriteRune(g.r)
		if g.font != "" {
			font = g.font
		}
	}
	text, coding := inFont(b.String(), font, c.encoding)
	if coding != "" {
		*c.converted = coding
	}
	w.text = text
	return w
}

// legible tells text from the rubbish that a font without a table of its
// characters gives: it has letters or digits, and little else that is no
// character of any script.
func legible(glyphs []glyph) (letters int, ok bool) {
	bad := 0
	for _, g := range glyphs {
		switch {
		case unicode.IsLetter(g.r) && !unicode.In(g.r, unicode.Co) || unicode.IsDigit(g.r):
			letters++
		case g.r == unicode.ReplacementChar || unicode.In(g.r, unicode.Co) || unicode.IsControl(g.r) && !unicode.IsSpace(g.r) && g.r != 2:
			bad++
		}
	}
	return letters, bad*4 <= letters
}
