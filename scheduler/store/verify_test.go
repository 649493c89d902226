package store_test

import (
	"database/sql"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// TestLogsAreVerified: what was taken in is found whole, and whatever is then
// done to it behind the centre's back is found.
func TestLogsAreVerified(t *testing.T) {
	for name, c := range map[string]struct {
		do   string
		want scheduler.LogVerdict
	}{
		"nothing":              {``, scheduler.LogVerdict{}},
		"a line is taken out":  {`DELETE FROM asrun WHERE number = 4`, scheduler.LogVerdict{Gaps: []scheduler.Gap{{From: 4, To: 4}}}},
		"lines at the end":     {`DELETE FROM asrun WHERE number > 7`, scheduler.LogVerdict{Gaps: []scheduler.Gap{{From: 8, To: 9}}}},
		"an outcome is better": {`UPDATE asrun SET body = replace(body, '"aired"', '"late"') WHERE number = 6`, scheduler.LogVerdict{Altered: []uint64{6}}},
		"a body is no line":    {`UPDATE asrun SET body = '{' WHERE number = 2`, scheduler.LogVerdict{Altered: []uint64{2}}},
		"it is of another airing": {`UPDATE asrun SET airing = (SELECT airing FROM asrun WHERE number = 1) WHERE number = 9`,
			scheduler.LogVerdict{Altered: []uint64{9}}},
		"a line is another's, digest and all": {`UPDATE asrun SET body = replace(b.body, '"number":8', '"number":5'), hash = b.hash
			FROM (SELECT body, hash FROM asrun WHERE number = 8) AS b WHERE number = 5`, scheduler.LogVerdict{Altered: []uint64{5}, Broken: []uint64{6}}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "centre.db")
			s := withStations(t, openAt(t, path), "tan-hung")
			owed := airings("tan-hung", noon, 3)
			publish(t, s, 1, noon.Add(-time.Hour), owed)
			lines := logOf("a", owed)
			ingest(t, s, "tan-hung", "a", lines...)
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(c.do); err != nil {
				t.Fatal(err)
			}
			all, err := s.VerifyLogs(t.Context(), "tan-hung")
			if err != nil || len(all) != 1 {
				t.Fatalf("%d logs: %v", len(all), err)
			}
			got := all[0]
			if len(lines) != 9 || got.Station != "tan-hung" || got.Log != "a" || got.First.IsZero() {
				t.Errorf("%d lines: %+v", len(lines), got)
			}
			if got.Sound() != (name == "nothing") || !reflect.DeepEqual(got.Gaps, c.want.Gaps) || !reflect.DeepEqual(got.Altered, c.want.Altered) ||
				!reflect.DeepEqual(got.Broken, c.want.Broken) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if others, err := s.VerifyLogs(t.Context(), "other"); err != nil || len(others) != 0 {
				t.Errorf("of another station: %+v, %v", others, err)
			}
		})
	}
}
