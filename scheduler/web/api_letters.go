package web

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// MaxLetter is the largest file of a letter taken in, in bytes. A scan of some
// dozens of pages stays under it.
const MaxLetter = 64 << 20

// letterInput says of a letter what does not stand in its file. The body is not
// read into memory: the desk reads it as it comes.
type letterInput struct {
	ContentType string `header:"Content-Type"`
	Name        string `query:"name" doc:"of the file, as its owner calls it"`
	Encoding    string `query:"encoding" enum:",tcvn3,vni,unicode" doc:"the coding the text was typed in; found out when empty"`

	r *http.Request
	w http.ResponseWriter
}

// Resolve keeps hold of the body.
func (in *letterInput) Resolve(ctx huma.Context) []error {
	in.r, in.w = humago.Unwrap(ctx)
	return nil
}

// letterForm is a letter sent as JSON.
type letterForm struct {
	Text string `json:"text"`
}

type importedOutput struct {
	Status int
	Body   ImportedDirective
}

type directiveInput struct {
	ID scheduler.DirectiveID `path:"id"`
}

type searchInput struct {
	Query string `query:"q" doc:"words or numbers; a word without tone marks finds it with any"`
	Limit int    `query:"limit" default:"20" minimum:"1" maximum:"200"`
}

// rawOutput is an answer that is not JSON.
type rawOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (a *api) letters() {
	o := op(http.MethodPost, "/v1/directives", "import-directive", "Read a letter: its file, its text, or JSON with its text")
	o.RequestBody = &huma.RequestBody{Required: true, Content: letterFormats()}
	add(a, o, a.importDirective)
	o.RequestBody.Content["application/json"] = letterJSON() // from now on: huma would read such a body by itself
	add(a, op(http.MethodGet, "/v1/directives", "list-directives", "List the letters"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Directive], error) {
			return list(a.desk.Directives(ctx))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}", "get-directive", "One letter with its topics"),
		func(ctx context.Context, in *directiveInput) (*reply[scheduler.Directive], error) {
			return answer(a.desk.Directive(ctx, in.ID))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}/text", "get-text", "The text that the spans of a letter are of"),
		func(ctx context.Context, in *directiveInput) (*rawOutput, error) {
			text, err := a.desk.DirectiveText(ctx, in.ID)
			return &rawOutput{ContentType: "text/plain; charset=utf-8", Body: []byte(text)}, err
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}/file", "get-file", "The file the letter came in"),
		func(ctx context.Context, in *directiveInput) (*rawOutput, error) {
			name, kind, file, err := a.desk.DirectiveFile(ctx, in.ID)
			return &rawOutput{mediaType(kind), attachment(name), file}, err
		})
	add(a, op(http.MethodGet, "/v1/search", "search", "Find letters, topics and citations"),
		func(ctx context.Context, in *searchInput) (*reply[[]LetterHit], error) {
			return list(a.desk.Search(ctx, in.Query, in.Limit))
		})
	a.readings()
}

// letterFormats describe the ways in which a letter is sent as it is.
func letterFormats() map[string]*huma.MediaType {
	return map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
		"text/plain":               {Schema: &huma.Schema{Type: huma.TypeString}},
	}
}

// letterJSON describes a [letterForm].
func letterJSON() *huma.MediaType {
	return &huma.MediaType{Schema: &huma.Schema{
		Type:       huma.TypeObject,
		Properties: map[string]*huma.Schema{"text": {Type: huma.TypeString}},
		Required:   []string{"text"},
	}}
}

func (a *api) importDirective(ctx context.Context, in *letterInput) (*importedOutput, error) {
	liftDeadlines(in.w)
	body := &bounded{from: http.MaxBytesReader(in.w, in.r.Body, a.maxLetter)}
	f := LetterFile{Name: in.Name, Encoding: in.Encoding, Body: body}
	var got ImportedDirective
	err := tooLarge(in.Name, a.maxLetter)
	if in.r.ContentLength <= a.maxLetter {
		got, err = a.importFrom(ctx, in.ContentType, f, body)
	}
	if err != nil {
		return nil, err
	}
	out := &importedOutput{Status: http.StatusOK, Body: got}
	if got.New {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// importFrom has the desk read what a body holds.
func (s *server) importFrom(ctx context.Context, contentType string, f LetterFile, body *bounded) (ImportedDirective, error) {
	if strings.HasPrefix(contentType, "application/json") {
		var form letterForm
		if err := json.NewDecoder(body).Decode(&form); err != nil && !body.over {
			return ImportedDirective{}, scheduler.Invalid(fmt.Errorf("import letter: %w", err))
		}
		f.Body = strings.NewReader(form.Text)
	}
	if body.over {
		return ImportedDirective{}, tooLarge(f.Name, s.maxLetter)
	}
	got, err := s.desk.ImportDirective(ctx, f)
	if err != nil && body.over {
		err = tooLarge(f.Name, s.maxLetter)
	}
	return got, err
}

// tooLarge is the answer to a letter that is larger than any.
func tooLarge(name string, limit int64) error {
	return oversize{huma.NewError(http.StatusRequestEntityTooLarge,
		fmt.Sprintf("letter %q: it is over %s: send the letter alone, without its appendices", name, inBytes(limit)))}
}

// oversize is both a status for programs and a fault that pages have words for.
type oversize struct{ huma.StatusError }

func (e oversize) Unwrap() []error { return []error{e.StatusError, TooLarge} }

// mediaType is what a file says that it is, where that is a media type at all.
func mediaType(kind string) string {
	if _, _, err := mime.ParseMediaType(kind); err != nil {
		return "application/octet-stream"
	}
	return kind
}

// attachment has a browser keep a file under its name instead of showing it: a
// letter is somebody else's work and may be a page with a script.
func attachment(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		name = "letter"
	}
	return mime.FormatMediaType("attachment", map[string]string{"filename": strings.ToValidUTF8(name, "_")})
}
