package web

import (
	"context"
	"slices"

	"loaphuong/scheduler"
)

// memoryAudit is an audit log in memory, whole by its own doing.
type memoryAudit struct {
	lines []scheduler.AuditEntry
	fault error // what writing it fails with
}

func (m *memoryDesk) Audit(_ context.Context, e scheduler.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.audit.fault != nil {
		return m.audit.fault
	}
	var head scheduler.AuditHead
	if n := len(m.audit.lines); n > 0 {
		head = m.audit.lines[n-1].Head()
	}
	m.audit.lines = append(m.audit.lines, e.After(head))
	return nil
}

func (m *memoryDesk) AuditReady(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.audit.fault
}

func (m *memoryDesk) AuditEntries(_ context.Context, f scheduler.AuditFilter) ([]scheduler.AuditEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []scheduler.AuditEntry
	for _, e := range slices.Backward(m.audit.lines) {
		if f.Takes(e) && (f.Limit == 0 || len(all) < f.Limit) {
			all = append(all, e)
		}
	}
	return all, m.fault
}

func (m *memoryDesk) VerifyAudit(_ context.Context, noted ...scheduler.AuditHead) (scheduler.AuditVerdict, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return scheduler.VerifyAudit(func(yield func(scheduler.AuditEntry, error) bool) {
		for _, e := range m.audit.lines {
			if !yield(e, nil) {
				return
			}
		}
	}, noted...)
}
