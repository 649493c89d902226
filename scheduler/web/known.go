package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// known is everything that a page about the plan names, by its identity.
type known struct {
	*view
	places
	areas      map[scheduler.AreaID]scheduler.Area
	programmes map[scheduler.ProgrammeID]scheduler.Programme
	letters    map[scheduler.DirectiveID]scheduler.Directive
	recordings map[scheduler.RecordingID]scheduler.Recording
	selections map[scheduler.SelectionID]scheduler.Selection
	rules      map[scheduler.RuleID]scheduler.Rule
}

// link is a text that leads somewhere, or nowhere where Href is "".
type link struct {
	Text, Href string
}

// known asks the desk for all that may be named.
func (s *server) known(ctx context.Context, v *view) (*known, error) {
	k := &known{view: v}
	states, err := s.desk.StationStates(ctx)
	if err != nil {
		return nil, err
	}
	k.places = v.places(states)
	for _, fetch := range []func() error{
		indexed(ctx, s.desk.Areas, &k.areas, func(a scheduler.Area) scheduler.AreaID { return a.ID }),
		indexed(ctx, s.desk.Programmes, &k.programmes, func(p scheduler.Programme) scheduler.ProgrammeID { return p.ID }),
		indexed(ctx, s.desk.Directives, &k.letters, func(d scheduler.Directive) scheduler.DirectiveID { return d.ID }),
		indexed(ctx, s.allRecordings, &k.recordings, func(r scheduler.Recording) scheduler.RecordingID { return r.ID }),
		indexed(ctx, s.desk.Selections, &k.selections, func(l scheduler.Selection) scheduler.SelectionID { return l.ID }),
		indexed(ctx, s.desk.Rules, &k.rules, func(r scheduler.Rule) scheduler.RuleID { return r.ID }),
	} {
		if err := fetch(); err != nil {
			return nil, err
		}
	}
	return k, nil
}

func (s *server) allRecordings(ctx context.Context) ([]scheduler.Recording, error) {
	return s.desk.Recordings(ctx, "")
}

// indexed fetches a list into a map.
func indexed[K comparable, T any](ctx context.Context, list func(context.Context) ([]T, error), into *map[K]T, key func(T) K) func() error {
	return func() error {
		all, err := list(ctx)
		*into = make(map[K]T, len(all))
		for _, one := range all {
			(*into)[key(one)] = one
		}
		return err
	}
}

func (k *known) station(id scheduler.StationID) link {
	return link{named(k.stations[id].Name, id), "/stations/" + url.PathEscape(string(id))}
}

func (k *known) area(id scheduler.AreaID) string { return named(k.areas[id].Name, id) }

// programme is the name of a programme, or of the playlist whose own it is.
func (k *known) programme(id scheduler.ProgrammeID) string {
	if p, ok := k.programmes[id]; ok {
		return named(p.Name, id)
	}
	if list, own := strings.CutPrefix(string(id), "list-"); own && k.selections[scheduler.SelectionID(list)].Title != "" {
		return k.selections[scheduler.SelectionID(list)].Title
	}
	return string(id)
}

// letter is a letter by its number.
func (k *known) letter(id scheduler.DirectiveID) link {
	d := k.letters[id]
	return link{cmp.Or(d.Number, d.Subject, string(id)), "/letters/" + url.PathEscape(string(id))}
}

// topic is a topic by its title, or the whole letter where topic is 0.
func (k *known) topic(id scheduler.DirectiveID, topic int) link {
	l := k.letter(id)
	if topic == 0 {
		return l
	}
	for _, t := range k.letters[id].Topics {
		if t.Ordinal == topic && t.Title != "" {
			return link{t.Title, l.Href + "#" + topicKey(topic)}
		}
	}
	return link{k.T("topic.of", "n", topic, "letter", l.Text), l.Href + "#" + topicKey(topic)}
}

func (k *known) recording(id scheduler.RecordingID) link {
	return link{named(k.recordings[id].Title, id), "/recordings#recording-" + url.PathEscape(string(id))}
}

func (k *known) selection(id scheduler.SelectionID) link {
	return link{named(k.selections[id].Title, id), "/playlists#list-" + url.PathEscape(string(id))}
}

func (k *known) rule(id scheduler.RuleID) link {
	return link{named(k.rules[id].Name, id), "/rules#rule-" + url.PathEscape(string(id))}
}

// why is the address of the page that explains a station's instant.
func why(id scheduler.StationID, at time.Time) string {
	return fmt.Sprintf("/explain?station=%s&at=%s", url.QueryEscape(string(id)), url.QueryEscape(at.Format(time.RFC3339)))
}
