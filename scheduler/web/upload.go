package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// uploadInput says of an upload what does not stand in the audio. The body is
// not read into memory: the desk reads it as it comes.
type uploadInput struct {
	Title     string                `query:"title" doc:"the topic's own when empty"`
	Directive scheduler.DirectiveID `query:"directive"`
	Topic     int                   `query:"topic" minimum:"0" doc:"the topic's ordinal in the letter"`
	Language  string                `query:"language" doc:"BCP 47; vi when empty"`
	Name      string                `query:"name" doc:"of the file, for the record"`

	r *http.Request
	w http.ResponseWriter
}

// Resolve keeps hold of the body.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	in.r, in.w = humago.Unwrap(ctx)
	return nil
}

func (a *api) upload() {
	o := op(http.MethodPost, "/v1/recordings", "add-recording", "Take in an audio file, sent as the body")
	o.RequestBody = &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}
	add(a, o, a.addRecording)
}

func (a *api) addRecording(ctx context.Context, in *uploadInput) (*reply[scheduler.Recording], error) {
	tooLarge := huma.NewError(http.StatusRequestEntityTooLarge, fmt.Sprintf("audio file %q: it is over %s: cut it into parts", in.Name, inBytes(a.maxUpload)))
	if in.r.ContentLength > a.maxUpload {
		return nil, tooLarge
	}
	liftDeadlines(in.w)
	body := &bounded{from: http.MaxBytesReader(in.w, in.r.Body, a.maxUpload)}
	rec, err := a.desk.AddRecording(ctx, NewRecording{
		Title:     in.Title,
		Directive: in.Directive,
		Topic:     in.Topic,
		Language:  in.Language,
	}, in.Name, body)
	if err != nil && body.over {
		err = tooLarge
	}
	return answer(rec, err)
}

// bounded remembers that a body went over its bound, which the error that comes
// back need not say: a decoder that met the end early has words of its own.
type bounded struct {
	from io.Reader
	over bool
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if _, is := err.(*http.MaxBytesError); is {
		b.over = true
	}
	return n, err
}

// liftDeadlines takes the server's limits off a request that may rightly last as
// long as a slow link or an open page. A writer without deadlines has none to lift.
func liftDeadlines(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{})
	_ = c.SetWriteDeadline(time.Time{})
}

// inBytes writes a size in whole mebibytes from one of them on.
func inBytes(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
