package broker

import (
	"sync"
	"time"
)

// patience is how long a publisher waits for the centre to read. Longer than a
// pause of the centre for its own database, shorter than a publisher's keep-alive.
const patience = 10 * time.Second

// queue counts the messages that wait to be written to one client, which mochi
// knows and does not tell.
type queue struct {
	mu      sync.Mutex
	waiting int
	room    chan struct{} // holds a token whenever a message has been written
}

func newQueue() queue { return queue{room: make(chan struct{}, 1)} }

func (q *queue) add() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting++
}

func (q *queue) remove() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting > 0 {
		q.waiting--
	}
	select {
	case q.room <- struct{}{}:
	default:
	}
}

func (q *queue) full() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting >= queueLength/2
}

// await waits until the queue is less than half full, the connection is closed,
// or patience is over.
func (q *queue) await(closed <-chan struct{}) {
	if !q.full() {
		return
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	for q.full() {
		select {
		case <-q.room:
		case <-closed:
			return
		case <-t.C:
			return
		}
	}
	select { // others may wait for the same room
	case q.room <- struct{}{}:
	default:
	}
}
