package agent

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// sector is what a disk writes whole or not at all, in bytes.
const sector = 512

// tornImages is how many files that a power cut may leave are opened: a few
// hundred take seconds; FAULTS asks for another number.
func tornImages(t *testing.T) int {
	asked := os.Getenv("FAULTS")
	n, err := strconv.Atoi(cmp.Or(asked, "300"))
	if err != nil || n < 1 {
		t.Fatalf("FAULTS=%s: give a number of faults", asked)
	}
	return n
}

// TestAPowerCutInTheMiddleOfAWrite opens what the disk may hold when the power
// goes while the logbook writes, after every kind of write, and expects what was
// there before that write or after it, and nothing else.
func TestAPowerCutInTheMiddleOfAWrite(t *testing.T) {
	const writes, images = 60, 5
	for seed := range uint64(1 + (tornImages(t)-1)/(writes*images)) {
		w := newWriter(t, seed)
		for range writes {
			w.tear(images)
		}
		w.book.Close()
	}
}

// writer is a station that writes its logbook, and a power cut in every write.
type writer struct {
	t    *testing.T
	dice *rand.Rand
	book *Logbook
	path string
	now  time.Time
	did  string // the write before the cut
	ids  int
	open []scheduler.AiringID
}

func newWriter(t *testing.T, seed uint64) *writer {
	t.Helper()
	w := &writer{t: t, dice: rand.New(rand.NewPCG(seed, 11)), path: filepath.Join(t.TempDir(), "logbook.db"), now: start()}
	var err error
	if w.book, err = OpenLogbook(w.path, w.now); err != nil {
		t.Fatal(err)
	}
	return w
}

// tear writes once, and opens so many files that a cut may have left of that.
func (w *writer) tear(images int) {
	w.t.Helper()
	c := cut{dice: w.dice, before: w.file(w.path), old: contents(w.t, w.book)}
	if err := w.write(); err != nil {
		w.t.Fatalf("%s: %v", w.did, err)
	}
	c.after, c.new = w.file(w.path), contents(w.t, w.book)
	for range images {
		image, want := c.image()
		left := w.reopen(image, want)
		if w.dice.IntN(8) == 0 { // the power goes again, as the agent opens what the first cut left
			again := cut{dice: w.dice, before: image, after: left, old: want[0], new: want[len(want)-1]}
			image, _ = again.image()
			w.reopen(image, want)
		}
	}
}

func (w *writer) file(path string) []byte {
	w.t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	return raw
}

// reopen opens a logbook as the disk has it, expects one of the given contents
// and that it can be written on, and returns what opening has made of it.
func (w *writer) reopen(image []byte, want []string) (opened []byte) {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "logbook.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		w.t.Fatal(err)
	}
	book, err := OpenLogbook(path, w.now.Add(time.Minute))
	if err != nil {
		w.t.Fatalf("a power cut in %s: %v", w.did, err)
	}
	defer book.Close()
	got := contents(w.t, book)
	if got != want[0] && got != want[len(want)-1] {
		w.t.Fatalf("a power cut in %s left neither what was before nor what came after:\n%s\nbefore:\n%s\nafter:\n%s", w.did, got, want[0], want[len(want)-1])
	}
	opened = w.file(path)
	if err := book.Append(w.line(scheduler.AsRunIntent, "afterwards")); err != nil {
		w.t.Errorf("write on after a power cut in %s: %v", w.did, err)
	}
	checkWhole(w.t, book)
	return opened
}

// checkWhole has bbolt look for pages that are lost or used twice, and checks
// that the lines that wait follow one from the other.
func checkWhole(t *testing.T, book *Logbook) {
	t.Helper()
	book.db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("the logbook is not whole: %v", err)
		}
		return nil
	})
	batch, err := book.Batch(station, time.Time{}, 10000)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range batch.Records[1:] {
		if before := batch.Records[i]; line.Number == before.Number+1 && line.Previous != before.Hash() {
			t.Errorf("line %d does not follow from the one before", line.Number)
		}
	}
	if last := batch.Records[len(batch.Records)-1]; last.Number != batch.Number {
		t.Errorf("the last line is %d, the logbook says %d", last.Number, batch.Number)
	}
}

