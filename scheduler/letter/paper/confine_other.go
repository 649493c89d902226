//go:build !linux

package paper

import "time"

// confine does nothing where the limits of a process are others than Linux's: the
// bounds within the engine and the time that the parent allows hold everywhere.
func confine(time.Duration) error { return nil }

func confineFiles() error { return nil }
