package web

import (
	"net/http"

	"loaphuong/scheduler"
)

// makeGoodPage is what was missed and can be made good.
type makeGoodPage struct {
	*view
	Refused *refusal
	Open    []makeGoodRow // with a proposal
	Stuck   []makeGoodRow // without
	Taken   []makeGoodRow // under way
}

// makeGoodRow is one airing that was missed.
type makeGoodRow struct {
	airingRow
	Deadline string
	Window   string // proposed, or chosen
	Stuck    string // why there is none
	By       string
	List     link
}

func (s *server) makeGoods(r *http.Request, v *view) (any, error) { return s.makeGoodPage(r, v) }

func (s *server) makeGoodPage(r *http.Request, v *view) (makeGoodPage, error) {
	page := makeGoodPage{view: v}
	k, err := s.known(r.Context(), v)
	if err != nil {
		return page, err
	}
	all, err := s.desk.MakeGoods(r.Context())
	for _, g := range all {
		switch row := k.makeGood(g); {
		case g.Selection != "":
			page.Taken = append(page.Taken, row)
		case g.At.IsZero():
			page.Stuck = append(page.Stuck, row)
		default:
			page.Open = append(page.Open, row)
		}
	}
	return page, err
}

func (k *known) makeGood(g scheduler.MakeGood) makeGoodRow {
	zone := k.zone(k.view, g.Missed.Station)
	row := makeGoodRow{
		airingRow: k.row(g.Missed, k.places),
		Deadline:  k.Date(g.Deadline),
		Stuck:     k.Shortfall(g.Why),
		By:        g.By,
		List:      k.selection(g.Selection),
	}
	row.At = k.dayAndTime(g.Missed.Start, zone)
	if !g.At.IsZero() {
		row.Window = k.T("makegood.window", "programme", k.programme(g.Programme), "at", k.dayAndTime(g.At, zone))
	}
	return row
}

// madeGood takes a proposal up for the person.
func (s *server) madeGood(w http.ResponseWriter, r *http.Request, v *view) error {
	id := scheduler.AiringID(r.PostForm.Get("airing"))
	_, err := s.desk.MakeGood(r.Context(), id, v.Person)
	refused, status, err := v.refusalOf(nil, err)
	switch {
	case err != nil:
		return err
	case refused == nil:
		http.Redirect(w, r, "/make-good#airing-"+string(id), http.StatusSeeOther)
		return nil
	}
	page, err := s.makeGoodPage(r, v)
	if err != nil {
		return err
	}
	page.Refused = refused
	s.render(w, r, status, "makegood", page)
	return nil
}
