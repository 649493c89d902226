// Package heard proves that an airing was truly audible: a cable from the
// amplifier, or a microphone near a loudspeaker, goes into the computer's
// line-in, and what comes in there is compared with what was sent to the card.
//
//	listener := heard.New("default", log) // before the card runs
//	go listener.Run(ctx)                  // keeps arecord running
//	card.Run(ctx, listener.Tap(mixer))
//	…
//	grade := listener.Grade(begun, ended) // heard.Late after ended
//
// Of both sides it keeps only how loud five bands of the spectrum were in every
// 20 ms of the last ten minutes, half a megabyte in all and nothing that a
// word could be understood from. A window of four seconds matches when these
// levels move alike at the delay that fits all windows of the airing best,
// between nothing and two seconds. Gain, polarity, the colour of a loudspeaker,
// an echo and a clock that drifts change that little; other speech does not
// move alike. An airing is heard when four fifths of its windows match.
// Silence, tones and what is shorter than a window can be told from nothing and
// are not judged.
//
// It needs arecord, of alsa-utils. All of it is optional: a station without a
// line-in does not make a listener.
package heard
