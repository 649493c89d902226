// Package letter reads an official letter (công văn, kế hoạch, hướng dẫn …)
// and says what it orders: a [scheduler.Directive] with its letterhead, the
// topics to publicise, the documents they cite and what is asked about how
// often they are aired.
//
// [Parse] is the whole of it. It is pure: no file, no clock, no network, and
// the same text gives the same directive. It promises
//
//   - never to invent: every cited number, issuer, subject and demand stands in
//     the letter, and a part the letter does not give stays empty;
//   - to number topics from 1 in the order of the letter;
//   - to finish in time linear in the text, which is at most [MaxBytes];
//   - to refuse what does not read as a letter with an error that says what
//     was expected and what to do.
//
// The reading goes in steps, one file each, and each step sees only what the
// one before it made:
//
//	clean      bytes         → one spelling of the same text
//	layout     lines         → letterhead, body; addressees and signature fall away
//	paragraph  body lines    → joined paragraphs with their list markers
//	prose      paragraph     → clauses, brackets, quotations
//	number     prose         → the numbers of documents
//	citation   numbers       → kind, date, issuer, subject, and who cites whom
//	demand     prose         → how often, how long, until when
//	outline    paragraphs    → a tree, in which some branches order and some explain
//	topic      tree          → one topic for each thing ordered
//
// A letter is written by people, so every step is a reading and can be wrong.
// A person confirms the result before anything follows from it.
package letter
