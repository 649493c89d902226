package agent

import (
	"context"
	"fmt"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// runWatchdog tells systemd, where it has started the agent, that the station is
// on duty and how it is, as often as systemd wants to hear it. A duty that does
// not answer is not vouched for: systemd then starts the agent anew, which takes
// up what it was doing.
func (a *Agent) runWatchdog(ctx context.Context) error {
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil || every == 0 {
		every = time.Minute // for the status line alone; without systemd nobody hears it
	}
	for said, alive := daemon.SdNotifyReady, true; alive; alive = pause(ctx, every/3) {
		status := ""
		err := a.ask(func(now time.Time) error {
			status = a.inWords(now)
			return nil
		})
		if err == nil {
			_, _ = daemon.SdNotify(false, said+"\nSTATUS="+status)
			said = daemon.SdNotifyWatchdog
		}
	}
	_, _ = daemon.SdNotify(false, daemon.SdNotifyStopping)
	return nil
}

// inWords is how the station is, in one line.
func (a *Agent) inWords(now time.Time) string {
	words := fmt.Sprintf("revision %d, %d lines to report", a.held.Revision, a.talk.outbox)
	if p := a.pending[a.onAir()]; p != nil {
		words = "on air: " + p.Title + "; " + words
	}
	for _, p := range a.problems(now) {
		words += "; " + p.Kind + ": " + p.Detail
	}
	return words
}