// contents are all that the logbook holds, byte for byte.
func contents(t *testing.T, book *Logbook) string {
	t.Helper()
	var b bytes.Buffer
	err := book.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(k, v []byte) error {
				_, err := fmt.Fprintf(&b, "%s %q: %q\n", name, k, v)
				return err
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// cut is a power cut in the middle of one write. bbolt makes the file longer,
// writes pages that nothing points to yet, waits for the disk, writes one of
// two meta pages, and waits again. Between two waits the disk may write any
// sector before any other.
type cut struct {
	dice          *rand.Rand
	before, after []byte
	old, new      string // contents
}

// image is one file that the cut may leave, with the contents it may have.
func (c cut) image() (image []byte, want []string) {
	switch c.dice.IntN(5) {
	case 0: // between the two
		image = bytes.Clone(c.after)
		copy(image, c.before[:c.metas()])
		return image, []string{c.old}
	case 1, 2:
		return c.inMeta(), []string{c.old, c.new}
	}
	return c.inPages(), []string{c.old}
}

// metas is how long the meta pages are together.
func (c cut) metas() int { return 2 * os.Getpagesize() }

// inPages has some of the sectors that the pages have changed, others spoilt
// by the cut, and as much of the file as had become of it.
func (c cut) inPages() []byte {
	longer := max(0, len(c.after)-len(c.before))
	image := make([]byte, len(c.before)+c.dice.IntN(longer/sector+1)*sector)
	copy(image, c.before)
	for at := c.metas(); at < len(image); at += sector {
		is, was := c.after[at:at+sector], image[at:at+sector]
		if bytes.Equal(is, was) {
			continue
		}
		switch c.dice.IntN(5) {
		case 0, 1:
			copy(was, is)
		case 2:
			c.spoil(was)
		}
	}
	return image
}

// inMeta has all pages, and of the meta page what was written before the cut:
// nothing, all, or a part, with a spoilt byte or without.
func (c cut) inMeta() []byte {
	image := bytes.Clone(c.after)
	copy(image, c.before[:c.metas()])
	for at := 0; at < c.metas(); at += sector {
		is, was := c.after[at:at+sector], image[at:at+sector]
		if bytes.Equal(is, was) {
			continue
		}
		copy(was, is[:c.dice.IntN(sector+1)])
		if c.dice.IntN(3) == 0 {
			c.spoil(was[c.dice.IntN(sector):])
		}
	}
	return image
}

func (c cut) spoil(b []byte) {
	for i := range b {
		b[i] = byte(c.dice.Uint32())
	}
}

// write writes something, as a station does in its day.
func (w *writer) write() error {
	w.now = w.now.Add(time.Duration(1+w.dice.IntN(90)) * time.Second)
	switch w.dice.IntN(9) {
	case 0:
		return w.keepSchedule()
	case 1:
		return w.settle()
	case 2:
		w.did = "SetCursor"
		_, err := w.book.SetCursor(w.now, []time.Time{{}, w.now.Add(-10 * time.Minute)}[w.dice.IntN(2)])
		return err
	case 3:
		w.did = "Remember"
		_, err := w.book.Remember(fmt.Sprint("command ", w.dice.IntN(30)), w.now.Add(5*time.Minute), w.now)
		return err
	case 4:
		w.did = "Progress"
		return w.book.Progress(w.some(), time.Duration(w.dice.IntN(600))*time.Second)
	}
	return w.append()
}

// append writes one line, or as many as at the end of a long day.
func (w *writer) append() error {
	w.did = "Append"
	lines := make([]scheduler.AsRun, 1+w.dice.IntN(3)*w.dice.IntN(20))
	for i := range lines {
		kinds := []scheduler.AsRunKind{scheduler.AsRunIntent, scheduler.AsRunStart, scheduler.AsRunEnd}
		kind := kinds[w.dice.IntN(len(kinds))]
		id := w.some()
		if kind == scheduler.AsRunIntent {
			w.ids++
			id = scheduler.AiringID(fmt.Sprint("airing ", w.ids))
			w.open = append(w.open, id)
		}
		lines[i] = w.line(kind, id)
	}
	return w.book.Append(lines...)
}

// some is an airing of those that there are.
func (w *writer) some() scheduler.AiringID {
	if len(w.open) == 0 {
		return "airing 0"
	}
	return w.open[w.dice.IntN(len(w.open))]
}

func (w *writer) line(kind scheduler.AsRunKind, id scheduler.AiringID) scheduler.AsRun {
	line := scheduler.AsRun{
		Kind: kind, Airing: id, Planned: w.now, At: w.now, Digest: scheduler.DigestOf([]byte(id)), Approver: "Lan",
		Card: "silent", Clock: scheduler.Clock{Boot: "boot", Monotonic: w.now.Sub(start())},
	}
	if kind == scheduler.AsRunEnd {
		line.Outcome, line.Sounded = scheduler.Aired, time.Minute
	}
	return line
}

// keepSchedule keeps one that takes from one page to many.
func (w *writer) keepSchedule() error {
	w.did = "KeepSchedule"
	raw := make([]byte, 100<<w.dice.IntN(9))
	cut{dice: w.dice}.spoil(raw)
	open := map[scheduler.AiringID]entry{w.some(): {Phase: inherited, Planned: w.now}}
	return w.book.KeepSchedule(raw, w.now, w.now.Add(-time.Minute), open)
}

// settle takes a receipt for most of what waits.
func (w *writer) settle() error {
	w.did = "Settle"
	batch, err := w.book.Batch(station, w.now, devices.MaxBatch)
	if err != nil {
		return err
	}
	r := devices.Receipt{Log: w.book.Log()}
	for _, line := range batch.Records {
		if w.dice.IntN(10) > 0 {
			r.Accepted = append(r.Accepted, line.Number)
		}
	}
	_, err = w.book.Settle(r)
	return err
}

// aside are the files that have been set aside as damaged.
func (w *writer) aside(path string) []string {
	w.t.Helper()
	files, err := filepath.Glob(path + ".damaged-*")
	if err != nil {
		w.t.Fatal(err)
	}
	return files
}

// written is a logbook after a day, closed.
func written(t *testing.T) (w *writer, whole []byte) {
	t.Helper()
	w = newWriter(t, 1)
	for range 60 {
		if err := w.write(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.book.Close(); err != nil {
		t.Fatal(err)
	}
	return w, w.file(w.path)
}

// damaged puts a damaged file where an agent finds its logbook, opens and reads
// it, and returns the log that it is, and where. A fault in the pages that bbolt
// maps into memory is a failure of this test, and not the end of all tests.
func (w *writer) damaged(t *testing.T, image []byte) (log, path string) {
	t.Helper()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("it panics: %v", p)
		}
	}()
	path = filepath.Join(t.TempDir(), "logbook.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := OpenLogbook(path, w.now)
	if err != nil {
		t.Errorf("the station is silent until somebody comes: %v", err)
		return "", path
	}
	_, errDuties := book.Duties()
	_, errBatch := book.Batch(station, w.now, 10000)
	_, _, errSchedule := book.Schedule()
	errAppend := book.Append(w.line(scheduler.AsRunIntent, "afterwards"))
	if err := errors.Join(errDuties, errBatch, errSchedule, errAppend, book.Close()); err != nil {
		t.Error(err)
	}
	return book.Log(), path
}

// TestADamagedLogbookIsSetAside: a station whose logbook cannot be read airs on,
// with a new log, which the centre sees, and keeps the damaged file for who
// comes to look.
func TestADamagedLogbookIsSetAside(t *testing.T) {
	page := os.Getpagesize()
	cases := []struct {
		name   string
		damage func(b []byte) []byte
	}{
		{"both meta pages are lost", func(b []byte) []byte { return filled(b, 0, 2*page, 0xff) }},
		{"a power cut as it was made", func(b []byte) []byte { return filled(b[:4*page], 0, 4*page, 0) }}, // its length is written, its pages are not
		{"cut in the list of free pages", func(b []byte) []byte { return b[:2*page+page/2] }},
		{"cut among its pages", func(b []byte) []byte { return b[:10*page+100] }}, // bbolt maps more than the file has
		{"cut in the meta pages", func(b []byte) []byte { return b[:page+page/2] }},
		{"a few bytes", func(b []byte) []byte { return b[:100] }},
		{"all pages are zero", func(b []byte) []byte { return filled(b, 2*page, len(b), 0) }},
		{"another file", func([]byte) []byte { return []byte("nhật ký phát sóng\n") }},
		{"entries that say nothing", func(b []byte) []byte {
			return bytes.ReplaceAll(b, []byte(`{"phase"`), []byte(`x"phase"`))
		}},
	}
	w, whole := written(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			image := c.damage(bytes.Clone(whole))
			log, path := w.damaged(t, image)
			aside := w.aside(path)
			if len(aside) != 1 || !bytes.Equal(w.file(aside[0]), image) {
				t.Errorf("set aside: %q, want the damaged file as it was", aside)
			}
			if log == w.book.Log() {
				t.Error("the log goes on as if nothing had happened")
			}
		})
	}
}

// TestAnyPageOfALogbookMayBeSpoilt: what cannot be read is set aside, what can
// be is read. bbolt's pages have no digests, so nothing is said of values.
func TestAnyPageOfALogbookMayBeSpoilt(t *testing.T) {
	w, whole := written(t)
	page := os.Getpagesize()
	for at := 0; at < len(whole); at += page {
		for _, with := range []byte{0, 0xff} {
			t.Run(fmt.Sprintf("page %d is %#02x", at/page, with), func(t *testing.T) {
				log, path := w.damaged(t, filled(bytes.Clone(whole), at, at+page, with))
				if aside := w.aside(path); (log == w.book.Log()) != (len(aside) == 0) {
					t.Errorf("log %s, before %s, set aside: %q", log, w.book.Log(), aside)
				}
			})
		}
	}
}

// TestGarbageAfterALogbook: a file may be longer than what is in it.
func TestGarbageAfterALogbook(t *testing.T) {
	w, whole := written(t)
	for _, more := range []int{1, sector, 3*os.Getpagesize() + 7} {
		log, path := w.damaged(t, append(bytes.Clone(whole), filled(make([]byte, more), 0, more, 0xff)...))
		if log != w.book.Log() || len(w.aside(path)) > 0 {
			t.Errorf("with %d bytes more it is log %s, before %s, set aside: %q", more, log, w.book.Log(), w.aside(path))
		}
	}
}

// TestALogbookInUseIsNotSetAside: it is not damaged.
func TestALogbookInUseIsNotSetAside(t *testing.T) {
	w := newWriter(t, 1)
	defer w.book.Close()
	if _, err := OpenLogbook(w.path, w.now); err == nil || len(w.aside(w.path)) > 0 {
		t.Errorf("opened twice: %v; set aside: %q", err, w.aside(w.path))
	}
}

// filled is b with one byte from a place up to another.
func filled(b []byte, from, to int, with byte) []byte {
	for i := range b[from:to] {
		b[from+i] = with
	}
	return b
}
