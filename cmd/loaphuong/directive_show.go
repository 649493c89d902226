package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
)

// showDirective prints what a letter says.
func showDirective(c *cobra.Command, d scheduler.Directive) error {
	if format, _ := c.Flags().GetString("output"); format == "json" {
		return writeJSON(c.OutOrStdout(), d)
	}
	w := c.OutOrStdout()
	fmt.Fprintf(w, "%s %s  %s  %s\n%s\n", d.Kind, d.Number, d.Date, d.Issuer, d.Subject)
	if d.Signatory.Name != "" {
		fmt.Fprintf(w, "signed: %s, %s\n", d.Signatory.Name, d.Signatory.Position)
	}
	for _, note := range doubts(d) {
		fmt.Fprintf(w, "(%s)\n", note)
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

// doubts is what a person should know of a reading before trusting it.
func doubts(d scheduler.Directive) (notes []string) {
	if d.Draft {
		notes = append(notes, "a draft: its number or day is not filled in")
	}
	if d.Source.Scanned {
		notes = append(notes, "from a scan: letters and digits may be mistaken, compare every field with the paper")
	}
	if d.Source.Converted != "" {
		notes = append(notes, fmt.Sprintf("typed in %s and converted to Unicode: if it reads wrong, give --encoding", strings.ToUpper(d.Source.Converted)))
	}
	return notes
}

func numbers(all []scheduler.Citation) string {
	var list []string
	for _, x := range all {
		list = append(list, x.Number)
	}
	return strings.Join(list, ", ")
}

// demands shows the letter's words and what was understood of them.
func demands(all []scheduler.Demand) string {
	var list []string
	for _, m := range all {
		list = append(list, fmt.Sprintf("%s (%s)", m.Text, cmp.Or(meaning(m), "a wish")))
	}
	return strings.Join(list, "; ")
}

// meaning is what can be counted or dated of a demand; "" of a wish.
func meaning(m scheduler.Demand) string {
	var parts []string
	for _, c := range []struct {
		n    int
		unit string
	}{{m.PerDay, "a day"}, {m.PerWeek, "a week"}, {m.PerMonth, "a month"}, {m.Total, "in all"}, {m.MinutesPerDay, "minutes a day"}, {m.MinutesEach, "minutes each time"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprint(c.n, " ", c.unit))
		}
	}
	if len(m.Weekdays) > 0 {
		parts = append(parts, "on "+weekdays(m.Weekdays))
	}
	for _, h := range m.Hours {
		parts = append(parts, "at "+h.String())
	}
	for _, d := range []struct {
		scheduler.Date
		word string
	}{{m.From, "from"}, {m.Until, "until"}, {m.Around, "around"}} {
		if !d.IsZero() {
			parts = append(parts, d.word+" "+d.String())
		}
	}
	for _, f := range []struct {
		set  bool
		word string
	}{{m.Regular, "regularly"}, {m.Attached, "as attached"}, {m.Relay, "by relay"}} {
		if f.set {
			parts = append(parts, f.word)
		}
	}
	return strings.Join(parts, ", ")
}
