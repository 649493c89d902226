package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/player/agent"
	"loaphuong/player/localpage"
)

// withAgent makes a command that speaks to the running agent.
func withAgent(c *cobra.Command, do func(c *cobra.Command, a *agent.Client, args []string) error) *cobra.Command {
	c.RunE = func(c *cobra.Command, args []string) error {
		settings, err := load(c)
		if err != nil {
			return err
		}
		return do(c, agent.NewClient(settings), args)
	}
	return c
}

func newStatus() *cobra.Command {
	c := withAgent(&cobra.Command{Use: "status", Short: "Say how the running agent is", Args: cobra.NoArgs},
		func(c *cobra.Command, a *agent.Client, _ []string) error {
			v, err := a.Status(c.Context())
			if err != nil {
				return err
			}
			if output, _ := c.Flags().GetString("output"); output == "json" {
				return json.NewEncoder(c.OutOrStdout()).Encode(v)
			}
			showStatus(c.OutOrStdout(), v)
			return nil
		})
	c.Flags().StringP("output", "o", "text", "text or json")
	return c
}

func showStatus(w io.Writer, v localpage.View) {
	zone, err := time.LoadLocation(v.Zone)
	if err != nil {
		zone = time.Local
	}
	at := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04:05") }
	fmt.Fprintf(w, "station   %s, %s\n", v.Station, at(v.Now))
	if v.OnAir != nil {
		fmt.Fprintf(w, "on air    %s, %s of %s\n", v.OnAir.Title, v.OnAir.Heard.Round(time.Second), v.OnAir.Length.Round(time.Second))
	}
	for _, n := range v.Next[:min(len(v.Next), 3)] {
		fmt.Fprintf(w, "next      %s  %s%s\n", at(n.Start), n.Title, unready(n))
	}
	fmt.Fprintf(w, "schedule  revision %d, %d of %d files here, good until %s\n", v.Revision, v.Files-v.Missing, v.Files, at(v.Lease))
	fmt.Fprintf(w, "sound     %s, volume %d %%, %d skips\n", v.Card.Name, v.Volume, v.Card.Stalls)
	fmt.Fprintf(w, "clock     %s\n", clockWords(v.Clock))
	fmt.Fprintf(w, "to report %d lines\n", v.Outbox)
	for _, p := range v.Problems {
		fmt.Fprintf(w, "problem   %s %s\n", p.Kind, p.Detail)
	}
}

func unready(s localpage.Slot) string {
	if s.Ready {
		return ""
	}
	return " (not ready: " + s.Why + ")"
}

func clockWords(c localpage.Clock) string {
	switch {
	case c.Source != "":
		return fmt.Sprintf("right to %s by %s, %s ahead of the PC's", c.Uncertainty.Round(time.Millisecond), c.Source, c.Offset.Round(time.Millisecond))
	case c.OK:
		return "the PC's own"
	}
	return "not known"
}

func newStop() *cobra.Command {
	return withAgent(&cobra.Command{Use: "stop", Short: "End what is on air now", Args: cobra.NoArgs},
		func(c *cobra.Command, a *agent.Client, _ []string) error { return a.Stop(c.Context()) })
}

func newVolume() *cobra.Command {
	return withAgent(&cobra.Command{Use: "volume PERCENT", Short: "Set the volume, until the centre wants another one", Args: cobra.ExactArgs(1)},
		func(c *cobra.Command, a *agent.Client, args []string) error {
			percent, err := strconv.Atoi(args[0])
			if err != nil {
				return fmt.Errorf("volume %s: use 0 to 100", args[0])
			}
			return a.SetVolume(c.Context(), percent)
		})
}

func newSoundCheck() *cobra.Command {
	return withAgent(&cobra.Command{Use: "sound-check", Short: "Sound a quiet tone of three seconds", Args: cobra.NoArgs},
		func(c *cobra.Command, a *agent.Client, _ []string) error { return a.SoundCheck(c.Context()) })
}
