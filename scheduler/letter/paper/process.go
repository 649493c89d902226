package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// task is one run of another program: no shell, a process group of its own, all
// of which is killed when the context ends.
type task struct {
	argv  []string
	env   []string
	dir   string
	stdin io.Reader // nil for an empty one
	out   io.Writer // nil to drop it
}

// command prepares the program. What it complains of is kept in the tail.
func (t task) command(ctx context.Context) (*exec.Cmd, *tail) {
	cmd := exec.CommandContext(ctx, t.argv[0], t.argv[1:]...)
	said := &tail{}
	cmd.Env, cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = t.env, t.dir, t.stdin, t.out, said
	cmd.WaitDelay = 2 * time.Second // for a grandchild that keeps a pipe open
	ownGroup(cmd)
	return cmd, said
}

// run waits for the program and for everything that it started.
func (t task) run(ctx context.Context) error {
	cmd, said := t.command(ctx)
	err := cmd.Run()
	if cmd.Process != nil {
		killGroup(cmd)
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return fmt.Errorf("%s: %w: %s", filepath.Base(t.argv[0]), err, said)
}

// program finds a program: the one that was named, or a name in PATH.
func program(named, name string) (string, error) {
	if named != "" {
		name = named
	}
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) {
		return "", fmt.Errorf("%s is in the current directory: give its full path", name)
	}
	return path, err
}

// tailBytes bounds what is kept of a program's complaints.
const tailBytes = 600

// tail keeps the last of what is written to it.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if over := len(t.b) - tailBytes; over > 0 {
		t.b = bytes.Clone(t.b[over:])
	}
	return len(p), nil
}

// String is the tail on one line, in valid UTF-8.
func (t *tail) String() string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(t.b), "")), " ")
}

// tooSlow is the error for what has taken longer than its limit.
func tooSlow(what string, limit time.Duration) error {
	return fmt.Errorf("%w: %s took longer than %v: give the letter alone, without its appendices, or save it as DOCX", ErrTooLarge, what, limit)
}
