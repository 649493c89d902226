package paper

import (
	"errors"
	"fmt"
)

// Kinds of refusal. Every error of [Reader.Read] but that of an ended context
// and of the file's own reader wraps one of them, and its text says what to do.
var (
	// ErrFormat: the file is not of a format letters come in.
	ErrFormat = errors.New("not a letter")
	// ErrTooLarge: the file, its text or its pages exceed [Limits].
	ErrTooLarge = errors.New("larger than any letter")
	// ErrEncrypted: the file cannot be opened without a password.
	ErrEncrypted = errors.New("locked with a password")
	// ErrDamaged: part of the file is missing or unreadable.
	ErrDamaged = errors.New("damaged")
	// ErrNeedsTool: a program that reads this kind of file is not installed.
	ErrNeedsTool = errors.New("a program is missing")
	// ErrEmpty: the file can be read and has no text in it.
	ErrEmpty = errors.New("no text in it")
)

func tooLarge(format string, args ...any) error {
	return fmt.Errorf("%w: %s: give the letter alone, without its appendices", ErrTooLarge, fmt.Sprintf(format, args...))
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s: open it where it was made, save it again and try that file", ErrDamaged, fmt.Sprintf(format, args...))
}

func encrypted() error {
	return fmt.Errorf("%w: open it with its password, save a copy without one and try that file", ErrEncrypted)
}

// needsTool names the program, the Debian package that has it, and the way
// round it.
func needsTool(command, packages, around string) error {
	return fmt.Errorf("%w: %s was not found: install the Debian package %s, or %s", ErrNeedsTool, command, packages, around)
}
