package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newRecording() *cobra.Command {
	return group("recording", "Recordings and their approval",
		newRecordingAdd(), newRecordingSpeak(), newRecordingList(), newRecordingApprove(), newRecordingEvergreen())
}

func recordingFlags(c *cobra.Command) *cobra.Command {
	c.Flags().String("directive", "", "the letter it is for")
	c.Flags().Int("topic", 0, "the topic's number in the letter")
	c.Flags().String("title", "", "title; the topic's when empty")
	c.Flags().String("language", "vi", "language (BCP 47)")
	return c
}

func recordingFrom(c *cobra.Command) web.NewRecording {
	var r web.NewRecording
	directive, _ := c.Flags().GetString("directive")
	r.Directive = scheduler.DirectiveID(directive)
	r.Topic, _ = c.Flags().GetInt("topic")
	r.Title, _ = c.Flags().GetString("title")
	r.Language, _ = c.Flags().GetString("language")
	return r
}

func newRecordingAdd() *cobra.Command {
	return recordingFlags(addOutput(&cobra.Command{
		Use:   "add FILE",
		Short: "Take in a WAV, MP3, FLAC, Ogg Vorbis or Opus file",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return usageError{fmt.Errorf("add recording: %w", err)}
			}
			defer f.Close()
			centre, err := dial(c)
			if err != nil {
				return err
			}
			r, err := centre.AddRecording(c.Context(), recordingFrom(c), filepath.Base(args[0]), f)
			if err != nil {
				return err
			}
			return showRecordings(c, []scheduler.Recording{r}, r)
		},
	}))
}

func newRecordingSpeak() *cobra.Command {
	c := recordingFlags(addOutput(&cobra.Command{
		Use:   "speak",
		Short: "Have the speech engine say a topic, or a text",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			r := recordingFrom(c)
			r.Script, _ = c.Flags().GetString("text")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			made, err := centre.Speak(c.Context(), r)
			if err != nil {
				return err
			}
			return showRecordings(c, []scheduler.Recording{made}, made)
		},
	}))
	c.Flags().String("text", "", "what to say; the topic's own text when empty")
	return c
}

func newRecordingList() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the recordings, of one letter or all",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			directive, _ := c.Flags().GetString("directive")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.Recordings(c.Context(), scheduler.DirectiveID(directive))
			if err != nil {
				return err
			}
			return showRecordings(c, all, all)
		},
	})
	c.Flags().String("directive", "", "only those of this letter")
	return c
}

func newRecordingApprove() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "approve RECORDING",
		Short: "Approve the audio that you heard, named by its digest",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			by, _ := c.Flags().GetString("by")
			digest, _ := c.Flags().GetString("digest")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			r, err := centre.Approve(c.Context(), scheduler.RecordingID(args[0]), by, scheduler.Digest(digest))
			if err != nil {
				return err
			}
			return showRecordings(c, []scheduler.Recording{r}, r)
		},
	})
	c.Flags().String("by", "", "your name")
	c.Flags().String("digest", "", "digest of the audio you heard, as `recording list -o json` shows it")
	c.MarkFlagRequired("by")
	c.MarkFlagRequired("digest")
	return c
}

func newRecordingEvergreen() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "evergreen RECORDING...",
		Short: "Keep recordings at every station for when scheduled audio is missing",
		Long: "Keep recordings at every station for when scheduled audio is missing. From the next publication on the first\n" +
			"twenty by title that are approved and not recalled sound there in its place. What they fill in for still\n" +
			"counts as missed.",
		Args: atLeastOne,
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			off, _ := c.Flags().GetBool("off")
			var all []scheduler.Recording
			for _, id := range args {
				r, err := centre.PutEvergreen(c.Context(), scheduler.RecordingID(id), !off)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			fmt.Fprintln(c.ErrOrStderr(), "the stations learn of it with the next publication: loaphuong publish --by NAME")
			return showRecordings(c, all, all)
		}),
	})
	c.Flags().Bool("off", false, "keep them no longer")
	return c
}

func showRecordings(c *cobra.Command, all []scheduler.Recording, v any) error {
	t := table{heading: []string{"ID", "TOPIC", "LENGTH", "LOUDNESS", "APPROVED BY", "EVERGREEN", "DIGEST", "TITLE"}}
	for _, r := range all {
		by, evergreen := "-", "-"
		if r.Approved() {
			by = r.Approval.By
		}
		if r.Evergreen {
			evergreen = "yes"
		}
		t.add(string(r.ID), fmt.Sprint(r.Topic), seconds(r.Duration), fmt.Sprintf("%.1f LUFS", r.Loudness), by, evergreen, string(r.Digest[:12]), brief(r.Title, 60))
	}
	return show(c, t, v)
}
