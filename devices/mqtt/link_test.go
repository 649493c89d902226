package mqtt_test

import (
	"testing"

	"loaphuong/devices/linktest"
)

func TestLinkToEmbeddedBroker(t *testing.T) {
	a := newAuthority(t)
	for _, c := range linktest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Run(t, newHarness(t, a, startEmbedded(t, a), true))
		})
	}
}

func TestLinkToMosquitto(t *testing.T) {
	a := newAuthority(t)
	for _, c := range linktest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.Run(t, newHarness(t, a, startMosquitto(t, a), false))
		})
	}
}
