package plan

import (
	"cmp"
	"slices"

	"loaphuong/scheduler"
)

// theme is what an item is about: a topic of a letter, or, where it is of none,
// the recording itself.
type theme struct {
	directive scheduler.DirectiveID
	topic     int
	recording scheduler.RecordingID
}

func themeOf(directive scheduler.DirectiveID, topic int, recording scheduler.RecordingID) theme {
	if directive != "" {
		return theme{directive: directive, topic: topic}
	}
	return theme{recording: recording}
}

// shelf is the recordings, by what they are about.
type shelf struct {
	all    map[scheduler.RecordingID]*scheduler.Recording // whatever their state
	airs   map[scheduler.RecordingID]*scheduler.Recording // approved as they are, and not recalled
	themes map[theme]*takes
}

// takes are the recordings of one theme.
type takes struct {
	airs                []*scheduler.Recording // that may be aired, the newest first
	recorded, approvals int                    // that are not recalled, and those of them that are approved
	recalled            int
}

func newShelf(recordings []scheduler.Recording, recalls []scheduler.Recall) shelf {
	s := shelf{
		all:    make(map[scheduler.RecordingID]*scheduler.Recording, len(recordings)),
		airs:   make(map[scheduler.RecordingID]*scheduler.Recording, len(recordings)),
		themes: make(map[theme]*takes, len(recordings)),
	}
	for i := range recordings {
		s.add(&recordings[i], recalls)
	}
	for _, t := range s.themes {
		slices.SortFunc(t.airs, func(x, y *scheduler.Recording) int {
			return -cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
		})
	}
	return s
}

func (s *shelf) add(r *scheduler.Recording, recalls []scheduler.Recall) {
	k := themeOf(r.Directive, r.Topic, r.ID)
	t := s.themes[k]
	if t == nil {
		t = &takes{}
		s.themes[k] = t
	}
	s.all[r.ID] = r
	if slices.ContainsFunc(recalls, func(c scheduler.Recall) bool { return c.Takes(r.ID, r.Directive, r.Topic) }) {
		t.recalled++
		return
	}
	t.recorded++
	if r.Approved() {
		t.approvals++
		t.airs = append(t.airs, r)
		s.airs[r.ID] = r
	}
}

// languages are those an item may be in, the most wanted first; any says that
// every one will do.
type languages struct {
	wanted []string
	any    bool
}

// languagesFor are those in which an obligation may be met at a station in
// programmes of a language, "" being a programme that takes all.
func languagesFor(o scheduler.Obligation, s scheduler.Station, programme string) languages {
	wanted := s.Languages
	if o.Language != "" {
		wanted = []string{o.Language}
	}
	switch {
	case programme == "":
		return languages{wanted, len(wanted) == 0}
	case len(wanted) == 0 || slices.Contains(wanted, programme):
		return languages{wanted: []string{programme}}
	}
	return languages{}
}

// voice is the recording of a theme to air: the newest in the language most
// wanted, or nil.
func (s *shelf) voice(k theme, l languages) *scheduler.Recording {
	t := s.themes[k]
	if t == nil || len(t.airs) == 0 {
		return nil
	}
	if l.any {
		return t.airs[0]
	}
	for _, language := range l.wanted {
		for _, r := range t.airs {
			if r.Language == language {
				return r
			}
		}
	}
	return nil
}

// lack is why a theme cannot be aired at all, or, where it can, not in the
// language that would be needed.
func (s *shelf) lack(k theme) scheduler.Shortfall {
	switch t := s.themes[k]; {
	case t == nil:
		return scheduler.NoRecording
	case t.recorded == 0:
		return scheduler.CalledBack
	case t.approvals == 0:
		return scheduler.NotApproved
	}
	return scheduler.NoLanguage
}
