package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// children are the processes that the demonstration starts and ends.
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
	cmd.SysProcAttr = bound()
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
