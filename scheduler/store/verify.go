package store

import (
	"context"
	"encoding/json"
	"fmt"

	"loaphuong/scheduler"
)

// VerifyLogs looks at every line held of a station's logs once more, or of all
// stations', and says of each log what is wrong with it.
func (s *Store) VerifyLogs(ctx context.Context, station scheduler.StationID) ([]scheduler.LogVerdict, error) {
	logs, err := s.Logs(ctx)
	if err != nil {
		return nil, err
	}
	all := []scheduler.LogVerdict{}
	for _, l := range logs {
		if station != "" && l.Station != station {
			continue
		}
		v := scheduler.LogVerdict{Station: l.Station, Log: l.Log, Lost: l.Lost}
		if err := s.verify(ctx, &v, l.Highest); err != nil {
			return nil, fmt.Errorf("verify log %s of %s: %w", l.Log, l.Station, err)
		}
		all = append(all, v)
	}
	return all, nil
}

func (s *Store) verify(ctx context.Context, v *scheduler.LogVerdict, highest uint64) error {
	apart, err := list(ctx, s.reader, value[int], `SELECT COUNT(*) FROM quarantine WHERE station = $1 AND log = $2`, v.Station, v.Log)
	if err != nil {
		return err
	}
	v.Apart = apart[0]
	rows, err := s.reader.QueryContext(ctx,
		`SELECT number, hash, COALESCE(airing, ''), body FROM asrun WHERE station = $1 AND log = $2 ORDER BY number`, v.Station, v.Log)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var h scheduler.HeldLine
		var body string
		if err := rows.Scan(&h.Number, &h.Hash, &h.Airing, &body); err != nil {
			return err
		}
		_ = json.Unmarshal([]byte(body), &h.Line) // what cannot be read has been altered, and is found to be
		v.Take(h)
	}
	v.Until(highest)
	return rows.Err()
}
