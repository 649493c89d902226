package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"loaphuong/scheduler"
)

// auditColumns are those of the audit log, in the order of [readAudit].
const auditColumns = "number, at, by, origin, action, object, area, status, detail, left_out, previous, hash"

// Audit adds a line to the audit log. Its number and digests are given to it
// here, where one writer at a time sees the line before.
func (s *Store) Audit(ctx context.Context, e scheduler.AuditEntry) error {
	return s.write(ctx, "write the audit log", func(tx *sql.Tx) error {
		last, err := list(ctx, tx, readAuditHead, `SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1`)
		if err != nil {
			return err
		}
		var head scheduler.AuditHead
		if len(last) > 0 {
			head = last[0]
		}
		e = e.After(head)
		return insert(ctx, tx, "audit", auditColumns, "", [][]any{{
			int64(e.Number), millis(e.At), e.By, e.From, e.Action, e.Object, e.Area, e.Status, e.Detail, e.LeftOut, e.Previous, e.Hash,
		}})
	})
}

// AuditReady reports whether a line could be written now: that the database is
// there and gives out its one right to write. It does not touch the disk, so a
// disk that is full only shows when the line itself is written.
func (s *Store) AuditReady(ctx context.Context) error {
	return s.write(ctx, "look whether the audit log can be written", func(tx *sql.Tx) error {
		_, err := list(ctx, tx, readAuditHead, `SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1`)
		return err
	})
}

// AuditEntries lists the lines that a filter chooses, the newest first.
func (s *Store) AuditEntries(ctx context.Context, f scheduler.AuditFilter) ([]scheduler.AuditEntry, error) {
	w := &where{}
	if !f.From.IsZero() {
		w.is("at >=", millisUp(f.From))
	}
	if !f.Until.IsZero() {
		w.is("at <", millisUp(f.Until))
	}
	if f.By != "" {
		w.is("by =", f.By)
	}
	if f.Object != "" {
		w.is("object =", f.Object)
	}
	if f.Area != "" {
		w.is("area =", f.Area)
	}
	query := `SELECT ` + auditColumns + ` FROM audit` + w.String() + ` ORDER BY number DESC`
	if f.Limit > 0 {
		query += fmt.Sprintf(` LIMIT %d`, f.Limit)
	}
	return listing(ctx, s, "list the audit log", readAudit, query, w.args...)
}

// VerifyAudit looks at every line of the audit log once more, and for heads that
// were noted formerly.
func (s *Store) VerifyAudit(ctx context.Context, noted ...scheduler.AuditHead) (scheduler.AuditVerdict, error) {
	v, err := scheduler.VerifyAudit(s.auditLines(ctx), noted...)
	if err != nil {
		return v, fmt.Errorf("verify the audit log: %w", err)
	}
	return v, nil
}

// auditLines are all lines in their order, one in memory at a time.
func (s *Store) auditLines(ctx context.Context) iter.Seq2[scheduler.AuditEntry, error] {
	return func(yield func(scheduler.AuditEntry, error) bool) {
		rows, err := s.reader.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY number`)
		if err != nil {
			yield(scheduler.AuditEntry{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if e, err := readAudit(rows); !yield(e, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(scheduler.AuditEntry{}, err)
		}
	}
}

func readAudit(row scanner) (e scheduler.AuditEntry, err error) {
	var at int64
	err = row.Scan(&e.Number, &at, &e.By, &e.From, &e.Action, &e.Object, &e.Area, &e.Status, &e.Detail, &e.LeftOut, &e.Previous, &e.Hash)
	e.At = instant(at)
	return e, err
}

func readAuditHead(row scanner) (h scheduler.AuditHead, err error) {
	err = row.Scan(&h.Number, &h.Hash)
	return h, err
}
