package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"loaphuong/scheduler"
)

// The bundles of the desk in memory.

func (m *memoryDesk) OpenBundle(_ context.Context, id scheduler.StationID, parts BundleParts) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := find(m.states, "station", id, func(s StationState) bool { return s.Station.ID == id }); err != nil {
		return nil, err
	}
	return io.NopCloser(strings.NewReader(fmt.Sprintf("bundle for %s %+v", id, parts))), nil
}

func (m *memoryDesk) TakeReport(_ context.Context, report io.Reader) (ReportTaken, error) {
	raw, err := io.ReadAll(report)
	if err != nil {
		return ReportTaken{}, errors.New("the report ended early")
	}
	id, genuine := strings.CutPrefix(string(raw), "report of ")
	if !genuine {
		return ReportTaken{}, scheduler.Invalid(errors.New("read report: not signed by a station of this centre"))
	}
	return ReportTaken{Station: scheduler.StationID(id), Made: m.now, New: 3, Duplicate: 2, Rejected: 1, State: true}, nil
}
