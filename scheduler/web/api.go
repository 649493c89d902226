package web

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// api is where operations are registered.
type api struct {
	*server
	huma huma.API
}

// tokenScheme names the one way in.
const tokenScheme = "token"

// mountAPI registers every operation and the description of them all.
func (s *server) mountAPI(mux *http.ServeMux) {
	a := &api{s, humago.New(mux, s.apiConfig())}
	a.huma.UseMiddleware(a.requireToken)
	a.letters()
	a.sounds()
	a.stations()
	a.readiness()
	a.programmes()
	a.rules()
	a.selections()
	a.decisions()
	a.ledger()
	a.bundles()
	a.signInLinks()
	a.audits()
	s.operations = operationsOf(a.huma.OpenAPI())
	description, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		panic("web: the description of the interface does not marshal: " + err.Error()) // it is the same at every start
	}
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Write(description)
	})
}

// apiConfig leaves out huma's page of documentation, which loads a viewer from
// elsewhere, and its $schema links.
func (s *server) apiConfig() huma.Config {
	c := huma.DefaultConfig("Loaphuong", s.opts.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.Info.Description = "The centre of a commune loudspeaker radio. Lengths are in nanoseconds, instants in RFC 3339."
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		tokenScheme: {Type: "http", Scheme: "bearer", Description: "The centre's token, which lies among its data."},
	}
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[scheduler.Timing](), reflect.TypeFor[timingForm]())
	return c
}

// timingForm is how a [scheduler.Timing] looks on the wire.
type timingForm struct {
	Cron  string    `json:"cron,omitempty" doc:"minute, hour, day of month, month and day of week, in the station's zone" example:"30 5 * * *"`
	At    time.Time `json:"at,omitzero" doc:"one instant, instead of cron"`
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

// requireToken refuses what does not show the token, except for operations that
// are registered as open.
func (a *api) requireToken(ctx huma.Context, next func(huma.Context)) {
	if len(ctx.Operation().Security) == 0 || a.admits(ctx.Header("Authorization")) {
		next(ctx)
		return
	}
	ctx.SetHeader("WWW-Authenticate", "Bearer")
	huma.WriteErr(a.huma, ctx, http.StatusUnauthorized, "this needs the centre's token: send it as Authorization: Bearer TOKEN")
}

// op describes an operation that needs the token. Huma would give each body five
// seconds and leave that limit standing, which ends a long operation under way;
// the server's own timeouts are enough.
func op(method, path, id, summary string) huma.Operation {
	return huma.Operation{
		Method:          method,
		Path:            path,
		OperationID:     id,
		Summary:         summary,
		Security:        []map[string][]string{{tokenScheme: {}}},
		BodyReadTimeout: -1,
	}
}

// open lifts the need of a token.
func open(o huma.Operation) huma.Operation {
	o.Security = []map[string][]string{}
	return o
}

// add registers an operation whose errors are told by the table of kinds.
func add[I, O any](a *api, o huma.Operation, do func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, o, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			status, words := a.tell(ctx, o.OperationID, err)
			return nil, huma.NewError(status, words)
		}
		return out, nil
	})
}

// reply is an answer with a body.
type reply[T any] struct{ Body T }

// answer wraps what a desk returned.
func answer[T any](v T, err error) (*reply[T], error) { return &reply[T]{v}, err }

// list wraps a list; an empty one is [] on the wire and never null.
func list[T any](v []T, err error) (*reply[[]T], error) {
	if v == nil {
		v = []T{}
	}
	return &reply[[]T]{v}, err
}

// nothing is an input without fields, or an answer without a body.
type nothing struct{}
