package store

import (
	"cmp"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// word is what a station's lines together say of one airing.
type word struct {
	started, ended time.Time
	sounded        time.Duration
	outcome        scheduler.State
	reason         scheduler.Reason
	detail         string
	evidence       scheduler.Evidence
	card           string
}

// listen makes one word of all the lines about an airing and names the end
// lines that it does not count. It looks at the lines as a set, so the order in
// which they came is nothing to it. The first line of a kind is the one with
// the lowest number, which the station cannot give afterwards; between two logs,
// neither of which knows of the other, the names of the logs decide.
func listen(lines []telling) (w word, surplus []telling) {
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b telling) int { return cmp.Or(cmp.Compare(a.Log, b.Log), cmp.Compare(a.Number, b.Number)) })
	for _, l := range lines {
		switch {
		case l.Kind == scheduler.AsRunStart && w.started.IsZero():
			w.started = l.At
		case l.Kind == scheduler.AsRunEnd && w.outcome == "":
			w.ended, w.sounded, w.outcome = l.At, l.Sounded, l.Outcome
			w.reason, w.detail, w.evidence, w.card = l.Reason, l.Detail, l.Evidence, l.Card
		case l.Kind == scheduler.AsRunEnd:
			surplus = append(surplus, l)
		}
	}
	return w, surplus
}
