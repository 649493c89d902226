package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

type auditInput struct {
	From   string           `query:"from" doc:"an instant (RFC 3339), or a day in the centre's zone" example:"2026-03-01"`
	Until  string           `query:"until" doc:"exclusive, as from"`
	By     string           `query:"by" doc:"of this person only"`
	Object string           `query:"object" doc:"about the thing of this ID only"`
	Area   scheduler.AreaID `query:"area" doc:"of this area only"`
	Limit  int              `query:"limit" default:"200" minimum:"0" doc:"the newest so many; 0 for all"`
}

type verifyAuditInput struct {
	Heads []string `query:"head,explode" doc:"NUMBER:HASH of a line that was noted formerly: the log must still have it"`
}

// audits are the operations on the audit log; nothing writes to it from outside.
func (a *api) audits() {
	add(a, op(http.MethodGet, "/v1/audit", "list-audit", "List who has had the centre do what, the newest first"),
		func(ctx context.Context, in *auditInput) (*reply[[]scheduler.AuditEntry], error) {
			f := scheduler.AuditFilter{By: in.By, Object: in.Object, Area: in.Area, Limit: in.Limit}
			var err error
			if f.From, err = parseInstant("from", in.From, a.opts.Zone); err != nil {
				return nil, err
			}
			if f.Until, err = parseInstant("until", in.Until, a.opts.Zone); err != nil {
				return nil, err
			}
			return list(a.desk.AuditEntries(ctx, f))
		})
	add(a, op(http.MethodGet, "/v1/audit/verify", "verify-audit", "Look at every line of the audit log once more: gaps, lines altered, a broken chain, heads that are gone"),
		func(ctx context.Context, in *verifyAuditInput) (*reply[scheduler.AuditVerdict], error) {
			var noted []scheduler.AuditHead
			for _, s := range in.Heads {
				h, err := scheduler.ParseAuditHead(s)
				if err != nil {
					return nil, scheduler.Invalid(err)
				}
				noted = append(noted, h)
			}
			return answer(a.desk.VerifyAudit(ctx, noted...))
		})
}

// operationsOf are the IDs of all operations by the pattern that each is served under.
func operationsOf(description *huma.OpenAPI) map[string]string {
	all := map[string]string{}
	for path, item := range description.Paths {
		for _, o := range []*huma.Operation{item.Get, item.Put, item.Post, item.Delete, item.Patch} {
			if o != nil {
				all[o.Method+" "+path] = o.OperationID
			}
		}
	}
	return all
}
