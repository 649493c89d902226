package studio

import "errors"

// Kinds of refusal. Each error this package returns for one of them says in
// its text what was wrong with which thing and what to do about it.
var (
	// ErrNotAudio: the content is none of the five kinds of audio taken in.
	ErrNotAudio = errors.New("not audio the studio takes")
	// ErrDamaged: it is audio, and part of it is missing or unreadable.
	ErrDamaged = errors.New("damaged audio")
	// ErrTooBig: more bytes than [Settings.MaxBytes].
	ErrTooBig = errors.New("too big")
	// ErrTooLong: more time than [Settings.MaxDuration].
	ErrTooLong = errors.New("too long")
	// ErrSilent: nothing can be heard in it.
	ErrSilent = errors.New("silent")
	// ErrLoudness: it cannot be brought to the on-air loudness.
	ErrLoudness = errors.New("cannot be brought to the on-air loudness")
	// ErrSpeech: the speech engine gave no audio.
	ErrSpeech = errors.New("speech engine")
	// ErrNoText: there is nothing to say.
	ErrNoText = errors.New("no text to speak")
	// ErrAltered: a stored file no longer has the digest it is stored under.
	ErrAltered = errors.New("altered since it was stored")
	// ErrTool: a program the studio needs is missing or cannot do its work.
	ErrTool = errors.New("missing tool")
)
