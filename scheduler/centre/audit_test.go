package centre

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// What the centre fails to do by itself is written down too.
func TestWhatTheCentreFailsToDoIsWrittenDown(t *testing.T) {
	b := newBench(t)
	broken := errors.New(strings.Repeat("<\x00đĩa đầy>", 1000))
	if err := b.desk.auditOwn(t.Context(), scheduler.AuditEntry{Action: "make-good"}, func() error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	lines := get[[]scheduler.AuditEntry](t)(b.desk.AuditEntries(t.Context(), scheduler.AuditFilter{}))
	if len(lines) != 1 || lines[0].Status != 500 || lines[0].By != scheduler.ByCentre || lines[0].At.IsZero() {
		t.Fatalf("%+v", lines)
	}
	if d := lines[0].Detail; !json.Valid([]byte(d)) || len(d) > scheduler.MaxAuditDetail || !strings.Contains(d, "đĩa đầy") {
		t.Errorf("%d bytes: %s", len(d), d)
	}
}

// What could not be written down is not done.
func TestWhatCannotBeWrittenDownIsNotDone(t *testing.T) {
	b := newBench(t)
	must(t, b.store.Close())
	err := b.desk.auditOwn(t.Context(), scheduler.AuditEntry{}, func() error {
		t.Error("it was done")
		return nil
	})
	if err == nil {
		t.Error("and nobody was told")
	}
}
