package paper

import "testing"

// NewTestReader is a reader as the program sets it up.
func NewTestReader(t testing.TB) *Reader { return reader(t) }
