package agent

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/config"
	"loaphuong/devices/enrol"
	"loaphuong/devices/mqtt"
	"loaphuong/player"
	"loaphuong/player/clock"
	"loaphuong/player/decode"
	"loaphuong/player/heard"
)

// Sound is what a station plays on.
type Sound struct {
	Card player.Card
	Mute Mute // nil: it is never muted
}

// Open makes the agent of an enrolled station. The returned function lets go of
// its logbook.
func Open(c config.Station, sound Sound, version string, log *slog.Logger) (*Agent, func() error, error) {
	id, err := enrol.Load(IdentityDir(c))
	if err != nil {
		return nil, nil, err
	}
	client := mediaClient(id)
	files, err := openShelf(c, id, client)
	if err != nil {
		return nil, nil, err
	}
	book, err := OpenLogbook(filepath.Join(c.Data, "logbook.db"), time.Now())
	if err != nil {
		return nil, nil, err
	}
	if book.Damaged != "" {
		log.Error("the logbook could not be read; a new one was begun", "damaged", book.Damaged)
	}
	machine := clock.NewMachine("/")
	parts := Parts{
		Station: id.Station,
		Keys:    id.Keyring,
		Link:    mqtt.New(mqtt.Config{Brokers: id.Brokers, TLS: id.TLS(), Log: log.With("part", "link")}),
		Card:    sound.Card,
		Mute:    sound.Mute,
		Files:   files,
		Decode:  func(data []byte) (player.Stream, error) { return decode.Open(data) },
		Book:    book,
		Version: version,
		Log:     log,
		Renew:   renewing(IdentityDir(c)),
		Machine: Machine{Boot: machine.Boot(), Steady: machine.Steady, Doubt: doubtOf(c, machine)},
		Learn:   learning(c, id, client, machine, log.With("part", "clock")),
	}
	parts.Doors = func(ctx context.Context, a *Agent) error {
		d := doors{agent: a, config: c, files: files, id: id}
		return d.run(ctx)
	}
	if c.Listen != "" {
		parts.Ear = ear{heard.New(c.Listen, log.With("part", "ear"))}
	}
	a, err := New(parts)
	if err != nil {
		book.Close()
		return nil, nil, err
	}
	return a, book.Close, nil
}

// OpenCarrier carries for a station whose agent is not running: nothing airs
// meanwhile. The returned function lets go of its logbook.
func OpenCarrier(c config.Station, version string, log *slog.Logger) (*Carrier, func() error, error) {
	a, release, err := Open(c, Sound{Card: nowhere{}}, version, log)
	if err != nil {
		return nil, nil, err
	}
	id, err := enrol.Load(IdentityDir(c))
	if err != nil {
		release()
		return nil, nil, err
	}
	return &Carrier{agent: a, files: a.Files.(*shelf), id: id, ask: func(f func(time.Time) error) error { return f(a.now()) }}, release, nil
}

// nowhere is the card of an agent that does not run.
type nowhere struct{ player.Card }

// Name implements [player.Card].
func (nowhere) Name() string { return "none" }

// IdentityDir is where a station keeps what it got when it was enrolled.
func IdentityDir(c config.Station) string { return filepath.Join(c.Data, "identity") }

// renewing renews the identity in dir when its certificate is near its end. A
// running link takes the new certificate at its next connect.
func renewing(dir string) func(context.Context) error {
	return func(ctx context.Context) error {
		id, err := enrol.Load(dir)
		if err != nil || time.Until(id.Expires) > enrol.RenewBefore {
			return err
		}
		_, err = enrol.Renew(ctx, dir)
		return err
	}
}

// doubtOf is why the machine's own clock is not to be believed from the start.
func doubtOf(c config.Station, m clock.Machine) string {
	if c.TrustClock || m.HasBattery() || m.Disciplined() {
		return ""
	}
	return "this PC seems to have no battery for its clock, and the time has not come from the centre yet"
}

// learning follows the time of the centre and of the NTP servers named.
func learning(c config.Station, id enrol.Identity, client *http.Client, m clock.Machine, log *slog.Logger) Learn {
	sources := []clock.Source{clock.Centre(client, timeURL(id.Media), m.Steady)}
	for _, host := range c.NTP {
		sources = append(sources, clock.NTP(host, m.Steady))
	}
	return func(ctx context.Context, nudge <-chan struct{}, told func(clock.Estimate)) error {
		return clock.Follow(ctx, log, sources, nudge, told)
	}
}

// timeURL is where the centre tells the time: beside its audio.
func timeURL(media string) string {
	return strings.TrimSuffix(strings.TrimSuffix(media, "/"), "/media") + "/time"
}
