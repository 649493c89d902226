package main

import (
	"log/slog"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"loaphuong/config"
	"loaphuong/scheduler/centre"
)

func newServe() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run the centre: database, pages, broker",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := loadConfig(c)
			if err != nil {
				return err
			}
			child, err := pdfChild()
			if err != nil {
				return err
			}
			open, err := centre.Open(c.Context(), settings, child, newLogger(c, settings.LogLevel))
			if err != nil {
				return err
			}
			defer open.Close()
			return open.Run(c.Context())
		},
	}
	config.CentreFlags(c.Flags())
	return c
}

// loadConfig reads the centre's configuration for a command.
func loadConfig(c *cobra.Command) (config.Centre, error) { return loadConfigFrom(c, c.Flags()) }

// loadConfigFrom is loadConfig for a command of whose flags only some are settings.
func loadConfigFrom(c *cobra.Command, flags *pflag.FlagSet) (config.Centre, error) {
	file, err := c.Flags().GetString("config")
	if err != nil {
		return config.Centre{}, err
	}
	settings, err := config.LoadCentre(file, flags)
	if err != nil {
		return settings, usageError{err}
	}
	return settings, nil
}

// newLogger logs on the command's talk stream.
func newLogger(c *cobra.Command, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo // the configuration was validated
	}
	return slog.New(slog.NewTextHandler(c.ErrOrStderr(), &slog.HandlerOptions{Level: l}))
}
