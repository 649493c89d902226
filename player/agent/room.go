package agent

import (
	"errors"
	"syscall"
	"time"
)

// evidenceRoom is how much audio makes room for the log when the disk is full,
// in bytes: what is aired last goes first, and is fetched again when there is
// room. The log cannot be made again.
const evidenceRoom = 4 << 20

// shedRest is how long audio stays that did not help: where another program
// fills the disk as fast, all of it would be gone within a minute.
const shedRest = 30 * time.Second

// shed makes room for the log on a disk that is full, and has the log written at
// the next look.
func (a *Agent) shed(err error) {
	rests := a.shedAt != 0 && a.clock.steady()-a.shedAt < shedRest
	if rests || !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
		return
	}
	a.shedAt = max(a.clock.steady(), 1)
	if err := a.Files.Shed(a.held.Files, evidenceRoom); err != nil {
		a.Log.Error("make room for the log", "err", err)
		return
	}
	a.Log.Warn("the disk is full: audio had to make room for the log")
	a.talk.unsent, a.refusal = true, 0
}
