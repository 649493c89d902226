package centre

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"loaphuong/devices"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
	"loaphuong/scheduler/letter/paper"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/studio"
	"loaphuong/scheduler/web"
)

// Desk is what staff and supervisors do, on the parts of the centre. It is the
// [web.Audited] desk of the pages and the command line.
type Desk struct {
	*store.Store
	Papers    *paper.Reader
	Readings  *semaphore.Weighted // letters read at one time; as many as there are when nil
	Studio    *studio.Studio
	Publisher *Publisher
	Intake    *Intake // of reports that are carried here
	Ledger    *ledger.Ledger
	Authority *enrol.Authority
	News      *News
	EnrolURL  string // what a station is told to enrol at
	Zone      string // of stations that name none

	roll roll
}

// wantArea refuses an area that is not there, and says how to add it.
func (d *Desk) wantArea(ctx context.Context, id scheduler.AreaID) error {
	areas, err := d.Store.Areas(ctx)
	if err != nil || slices.ContainsFunc(areas, func(a scheduler.Area) bool { return a.ID == id }) {
		return err
	}
	return fmt.Errorf("area %q: %w: add it first, loaphuong area add ID --name NAME", id, scheduler.ErrNotFound)
}

// PutArea adds or changes an area.
func (d *Desk) PutArea(ctx context.Context, a scheduler.Area) error {
	if _, err := scheduler.ParseAreaID(string(a.ID)); err != nil {
		return scheduler.Invalid(err)
	}
	defer d.News.Tell()
	return d.Store.PutArea(ctx, a)
}

// AddStation adds or changes a station.
func (d *Desk) AddStation(ctx context.Context, s scheduler.Station) (scheduler.Station, error) {
	if _, err := scheduler.ParseStationID(string(s.ID)); err != nil {
		return s, scheduler.Invalid(err)
	}
	if s.Zone == "" {
		s.Zone = d.Zone
	}
	if s.Name == "" {
		s.Name = string(s.ID)
	}
	if err := checkStation(s); err != nil {
		return s, scheduler.Invalid(err)
	}
	if err := d.wantArea(ctx, s.Area); err != nil {
		return s, err
	}
	defer d.News.Tell()
	if err := d.Store.PutStation(ctx, s); err != nil {
		return s, err
	}
	return s, d.callRoll(ctx)
}

// checkStation refuses a station that could not be enrolled or sent a schedule.
func checkStation(s scheduler.Station) error {
	if s.ID == devices.CentreName {
		return fmt.Errorf("station %s: that is the centre's own name on the wire: choose another", s.ID)
	}
	if s.Zone == "Local" { // which is another zone at the station
		return fmt.Errorf("station %s: zone Local: use an IANA name such as %s", s.ID, scheduler.DefaultZone)
	}
	if s.Volume < 0 || s.Volume > 100 {
		return fmt.Errorf("station %s: volume %d: use 0 to 100", s.ID, s.Volume)
	}
	if err := scheduler.CheckQuiet(s.Quiet); err != nil {
		return fmt.Errorf("station %s: %w", s.ID, err)
	}
	_, err := s.Location()
	return err
}

// codeLife is how long an enrolment code is good for.
const codeLife = 24 * time.Hour

// StationCode makes a one-time code for a station.
func (d *Desk) StationCode(ctx context.Context, id scheduler.StationID) (web.JoinCode, error) {
	if _, err := d.Store.Station(ctx, id); err != nil {
		return web.JoinCode{}, err
	}
	code, expires := d.Authority.NewCode(), time.Now().Add(codeLife).UTC()
	if err := d.Store.PutCode(ctx, code.Hash(), id, expires); err != nil {
		return web.JoinCode{}, err
	}
	return web.JoinCode{Station: id, URL: d.EnrolURL, Code: code.String(), Expires: expires}, nil
}

// StationStates lists every station with what it last said.
func (d *Desk) StationStates(ctx context.Context) ([]web.StationState, error) {
	stations, err := d.Store.Stations(ctx)
	if err != nil {
		return nil, err
	}
	states, err := d.Store.States(ctx)
	if err != nil {
		return nil, err
	}
	heard, err := d.Store.Heard(ctx)
	if err != nil {
		return nil, err
	}
	published, err := d.Store.LatestRevisions(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]web.StationState, 0, len(stations))
	for _, s := range stations {
		at := web.StationState{Station: s, Heard: heard[s.ID], Published: published[s.ID]}
		for i := range states {
			if states[i].Station == s.ID {
				at.State = &states[i]
			}
		}
		list = append(list, at)
	}
	return list, nil
}

// PutProgramme adds or changes a programme.
func (d *Desk) PutProgramme(ctx context.Context, p scheduler.Programme) error {
	if p.Class == "" {
		p.Class = scheduler.Ordinary
	}
	if p.Grace == 0 {
		p.Grace = scheduler.DefaultGrace
	}
	if p.Name == "" {
		p.Name = string(p.ID)
	}
	if err := p.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	if err := d.wantArea(ctx, p.Area); err != nil {
		return err
	}
	defer d.News.Tell()
	return d.Store.PutProgramme(ctx, p)
}

// DeleteProgramme removes a programme. What was published from it stays until
// the next publication.
func (d *Desk) DeleteProgramme(ctx context.Context, id scheduler.ProgrammeID) error {
	defer d.News.Tell()
	return d.Store.DeleteProgramme(ctx, id)
}

// Publish plans every station and sends the schedules that have changed.
func (d *Desk) Publish(ctx context.Context, by string) (scheduler.Publication, error) {
	if by == "" {
		return scheduler.Publication{}, scheduler.Invalid(errors.New("publish: name the person who publishes"))
	}
	defer d.News.Tell()
	return d.Publisher.Publish(ctx, by, time.Now)
}

// Playlists are those of the schedule last published to a station.
func (d *Desk) Playlists(ctx context.Context, id scheduler.StationID) ([]scheduler.Playlist, error) {
	held, err := d.Store.LatestSchedule(ctx, id)
	return held.Schedule.Playlists, err
}

// Airtime is the ledger summed up.
func (d *Desk) Airtime(ctx context.Context, q scheduler.AirtimeQuery) (scheduler.AirtimeReport, error) {
	return d.Ledger.Airtime(ctx, q, time.Now())
}

// Airings lists airings with where they stand.
func (d *Desk) Airings(ctx context.Context, q scheduler.AirtimeQuery) ([]scheduler.JudgedAiring, error) {
	return d.Ledger.Airings(ctx, q, time.Now())
}

// VerifyLogs looks at every line held once more.
func (d *Desk) VerifyLogs(ctx context.Context, station scheduler.StationID) ([]scheduler.LogVerdict, error) {
	return d.Store.VerifyLogs(ctx, station)
}

// Changes tells of changes until ctx ends.
func (d *Desk) Changes(ctx context.Context) <-chan struct{} { return d.News.Follow(ctx) }
