package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"

	"golang.org/x/term"
)

// children are the processes that the demonstration starts and ends. On Linux
// they also end when the demonstration is killed.
type children struct {
	starts chan func() // carried out by one thread that lives as long as the children
	mu     sync.Mutex
	cmds   []*exec.Cmd
}

func newChildren() *children {
	c := &children{starts: make(chan func())}
	go func() {
		// The kernel ends a child when the thread that started it ends.
		runtime.LockOSThread()
		for f := range c.starts {
			f()
		}
	}()
	return c
}

// start starts a program whose words go to the end of a file.
func (c *children) start(program, log string, args ...string) error {
	f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = f, f
	// A group of its own: Ctrl-C at the terminal reaches the demonstration
	// alone, which then ends the children in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started := make(chan error)
	c.starts <- func() { started <- cmd.Start() }
	if err := <-started; err != nil {
		return fmt.Errorf("start %s: %w", program, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cmds = append(c.cmds, cmd)
	return nil
}

// do runs a program to its end.
func (c *children) do(ctx context.Context, program, log string, args ...string) error {
	said, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, args[0], err, said)
	}
	return os.WriteFile(log, said, 0o600)
}

// patience is how long a child may take to end when told.
const patience = 5 * time.Second

// stop ends the children, the last started first: the stations say goodbye
// while the centre is still there.
func (c *children) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(c.cmds) - 1; i >= 0; i-- {
		cmd := c.cmds[i]
		cmd.Process.Signal(syscall.SIGTERM)
		kill := time.AfterFunc(patience, func() { cmd.Process.Kill() })
		cmd.Wait()
		kill.Stop()
	}
	close(c.starts)
}

// errPatience says that something did not come in time.
var errPatience = errors.New("it took too long")

// wait asks ask twice a second until it says yes.
func (d *demo) wait(ctx context.Context, limit time.Duration, what string, ask func() (bool, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errPatience)
	defer cancel()
	ticker := time.NewTicker(500 * time.Millisecond)
	defer ticker.Stop()
	for {
		yes, err := ask()
		if err != nil || yes {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, context.Cause(ctx))
		case <-ticker.C:
		}
	}
}

// progress shows a line that the next one overwrites, on a terminal only.
func (d *demo) progress(format string, args ...any) {
	f, ok := d.out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return
	}
	fmt.Fprintf(d.out, "\r\033[K          %s\r", fmt.Sprintf(format, args...))
}

// freeOr is the address if it is free, or one with a free port.
func freeOr(address string) string {
	for _, try := range []string{address, "127.0.0.1:0"} {
		if l, err := net.Listen("tcp", try); err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	return address
}
