package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"loaphuong/scheduler"
)

// awaitReady waits until every station holds the schedule and all its audio.
func (d *demo) awaitReady(ctx context.Context) error {
	err := d.wait(ctx, time.Until(d.from), "every station to be ready", func() (bool, error) {
		states, err := d.centre.StationStates(ctx)
		if err != nil {
			return false, err
		}
		ready := 0
		for _, s := range states {
			if s.State != nil && s.State.Online && s.State.Revision == s.Published && len(s.State.Missing) == 0 && s.State.CardOK {
				ready++
			}
		}
		d.progress("%d of %d stations ready", ready, len(states))
		return ready == len(states), nil
	})
	if err == nil {
		d.say("Every station holds the schedule and its audio, verified; on air in %s", time.Until(d.from).Round(time.Second))
	}
	return err
}

// awaitAiring shows what airs until the ledger has no open airing left.
func (d *demo) awaitAiring(ctx context.Context) error {
	first := true
	return d.wait(ctx, time.Until(d.until)+time.Minute, "the ledger to close", func() (bool, error) {
		r, err := d.centre.Airtime(ctx, d.query())
		if err != nil {
			return false, err
		}
		t := r.Total
		open := t.Upcoming + t.OnAir + t.Unknown
		d.progress("%d aired, %d on air, %d to come, %d late, %d partial, %d missed, %d unknown", t.Aired, t.OnAir, t.Upcoming, t.Late, t.Partial, t.Missed, t.Unknown)
		if first && t.Aired >= d.stations && open > 0 {
			first = false
			d.say("First report: %d of %d airings aired, %s of sound", t.Aired, t.Expected, t.Sounded.Round(time.Second))
		}
		return t.Expected > 0 && open == 0, nil
	})
}

func (d *demo) query() scheduler.AirtimeQuery {
	return scheduler.AirtimeQuery{From: d.from, Until: d.until, Directive: d.read.ID}
}

// report prints the ledger of the letter.
func (d *demo) report(ctx context.Context) (scheduler.AirtimeReport, error) {
	r, err := d.centre.Airtime(ctx, d.query())
	if err != nil {
		return r, err
	}
	d.say("The ledger, letter × station:")
	fmt.Fprintln(d.out)
	if err := printAirtime(d.out, r); err != nil {
		return r, err
	}
	fmt.Fprintln(d.out)
	d.say("The letter's ledger: %s/letters/%s", d.page, d.read.ID)
	return r, nil
}

// say prints a line with the seconds since the beginning.
func (d *demo) say(format string, args ...any) {
	fmt.Fprintf(d.out, "[%5.1f s] %s\n", time.Since(d.began).Seconds(), fmt.Sprintf(format, args...))
}

// errPatience says that something did not come in time.
var errPatience = errors.New("it took too long")

// wait asks ask twice a second until it says yes.
func (d *demo) wait(ctx context.Context, limit time.Duration, what string, ask func() (bool, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errPatience)
	defer cancel()
	ticker := time.NewTicker(500 * time.Millisecond)
	defer ticker.Stop()
	for {
		yes, err := ask()
		if err != nil || yes {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, context.Cause(ctx))
		case <-ticker.C:
		}
	}
}

// progress shows a line that the next one overwrites, on a terminal only.
func (d *demo) progress(format string, args ...any) {
	f, ok := d.out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return
	}
	fmt.Fprintf(d.out, "\r\033[K          %s\r", fmt.Sprintf(format, args...))
}
