// Package agent is a station: it holds the schedule that its centre signed,
// fetches the audio, airs it on time and says honestly what happened.
//
// It needs the centre for nothing but new schedules. What it holds is on disk:
// the schedule, the audio, and a [Logbook] with the ledger of what has come due
// and the as-run lines the centre has not yet receipted. An agent killed at any
// moment settles on its next start whatever it left open: what had begun is
// closed, what had not is aired if its time is to come or its grace not over.
//
// Every airing that comes due while the station holds a schedule that has it
// gets exactly one last word. A schedule rules what is due from when it was
// issued until the next one was. The cursor never passes an airing without its
// last word, so that the watermark sent to the centre may be believed.
//
// One goroutine, the duty, owns all decisions; the card, the link and the
// fetching run beside it and speak to it through queues. See [New] for the
// parts and [Open] for how the program makes them. [Steps] is the duty alone,
// for who makes the time and plays the others' parts.
package agent
