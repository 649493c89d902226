package agent

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/scheduler"
)

// Files is the station's store of audio.
type Files interface {
	Has(d scheduler.Digest) bool
	// Read returns a file whole after checking its digest once more; a file
	// that is not what its digest says is gone afterwards.
	Read(d scheduler.Digest) ([]byte, error)
	// Fetch brings a file from the centre, going on where it was broken off.
	Fetch(ctx context.Context, f devices.File) error
	// Keep removes what is not named.
	Keep(files []devices.File) error
}

// Mixer is what a station's duty asks of its mixer; [player.Mixer] says what
// each means, and is the one that sounds.
type Mixer interface {
	Place(item player.Item) error
	Stop(key string)
	SetVolume(percent int)
}

// Decode opens an on-air file.
type Decode func(data []byte) (player.Stream, error)

// Parts are what an agent is made of. All but Renew are needed.
type Parts struct {
	Station scheduler.StationID
	Keys    devices.Keyring
	Link    devices.Link
	Card    player.Card
	Files   Files
	Decode  Decode
	Book    *Logbook
	Version string
	Log     *slog.Logger
	// Renew renews the station's certificate if it is time; it is called at the
	// start and twice a day.
	Renew func(ctx context.Context) error
}

// Agent is a station at work.
type Agent struct {
	Parts
	session string
	clock   *clock
	mixer   Mixer         // what the duty asks to sound
	sound   *player.Mixer // the same where it truly sounds
	held    schedule

	events  chan player.Event
	mail    chan devices.Message
	linked  chan bool
	fetched chan fetchResult
	card    chan cardNews
	want    chan []devices.File

	ledger  map[scheduler.AiringID]entry
	pending map[scheduler.AiringID]*pending
	backlog []unwritten                 // lines that are not on the disk yet, in order
	refusal time.Duration               // when the disk last refused something, in steady time
	expanse expanse                     // what the schedule held expands to
	gap     scheduler.Reason            // why airings before the ledger's catching up were not aired
	cursor  time.Time                   // every airing due before it, of the schedules held, is closed
	saved   time.Time                   // when the cursor was last written
	tidied  time.Time                   // when the ledger was last cleared
	settled time.Time                   // the latest airing that this run has closed
	legacy  []devices.File              // of the schedules before, what pending airings still need
	spoilt  map[scheduler.Digest]string // files found damaged and not fetched again yet, and what was found

	cardNews cardNews
	fetchErr string
	refused  string
	clockOK  bool
	leaving  bool // the agent was told to end
	talk     talk
}

// Timings of the agent's loops.
const (
	tick       = 250 * time.Millisecond // how often the due ledger is looked at
	lead       = 3 * time.Second        // how long before its start an airing is loaded and handed to the mixer
	saveCursor = 10 * time.Minute       // how often the cursor is written when nothing happens
	step       = 2 * time.Second        // a clock that moved further than this was set
	tryAgain   = time.Second            // how long to wait before an airing that cannot be loaded is tried again
	diskRetry  = 5 * time.Second        // how long to wait before last words that the disk refused are written again
	renewal    = 12 * time.Hour         // how often the certificate's end is looked at
	farewell   = 2 * time.Second        // how long the goodbye to the centre may take
)

// New makes an agent of parts. It reads the logbook, closes what a previous run
// left open, and takes up the schedule held.
func New(p Parts) (*Agent, error) {
	a := assemble(p, newClock())
	a.sound = player.NewMixer(func(e player.Event) { a.events <- e })
	a.mixer = a.sound
	if err := a.recover(time.Now()); err != nil {
		return nil, fmt.Errorf("station %s: %w", p.Station, err)
	}
	return a, nil
}

// assemble puts an agent together that has no mixer yet and has read nothing.
func assemble(p Parts, c *clock) *Agent {
	return &Agent{
		Parts:   p,
		session: newID(),
		clock:   c,
		events:  make(chan player.Event, 64),
		mail:    make(chan devices.Message, 64),
		linked:  make(chan bool, 8),
		fetched: make(chan fetchResult, 8),
		card:    make(chan cardNews, 8),
		want:    make(chan []devices.File, 1),
		pending: map[scheduler.AiringID]*pending{},
		spoilt:  map[scheduler.Digest]string{},
		gap:     scheduler.PowerLost,
		talk:    newTalk(),
	}
}

// Run is the station on air until ctx ends. What sounds then is cut and
// recorded; what was about to sound is taken up by the next run. The link goes
// last, so that the centre hears of it.
func (a *Agent) Run(ctx context.Context) error {
	a.Log.Info("on duty", "station", a.Station, "card", a.Card.Name(), "revision", a.held.Revision, "outbox", a.talk.outbox)
	g, ctx := errgroup.WithContext(ctx)
	linked, unlink := context.WithCancel(context.WithoutCancel(ctx))
	g.Go(func() error { return a.runCard(ctx) })
	g.Go(func() error { return a.Link.Run(linked, a.wire(linked)) })
	g.Go(func() error { return a.runFetching(ctx) })
	g.Go(func() error { return a.runSending(ctx) })
	g.Go(func() error { return a.runRenewing(ctx) })
	g.Go(func() error {
		defer close(a.events)
		return a.sound.Run(ctx)
	})
	g.Go(func() error {
		defer unlink()
		a.runDuty(ctx)
		return a.leave(linked)
	})
	return g.Wait()
}

// runDuty is the one goroutine that decides and writes. It goes on until the
// mixer has told everything.
func (a *Agent) runDuty(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	a.look(time.Now())
	a.require()
	for {
		select {
		case e, open := <-a.events:
			if !open {
				return
			}
			a.leaving = ctx.Err() != nil
			a.heard(e)
		case <-ticker.C:
			if ctx.Err() == nil {
				a.look(time.Now())
			}
		case m := <-a.mail:
			if ctx.Err() == nil { // an agent that ends takes up nothing new
				a.receive(m, time.Now())
			}
		case up := <-a.linked:
			a.tookLink(up)
		case r := <-a.fetched:
			a.tookFile(r)
		case c := <-a.card:
			a.tookCard(c)
		}
		a.speak(time.Now())
	}
}

// leave writes what is still to be written, so that the next run knows how far
// this one came, and tells the centre goodbye if it can be told.
func (a *Agent) leave(linked context.Context) error {
	a.refusal = 0
	a.flush()
	_, err := a.Book.SetCursor(a.cursor, time.Time{})
	if a.talk.up {
		ctx, cancel := context.WithTimeout(linked, farewell)
		defer cancel()
		a.sayGoodbye(ctx)
	}
	return err
}

// runRenewing keeps the station's certificate from running out.
func (a *Agent) runRenewing(ctx context.Context) error {
	for a.Renew != nil {
		if err := a.Renew(ctx); err != nil && ctx.Err() == nil {
			a.Log.Warn("renew the certificate", "err", err)
		}
		if !pause(ctx, renewal) {
			break
		}
	}
	return nil
}

// deliver puts v in a queue of the duty unless ctx ends first, when nobody
// reads the queue any more.
func deliver[T any](ctx context.Context, queue chan<- T, v T) {
	select {
	case queue <- v:
	case <-ctx.Done():
	}
}

// pause waits for d and reports whether ctx is still alive.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
