package web

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"loaphuong/scheduler"
)

// AuditEntries lists the lines of the audit log that a filter chooses, the
// newest first.
func (c *Client) AuditEntries(ctx context.Context, f scheduler.AuditFilter) ([]scheduler.AuditEntry, error) {
	r := get("/v1/audit")
	r.query = url.Values{"by": {f.By}, "object": {f.Object}, "area": {string(f.Area)}, "limit": {strconv.Itoa(f.Limit)}}
	for name, t := range map[string]time.Time{"from": f.From, "until": f.Until} {
		if !t.IsZero() {
			r.query.Set(name, t.Format(time.RFC3339Nano))
		}
	}
	return do[[]scheduler.AuditEntry](ctx, c, r)
}

// VerifyAudit looks at every line of the audit log once more, and for heads that
// were noted formerly.
func (c *Client) VerifyAudit(ctx context.Context, noted ...scheduler.AuditHead) (scheduler.AuditVerdict, error) {
	r := get("/v1/audit/verify")
	r.query = url.Values{}
	for _, h := range noted {
		r.query.Add("head", h.String())
	}
	return do[scheduler.AuditVerdict](ctx, c, r)
}
