package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"loaphuong/scheduler"
)

const selectStations = `SELECT id, name, COALESCE(area, ''), zone, phone, volume, quiet, languages, retired FROM stations`

// PutStation adds a station or changes it. Its area, where it has one, must be
// there: otherwise the error is [scheduler.ErrNotFound].
func (s *Store) PutStation(ctx context.Context, st scheduler.Station) error {
	if _, err := scheduler.ParseStationID(string(st.ID)); err != nil {
		return scheduler.Invalid(fmt.Errorf("put station: %w", err))
	}
	return s.exec(ctx, fmt.Sprintf("put station %s of area %q", st.ID, st.Area),
		`INSERT INTO stations (id, name, area, zone, phone, volume, quiet, languages, retired) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, area = excluded.area, zone = excluded.zone,
			phone = excluded.phone, volume = excluded.volume, quiet = excluded.quiet,
			languages = excluded.languages, retired = excluded.retired`,
		st.ID, st.Name, orNull(st.Area), st.Zone, st.Phone, st.Volume, toBody(st.Quiet), toBody(st.Languages), st.Retired)
}

// Station finds one station.
func (s *Store) Station(ctx context.Context, id scheduler.StationID) (scheduler.Station, error) {
	return one(ctx, s.reader, fmt.Sprintf("station %s", id), readStation, selectStations+` WHERE id = $1`, id)
}

// Stations lists the stations of the named areas by ID, of all areas where none
// is named. The areas below must be named too.
func (s *Store) Stations(ctx context.Context, areas ...scheduler.AreaID) ([]scheduler.Station, error) {
	var w where
	if len(areas) > 0 {
		among(&w, "area", areas)
	}
	return listing(ctx, s, "list stations", readStation, selectStations+w.String()+` ORDER BY id`, w.args...)
}

func readStation(row scanner) (st scheduler.Station, err error) {
	var quiet, languages string
	if err = row.Scan(&st.ID, &st.Name, &st.Area, &st.Zone, &st.Phone, &st.Volume, &quiet, &languages, &st.Retired); err != nil {
		return st, err
	}
	return st, errors.Join(json.Unmarshal([]byte(quiet), &st.Quiet), json.Unmarshal([]byte(languages), &st.Languages))
}
