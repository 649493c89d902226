package mosquitto

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"os/user"
	"strings"
	"time"
)

const (
	program = "/usr/sbin/mosquitto" // where Debian has it, which is not on everybody's path
	// startTime is how long mosquitto may take to say that it runs.
	startTime = 10 * time.Second
	running   = " running"
)

// Process is a mosquitto that we started.
type Process struct {
	config  string
	address string
	command *exec.Cmd
}

// Start writes a configuration into dir for a free port of this machine, starts
// mosquitto on it and returns when it listens. The paths are those of
// [Settings]; dir must stay until Kill.
func Start(dir string, s Settings) (*Process, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start mosquitto: %w", err)
	}
	s.Address, s.User = free.Addr().String(), me()
	free.Close() // mosquitto cannot take a listener over, and has no port 0
	config, err := Write(dir, s)
	if err != nil {
		return nil, err
	}
	p := &Process{config: config, address: s.Address}
	return p, p.Restart()
}

// me is the user of this process, who owns the files.
func me() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// Addr is the host:port it listens on, the same after every Restart.
func (p *Process) Addr() string { return p.address }

// Kill ends it as kill -9 does; it holds nothing on disk. It may be called when
// it does not run.
func (p *Process) Kill() {
	if p.command != nil {
		p.command.Process.Kill()
		p.command.Wait() // the signal is the reason it ends, no news
		p.command = nil
	}
}

// Restart starts it on the same address, after Kill, and returns when it listens.
func (p *Process) Restart() error {
	p.Kill()
	c := exec.Command(program, "-c", p.config)
	said, err := c.StderrPipe()
	if err != nil {
		return fmt.Errorf("start mosquitto: %w", err)
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("start mosquitto: %w", err)
	}
	p.command = c
	if err := awaitRunning(said); err != nil {
		p.Kill()
		return fmt.Errorf("start mosquitto: %w", err)
	}
	return nil
}

// awaitRunning reads mosquitto's log until it says that it runs, and keeps
// reading behind the scenes so that it never waits for us.
func awaitRunning(log io.Reader) error {
	done := make(chan error, 1)
	go func() {
		lines := bufio.NewScanner(log)
		var before []string
		for lines.Scan() {
			if strings.HasSuffix(lines.Text(), running) {
				done <- nil
				io.Copy(io.Discard, log) // ends with the process
				return
			}
			before = append(before, lines.Text())
		}
		done <- errors.New(strings.Join(before, "; "))
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(startTime):
		return errors.New("it does not say that it runs")
	}
}
