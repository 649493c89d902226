package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

const reviewHelp = `  show             the letter as it was understood
  show N           topic N, with its words, documents and demands
  source           the text of the letter
  set FIELD WORDS  kind, number, date (YYYY-MM-DD), issuer, subject, name or position
  title N WORDS    what topic N is called
  text N WORDS     what topic N says
  split N WORDS    cut topic N in two before these words of the letter
  merge N          join topic N to the one before it
  drop N           topic N is none
  add WORDS        a topic that was overlooked, in the letter's words or yours
  cite N KIND | NUMBER | DATE | ISSUER | SUBJECT
                   topic N cites this document (0: the letter does)
  uncite N NUMBER  it does not
  demand N WHAT    what is demanded of topic N (0: of all), instead of what was
                   understood: a-day=3 a-week=2 a-month=4 total=5 minutes-a-day=15
                   minutes-each=5 days=1,5 at=05:00,17:00 from=DATE until=DATE
                   around=DATE regular, or none
  owed AREA        what an area would owe
  checked          the text was compared with the original (of a scan)
  confirm AREA…    it is right, and these areas owe it
  quit             leave it unconfirmed
`

// errReviewDone ends a review.
var errReviewDone = errors.New("the review is done")

// reviewer looks through one letter with a person.
type reviewer struct {
	c       *cobra.Command
	centre  *web.Client
	letter  scheduler.Directive
	checked bool
}

// review carries out the commands on standard input until the letter is
// confirmed or left. At a terminal a mistake is told and the next command
// awaited; in a script it ends the review.
func review(c *cobra.Command, centre *web.Client, d scheduler.Directive) error {
	r := &reviewer{c: c, centre: centre, letter: d}
	if d.IsConfirmed() {
		return fmt.Errorf("letter %s is confirmed by %s: to put it right, loaphuong directive reopen %s", d.ID, d.Confirmed.By, d.ID)
	}
	if err := showDirective(c, d); err != nil {
		return err
	}
	talks := isTerminal(c.InOrStdin())
	lines := bufio.NewScanner(c.InOrStdin())
	lines.Buffer(nil, 1<<20)
	for r.prompt(talks); lines.Scan(); r.prompt(talks) {
		err := r.do(lines.Text())
		switch {
		case errors.Is(err, errReviewDone):
			return nil
		case err != nil && !talks:
			return err
		case err != nil:
			fmt.Fprintln(c.ErrOrStderr(), err)
		}
	}
	fmt.Fprintf(c.ErrOrStderr(), "left unconfirmed: go on with loaphuong directive review %s\n", d.ID)
	return lines.Err()
}

func (r *reviewer) prompt(talks bool) {
	if talks {
		fmt.Fprint(r.c.ErrOrStderr(), "review (help for the commands)> ")
	}
}

// isTerminal reports whether a person types at in.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// do carries out one line.
func (r *reviewer) do(line string) error {
	verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "", "#":
		return nil
	case "help":
		_, err := io.WriteString(r.c.OutOrStdout(), reviewHelp)
		return err
	case "show":
		return r.show(rest)
	case "source":
		text, err := r.centre.DirectiveText(r.c.Context(), r.letter.ID)
		fmt.Fprintln(r.c.OutOrStdout(), text)
		return err
	case "owed":
		owed, err := r.centre.Owed(r.c.Context(), r.letter.ID, scheduler.AreaID(rest))
		if err != nil {
			return err
		}
		return showObligations(r.c, owed)
	case "checked":
		r.checked = true
		return nil
	case "confirm":
		return r.confirm(strings.Fields(rest))
	case "quit":
		fmt.Fprintf(r.c.ErrOrStderr(), "left unconfirmed: go on with loaphuong directive review %s\n", r.letter.ID)
		return errReviewDone
	}
	change, err := r.correction(verb, rest)
	if err != nil {
		return usageError{err}
	}
	return r.correct(change)
}

func (r *reviewer) show(which string) error {
	if which == "" {
		return showDirective(r.c, r.letter)
	}
	t, _, err := r.topic(which)
	if err == nil {
		showTopic(r.c.OutOrStdout(), t)
	}
	return err
}

func (r *reviewer) confirm(areas []string) error {
	by, _ := r.c.Flags().GetString("by")
	if by == "" {
		return usageError{errors.New("confirm: say who confirms with --by NAME")}
	}
	if len(areas) == 0 {
		return usageError{errors.New("confirm: name the areas that owe it: confirm AREA…")}
	}
	if err := confirm(r.c, r.centre, r.letter, web.Confirm{By: by, Areas: areaIDs(areas), SourceChecked: r.checked}); err != nil {
		return err
	}
	return errReviewDone
}

func (r *reviewer) correct(c scheduler.Correction) error {
	c.By, _ = r.c.Flags().GetString("by")
	next, err := r.centre.Correct(r.c.Context(), r.letter.ID, r.letter.Edition, c)
	if err != nil {
		return err
	}
	r.letter = next
	fmt.Fprintf(r.c.OutOrStdout(), "edition %d: %d topics\n", next.Edition, len(next.Topics))
	return nil
}

// topic reads the number of a topic and what follows it.
func (r *reviewer) topic(words string) (t scheduler.Topic, rest string, err error) {
	number, rest, _ := strings.Cut(words, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(r.letter.Topics) {
		return t, rest, usageError{fmt.Errorf("topic %q: use 1 to %d", number, len(r.letter.Topics))}
	}
	return r.letter.Topics[n-1], strings.TrimSpace(rest), nil
}
