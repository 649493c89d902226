// Package player makes sound. A [Mixer] places items on their instants, sample
// by sample, and says what really sounded; a [Card] is one always-running
// stream that pulls the mixer's frames and knows when each will be heard.
//
// The package knows nothing of letters, playlists or networks. It owns the
// audio thread: [Mixer.Fill] never blocks, never ends and allocates nothing
// while an item sounds.
//
// A wiring package owns three goroutines and joins them like this:
//
//	mixer := player.NewMixer(events)
//	go mixer.Run(ctx)               // says what was heard, as it is heard
//	for ctx.Err() == nil {
//		if err := card.Run(ctx, mixer); err != nil { // makes the sound
//			mixer.Lost() // what the card had not yet sounded is not heard
//			report(err)
//			wait(ctx)
//		}
//	}
//
// and from then on calls [Mixer.Place] and [Mixer.Stop] from wherever it likes.
//
// Everything is mono float32 at [Rate] frames a second, nominally in [-1, 1].
// Instants of items and events are in true time, as the [Reading] in force
// tells it from the machine's clock; without one, the machine's own time is
// true. Then an instant made by adding to time.Now carries Go's monotonic
// reading and so stays right when the machine's clock is set, and one parsed
// from text follows the clock as it is set.
package player
