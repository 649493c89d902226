// Package agent is a station: it holds the schedule that its centre signed,
// fetches the audio, airs it on time and says honestly what happened.
//
// It needs the centre for nothing but new schedules. What it holds is on disk:
// the schedule, the audio, and a [Logbook] with the ledger of what has come due
// and the as-run lines the centre has not yet receipted. An agent killed at any
// moment closes on its next start whatever it left open.
//
// One goroutine, the duty, owns all decisions; the card, the link and the
// fetching run beside it and speak to it through queues. See [New] for the
// parts and [Open] for how the program makes them.
package agent
