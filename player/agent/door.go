package agent

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"loaphuong/config"
	"loaphuong/devices/enrol"
	"loaphuong/player/localpage"
)

// doors are where a station can be spoken to from near by: the page for the
// person in front of it, audio for its neighbours, and a socket for the command
// line of whoever may write in its data directory.
type doors struct {
	agent  *Agent
	config config.Station
	files  *shelf
	id     enrol.Identity
}

const (
	// doorRetry is how long to wait before an address that is taken is tried again.
	doorRetry = time.Minute
	// headPatience is how long a request may take to arrive.
	headPatience = 5 * time.Second
)

// run keeps the doors open until ctx ends. One that cannot be opened is said so
// in the log and keeps nobody from airing.
func (d *doors) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	keep := func(what, network, address string, h http.Handler) {
		if address != "" {
			g.Go(func() error { return d.keep(ctx, what, network, address, h) })
		}
	}
	page := localpage.New(Operator{d.agent}, localpage.Options{PIN: d.config.PIN, Log: d.agent.Log.With("part", "page")})
	keep("page", "tcp", d.config.Page, page)
	keep("share", "tcp", d.config.Share, d.files.files.Handler())
	keep("socket", "unix", SocketPath(d.config), d.control())
	return g.Wait()
}

// SocketPath is where the command line finds a running agent.
func SocketPath(c config.Station) string { return filepath.Join(c.Data, "agent.sock") }

func (d *doors) keep(ctx context.Context, what, network, address string, h http.Handler) error {
	for said := ""; ctx.Err() == nil; {
		err := d.serve(ctx, network, address, h)
		if err != nil && ctx.Err() == nil && err.Error() != said {
			said = err.Error()
			d.agent.Log.Error("open the "+what, "address", address, "err", err)
		}
		if !pause(ctx, doorRetry) {
			break
		}
	}
	return nil
}

func (d *doors) serve(ctx context.Context, network, address string, h http.Handler) error {
	if network == "unix" {
		if err := os.Remove(address); err != nil && !errors.Is(err, os.ErrNotExist) { // an earlier run's; the logbook is locked, so it is over
			return err
		}
	}
	l, err := net.Listen(network, address)
	if err != nil {
		return err
	}
	if network == "unix" {
		if err := os.Chmod(address, 0o600); err != nil {
			l.Close()
			return err
		}
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: headPatience, BaseContext: func(net.Listener) context.Context { return ctx }}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
