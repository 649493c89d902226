package store

import (
	"context"
	"encoding/json"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// HeldSchedules finds what was last published for every station that has
// anything. Stations that play the same playlist share its entries, which must
// not be changed: thousands of stations play few playlists, and each is read
// and kept in memory once.
func (s *Store) HeldSchedules(ctx context.Context) (map[scheduler.StationID]devices.Schedule, error) {
	held := map[scheduler.StationID]devices.Schedule{}
	known := playlists{}
	_, err := listing(ctx, s, "list latest schedules", func(row scanner) (none struct{}, err error) {
		d, err := known.schedule(row)
		held[d.Station] = d
		return none, err
	}, `SELECT body FROM stations JOIN schedules ON station = stations.id
		AND revision = (SELECT MAX(revision) FROM schedules WHERE station = stations.id)`)
	return held, err
}

// playlists are those read so far, by their JSON.
type playlists map[string]scheduler.Playlist

// schedule reads a row of one column that holds a schedule.
func (known playlists) schedule(row scanner) (devices.Schedule, error) {
	b, err := value[string](row)
	if err != nil {
		return devices.Schedule{}, err
	}
	var d struct {
		devices.Schedule
		Playlists []json.RawMessage `json:"playlists"` // in the place of the schedule's own
	}
	if err := json.Unmarshal([]byte(b), &d); err != nil {
		return devices.Schedule{}, err
	}
	for _, raw := range d.Playlists {
		p, err := known.playlist(raw)
		if err != nil {
			return devices.Schedule{}, err
		}
		d.Schedule.Playlists = append(d.Schedule.Playlists, p)
	}
	return d.Schedule, nil
}

func (known playlists) playlist(raw json.RawMessage) (p scheduler.Playlist, err error) {
	p, ok := known[string(raw)]
	if !ok {
		err = json.Unmarshal(raw, &p)
		known[string(raw)] = p
	}
	return p, err
}
