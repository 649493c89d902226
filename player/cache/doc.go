// Package cache keeps audio files under their SHA-256 digest in one directory
// of the station's disk, so that a station airs for days with no link.
//
//   - [Cache.FetchFrom] brings a file from the first [Source] that has it: the
//     centre, an object store, a neighbour, a stick. What was received before a
//     lost link, a restart or a power cut is in a .part file and is asked for
//     no second time, whichever source goes on with it. It takes the name of
//     its digest only when it has that digest and is on the disk, so whatever
//     bears such a name was whole once. [Cache.SetLimit] spares a thin link.
//   - [Cache.Read] digests what it returns every time: a card that has worn out
//     since, or a hand that changed the file, is found before it is heard. The
//     bytes verified are the bytes played; there is no second reading.
//   - [Cache.Keep] knows what the schedule names and lets the rest lie, since
//     what was recalled or has run out is often published again; it removes of
//     the rest what the disk needs. Scheduled audio goes by [Cache.Shed] alone.
//   - [Cache.Handler] lets neighbours fetch what is here.
//
// A disk that refuses says so with [ErrDisk] and the system's own error: full,
// read-only, worn out. Nothing half written ever counts as a file, and fetching
// goes on when there is space again.
//
// The directory belongs to one Cache in one process; its methods may be called
// from any goroutine. Files in it of other names are left alone. The time a
// file was last changed is the cache's note of when it became unscheduled.
package cache
