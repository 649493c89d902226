package studio

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// engine makes one or fails the test.
func engine(t *testing.T, kind string, o EngineOptions) Engine {
	t.Helper()
	e, err := NewEngine(kind, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// shell is a command engine that runs a line of shell.
func shell(t *testing.T, line string) Engine {
	return engine(t, "command", EngineOptions{Name: "shell", Command: []string{"sh", "-c", line}})
}

// service is an HTTP engine whose service answers by answer.
func service(t *testing.T, answer http.HandlerFunc) Engine {
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	return engine(t, "http", EngineOptions{URL: srv.URL, Name: "service", Timeout: 5 * time.Second})
}

// Each engine gives a whole file, of words it was given as UTF-8.
func TestEveryEngineSpeaks(t *testing.T) {
	t.Parallel()
	wav := spoken(t)
	mp3 := made(t, "a.mp3", "-i", onFile(t, wav))
	for _, e := range []Engine{
		engine(t, "espeak", EngineOptions{}),
		engine(t, "espeak", EngineOptions{Name: "southern", Voice: "vi-vn-x-south", Rate: 130}),
		shell(t, `read -r line && test "$line" = "Ủy ban nhân dân họp." && espeak-ng -v vi --stdout "$line"`),
		service(t, func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			if string(b) != "Ủy ban nhân dân họp." || r.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
				http.Error(w, "unexpected words", http.StatusBadRequest)
			}
			w.Write(mp3)
		}),
	} {
		t.Run(e.Name(), func(t *testing.T) {
			t.Parallel()
			s := open(t, nil)
			a, err := s.Speak(t.Context(), "UBND họp.", Voice{Engine: e, Reading: VietnameseReading()})
			if err != nil {
				t.Fatal(err)
			}
			if a.Source != "speech:"+e.Name() || a.Duration < time.Second {
				t.Errorf("%+v", a)
			}
			checkStored(t, s, a)
		})
	}
}

func TestTheStudiosOwnVoiceSpeaksTheSameTwice(t *testing.T) {
	t.Parallel()
	s := open(t, func(set *Settings) {
		set.Voice = Voice{Engine: engine(t, "espeak", EngineOptions{}), Reading: VietnameseReading()}
	})
	one, err := s.Speak(t.Context(), announcement, Voice{})
	two, err2 := s.Speak(t.Context(), announcement, Voice{})
	if err != nil || err2 != nil || one != two {
		t.Errorf("%+v (%v), then %+v (%v)", one, err, two, err2)
	}
	left(t, s, 1)
}

func TestWhatEnginesDoWrongIsSaid(t *testing.T) {
	t.Parallel()
	wav := spoken(t)
	for _, c := range []struct {
		name   string
		engine Engine
		want   error
		says   string
	}{
		{"fails with a reason", shell(t, `echo 'no voice "vi" installed' >&2; exit 3`), ErrSpeech, `exit status 3: no voice "vi" installed`},
		{"says nothing", shell(t, `cat >/dev/null`), ErrSpeech, "gave no audio"},
		{"does not read", shell(t, `echo sorry >&2; exit 1`), ErrSpeech, "sorry"},
		{"speaks text", shell(t, `cat`), ErrNotAudio, "a text"},
		{"never ends", shell(t, `sleep 60`), context.DeadlineExceeded, "no result within 1s"},
		{"leaves a child behind", shell(t, `sleep 60 & sleep 60`), context.DeadlineExceeded, "no result within 1s"},
		{"never ends speaking", shell(t, `cat /dev/zero`), ErrTooBig, "more than 4 MB"},
		{"answers with an error", service(t, func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "quota used up", http.StatusTooManyRequests)
		}), ErrSpeech, "429 Too Many Requests: quota used up"},
		{"answers by halves", service(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			w.Write(wav[:50000])
		}), ErrSpeech, "unexpected EOF"},
		{"answers too much", service(t, func(w http.ResponseWriter, _ *http.Request) { io.Copy(w, endless{}) }), ErrTooBig, "more than 4 MB"},
		{"is not there", engine(t, "http", EngineOptions{URL: "http://127.0.0.1:1/"}), ErrSpeech, "refused"},
		{"is none", nil, ErrSpeech, "none is set up"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, func(s *Settings) { s.MaxBytes = 4 << 20 })
			if c.want == context.DeadlineExceeded {
				s.set.Timeout = time.Second
			}
			_, err := s.Speak(t.Context(), announcement, Voice{Engine: c.engine})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %q and the words %q", err, c.want, c.says)
			}
			left(t, s, 0)
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestNothingToSay(t *testing.T) {
	s := open(t, nil)
	for _, text := range []string{"", " \n", "... !", "\u200b"} {
		if _, err := s.Speak(t.Context(), text, Voice{Engine: shell(t, "cat")}); !errors.Is(err, ErrNoText) {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

func TestEngineSettingsThatCannotWork(t *testing.T) {
	for _, c := range []struct {
		kind string
		o    EngineOptions
		says string
	}{
		{"festival", EngineOptions{}, "want espeak, command or http"},
		{"espeak", EngineOptions{Program: "no-such-espeak"}, "install the Debian package espeak-ng"},
		{"espeak", EngineOptions{Rate: 9000}, "want 80 to 450"},
		{"command", EngineOptions{}, "give the program"},
		{"command", EngineOptions{Command: []string{"no-such-program"}}, "no-such-program"},
		{"http", EngineOptions{URL: "file:///etc/passwd"}, "want an http or https address"},
		{"http", EngineOptions{URL: "speech.local"}, "want an http or https address"},
	} {
		if _, err := NewEngine(c.kind, c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %+v: error %v, want the words %q", c.kind, c.o, err, c.says)
		}
	}
}

// The engine's program and a child of its own write down who they are; when the
// context ends, neither may be left.
func TestCancelKillsTheWholeFamily(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	pids := onFile(t, nil)
	line := `sleep 300 & echo $! $$ >` + pids + `.new && mv ` + pids + `.new ` + pids + ` && wait`
	written := func() bool { return len(read(t, pids)) > 0 }
	_, err := s.Speak(until(t, written), announcement, Voice{Engine: shell(t, line)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	for _, pid := range strings.Fields(string(read(t, pids))) {
		waitGone(t, pid)
	}
	left(t, s, 0)
}

// waitGone fails the test if the process is still there, and more than a zombie
// that its new parent has yet to reap, after a while.
func waitGone(t *testing.T, pid string) {
	t.Helper()
	for range 400 {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || bytes.Contains(stat, []byte(") Z ")) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("process %s is still running", pid)
}
