package heard

import "time"

// slack is how far the slots may be off their instants. Within it they are
// counted, so that the noise of a clock neither skips a slot nor doubles it.
const slack = slot * 3 / 4

// ear turns samples into levels on a tape. One goroutine at a time may use it.
type ear struct {
	epoch time.Time // of slot 0
	tape  *tape
	bank  bank
	next  int // the slot to be put
}

func newEar(epoch time.Time) *ear {
	return &ear{epoch: epoch, tape: new(tape), bank: newBank()}
}

// hear takes in samples of which the first sounded at an instant. It allocates
// nothing.
func (e *ear) hear(samples []float32, at time.Time) {
	first := at.Sub(e.epoch)
	for i, x := range samples {
		if l, whole := e.bank.push(float64(x)); whole {
			e.put(l, first+time.Duration(i+1)*time.Second/rate-slot)
		}
	}
}

// put keeps the levels of a slot that began so long after the epoch.
func (e *ear) put(l levels, begun time.Duration) {
	if off := begun - time.Duration(e.next)*slot; off.Abs() > slack {
		e.next = int((begun + slot/2) / slot)
	}
	e.tape.put(e.next, l)
	e.next++
}

// slot is the one in which an instant lies.
func (e *ear) slot(at time.Time) int { return int((at.Sub(e.epoch) + slot/2) / slot) }
