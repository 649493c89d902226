// Command loaphuong-agent is a station: it fetches what its centre has signed,
// plays it on time, and reports what was aired. See loaphuong-agent --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // a small machine may have no zone files

	"github.com/spf13/cobra"

	"loaphuong/config"
	"loaphuong/devices/enrol"
	"loaphuong/player/agent"
	"loaphuong/player/silent"
	"loaphuong/player/speaker"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out one command line and returns the exit status.
func run(ctx context.Context, args []string, out, talk io.Writer) int {
	root := &cobra.Command{
		Use:           "loaphuong-agent",
		Short:         "A commune station: plays what its centre has signed and reports what was aired",
		Version:       config.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().String("config", "", "configuration file (YAML, TOML or JSON)")
	config.StationFlags(root.PersistentFlags())
	root.AddCommand(newEnrol(), newRun(), newStatus(), newStop(), newVolume(), newSoundCheck(), newBundle())
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(talk)
	err := root.ExecuteContext(ctx)
	if err == nil || errors.Is(err, context.Canceled) {
		return 0
	}
	fmt.Fprintln(talk, "loaphuong-agent:", err)
	return 1
}

func newEnrol() *cobra.Command {
	c := &cobra.Command{
		Use:   "enrol URL CODE",
		Short: "Make this PC a station, with the code that `loaphuong station add` printed",
		Args:  cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			settings, err := load(c)
			if err != nil {
				return err
			}
			join := enrol.Join
			if again, _ := c.Flags().GetBool("replace"); again {
				join = enrol.Rejoin
			}
			id, err := join(c.Context(), args[0], args[1], agent.IdentityDir(settings))
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "this PC is now the station %s\n", id.Station)
			return nil
		},
	}
	c.Flags().Bool("replace", false, "replace the identity that this PC has")
	return c
}

func newRun() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Be on duty until told to end",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := load(c)
			if err != nil {
				return err
			}
			oneProcessor()
			a, release, err := agent.Open(settings, soundOf(settings), config.Version, logger(c, settings.LogLevel))
			if err != nil {
				return err
			}
			defer release()
			return a.Run(c.Context())
		},
	}
}

// oneProcessor keeps Go to one processor, unless the environment says another
// number. The card wakes the agent sixty times a second for very little; looking
// for a second processor to share that with costs more than all else it does.
func oneProcessor() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(1)
	}
}

func load(c *cobra.Command) (config.Station, error) {
	file, err := c.Flags().GetString("config")
	if err != nil {
		return config.Station{}, err
	}
	return config.LoadStation(file, c.Flags())
}

// soundOf makes the card that the settings name.
func soundOf(s config.Station) (sound agent.Sound) {
	switch {
	case s.Card == "silent":
		sound.Card = silent.New()
	case s.WAV() != "":
		sound.Card = silent.NewWAV(s.WAV())
	default:
		sound.Card = speaker.New(s.Card, s.Period)
		if s.Mute != "" {
			sound.Mute = speaker.Mute(s.Card, s.Mute)
		}
	}
	return sound
}

func logger(c *cobra.Command, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo // the configuration was validated
	}
	return slog.New(slog.NewTextHandler(c.ErrOrStderr(), &slog.HandlerOptions{Level: l}))
}
