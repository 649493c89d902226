package centre

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

const (
	// commandLife is how long a command is good for: by then a station that had
	// no link does something else that nobody has asked to be stopped.
	commandLife = 2 * time.Minute
	// commandTime is how long the broker may take to take one.
	commandTime = 2 * time.Second
	// commandsAtOnce is how many are on their way to the broker.
	commandsAtOnce = 64
)

// roll is which stations there are, kept in memory for when the database does
// not answer.
type roll struct {
	mu  sync.Mutex
	all []scheduler.StationID
}

// set takes the stations there are; retired ones have nobody to speak to.
func (r *roll) set(stations []scheduler.Station) {
	var all []scheduler.StationID
	for _, s := range stations {
		if !s.Retired {
			all = append(all, s.ID)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = all
}

func (r *roll) stations() []scheduler.StationID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.all)
}

// callRoll learns which stations there are.
func (d *Desk) callRoll(ctx context.Context) error {
	stations, err := d.Store.Stations(ctx)
	if err == nil {
		d.roll.set(stations)
	}
	return err
}

// Stop ends what is on air. To stop everywhere needs the link alone, and not the
// database.
func (d *Desk) Stop(ctx context.Context, f web.StopForm) (web.Stopped, error) {
	stations, err := d.toStop(ctx, f)
	if err != nil {
		return web.Stopped{}, err
	}
	if f.By == "" {
		return web.Stopped{}, scheduler.Invalid(errors.New("say who stops it"))
	}
	done := web.Stopped{ID: strings.ToLower(rand.Text()), Told: []scheduler.StationID{}, Untold: []scheduler.StationID{}}
	d.Publisher.Log.Warn("stop", "by", f.By, "command", done.ID, "stations", len(stations), "everywhere", f.Everywhere)
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(commandsAtOnce)
	for _, id := range stations {
		g.Go(func() error {
			err := d.Publisher.command(ctx, id, devices.Command{ID: done.ID, Verb: devices.StopAiring}, time.Now())
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				d.Publisher.Log.Error("stop", "station", id, "command", done.ID, "err", err)
				done.Untold = append(done.Untold, id)
				return nil
			}
			done.Told = append(done.Told, id)
			return nil
		})
	}
	_ = g.Wait() // each has said what became of it
	slices.Sort(done.Told)
	slices.Sort(done.Untold)
	return done, nil
}

// toStop is which stations a form means.
func (d *Desk) toStop(ctx context.Context, f web.StopForm) ([]scheduler.StationID, error) {
	switch {
	case f.Everywhere:
		return d.roll.stations(), nil
	case f.Area != "":
		return d.stationsWithin(ctx, f.Area)
	case len(f.Stations) > 0:
		for _, id := range f.Stations {
			if _, err := d.Store.Station(ctx, id); err != nil {
				return nil, err
			}
		}
		return f.Stations, nil
	}
	return nil, scheduler.Invalid(errors.New("say where to stop: stations, an area, or everywhere"))
}

// stationsWithin are those of an area and of the areas below it.
func (d *Desk) stationsWithin(ctx context.Context, area scheduler.AreaID) (all []scheduler.StationID, err error) {
	if err := d.wantArea(ctx, area); err != nil {
		return nil, err
	}
	areas, err := d.Store.Areas(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := scheduler.NewTree(areas)
	if err != nil {
		return nil, err
	}
	stations, err := d.Store.Stations(ctx)
	for _, s := range stations {
		if tree.Within(s.Area, area) {
			all = append(all, s.ID)
		}
	}
	return all, err
}

// command signs a command to a station and hands it to the broker.
func (p *Publisher) command(ctx context.Context, id scheduler.StationID, c devices.Command, now time.Time) error {
	sealed, err := devices.Seal(p.Key, devices.Envelope{
		To:        string(id),
		Kind:      devices.CommandChannel,
		Sequence:  uint64(now.UnixNano()),
		NotBefore: now.Add(-clockSlack).UTC(),
		Expires:   now.Add(commandLife).UTC(),
	}, c)
	if err != nil {
		return fmt.Errorf("command to %s: %w", id, err)
	}
	ctx, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	return p.Link.Send(ctx, devices.Message{Topic: devices.Topic(id, devices.CommandChannel), Payload: sealed})
}
