package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// SignInLink lets one person in once.
type SignInLink struct {
	URL     string    `json:"url"`
	Expires time.Time `json:"expires"`
}

// SignInForm says for whom a link is.
type SignInForm struct {
	Name string `json:"name" maxLength:"200" doc:"the person, as confirmations are to name them"`
}

type signInInput struct {
	Body SignInForm

	r *http.Request
}

// Resolve keeps hold of the name under which the centre was asked.
func (in *signInInput) Resolve(ctx huma.Context) []error {
	in.r, _ = humago.Unwrap(ctx)
	return nil
}

func (a *api) signInLinks() {
	add(a, op(http.MethodPost, "/v1/sign-in-links", "sign-in-link", "Make a link that lets one person in once, within a quarter of an hour"), a.signInLink)
}

func (a *api) signInLink(_ context.Context, in *signInInput) (*reply[SignInLink], error) {
	name := strings.Join(strings.Fields(in.Body.Name), " ")
	if name == "" {
		return nil, scheduler.Invalid(errors.New("sign-in link: name the person"))
	}
	code, expires, ok := a.tickets.mint(name, a.opts.Now())
	if !ok {
		return nil, huma.NewError(http.StatusTooManyRequests, "sign-in link: too many wait to be opened: try again in a quarter of an hour")
	}
	link := url.URL{Scheme: "http", Host: in.r.Host, Path: "/sign-in", RawQuery: url.Values{"ticket": {code}}.Encode()}
	if in.r.TLS != nil {
		link.Scheme = "https"
	}
	return &reply[SignInLink]{SignInLink{link.String(), expires}}, nil
}
