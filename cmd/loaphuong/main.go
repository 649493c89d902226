// Command loaphuong is the centre of a commune loudspeaker network and the
// command line of its staff: it reads letters, keeps recordings, plans and
// publishes playlists, and reports what was aired. See loaphuong --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a small machine may have no zone files

	"github.com/spf13/cobra"

	"loaphuong/config"
	"loaphuong/scheduler"
)

// Exit statuses.
const (
	exitFailed  = 1 // it could not be done
	exitUsage   = 2 // the command line or what was given is wrong
	exitNotMet  = 3 // it was done, and the result is not what was to be met
	exitSuccess = 0
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out one command line and returns the exit status.
func run(ctx context.Context, args []string, in io.Reader, out, talk io.Writer) int {
	root := newRoot()
	begun := noteBegin(root)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(talk)
	err := root.ExecuteContext(ctx)
	if err != nil && !*begun {
		err = usageError{err}
	}
	if err != nil {
		fmt.Fprintln(talk, "loaphuong:", err)
	}
	return exitStatus(err)
}

// noteBegin tells whether any command began its work: what fails before that is
// the command line's fault.
func noteBegin(root *cobra.Command) *bool {
	begun := new(bool)
	var note func(c *cobra.Command)
	note = func(c *cobra.Command) {
		if work := c.RunE; work != nil {
			c.RunE = func(c *cobra.Command, args []string) error {
				*begun = true
				return work(c, args)
			}
		}
		for _, sub := range c.Commands() {
			note(sub)
		}
	}
	note(root)
	return begun
}

// errNotMet says that a command did its work and the result falls short.
var errNotMet = errors.New("not everything was aired")

// usageError is a command line that makes no sense.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// exitStatus is the one table of errors and exit statuses.
func exitStatus(err error) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return exitSuccess
	case errors.As(err, &usage), errors.Is(err, scheduler.ErrInvalid), errors.Is(err, scheduler.ErrNotFound):
		return exitUsage
	case errors.Is(err, errNotMet), errors.Is(err, errFoundWrong), errors.Is(err, errLogsFaulty), errors.Is(err, errNotReady), errors.Is(err, errAuditFaulty):
		return exitNotMet
	}
	return exitFailed
}

// newRoot is the whole command line.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "loaphuong",
		Short:         "Commune loudspeaker broadcasting: letters, playlists, airing, proof",
		Version:       config.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w: see %s --help", err, c.CommandPath())
	})
	root.PersistentFlags().String("config", "", "configuration file (YAML, TOML or JSON)")
	root.AddCommand(
		newServe(), newDemo(), newDirective(), newRecording(), newProgramme(), newPlaylist(),
		newArea(), newStation(), newRule(), newHoliday(), newLint(), newPublish(), newExplain(),
		newMakeGood(), newRecall(), newRehearse(), newReport(), newAudit(), newBundle(), newSignIn(), newReadPDF())
	return root
}
