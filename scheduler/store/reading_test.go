package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// vaccine is a letter of two topics that cites a document in each.
func vaccine() scheduler.Directive {
	plan := scheduler.Citation{Kind: "Kế hoạch", Number: "32-KH/TU", Issuer: "Tỉnh ủy", Subject: "phòng, chống dịch"}
	other := scheduler.Citation{Kind: "Quyết định", Number: "45/QĐ-UBND", Issuer: "UBND huyện Cẩm Giàng", Subject: "hoà giải ở cơ sở"}
	return scheduler.Directive{ID: "a", Kind: "Công văn", Number: "3168/UBND-VP", Date: scheduler.Date{Year: 2021, Month: 8, Day: 27},
		Issuer: "UBND tỉnh Hải Dương", Subject: "tuyên truyền tiêm vắc-xin", Signatory: scheduler.Signatory{Name: "Nguyễn Văn Nhật", Position: "PHÓ GIÁM ĐỐC"},
		Topics: []scheduler.Topic{
			{Ordinal: 1, Title: "Tiêm chủng", Text: "Vận động người dân tiêm vắc xin; đường dây nóng 0220.", Citations: []scheduler.Citation{plan}},
			{Ordinal: 2, Title: "Hoà giải", Text: "Tuyên truyền Luật Hòa giải ở cơ sở; thuỷ lợi, cây dương liễu.", Citations: []scheduler.Citation{other}},
		},
		Citations: []scheduler.Citation{plan, other}}
}

// withLetter is a store that holds vaccine, with two communes.
func withLetter(t testing.TB) *store.Store {
	t.Helper()
	s := withStations(t, open(t), "tan-hung", "an-binh")
	put(t, s, vaccine())
	return s
}

func put(t testing.TB, s *store.Store, d scheduler.Directive) {
	t.Helper()
	if !get[bool](t)(s.PutDirective(t.Context(), d, store.Letter{Text: "toàn văn"})) {
		t.Fatalf("letter %s was there already", d.ID)
	}
}

// heldLetter is the letter as it is held now.
func heldLetter(t testing.TB, s *store.Store) scheduler.Directive {
	t.Helper()
	return get[scheduler.Directive](t)(s.Directive(t.Context(), "a"))
}

// corrected is the next edition of a letter, with another subject.
func corrected(d scheduler.Directive, subject string) scheduler.Directive {
	d.Edition++
	d.Subject = subject
	return d
}

func owedBy(area scheduler.AreaID, perDay int) []scheduler.Obligation {
	return []scheduler.Obligation{{ID: "o-" + string(area), Directive: "a", Topic: 1, Area: area, PerDay: perDay}}
}

func TestLetterIsKeptAsItCame(t *testing.T) {
	s := open(t)
	came := store.Letter{Text: "toàn văn", FileName: "cv 3168.pdf", MediaType: "application/pdf", File: bytes.Repeat([]byte("%PDF\x00"), 50_000)}
	get[bool](t)(s.PutDirective(t.Context(), vaccine(), came))
	if again := get[bool](t)(s.PutDirective(t.Context(), vaccine(), store.Letter{Text: "khác"})); again {
		t.Error("the same letter is new twice")
	}
	if got := get[store.Letter](t)(s.DirectiveFile(t.Context(), "a")); !reflect.DeepEqual(got, came) {
		t.Errorf("it came back as %q, %q, %q and %d bytes", got.Text, got.FileName, got.MediaType, len(got.File))
	}
	typed := vaccine()
	typed.ID = "typed"
	put(t, s, typed)
	for _, id := range []scheduler.DirectiveID{"typed", "x"} {
		if _, err := s.DirectiveFile(t.Context(), id); !errors.Is(err, scheduler.ErrNotFound) {
			t.Errorf("the file of %s, which has none: %v", id, err)
		}
	}
}

func TestDamagedFileIsNotGivenOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "centre.db")
	s := openAt(t, path)
	get[bool](t)(s.PutDirective(t.Context(), vaccine(), store.Letter{File: []byte("%PDF")}))
	db := get[*sql.DB](t)(sql.Open("sqlite", path))
	_, err := db.Exec(`UPDATE letters SET file = x'00'`)
	must(t, errors.Join(err, db.Close()))
	if _, err := s.DirectiveFile(t.Context(), "a"); err == nil || !strings.Contains(err.Error(), "restore it from a backup") {
		t.Errorf("a file that is another's bytes: %v", err)
	}
}

