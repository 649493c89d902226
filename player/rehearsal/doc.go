// Package rehearsal lives through days of a station in a moment: the duty of
// player/agent, the code that runs in a commune, under a clock that jumps from
// one instant at which something happens to the next, with power cuts, lost
// links and other outages where they are wanted.
//
// A caller that plays the centre does this for each station:
//
//	show, err := rehearsal.Open(station)
//	defer show.Close()
//	show.Give(schedule, monday)  // as often as it publishes
//	err = show.Run(ctx, sunday, func(m devices.Message, at time.Time) []devices.Message {
//		return answers            // a receipt for a batch, for instance
//	})
//
// Shows share nothing. They may run one after another, each in a goroutine of
// its own, or side by side in time with short runs of each in turn.
//
// What is real: the signatures and the acceptance of schedules, their
// expansion, admission and judging, the ledger, the as-run lines with their
// numbers and hashes, the logbook on disk, what is sent and when, and all that a
// new start does after a power cut.
//
// What is modelled, by rules of the real thing and nothing else:
//
//   - the mixer and the card: items begin, wait, cut one another and end as
//     player.Mixer would have it, on their instants and not up to a period and
//     a fade of 10 ms later;
//   - the audio: every file opens and is as long as its schedule says;
//   - the link: up or down, which the station notices at once and gets over in a
//     second; the same delay for every answer, none lost, garbled or sent twice
//     while it is up; the broker keeps what is retained and says a station's will;
//   - fetching: one file at a time, as fast as the bandwidth allows, going on
//     where it was broken off, and tried again without the chance in the agent's
//     pauses.
//
// An agent looks at its ledger four times a second, a show exactly when there is
// something to see: what they tell may differ by that, and where two things come
// closer to each other than that, in which was first.
package rehearsal
