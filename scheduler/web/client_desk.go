package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"loaphuong/scheduler"
)

// AddRecording sends an audio file as it is read. The body is held back until
// the centre has said that it will take it, so a wrong token costs no upload.
func (c *Client) AddRecording(ctx context.Context, n NewRecording, name string, audio io.Reader) (scheduler.Recording, error) {
	r := call(http.MethodPost, "/v1/recordings")
	r.kind, r.body = "application/octet-stream", audio
	r.header = http.Header{"Expect": {"100-continue"}}
	r.query = url.Values{"title": {n.Title}, "name": {name}, "topic": {strconv.Itoa(n.Topic)}}
	r.query.Set("directive", string(n.Directive))
	r.query.Set("language", n.Language)
	return do[scheduler.Recording](ctx, c, r)
}

// Speak has the speech engine say the script.
func (c *Client) Speak(ctx context.Context, n NewRecording) (scheduler.Recording, error) {
	return do[scheduler.Recording](ctx, c, call(http.MethodPost, "/v1/recordings/speech").with(n))
}

// Recordings lists the recordings of a letter, or all.
func (c *Client) Recordings(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Recording, error) {
	r := get("/v1/recordings")
	r.query = url.Values{"directive": {string(id)}}
	return do[[]scheduler.Recording](ctx, c, r)
}

// Recording is one recording.
func (c *Client) Recording(ctx context.Context, id scheduler.RecordingID) (scheduler.Recording, error) {
	return do[scheduler.Recording](ctx, c, get("/v1/recordings/{}", string(id)))
}

// Approve approves the audio that the person heard.
func (c *Client) Approve(ctx context.Context, id scheduler.RecordingID, by string, digest scheduler.Digest) (scheduler.Recording, error) {
	r := call(http.MethodPost, "/v1/recordings/{}/approval", string(id))
	return do[scheduler.Recording](ctx, c, r.with(ApprovalForm{by, digest}))
}

// PutEvergreen says whether a recording stands in for missing audio.
func (c *Client) PutEvergreen(ctx context.Context, id scheduler.RecordingID, evergreen bool) (scheduler.Recording, error) {
	r := call(http.MethodPut, "/v1/recordings/{}/evergreen", string(id))
	return do[scheduler.Recording](ctx, c, r.with(EvergreenForm{evergreen}))
}

// PutArea adds or changes an area.
func (c *Client) PutArea(ctx context.Context, a scheduler.Area) error {
	_, err := do[nothing](ctx, c, call(http.MethodPut, "/v1/areas/{}", string(a.ID)).with(AreaForm{a.Name, a.Parent}))
	return err
}

// Areas lists the areas.
func (c *Client) Areas(ctx context.Context) ([]scheduler.Area, error) {
	return do[[]scheduler.Area](ctx, c, get("/v1/areas"))
}

// AddStation adds or changes a station.
func (c *Client) AddStation(ctx context.Context, s scheduler.Station) (scheduler.Station, error) {
	r := call(http.MethodPut, "/v1/stations/{}", string(s.ID))
	return do[scheduler.Station](ctx, c, r.with(StationForm{
		Name:      s.Name,
		Area:      s.Area,
		Zone:      s.Zone,
		Phone:     s.Phone,
		Volume:    s.Volume,
		Quiet:     s.Quiet,
		Languages: s.Languages,
		Retired:   s.Retired,
	}))
}

// Stop ends what is on air at stations, and says which could be told.
func (c *Client) Stop(ctx context.Context, f StopForm) (Stopped, error) {
	return do[Stopped](ctx, c, call(http.MethodPost, "/v1/stops").with(f))
}

// StationCode makes a one-time code by which a PC becomes the station.
func (c *Client) StationCode(ctx context.Context, id scheduler.StationID) (JoinCode, error) {
	return do[JoinCode](ctx, c, call(http.MethodPost, "/v1/stations/{}/code", string(id)))
}

// StationStates lists the stations and what each last said of itself.
func (c *Client) StationStates(ctx context.Context) ([]StationState, error) {
	return do[[]StationState](ctx, c, get("/v1/stations"))
}

// PutProgramme adds or changes a programme.
func (c *Client) PutProgramme(ctx context.Context, p scheduler.Programme) error {
	r := call(http.MethodPut, "/v1/programmes/{}", string(p.ID))
	_, err := do[nothing](ctx, c, r.with(ProgrammeForm{
		Name:     p.Name,
		Area:     p.Area,
		Timing:   p.Timing,
		Length:   p.Length,
		Class:    p.Class,
		Grace:    p.Grace,
		Start:    p.Start,
		Wait:     p.Wait,
		Order:    p.Order,
		Language: p.Language,
		Holidays: p.Holidays,
	}))
	return err
}

// Programmes lists the programmes.
func (c *Client) Programmes(ctx context.Context) ([]scheduler.Programme, error) {
	return do[[]scheduler.Programme](ctx, c, get("/v1/programmes"))
}

// DeleteProgramme takes a programme away.
func (c *Client) DeleteProgramme(ctx context.Context, id scheduler.ProgrammeID) error {
	_, err := do[nothing](ctx, c, call(http.MethodDelete, "/v1/programmes/{}", string(id)))
	return err
}

// Publish plans every station and sends the schedules that have changed.
func (c *Client) Publish(ctx context.Context, by string) (scheduler.Publication, error) {
	return do[scheduler.Publication](ctx, c, call(http.MethodPost, "/v1/publications").with(PublishForm{by}))
}

// Draft is what publishing would do now.
func (c *Client) Draft(ctx context.Context) (scheduler.Publication, error) {
	return do[scheduler.Publication](ctx, c, get("/v1/publications/draft"))
}

// Playlists lists the playlists last published to a station.
func (c *Client) Playlists(ctx context.Context, id scheduler.StationID) ([]scheduler.Playlist, error) {
	return do[[]scheduler.Playlist](ctx, c, get("/v1/stations/{}/playlists", string(id)))
}

// Airtime is the ledger summed up.
func (c *Client) Airtime(ctx context.Context, q scheduler.AirtimeQuery) (scheduler.AirtimeReport, error) {
	r := get("/v1/airtime")
	r.query = queryOf(q)
	return do[scheduler.AirtimeReport](ctx, c, r)
}

// Airings lists airings and where each stands.
func (c *Client) Airings(ctx context.Context, q scheduler.AirtimeQuery) ([]scheduler.JudgedAiring, error) {
	r := get("/v1/airings")
	r.query = queryOf(q)
	return do[[]scheduler.JudgedAiring](ctx, c, r)
}

// VerifyLogs looks at every line held once more, of a station or of all.
func (c *Client) VerifyLogs(ctx context.Context, station scheduler.StationID) ([]scheduler.LogVerdict, error) {
	r := get("/v1/logs")
	r.query = url.Values{"station": {string(station)}}
	return do[[]scheduler.LogVerdict](ctx, c, r)
}

func queryOf(q scheduler.AirtimeQuery) url.Values {
	v := url.Values{"area": {string(q.Area)}, "directive": {string(q.Directive)}, "station": {string(q.Station)}}
	for name, t := range map[string]time.Time{"from": q.From, "until": q.Until} {
		if !t.IsZero() {
			v.Set(name, t.Format(time.RFC3339Nano))
		}
	}
	return v
}