func TestSameDirective(t *testing.T) {
	s := withLetter(t)
	draft := vaccine()
	draft.ID, draft.Draft, draft.Number = "b", true, "/STTTT-TTBCXB"
	put(t, s, draft)
	d := func(number, issuer string, day int) scheduler.Directive {
		return scheduler.Directive{Number: number, Issuer: issuer, Date: scheduler.Date{Year: 2021, Month: 8, Day: day}}
	}
	cases := []struct {
		d    scheduler.Directive
		want bool
		why  string
	}{
		{d("3168/UBND-VP", "UBND TỈNH HẢI DƯƠNG", 27), true, "in capitals"},
		{d("3168/UBND-VP", "UBND tỉnh Hưng Yên", 27), false, "of another office"},
		{d("3168/UBND-VP", "UBND tỉnh Hải Dương", 28), false, "of another day"},
		{d("3169/UBND-VP", "UBND tỉnh Hải Dương", 27), false, "of another number"},
		{draft, false, "a draft is the same as none"},
	}
	for _, c := range cases {
		same, ok, err := s.SameDirective(t.Context(), c.d)
		if err != nil || ok != c.want || ok && same.ID != "a" {
			t.Errorf("%s: found %v %q (%v), want %v", c.why, ok, same.ID, err, c.want)
		}
	}
}

func TestReviseKeepsEveryEdition(t *testing.T) {
	s := withLetter(t)
	first := vaccine()
	second := corrected(first, "tiêm chủng")
	third := corrected(second, "tiêm chủng mở rộng")
	must(t, s.ReviseDirective(t.Context(), second, "Lan", noon))
	must(t, s.ReviseDirective(t.Context(), third, "", noon.Add(time.Hour)))
	want := []store.Edition{{Directive: first}, {Directive: second, By: "Lan", At: noon}, {Directive: third, At: noon.Add(time.Hour)}}
	if got := get[[]store.Edition](t)(s.Editions(t.Context(), "a")); !reflect.DeepEqual(got, want) {
		t.Errorf("the editions are %+v", got)
	}
	if got := heldLetter(t, s); !reflect.DeepEqual(got, third) {
		t.Errorf("held is %+v", got)
	}
	if text := get[string](t)(s.DirectiveText(t.Context(), "a")); text != "toàn văn" {
		t.Errorf("its text became %q", text)
	}
}

func TestReviseRefuses(t *testing.T) {
	s := withLetter(t)
	must(t, s.ReviseDirective(t.Context(), corrected(vaccine(), "một"), "Lan", noon))
	confirmed, absent, other := corrected(heldLetter(t, s), "hai"), corrected(heldLetter(t, s), "hai"), vaccine()
	confirmed.Confirmed.By, absent.ID, other.ID = "Lan", "x", "b"
	put(t, s, other)
	must(t, s.ConfirmDirective(t.Context(), "b", 0, scheduler.Confirmation{By: "Lan"}, nil))
	cases := []struct {
		d    scheduler.Directive
		want error
		says string
	}{
		{corrected(vaccine(), "hai"), scheduler.ErrConflict, "look again"},                    // of an edition that is past
		{corrected(corrected(heldLetter(t, s), ""), ""), scheduler.ErrConflict, "look again"}, // of one that never was
		{corrected(other, "hai"), scheduler.ErrConflict, "reopen it first"},
		{absent, scheduler.ErrNotFound, "directive x"},
		{confirmed, scheduler.ErrInvalid, "confirm it afterwards"},
	}
	for _, c := range cases {
		if err := s.ReviseDirective(t.Context(), c.d, "Bình", noon); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("revise %s to %d: %v, want %v, %q", c.d.ID, c.d.Edition, err, c.want, c.says)
		}
	}
	if got := heldLetter(t, s); got.Subject != "một" || len(get[[]store.Edition](t)(s.Editions(t.Context(), "a"))) != 2 {
		t.Errorf("what was refused left %q", got.Subject)
	}
}

