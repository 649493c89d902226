// Package letter reads an official letter (công văn, kế hoạch, hướng dẫn …)
// and says what it orders: a [scheduler.Directive] with its letterhead, the
// topics to publicise, the documents they cite and what is asked about how
// often they are aired.
//
// [Parse] reads a letter; [Clean] gives it the spelling that is kept, of which
// every span of the directive is; [Correct] puts right what a person says was
// misread. All are pure: no file, no clock, no network, and the same text gives
// the same directive. They promise
//
//   - never to invent: every cited number, issuer, subject and demand stands in
//     the letter, its spans say where, and a part the letter does not give stays
//     empty;
//   - to number topics from 1 in the order of the letter;
//   - to finish in time linear in the text, which is at most [MaxBytes];
//   - to refuse what does not read as a letter with an error that says what
//     was expected and what to do.
//
// The reading goes in steps, each in a file of its own or a few, and each step
// sees only what the one before it made:
//
//	clean       bytes         → one spelling of the same text
//	pages       lines         → the same without page numbers and rules
//	layout      lines         → letterhead, body, foot, appendix
//	letterhead  head          → number and date; headoffice, heading: office, kind, subject
//	signatory   foot          → who signed
//	table       lines         → a paragraph for each row, one for its other columns; tablehead, tablecells: where one begins
//	paragraph   lines         → joined paragraphs with their list markers
//	passage     paragraph     → where in the letter each of its bytes stands
//	prose       paragraph     → clauses, brackets, quotations
//	number      prose         → the numbers of documents; symbol: their spelling
//	citation    numbers       → intro: kind, issuer: office, date, subject; sibling: what several share
//	demand      prose         → rate, session, daypart, minutes, clock, period, days, span, phase, manner, cells; airing, continued, occasion: what is aired at all
//	merge       pieces        → one demand of all that a sentence says of one thing
//	outline     paragraphs    → a tree; role: which branches order, ask, explain; group: which only head others
//	topic       tree          → one topic for each thing ordered; running: of a letter without a list; annex: of its appendix
//	assemble    all           → the directive; which topics a demand names (target), describes (resemble), stands by (scope, share)
//
// A scan arrives with letters mistaken for one another. Only mistakes that cannot
// be anything else are read through ("Sô" for "Số"); all others stay as they are.
//
// A letter is written by people, so every step is a reading and can be wrong.
// A person confirms the result before anything follows from it.
package letter
