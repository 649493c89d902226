// Package scheduler holds the words of the trade and the timekeeping: what a
// directive orders, what a station owes, what it should air and when, and what
// it says it aired.
//
// The package is pure. It does no I/O, imports nothing else of this module and
// never reads a clock: the instant is always an argument. Both programs link
// it, so the centre and a station that hold the same [Playlist] name the same
// [Airing] by the same [AiringID].
//
// Times are UTC; a zone is an argument of the functions that need wall time.
package scheduler
