package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// letterPage is a letter and its ledger.
type letterPage struct {
	*view
	Letter      scheduler.Directive
	Standing    badge
	Confirmed   string // by whom and when
	Asks        []askedRow
	Topics      []topicCard
	Obligations int
	Ledger      matrix
	From, Until scheduler.Date // both days are counted
	Recall      recallForm     // takes it off the air
	Wrong       string         // what is wrong with the days asked for
}

// topicCard is a topic with who owes it.
type topicCard struct {
	scheduler.Topic
	Asks []askedRow
	Owed []owedRow
}

// askedRow is a demand in the letter's words, and as it was understood.
type askedRow struct {
	words
	Text string
	Says string
}

// owedRow is an obligation in words.
type owedRow struct {
	Area        string
	From, Until string
	Often       string
}

func (s *server) letter(r *http.Request, v *view) (any, error) {
	ctx, id := r.Context(), scheduler.DirectiveID(r.PathValue("id"))
	letter, err := s.desk.Directive(ctx, id)
	if err != nil {
		return nil, err
	}
	owed, err := s.desk.Obligations(ctx, id)
	if err != nil {
		return nil, err
	}
	areas, err := s.desk.Areas(ctx)
	if err != nil {
		return nil, err
	}
	page := letterPage{view: v, Letter: letter, Obligations: len(owed), Standing: v.standing(letter), Asks: v.asked(letter.Demands)}
	page.Confirmed, page.Recall = v.confirmed(letter), v.recallForm(letter)
	page.Topics = v.topicCards(letter, owed, areas)
	page.span(r, owed)
	page.Ledger, err = s.matrix(ctx, v, letter, page.From, page.Until)
	return page, err
}

// span is the days asked for. Where none are, or they make no sense, it is from
// the first day on which the letter is owed, or the last thirty days, to tomorrow.
func (p *letterPage) span(r *http.Request, owed []scheduler.Obligation) {
	p.From, p.Until = scheduler.DateOf(p.midnight(p.Now, -30)), scheduler.DateOf(p.midnight(p.Now, 1))
	for i, o := range owed {
		if o.From.Complete() && (i == 0 || o.From.Before(p.From)) {
			p.From = o.From
		}
	}
	if p.Until.Before(p.From) {
		p.Until = p.From
	}
	from, err1 := dayOr(r.URL.Query().Get("from"), p.From)
	until, err2 := dayOr(r.URL.Query().Get("until"), p.Until)
	if err1 != nil || err2 != nil || until.Before(from) {
		p.Wrong = p.T("ledger.wrong")
		return
	}
	p.From, p.Until = from, until
}

// dayOr reads a whole day, or gives another where there is none.
func dayOr(s string, other scheduler.Date) (scheduler.Date, error) {
	if s == "" {
		return other, nil
	}
	d, err := scheduler.ParseDate(s)
	if err == nil && !d.Complete() {
		err = scheduler.ErrInvalid
	}
	return d, err
}

func (v *view) topicCards(letter scheduler.Directive, owed []scheduler.Obligation, areas []scheduler.Area) []topicCard {
	names := map[scheduler.AreaID]string{}
	for _, a := range areas {
		names[a.ID] = a.Name
	}
	rows := map[int][]owedRow{}
	for _, o := range owed {
		rows[o.Topic] = append(rows[o.Topic], owedRow{named(names[o.Area], o.Area), v.Date(o.From), v.Date(o.Until), v.Owed(o)})
	}
	cards := make([]topicCard, 0, len(letter.Topics))
	for _, t := range letter.Topics {
		cards = append(cards, topicCard{t, v.asked(t.Demands), rows[t.Ordinal]})
	}
	return cards
}

func (v *view) asked(demands []scheduler.Demand) []askedRow {
	var rows []askedRow
	for _, m := range demands {
		rows = append(rows, askedRow{v.words, m.Text, strings.Join(v.Asks(m), " · ")})
	}
	return rows
}

// confirmed says who confirmed a letter, and when; "" where nobody has.
func (v *view) confirmed(d scheduler.Directive) string {
	if !d.IsConfirmed() {
		return ""
	}
	return v.T("letter.confirmed", "who", d.Confirmed.By, "at", v.When(d.Confirmed.At, v.Zone))
}

// matrix asks for the ledger of a letter over days, both counted. The days are
// those of the centre's zone, so that all stations are asked about one span.
func (s *server) matrix(ctx context.Context, v *view, letter scheduler.Directive, from, until scheduler.Date) (matrix, error) {
	report, err := s.desk.Airtime(ctx, scheduler.AirtimeQuery{
		From:      from.Start(v.Zone),
		Until:     v.midnight(until.Start(v.Zone).Add(12*time.Hour), 1),
		Directive: letter.ID,
	})
	if err != nil {
		return matrix{}, err
	}
	rows := slices.DeleteFunc(slices.Clone(report.Rows), func(r scheduler.AirtimeRow) bool { return r.Directive != letter.ID })
	return v.newMatrix(letter.Topics, rows), nil
}
