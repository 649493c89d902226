package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"loaphuong/scheduler"
)

// reviewPage is a letter's text beside what was understood of it.
type reviewPage struct {
	*view
	Form     reading
	Letter   scheduler.Directive
	Standing badge
	Source   []piece
	Head     []headField
	Topics   []topicReview
	Whole    topicReview // what belongs to no topic, as topic 0
	Warnings []string
	Known    bool     // the letter was there when it was brought
	Notices  []string // why the last form was not taken
	Detail   string   // the same in the desk's words
	Typed    []typed  // what it held, where it was not taken
	confirming
}

// reading is what every form of the page needs.
type reading struct {
	words
	Edit    bool   // the person may correct
	Action  string // where forms are sent
	Edition int    // what they correct
}

// confirming is the end of the page: who is to owe what.
type confirming struct {
	Areas    []*areaNode
	Options  []areaNode       // the same in one list
	Area     scheduler.AreaID // for which Owes was asked
	AreaName string
	Given    []string // the areas that owe the letter already
	Said     string   // who confirmed, and when
}

// place is where on the page a field is shown in the letter's own text.
type place struct{ Key, Words string }

// Where is the place of a field, with words for whoever does not see it.
func (w words) Where(key, what string) place { return place{key, w.T("review.where", "what", what)} }

// headField is a field of the letterhead.
type headField struct {
	Key    string // "head-number"
	Name   string
	Label  string
	Value  string
	Placed bool // it stands in the text
	Wide   bool
}

func (s *server) review(r *http.Request, v *view) (any, error) {
	return s.reviewPage(r, v)
}

func (s *server) reviewPage(r *http.Request, v *view) (reviewPage, error) {
	ctx, id := r.Context(), scheduler.DirectiveID(r.PathValue("id"))
	page := reviewPage{view: v, Known: r.URL.Query().Has("known")}
	letter, err := s.desk.Directive(ctx, id)
	if err != nil {
		return page, err
	}
	text, err := s.desk.DirectiveText(ctx, id)
	if err != nil {
		return page, err
	}
	page.Letter, page.Standing, page.Source = letter, v.standing(letter), cut(text, marksOf(letter))
	page.confirming, err = s.confirming(ctx, v, letter, scheduler.AreaID(r.URL.Query().Get("area")))
	if err != nil {
		return page, err
	}
	owes, err := s.owes(ctx, v, id, page.Area)
	if err != nil {
		return page, err
	}
	page.Form = reading{v.words, v.Person != "" && !letter.IsConfirmed(), reviewAction(r), letter.Edition}
	page.Head, page.Warnings = v.headFields(letter), v.warnings(letter)
	page.Whole = page.topic(v, text, wholeLetter(letter), "")
	for _, t := range letter.Topics {
		page.Topics = append(page.Topics, page.topic(v, text, t, owes[t.Ordinal]))
	}
	return page, nil
}

// reviewAction is where the forms of the page are sent: back to it.
func reviewAction(r *http.Request) string {
	to := *r.URL
	q := to.Query()
	q.Del("known")
	q.Del("lang")
	to.RawQuery = q.Encode()
	return to.RequestURI()
}

// owes is what an area would owe of each topic, in words.
func (s *server) owes(ctx context.Context, v *view, id scheduler.DirectiveID, area scheduler.AreaID) (map[int]string, error) {
	if area == "" {
		return nil, nil
	}
	owed, err := s.desk.Owed(ctx, id, area)
	words := map[int]string{}
	for _, o := range owed {
		words[o.Topic] = v.T("review.owes", "often", v.Owed(o), "from", v.Date(o.From), "until", v.Date(o.Until))
	}
	return words, err
}

func (s *server) confirming(ctx context.Context, v *view, letter scheduler.Directive, asked scheduler.AreaID) (confirming, error) {
	c := confirming{}
	areas, err := s.desk.Areas(ctx)
	if err != nil {
		return c, err
	}
	given, err := s.desk.Obligations(ctx, letter.ID)
	if err != nil {
		return c, err
	}
	owing := map[scheduler.AreaID]bool{}
	for _, o := range given {
		owing[o.Area] = true
	}
	c.Areas = areaTree(areas, owing)
	c.Options = flat(c.Areas)
	for _, n := range c.Options {
		if owing[n.ID] {
			c.Given = append(c.Given, n.Name)
		}
	}
	c.Said = v.confirmed(letter)
	i := max(slices.IndexFunc(c.Options, func(n areaNode) bool { return n.ID == asked }), 0)
	if len(c.Options) > 0 {
		c.Area, c.AreaName = c.Options[i].ID, c.Options[i].Name
	}
	return c, nil
}

func (v *view) headFields(d scheduler.Directive) []headField {
	fields := []headField{
		{Name: "kind", Label: v.T("head.kind"), Value: d.Kind},
		{Name: "number", Label: v.T("head.number"), Value: d.Number},
		{Name: "date", Label: v.T("head.date"), Value: writeDate(d.Date)},
		{Name: "issuer", Label: v.T("head.issuer"), Value: d.Issuer, Wide: true},
		{Name: "subject", Label: v.T("head.subject"), Value: d.Subject, Wide: true},
		{Name: "signatory", Label: v.T("head.signatory"), Value: d.Signatory.Name},
		{Name: "position", Label: v.T("head.position"), Value: d.Signatory.Position},
	}
	placed := map[string]bool{"head-position": len(d.Spans.Signatory) > 0}
	for _, h := range headSpans(d) {
		placed["head-"+h.field] = len(h.spans) > 0
	}
	for i := range fields {
		fields[i].Key = "head-" + fields[i].Name
		fields[i].Placed = placed[fields[i].Key]
	}
	fields[len(fields)-1].Key = "head-signatory"
	return fields
}

// warnings say what of the letter wants a look before anything else.
func (v *view) warnings(d scheduler.Directive) []string {
	var said []string
	note := func(is bool, key string, args ...any) {
		if is {
			said = append(said, v.T(key, args...))
		}
	}
	note(d.Source.Scanned, "review.scanned")
	note(d.Source.Converted != "", "review.converted", "coding", v.coding(d.Source.Converted))
	note(d.Draft, "review.draft")
	note(len(d.Topics) == 0, "review.topicless")
	return said
}

// coding is what people call an older coding of Vietnamese.
func (v *view) coding(name string) string {
	switch name {
	case "tcvn3":
		return "TCVN3 (ABC)"
	case "vni":
		return "VNI"
	}
	return name
}

// topicKey names a topic on the pages.
func topicKey(ordinal int) string { return fmt.Sprintf("topic-%d", ordinal) }

// Kinds are the usual kinds of documents, offered where one is typed.
func (p reviewPage) Kinds() []string {
	return []string{
		"Công văn", "Công điện", "Chỉ thị", "Chương trình", "Đề án", "Hướng dẫn", "Kế hoạch", "Kết luận", "Luật",
		"Nghị định", "Nghị quyết", "Pháp lệnh", "Quy định", "Quyết định", "Thông báo", "Thông tư", "Thông tri",
	}
}
