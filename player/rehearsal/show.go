package rehearsal

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"loaphuong/devices"
	"loaphuong/player/agent"
	"loaphuong/scheduler"
)

// Station is a station to rehearse. All but ID, Keys, From and Dir may be left
// out.
type Station struct {
	ID      scheduler.StationID
	Keys    devices.Keyring // whose word the station takes
	From    time.Time       // when it is switched on for the first time
	Outages []Outage        // of this station; their Station is not looked at
	Dir     string          // where its logbook goes, best a temporary directory; stations may share one
	// Bandwidth is how much audio comes in a second, in bytes; 0 means 100 000.
	Bandwidth int64
	// Idle is how often the station speaks that has nothing new to say. It is
	// held to 30 s at least, the agent's own beat, which a rehearsal of many
	// stations has no time for; 0 means an hour. After its last line a station
	// tells how far its word reaches within 30 s in any case.
	Idle time.Duration
	Log  *slog.Logger // what the agent has to say; nil for nothing
}

// Send hands what a station says to its centre, with the instant at which it
// comes there, and returns what the centre answers. A batch that is answered
// with no receipt is sent again.
type Send func(m devices.Message, at time.Time) (answers []devices.Message)

// Show is one station's rehearsal. It belongs to one goroutine at a time.
type Show struct {
	Station
	now    time.Time
	agenda agenda
	fails  map[Kind]bool
	ahead  time.Duration // of the station's clock

	mixer  mixer
	shelf  shelf
	wire   wire
	steps  *agent.Steps // nil while the power is off
	book   *agent.Logbook
	boots  int
	booted time.Time
	err    error // what has ended the show
}

const (
	defaultBandwidth = 100_000
	defaultIdle      = time.Hour
)

// Open makes the show of a station. Nothing happens until it runs.
func Open(s Station) (*Show, error) {
	if s.ID == "" || s.Dir == "" || s.From.IsZero() {
		return nil, fmt.Errorf("rehearse station %q: it needs a name, a beginning and a directory", s.ID)
	}
	s.From = s.From.Round(0)
	s.Bandwidth, s.Idle = cmp.Or(s.Bandwidth, defaultBandwidth), cmp.Or(s.Idle, defaultIdle)
	s.Log = cmp.Or(s.Log, slog.New(slog.DiscardHandler))
	show := &Show{Station: s, now: s.From, fails: map[Kind]bool{}, shelf: newShelf(), wire: newWire()}
	for _, o := range spans(s.Outages) {
		show.agenda.put(o.From, "", func() { show.begin(o) })
		show.agenda.put(o.Until, "", func() { show.end(o) })
	}
	show.agenda.put(s.From, "", show.powerOn)
	return show, nil
}

// Give lets the centre send a message at an instant. One that is retained, as
// a schedule, reaches a station that is off or cut off when it is back; another
// is lost to it.
func (s *Show) Give(m devices.Message, at time.Time) {
	s.agenda.put(at.Round(0), "", func() { s.deliver(m) })
}

// Now is how far the show has come.
func (s *Show) Now() time.Time { return s.now }

// Waiting is how many as-run lines have no receipt yet, or 0 where the power is
// off.
func (s *Show) Waiting() int {
	if s.steps == nil {
		return 0
	}
	return s.steps.Waiting()
}

// Close lets go of the logbook, which stays where it is.
func (s *Show) Close() error {
	if s.steps == nil {
		return nil
	}
	s.steps = nil
	return s.book.Close()
}

// Run goes on until an instant, that one included; it may be called again with
// a later one. It ends early with an error when ctx ends or the logbook cannot
// be opened.
func (s *Show) Run(ctx context.Context, until time.Time, send Send) error {
	for until = until.Round(0); ctx.Err() == nil; {
		at, do := s.soonest()
		if do == nil || at.After(until) {
			s.now = latest(s.now, until)
			return nil
		}
		s.now = latest(s.now, at)
		s.mixer.now = s.clock()
		do()
		if s.settle(); s.err != nil {
			return fmt.Errorf("rehearse station %s at %s: %w", s.ID, s.now.UTC().Format(time.RFC3339), s.err)
		}
		s.post(send)
	}
	return ctx.Err()
}

// soonest is what happens next, nil where nothing does any more.
func (s *Show) soonest() (at time.Time, do func()) {
	if len(s.agenda) > 0 {
		at, do = s.agenda[0].at, func() { s.agenda.take().do() }
	}
	if s.steps == nil {
		return at, do
	}
	if heard := s.mixer.next(); !heard.IsZero() {
		if heard = heard.Add(-s.ahead); do == nil || heard.Before(at) {
			at, do = heard, func() {} // settle asks the mixer
		}
	}
	if look := s.steps.Next(s.clock()).Add(-s.ahead); do == nil || look.Before(at) {
		at, do = look, func() { s.steps.Look(s.clock()) }
	}
	return at, do
}

// settle carries what has just happened to whom it concerns, until it concerns
// nobody any more.
func (s *Show) settle() {
	for again := true; again && s.steps != nil; {
		again = s.listen()
		if files, changed := s.steps.Wish(); changed {
			s.wish(files)
			again = true
		}
		s.wire.out = append(s.wire.out, s.steps.Sent()...)
	}
}

// listen tells the agent what the mixer has to say, and whether that was anything.
func (s *Show) listen() bool {
	events := s.mixer.turn(s.clock())
	for _, e := range events {
		s.steps.Heard(e, s.clock())
	}
	return len(events) > 0
}

// clock is what the station's clock says.
func (s *Show) clock() time.Time { return s.now.Add(s.ahead) }

// path is where the logbook is.
func (s *Show) path() string { return filepath.Join(s.Dir, string(s.ID)+".db") }

func latest(x, y time.Time) time.Time {
	if y.After(x) {
		return y
	}
	return x
}
