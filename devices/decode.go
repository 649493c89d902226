package devices

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxMessage is the largest message either side takes, in bytes.
const MaxMessage = 4 << 20

// Decode reads one JSON value that fills raw. Fields that are not known are
// passed over, so that an older program understands a newer one.
func Decode(raw []byte, v any) error {
	if len(raw) > MaxMessage {
		return fmt.Errorf("message of %d bytes: the most is %d", len(raw), MaxMessage)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the message")
	}
	return nil
}
