package studio

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

// task is one run of another program: no shell, a process group of its own,
// all of which is killed when the context ends.
type task struct {
	argv  []string
	env   []string  // nil for our own
	stdin io.Reader // nil for an empty one
	out   io.Writer
}

// run waits for the program and everything that holds its output open. Its
// error names the program and carries the last of what it said.
func (t task) run(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, t.argv[0], t.argv[1:]...)
	said := &tail{}
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = t.env, t.stdin, t.out, said
	cmd.WaitDelay = 2 * time.Second // for a grandchild that keeps a pipe open
	ownGroup(cmd)
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		killGroup(cmd)
	}
	name := filepath.Base(t.argv[0])
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s was stopped: %w", name, context.Cause(ctx))
	case said.String() == "":
		return fmt.Errorf("%s: %w", name, err)
	}
	return fmt.Errorf("%s: %w: %s", name, err, said)
}

// tailBytes bounds what is kept of a program's complaints: the last lines are
// the ones that say why it gave up.
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

// String is the tail on one line, in valid UTF-8 and without control characters.
func (t *tail) String() string {
	lines := strings.FieldsFunc(string(t.b), func(r rune) bool { return r == '\n' || r == '\r' })
	for i, l := range lines {
		lines[i] = strings.TrimSpace(printable(l))
	}
	return strings.Join(lines, "; ")
}
