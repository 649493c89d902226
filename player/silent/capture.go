package silent

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"loaphuong/player"
)

const (
	// renew is how much is captured between two updates of the header, and so
	// the most that a reader misses after the program was killed.
	renew = player.Rate / 2
	// skip is how far beyond the end of the file a frame must sound for that to
	// be a gap in time and not a rounding.
	skip = 2
	// maxFiles bounds the search for a free name.
	maxFiles = 10000
)

// capture is the sink that keeps a time line: a frame that sounds s after
// sample 0 is s·Rate samples into the file. What nobody filled and what is
// silent is a hole in it and takes no space on disk.
type capture struct {
	path    string
	limit   int64 // size of a full file in bytes
	file    *os.File
	start   time.Time // of sample 0
	frames  int64     // in the file, the holes included
	renewed int64     // frames when the header was last written
	bytes   []byte
}

func newCapture(path string, limit int64) *capture {
	return &capture{path: path, limit: limit}
}

// write implements sink.
func (c *capture) write(frames []float32, sounds time.Time) error {
	at, err := c.seek(int64(len(frames)), sounds)
	if err != nil {
		return err
	}
	c.frames = at + int64(len(frames))
	if c.encode(frames) {
		if _, err := c.file.WriteAt(c.bytes, headerSize+at*frameBytes); err != nil {
			return fmt.Errorf("capture: %w", err)
		}
	}
	if c.frames-c.renewed >= renew {
		return c.renew()
	}
	return nil
}

// seek returns the position of a frame that sounds at the given instant, and
// begins a file where there is none or n more frames do not fit.
func (c *capture) seek(n int64, sounds time.Time) (int64, error) {
	if c.file == nil {
		return 0, c.begin(sounds)
	}
	at := player.Frames(sounds.Sub(c.start))
	if at < c.frames+skip {
		at = c.frames
	}
	if headerSize+(at+n)*frameBytes <= c.limit {
		return at, nil
	}
	if err := c.close(); err != nil {
		return 0, err
	}
	return 0, c.begin(sounds)
}

// begin creates the next file under a name not yet taken.
func (c *capture) begin(start time.Time) error {
	extension := filepath.Ext(c.path)
	stem := strings.TrimSuffix(c.path, extension)
	name := c.path
	for n := 2; n < maxFiles; n++ {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			name = fmt.Sprintf("%s-%d%s", stem, n, extension)
			continue
		}
		if err != nil {
			return fmt.Errorf("capture: %w", err)
		}
		c.file, c.start, c.frames = file, start, 0
		return c.renew()
	}
	return fmt.Errorf("capture: %s and %d more exist: move some away", c.path, maxFiles)
}

// encode turns frames into c.bytes and reports whether any of them is heard.
func (c *capture) encode(frames []float32) (sound bool) {
	c.bytes = c.bytes[:0]
	for _, f := range frames {
		sample := int16(math.Round(float64(min(max(f, -1), 1)) * math.MaxInt16))
		sound = sound || sample != 0
		c.bytes = binary.LittleEndian.AppendUint16(c.bytes, uint16(sample))
	}
	return sound
}

// renew makes the file readable as it is: a trailing hole has its length, then
// the header says so.
func (c *capture) renew() error {
	err := c.file.Truncate(headerSize + c.frames*frameBytes)
	if err == nil {
		_, err = c.file.WriteAt(header(c.start, c.frames), 0)
	}
	if err != nil {
		return fmt.Errorf("capture: %w", err)
	}
	c.renewed = c.frames
	return nil
}

// close implements sink.
func (c *capture) close() error {
	if c.file == nil {
		return nil
	}
	err := errors.Join(c.renew(), c.file.Close())
	c.file = nil
	return err
}
