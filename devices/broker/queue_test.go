package broker

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestQueueWaitsForRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, closed := newQueue(), make(chan struct{})
		for range queueLength / 2 {
			q.await(closed)
			q.add()
		}
		began := time.Now()
		q.await(closed)
		if waited := time.Since(began); waited != patience {
			t.Errorf("waited %s for one who does not read, want %s", waited, patience)
		}
		done := make(chan struct{})
		for range 2 { // several publishers wait for the same room
			go func() { q.await(closed); done <- struct{}{} }()
		}
		synctest.Wait()
		q.remove()
		<-done
		<-done
		q.add()
		go func() { q.await(closed); done <- struct{}{} }()
		synctest.Wait()
		close(closed)
		<-done
		if waited := time.Since(began); waited != patience {
			t.Errorf("waited %s in all", waited)
		}
	})
}
