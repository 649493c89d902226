package web

import (
	"context"
	"net/http"
	"time"

	"loaphuong/scheduler"
)

// ProgrammeForm is what is said of a programme besides its name in the path.
type ProgrammeForm struct {
	Name     string               `json:"name,omitempty"`
	Area     scheduler.AreaID     `json:"area"`
	Timing   scheduler.Timing     `json:"timing"`
	Length   time.Duration        `json:"length" doc:"of the window, in nanoseconds"`
	Class    scheduler.Class      `json:"class,omitempty" doc:"ordinary when empty, priority or emergency"`
	Grace    time.Duration        `json:"grace,omitempty" doc:"how late an item may begin, in nanoseconds"`
	Start    scheduler.StartMode  `json:"start,omitempty" doc:"what its first item does when something of its own class is still on air: waits its turn when empty; hard cuts it; wait cuts it after the time in wait"`
	Wait     time.Duration        `json:"wait,omitempty" doc:"with start wait, in nanoseconds"`
	Order    []scheduler.Piece    `json:"order,omitempty" doc:"the running order, with one place for items; items alone when empty"`
	Language string               `json:"language,omitempty" doc:"BCP 47; it keeps out items in any other"`
	Holidays scheduler.HolidayUse `json:"holidays,omitempty" doc:"only or skip; any day when empty"`
}

// PublishForm says who publishes.
type PublishForm struct {
	By string `json:"by"`
}

type programmeInput struct {
	ID scheduler.ProgrammeID `path:"id"`
}

type putProgrammeInput struct {
	ID   scheduler.ProgrammeID `path:"id"`
	Body ProgrammeForm
}

type publishInput struct {
	Body PublishForm
}

func (a *api) programmes() {
	add(a, op(http.MethodPut, "/v1/programmes/{id}", "put-programme", "Add or change a recurring window"), a.putProgramme)
	add(a, op(http.MethodGet, "/v1/programmes", "list-programmes", "List the programmes"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Programme], error) {
			return list(a.desk.Programmes(ctx))
		})
	add(a, op(http.MethodDelete, "/v1/programmes/{id}", "delete-programme", "Take a programme away"),
		func(ctx context.Context, in *programmeInput) (*nothing, error) {
			return nil, a.desk.DeleteProgramme(ctx, in.ID)
		})
	add(a, op(http.MethodPost, "/v1/publications", "publish", "Plan every station and send the schedules that have changed"),
		func(ctx context.Context, in *publishInput) (*reply[scheduler.Publication], error) {
			return answer(a.desk.Publish(ctx, in.Body.By))
		})
	add(a, op(http.MethodGet, "/v1/publications/draft", "draft", "What publishing would do now; nothing is done"),
		func(ctx context.Context, _ *nothing) (*reply[scheduler.Publication], error) {
			return answer(a.desk.Draft(ctx))
		})
	add(a, op(http.MethodGet, "/v1/stations/{id}/playlists", "list-playlists", "List the playlists last published to a station"),
		func(ctx context.Context, in *stationInput) (*reply[[]scheduler.Playlist], error) {
			return list(a.desk.Playlists(ctx, in.ID))
		})
}

func (a *api) putProgramme(ctx context.Context, in *putProgrammeInput) (*nothing, error) {
	return nil, a.desk.PutProgramme(ctx, scheduler.Programme{
		ID:       in.ID,
		Name:     in.Body.Name,
		Area:     in.Body.Area,
		Timing:   in.Body.Timing,
		Length:   in.Body.Length,
		Class:    in.Body.Class,
		Grace:    in.Body.Grace,
		Start:    in.Body.Start,
		Wait:     in.Body.Wait,
		Order:    in.Body.Order,
		Language: in.Body.Language,
		Holidays: in.Body.Holidays,
	})
}
