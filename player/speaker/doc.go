// Package speaker is the sound card of a station. It is the only importer of
// oto, and through it of ALSA.
//
// oto's device thread runs from the first [player.Card.Run] on and never stops;
// each Run adds one oto player whose reader asks the source for one period at a
// time. What sounds when is worked out from how far that thread has pulled, see
// clock.
//
// What oto does not tell is watched for: device errors come only from its
// context, a card that hangs shows only as reads that stay away, and an
// underrun only as a clock that jumps. After an error the next Run opens a new
// context; the old one leaks a thread and a handle, since oto cannot close it,
// which at one loss of a card an hour is of no account.
//
// A process should make one card. A named device is bound by an ALSA
// configuration of our own, because with the system's a card that was pulled
// out is silently replaced by another.
package speaker
