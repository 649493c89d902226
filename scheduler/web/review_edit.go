package web

import (
	"errors"
	"net/http"

	"loaphuong/scheduler"
)

// reviewed does what a form of the review page asks for and comes back to the
// place on the page. What is refused is shown again, to be copied.
func (s *server) reviewed(w http.ResponseWriter, r *http.Request, v *view) error {
	if v.Person == "" {
		return s.refuseReview(w, r, v, http.StatusUnauthorized, "", v.T("review.signedout"))
	}
	id := scheduler.DirectiveID(r.PathValue("id"))
	letter, err := s.desk.Directive(r.Context(), id)
	if err != nil {
		return err
	}
	f := &formReader{words: v.words, values: r.PostForm}
	anchor, err := s.takeReview(r, v, f, letter)
	if len(f.wrong) > 0 {
		return s.refuseReview(w, r, v, http.StatusUnprocessableEntity, "", f.wrong...)
	}
	if status, helps := statusOf(err); err != nil && helps {
		return s.refuseReview(w, r, v, status, err.Error(), v.refusal(err, letter, r.PostForm.Get("do")))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, reviewAction(r)+"#"+anchor, http.StatusSeeOther)
	return nil
}

// takeReview has the desk do what a form asks for, unless something is wrong
// with the form, and returns where on the page to go.
func (s *server) takeReview(r *http.Request, v *view, f *formReader, letter scheduler.Directive) (anchor string, err error) {
	edition := f.place("edition")
	switch f.values.Get("do") {
	case "confirm":
		return "confirm", s.confirm(r, v, f, letter.ID, edition)
	case "reopen":
		_, err = s.desk.Reopen(r.Context(), letter.ID)
		return "letter", err
	}
	var text string
	if f.values.Get("do") == "add" {
		if text, err = s.desk.DirectiveText(r.Context(), letter.ID); err != nil {
			return "", err
		}
	}
	fix, anchor := f.correction(letter, text)
	if len(f.wrong) > 0 {
		return "", nil
	}
	fix.By = v.Person
	after, err := s.desk.Correct(r.Context(), letter.ID, edition, fix)
	if fix.Add != nil && err == nil {
		anchor = topicKey(addedTopic(letter, after))
	}
	return anchor, err
}

func (s *server) confirm(r *http.Request, v *view, f *formReader, id scheduler.DirectiveID, edition int) error {
	areas, err := s.desk.Areas(r.Context())
	if err != nil {
		return err
	}
	n := Confirm{By: v.Person, Edition: edition, SourceChecked: f.ticked("checked")}
	if f.ticked("priority") {
		n.Class = scheduler.Priority
	}
	for _, a := range f.values["area"] {
		n.Areas = append(n.Areas, scheduler.AreaID(a))
	}
	n.Areas = topmost(areas, n.Areas)
	if len(n.Areas) == 0 {
		f.wrong = append(f.wrong, v.T("confirm.noarea"))
	}
	if len(f.wrong) > 0 {
		return nil
	}
	_, err = s.desk.Confirm(r.Context(), id, n)
	return err
}

// addedTopic is the ordinal of the topic that came in.
func addedTopic(before, after scheduler.Directive) int {
	for i, t := range after.Topics {
		if i >= len(before.Topics) || t.Text != before.Topics[i].Text {
			return t.Ordinal
		}
	}
	return len(after.Topics)
}

// refusal says in the person's language why the desk refused.
func (v *view) refusal(err error, letter scheduler.Directive, do string) string {
	conflict := errors.Is(err, scheduler.ErrConflict)
	switch {
	case conflict && do == "reopen":
		return v.T("review.kept")
	case conflict && letter.IsConfirmed():
		return v.T("review.closed")
	case conflict:
		return v.T("review.conflict")
	}
	return v.T("review.refused")
}

// refuseReview shows the page as it is now, with why a form was not taken and
// what it held.
func (s *server) refuseReview(w http.ResponseWriter, r *http.Request, v *view, status int, detail string, notices ...string) error {
	page, err := s.reviewPage(r, v)
	if err != nil {
		return err
	}
	page.Notices, page.Detail, page.Typed = notices, detail, v.typedIn(r.PostForm)
	s.render(w, r, status, "review", page)
	return nil
}
