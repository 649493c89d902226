package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// word is what a station's lines together say of one airing.
type word struct {
	started, ended         time.Time
	saidStarted, saidEnded time.Time // as the lines have it, where that was put right
	sounded                time.Duration
	outcome                scheduler.State
	reason                 scheduler.Reason
	detail                 string
	evidence               scheduler.Evidence
	card                   string
	stalls, interruptions  int
	quiet                  time.Duration
	filled                 string
	filledFor              time.Duration
	heardBack              string
}

// listen makes one word of all the lines about an airing and names the end
// lines that it does not count. It looks at the lines as a set, so the order in
// which they came is nothing to it. The first line of a kind is the one with
// the lowest number, which the station cannot give afterwards; between two logs,
// neither of which knows of the other, the names of the logs decide.
func listen(lines []telling, times bootTimes) (w word, surplus []telling) {
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b telling) int { return cmp.Or(cmp.Compare(a.Log, b.Log), cmp.Compare(a.Number, b.Number)) })
	var heard *telling
	for i, l := range lines {
		switch {
		case l.Kind == scheduler.AsRunStart && w.started.IsZero():
			w.started, w.saidStarted = times.when(l.AsRun)
		case l.Kind == scheduler.AsRunEnd && w.outcome == "":
			w.end(l.AsRun, times)
		case l.Kind == scheduler.AsRunEnd:
			surplus = append(surplus, l)
		case l.Kind == scheduler.AsRunFill:
			w.fill(l.AsRun)
		case l.Kind == scheduler.AsRunHeard && (heard == nil || l.Evidence > heard.Evidence):
			heard = &lines[i]
		}
	}
	if heard != nil {
		w.hear(heard.AsRun)
	}
	return w, surplus
}

// end takes the station's last word.
func (w *word) end(l scheduler.AsRun, times bootTimes) {
	w.ended, w.saidEnded = times.when(l)
	w.sounded, w.outcome, w.reason, w.detail = l.Sounded, l.Outcome, l.Reason, l.Detail
	w.evidence, w.card = l.Evidence, l.Card
	w.stalls, w.quiet, w.interruptions = l.Stalls, l.Quiet, l.Interruptions
}

// inItsPlace stands before the titles in a fill line, which are read on their own.
const inItsPlace = "in its place: "

// fill takes what sounded in the airing's place. It is never the airing's own
// word: what was owed has not sounded.
func (w *word) fill(l scheduler.AsRun) {
	w.filledFor += l.Sounded
	title := strings.TrimPrefix(l.Detail, inItsPlace)
	if w.filled != "" && title != "" {
		title = "; " + title
	}
	w.filled += title
}

// hear takes what was heard of the airing at the loudspeakers. To have heard it
// proves more than that it was played; not to have heard it proves nothing, as
// a microphone fails sooner than a loudspeaker.
func (w *word) hear(l scheduler.AsRun) {
	w.heardBack = l.Detail
	if l.Evidence >= scheduler.EvidenceHeard && w.outcome.Final() && w.outcome != scheduler.Missed {
		w.evidence = max(w.evidence, scheduler.EvidenceHeard)
	}
}
