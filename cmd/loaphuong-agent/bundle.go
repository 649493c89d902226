package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"loaphuong/config"
	"loaphuong/devices/bundle"
	"loaphuong/player/agent"
)

func newBundle() *cobra.Command {
	c := &cobra.Command{Use: "bundle", Short: "The link by hand: a USB stick from the centre, and the report back"}
	imports := withCarrier(&cobra.Command{
		Use:   "import FILE",
		Short: "Take the schedule and the audio that `loaphuong bundle export` wrote",
		Args:  cobra.ExactArgs(1),
	}, importBundle)
	exports := withCarrier(&cobra.Command{
		Use:   "export",
		Short: "Write the signed report for `loaphuong bundle import`",
		Args:  cobra.NoArgs,
	}, exportReport)
	exports.Flags().StringP("output", "o", "", "the file to write")
	exports.Flags().Bool("force", false, "replace the file if it is there")
	exports.MarkFlagRequired("output")
	c.AddCommand(imports, exports)
	return c
}

// carrier is the link by hand: of the running agent, or of one that is not.
type carrier interface {
	Import(ctx context.Context, path string) (agent.Carried, error)
	Report(ctx context.Context, w io.Writer) error
}

// resting is the carrier of an agent that does not run.
type resting struct{ *agent.Carrier }

// Report implements carrier.
func (r resting) Report(_ context.Context, w io.Writer) error { return r.Carrier.Report(w) }

// withCarrier makes a command that carries, whether the agent is running or not.
func withCarrier(c *cobra.Command, do func(c *cobra.Command, by carrier, args []string) error) *cobra.Command {
	c.RunE = func(c *cobra.Command, args []string) error {
		settings, err := load(c)
		if err != nil {
			return err
		}
		client := agent.NewClient(settings)
		_, err = client.Status(c.Context())
		if err == nil {
			return do(c, client, args)
		}
		if !errors.Is(err, agent.ErrNotRunning) {
			return err
		}
		by, release, err := agent.OpenCarrier(settings, config.Version, logger(c, "warn"))
		if err != nil {
			return err
		}
		return errors.Join(do(c, resting{by}, args), release())
	}
	return c
}

func importBundle(c *cobra.Command, by carrier, args []string) error {
	done, err := by.Import(c.Context(), args[0])
	if err != nil {
		return err
	}
	w := c.OutOrStdout()
	if done.Newer {
		fmt.Fprintf(w, "the station now has schedule %d\n", done.Revision)
	} else {
		fmt.Fprintf(w, "the station keeps schedule %d\n", done.Revision)
	}
	if done.Trouble != "" {
		fmt.Fprintln(w, done.Trouble)
	}
	fmt.Fprintf(w, "%d audio files came, %d are still missing\n%d reported lines were acknowledged\n", done.Audio, done.Missing, done.Settled)
	return nil
}

func exportReport(c *cobra.Command, by carrier, _ []string) error {
	path, _ := c.Flags().GetString("output")
	force, _ := c.Flags().GetBool("force")
	err := bundle.Save(path, force, func(w io.Writer) error { return by.Report(c.Context(), w) })
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: name another file, or replace it with --force", path)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "the report is in %s: take it to the centre\n", path)
	return nil
}
