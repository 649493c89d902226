// Package bundle is the link by hand, for a commune that has no other: files on
// a USB stick that carry to the station what the broker would, and back to the
// centre what the station would have said.
//
// A bundle goes out. It holds the signed schedule exactly as it was published,
// signed receipts, audio files and a manifest. The manifest is a table of
// contents and nobody's word: a station believes the schedule and the receipts
// because its centre has signed them, see [devices.Keyring], and the audio
// because the schedule names its digest.
//
// A report comes back. It holds the station's state and as-run lines, signed
// with the key of the station's certificate. The stick passes through many
// hands; over MQTT the broker knows who speaks, here only the signature does.
//
// Both are zip archives, and whoever reads one expects the worst of it: entries
// are read by their exact names and never written anywhere, every size has a
// bound that is checked before and while reading, audio is stored uncompressed
// so that it cannot swell, and what is signed is not looked into before its
// signature is known to be right. A bundle or report that comes a second time
// changes nothing: a schedule has a revision, a receipt and a line have numbers.
//
// Nothing here reads a clock.
package bundle
