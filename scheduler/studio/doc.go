// Package studio makes recordings ready for air. Whatever comes in, a file a
// reporter uploads or a script read by a speech engine, goes out as the one
// on-air format: Ogg Opus, mono, 48 kHz, at one loudness, in a file named by
// the SHA-256 of its bytes.
//
// # What it promises
//
//   - Nothing is stored by halves. A file appears under its digest only when it
//     is whole, measured and on the disk; until then it lives in a directory of
//     its own that goes away with the call, however the call ends.
//   - What is stored is right. Damage is looked for in the container, by
//     reading it, and in the audio, by decoding it; the finished file is decoded
//     again and measured by this package's own [Meter], not by the tool that
//     made it.
//   - The same audio gives the same digest and is stored once.
//   - An upload is only ever read as audio of one of five kinds, told by its
//     content. ffmpeg is told which, and may open nothing but that file.
//   - No child process outlives the call that started it.
//
// # Loudness
//
// The target is -18 LUFS with true peaks at or below -1.5 dBTP. Speech peaks
// some 12 to 19 dB above its loudness, so at -18 most of it passes on gain alone
// or nearly; at -16 the limiter would work more often, and -23, broadcasting's
// figure, would leave a horn 5 dB weaker for the same amplifier. What matters
// most is that every item has the same figure, so that nobody touches the
// amplifier between two of them. The files are mono and are measured as one
// channel.
//
// Levelling takes two passes: measure, then apply one gain to the whole item.
// Only where that gain would push peaks over the bound does a limiter act, on
// the peaks alone. ffmpeg's loudnorm is not used: its linear mode is this same
// gain, but it gives that mode up without a word for a steady sound or a high
// peak and turns to automatic gain, which raises the noise between sentences;
// and it cannot see what the encoder does to peaks after it: speech it had
// limited to -1.5 dBTP left a 32 kbit/s encoder at -0.1.
//
// # Who owns what
//
// A [Studio] owns its directory. It holds no state in memory and may be used
// by any number of goroutines, and two programs may share the directory.
package studio
