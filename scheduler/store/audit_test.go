package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// audited is a store with five lines in its audit log, by Lan and Hoa in turn,
// and the path of its file.
func audited(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "centre.db")
	s := openAt(t, path)
	for i := range 5 {
		must(t, s.Audit(t.Context(), scheduler.AuditEntry{
			At: noon.Add(time.Duration(i) * time.Hour), By: []string{"Lan", "Hoa"}[i%2], From: "127.0.0.1 page", Action: "put-station",
			Object: fmt.Sprintf("dai-%d", i/2), Area: []scheduler.AreaID{"xa", ""}[i/4], Status: 200, Detail: `{"volume":80}`,
		}))
	}
	return s, path
}

func numbers(all []scheduler.AuditEntry) (n []uint64) {
	for _, e := range all {
		n = append(n, e.Number)
	}
	return n
}

func TestAuditEntriesAreFiltered(t *testing.T) {
	s, _ := audited(t)
	for name, c := range map[string]struct {
		filter scheduler.AuditFilter
		want   []uint64
	}{
		"all, the newest first": {scheduler.AuditFilter{}, []uint64{5, 4, 3, 2, 1}},
		"so many":               {scheduler.AuditFilter{Limit: 2}, []uint64{5, 4}},
		"by a person":           {scheduler.AuditFilter{By: "Hoa"}, []uint64{4, 2}},
		"about a thing":         {scheduler.AuditFilter{Object: "dai-1"}, []uint64{4, 3}},
		"in an area":            {scheduler.AuditFilter{Area: "xa"}, []uint64{4, 3, 2, 1}},
		"from and until":        {scheduler.AuditFilter{From: noon.Add(time.Hour), Until: noon.Add(3 * time.Hour)}, []uint64{3, 2}},
		"by nobody there":       {scheduler.AuditFilter{By: "Lan' OR 1=1 --"}, nil},
	} {
		all := get[[]scheduler.AuditEntry](t)(s.AuditEntries(t.Context(), c.filter))
		if !slices.Equal(numbers(all), c.want) {
			t.Errorf("%s: %v, want %v", name, numbers(all), c.want)
		}
		for _, e := range all {
			if !c.filter.Takes(e) {
				t.Errorf("%s: the filter itself does not take line %d", name, e.Number)
			}
		}
	}
}

func TestTheAuditLogRefusesToBeChanged(t *testing.T) {
	s, path := audited(t)
	db := get[*sql.DB](t)(sql.Open("sqlite", path))
	defer db.Close()
	for _, do := range []string{
		`UPDATE audit SET by = 'Hoa' WHERE number = 3`,
		`DELETE FROM audit WHERE number = 3`,
		`DELETE FROM audit`,
		`INSERT OR REPLACE INTO audit SELECT number, at, 'Hoa', origin, action, object, area, status, detail, left_out, previous, hash FROM audit WHERE number = 3`,
		`INSERT INTO audit SELECT 9, at, by, origin, action, object, area, status, detail, left_out, previous, hash FROM audit WHERE number = 3`,
	} {
		if _, err := db.Exec(do); err == nil || !strings.Contains(err.Error(), "audit log") {
			t.Errorf("%s: %v", do, err)
		}
	}
	if v := get[scheduler.AuditVerdict](t)(s.VerifyAudit(t.Context())); !v.Sound() || v.Lines != 5 {
		t.Errorf("%+v", v)
	}
}

// Whatever somebody who has the file does to it is found.
func TestAnAlteredAuditLogIsFound(t *testing.T) {
	cases := map[string]scheduler.AuditVerdict{
		`DELETE FROM audit WHERE number = 3`: {Gaps: []scheduler.Gap{{From: 3, To: 3}}},
		`UPDATE audit SET number = -number WHERE number IN (2, 4);
			UPDATE audit SET number = 6 + number WHERE number < 0`: {Altered: []uint64{2, 4}, Broken: []uint64{3, 5}},
		``: {},
	}
	for _, column := range []string{"by", "origin", "action", "object", "area", "detail", "previous", "hash"} {
		cases[`UPDATE audit SET `+column+` = `+column+` || 'x' WHERE number = 3`] = scheduler.AuditVerdict{Altered: []uint64{3}}
	}
	for _, column := range []string{"at", "status", "left_out"} {
		cases[`UPDATE audit SET `+column+` = `+column+` + 1 WHERE number = 3`] = scheduler.AuditVerdict{Altered: []uint64{3}}
	}
	for do, want := range cases {
		v := tampered(t, do)
		if !want.Sound() && reflect.DeepEqual(want.Altered, []uint64{3}) && len(v.Broken) == 1 {
			v.Broken = nil // the line after one whose hash is another
		}
		v.Lines, v.Head = 0, scheduler.AuditHead{}
		if !reflect.DeepEqual(v, want) {
			t.Errorf("%s: %+v, want %+v", do, v, want)
		}
	}
}

// tampered is the verdict after somebody has taken the guards away and done
// something to the file.
func tampered(t *testing.T, do string, noted ...scheduler.AuditHead) scheduler.AuditVerdict {
	t.Helper()
	s, path := audited(t)
	db := get[*sql.DB](t)(sql.Open("sqlite", path+"?_pragma=ignore_check_constraints(1)"))
	defer db.Close()
	_, err := db.Exec(`DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps; DROP TRIGGER audit_grows; ` + do)
	must(t, err)
	return get[scheduler.AuditVerdict](t)(s.VerifyAudit(t.Context(), noted...))
}

func TestAnAuditLogThatWasCutIsFoundByItsHead(t *testing.T) {
	s, _ := audited(t)
	head := get[scheduler.AuditVerdict](t)(s.VerifyAudit(t.Context())).Head
	if v := tampered(t, ``, head); !v.Sound() {
		t.Errorf("the same lines: %+v", v)
	}
	v := tampered(t, `DELETE FROM audit WHERE number > 3`, head)
	if !slices.Equal(v.Absent, []scheduler.AuditHead{head}) || v.Head.Number != 3 {
		t.Errorf("cut: %+v", v)
	}
}

func TestManyWriteTheAuditLogAtOnce(t *testing.T) {
	s := open(t)
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			if err := s.Audit(t.Context(), scheduler.AuditEntry{At: noon, By: fmt.Sprint(i)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if v := get[scheduler.AuditVerdict](t)(s.VerifyAudit(t.Context())); !v.Sound() || v.Lines != 100 || v.Head.Number != 100 {
		t.Errorf("%+v", v)
	}
}

func TestTheAuditLogSaysWhetherItCanBeWritten(t *testing.T) {
	s := open(t)
	must(t, s.AuditReady(t.Context()))
	must(t, s.Close())
	if s.AuditReady(t.Context()) == nil || s.Audit(t.Context(), scheduler.AuditEntry{}) == nil {
		t.Error("a store that is closed takes lines")
	}
}
