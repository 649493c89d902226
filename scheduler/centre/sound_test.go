package centre

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loaphuong/config"
	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/studio"
	"loaphuong/scheduler/web"
)

func onlineState(r scheduler.Revision) devices.State {
	return devices.State{Station: tanHung, Session: "x", Online: true, Revision: r}
}

// speak has the engine say a line and finds the file.
func (b *bench) speak() (scheduler.Recording, string) {
	b.t.Helper()
	r := get[scheduler.Recording](b.t)(b.desk.Speak(b.t.Context(), web.NewRecording{Directive: "thu", Topic: 1}))
	f := get[io.ReadSeekCloser](b.t)(b.desk.OpenAudio(b.t.Context(), r.ID))
	defer f.Close()
	return r, f.(*os.File).Name()
}

// TestApproval: what is approved is the audio that was heard, byte for byte.
func TestApproval(t *testing.T) {
	b := newBench(t).withStudio()
	ctx := t.Context()
	r, path := b.speak()
	if r.Approved() || r.Script != spoken || r.Duration == 0 || r.Size == 0 {
		t.Errorf("spoken, it is %+v", r)
	}
	refused := func(why string, kind error, by string, digest scheduler.Digest) {
		t.Helper()
		if _, err := b.desk.Approve(ctx, r.ID, by, digest); !errors.Is(err, kind) {
			t.Errorf("%s: %v, want %v", why, err, kind)
		}
		if get[scheduler.Recording](t)(b.desk.Recording(ctx, r.ID)).Approved() {
			t.Errorf("%s: it is approved", why)
		}
	}
	refused("by nobody", scheduler.ErrInvalid, "", r.Digest)
	refused("another digest", scheduler.ErrInvalid, "Lan", digestOf("r1"))
	whole := get[[]byte](t)(os.ReadFile(path))
	must(t, os.WriteFile(path, append(whole, 0), 0o644))
	refused("a byte more", scheduler.ErrConflict, "Lan", r.Digest)
	refused("a byte more", studio.ErrAltered, "Lan", r.Digest)
	must(t, os.Remove(path))
	refused("no file", scheduler.ErrNotFound, "Lan", r.Digest)
	must(t, os.WriteFile(path, whole, 0o644))
	if got, err := b.desk.Approve(ctx, r.ID, "Lan", r.Digest); err != nil || !got.Approved() || got.Approval.By != "Lan" {
		t.Errorf("approved, it is %+v: %v", got, err)
	}
	if got := get[[]scheduler.Recording](t)(b.desk.Recordings(ctx, "thu")); len(got) != 3 || !got[0].Approved() {
		t.Errorf("the recordings are %+v", got)
	}
}

// TestACrashedTakeIsClearedAway at the next start, and not what another program
// may be making.
func TestACrashedTakeIsClearedAway(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	old, young := filepath.Join(data, "audio", ".taking-1"), filepath.Join(data, "audio", ".taking-2")
	for _, dir := range []string{old, young} {
		must(t, os.MkdirAll(dir, 0o755))
	}
	long := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(old, long, long))
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	_, err := openStudio(t.Context(), config.Centre{Data: data, Loudness: -18, Speech: config.Speech{Engine: "espeak", Voice: "vi", Rate: 150}}, log)
	must(t, err)
	if _, err := os.Stat(old); err == nil {
		t.Error("what a crash left is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("what may be in the making is gone")
	}
	if !strings.Contains(said.String(), "count=1") {
		t.Errorf("the log says %q", said.String())
	}
}
