package scheduler

import (
	"fmt"
	"time"
)

// Piece is one place in the running order of a programme: fixed audio, time
// left to a relay, the items that the plan chooses, or music behind them.
type Piece struct {
	Kind PieceKind `json:"kind"`
	// Recordings are the audio of a fixed piece, played one after another, or
	// what music is chosen from in turn. Items and relays have none.
	Recordings []RecordingID `json:"recordings,omitempty"`
	// Length is how long a relay is, or the most that music may take, in
	// nanoseconds; music without one fills what is left of the window.
	Length time.Duration `json:"length,omitempty"`
}

// PieceKind says what stands at a place in a running order.
type PieceKind string

// The kinds, in the usual order of a programme.
const (
	Tune         PieceKind = "tune"         // the signature tune (nhạc hiệu)
	Introduction PieceKind = "introduction" // lời xướng
	RelayTime    PieceKind = "relay"        // tiếp âm: the station plays nothing of ours in it
	Items        PieceKind = "items"        // what the plan chooses
	Music        PieceKind = "music"        // whole pieces for as long as there is room
	Closing      PieceKind = "closing"      // lời chào kết thúc
)

// Check refuses a piece that says nothing or contradicts itself.
func (p Piece) Check() error {
	switch p.Kind {
	case Tune, Introduction, Closing, Music:
		if len(p.Recordings) == 0 {
			return fmt.Errorf("%s: it has no recording: name at least one", p.Kind)
		}
		if p.Length < 0 || p.Length > 0 && p.Kind != Music {
			return fmt.Errorf("%s: length %s: only a relay and music have one", p.Kind, p.Length)
		}
	case RelayTime:
		if p.Length < time.Second || p.Length > MaxLength || len(p.Recordings) > 0 {
			return fmt.Errorf("relay: give it a length from 1s to %s and no recordings", short(MaxLength))
		}
	case Items:
		if p.Length != 0 || len(p.Recordings) > 0 {
			return fmt.Errorf("items: the plan chooses them: leave length and recordings out")
		}
	default:
		return fmt.Errorf("piece %q: use %s, %s, %s, %s, %s or %s", p.Kind, Tune, Introduction, RelayTime, Items, Music, Closing)
	}
	return nil
}

// checkOrder refuses a running order that has no one place for items.
func checkOrder(order []Piece) error {
	places := 0
	for i, p := range order {
		if err := p.Check(); err != nil {
			return fmt.Errorf("place %d of the running order: %w", i+1, err)
		}
		if p.Kind == Items {
			places++
		}
	}
	if len(order) > 0 && places != 1 {
		return fmt.Errorf("the running order has %d places for items, want 1", places)
	}
	return nil
}
