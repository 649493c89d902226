package centre

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/sync/semaphore"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/web"
)

// example is a letter that asks for two topics.
const example = "UBND XÃ A\nSố: 12/UBND\nKính gửi: Đài Truyền thanh các xã\n\n1. Tuyên truyền về tiêm chủng cho trẻ em.\n2. Tuyên truyền về phòng cháy, chữa cháy.\n"

// dated is a letter with a key: number, issuer and date.
const dated = "UBND XÃ A                                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 15/UBND-VX                           Xã A, ngày 20 tháng 8 năm 2022\n\n" +
	"Kính gửi: Đài Truyền thanh các thôn.\n\n1. Tuyên truyền về tiêm chủng cho trẻ em.\n2. Tuyên truyền về phòng cháy, chữa cháy.\n"

func letterFile(text string) web.LetterFile {
	return web.LetterFile{Name: "cong-van.txt", Body: strings.NewReader(text)}
}

// imported reads a letter in.
func (b *bench) imported(text string) web.ImportedDirective {
	b.t.Helper()
	return get[web.ImportedDirective](b.t)(b.desk.ImportDirective(b.t.Context(), letterFile(text)))
}

func TestTheDeskSaysWhatIsWrongWithALetter(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	read := b.imported(example).Directive
	nowhere := func(change func(*web.Confirm)) error {
		c := web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"tinh"}}
		change(&c)
		_, err := b.desk.Confirm(ctx, read.ID, c)
		return err
	}
	imported := func(text string) error {
		_, err := b.desk.ImportDirective(ctx, letterFile(text))
		return err
	}
	corrected := func(id scheduler.DirectiveID, edition int, c scheduler.Correction) error {
		_, err := b.desk.Correct(ctx, id, edition, c)
		return err
	}
	drop := func(n int) scheduler.Correction { return scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: n}} }
	err2 := func(_ any, err error) error { return err }
	for _, c := range []struct {
		why  string
		err  error
		kind error
	}{
		{"a letter of no letters", imported("Hôm nay trời đẹp."), scheduler.ErrInvalid},
		{"an empty file", imported(""), scheduler.ErrInvalid},
		{"a Windows program", imported("MZ\x90\x00" + strings.Repeat("\x00", 200)), scheduler.ErrInvalid},
		{"correct: no such letter", corrected("khong-co", 0, drop(1)), scheduler.ErrNotFound},
		{"correct: no such topic", corrected(read.ID, 0, drop(9)), scheduler.ErrInvalid},
		{"correct: nothing", corrected(read.ID, 0, scheduler.Correction{}), scheduler.ErrInvalid},
		{"correct: what somebody else has corrected", corrected(read.ID, 7, drop(1)), scheduler.ErrConflict},
		{"confirm: nobody", nowhere(func(c *web.Confirm) { c.By = " " }), scheduler.ErrInvalid},
		{"confirm: nowhere", nowhere(func(c *web.Confirm) { c.Areas = nil }), scheduler.ErrInvalid},
		{"confirm: no such area", nowhere(func(c *web.Confirm) { c.Areas = []scheduler.AreaID{"khong-co"} }), scheduler.ErrNotFound},
		{"confirm: another edition than was seen", nowhere(func(c *web.Confirm) { c.Edition = 3 }), scheduler.ErrConflict},
		{"confirm: no such letter", err2(b.desk.Confirm(ctx, "khong-co", web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"tinh"}})), scheduler.ErrNotFound},
		{"reopen: no such letter", err2(b.desk.Reopen(ctx, "khong-co")), scheduler.ErrNotFound},
		{"owed: no such letter", err2(b.desk.Owed(ctx, "khong-co", "tinh")), scheduler.ErrNotFound},
		{"owed: no such area", err2(b.desk.Owed(ctx, read.ID, "khong-co")), scheduler.ErrNotFound},
	} {
		if !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %v", c.why, c.err, c.kind)
		}
	}
	if owed := get[[]scheduler.Obligation](t)(b.desk.Obligations(ctx, read.ID)); len(owed) != 0 {
		t.Errorf("%d obligations stand though nobody confirmed", len(owed))
	}
}

// TestAFaultIsNamed: the pages say in a person's own language what is wrong.
func TestAFaultIsNamed(t *testing.T) {
	b := newBench(t)
	for text, want := range map[string]web.LetterFault{
		"":                              web.Empty,
		"MZ this program cannot be run": web.NotALetter,
		"Hôm nay trời đẹp.":             web.NotALetter,
	} {
		_, err := b.desk.ImportDirective(t.Context(), letterFile(text))
		var fault web.LetterFault
		if !errors.As(err, &fault) || !errors.Is(err, scheduler.ErrInvalid) {
			t.Errorf("%q: %v", text, err)
		}
		if fault != want {
			t.Errorf("%q is %q, not %q", text, fault, want)
		}
	}
}

