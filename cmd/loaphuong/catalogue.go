package main

import (
	"cmp"
	"context"
	"fmt"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// catalogue knows letters and people's playlists by the names that people know
// them by.
type catalogue struct {
	letters   map[scheduler.DirectiveID]scheduler.Directive
	playlists map[scheduler.SelectionID]string
	own       map[scheduler.ProgrammeID]string // windows that playlists have of their own
}

func newCatalogue(ctx context.Context, centre *web.Client) (catalogue, error) {
	k := catalogue{
		letters:   map[scheduler.DirectiveID]scheduler.Directive{},
		playlists: map[scheduler.SelectionID]string{},
		own:       map[scheduler.ProgrammeID]string{},
	}
	letters, err := centre.Directives(ctx)
	if err != nil {
		return k, err
	}
	for _, d := range letters {
		k.letters[d.ID] = d
	}
	lists, err := centre.Selections(ctx)
	for _, s := range lists {
		k.playlists[s.ID], k.own[s.Own().ID] = s.Title, "playlist "+s.Title
	}
	return k, err
}

// number is that of a letter, or its ID where it has none.
func (k catalogue) number(id scheduler.DirectiveID) string {
	return cmp.Or(k.letters[id].Number, string(id))
}

// topic is the ordinal and title of a topic, "" of topic 0.
func (k catalogue) topic(id scheduler.DirectiveID, ordinal int) string {
	if ordinal == 0 {
		return ""
	}
	for _, t := range k.letters[id].Topics {
		if t.Ordinal == ordinal {
			return fmt.Sprintf("%d. %s", ordinal, t.Title)
		}
	}
	return fmt.Sprint(ordinal)
}

// playlist is the title of a playlist with its ID, or the ID alone.
func (k catalogue) playlist(id scheduler.SelectionID) string {
	if title := k.playlists[id]; title != "" {
		return fmt.Sprintf("%s (%s)", brief(title, 40), id)
	}
	return string(id)
}

// programme is the name of a programme, or of the playlist whose windows it is.
func (k catalogue) programme(id scheduler.ProgrammeID) string {
	return cmp.Or(k.own[id], string(id))
}
