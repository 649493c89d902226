package localpage

import (
	"encoding/json"
	"math"
)

// wireCard is a [Card] as JSON can say it, which knows no infinity.
type wireCard struct {
	Name   string
	OK     bool
	Err    string
	Stalls int64
	Level  *float64
}

// MarshalJSON writes the card with a level of null for silence.
func (c Card) MarshalJSON() ([]byte, error) {
	w := wireCard{c.Name, c.OK, c.Err, c.Stalls, nil}
	if !math.IsInf(c.Level, 0) && !math.IsNaN(c.Level) {
		w.Level = &c.Level
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON has written.
func (c *Card) UnmarshalJSON(b []byte) error {
	var w wireCard
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	*c = Card{w.Name, w.OK, w.Err, w.Stalls, math.Inf(-1)}
	if w.Level != nil {
		c.Level = *w.Level
	}
	return nil
}
