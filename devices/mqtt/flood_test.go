package mqtt_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/mqtt"
	"loaphuong/scheduler"
)

// TestACentreIsGivenEveryStation has the centre come back to many more stations
// than a queue of the broker holds, and take its time with each.
func TestACentreIsGivenEveryStation(t *testing.T) {
	const stations = 5000
	a := newAuthority(t)
	e := startEmbedded(t, a)
	t.Cleanup(e.Kill)
	config := mqtt.Config{Brokers: []string{"ssl://" + e.Addr()}, TLS: a.CentreTLS(), Retry: 20 * time.Millisecond}
	fill(t, mqtt.New(config), stations)

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	seen := map[string]bool{}
	err := mqtt.New(config).Run(ctx, devices.Session{
		Client:    "centre-2",
		Subscribe: []string{devices.AllStations(devices.StateChannel)},
		Down:      func(err error) { t.Error(err) },
		Receive: func(m devices.Message) {
			seen[m.Topic] = true
			if len(seen) == stations {
				cancel()
			}
		},
	})
	if err != nil || len(seen) != stations {
		t.Errorf("saw %d of %d stations, %v", len(seen), stations, err)
	}
}

// fill retains a state for each of n stations.
func fill(t *testing.T, l *mqtt.Link, n int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	up, done := make(chan bool), make(chan error, 1)
	go func() {
		done <- l.Run(ctx, devices.Session{Client: devices.CentreName, Up: func() { close(up) }})
	}()
	<-up
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := worker; i < n; i += 8 {
				at := devices.Topic(scheduler.StationID(fmt.Sprintf("s%d", i)), devices.StateChannel)
				if err := l.Send(ctx, devices.Message{Topic: at, Payload: make([]byte, 400), Retained: true}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	cancel()
	<-done
}
