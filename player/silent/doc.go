// Package silent is sound cards with no hardware: [New] drops what it is given,
// [NewWAV] keeps it in a Broadcast Wave file. Both take real time, so a station
// without a card, a rehearsal and a test behave as on air.
//
// They pace themselves by absolute instants, one period ahead, with nothing but
// package time, and therefore also in a testing/synctest bubble. Their sounds
// is exact. A machine that stood still for over a second makes them skip
// forward, as a real card would, instead of filling in a burst what nobody
// could have heard.
package silent
