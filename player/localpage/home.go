package localpage

import (
	"net/http"
	"time"
)

// room is how far the next item must be for a sound check.
const room = 30 * time.Second

// step is by how much a press makes it louder or quieter, in per cent.
const step = 10

// home is the first page.
type home struct {
	page
	Said     string // what was just done
	Fault    string // why what was pressed was not done
	Troubles []trouble
	Facts    []fact
	Blocked  string // why there can be no sound check now
	Quieter  int
	Louder   int
}

// trouble is a problem in plain words, with what to do about it.
type trouble struct{ What, Do, Detail string }

func (s *server) home(w http.ResponseWriter, r *http.Request) {
	h := s.newHome(r)
	if did := r.URL.Query().Get("did"); did != "" {
		h.Said = h.Or("did."+did, "")
	}
	remember(w, r, h.page)
	s.render(w, http.StatusOK, "home", h)
}

func (s *server) newHome(r *http.Request) home {
	p := s.newPage(r, "home")
	return home{
		page: p, Troubles: p.troubles(), Facts: p.facts(), Blocked: p.blocked(),
		Quieter: max(p.View.Volume-step, 0), Louder: min(p.View.Volume+step, 100),
	}
}

// troubles are the agent's problems, and the one that people make themselves.
func (p page) troubles() []trouble {
	var all []trouble
	for _, problem := range p.View.Problems {
		all = append(all, trouble{p.Or("problem."+problem.Kind, problem.Kind), p.Or("do."+problem.Kind, p.T("do.other")), problem.Detail})
	}
	if p.View.Volume == 0 {
		all = append(all, trouble{p.T("problem.muted"), p.T("do.muted"), ""})
	}
	return all
}

// blocked says why there can be no sound check now, "" when there can.
func (p page) blocked() string {
	switch {
	case p.View.OnAir != nil:
		return p.T("check.onair")
	case len(p.View.Next) > 0 && p.View.Next[0].Start.Sub(p.View.Now) < room:
		return p.T("check.soon")
	}
	return ""
}

// why says why an item is not ready, in words.
func (s Slot) why(w words) string {
	if s.Why == "" {
		return w.T("slot.unready")
	}
	return w.Reason(s.Why)
}

// Unready says why an item could not be aired if its time came now.
func (p page) Unready(s Slot) string { return s.why(p.words) }

// Left is how much of an item is still to sound.
func (p page) Left(s Slot) time.Duration { return max(s.Length-s.Heard, 0) }
