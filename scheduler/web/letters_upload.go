package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

// formOverhead is what a form may have besides the letter in it, in bytes.
const formOverhead = 64 << 10

// inMemory is how much of an upload is held in memory, in bytes; the rest waits
// in a temporary file.
const inMemory = 1 << 20

// takeLetter reads the letter that a form brings, and goes on to its review.
func (s *server) takeLetter(w http.ResponseWriter, r *http.Request) {
	v := s.view(w, r, "letters")
	if v.Person == "" {
		s.askToSignIn(w, r, v)
		return
	}
	liftDeadlines(w)
	got, err := s.letterFrom(w, r)
	if r.MultipartForm != nil {
		defer r.MultipartForm.RemoveAll()
	}
	if err != nil {
		s.refuseLetter(w, r, v, err)
		return
	}
	next := reviewLink(got.Directive.ID)
	if !got.New {
		next += "?known=yes"
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// letterFrom has the desk read the file of a form, or the text pasted into it.
func (s *server) letterFrom(w http.ResponseWriter, r *http.Request) (ImportedDirective, error) {
	r.Body = http.MaxBytesReader(w, r.Body, s.maxLetter+formOverhead)
	if err := r.ParseMultipartForm(inMemory); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		var over *http.MaxBytesError
		if errors.As(err, &over) {
			return ImportedDirective{}, tooLarge("", s.maxLetter)
		}
		return ImportedDirective{}, scheduler.Invalid(err)
	}
	f := LetterFile{Encoding: knownEncoding(r.PostForm.Get("encoding"))}
	if text := r.PostForm.Get("text"); strings.TrimSpace(text) != "" {
		f.Body = strings.NewReader(text)
		return s.desk.ImportDirective(r.Context(), f)
	}
	file, header, err := r.FormFile("file")
	if err != nil || header.Size == 0 {
		return ImportedDirective{}, scheduler.Invalid(errors.Join(Empty, err))
	}
	defer file.Close()
	f.Name, f.Body = header.Filename, file
	return s.desk.ImportDirective(r.Context(), f)
}

// knownEncoding is a coding that the desk knows, or "" to find out.
func knownEncoding(s string) string {
	switch s {
	case "tcvn3", "vni", "unicode":
		return s
	}
	return ""
}

// refuseLetter shows the page again with what was wrong with the letter and
// what to do. The status stays what it is to a program.
func (s *server) refuseLetter(w http.ResponseWriter, r *http.Request, v *view, err error) {
	status, helps := statusOf(err)
	if !helps {
		s.problem(w, r, v, err)
		return
	}
	page, listed := s.lettersPage(r, v)
	if listed != nil {
		s.problem(w, r, v, listed)
		return
	}
	fault := faultOf(err)
	if fault == "" {
		fault = NotALetter
	}
	page.Fault, page.Advice = v.T("fault."+string(fault)), v.T("advice."+string(fault))
	page.Text = r.PostForm.Get("text")
	var own huma.StatusError
	if !errors.As(err, &own) && !errors.Is(err, Empty) {
		page.Detail = err.Error()
	}
	s.render(w, r, status, "letters", page)
}

// letterFile sends the file a letter came in.
func (s *server) letterFile(w http.ResponseWriter, r *http.Request) {
	name, kind, file, err := s.desk.DirectiveFile(r.Context(), scheduler.DirectiveID(r.PathValue("id")))
	if err != nil {
		s.problem(w, r, s.view(w, r, "letter"), err)
		return
	}
	w.Header().Set("Content-Type", mediaType(kind))
	w.Header().Set("Content-Disposition", attachment(name))
	w.Header().Set("Cache-Control", "no-store")
	w.Write(file)
}
