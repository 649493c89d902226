package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"loaphuong/scheduler"
)

// memoryDesk is a Desk that keeps everything in memory. What comes from
// stations, the states and the airings, is set by the test.
type memoryDesk struct {
	mu          sync.Mutex
	now         time.Time
	letters     []scheduler.Directive
	texts       map[scheduler.DirectiveID]string
	files       map[scheduler.DirectiveID]keptFile
	obligations []scheduler.Obligation
	recordings  []scheduler.Recording
	audio       map[scheduler.RecordingID][]byte
	areas       []scheduler.Area
	states      []StationState
	programmes  []scheduler.Programme
	playlists   map[scheduler.StationID][]scheduler.Playlist
	airings     []scheduler.JudgedAiring
	logs        []scheduler.LogVerdict
	ready       []scheduler.Readiness
	planning    planned
	audit       memoryAudit
	fault       error  // what everything that lists fails with
	correctedBy string // who made the last correction
	followers   []chan struct{}
	following   chan struct{} // gets a value when somebody follows

	once    sync.Once
	handler http.Handler // over this desk, made when it is first asked
}

func newMemoryDesk(now time.Time) *memoryDesk {
	return &memoryDesk{
		now:       now,
		texts:     map[scheduler.DirectiveID]string{},
		files:     map[scheduler.DirectiveID]keptFile{},
		audio:     map[scheduler.RecordingID][]byte{},
		playlists: map[scheduler.StationID][]scheduler.Playlist{},
		following: make(chan struct{}, 100),
	}
}

func absent(what string, id any) error {
	return fmt.Errorf("%s %v: %w", what, id, scheduler.ErrNotFound)
}

func find[T any](all []T, what string, id any, is func(T) bool) (T, error) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], nil
	}
	var none T
	return none, absent(what, id)
}

func put[T any](all []T, v T, is func(T) bool) []T {
	return append(slices.DeleteFunc(all, is), v)
}

func (m *memoryDesk) AddRecording(_ context.Context, n NewRecording, name string, audio io.Reader) (scheduler.Recording, error) {
	b, err := io.ReadAll(audio)
	if err != nil {
		return scheduler.Recording{}, errors.New("the audio ended early") // loses what went wrong, as a decoder would
	}
	return m.keep(n, "upload:"+name, b), nil
}

func (m *memoryDesk) Speak(_ context.Context, n NewRecording) (scheduler.Recording, error) {
	return m.keep(n, "speech:test", []byte(n.Script)), nil
}

func (m *memoryDesk) keep(n NewRecording, source string, audio []byte) scheduler.Recording {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := scheduler.Recording{
		ID:        scheduler.RecordingID(fmt.Sprintf("r%d", len(m.recordings)+1)),
		Title:     n.Title,
		Language:  n.Language,
		Directive: n.Directive,
		Topic:     n.Topic,
		Digest:    scheduler.DigestOf(audio),
		Size:      int64(len(audio)),
		Duration:  45 * time.Second,
		Loudness:  -18.2,
		Source:    source,
		Script:    n.Script,
		Created:   m.now,
	}
	m.recordings = append(m.recordings, r)
	m.audio[r.ID] = audio
	return r
}

func (m *memoryDesk) Recordings(_ context.Context, id scheduler.DirectiveID) ([]scheduler.Recording, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.recordings), func(r scheduler.Recording) bool { return id != "" && r.Directive != id }), m.fault
}

func (m *memoryDesk) Recording(_ context.Context, id scheduler.RecordingID) (scheduler.Recording, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return find(m.recordings, "recording", id, func(r scheduler.Recording) bool { return r.ID == id })
}

// openAudio is a file in memory.
type openAudio struct{ *bytes.Reader }

func (openAudio) Close() error { return nil }

func (m *memoryDesk) OpenAudio(ctx context.Context, id scheduler.RecordingID) (io.ReadSeekCloser, error) {
	if _, err := m.Recording(ctx, id); err != nil {
		return nil, err
	}
	return openAudio{bytes.NewReader(m.audio[id])}, nil
}

func (m *memoryDesk) Approve(ctx context.Context, id scheduler.RecordingID, by string, digest scheduler.Digest) (scheduler.Recording, error) {
	r, err := m.Recording(ctx, id)
	if err != nil {
		return r, err
	}
	r, err = r.Approve(by, m.now, digest)
	if err != nil {
		return r, fmt.Errorf("%w: %w", scheduler.ErrConflict, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.recordings = put(m.recordings, r, func(o scheduler.Recording) bool { return o.ID == id })
	return r, nil
}

func (m *memoryDesk) PutEvergreen(ctx context.Context, id scheduler.RecordingID, evergreen bool) (scheduler.Recording, error) {
	r, err := m.Recording(ctx, id)
	if err != nil {
		return r, err
	}
	r.Evergreen = evergreen
	m.mu.Lock()
	defer m.mu.Unlock()
	m.recordings = put(m.recordings, r, func(o scheduler.Recording) bool { return o.ID == id })
	return r, nil
}
