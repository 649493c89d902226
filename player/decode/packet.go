package decode

import "fmt"

// packets is the walk through a file: every packet of its one logical stream,
// with what the pages say of them.
type packets struct {
	list    [][]byte // into the file's bytes, but for packets that span pages
	partial []byte   // of a packet whose end is on a later page
	open    bool     // there is such a packet
	pages   uint32
	serial  uint32
	ended   bool
	marks   []mark
}

// mark is what a page says of the packets that have ended with it.
type mark struct {
	packets int   // that ended in the file so far
	granule int64 // the frames in them, by the page's own account
	last    bool
}

// walk cuts the whole file into packets.
func (w *packets) walk(data []byte) error {
	sums, rest := newChecksum(), data
	for len(rest) > 0 {
		at := len(data) - len(rest)
		p, after, err := sums.cutPage(rest)
		if err == nil {
			err = w.add(p)
		}
		if err != nil {
			return fmt.Errorf("page %d at byte %d: %w", w.pages, at, err)
		}
		rest = after
	}
	if !w.ended {
		return fmt.Errorf("its end is missing after page %d", w.pages)
	}
	return nil
}

// add takes the packets from the next page.
func (w *packets) add(p page) error {
	if err := w.follows(p); err != nil {
		return err
	}
	before, body := len(w.list), p.body
	for lacing := p.lacing; len(lacing) > 0; {
		size, pieces, ends := packetSize(lacing)
		w.piece(body[:size:size], ends)
		body, lacing = body[size:], lacing[pieces:]
	}
	w.pages++
	w.ended = p.flags&flagLast != 0
	if w.ended && w.open {
		return fmt.Errorf("the last page ends within a packet")
	}
	if len(w.list) > before {
		w.marks = append(w.marks, mark{len(w.list), p.granule, w.ended})
	}
	return nil
}

// follows checks that p is the page that should come next.
func (w *packets) follows(p page) error {
	first := w.pages == 0
	if first {
		w.serial = p.serial
	}
	switch {
	case w.ended:
		return fmt.Errorf("another page follows the last one")
	case first != (p.flags&flagFirst != 0), p.serial != w.serial:
		return fmt.Errorf("it belongs to another stream: only one in a file can be played")
	case p.sequence != w.pages:
		return fmt.Errorf("it is numbered %d: a page is missing", p.sequence)
	case w.open != (p.flags&flagContinued != 0):
		return fmt.Errorf("it does not continue the page before")
	}
	return nil
}

// packetSize is the size of the first packet in a segment table, how many of
// its entries it takes, and whether it ends with them.
func packetSize(lacing []byte) (size, pieces int, ends bool) {
	for _, n := range lacing {
		size += int(n)
		pieces++
		if n < segmentMax {
			return size, pieces, true
		}
	}
	return size, pieces, false
}

// piece appends what a page holds of a packet. It copies only where a packet
// spans pages.
func (w *packets) piece(data []byte, ends bool) {
	switch {
	case w.open:
		w.partial = append(w.partial, data...)
	case ends:
		w.list = append(w.list, data)
		return
	default:
		w.partial = append([]byte(nil), data...)
	}
	w.open = !ends
	if ends {
		w.list = append(w.list, w.partial)
		w.partial = nil
	}
}
