package main

import (
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
)

// orderFlags adds the flags that make a running order, and for whom and when a
// programme is.
func orderFlags(c *cobra.Command) *cobra.Command {
	c.Flags().StringSlice("tune", nil, "recordings of the signature tune")
	c.Flags().StringSlice("intro", nil, "recordings of the introduction")
	c.Flags().Duration("relay", 0, "time left to a relay, before the items")
	c.Flags().StringSlice("music", nil, "recordings played in turn behind the items")
	c.Flags().Duration("music-length", 0, "how long the music is at most; what is left of the window when 0")
	c.Flags().StringSlice("closing", nil, "recordings of the closing words")
	c.Flags().String("language", "", "keep out items in any other language (BCP 47)")
	c.Flags().String("holidays", "", "only: runs only on holidays; skip: not on them")
	return c
}

// orderFrom is the running order that the flags make, the items alone where
// none is given. Music without recordings, though with a length, stays in it to
// be refused.
func orderFrom(c *cobra.Command) (order []scheduler.Piece) {
	add := func(kind scheduler.PieceKind, flag string, length time.Duration) {
		ids, _ := c.Flags().GetStringSlice(flag)
		if len(ids) > 0 || length > 0 {
			order = append(order, scheduler.Piece{Kind: kind, Recordings: recordingIDs(ids), Length: length})
		}
	}
	relay, _ := c.Flags().GetDuration("relay")
	music, _ := c.Flags().GetDuration("music-length")
	add(scheduler.Tune, "tune", 0)
	add(scheduler.Introduction, "intro", 0)
	if c.Flags().Changed("relay") {
		order = append(order, scheduler.Piece{Kind: scheduler.RelayTime, Length: relay})
	}
	order = append(order, scheduler.Piece{Kind: scheduler.Items})
	add(scheduler.Music, "music", music)
	add(scheduler.Closing, "closing", 0)
	if len(order) == 1 {
		return nil
	}
	return order
}

func recordingIDs(names []string) (ids []scheduler.RecordingID) {
	for _, n := range names {
		ids = append(ids, scheduler.RecordingID(n))
	}
	return ids
}
