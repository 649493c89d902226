package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

type recordingInput struct {
	ID scheduler.RecordingID `path:"id"`
}

type recordingsInput struct {
	Directive scheduler.DirectiveID `query:"directive" doc:"of this letter only"`
}

type speechInput struct {
	Body NewRecording
}

type approvalInput struct {
	ID   scheduler.RecordingID `path:"id"`
	Body ApprovalForm
}

// ApprovalForm is one person's word on the audio they heard.
type ApprovalForm struct {
	By     string           `json:"by" doc:"the person"`
	Digest scheduler.Digest `json:"digest" doc:"of the audio that was heard"`
}

type evergreenInput struct {
	ID   scheduler.RecordingID `path:"id"`
	Body EvergreenForm
}

// EvergreenForm says whether a recording stands in for missing audio.
type EvergreenForm struct {
	Evergreen bool `json:"evergreen" doc:"true to keep it at the stations for when scheduled audio is missing"`
}

func (a *api) sounds() {
	a.upload()
	add(a, op(http.MethodPost, "/v1/recordings/speech", "speak", "Have the speech engine make a recording"),
		func(ctx context.Context, in *speechInput) (*reply[scheduler.Recording], error) {
			return answer(a.desk.Speak(ctx, in.Body))
		})
	add(a, op(http.MethodGet, "/v1/recordings", "list-recordings", "List the recordings"),
		func(ctx context.Context, in *recordingsInput) (*reply[[]scheduler.Recording], error) {
			return list(a.desk.Recordings(ctx, in.Directive))
		})
	add(a, op(http.MethodGet, "/v1/recordings/{id}", "get-recording", "One recording"),
		func(ctx context.Context, in *recordingInput) (*reply[scheduler.Recording], error) {
			return answer(a.desk.Recording(ctx, in.ID))
		})
	add(a, open(op(http.MethodGet, "/v1/recordings/{id}/audio", "get-audio", "The on-air file, Ogg Opus; ranges are served")), a.audio)
	add(a, op(http.MethodPost, "/v1/recordings/{id}/approval", "approve", "Approve the audio that was heard"),
		func(ctx context.Context, in *approvalInput) (*reply[scheduler.Recording], error) {
			return answer(a.desk.Approve(ctx, in.ID, in.Body.By, in.Body.Digest))
		})
	add(a, op(http.MethodPut, "/v1/recordings/{id}/evergreen", "put-evergreen", "Keep a recording for when scheduled audio is missing, or no longer"),
		func(ctx context.Context, in *evergreenInput) (*reply[scheduler.Recording], error) {
			return answer(a.desk.PutEvergreen(ctx, in.ID, in.Body.Evergreen))
		})
}

// audio streams the on-air file. Its tag is its digest, so a download that is
// taken up again can never join two files.
func (a *api) audio(ctx context.Context, in *recordingInput) (*huma.StreamResponse, error) {
	rec, err := a.desk.Recording(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	file, err := a.desk.OpenAudio(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer file.Close()
		r, w := humago.Unwrap(hc)
		liftDeadlines(w)
		w.Header().Set("Content-Type", "audio/ogg")
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", `"`+string(rec.Digest)+`"`)
		http.ServeContent(w, r, "", rec.Created, file)
	}}, nil
}
