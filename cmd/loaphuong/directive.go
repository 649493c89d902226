package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newDirective() *cobra.Command {
	return group("directive", "Letters that order topics to be publicised",
		newDirectiveParse(), newDirectiveImport(), newDirectiveReview(), newDirectiveConfirm(), newDirectiveReopen(),
		newDirectiveList(), newDirectiveSearch())
}

func newDirectiveParse() *cobra.Command {
	return letterFlags(addOutput(&cobra.Command{
		Use:   "parse FILE",
		Short: "Read a letter and show what was understood; needs no centre (FILE - is standard input)",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := parseLetter(c, args[0])
			if err != nil {
				return err
			}
			return showDirective(c, d)
		},
	}))
}

func newDirectiveImport() *cobra.Command {
	c := letterFlags(addOutput(&cobra.Command{
		Use:   "import FILE",
		Short: "Read a letter into the centre, where a person confirms it (FILE - is standard input)",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			f, err := openLetter(c, args[0])
			if err != nil {
				return err
			}
			defer f.close()
			centre, err := dial(c)
			if err != nil {
				return err
			}
			in, err := centre.ImportDirective(c.Context(), f.LetterFile)
			if err != nil {
				return err
			}
			if !in.New {
				fmt.Fprintf(c.ErrOrStderr(), "this letter was there already, as %s\n", in.Directive.ID)
			}
			if look, _ := c.Flags().GetBool("review"); look {
				return review(c, centre, in.Directive)
			}
			return showDirective(c, in.Directive)
		},
	}))
	c.Flags().Bool("review", false, "look through it, put it right and confirm it, by commands from standard input")
	return byFlag(c)
}

// byFlag adds the name of the person who acts.
func byFlag(c *cobra.Command) *cobra.Command {
	c.Flags().String("by", "", "the person who confirms")
	return c
}

func newDirectiveReview() *cobra.Command {
	return byFlag(&cobra.Command{
		Use:   "review DIRECTIVE",
		Short: "Look through a letter, put it right and confirm it, by commands from standard input",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			d, err := centre.Directive(c.Context(), scheduler.DirectiveID(args[0]))
			if err != nil {
				return err
			}
			return review(c, centre, d)
		},
	})
}

func newDirectiveConfirm() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "confirm DIRECTIVE",
		Short: "Confirm what was understood of a letter: every station of the areas owes its topics from today",
		Long: "Confirm what was understood of a letter: every station of the areas owes its topics from today. A letter\n" +
			"may be confirmed again for more areas, and for some with priority. For example:\n\n" +
			"  loaphuong directive confirm 0a1b2c3d4e5f6071 --area tinh --class priority --by Lan",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			areas, _ := c.Flags().GetStringSlice("area")
			by, _ := c.Flags().GetString("by")
			checked, _ := c.Flags().GetBool("source-checked")
			class, _ := c.Flags().GetString("class")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			d, err := centre.Directive(c.Context(), scheduler.DirectiveID(args[0]))
			if err != nil {
				return err
			}
			return confirm(c, centre, d, web.Confirm{By: by, Areas: areaIDs(areas), Class: scheduler.Class(class), SourceChecked: checked})
		},
	})
	c.Flags().StringSlice("area", nil, "an area that owes it; may be given several times")
	c.Flags().String("class", "", "priority where its topics come before others; ordinary when empty")
	c.Flags().Bool("source-checked", false, "the text, which came from a picture or an older coding, was compared with the original")
	byFlag(c)
	c.MarkFlagRequired("area")
	c.MarkFlagRequired("by")
	return c
}

func areaIDs(names []string) []scheduler.AreaID {
	ids := make([]scheduler.AreaID, len(names))
	for i, n := range names {
		ids[i] = scheduler.AreaID(n)
	}
	return ids
}

// confirm confirms the edition that was seen and shows what is owed.
func confirm(c *cobra.Command, centre *web.Client, d scheduler.Directive, say web.Confirm) error {
	say.Edition = d.Edition
	owed, err := centre.Confirm(c.Context(), d.ID, say)
	if err != nil {
		return err
	}
	return showObligations(c, owed)
}

func showObligations(c *cobra.Command, owed []scheduler.Obligation) error {
	t := table{heading: []string{"TOPIC", "AREA", "FROM", "UNTIL", "A DAY", "A WEEK", "DAYS"}}
	for _, o := range owed {
		t.add(fmt.Sprint(o.Topic), string(o.Area), o.From.String(), o.Until.String(), fmt.Sprint(o.PerDay), fmt.Sprint(o.PerWeek), weekdays(o.Weekdays))
	}
	return show(c, t, owed)
}

// weekdays names days, or none where it is every day.
func weekdays(days []time.Weekday) string {
	var names []string
	for _, d := range days {
		names = append(names, d.String()[:3])
	}
	return strings.Join(names, ",")
}

func newDirectiveReopen() *cobra.Command {
	return &cobra.Command{
		Use:   "reopen DIRECTIVE",
		Short: "Take a confirmation and what it obliges back, to put the reading right",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			centre, err := dial(c)
			if err == nil {
				_, err = centre.Reopen(c.Context(), scheduler.DirectiveID(args[0]))
			}
			return err
		},
	}
}

func newDirectiveSearch() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "search WORDS…",
		Short: "Find letters, topics and cited documents by words or numbers, with or without tone marks",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			limit, _ := c.Flags().GetInt("limit")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			hits, err := centre.Search(c.Context(), strings.Join(args, " "), limit)
			if err != nil {
				return err
			}
			t := table{heading: []string{"ID", "NUMBER", "FOUND IN", "WORDS"}}
			for _, h := range hits {
				where := h.Kind
				if h.Topic > 0 {
					where = fmt.Sprint(h.Kind, " ", h.Topic)
				}
				t.add(string(h.Directive), h.Number, where, brief(strings.Join(h.Snippet, ""), 80))
			}
			return show(c, t, hits)
		},
	})
	c.Flags().Int("limit", 20, "at most this many")
	return c
}

func newDirectiveList() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the letters, newest first",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.Directives(c.Context())
			if err != nil {
				return err
			}
			t := table{heading: []string{"ID", "NUMBER", "DATE", "TOPICS", "CONFIRMED BY", "SUBJECT"}}
			for _, d := range all {
				t.add(string(d.ID), d.Number, d.Date.String(), fmt.Sprint(len(d.Topics)), cmp.Or(d.Confirmed.By, "-"), brief(d.Subject, 60))
			}
			return show(c, t, all)
		},
	})
}
