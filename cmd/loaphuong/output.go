package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler/centre"
	"loaphuong/scheduler/web"
)

// addOutput adds -o to a command that prints data.
func addOutput(c *cobra.Command, formats ...string) *cobra.Command {
	if len(formats) == 0 {
		formats = []string{"table", "json"}
	}
	c.Flags().StringP("output", "o", formats[0], strings.Join(formats, ", "))
	c.PreRunE = func(c *cobra.Command, _ []string) error {
		got, _ := c.Flags().GetString("output")
		for _, f := range formats {
			if got == f {
				return nil
			}
		}
		return fmt.Errorf("output %q: use %s", got, strings.Join(formats, ", "))
	}
	return c
}

// table is what a command prints: a heading and rows.
type table struct {
	heading []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// show prints data in the format that -o asks for; v is what JSON shows.
func show(c *cobra.Command, t table, v any) error {
	format, _ := c.Flags().GetString("output")
	switch format {
	case "json":
		return writeJSON(c.OutOrStdout(), v)
	case "csv":
		w := csv.NewWriter(c.OutOrStdout())
		if err := w.Write(t.heading); err != nil {
			return err
		}
		return w.WriteAll(t.rows)
	}
	return t.print(c.OutOrStdout())
}

// print writes the table for a person.
func (t table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(t.heading, "\t"))
	for _, r := range t.rows {
		fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	return w.Flush()
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// dial finds the centre that a command works on.
func dial(c *cobra.Command) (*web.Client, error) {
	settings, err := loadConfig(c)
	if err != nil {
		return nil, err
	}
	return centre.Dial(settings.Data)
}

// atCentre is what a command does that does nothing before it has found the centre.
func atCentre(do func(c *cobra.Command, args []string, centre *web.Client) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		centre, err := dial(c)
		if err != nil {
			return err
		}
		return do(c, args, centre)
	}
}

// group is a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.PersistentFlags().String("data", "", "the centre's data directory")
	c.AddCommand(commands...)
	return c
}

// exactly wants n arguments and says which.
func exactly(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("want `%s`, got %d arguments", c.UseLine(), len(args))
		}
		return nil
	}
}

// atLeastOne wants an argument or more.
func atLeastOne(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("want `%s`, got no arguments", c.UseLine())
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// brief shortens s to n letters.
func brief(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
