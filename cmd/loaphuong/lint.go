package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// errFoundWrong says that something found is worse than a doubt.
var errFoundWrong = errors.New("something will not be aired as it stands")

func newLint() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "lint",
		Short: "Say what to know of programmes, playlists, rules and topics before publishing",
		Long: "Say what a person should know of programmes, playlists, rules and topics before publishing, the\n" +
			"worst first, with the next five times of what recurs at surprising ones. The exit status is 3\n" +
			"where something will not be aired as it stands. For example:\n\n  loaphuong lint && loaphuong publish --by Lan",
		Args: exactly(0),
		RunE: atCentre(func(c *cobra.Command, _ []string, centre *web.Client) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			all, err := centre.Lint(c.Context())
			if err != nil {
				return err
			}
			k, err := newCatalogue(c.Context(), centre)
			if err != nil {
				return err
			}
			if err := showFindings(c, all, k, zone); err != nil {
				return err
			}
			return wrongOf(all)
		}),
	}, "table", "json", "csv")
	c.Flags().String("data", "", "the centre's data directory")
	return c
}

// wrongOf is an error where any of the findings is one.
func wrongOf(all []scheduler.Finding) error {
	for _, f := range all {
		if f.Level == scheduler.Wrong {
			return errFoundWrong
		}
	}
	return nil
}

func showFindings(c *cobra.Command, all []scheduler.Finding, k catalogue, zone *time.Location) error {
	if format, _ := c.Flags().GetString("output"); format != "table" {
		t := table{heading: []string{"LEVEL", "CODE", "WHAT"}}
		for _, f := range all {
			t.add(levelWords(f.Level), string(f.Code), findingSentence(f, k, zone))
		}
		return show(c, t, all)
	}
	if len(all) == 0 {
		fmt.Fprintln(c.ErrOrStderr(), "nothing to say: publish with loaphuong publish --by NAME")
	}
	printFindings(c.OutOrStdout(), all, k, zone)
	return nil
}

func printFindings(w io.Writer, all []scheduler.Finding, k catalogue, zone *time.Location) {
	for _, f := range all {
		fmt.Fprintln(w, wrapped(levelWords(f.Level)+": "+findingSentence(f, k, zone)))
		if len(f.Runs) > 0 {
			fmt.Fprintln(w, wrapped("    next: "+runWords(f.Runs, zone)))
		}
	}
}

// width is how many columns text takes at most.
const width = 100

// wrapped breaks a paragraph at spaces to [width]; what follows its first line
// is set in by four more than the first is.
func wrapped(s string) string {
	indent := strings.Repeat(" ", len(s)-len(strings.TrimLeft(s, " ")))
	var lines []string
	line := indent
	for _, word := range strings.Fields(s) {
		if utf8.RuneCountInString(line)+utf8.RuneCountInString(word) >= width && strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line = indent + "    "
		}
		line += word + " "
	}
	return strings.Join(append(lines, strings.TrimRight(line, " ")), "\n")
}
