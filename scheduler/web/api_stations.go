package web

import (
	"context"
	"net/http"

	"loaphuong/scheduler"
)

// AreaForm is what is said of an area besides its name in the path.
type AreaForm struct {
	Name   string           `json:"name"`
	Parent scheduler.AreaID `json:"parent,omitempty" doc:"none for a root"`
}

// StationForm is what is said of a station besides its name in the path.
type StationForm struct {
	Name      string                 `json:"name,omitempty"`
	Area      scheduler.AreaID       `json:"area"`
	Zone      string                 `json:"zone,omitempty" doc:"IANA name; the centre's own when empty"`
	Phone     string                 `json:"phone,omitempty"`
	Volume    int                    `json:"volume" minimum:"0" maximum:"100" doc:"per cent"`
	Quiet     []scheduler.QuietHours `json:"quiet,omitempty" doc:"minutes after midnight"`
	Languages []string               `json:"languages,omitempty" doc:"BCP 47, the most wanted first; any when empty"`
	Retired   bool                   `json:"retired,omitempty" doc:"it is sent nothing more to air"`
}

type areaInput struct {
	ID   scheduler.AreaID `path:"id"`
	Body AreaForm
}

type stopInput struct{ Body StopForm }

type stationInput struct {
	ID scheduler.StationID `path:"id"`
}

type putStationInput struct {
	ID   scheduler.StationID `path:"id"`
	Body StationForm
}

func (a *api) stations() {
	add(a, op(http.MethodPut, "/v1/areas/{id}", "put-area", "Add or change an area"),
		func(ctx context.Context, in *areaInput) (*nothing, error) {
			return nil, a.desk.PutArea(ctx, scheduler.Area{ID: in.ID, Name: in.Body.Name, Parent: in.Body.Parent})
		})
	add(a, op(http.MethodGet, "/v1/areas", "list-areas", "List the areas"),
		func(ctx context.Context, _ *nothing) (*reply[[]scheduler.Area], error) {
			return list(a.desk.Areas(ctx))
		})
	add(a, op(http.MethodPut, "/v1/stations/{id}", "put-station", "Add or change a station"), a.putStation)
	add(a, op(http.MethodGet, "/v1/stations", "list-stations", "List the stations and what each last said of itself"),
		func(ctx context.Context, _ *nothing) (*reply[[]StationState], error) {
			return list(a.desk.StationStates(ctx))
		})
	add(a, op(http.MethodPost, "/v1/stations/{id}/code", "make-code", "Make a one-time code by which a PC becomes the station"),
		func(ctx context.Context, in *stationInput) (*reply[JoinCode], error) {
			return answer(a.desk.StationCode(ctx, in.ID))
		})
	add(a, op(http.MethodPost, "/v1/stops", "stop", "End what is on air at stations, in an area or everywhere"),
		func(ctx context.Context, in *stopInput) (*reply[Stopped], error) {
			return answer(a.desk.Stop(ctx, in.Body))
		})
}

func (a *api) putStation(ctx context.Context, in *putStationInput) (*reply[scheduler.Station], error) {
	return answer(a.desk.AddStation(ctx, scheduler.Station{
		ID:        in.ID,
		Name:      in.Body.Name,
		Area:      in.Body.Area,
		Zone:      in.Body.Zone,
		Phone:     in.Body.Phone,
		Volume:    in.Body.Volume,
		Quiet:     in.Body.Quiet,
		Languages: in.Body.Languages,
		Retired:   in.Body.Retired,
	}))
}
