package agent

import (
	"fmt"
	"time"

	"loaphuong/devices"
	"loaphuong/player"
)

// Steps is a station whose time its caller makes: the duty of an [Agent], which
// decides and writes, without the loops beside it. The caller plays the part of
// the clock, the card, the link and the fetching, from one goroutine:
//
//   - it calls [Steps.Look] when [Steps.Next] says so, or more often, and the
//     other methods when what they tell has happened;
//   - after every call it takes what there is from [Steps.Sent], and fetches
//     what [Steps.Wish] names;
//   - now is always what the station's clock says, right or wrong, and never
//     carries a monotonic reading.
//
// An agent that loses its power is no longer called, and another one made on
// the logbook that it leaves behind.
type Steps struct {
	duty *Agent
	quiet
}

// NewSteps makes a stepped agent of parts that speaks to the centre when it has
// news, and every idle when it has none; an agent with loops does so every 30 s.
// The Link, Learn, Ear and Renew of the parts are not used, and of the card only its name.
func NewSteps(p Parts, m Machine, mixer Mixer, idle time.Duration, now time.Time) (*Steps, error) {
	p.Machine = m
	a := assemble(p)
	a.mixer = mixer
	if err := a.recover(now); err != nil {
		return nil, fmt.Errorf("station %s: %w", p.Station, err)
	}
	s := &Steps{duty: a, quiet: quiet(idle)}
	a.look(now)
	a.require()
	return s, nil
}

// Look does what a tick of the clock does, except that a station that is idle
// keeps quiet.
func (s *Steps) Look(now time.Time) {
	s.duty.look(now)
	if s.duty.talk.up && s.hasWord(now) {
		s.duty.speak(now)
	}
}

// Heard takes the mixer's word.
func (s *Steps) Heard(e player.Event, now time.Time) {
	s.duty.heard(e)
	s.duty.speak(now)
}

// Receive takes a message from the centre.
func (s *Steps) Receive(m devices.Message, now time.Time) {
	s.duty.receive(m, now)
	s.duty.speak(now)
}

// Linked notes that the link has come up or gone down.
func (s *Steps) Linked(up bool, now time.Time) {
	s.duty.tookLink(up)
	s.duty.speak(now)
}

// Fetched notes that a file has come, or why it has not.
func (s *Steps) Fetched(f devices.File, err error, now time.Time) {
	s.duty.tookFile(fetchResult{f, err})
	s.duty.speak(now)
}

// Card notes that the sound card runs, or why it does not.
func (s *Steps) Card(err error, now time.Time) {
	news := cardNews{ok: err == nil}
	if err != nil {
		news.err = err.Error()
	}
	s.duty.tookCard(news)
	s.duty.speak(now)
}

// Sent is what the station has to send since it was last asked, in order.
func (s *Steps) Sent() (list []devices.Message) {
	for {
		select {
		case m := <-s.duty.talk.outgoing:
			list = append(list, m)
		default:
			return list
		}
	}
}

// Wish is the files that the station wants fetched from now on, in order,
// instead of those it wanted before; false where it wants the same as before.
func (s *Steps) Wish() ([]devices.File, bool) {
	select {
	case w := <-s.duty.want:
		return w.files, true
	default:
		return nil, false
	}
}

// Will is what the broker says for the station when its connection breaks.
func (s *Steps) Will() devices.Message {
	return s.duty.message(devices.StateChannel, s.duty.offline())
}

// Waiting is how many lines the centre has not yet receipted.
func (s *Steps) Waiting() int { return s.duty.talk.outbox }
