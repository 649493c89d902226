package studio

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// Engine turns text into sound. Every engine promises that
//
//  1. Speak writes one whole file of a kind [Studio.Intake] takes, or returns an error;
//  2. the error matches [ErrSpeech], names the engine and carries the last of what it said;
//  3. it returns soon after ctx ends, and leaves nothing running;
//  4. the text reaches the engine as UTF-8 on its input, never on a command line.
type Engine interface {
	// Name tells a person which engine this is: "espeak-ng".
	Name() string
	Speak(ctx context.Context, text string, w io.Writer) error
}

// Voice is an engine and what it must be told about reading the language it
// speaks. Another language is another voice.
type Voice struct {
	Engine  Engine
	Reading Reading // the zero Reading changes nothing
}

// EngineOptions configure an engine; which of them count depends on its kind.
type EngineOptions struct {
	Name    string        // in [Audio.Source]; default: the program or host
	Program string        // espeak: default "espeak-ng"
	Voice   string        // espeak: default "vi"; also "vi-vn-x-central", "vi-vn-x-south"
	Rate    int           // espeak: words a minute, default 150; 80 to 450
	Command []string      // command: program and arguments; text on its input, audio on its output
	URL     string        // http: where text is posted, http or https
	Timeout time.Duration // http: for one text, default 2 minutes
}

// NewEngine makes an engine of one of the kinds
//
//   - "espeak": the espeak-ng program, which reads Vietnamese in three accents;
//   - "command": any program that reads text and writes audio;
//   - "http": a service that answers posted text with audio.
//
// A program that is missing is reported here, not when it is first needed.
func NewEngine(kind string, o EngineOptions) (Engine, error) {
	switch kind {
	case "espeak":
		return newEspeak(o)
	case "command":
		return newCommand(o)
	case "http":
		return newHTTP(o)
	}
	return nil, fmt.Errorf("speech engine %q: want espeak, command or http", kind)
}

// Speak has the voice read text out and stores the result in the on-air format.
// The zero Voice stands for [Settings.Voice]. The engine and the conversion
// each have the studio's timeout.
func (s *Studio) Speak(ctx context.Context, text string, voice Voice) (Audio, error) {
	if voice.Engine == nil {
		voice = s.set.Voice
	}
	if voice.Engine == nil {
		return Audio{}, fmt.Errorf("speak: %w: none is set up", ErrSpeech)
	}
	if strings.IndexFunc(text, speakable) < 0 {
		return Audio{}, fmt.Errorf("speak: %w: write at least one word", ErrNoText)
	}
	said := voice.Reading.Speakable(text)
	name := voice.Engine.Name()
	a, err := s.take(ctx, "speech:"+name, func(ctx context.Context, w io.Writer) error {
		ctx, cancel := s.bounded(ctx)
		defer cancel()
		return voice.Engine.Speak(ctx, said, w)
	})
	if err != nil {
		return Audio{}, fmt.Errorf("speak with %s: %w", name, err)
	}
	return a, nil
}

// speakable reports whether r gives a voice anything to say.
func speakable(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// newEspeak is a command with the arguments espeak-ng needs.
func newEspeak(o EngineOptions) (Engine, error) {
	if o.Program == "" {
		o.Program = "espeak-ng"
	}
	if o.Voice == "" {
		o.Voice = "vi"
	}
	if o.Rate == 0 {
		o.Rate = 150 // espeak-ng's own 175 is hard to follow over a horn with an echo
	}
	if o.Rate < 80 || o.Rate > 450 {
		return nil, fmt.Errorf("speech rate %d: want 80 to 450 words a minute", o.Rate)
	}
	path, err := findTool(o.Program, "espeak-ng")
	if err != nil {
		return nil, err
	}
	argv := []string{path, "-v", o.Voice, "-s", fmt.Sprint(o.Rate), "-b", "1", "--stdin", "--stdout"}
	return &commandEngine{name: orElse(o.Name, "espeak-ng"), argv: argv}, nil
}

// newHTTP checks the address.
func newHTTP(o EngineOptions) (Engine, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("speech service %q: want an http or https address", o.URL)
	}
	if o.Timeout <= 0 {
		o.Timeout = 2 * time.Minute
	}
	return &httpEngine{name: orElse(o.Name, u.Hostname()), url: o.URL, timeout: o.Timeout}, nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
