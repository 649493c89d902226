package centre

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"loaphuong/scheduler"
)

// auditOwn has the centre do something by itself and writes it down, with its
// outcome. Where it cannot be written down it is not done.
func (d *Desk) auditOwn(ctx context.Context, e scheduler.AuditEntry, do func() error) error {
	if err := d.Store.AuditReady(ctx); err != nil {
		return err
	}
	err := do()
	e.At, e.By, e.From, e.Status = time.Now(), scheduler.ByCentre, "centre", http.StatusOK
	if err != nil {
		e.Status, e.Detail = http.StatusInternalServerError, said(err)
	}
	return errors.Join(err, d.Store.Audit(context.WithoutCancel(ctx), e))
}

// said is an error as the detail of a line of the audit log.
func said(err error) string {
	words := []rune(err.Error())
	b, err := json.Marshal(map[string]string{"error": string(words[:min(len(words), scheduler.MaxAuditDetail/8)])})
	if err != nil {
		panic("centre: text does not marshal: " + err.Error()) // it always does
	}
	return string(b)
}
