// Package listfile reads playlists in files: M3U and M3U8, XSPF, and CSV as
// spreadsheets save it.
//
// [Read] makes [File] of whatever a person hands in and knows nothing of
// recordings; [Match] finds the recordings meant, and says of which entries it
// cannot tell.
//
// A file is bounded by [MaxSize] and [MaxEntries]. Text is UTF-8 or UTF-16 with
// its mark, else it is taken for Windows-1258, the code page of Vietnamese
// Windows; all text comes out composed (NFC).
package listfile
