package cache

import (
	"maps"
	"time"
)

// restFor is how long a source that had wrong bytes for a file is not asked for
// it: long enough that a link is not filled with them, short enough that a
// mended source is found in time for the next programme.
const restFor = 10 * time.Minute

// lie is a file that a source had wrong. Its other files may well be right.
type lie struct {
	source string
	digest Digest
}

// rest notes that s has had wrong bytes for d, and forgets what is over.
func (c *Cache) rest(s Source, d Digest) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.rests, func(_ lie, until time.Time) bool { return !now.Before(until) })
	c.rests[lie{s.Name(), d}] = now.Add(restFor)
}

// restsUntil is when s may be asked for d again.
func (c *Cache) restsUntil(s Source, d Digest) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rests[lie{s.Name(), d}]
}
