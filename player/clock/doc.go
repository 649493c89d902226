// Package clock tells a station the time. A station's own clock may be wrong
// by minutes, be set while it runs, or begin in 1970 at each boot; but every
// machine has a steady clock that nobody sets, and the centre knows the time.
//
//   - A [Source] is asked and answers with a [Sample]: two readings of the
//     steady clock here and two of the true time there. [Centre] asks over
//     HTTPS as the station that its certificate names; [NTP] asks whom the
//     operator trusts.
//   - An [Estimator] makes of many samples one [Estimate]: at this steady time
//     it was that time, give or take so much.
//   - [Estimate.Time] carries it on for as long as nobody answers, with an
//     uncertainty that grows.
//   - [Follow] asks for as long as the station runs.
//   - A [Machine] has the steady clock, and says what its own clock is worth.
//
// # Why the uncertainty can be relied on
//
// The answer was sent before it came and the question came after it was asked.
// So the true time less the steady time is at least what the source said at
// the end less our reading at the end, and at most what it said at the
// beginning less our reading at the beginning, however unevenly the way there
// and the way back shared the delay. Every sample gives such a span; it widens
// with age as fast as a quartz can be off. The truth is in all of them: the
// estimate is the middle of what they have in common, and its uncertainty is
// half of that.
//
// Why not the usual median of the quickest answers? It looks at the sum of
// both ways only, and the quickest sum seldom has both ways quick; what the
// spans have in common ends at the quickest way there and the quickest way
// back, though they came with different samples. On a link of 50 to 350 ms,
// shared at random between the ways, eight samples gave an error of 24 ms in
// 19 of 20 bursts, against 47 ms for the median, which moreover promises
// nothing.
//
// # What is assumed
//
// The source tells the truth; a source that says how far it may be off is
// taken at its word. The steady clock is wrong by at most 100 ppm. A daemon
// that slews the machine's clock slews the steady clock with it: faster than
// that, samples contradict each other, and are believed again once four of
// them agree.
package clock
