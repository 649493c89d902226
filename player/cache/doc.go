// Package cache keeps audio files under their SHA-256 digest in one directory
// of the station's disk, so that a station airs for days with no link.
//
//   - [Cache.Fetch] brings a file over HTTP, a piece at a time if need be: what
//     was received before a lost link, a restart or a power cut is in a .part
//     file and is asked for no second time. It takes the name of its digest
//     only when it has that digest and is on the disk, so whatever bears such a
//     name was whole once.
//   - [Cache.Read] digests what it returns every time: a card that has worn out
//     since, or a hand that changed the file, is found before it is heard. The
//     bytes verified are the bytes played; there is no second reading.
//   - [Cache.Keep] removes what no schedule names any more.
//
// The directory belongs to one Cache in one process; its methods may be called
// from any goroutine. Files in it of other names are left alone.
package cache
