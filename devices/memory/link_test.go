package memory_test

import (
	"testing"
	"testing/synctest"

	"loaphuong/devices/linktest"
	"loaphuong/devices/memory"
)

// harness is the broker itself: it can be troubled as it is.
type harness struct{ *memory.Broker }

func (h harness) Kill()         { h.Stop() }
func (h harness) Restart()      { h.Start() }
func (h harness) Refuses() bool { return true }

func TestLink(t *testing.T) {
	for _, c := range linktest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { c.Run(t, harness{memory.NewBroker()}) })
		})
	}
}
