package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"loaphuong/scheduler"
)

// MaxList is the largest file of a playlist taken in, in bytes.
const MaxList = 4 << 20

// SelectionForm is what is said of a person's playlist besides its name.
type SelectionForm struct {
	Title      string                  `json:"title"`
	Area       scheduler.AreaID        `json:"area,omitempty" doc:"whose stations play it"`
	Station    scheduler.StationID     `json:"station,omitempty" doc:"only this one"`
	Programme  scheduler.ProgrammeID   `json:"programme,omitempty" doc:"whose windows it is for; timing and length make its own"`
	Timing     scheduler.Timing        `json:"timing,omitzero" doc:"of its own windows, or which of the programme's"`
	Length     time.Duration           `json:"length,omitempty" doc:"of its own windows, in nanoseconds"`
	Class      scheduler.Class         `json:"class,omitempty" doc:"in its own windows; ordinary when empty"`
	Recordings []scheduler.RecordingID `json:"recordings" doc:"in the order in which they are played"`
	Alone      bool                    `json:"alone,omitempty" doc:"it has the windows to itself"`
	MakesGood  scheduler.AiringID      `json:"makesGood,omitempty" doc:"the missed airing that it makes good"`
	By         string                  `json:"by"`
}

type selectionInput struct {
	ID scheduler.SelectionID `path:"id"`
}

type addSelectionInput struct {
	Body SelectionForm
}

type putSelectionInput struct {
	ID   scheduler.SelectionID `path:"id"`
	Body SelectionForm
}

type weekCopyInput struct {
	Body WeekCopy
}

// listInput says of a playlist what does not stand in its file. The body is not
// read into memory: the desk reads it as it comes.
type listInput struct {
	Name      string                `query:"name" required:"true" doc:"of the file, which says its format: .m3u, .m3u8, .xspf or .csv"`
	ID        scheduler.SelectionID `query:"id" doc:"the playlist to replace; a new one when empty"`
	Title     string                `query:"title" doc:"the file's own when empty"`
	Area      scheduler.AreaID      `query:"area"`
	Station   scheduler.StationID   `query:"station"`
	Programme scheduler.ProgrammeID `query:"programme"`
	Timing    string                `query:"timing" doc:"when, as in the body of a playlist" example:"{\"cron\":\"30 5 * * *\"}"`
	Length    int64                 `query:"length" minimum:"0" doc:"of its own windows, in nanoseconds"`
	Class     scheduler.Class       `query:"class"`
	Alone     bool                  `query:"alone"`
	By        string                `query:"by" required:"true"`

	r *http.Request
	w http.ResponseWriter
}

// Resolve keeps hold of the body.
func (in *listInput) Resolve(ctx huma.Context) []error {
	in.r, in.w = humago.Unwrap(ctx)
	return nil
}

// selections are the operations on the playlists that people put together.
func (a *api) selections() {
	add(a, op(http.MethodGet, "/v1/selections", "list-selections", "List the playlists that people have put together"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Selection], error) {
			return list(a.desk.Selections(ctx))
		})
	add(a, op(http.MethodPost, "/v1/selections", "add-selection", "Add a playlist"),
		func(ctx context.Context, in *addSelectionInput) (*reply[LoadedSelection], error) {
			return loaded(a.desk.PutSelection(ctx, in.Body.selection("")))
		})
	add(a, op(http.MethodPut, "/v1/selections/{id}", "put-selection", "Change a playlist"),
		func(ctx context.Context, in *putSelectionInput) (*reply[LoadedSelection], error) {
			return loaded(a.desk.PutSelection(ctx, in.Body.selection(in.ID)))
		})
	add(a, op(http.MethodDelete, "/v1/selections/{id}", "delete-selection", "Take a playlist away"),
		func(ctx context.Context, in *selectionInput) (*nothing, error) {
			return nil, a.desk.DeleteSelection(ctx, in.ID)
		})
	o := op(http.MethodPost, "/v1/selections/files", "load-selection", "Load a playlist from a file, sent as the body; where entries are missing nothing is kept")
	o.RequestBody = &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}
	add(a, o, a.loadSelection)
	add(a, op(http.MethodPost, "/v1/week-copies", "copy-week", "Make playlists of what was published for a week"),
		func(ctx context.Context, in *weekCopyInput) (*reply[[]scheduler.Selection], error) {
			return list(a.desk.CopyWeek(ctx, in.Body))
		})
}

// loaded wraps what a desk kept of a playlist; its lists are never null.
func loaded(l LoadedSelection, err error) (*reply[LoadedSelection], error) {
	if l.Missing == nil {
		l.Missing = []MissingEntry{}
	}
	if l.Findings == nil {
		l.Findings = []scheduler.Finding{}
	}
	return answer(l, err)
}

func (a *api) loadSelection(ctx context.Context, in *listInput) (*reply[LoadedSelection], error) {
	s, err := in.selection()
	if err != nil {
		return nil, err
	}
	body := &bounded{from: http.MaxBytesReader(in.w, in.r.Body, MaxList)}
	got, err := a.desk.LoadSelection(ctx, ListFile{Name: in.Name, Body: body, Selection: s})
	if err != nil && body.over {
		err = listTooLarge(in.Name)
	}
	return loaded(got, err)
}

// listTooLarge is the answer to a playlist that is larger than any.
func listTooLarge(name string) error {
	return huma.NewError(http.StatusRequestEntityTooLarge,
		fmt.Sprintf("playlist %q: it is over %s: send the list alone, without the audio", name, inBytes(MaxList)))
}

// selection is what the person says of the playlist.
func (in *listInput) selection() (scheduler.Selection, error) {
	var timing scheduler.Timing
	var err error
	if in.Timing != "" {
		err = scheduler.Invalid(json.Unmarshal([]byte(in.Timing), &timing))
	}
	return scheduler.Selection{
		ID: in.ID, Title: in.Title, Area: in.Area, Station: in.Station, Programme: in.Programme,
		Timing: timing, Length: time.Duration(in.Length), Class: in.Class, Alone: in.Alone, By: in.By,
	}, err
}

// selectionForm is the playlist without its name.
func selectionForm(s scheduler.Selection) SelectionForm {
	return SelectionForm{
		Title: s.Title, Area: s.Area, Station: s.Station, Programme: s.Programme, Timing: s.Timing, Length: s.Length,
		Class: s.Class, Recordings: s.Recordings, Alone: s.Alone, MakesGood: s.MakesGood, By: s.By,
	}
}

// selection is the playlist of that name, or a new one.
func (f SelectionForm) selection(id scheduler.SelectionID) scheduler.Selection {
	return scheduler.Selection{
		ID: id, Title: f.Title, Area: f.Area, Station: f.Station, Programme: f.Programme, Timing: f.Timing, Length: f.Length,
		Class: f.Class, Recordings: f.Recordings, Alone: f.Alone, MakesGood: f.MakesGood, By: f.By,
	}
}
