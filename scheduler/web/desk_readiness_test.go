package web

import (
	"context"
	"slices"
	"time"

	"loaphuong/scheduler"
)

func (m *memoryDesk) Readiness(_ context.Context, within time.Duration) ([]scheduler.Readiness, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.ready), func(r scheduler.Readiness) bool { return r.Start.After(m.now.Add(within)) }), m.fault
}
