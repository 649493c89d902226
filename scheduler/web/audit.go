package web

import (
	"cmp"
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

// AuditLog is where it is written down who has had the centre do what.
type AuditLog interface {
	// Audit adds a line. Its number and digests are given to it; what else it
	// says is the caller's.
	Audit(ctx context.Context, e scheduler.AuditEntry) error
	// AuditReady reports whether a line could be written now.
	AuditReady(ctx context.Context) error
}

// Audits are the audit log as it is read.
type Audits interface {
	// AuditEntries lists the lines that a filter chooses, the newest first.
	AuditEntries(ctx context.Context, f scheduler.AuditFilter) ([]scheduler.AuditEntry, error)
	// VerifyAudit looks at every line once more, and for heads noted formerly.
	VerifyAudit(ctx context.Context, noted ...scheduler.AuditHead) (scheduler.AuditVerdict, error)
}

// Audited is a desk that keeps an audit log, as the centre's own does. A
// [Client] is none: what it asks for is written down at the other end.
type Audited interface {
	Desk
	AuditLog
}

// audited writes a line for every request that may change something, whoever
// serves it. It stands around everything that could refuse one, and looks at the
// method alone, so that no route can be forgotten.
//
// One line is written, after the action, with its outcome. Before the action the
// log must have shown that it can be written and have taken every line that
// waited: otherwise the request is refused and nothing is done. So a log that
// fails between the two is behind by the actions under way and by no more; their
// lines wait in memory, and are lost only if the centre ends before the log is
// back. The program's own log tells of each. To write a line before and another
// after would close that gap, and double the log and the waits for the disk.
//
// What must work without the database goes on without the log, and its line
// waits: a stop, and signing in, without which a page stops nothing.
func (s *server) audited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		by, urgent := s.asker(r), isUrgent(r)
		if !urgent && by != scheduler.ByNobody { // nobody gets nothing done
			if err := s.audit.ready(r.Context()); err != nil {
				s.refuseUnaudited(w, r, err)
				return
			}
		}
		sent := noteBody(r)
		out := &outcome{ResponseWriter: w, status: http.StatusInternalServerError} // where it panics
		defer func() {
			if urgent && out.written {
				_ = http.NewResponseController(w).Flush() // whoever asked does not wait for the log
			}
			s.writeDown(r, by, out.status, sent)
		}()
		next.ServeHTTP(out, r)
		out.end()
	})
}

// isUrgent reports whether a request is carried out even if it cannot be
// written down.
func isUrgent(r *http.Request) bool {
	return slices.Contains([]string{"/stops", "/v1/stops", "/sign-in", "/sign-out", "/v1/sign-in-links"}, r.URL.Path)
}

// asker is who asks, as far as it is proved.
func (s *server) asker(r *http.Request) string {
	switch {
	case !underAPI(r):
		return cmp.Or(s.person(r), scheduler.ByNobody)
	case s.admits(r.Header.Get("Authorization")):
		return scheduler.ByCommandLine
	}
	return scheduler.ByNobody
}

// refuseUnaudited says that nothing was done, because it could not be written down.
func (s *server) refuseUnaudited(w http.ResponseWriter, r *http.Request, err error) {
	s.opts.Log.Error("refused, because the audit log cannot be written", "method", r.Method, "path", r.URL.Path, "err", err)
	if underAPI(r) {
		writeProblem(w, http.StatusServiceUnavailable, "nothing was done, because the audit log cannot be written: look at the centre's disk and try again")
		return
	}
	v := s.view(w, r, "problem")
	s.problem(w, r, v, huma.NewError(http.StatusServiceUnavailable, v.T("audit.closed")))
}

// writeDown writes the line of a request that is over.
func (s *server) writeDown(r *http.Request, by string, status int, sent *sentBody) {
	e := s.entryOf(r, by, status, sent.fields(r))
	if e.By == scheduler.ByNobody && !s.audit.admits(e.At) {
		return
	}
	if err := s.audit.write(context.WithoutCancel(r.Context()), e); err != nil {
		s.opts.Log.Error("the audit log cannot be written: a line waits", "by", e.By, "action", e.Action, "object", e.Object, "status", status, "err", err)
	}
}

