package heard

import (
	"sync/atomic"
	"time"
)

const (
	// slot is the grid of time on which levels are kept: short enough for
	// syllables, long enough that an echo stays within a few of them.
	slot = 20 * time.Millisecond
	// slotsASecond is the same as a rate.
	slotsASecond = int(time.Second / slot)
	// tapeSlots is ten minutes, 240 kB: a longer item is judged by its last ten.
	tapeSlots = 10 * 60 * slotsASecond
	// lapShift is where in a word of a tape the number of the lap begins; below
	// it there is a byte for each band.
	lapShift = 8 * bands
)

// tape keeps the levels of the last ten minutes by when they sounded. Each word
// says of which lap around the tape it is, so that what is old or was never
// written is known, and writer and readers need no lock.
type tape struct{ words [tapeSlots]atomic.Uint64 }

// put keeps the levels of slot n, counted from the epoch of the listener. What
// was before it is not kept.
func (t *tape) put(n int, l levels) {
	if n < 0 {
		return
	}
	word := uint64(n/tapeSlots+1) << lapShift
	for i, x := range l {
		word |= uint64(x) << (8 * i)
	}
	t.words[n%tapeSlots].Store(word)
}

// at gives the levels of slot n, unless they are not known any more or yet.
func (t *tape) at(n int) (l levels, known bool) {
	if n < 0 {
		return l, false
	}
	word := t.words[n%tapeSlots].Load()
	for i := range l {
		l[i] = uint8(word >> (8 * i))
	}
	return l, word>>lapShift == uint64(n/tapeSlots+1)
}
