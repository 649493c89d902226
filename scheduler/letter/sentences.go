package letter

import "loaphuong/scheduler"

// Sentences are the bytes inside stretches of a cleaned letter at which a
// person might split what stands there in two: where list items, sentences and
// clauses begin, in order and without the very first. The spans must be in
// order and lie within the text.
func Sentences(text string, spans []scheduler.Span) []int {
	var out []int
	for _, par := range paragraphs(text, linesIn(text, spans)) {
		p := newProse(par, scheduler.Date{})
		for _, c := range p.clauses {
			if s := p.spans(c.from, c.to); len(s) > 0 && (len(out) == 0 || s[0].From > out[len(out)-1]) {
				out = append(out, s[0].From)
			}
		}
	}
	return out[min(1, len(out)):]
}

// linesIn are the lines that stretches of a letter take.
func linesIn(text string, spans []scheduler.Span) []line {
	var out []line
	for _, s := range spans {
		for _, l := range linesOf(text[s.From:s.To]) {
			l.at += s.From
			out = append(out, l)
		}
	}
	return out
}
