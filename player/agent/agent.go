package agent

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/devices"
	"loaphuong/player"
	"loaphuong/player/clock"
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
	// Keep lets go of what is not named, where the room is needed.
	Keep(files []devices.File) error
	// Shed removes files from the end of the list until so many bytes are free.
	Shed(files []devices.File, bytes int64) error
	// Room is how much room there is.
	Room() Room
}

// Room is how much room the disk has, in bytes.
type Room struct {
	Free  int64 // 0 where the system does not say
	Audio int64 // taken by audio
	Low   bool  // too little is left for audio to come
}

// Ear hears what the loudspeakers sound.
type Ear interface {
	// Tap lets it know what is sent to the card.
	Tap(src player.Source) player.Source
	// Run listens until ctx ends.
	Run(ctx context.Context) error
	// Grade says whether what was sent between two instants, by the machine's
	// clock, was heard, and in words how it looked.
	Grade(from, to time.Time) (heard bool, detail string)
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

// Learn follows the time of others until ctx ends, and tells what it learns;
// a nudge says that a link has come up.
type Learn func(ctx context.Context, nudge <-chan struct{}, told func(clock.Estimate)) error

// Machine is the computer that a station runs on.
type Machine struct {
	Boot   string               // names this boot
	Steady func() time.Duration // the time since then by a clock that nobody sets
	// Doubt is why its own clock is not to be believed before the time has been
	// learnt; "" where it is.
	Doubt string
}

// Parts are what an agent is made of. Those after Log may be left out.
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
	Machine Machine // without it, the one that the process runs on, whose clock is right
	Learn   Learn
	Ear     Ear
	Mute    Mute
	// Doors lets others speak to the agent from near by, until ctx ends.
	Doors func(ctx context.Context, a *Agent) error
	// Renew renews the station's certificate if it is time; it is called at the
	// start and twice a day.
	Renew func(ctx context.Context) error
}

// Agent is a station at work.
type Agent struct {
	Parts
	session string
	clock   *timepiece
	mixer   Mixer         // what the duty asks to sound
	sound   *player.Mixer // the same where it truly sounds
	held    schedule

	events  chan player.Event
	mail    chan devices.Message
	linked  chan bool
	fetched chan fetchResult
	card    chan cardNews
	learnt  chan clock.Estimate
	asked   chan question
	over    chan struct{} // closed when no question is answered any more
	nudge   chan struct{} // the link has come up: learn the time again
	hush    hush
	news    news
	want    chan wishes
	spread  time.Duration // of the next wish

	ledger  map[scheduler.AiringID]entry
	pending map[scheduler.AiringID]*pending
	backlog []unwritten                 // lines that are not on the disk yet, in order
	refusal time.Duration               // when the disk last refused something, in steady time
	shedAt  time.Duration               // when audio last had to make room, in steady time
	expanse expanse                     // what the schedule held expands to
	gap     scheduler.Reason            // why airings before the ledger's catching up were not aired
	cursor  time.Time                   // every airing due before it, of the schedules held, is closed
	saved   time.Time                   // when the cursor was last written
	tidied  time.Time                   // when the ledger was last cleared
	settled time.Time                   // the latest airing that this run has closed
	legacy  []devices.File              // of the schedules before, what pending airings still need
	spoilt  map[scheduler.Digest]string // files found damaged and not fetched again yet, and what was found

	fills      map[string]*fill       // what sounds in the place of others, by its key in the mixer
	volume     localVolume            // set at the station
	turns      []scheduler.PlaylistID // those that go first, as set at the station
	evergreens int                    // how many fillers have been taken from the list
	checking   bool                   // a sound check is on air
	heardAt    time.Time              // when the centre was last heard

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
	if p.Machine.Steady == nil {
		p.Machine = thisMachine()
	}
	a := assemble(p)
	a.sound = player.NewMixer(func(e player.Event) { a.events <- e })
	a.mixer = a.sound
	a.hush.sounded = a.clock.steady()
	if err := a.recover(time.Now()); err != nil {
		return nil, fmt.Errorf("station %s: %w", p.Station, err)
	}
	return a, nil
}

// assemble puts an agent together that has no mixer yet and has read nothing.
func assemble(p Parts) *Agent {
	return &Agent{
		Parts:   p,
		session: newID(),
		clock:   &timepiece{boot: p.Machine.Boot, steady: p.Machine.Steady, unsure: p.Machine.Doubt},
		events:  make(chan player.Event, 64),
		mail:    make(chan devices.Message, 64),
		linked:  make(chan bool, 8),
		fetched: make(chan fetchResult, 8),
		card:    make(chan cardNews, 8),
		learnt:  make(chan clock.Estimate, 1),
		asked:   make(chan question),
		over:    make(chan struct{}),
		nudge:   make(chan struct{}, 1),
		hush:    hush{wish: make(chan bool, 1)},
		want:    make(chan wishes, 1),
		fills:   map[string]*fill{},
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
	g.Go(func() error { return a.runLearning(ctx) })
	g.Go(func() error { return a.runEar(ctx) })
	g.Go(func() error { return a.runDoors(ctx) })
	g.Go(func() error { return a.runWatchdog(ctx) })
	g.Go(func() error { return a.runHush(ctx) })
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
	defer close(a.over)
	a.look(a.now())
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
				a.look(a.now())
			}
		case m := <-a.mail:
			if ctx.Err() == nil { // an agent that ends takes up nothing new
				a.receive(m, a.now())
			}
		case e := <-a.learnt:
			a.tookTime(e, time.Now())
		case q := <-a.asked:
			q.answer <- q.ask(a.now())
		case up := <-a.linked:
			a.tookLink(up)
		case r := <-a.fetched:
			a.tookFile(r)
		case c := <-a.card:
			a.tookCard(c)
		}
		a.hushes()
		a.speak(a.now())
		a.news.tell()
	}
}

// now is the time, as far as the station knows it, without a monotonic reading:
// whoever compares instants learns by [Agent.noticeSet] that the clock was set.
func (a *Agent) now() time.Time { return a.clock.now(time.Now()).Round(0) }

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

// runDoors keeps the doors open.
func (a *Agent) runDoors(ctx context.Context) error {
	if a.Doors == nil {
		return nil
	}
	return a.Doors(ctx, a)
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
