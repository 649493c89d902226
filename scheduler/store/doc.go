// Package store keeps what the centre knows: areas, letters, recordings,
// schedules, and what the stations say they aired.
//
// It promises:
//
//   - What a method has confirmed is on disk. The database survives a killed
//     process and a power cut with every confirmed change in it.
//   - A change is made whole or not at all.
//   - Ingest takes the same lines any number of times, in any order and in any
//     division into batches, and ends with the same facts.
//   - A line is kept byte for byte as a station said it. Where it was written by a
//     clock that was not yet set, what is said of its airing is put right as soon
//     as the station has learnt the time, and what it said stays beside it.
//   - What is not there is [scheduler.ErrNotFound], what contradicts what is there
//     [scheduler.ErrConflict], what cannot be meant [scheduler.ErrInvalid]. Each
//     comes wrapped with what was attempted.
//
// The database is SQLite, in one file with a write-ahead log. One connection
// writes, several read beside it. All SQL of the centre is in this package and
// keeps to what PostgreSQL reads too; what only SQLite has is in open.go, in
// snapshot.go, in search_sqlite.go and in migrations/sqlite.
//
// A letter is kept as the text and file that came, which never change, and a
// reading of them, which people correct edition by edition and then confirm. Its
// head, topics and citations are places that [Store.Search] finds; they are
// written with the reading, in one transaction. The database chooses places by
// folded words, and fold.go and query.go say what a word is and finds.
//
// Instants are kept as unix milliseconds in UTC and come back in UTC; an instant
// that is not known is 0 there and the zero [time.Time] here. Durations are kept
// as nanoseconds. Words that are only ever read whole are kept as their JSON,
// beside columns for what is asked of them. There are no clocks here: the
// instant is always an argument.
package store
