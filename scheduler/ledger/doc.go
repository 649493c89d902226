// Package ledger says what became of every airing that a station owed: it sets
// what was expected beside what the station says, and judges.
//
// It promises:
//
//   - Every expected airing is in exactly one state, so the states of a report
//     add up to what was expected.
//   - An airing is missed only on somebody's word: the station's own, or a
//     complete watermark that vouches for its time. Until then it is unknown.
//   - A judgement is made from facts each time it is asked and never kept, so
//     the word of a station that was cut off for days simply changes the answer.
//
// [Judge] is pure and is the one place where states are decided. [Ledger] reads
// the facts it judges through small interfaces, which the store fulfils. There
// are no clocks here: the instant of the judgement is an argument.
package ledger
