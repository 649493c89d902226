package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"loaphuong/scheduler"
)

// Bounds of the page of letters; what is older is found by searching.
const (
	maxLetters = 100
	maxHits    = 60
	maxQuery   = 200 // bytes
)

// lettersPage takes letters in and finds them again.
type lettersPage struct {
	*view
	Waiting  []letterLine // for a person to confirm
	Done     []letterLine // the newest first
	Leftover int          // confirmed letters that are not in Done
	Query    string
	Found    []foundLetter
	Fault    string // why a letter could not be read, in the person's language
	Advice   string // what to do about it
	Detail   string // the same in the words of who found out
	Text     string // that was pasted and could not be read
	Limit    int64  // of a letter, in bytes
}

// letterLine is a letter as a line of a list.
type letterLine struct {
	scheduler.Directive
	Badge badge
	Link  string
	When  string // its date
	Count string // how many topics it has
	Said  string // who confirmed it, and when
}

// foundLetter is a letter with the places found in it.
type foundLetter struct {
	LetterHit
	Link string
	Hits []foundPlace
}

// foundPlace is one hit in words.
type foundPlace struct {
	Kind    string
	Link    string
	Snippet []bit
}

// bit is a piece of a snippet.
type bit struct {
	Text string
	Hit  bool // it is what was looked for
}

func (s *server) letters(r *http.Request, v *view) (any, error) {
	return s.lettersPage(r, v)
}

func (s *server) lettersPage(r *http.Request, v *view) (lettersPage, error) {
	page := lettersPage{view: v, Limit: s.maxLetter, Query: strings.TrimSpace(r.URL.Query().Get("q"))}
	all, err := s.desk.Directives(r.Context())
	if err != nil {
		return page, err
	}
	if page.Query != "" {
		hits, err := s.desk.Search(r.Context(), strings.ToValidUTF8(page.Query[:min(len(page.Query), maxQuery)], ""), maxHits)
		if err != nil {
			return page, err
		}
		page.Found = v.found(hits, all)
		return page, nil
	}
	page.list(all)
	return page, nil
}

// list sets the letters out, those that wait for somebody first.
func (p *lettersPage) list(all []scheduler.Directive) {
	for _, d := range newestFirst(all) {
		if d.IsConfirmed() {
			p.Done = append(p.Done, p.line(d))
		} else {
			p.Waiting = append(p.Waiting, p.line(d))
		}
	}
	p.Leftover = max(len(p.Done)-maxLetters, 0)
	p.Done = p.Done[:len(p.Done)-p.Leftover]
}

func newestFirst(all []scheduler.Directive) []scheduler.Directive {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b scheduler.Directive) int { return cmp.Compare(b.Date.String(), a.Date.String()) })
	return all
}

func (v *view) line(d scheduler.Directive) letterLine {
	return letterLine{
		Directive: d,
		Badge:     v.standing(d),
		Link:      letterLink(d),
		When:      v.Date(d.Date),
		Count:     v.T("letters.topics", "n", len(d.Topics)),
		Said:      v.confirmed(d),
	}
}

// standing is whether a person has confirmed a letter.
func (v *view) standing(d scheduler.Directive) badge {
	if d.IsConfirmed() {
		return badge{good, v.T("letter.done")}
	}
	return badge{warn, v.T("letter.waiting")}
}

// letterLink is where to look at a letter: at what was read of it until it is
// confirmed, and then at what came of it.
func letterLink(d scheduler.Directive) string {
	if d.IsConfirmed() {
		return "/letters/" + string(d.ID)
	}
	return reviewLink(d.ID)
}

func reviewLink(id scheduler.DirectiveID) string { return "/letters/" + string(id) + "/review" }

// found gathers hits by letter, in the order in which letters first come.
func (v *view) found(hits []LetterHit, all []scheduler.Directive) []foundLetter {
	links := map[scheduler.DirectiveID]string{}
	for _, d := range all {
		links[d.ID] = letterLink(d)
	}
	at := map[scheduler.DirectiveID]int{}
	var found []foundLetter
	for _, h := range hits {
		link := cmp.Or(links[h.Directive], "/letters/"+string(h.Directive))
		i, ok := at[h.Directive]
		if !ok {
			i = len(found)
			at[h.Directive] = i
			found = append(found, foundLetter{LetterHit: h, Link: link})
		}
		found[i].Hits = append(found[i].Hits, v.foundPlace(h, link))
	}
	return found
}

func (v *view) foundPlace(h LetterHit, link string) foundPlace {
	place := foundPlace{Link: link}
	switch {
	case h.Kind == "citation":
		place.Kind = v.T("hit.citation")
	case h.Topic > 0:
		place.Kind = v.T("hit.topic", "n", h.Topic)
	default:
		place.Kind = v.T("hit.letter")
	}
	if h.Topic > 0 {
		place.Link += "#" + topicKey(h.Topic)
	}
	for i, text := range h.Snippet {
		place.Snippet = append(place.Snippet, bit{text, i%2 == 1})
	}
	return place
}
