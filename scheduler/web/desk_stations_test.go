package web

import (
	"context"
	"errors"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// The stations, the programmes and the ledger of the desk in memory.

func (m *memoryDesk) PutArea(_ context.Context, a scheduler.Area) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	areas := put(slices.Clone(m.areas), a, func(o scheduler.Area) bool { return o.ID == a.ID })
	if _, err := scheduler.NewTree(areas); err != nil {
		return scheduler.Invalid(err)
	}
	m.areas = areas
	return nil
}

func (m *memoryDesk) Areas(context.Context) ([]scheduler.Area, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.areas), m.fault
}

func (m *memoryDesk) AddStation(_ context.Context, s scheduler.Station) (scheduler.Station, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := scheduler.ParseStationID(string(s.ID)); err != nil {
		return s, scheduler.Invalid(err)
	}
	s.Zone = scheduler.DefaultZone
	m.states = put(m.states, StationState{Station: s}, func(o StationState) bool { return o.Station.ID == s.ID })
	return s, nil
}

func (m *memoryDesk) Stop(_ context.Context, f StopForm) (Stopped, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	done := Stopped{ID: "stop-1", Told: []scheduler.StationID{}, Untold: []scheduler.StationID{}}
	for _, s := range m.states {
		if f.Everywhere || f.Area == s.Station.Area || slices.Contains(f.Stations, s.Station.ID) {
			done.Told = append(done.Told, s.Station.ID)
		}
	}
	return done, nil
}

func (m *memoryDesk) StationCode(_ context.Context, id scheduler.StationID) (JoinCode, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, err := find(m.states, "station", id, func(s StationState) bool { return s.Station.ID == id })
	return JoinCode{s.Station.ID, "https://localhost:8443", "abcd-efgh", m.now.Add(time.Hour)}, err
}

func (m *memoryDesk) StationStates(context.Context) ([]StationState, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.states), m.fault
}

func (m *memoryDesk) PutProgramme(_ context.Context, p scheduler.Programme) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	p.Class = scheduler.Ordinary
	if err := p.Check(); err != nil {
		return scheduler.Invalid(err)
	}
	m.programmes = put(m.programmes, p, func(o scheduler.Programme) bool { return o.ID == p.ID })
	return nil
}

func (m *memoryDesk) Programmes(context.Context) ([]scheduler.Programme, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.programmes), nil
}

func (m *memoryDesk) DeleteProgramme(_ context.Context, id scheduler.ProgrammeID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err := find(m.programmes, "programme", id, func(p scheduler.Programme) bool { return p.ID == id })
	m.programmes = slices.DeleteFunc(m.programmes, func(p scheduler.Programme) bool { return p.ID == id })
	return err
}

func (m *memoryDesk) Publish(_ context.Context, by string) (scheduler.Publication, error) {
	if by == "" {
		return scheduler.Publication{}, scheduler.Invalid(errors.New("publish: name the person who publishes"))
	}
	m.tell()
	m.mu.Lock()
	m.planning.publisher = by
	m.mu.Unlock()
	return scheduler.Publication{
		Promises: []scheduler.Promise{{Station: "cam-giang", Owed: 4, Promised: 3, Shortfall: scheduler.WindowFull}},
		Stations: []scheduler.StationRevision{{Station: "cam-giang", Revision: 6}},
	}, nil
}

func (m *memoryDesk) Playlists(_ context.Context, id scheduler.StationID) ([]scheduler.Playlist, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.playlists[id]
	if !ok {
		return nil, absent("schedule of station", id)
	}
	return p, nil
}

func (m *memoryDesk) VerifyLogs(_ context.Context, station scheduler.StationID) ([]scheduler.LogVerdict, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var chosen []scheduler.LogVerdict
	for _, v := range m.logs {
		if station == "" || v.Station == station {
			chosen = append(chosen, v)
		}
	}
	return chosen, nil
}

func (m *memoryDesk) Airings(_ context.Context, q scheduler.AirtimeQuery) ([]scheduler.JudgedAiring, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := scheduler.AiringFilter{From: q.From, Until: q.Until, Directive: q.Directive}
	if q.Station != "" {
		f.Stations = []scheduler.StationID{q.Station}
	}
	var chosen []scheduler.JudgedAiring
	for _, a := range m.airings {
		if f.Chooses(a.Airing, "") {
			chosen = append(chosen, a)
		}
	}
	return chosen, m.fault
}

func (m *memoryDesk) Changes(ctx context.Context) <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	changes := make(chan struct{}, 1)
	m.followers = append(m.followers, changes)
	context.AfterFunc(ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.followers = slices.DeleteFunc(m.followers, func(c chan struct{}) bool { return c == changes })
		close(changes)
	})
	m.following <- struct{}{}
	return changes
}

func (m *memoryDesk) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.followers {
		offer(f)
	}
}