// TestLettersAreReadInTurn: a reading may take a process, so they wait for each
// other, and whoever gives up waiting is let go.
func TestLettersAreReadInTurn(t *testing.T) {
	b := newBench(t)
	b.desk.Readings = semaphore.NewWeighted(1)
	reading, done := make(chan struct{}), make(chan error)
	body, send := io.Pipe()
	go func() {
		_, err := b.desk.ImportDirective(t.Context(), web.LetterFile{Name: "slow.txt", Body: io.TeeReader(body, first{reading})})
		done <- err
	}()
	send.Write([]byte(example[:20]))
	<-reading
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.desk.ImportDirective(ctx, letterFile(dated)); !errors.Is(err, context.Canceled) {
		t.Errorf("a second letter did not wait: %v", err)
	}
	send.Write([]byte(example[20:]))
	send.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if again := b.imported(dated); !again.New {
		t.Error("the letter that was given up is there")
	}
}

// first tells once that something was written to it.
type first struct{ told chan struct{} }

func (f first) Write(p []byte) (int, error) {
	select {
	case <-f.told:
	default:
		close(f.told)
	}
	return len(p), nil
}

// TestTheCentresOwnTroubleIsNotTheFiles: a reader that breaks is no bad letter.
func TestTheCentresOwnTroubleIsNotTheFiles(t *testing.T) {
	b := newBench(t)
	broken := errors.New("the line broke")
	_, err := b.desk.ImportDirective(t.Context(), web.LetterFile{Name: "a.txt", Body: io.MultiReader(strings.NewReader("Kính gửi"), brokenReader{broken})})
	if !errors.Is(err, broken) || errors.Is(err, scheduler.ErrInvalid) {
		t.Errorf("it is told as %v", err)
	}
}

type brokenReader struct{ err error }

func (r brokenReader) Read([]byte) (int, error) { return 0, r.err }

func TestTheSameLetterIsRecognised(t *testing.T) {
	b := newBench(t)
	first := b.imported(example)
	if !first.New || len(first.Directive.Topics) == 0 {
		t.Fatalf("it is %+v", first)
	}
	if again := b.imported(strings.ReplaceAll(example, "\n", "\r\n")); again.New || again.Directive.ID != first.Directive.ID {
		t.Errorf("saved by another program it is %s, new %v", again.Directive.ID, again.New)
	}
	// What is said of a known letter is what is held of it, with what people have put right.
	drop := scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}}
	get[scheduler.Directive](t)(b.desk.Correct(t.Context(), first.Directive.ID, 0, drop))
	if again := b.imported(example); again.New || again.Directive.Edition != 1 || len(again.Directive.Topics) != 1 {
		t.Errorf("put right it is %+v", again)
	}
	// The key is enough: a PDF of a letter has other spaces and page numbers than its text.
	whole := b.imported(dated)
	if again := b.imported(strings.Replace(dated, "2. Tuyên", "\n2\n\n2. Tuyên", 1) + "\nNơi nhận:\n- Như trên."); again.New || again.Directive.ID != whole.Directive.ID {
		t.Errorf("typed anew it is %s, new %v", again.Directive.ID, again.New)
	}
	if other := b.imported(strings.Replace(dated, "15/UBND-VX", "16/UBND-VX", 1)); !other.New {
		t.Error("another number is taken for the same letter")
	}
}

func TestALetterIsKeptWithItsFile(t *testing.T) {
	b := newBench(t)
	read := b.imported("\ufeff" + dated).Directive
	if read.Source.Name != "cong-van.txt" || read.Source.Format != "text" || read.Source.Doubtful() {
		t.Errorf("its source is %+v", read.Source)
	}
	name, kind, file, err := b.desk.DirectiveFile(t.Context(), read.ID)
	if err != nil || name != "cong-van.txt" || !strings.HasPrefix(kind, "text/plain") || string(file) != "\ufeff"+dated {
		t.Errorf("the file is %q, %q, %d bytes: %v", name, kind, len(file), err)
	}
	text := get[string](t)(b.desk.DirectiveText(t.Context(), read.ID))
	for _, topic := range read.Topics {
		if s := topic.Spans[0]; !strings.HasPrefix(text[s.From:s.To], "Tuyên truyền về") {
			t.Errorf("topic %d stands at %q", topic.Ordinal, text[s.From:s.To])
		}
	}
}

