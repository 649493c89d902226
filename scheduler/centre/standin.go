package centre

import (
	"cmp"
	"slices"

	"loaphuong/scheduler"
)

// maxEvergreen is the most recordings that a station keeps for when scheduled
// audio is missing: some hours of sound, on links that are paid by the megabyte.
const maxEvergreen = 20

// evergreen lists the recordings that may stand in for missing audio, by title:
// those that a person chose, as far as they may be aired at all.
func evergreen(recordings []scheduler.Recording, recalls []scheduler.Recall) (list []scheduler.Entry) {
	for _, r := range recordings {
		recalled := slices.ContainsFunc(recalls, func(c scheduler.Recall) bool { return c.Takes(r.ID, r.Directive, r.Topic) })
		if r.Evergreen && r.Approved() && !recalled {
			list = append(list, scheduler.Entry{
				Recording: r.ID, Title: r.Title, Digest: r.Digest, Duration: r.Duration, Approver: r.Approval.By,
				Directive: r.Directive, Topic: r.Topic, // so that a recall of the letter finds it
			})
		}
	}
	slices.SortFunc(list, func(a, b scheduler.Entry) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Recording, b.Recording))
	})
	return list[:min(len(list), maxEvergreen)]
}

// gains are those that a schedule has: a class that is not louder or softer than
// its files is left out.
func (p *Publisher) gains() map[scheduler.Class]float64 {
	var some map[scheduler.Class]float64
	for class, gain := range p.Gains {
		if gain == 0 {
			continue
		}
		if some == nil {
			some = map[scheduler.Class]float64{}
		}
		some[class] = gain
	}
	return some
}

// gainsOf are the gains of a configuration.
func gainsOf(settings map[string]float64) map[scheduler.Class]float64 {
	gains := make(map[scheduler.Class]float64, len(settings))
	for class, gain := range settings {
		gains[scheduler.Class(class)] = gain
	}
	return gains
}
