package agent

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"loaphuong/devices"
	"loaphuong/devices/memory"
	"loaphuong/player/silent"
	"loaphuong/scheduler"
)

// TestAWordThatSaysNothing: one that cannot be read would stop the agent each
// time that it starts.
func TestAWordThatSaysNothing(t *testing.T) {
	for _, word := range []struct{ bucket, key string }{
		{metaBucket, sinceKey}, {metaBucket, cursorKey}, {metaBucket, acceptedKey}, {metaBucket, lastKey}, {metaBucket, lostKey},
		{metaBucket, clockKey}, {metaBucket, volumeKey}, {metaBucket, turnsKey},
		{dutyBucket, "airing"}, {outboxBucket, "12345678"}, {outboxBucket, "short"},
	} {
		t.Run(word.bucket+" "+word.key, func(t *testing.T) {
			w := newWriter(t, 1)
			err := w.book.update(func(tx *bbolt.Tx) error {
				value := []byte("nothing")
				if word.key == "short" {
					value = []byte("{}")
				}
				return tx.Bucket([]byte(word.bucket)).Put([]byte(word.key), value)
			})
			if err != nil {
				t.Fatal(err)
			}
			w.book.Close()
			image := w.file(w.path)
			log, path := w.damaged(t, image)
			if aside := w.aside(path); len(aside) != 1 || log == w.book.Log() {
				t.Errorf("set aside: %q; the log is %s, before %s", aside, log, w.book.Log())
			}
		})
	}
}

// TestAStationAirsOnWithANewLog, and says that the old one was damaged.
func TestAStationAirsOnWithANewLog(t *testing.T) {
	inBench(t, func(b *bench) {
		s := b.schedule(1, 90*time.Second, "a")
		b.publish(s)
		b.end()
		if err := os.WriteFile(b.path, []byte("nhật ký"), 0o600); err != nil {
			t.Fatal(err)
		}
		b.begin() // the broker has kept the schedule for it
		if b.book.Damaged == "" || !b.complains("disk") {
			t.Errorf("it was put at %q; the page complains: %t", b.book.Damaged, b.complains("disk"))
		}
		b.until(3 * time.Minute)
		b.want("a", scheduler.Aired, "")
		b.mu.Lock()
		if told := b.state.Error; !bytes.Contains([]byte(told), []byte(b.book.Damaged)) {
			t.Errorf("the centre is told %q", told)
		}
		b.mu.Unlock()
		b.end()
		b.begin()
		if b.book.Damaged != "" {
			t.Error("it is said again after the next start")
		}
	})
}

// TestWhatIsNotDamagedIsNotSetAside: what the system has against opening it says
// nothing of the file.
func TestWhatIsNotDamagedIsNotSetAside(t *testing.T) {
	cases := []struct {
		name string
		make func(t *testing.T, path string)
	}{
		{"a directory", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o700)) }},
		{"a link to itself", func(t *testing.T, path string) { must(t, os.Symlink(path, path)) }},
		{"not ours to open", func(t *testing.T, path string) {
			if os.Geteuid() == 0 {
				t.Skip("everything is root's to open")
			}
			must(t, os.WriteFile(path, []byte("nothing"), 0))
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "logbook.db")
			c.make(t, path)
			book, err := OpenLogbook(path, start())
			if err == nil {
				book.Close()
				t.Error("it was opened")
			}
			if _, err := os.Lstat(path); err != nil {
				t.Errorf("it is not where it was: %v", err)
			}
			if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) > 0 {
				t.Errorf("set aside: %q", aside)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFineLogbookIsNeverSetAside(t *testing.T) {
	for seed := range uint64(5) {
		w := newWriter(t, seed)
		for range 40 {
			if err := w.write(); err != nil {
				t.Fatal(err)
			}
		}
		before := contents(t, w.book)
		w.book.Close()
		book, err := OpenLogbook(w.path, w.now)
		if err != nil || book.Damaged != "" || contents(t, book) != before {
			t.Fatalf("%v; set aside: %q", err, book.Damaged)
		}
		book.Close()
	}
}

func TestTwoDamagedLogbooksInTheSameSecond(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logbook.db")
	for n := range 2 {
		must(t, os.WriteFile(path, fmt.Appendf(nil, "damaged %d", n), 0o600))
		book, err := OpenLogbook(path, start())
		must(t, err)
		book.Close()
	}
	if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) == 0 {
		t.Error("none is set aside")
	}
}

// FuzzDamagedLogbook: whatever becomes of the bytes, an agent starts and writes;
// either with the log it had, or with a new one beside the damaged file.
func FuzzDamagedLogbook(f *testing.F) {
	page := os.Getpagesize()
	f.Add(0, []byte{0xff}, 0)
	f.Add(page+16, []byte{1, 2, 3, 4}, 0)
	f.Add(3*page+8, []byte{0xff, 0xff}, 5*page)
	f.Add(5*page, bytes.Repeat([]byte{0}, 512), 0)
	f.Add(4*page+100, []byte(`{"x`), 1)
	var whole []byte
	var log string
	f.Fuzz(func(t *testing.T, at int, spoilt []byte, cut int) {
		if whole == nil {
			var w *writer
			w, whole = written(t)
			log = w.book.Log()
		}
		image := bytes.Clone(whole)
		copy(image[min(max(at, -at)&0x7fffffff%len(image), len(image)-1):], spoilt)
		if cut > 0 {
			image = image[:cut%len(image)]
		}
		path := filepath.Join(t.TempDir(), "logbook.db")
		must(t, os.WriteFile(path, image, 0o600))
		takesUp(t, path, log)
	})
}

// takesUp starts an agent, which does not run, on a logbook.
func takesUp(t *testing.T, path, log string) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	book, err := OpenLogbook(path, start())
	if err != nil {
		t.Fatalf("the station is silent until somebody comes: %v", err)
	}
	defer book.Close()
	if aside, _ := filepath.Glob(path + ".damaged-*"); (book.Damaged == "") != (len(aside) == 0) {
		t.Errorf("damaged: %q, set aside: %q", book.Damaged, aside)
	}
	a, err := New(Parts{
		Station: station, Keys: devices.Keyring{}, Link: memory.NewBroker().Link(string(station)), Card: silent.New(),
		Files: &fakeFiles{have: map[scheduler.Digest][]byte{}}, Decode: decodeFake, Book: book, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("the log that was %s and is %s cannot be taken up: %v", log, book.Log(), err)
	}
	a.look(start().Add(time.Hour))
	if _, err := book.Batch(station, start(), 10000); err != nil {
		t.Error(err)
	}
	if err := book.Append(minute(1)); err != nil {
		t.Error(err)
	}
}
