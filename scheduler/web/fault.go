package web

import "errors"

// LetterFault is why a file could not be read as a letter. A desk wraps one
// beside [scheduler.ErrInvalid], so that a page can say in the person's own
// language what to do; an error without one keeps only its own words.
type LetterFault string

// The faults.
const (
	TooLarge   LetterFault = "too-large"  // larger than any letter
	NotALetter LetterFault = "format"     // of another format, or no letter at all
	Encrypted  LetterFault = "encrypted"  // it opens only with a password
	NeedsTool  LetterFault = "needs-tool" // what would read it is not installed
	Damaged    LetterFault = "damaged"    // it breaks off or contradicts itself
	Empty      LetterFault = "empty"      // it holds no words
)

// Error says which fault it is.
func (f LetterFault) Error() string { return "the letter cannot be read: " + string(f) }

// faultOf is the fault in an error, or "".
func faultOf(err error) LetterFault {
	var f LetterFault
	errors.As(err, &f)
	return f
}