// entryOf is the line of a request. Programs say in what they send for whom they
// act; whoever has the token is believed.
func (s *server) entryOf(r *http.Request, by string, status int, f fields) scheduler.AuditEntry {
	place := " page"
	if underAPI(r) {
		place = " api"
	}
	switch {
	case by == scheduler.ByCommandLine:
		by = cmp.Or(brief(f.text("by"), longestName), by)
	case !underAPI(r) && by == scheduler.ByNobody:
		by = s.asker(r) // who may have signed in
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	e := scheduler.AuditEntry{At: s.opts.Now(), By: by, From: host + place, Action: s.actionOf(r), Status: status, Detail: f.detail()}
	e.Object = brief(cmp.Or(r.PathValue("id"), r.PathValue("airing"), f.object()), longestName)
	e.Area = scheduler.AreaID(brief(f.text("area"), longestName))
	if strings.HasPrefix(r.URL.Path, "/v1/areas/") {
		e.Area = scheduler.AreaID(e.Object)
	}
	return e
}

// longestName bounds what of a request stands in a column, in letters.
const longestName = 200

// actionOf is the operation of the interface, the path of a form of the pages,
// or what was asked for where it is neither.
func (s *server) actionOf(r *http.Request) string {
	if id, ok := s.operations[r.Pattern]; ok {
		return id
	}
	if method, path, ok := strings.Cut(r.Pattern, " "); ok && method == r.Method {
		return strings.TrimPrefix(path, "/")
	}
	return brief(r.Method+" "+r.URL.Path, longestName)
}

// outcome remembers the status of an answer.
type outcome struct {
	http.ResponseWriter
	status  int
	written bool
}

func (o *outcome) WriteHeader(status int) {
	if !o.written && status >= 200 {
		o.status, o.written = status, true
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *outcome) Write(b []byte) (int, error) {
	o.end()
	return o.ResponseWriter.Write(b)
}

// end is when nothing else was said: that is 200.
func (o *outcome) end() {
	if !o.written {
		o.status, o.written = http.StatusOK, true
	}
}

// Unwrap lets a [http.ResponseController] through.
func (o *outcome) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// Bounds of what fills the log, or waits for it.
const (
	nobodyEvery = time.Second // one line by nobody
	maxWaiting  = 1000        // lines
)

// auditor writes to the log, and holds on to what could not be written.
type auditor struct {
	log AuditLog

	mu      sync.Mutex
	waiting []scheduler.AuditEntry // in the order in which they are to be written
	leftOut int                    // requests that have no line, since the last line
	nobody  time.Time              // when nobody last had a line
}

// ready reports whether the log takes lines, and has all that there are.
func (a *auditor) ready(ctx context.Context) error {
	a.mu.Lock()
	err := a.drain(ctx)
	a.mu.Unlock()
	if err != nil {
		return err
	}
	return a.log.AuditReady(ctx)
}

// admits reports whether nobody gets a line; one that does not is counted.
func (a *auditor) admits(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if d := now.Sub(a.nobody); d >= 0 && d < nobodyEvery {
		a.leftOut++
		return false
	}
	a.nobody = now
	return true
}

// write adds a line after those that wait. One that cannot be written waits too.
func (a *auditor) write(ctx context.Context, e scheduler.AuditEntry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.waiting) >= maxWaiting {
		a.leftOut++
		return a.drain(ctx)
	}
	e.LeftOut, a.leftOut = a.leftOut, 0
	a.waiting = append(a.waiting, e)
	return a.drain(ctx)
}

// drain writes what waits.
func (a *auditor) drain(ctx context.Context) error {
	for len(a.waiting) > 0 {
		if err := a.log.Audit(ctx, a.waiting[0]); err != nil {
			return err
		}
		a.waiting = a.waiting[1:]
	}
	return nil
}
