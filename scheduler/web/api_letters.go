package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

// MaxLetter is the longest text of a letter taken in, in bytes.
const MaxLetter = 4 << 20

// ImportedDirective is what came of reading a letter.
type ImportedDirective struct {
	Directive scheduler.Directive `json:"directive"`
	New       bool                `json:"new" doc:"false where the same letter was there already"`
}

type letterInput struct {
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"text/plain"`
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

type obligeInput struct {
	ID   scheduler.DirectiveID `path:"id"`
	Body ObligeForm
}

// ObligeForm says which area is to owe a letter's topics.
type ObligeForm struct {
	Area scheduler.AreaID `json:"area"`
}

func (a *api) letters() {
	o := op(http.MethodPost, "/v1/directives", "import-directive", "Read a letter, as plain text or as JSON with its text")
	o.MaxBodyBytes = MaxLetter
	o.SkipValidateBody = true // it may be text, of which the desk is the judge
	text := &huma.Schema{Type: huma.TypeString}
	o.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"text/plain": {Schema: text},
		"application/json": {Schema: &huma.Schema{
			Type:       huma.TypeObject,
			Properties: map[string]*huma.Schema{"text": text},
			Required:   []string{"text"},
		}},
	}}
	add(a, o, a.importDirective)
	add(a, op(http.MethodGet, "/v1/directives", "list-directives", "List the letters"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Directive], error) {
			return list(a.desk.Directives(ctx))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}", "get-directive", "One letter with its topics"),
		func(ctx context.Context, in *directiveInput) (*reply[scheduler.Directive], error) {
			return answer(a.desk.Directive(ctx, in.ID))
		})
	add(a, op(http.MethodPost, "/v1/directives/{id}/obligations", "oblige", "Make the topics of a letter owed by an area"),
		func(ctx context.Context, in *obligeInput) (*reply[[]scheduler.Obligation], error) {
			return list(a.desk.Oblige(ctx, in.ID, in.Body.Area))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}/obligations", "list-obligations", "List what a letter obliges"),
		func(ctx context.Context, in *directiveInput) (*reply[[]scheduler.Obligation], error) {
			return list(a.desk.Obligations(ctx, in.ID))
		})
}

func (a *api) importDirective(ctx context.Context, in *letterInput) (*importedOutput, error) {
	text := in.RawBody
	if strings.HasPrefix(in.ContentType, "application/json") {
		var form letterForm
		if err := json.Unmarshal(text, &form); err != nil {
			return nil, scheduler.Invalid(fmt.Errorf("import letter: %w", err))
		}
		text = []byte(form.Text)
	}
	d, isNew, err := a.desk.ImportDirective(ctx, text)
	out := &importedOutput{Status: http.StatusOK, Body: ImportedDirective{d, isNew}}
	if isNew {
		out.Status = http.StatusCreated
	}
	return out, err
}