func TestOfTwoCorrectorsOneWins(t *testing.T) {
	s := withLetter(t)
	for range 5 {
		before := heldLetter(t, s)
		var won, lost atomic.Int32
		var group sync.WaitGroup
		for _, name := range []string{"Lan", "Bình", "Chi"} {
			group.Go(func() {
				switch err := s.ReviseDirective(t.Context(), corrected(before, name), name, noon); {
				case err == nil:
					won.Add(1)
				case errors.Is(err, scheduler.ErrConflict):
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if won.Load() != 1 || lost.Load() != 2 {
			t.Fatalf("%d won and %d lost", won.Load(), lost.Load())
		}
	}
	for _, e := range get[[]store.Edition](t)(s.Editions(t.Context(), "a"))[1:] {
		if e.By != e.Directive.Subject {
			t.Errorf("edition %d of %s says what %s wrote", e.Directive.Edition, e.By, e.Directive.Subject)
		}
	}
}

func TestConfirm(t *testing.T) {
	s := withLetter(t)
	lan, binh := scheduler.Confirmation{By: "Lan", At: noon}, scheduler.Confirmation{By: "Bình", At: noon.Add(time.Hour)}
	foreign := []scheduler.Obligation{{ID: "o", Directive: "b", Area: "tinh"}}
	steps := []struct {
		id      scheduler.DirectiveID
		edition int
		c       scheduler.Confirmation
		owed    []scheduler.Obligation
		want    error
		by      string // who has confirmed then
		n       int    // obligations held then
		why     string
	}{
		{"a", 0, scheduler.Confirmation{}, nil, scheduler.ErrInvalid, "", 0, "nobody confirms it"},
		{"a", 0, lan, foreign, scheduler.ErrInvalid, "", 0, "an obligation of another letter"},
		{"x", 0, lan, nil, scheduler.ErrNotFound, "", 0, "there is no such letter"},
		{"a", 1, lan, owedBy("tinh", 1), scheduler.ErrConflict, "", 0, "another edition"},
		{"a", 0, lan, owedBy("khong-co", 1), scheduler.ErrNotFound, "", 0, "no such area"},
		{"a", 0, lan, owedBy("xa-tan-hung", 1), nil, "Lan", 1, "confirmed"},
		{"a", 7, binh, owedBy("xa-an-binh", 2), nil, "Lan", 2, "one area more"},
		{"a", 0, binh, owedBy("xa-tan-hung", 9), nil, "Lan", 2, "an area again"},
		{"a", 0, binh, owedBy("khong-co", 1), scheduler.ErrNotFound, "Lan", 2, "no such area to add"},
	}
	for _, step := range steps {
		if err := s.ConfirmDirective(t.Context(), step.id, step.edition, step.c, step.owed); !errors.Is(err, step.want) {
			t.Errorf("%s: %v, want %v", step.why, err, step.want)
		}
		owed := get[[]scheduler.Obligation](t)(s.Obligations(t.Context(), store.ObligationFilter{Directive: "a"}))
		if got := heldLetter(t, s).Confirmed; got.By != step.by || len(owed) != step.n {
			t.Errorf("%s: confirmed by %q, %d obligations", step.why, got.By, len(owed))
		}
	}
	if got := heldLetter(t, s).Confirmed; got != lan {
		t.Errorf("the confirmation is %+v", got)
	}
	for _, o := range get[[]scheduler.Obligation](t)(s.Obligations(t.Context(), store.ObligationFilter{Areas: []scheduler.AreaID{"xa-tan-hung"}})) {
		if o.PerDay != 1 {
			t.Errorf("confirming an area again changed what it owes: %+v", o)
		}
	}
}

func TestReopen(t *testing.T) {
	s := withLetter(t)
	must(t, s.ReopenDirective(t.Context(), "a")) // nothing to take back
	must(t, s.ConfirmDirective(t.Context(), "a", 0, scheduler.Confirmation{By: "Lan", At: noon}, owedBy("tinh", 1)))
	must(t, s.ReopenDirective(t.Context(), "a"))
	owed := get[[]scheduler.Obligation](t)(s.Obligations(t.Context(), store.ObligationFilter{}))
	if got := heldLetter(t, s); !reflect.DeepEqual(got, vaccine()) || len(owed) != 0 {
		t.Errorf("reopened it is %+v with %d obligations", got, len(owed))
	}
	must(t, s.ReviseDirective(t.Context(), corrected(vaccine(), "sửa"), "Lan", noon))
	must(t, s.ConfirmDirective(t.Context(), "a", 1, scheduler.Confirmation{By: "Lan", At: noon}, owedBy("tinh", 1)))
	must(t, s.PutRecording(t.Context(), scheduler.Recording{ID: "r1", Title: "Tin", Directive: "a", Topic: 1}))
	err := s.ReopenDirective(t.Context(), "a")
	if !errors.Is(err, scheduler.ErrConflict) || !strings.Contains(err.Error(), `recordings are made for it: r1 "Tin"`) || !heldLetter(t, s).IsConfirmed() {
		t.Errorf("reopen a letter that has a recording: %v", err)
	}
	if err := s.ReopenDirective(t.Context(), "x"); !errors.Is(err, scheduler.ErrNotFound) {
		t.Errorf("reopen no letter: %v", err)
	}
}
