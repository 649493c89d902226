package centre

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/studio"
	"loaphuong/scheduler/web"
)

// AddRecording takes an uploaded file in.
func (d *Desk) AddRecording(ctx context.Context, r web.NewRecording, name string, audio io.Reader) (scheduler.Recording, error) {
	if _, err := d.topic(ctx, &r); err != nil {
		return scheduler.Recording{}, err
	}
	r.Title = cmp.Or(r.Title, name)
	got, err := d.Studio.Intake(ctx, name, audio)
	if err != nil {
		return scheduler.Recording{}, blame(err)
	}
	return d.keep(ctx, r, got)
}

// Speak has the engine say the script, or the topic's own text.
func (d *Desk) Speak(ctx context.Context, r web.NewRecording) (scheduler.Recording, error) {
	t, err := d.topic(ctx, &r)
	if err != nil {
		return scheduler.Recording{}, err
	}
	r.Script = cmp.Or(r.Script, t.Text)
	got, err := d.Studio.Speak(ctx, r.Script, studio.Voice{})
	if err != nil {
		return scheduler.Recording{}, blame(err)
	}
	return d.keep(ctx, r, got)
}

// topic finds the topic a recording is for and takes its title where none is
// given.
func (d *Desk) topic(ctx context.Context, r *web.NewRecording) (scheduler.Topic, error) {
	if r.Directive == "" {
		return scheduler.Topic{}, nil
	}
	read, err := d.Store.Directive(ctx, r.Directive)
	if err != nil {
		return scheduler.Topic{}, err
	}
	for _, t := range read.Topics {
		if t.Ordinal == r.Topic {
			r.Title = cmp.Or(r.Title, t.Title)
			return t, nil
		}
	}
	return scheduler.Topic{}, scheduler.Invalid(fmt.Errorf("letter %s has no topic %d: it has 1 to %d", r.Directive, r.Topic, len(read.Topics)))
}

// keep writes a recording that waits for approval.
func (d *Desk) keep(ctx context.Context, r web.NewRecording, a studio.Audio) (scheduler.Recording, error) {
	made := scheduler.Recording{
		ID:        scheduler.RecordingID(rand.Text()[:12]),
		Title:     r.Title,
		Language:  cmp.Or(r.Language, "vi"),
		Directive: r.Directive,
		Topic:     r.Topic,
		Digest:    a.Digest,
		Size:      a.Size,
		Duration:  a.Duration,
		Loudness:  a.Loudness,
		Source:    a.Source,
		Script:    r.Script,
		Created:   time.Now().UTC(),
	}
	defer d.News.Tell()
	return made, d.Store.PutRecording(ctx, made)
}

// Recordings lists those of a letter, or all.
func (d *Desk) Recordings(ctx context.Context, id scheduler.DirectiveID) ([]scheduler.Recording, error) {
	return d.Store.Recordings(ctx, store.RecordingFilter{Directive: id})
}

// OpenAudio opens the on-air file of a recording.
func (d *Desk) OpenAudio(ctx context.Context, id scheduler.RecordingID) (io.ReadSeekCloser, error) {
	r, err := d.Store.Recording(ctx, id)
	if err != nil {
		return nil, err
	}
	f, _, err := d.Studio.Open(r.Digest)
	if err != nil {
		return nil, fmt.Errorf("recording %s: %w", id, lost(err))
	}
	return f, nil
}

// Approve approves the audio that a person heard.
func (d *Desk) Approve(ctx context.Context, id scheduler.RecordingID, by string, digest scheduler.Digest) (scheduler.Recording, error) {
	r, err := d.Store.Recording(ctx, id)
	if err != nil {
		return r, err
	}
	if r, err = r.Approve(by, time.Now(), digest); err != nil {
		return r, scheduler.Invalid(err)
	}
	if err := d.Studio.Verify(r.Digest); err != nil {
		return r, fmt.Errorf("approve recording %s: %w", id, lost(err))
	}
	defer d.News.Tell()
	return r, d.Store.PutRecording(ctx, r)
}

// PutEvergreen says of a recording whether it is kept for when scheduled audio is
// missing. The stations learn of it with the next publication.
func (d *Desk) PutEvergreen(ctx context.Context, id scheduler.RecordingID, evergreen bool) (scheduler.Recording, error) {
	r, err := d.Store.Recording(ctx, id)
	if err != nil {
		return r, err
	}
	r.Evergreen = evergreen
	defer d.News.Tell()
	return r, d.Store.PutRecording(ctx, r)
}

// lost marks the studio's errors that say that audio is not what was stored, or
// not there, so that a person is told what to do.
func lost(err error) error {
	switch {
	case errors.Is(err, studio.ErrAltered):
		return fmt.Errorf("%w: %w", scheduler.ErrConflict, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: its audio is no longer on the disk: restore it from a backup or take the recording in again: %w", scheduler.ErrNotFound, err)
	}
	return err
}

// blame marks the studio's errors that lie in what was given.
func blame(err error) error {
	for _, kind := range []error{studio.ErrNotAudio, studio.ErrDamaged, studio.ErrTooBig, studio.ErrTooLong, studio.ErrSilent, studio.ErrLoudness, studio.ErrNoText} {
		if errors.Is(err, kind) {
			return scheduler.Invalid(err)
		}
	}
	return err
}
