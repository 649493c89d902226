package mqtt

import "sync"

// Bounds of what waits for Receive: a centre is given the state of each of its
// stations at once when it connects.
const (
	maxWaiting      = 1 << 16  // messages
	maxWaitingBytes = 64 << 20 // of payload
)

// queue holds what one goroutine brings and another takes. push never waits, so
// that paho never does.
type queue[T any] struct {
	mu     sync.Mutex
	items  []T
	bytes  int
	filled chan struct{} // holds a token while items is not empty
}

func newQueue[T any]() *queue[T] { return &queue[T]{filled: make(chan struct{}, 1)} }

// push adds an item of a size, or returns false if there is no room.
func (q *queue[T]) push(item T, size int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) >= maxWaiting || q.bytes+size > maxWaitingBytes {
		return false
	}
	q.items = append(q.items, item)
	q.bytes += size
	select {
	case q.filled <- struct{}{}:
	default:
	}
	return true
}

// take empties the queue.
func (q *queue[T]) take() []T {
	q.mu.Lock()
	defer q.mu.Unlock()
	items := q.items
	q.items, q.bytes = nil, 0
	return items
}
