package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
)

func newDirective() *cobra.Command {
	return group("directive", "Letters that order topics to be publicised",
		newDirectiveParse(), newDirectiveImport(), newDirectiveList(), newDirectiveOblige())
}

func newDirectiveParse() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "parse FILE",
		Short: "Read a letter and show what was understood; needs no centre (FILE - is standard input)",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := readLetter(c, args[0])
			if err != nil {
				return err
			}
			d, err := letter.Parse(string(text))
			if err != nil {
				return usageError{fmt.Errorf("%s: %w", args[0], err)}
			}
			return showDirective(c, d)
		},
	})
}

func newDirectiveImport() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "import FILE",
		Short: "Read a letter into the centre (FILE - is standard input)",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := readLetter(c, args[0])
			if err != nil {
				return err
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			d, isNew, err := centre.ImportDirective(c.Context(), text)
			if err != nil {
				return err
			}
			if !isNew {
				fmt.Fprintln(c.ErrOrStderr(), "this letter was there already")
			}
			return showDirective(c, d)
		},
	})
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
			t := table{heading: []string{"ID", "NUMBER", "DATE", "TOPICS", "SUBJECT"}}
			for _, d := range all {
				t.add(string(d.ID), d.Number, d.Date.String(), fmt.Sprint(len(d.Topics)), brief(d.Subject, 60))
			}
			return show(c, t, all)
		},
	})
}

func newDirectiveOblige() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "oblige DIRECTIVE",
		Short: "Confirm a letter: its topics are owed by every station of an area from today",
		Args:  exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			area, _ := c.Flags().GetString("area")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			owed, err := centre.Oblige(c.Context(), scheduler.DirectiveID(args[0]), scheduler.AreaID(area))
			if err != nil {
				return err
			}
			t := table{heading: []string{"TOPIC", "AREA", "FROM", "UNTIL", "A DAY", "A WEEK"}}
			for _, o := range owed {
				t.add(fmt.Sprint(o.Topic), string(o.Area), o.From.String(), o.Until.String(), fmt.Sprint(o.PerDay), fmt.Sprint(o.PerWeek))
			}
			return show(c, t, owed)
		},
	})
	c.Flags().String("area", "", "the area that owes it")
	c.MarkFlagRequired("area")
	return c
}

// maxLetter is the longest letter read, in bytes; the reader refuses it with
// better words than a truncated text would get.
const maxLetter = 16 << 20

func readLetter(c *cobra.Command, file string) ([]byte, error) {
	in := c.InOrStdin()
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, usageError{fmt.Errorf("read letter: %w", err)}
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxLetter))
	if err != nil {
		return nil, fmt.Errorf("read letter %s: %w", file, err)
	}
	return text, nil
}

// showDirective prints what a letter says.
func showDirective(c *cobra.Command, d scheduler.Directive) error {
	if format, _ := c.Flags().GetString("output"); format == "json" {
		return writeJSON(c.OutOrStdout(), d)
	}
	w := c.OutOrStdout()
	fmt.Fprintf(w, "%s %s  %s  %s\n%s\n", d.Kind, d.Number, d.Date, d.Issuer, d.Subject)
	if d.Draft {
		fmt.Fprintln(w, "(a draft: its number or day is not filled in)")
	}
	fmt.Fprintln(w)
	t := table{heading: []string{"SECTION", "NO", "TOPIC", "DOCUMENTS", "DEMANDS"}}
	for _, p := range d.Topics {
		t.add(p.Section, fmt.Sprint(p.Ordinal), brief(p.Title, 70), numbers(p.Citations), demands(p.Demands))
	}
	if err := show(c, t, nil); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d documents cited\n", len(d.Citations))
	t = table{heading: []string{"KIND", "NUMBER", "DATE", "ISSUER", "SUBJECT"}}
	for _, x := range d.Citations {
		t.add(x.Kind, x.Number, x.Date.String(), x.Issuer, brief(x.Subject, 60))
	}
	if s := demands(d.Demands); s != "" {
		defer fmt.Fprintln(w, "\nDemanded of all topics:", s)
	}
	return show(c, t, nil)
}

func numbers(all []scheduler.Citation) string {
	var list []string
	for _, x := range all {
		list = append(list, x.Number)
	}
	return strings.Join(list, ", ")
}

func demands(all []scheduler.Demand) string {
	var list []string
	for _, m := range all {
		list = append(list, m.Text)
	}
	return strings.Join(list, "; ")
}
