// Package decode turns the one format that goes on air, Ogg Opus (RFC 7845),
// into a [loaphuong/player.Stream]. It is the only importer of the Opus
// decoder.
//
// [Open] takes a whole file from memory, so that [Stream.Read] never waits for
// a disk, and walks all of it first: every page must carry its checksum, none
// may be missing, the last must say that it is the last, and every packet must
// be of a valid shape. What could only be found by decoding is left to Read;
// everything a broken download or a worn card does to a file is found by Open,
// before anything is cut for an item that could not sound.
//
// The container is read by our own code and not the decoder library's: that one
// does not look ahead, allocates for each packet and leaves the output gain of
// the header unapplied.
package decode
