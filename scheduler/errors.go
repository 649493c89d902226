package scheduler

import "errors"

// Kinds of error that the two sides of an interface must agree on. What is
// wrong is said by the error that wraps one of these.
var (
	ErrNotFound = errors.New("not found")               // what was asked for is not there
	ErrInvalid  = errors.New("not valid")               // what was given cannot be used
	ErrConflict = errors.New("changed in the meantime") // what was given no longer fits what is there
)

// Invalid marks err as the fault of what was given, without changing its words.
func Invalid(err error) error {
	if err == nil {
		return nil
	}
	return invalid{err}
}

type invalid struct{ error }

func (e invalid) Unwrap() []error { return []error{ErrInvalid, e.error} }
