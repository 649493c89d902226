package store_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// ofVersion makes a database as the program did when it knew so many migrations.
// It is filled through the function.
func ofVersion(t *testing.T, version int64) (path string, exec func(query string, args ...any)) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "centre.db")
	db := get[*sql.DB](t)(sql.Open("sqlite", path+"?_pragma=foreign_keys(1)"))
	t.Cleanup(func() { db.Close() })
	p := get[*goose.Provider](t)(goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations/sqlite")))
	get[[]*goose.MigrationResult](t)(p.UpTo(t.Context(), version))
	return path, func(query string, args ...any) {
		t.Helper()
		_, err := db.Exec(query, args...)
		must(t, err)
	}
}

// oldDatabase makes a database as the program did before letters were
// confirmed: letter a obliges an area, letter b nobody.
func oldDatabase(t *testing.T) string {
	t.Helper()
	path, exec := ofVersion(t, 4)
	exec(`INSERT INTO areas (id, name) VALUES ('tinh', 'Tỉnh')`)
	for _, id := range []scheduler.DirectiveID{"a", "b"} {
		d := vaccine()
		d.ID, d.Signatory = id, scheduler.Signatory{}
		body := get[[]byte](t)(json.Marshal(d))
		exec(`INSERT INTO directives (id, dated, body, letter) VALUES ($1, $2, $3, $4)`, id, d.Date.String(), string(body), "toàn văn "+string(id))
	}
	exec(`INSERT INTO obligations (id, directive, topic, area, body) VALUES ('o', 'a', 1, 'tinh', '{"id":"o","directive":"a"}')`)
	exec(`INSERT INTO recordings (id, directive, topic, approved, created, body) VALUES ('r', 'a', 1, FALSE, 0, '{"id":"r","directive":"a"}')`)
	return path
}

func TestOldDatabaseIsBroughtForward(t *testing.T) {
	path := oldDatabase(t)
	s := openAt(t, path)
	a, b := heldLetter(t, s), get[scheduler.Directive](t)(s.Directive(t.Context(), "b"))
	if a.Confirmed.By != "(đã giao phát trước khi có bước xác nhận)" || !a.Confirmed.At.IsZero() || b.IsConfirmed() {
		t.Errorf("confirmed are a by %+v, b by %+v", a.Confirmed, b.Confirmed)
	}
	if a.Subject != vaccine().Subject || len(a.Topics) != 2 || a.Topics[1].Text != vaccine().Topics[1].Text {
		t.Errorf("the reading became %+v", a)
	}
	if text := get[string](t)(s.DirectiveText(t.Context(), "b")); text != "toàn văn b" {
		t.Errorf("the text is %q", text)
	}
	if same, ok, err := s.SameDirective(t.Context(), vaccine()); err != nil || !ok || same.ID != "a" {
		t.Errorf("the same letter is %q: %v %v", same.ID, ok, err)
	}
	must(t, s.ReviseDirective(t.Context(), corrected(b, "sửa"), "Lan", noon))
	if err := s.ReviseDirective(t.Context(), corrected(a, "sửa"), "Lan", noon); !errors.Is(err, scheduler.ErrConflict) {
		t.Errorf("revise what obliges already: %v", err)
	}
	checkIntegrity(t, path)
}

// A database that was filled before there was a search, or by other rules, is
// searched like any other.
func TestOldLettersAreFound(t *testing.T) {
	path := oldDatabase(t)
	s := openAt(t, path)
	before := get[[]store.Hit](t)(s.Search(t.Context(), "hoa giai", 10))
	if len(before) != 4 { // a topic and a citation of each letter
		t.Fatalf("found %+v", before)
	}
	must(t, s.Close())
	db := get[*sql.DB](t)(sql.Open("sqlite", path))
	_, err := db.Exec(`UPDATE folding SET rules = 0`)
	must(t, errors.Join(err, db.Close()))
	if after := get[[]store.Hit](t)(openAt(t, path).Search(t.Context(), "hoa giai", 10)); len(after) != len(before) {
		t.Errorf("folded anew, found %+v", after)
	}
}

// What was published before there were pieces and make-goods stays what it was,
// and what comes after stands beside it.
func TestDatabaseWithoutPlanningIsBroughtForward(t *testing.T) {
	path, exec := ofVersion(t, 5)
	before := airings("tan-hung", noon, 1)[0]
	p := publication("tan-hung", 1, noon, nil)
	exec(`INSERT INTO areas (id, name) VALUES ('tinh', 'Tỉnh')`)
	exec(`INSERT INTO stations (id, name, area, zone, phone, volume, quiet) VALUES ('tan-hung', 'Đài', 'tinh', '', '', 80, '[{"from":1260,"until":300}]')`)
	exec(`INSERT INTO programmes (id, area, body) VALUES ('sang', 'tinh', '{"id":"sang","area":"tinh","class":"ordinary"}')`)
	exec(`INSERT INTO schedules (station, revision, by, at, body, sealed) VALUES ('tan-hung', 1, 'Lan', $1, $2, x'00')`,
		noon.UnixMilli(), string(get[[]byte](t)(json.Marshal(p.Schedule))))
	exec(`INSERT INTO airings (id, station, programme, playlist, entry, class, start, duration, grace, recording, title, digest,
		approver, directive, topic, revision, outcome) VALUES ($1, 'tan-hung', 'sang', 'sang-1', 0, 'ordinary', $2, $3, $4,
		'tin-1', 'Tiêm vắc-xin', $5, 'Lan', 'letter', 1, 1, 'aired')`,
		before.ID, noon.UnixMilli(), int64(before.Duration), int64(before.Grace), before.Digest)

	s := openAt(t, path)
	after := pieces("tan-hung", noon.Add(time.Hour))
	publish(t, s, 2, noon, after)
	var got []scheduler.Airing
	for _, f := range facts(t, s, scheduler.AiringFilter{}) {
		got = append(got, f.Airing)
	}
	if want := append([]scheduler.Airing{before}, after...); !reflect.DeepEqual(got, want) {
		t.Errorf("the airings are %+v\nwant %+v", got, want)
	}
	st := get[scheduler.Station](t)(s.Station(t.Context(), "tan-hung"))
	want := scheduler.Station{ID: "tan-hung", Name: "Đài", Area: "tinh", Volume: 80, Quiet: []scheduler.QuietHours{{From: 1260, Until: 300}}}
	if !reflect.DeepEqual(st, want) {
		t.Errorf("the station is %+v\nwant %+v", st, want)
	}
	if all := get[[]scheduler.Programme](t)(s.Programmes(t.Context())); len(all) != 1 || all[0].Order != nil || all[0].Language != "" {
		t.Errorf("the programmes are %+v", all)
	}
	checkIntegrity(t, path)
}
