package scheduler

import "time"

// LogVerdict is what was found when every line held of one log of a station was
// looked at again.
type LogVerdict struct {
	Station StationID `json:"station"`
	Log     string    `json:"log"`
	Lines   int       `json:"lines"`             // held
	First   time.Time `json:"first,omitzero"`    // when the first of them was written
	Last    time.Time `json:"last,omitzero"`     // and the last
	Gaps    []Gap     `json:"gaps,omitempty"`    // lines that were written and are not held
	Lost    uint64    `json:"lost,omitempty"`    // lines that the station says it had to drop; they are in Gaps too
	Apart   int       `json:"apart,omitempty"`   // lines kept apart because they contradict others
	Broken  []uint64  `json:"broken,omitempty"`  // lines that do not follow from the one before them
	Altered []uint64  `json:"altered,omitempty"` // lines that are not what was taken in from the station

	number uint64 // of the last line looked at,
	hash   Digest // and what it digested to
}

// Gap is numbers of lines, both ends included.
type Gap struct {
	From uint64 `json:"from"`
	To   uint64 `json:"to"`
}

// HeldLine is a line as it is kept.
type HeldLine struct {
	Number uint64   // under which it is kept,
	Hash   Digest   // what it digested to when it was taken in,
	Airing AiringID // and what the ledger takes it to be about
	Line   AsRun
}

// Take looks at the next line held, in the order of numbers. The lines of one
// log make a chain: each carries the digest of the one before, so none can be
// changed, left out or put in without the next telling.
func (v *LogVerdict) Take(h HeldLine) {
	if h.Number > v.number+1 {
		v.Gaps = append(v.Gaps, Gap{v.number + 1, h.Number - 1})
	}
	if h.Line.Log != v.Log || h.Line.Number != h.Number || h.Line.Airing != h.Airing || h.Line.Hash() != h.Hash {
		v.Altered = append(v.Altered, h.Number)
	} else if h.Number == v.number+1 && h.Line.Previous != v.hash {
		v.Broken = append(v.Broken, h.Number)
	}
	if v.Lines++; v.Lines == 1 {
		v.First = h.Line.At
	}
	v.Last, v.number, v.hash = h.Line.At, h.Number, h.Hash
}

// Until says that the station has spoken of lines up to a number.
func (v *LogVerdict) Until(number uint64) {
	if number > v.number {
		v.Gaps = append(v.Gaps, Gap{v.number + 1, number})
	}
}

// Sound reports whether the log is whole and what the station wrote. Lines that
// a station could not keep, and those kept apart, are not there.
func (v *LogVerdict) Sound() bool {
	return len(v.Gaps)+len(v.Broken)+len(v.Altered)+v.Apart == 0
}
