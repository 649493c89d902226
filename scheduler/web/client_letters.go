package web

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"loaphuong/scheduler"
)

// ImportDirective sends a letter as it is read. The body is held back until the
// centre has said that it will take it, so a wrong token costs no upload.
func (c *Client) ImportDirective(ctx context.Context, f LetterFile) (ImportedDirective, error) {
	r := call(http.MethodPost, "/v1/directives")
	r.kind, r.body = "application/octet-stream", f.Body
	r.header = http.Header{"Expect": {"100-continue"}}
	r.query = url.Values{"name": {f.Name}, "encoding": {f.Encoding}}
	return do[ImportedDirective](ctx, c, r)
}

// Directives lists the letters.
func (c *Client) Directives(ctx context.Context) ([]scheduler.Directive, error) {
	return do[[]scheduler.Directive](ctx, c, get("/v1/directives"))
}

// Directive is one letter.
func (c *Client) Directive(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	return do[scheduler.Directive](ctx, c, get("/v1/directives/{}", string(id)))
}

// DirectiveText is the text that the spans of a letter are of.
func (c *Client) DirectiveText(ctx context.Context, id scheduler.DirectiveID) (string, error) {
	_, text, err := c.fetch(ctx, get("/v1/directives/{}/text", string(id)))
	return string(text), err
}

// DirectiveFile is the file a letter came in.
func (c *Client) DirectiveFile(ctx context.Context, id scheduler.DirectiveID) (name, mediaType string, file []byte, err error) {
	header, file, err := c.fetch(ctx, get("/v1/directives/{}/file", string(id)))
	if err != nil {
		return "", "", nil, err
	}
	_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return "", "", nil, fmt.Errorf("read the name of the file of letter %s: %w", id, err)
	}
	return params["filename"], header.Get("Content-Type"), file, nil
}

// fetch makes a call and reads an answer that is not JSON.
func (c *Client) fetch(ctx context.Context, r request) (http.Header, []byte, error) {
	res, err := c.send(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, MaxLetter+1))
	if err == nil && len(b) > MaxLetter {
		err = fmt.Errorf("it is over %s", inBytes(MaxLetter))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the answer to %s %s: %w", r.method, r.path, err)
	}
	return res.Header, b, nil
}

// Correct puts one thing right in an unconfirmed letter.
func (c *Client) Correct(ctx context.Context, id scheduler.DirectiveID, edition int, fix scheduler.Correction) (scheduler.Directive, error) {
	r := call(http.MethodPost, "/v1/directives/{}/corrections", string(id))
	return do[scheduler.Directive](ctx, c, r.with(CorrectionForm{edition, fix}))
}

// Confirm confirms a letter and makes its topics owed by areas.
func (c *Client) Confirm(ctx context.Context, id scheduler.DirectiveID, n Confirm) ([]scheduler.Obligation, error) {
	r := call(http.MethodPost, "/v1/directives/{}/confirmation", string(id))
	return do[[]scheduler.Obligation](ctx, c, r.with(n))
}

// Reopen takes a confirmation and what it obliges back.
func (c *Client) Reopen(ctx context.Context, id scheduler.DirectiveID) (scheduler.Directive, error) {
	return do[scheduler.Directive](ctx, c, call(http.MethodDelete, "/v1/directives/{}/confirmation", string(id)))
}

// Owed is what an area would owe of a letter if it were confirmed now.
func (c *Client) Owed(ctx context.Context, id scheduler.DirectiveID, area scheduler.AreaID) ([]scheduler.Obligation, error) {
	r := get("/v1/directives/{}/owed", string(id))
	r.query = url.Values{"area": {string(area)}}
	return do[[]scheduler.Obligation](ctx, c, r)
}

// Obligations lists what a letter obliges.
func (c *Client) Obligations(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Obligation, error) {
	return do[[]scheduler.Obligation](ctx, c, get("/v1/directives/{}/obligations", string(id)))
}

// Search finds letters, topics and citations, the best first.
func (c *Client) Search(ctx context.Context, query string, limit int) ([]LetterHit, error) {
	r := get("/v1/search")
	r.query = url.Values{"q": {query}, "limit": {strconv.Itoa(limit)}}
	return do[[]LetterHit](ctx, c, r)
}

// SignInLink makes a link that lets one person in once.
func (c *Client) SignInLink(ctx context.Context, name string) (SignInLink, error) {
	return do[SignInLink](ctx, c, call(http.MethodPost, "/v1/sign-in-links").with(SignInForm{name}))
}
