package web

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// MaxReport is the largest report taken in, in bytes: years of a station's lines.
const MaxReport = 64 << 20

type bundleInput struct {
	ID    scheduler.StationID `path:"id"`
	Known bool                `query:"known" doc:"leave out audio that the station last said it holds"`
	Audio bool                `query:"audio" default:"true" doc:"carry audio at all"`
}

// reportInput is a report; the desk reads its body as it comes.
type reportInput struct {
	r *http.Request
	w http.ResponseWriter
}

// Resolve keeps hold of the body.
func (in *reportInput) Resolve(ctx huma.Context) []error {
	in.r, in.w = humago.Unwrap(ctx)
	return nil
}

// bundles are the operations on what is carried by hand.
func (a *api) bundles() {
	add(a, op(http.MethodGet, "/v1/stations/{id}/bundle", "get-bundle", "What is to be carried to a station by hand, a zip archive; one that breaks off is not whole"), a.bundle)
	o := op(http.MethodPost, "/v1/reports", "take-report", "Take in a station's report that was carried by hand, sent as the body")
	o.RequestBody = &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}
	add(a, o, a.takeReport)
}

// bundle streams a bundle. What goes wrong once it has begun ends the connection
// in the middle of the body, so that nobody takes it for whole.
func (a *api) bundle(ctx context.Context, in *bundleInput) (*huma.StreamResponse, error) {
	b, err := a.desk.OpenBundle(ctx, in.ID, BundleParts{Known: in.Known, NoAudio: !in.Audio})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer b.Close()
		_, w := humago.Unwrap(hc)
		liftDeadlines(w)
		w.Header().Set("Content-Type", "application/zip")
		if _, err := io.Copy(w, b); err != nil {
			a.opts.Log.Error("bundle broke off", "station", in.ID, "err", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

func (a *api) takeReport(ctx context.Context, in *reportInput) (*reply[ReportTaken], error) {
	liftDeadlines(in.w)
	body := &bounded{from: http.MaxBytesReader(in.w, in.r.Body, MaxReport)}
	got, err := a.desk.TakeReport(ctx, body)
	if err != nil && body.over {
		err = huma.NewError(http.StatusRequestEntityTooLarge, fmt.Sprintf("the report is over %s, which none is", inBytes(MaxReport)))
	}
	return answer(got, err)
}
