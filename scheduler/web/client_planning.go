package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"loaphuong/scheduler"
)

// Rules lists the rules about airtime.
func (c *Client) Rules(ctx context.Context) ([]scheduler.Rule, error) {
	return do[[]scheduler.Rule](ctx, c, get("/v1/rules"))
}

// PutRule adds or changes a rule.
func (c *Client) PutRule(ctx context.Context, r scheduler.Rule) error {
	_, err := do[nothing](ctx, c, call(http.MethodPut, "/v1/rules/{}", string(r.ID)).with(ruleForm(r)))
	return err
}

// DeleteRule takes a rule away.
func (c *Client) DeleteRule(ctx context.Context, id scheduler.RuleID) error {
	_, err := do[nothing](ctx, c, call(http.MethodDelete, "/v1/rules/{}", string(id)))
	return err
}

// Holidays lists the holidays.
func (c *Client) Holidays(ctx context.Context) (scheduler.Calendar, error) {
	return do[scheduler.Calendar](ctx, c, get("/v1/holidays"))
}

// PutHoliday adds or changes a holiday.
func (c *Client) PutHoliday(ctx context.Context, h scheduler.Holiday) error {
	_, err := do[nothing](ctx, c, call(http.MethodPut, "/v1/holidays/{}", string(h.ID)).with(holidayForm(h)))
	return err
}

// DeleteHoliday takes a holiday away.
func (c *Client) DeleteHoliday(ctx context.Context, id scheduler.HolidayID) error {
	_, err := do[nothing](ctx, c, call(http.MethodDelete, "/v1/holidays/{}", string(id)))
	return err
}

// Selections lists the playlists that people have put together.
func (c *Client) Selections(ctx context.Context) ([]scheduler.Selection, error) {
	return do[[]scheduler.Selection](ctx, c, get("/v1/selections"))
}

// PutSelection changes a playlist, or adds one that has no name yet.
func (c *Client) PutSelection(ctx context.Context, s scheduler.Selection) (LoadedSelection, error) {
	r := call(http.MethodPut, "/v1/selections/{}", string(s.ID))
	if s.ID == "" {
		r = call(http.MethodPost, "/v1/selections")
	}
	return do[LoadedSelection](ctx, c, r.with(selectionForm(s)))
}

// DeleteSelection takes a playlist away.
func (c *Client) DeleteSelection(ctx context.Context, id scheduler.SelectionID) error {
	_, err := do[nothing](ctx, c, call(http.MethodDelete, "/v1/selections/{}", string(id)))
	return err
}

// LoadSelection sends a playlist in a file.
func (c *Client) LoadSelection(ctx context.Context, f ListFile) (LoadedSelection, error) {
	s := f.Selection
	r := call(http.MethodPost, "/v1/selections/files")
	r.kind, r.body = "application/octet-stream", f.Body
	timing, err := json.Marshal(s.Timing)
	if err != nil {
		return LoadedSelection{}, fmt.Errorf("load playlist %s: its timing: %w", f.Name, err)
	}
	r.query = url.Values{"timing": {string(timing)}}
	for name, value := range map[string]string{
		"name": f.Name, "id": string(s.ID), "title": s.Title, "area": string(s.Area), "station": string(s.Station),
		"programme": string(s.Programme), "class": string(s.Class), "by": s.By,
	} {
		r.query.Set(name, value)
	}
	r.query.Set("length", strconv.FormatInt(int64(s.Length), 10))
	r.query.Set("alone", strconv.FormatBool(s.Alone))
	return do[LoadedSelection](ctx, c, r)
}

// CopyWeek makes playlists of what was published for a week.
func (c *Client) CopyWeek(ctx context.Context, w WeekCopy) ([]scheduler.Selection, error) {
	return do[[]scheduler.Selection](ctx, c, call(http.MethodPost, "/v1/week-copies").with(w))
}

// Lint is what a person should know before publishing.
func (c *Client) Lint(ctx context.Context) ([]scheduler.Finding, error) {
	return do[[]scheduler.Finding](ctx, c, get("/v1/findings"))
}

// Explain says what a station should play at an instant, why, and what happened.
func (c *Client) Explain(ctx context.Context, station scheduler.StationID, at time.Time) (scheduler.Explanation, error) {
	r := get("/v1/stations/{}/explanation", string(station))
	r.query = url.Values{"at": {at.Format(time.RFC3339Nano)}}
	return do[scheduler.Explanation](ctx, c, r)
}

// MakeGoods lists the airings that can still be made good, or are being so.
func (c *Client) MakeGoods(ctx context.Context) ([]scheduler.MakeGood, error) {
	return do[[]scheduler.MakeGood](ctx, c, get("/v1/make-goods"))
}

// MakeGood takes the proposal for an airing up, and publishes it.
func (c *Client) MakeGood(ctx context.Context, missed scheduler.AiringID, by string) (scheduler.Selection, error) {
	return do[scheduler.Selection](ctx, c, call(http.MethodPost, "/v1/make-goods/{}", string(missed)).with(PersonForm{by}))
}

// Recalls lists the recalls, with the stations that have not yet followed.
func (c *Client) Recalls(ctx context.Context) ([]scheduler.RecallStatus, error) {
	return do[[]scheduler.RecallStatus](ctx, c, get("/v1/recalls"))
}

// Recall takes a recording or letter off the air at every station.
func (c *Client) Recall(ctx context.Context, r scheduler.Recall) (scheduler.RecallStatus, error) {
	form := RecallForm{Recording: r.Recording, Directive: r.Directive, Topic: r.Topic, Why: r.Why, By: r.By}
	return do[scheduler.RecallStatus](ctx, c, call(http.MethodPost, "/v1/recalls").with(form))
}

// LiftRecall lets what was recalled be planned again.
func (c *Client) LiftRecall(ctx context.Context, id scheduler.RecallID, by string) error {
	_, err := do[nothing](ctx, c, call(http.MethodPost, "/v1/recalls/{}/lifting", string(id)).with(PersonForm{by}))
	return err
}