// TestNothingIsOwedUntilAPersonSaysSo goes the way of a letter: read, put right,
// confirmed, given to another area, and taken back.
func TestNothingIsOwedUntilAPersonSaysSo(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	read := b.imported(example).Directive
	count := func() int { return len(get[[]scheduler.Obligation](t)(b.desk.Obligations(ctx, read.ID))) }
	read = get[scheduler.Directive](t)(b.desk.Correct(ctx, read.ID, 0, scheduler.Correction{Demands: &scheduler.TopicDemands{Topic: 2,
		Demands: []scheduler.Demand{{Text: "ngày ba lần", PerDay: 3}}}}))
	would := get[[]scheduler.Obligation](t)(b.desk.Owed(ctx, read.ID, "tinh"))
	if n := count(); n != 0 || len(would) != 2 || would[1].PerDay != 3 {
		t.Fatalf("%d obligations stand before anybody confirmed; it would be %+v", n, would)
	}
	owed := get[[]scheduler.Obligation](t)(b.desk.Confirm(ctx, read.ID, web.Confirm{By: " Lan ", Areas: []scheduler.AreaID{"tinh", "xa-a"}, Edition: read.Edition}))
	if n := count(); n != 4 || len(owed) != 4 || owed[1].PerDay != 3 {
		t.Errorf("%d obligations stand, told were %+v", n, owed)
	}
	read = get[scheduler.Directive](t)(b.desk.Directive(ctx, read.ID))
	if read.Confirmed.By != "Lan" || read.Confirmed.At.IsZero() {
		t.Errorf("it is confirmed by %+v", read.Confirmed)
	}
	if _, err := b.desk.Correct(ctx, read.ID, read.Edition, scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}}); !errors.Is(err, scheduler.ErrConflict) {
		t.Errorf("a confirmed letter is corrected: %v", err)
	}
	get[[]scheduler.Obligation](t)(b.desk.Confirm(ctx, read.ID, web.Confirm{By: "Hùng", Areas: []scheduler.AreaID{"tinh"}, Edition: read.Edition}))
	if again := get[scheduler.Directive](t)(b.desk.Directive(ctx, read.ID)); count() != 4 || again.Confirmed != read.Confirmed {
		t.Errorf("confirmed twice there are %d obligations, confirmed by %+v", count(), again.Confirmed)
	}
	open := get[scheduler.Directive](t)(b.desk.Reopen(ctx, read.ID))
	if count() != 0 || open.IsConfirmed() {
		t.Errorf("reopened, %d obligations stand: %+v", count(), open.Confirmed)
	}
}

// TestRecordingsHoldAConfirmation: they name topics by number, which must not move under them.
func TestRecordingsHoldAConfirmation(t *testing.T) {
	b := newBench(t)
	get[[]scheduler.Obligation](t)(b.desk.Confirm(t.Context(), "thu", web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"xa-b"}}))
	if _, err := b.desk.Reopen(t.Context(), "thu"); !errors.Is(err, scheduler.ErrConflict) {
		t.Errorf("a letter with recordings is reopened: %v", err)
	}
}

// TestADoubtfulTextIsComparedFirst: what came from a picture or an older coding
// is confirmed only by who says to have looked.
func TestADoubtfulTextIsComparedFirst(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		source  scheduler.Source
		checked bool
		want    error
	}{
		{scheduler.Source{Scanned: true}, false, scheduler.ErrInvalid},
		{scheduler.Source{Scanned: true}, true, nil},
		{scheduler.Source{Converted: "tcvn3"}, false, scheduler.ErrInvalid},
		{scheduler.Source{Format: "pdf"}, false, nil},
	} {
		d := scheduler.Directive{ID: scheduler.DirectiveIDOf(c.source.Format + c.source.Converted), Source: c.source, Topics: []scheduler.Topic{{Ordinal: 1, Text: "Một"}}}
		get[bool](t)(b.store.PutDirective(t.Context(), d, store.Letter{}))
		_, err := b.desk.Confirm(t.Context(), d.ID, web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"tinh"}, SourceChecked: c.checked})
		if !errors.Is(err, c.want) {
			t.Errorf("%+v, compared %v: %v", c.source, c.checked, err)
		}
	}
	d := scheduler.Directive{ID: "0"}
	get[bool](t)(b.store.PutDirective(t.Context(), d, store.Letter{}))
	if _, err := b.desk.Confirm(t.Context(), d.ID, web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"tinh"}}); !errors.Is(err, scheduler.ErrInvalid) {
		t.Errorf("a letter without topics is confirmed: %v", err)
	}
}

func TestSearch(t *testing.T) {
	b := newBench(t)
	read := b.imported(dated).Directive
	for query, topics := range map[string]int{"chữa cháy": 1, "chua chay": 1, "CHAY": 1, "chày": 0, "15/UBND-VX": 0, "": 0} {
		hits := get[[]web.LetterHit](t)(b.desk.Search(t.Context(), query, 0))
		n := 0
		for _, h := range hits {
			if h.Kind == "topic" {
				n++
			}
			if h.Directive != read.ID {
				t.Errorf("%q finds %+v", query, h)
			}
		}
		if n != topics || query == "15/UBND-VX" && len(hits) == 0 {
			t.Errorf("%q finds %+v", query, hits)
		}
	}
	if hits := get[[]web.LetterHit](t)(b.desk.Search(t.Context(), "tuyên truyền", 1)); len(hits) != 1 {
		t.Errorf("asked for one, there are %d hits", len(hits))
	}
}
