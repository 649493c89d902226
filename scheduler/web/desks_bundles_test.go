package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func testBundles(t *testing.T, desk Desk) {
	ctx := t.Context()
	for _, parts := range []BundleParts{{}, {Known: true}, {NoAudio: true}} {
		b := must(desk.OpenBundle(ctx, "cam-giang", parts))(t)
		want := must((&memoryDesk{states: []StationState{{Station: scheduler.Station{ID: "cam-giang"}}}}).OpenBundle(ctx, "cam-giang", parts))(t)
		same(t, string(must(io.ReadAll(b))(t)), string(must(io.ReadAll(want))(t)))
		b.Close()
	}
	_, err := desk.OpenBundle(ctx, "nowhere", BundleParts{})
	refused(t, err, scheduler.ErrNotFound, "station nowhere")
	got := must(desk.TakeReport(ctx, strings.NewReader("report of cam-giang")))(t)
	if !got.Made.Equal(now()) {
		t.Errorf("it was made at %s", got.Made)
	}
	got.Made = now() // the wire keeps the instant, not the name of its zone
	same(t, got, ReportTaken{Station: "cam-giang", Made: now(), New: 3, Duplicate: 2, Rejected: 1, State: true})
	_, err = desk.TakeReport(ctx, strings.NewReader("rác"))
	refused(t, err, scheduler.ErrInvalid, "not signed by a station of this centre")
}

// pulled is a desk whose bundles break off.
type pulled struct{ *memoryDesk }

func (pulled) OpenBundle(context.Context, scheduler.StationID, BundleParts) (io.ReadCloser, error) {
	begun := strings.NewReader(strings.Repeat("x", 1<<16))
	r, w := io.Pipe()
	go func() {
		io.Copy(w, begun)
		w.CloseWithError(errors.New("the disk failed"))
	}()
	return r, nil
}

// TestABundleThatBreaksOff must not look like one that is whole.
func TestABundleThatBreaksOff(t *testing.T) {
	var log strings.Builder
	ts := serve(t, pulled{world()}, logTo(&log))
	b, err := NewClient(ts.URL, token).OpenBundle(t.Context(), "cam-giang", BundleParts{})
	if err == nil {
		_, err = io.ReadAll(b)
		b.Close()
	}
	if err == nil {
		t.Error("half a bundle was read to its end")
	}
	ts.Close() // the log is written by now
	if !strings.Contains(log.String(), "the disk failed") {
		t.Errorf("the log says %q", log.String())
	}
}

func TestAReportThatIsTooLarge(t *testing.T) {
	r := io.LimitReader(zeros{}, MaxReport+1)
	_, err := NewClient(serve(t, world()).URL, token).TakeReport(t.Context(), r)
	if err == nil || !strings.Contains(err.Error(), "the report is over 64 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestBundlesNeedTheToken(t *testing.T) {
	ts := serve(t, world())
	for _, path := range []string{"GET /v1/stations/cam-giang/bundle", "POST /v1/reports"} {
		method, path, _ := strings.Cut(path, " ")
		r, err := http.NewRequestWithContext(t.Context(), method, ts.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res := must(ts.Client().Do(r))(t)
		res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s %s without a token: %s", method, path, res.Status)
		}
	}
}
