package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"loaphuong/scheduler"
)

// Bounds of what the first page shows at length; a province has hundreds of
// stations and thousands of airings a day.
const (
	maxCards = 12  // stations; of those that are well, the rest is folded away
	maxRows  = 200 // airings
)

// todayPage is what stands where, now.
type todayPage struct {
	*view
	Sums     []sum
	Ready    readyPart
	Cards    []stationCard
	Folded   []stationCard // stations that are well, when there are many
	Airings  []airingRow
	Leftover int          // airings of today that are not in Airings
	Waiting  []letterLine // letters for a person to confirm
	Stopped  *notice      // what became of the stop that the person has just asked for
	Letters  []letterRow
}

// notice is a sentence, and how it looks.
type notice struct {
	Look look
	Text string
}

// sum counts today's airings of one look.
type sum struct {
	badge
	N int
}

// letterRow is a letter with how far it has got.
type letterRow struct {
	scheduler.Directive
	Tally   scheduler.Tally
	Heard   int
	Verdict badge
	Bar     []segment
	Notes   []string
}

func (s *server) today(r *http.Request, v *view) (any, error) {
	ctx := r.Context()
	states, err := s.desk.StationStates(ctx)
	if err != nil {
		return nil, err
	}
	areas, err := s.desk.Areas(ctx)
	if err != nil {
		return nil, err
	}
	airings, err := s.around(ctx, v, "")
	if err != nil {
		return nil, err
	}
	page := todayPage{view: v, Stopped: v.stopped(r)}
	if page.Ready, err = s.ready(ctx, v, v.places(states)); err != nil {
		return nil, err
	}
	page.Waiting, page.Letters, err = s.letterRows(ctx, v)
	page.cards(states, areas, airings)
	page.list(airings, v.places(states))
	return page, err
}

// around asks for the airings of today and tomorrow, and for those that began
// long enough ago to be still on air.
func (s *server) around(ctx context.Context, v *view, id scheduler.StationID) ([]scheduler.JudgedAiring, error) {
	from := v.midnight(v.Now, 0)
	if onAir := v.Now.Add(-scheduler.MaxLength); onAir.Before(from) {
		from = onAir
	}
	airings, err := s.desk.Airings(ctx, scheduler.AirtimeQuery{From: from, Until: v.midnight(v.Now, 2), Station: id})
	slices.SortStableFunc(airings, func(a, b scheduler.JudgedAiring) int { return a.Start.Compare(b.Start) })
	return airings, err
}

// cards sets the stations out, those with problems first.
func (p *todayPage) cards(states []StationState, areas []scheduler.Area, airings []scheduler.JudgedAiring) {
	names := map[scheduler.AreaID]string{}
	for _, a := range areas {
		names[a.ID] = a.Name
	}
	where, titles, next := p.places(states), titles(airings), later(airings, p.Now)
	for _, s := range states {
		var coming string
		if a, ok := next[s.Station.ID]; ok {
			coming = p.When(a.Start, where.zone(p.view, s.Station.ID)) + " · " + named(a.Title, a.Recording)
		}
		p.Cards = append(p.Cards, p.card(s, named(names[s.Station.Area], s.Station.Area), titles, coming))
	}
	slices.SortStableFunc(p.Cards, func(a, b stationCard) int {
		return cmp.Or(wellness(a)-wellness(b), cmp.Compare(a.Name, b.Name))
	})
	p.fold()
}

// fold keeps in sight the stations with problems, and others as far as there is
// room.
func (p *todayPage) fold() {
	ill := 0
	for _, c := range p.Cards {
		if len(c.Problems) > 0 {
			ill++
		}
	}
	shown := min(max(maxCards, ill), len(p.Cards))
	p.Cards, p.Folded = p.Cards[:shown], p.Cards[shown:]
}

// wellness orders stations: those with problems, those on air, the others.
func wellness(c stationCard) int {
	switch {
	case len(c.Problems) > 0:
		return 0
	case c.OnAir != "":
		return 1
	}
	return 2
}

func titles(airings []scheduler.JudgedAiring) map[scheduler.AiringID]string {
	t := make(map[scheduler.AiringID]string, len(airings))
	for _, a := range airings {
		t[a.ID] = a.Title
	}
	return t
}

// list sets out the airings of today. When they are too many, those that went as
// planned or are still to come give way.
func (p *todayPage) list(airings []scheduler.JudgedAiring, where places) {
	today := slices.DeleteFunc(slices.Clone(airings), func(a scheduler.JudgedAiring) bool {
		return a.Start.Before(p.midnight(p.Now, 0)) || !a.Start.Before(p.midnight(p.Now, 1))
	})
	n := map[look]int{}
	for _, a := range today {
		n[lookOf(a.State)]++
	}
	for _, l := range looks() {
		p.Sums = append(p.Sums, sum{badge{l, p.T("look." + string(l))}, n[l]})
	}
	total := len(today)
	if total > maxRows {
		today = slices.DeleteFunc(today, func(a scheduler.JudgedAiring) bool {
			l := lookOf(a.State)
			return l == good || l == soon || l == dropped
		})
	}
	for _, a := range today[:min(len(today), maxRows)] {
		p.Airings = append(p.Airings, p.row(a, where))
	}
	p.Leftover = total - len(p.Airings)
}

// letterRows lists the letters, the newest first: those that wait for somebody
// to confirm them, and the others with what came of each in the last thirty days.
func (s *server) letterRows(ctx context.Context, v *view) (waiting []letterLine, rows []letterRow, err error) {
	letters, err := s.desk.Directives(ctx)
	if err != nil {
		return nil, nil, err
	}
	report, err := s.desk.Airtime(ctx, scheduler.AirtimeQuery{From: v.midnight(v.Now, -30), Until: v.midnight(v.Now, 1)})
	if err != nil {
		return nil, nil, err
	}
	tallies := map[scheduler.DirectiveID]scheduler.Tally{}
	for _, r := range report.Rows {
		tallies[r.Directive] = plus(tallies[r.Directive], r.Tally)
	}
	for _, d := range newestFirst(letters) {
		if !d.IsConfirmed() {
			waiting = append(waiting, v.line(d))
			continue
		}
		t := tallies[d.ID]
		rows = append(rows, letterRow{d, t, heard(t), v.verdict(t), bar(t), v.notes(t)})
	}
	return waiting, rows, nil
}

// stoppedBy ends what is on air everywhere.
func (s *server) stoppedBy(w http.ResponseWriter, r *http.Request, v *view) error {
	done, err := s.desk.Stop(r.Context(), StopForm{By: v.Person, Everywhere: true})
	if err != nil {
		return err
	}
	said := url.Values{"told": {strconv.Itoa(len(done.Told))}, "untold": {strconv.Itoa(len(done.Untold))}}
	http.Redirect(w, r, "/?"+said.Encode(), http.StatusSeeOther)
	return nil
}

// stopped says what became of a stop; nil where none was asked for.
func (v *view) stopped(r *http.Request) *notice {
	told, err := strconv.Atoi(r.URL.Query().Get("told"))
	if err != nil {
		return nil
	}
	if untold, _ := strconv.Atoi(r.URL.Query().Get("untold")); untold > 0 {
		return &notice{bad, v.T("stop.untold", "n", untold, "told", told)}
	}
	return &notice{good, v.T("stop.told", "n", told)}
}
