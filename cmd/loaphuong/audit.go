package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// errAuditFaulty says that the audit log is not all there as it was written.
var errAuditFaulty = errors.New("the audit log is not whole")

func newAudit() *cobra.Command {
	return group("audit", "Who has had the centre do what", newAuditList(), newAuditVerify())
}

func newAuditList() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "list",
		Short: "List the lines of the audit log, the newest first",
		Long: "List the lines of the audit log, the newest first. --from and --until are days in the centre's zone\n" +
			"(2026-11-23, --until included) or instants (2026-11-23T05:00:00Z, --until excluded).",
		Args: exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			zone, err := centreZone(c)
			if err != nil {
				return err
			}
			f, err := auditFilter(c, zone)
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			all, err := centre.AuditEntries(c.Context(), f)
			if err != nil {
				return err
			}
			return show(c, auditTable(c, all, zone), all)
		},
	}, "table", "json", "csv")
	c.Flags().String("from", "", "first day")
	c.Flags().String("until", "", "last day")
	c.Flags().String("by", "", "only by this person")
	c.Flags().String("object", "", "only about the thing of this ID")
	c.Flags().String("area", "", "only of this area")
	c.Flags().Int("limit", 200, "the newest so many; 0 for all")
	return c
}

func auditFilter(c *cobra.Command, zone *time.Location) (f scheduler.AuditFilter, err error) {
	for _, bound := range []struct {
		flag string
		days int
		to   *time.Time
	}{{"from", 0, &f.From}, {"until", 1, &f.Until}} {
		s, _ := c.Flags().GetString(bound.flag)
		if s == "" {
			continue
		}
		if *bound.to, err = instant(bound.flag, s, zone, bound.days); err != nil {
			return f, err
		}
	}
	f.By, _ = c.Flags().GetString("by")
	f.Object, _ = c.Flags().GetString("object")
	area, _ := c.Flags().GetString("area")
	f.Area = scheduler.AreaID(area)
	if f.Limit, _ = c.Flags().GetInt("limit"); f.Limit < 0 {
		return f, fmt.Errorf("--limit %d: use 0 for all, or more", f.Limit)
	}
	return f, nil
}

// auditTable cuts what is long only where a person reads it.
func auditTable(c *cobra.Command, all []scheduler.AuditEntry, zone *time.Location) table {
	format, _ := c.Flags().GetString("output")
	cut := func(s string, n int) string {
		if format == "table" {
			return brief(s, n)
		}
		return s
	}
	t := table{heading: []string{"NUMBER", "AT", "BY", "FROM", "ACTION", "OBJECT", "AREA", "STATUS", "LEFT OUT", "DETAIL"}}
	for _, e := range all {
		t.add(fmt.Sprint(e.Number), e.At.In(zone).Format("02/01/2006 15:04:05"), cut(e.By, 20), e.From, cut(e.Action, 24),
			cut(cmp.Or(e.Object, "-"), 20), cut(cmp.Or(string(e.Area), "-"), 16), fmt.Sprint(e.Status), fmt.Sprint(e.LeftOut), cut(e.Detail, 60))
	}
	return t
}

func newAuditVerify() *cobra.Command {
	c := addOutput(&cobra.Command{
		Use:   "verify",
		Short: "Look at every line of the audit log once more: what is missing, altered or out of its chain",
		Long: "Look at every line of the audit log once more. Each line carries the digest of the one before it:\n\n" +
			"  GAPS      numbers of lines that were taken out\n" +
			"  ALTERED   lines that are not what was written\n" +
			"  BROKEN    lines that do not follow from the one before\n" +
			"  ABSENT    heads given with --head that the log no longer has\n" +
			"  HEAD      the last line: note it on paper\n\n" +
			"The chain cannot tell that lines at its end were cut off or written anew. A head that was noted can:\n\n" +
			"  loaphuong audit verify --head 1204:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		Args: exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			noted, err := notedHeads(c)
			if err != nil {
				return usageError{err}
			}
			centre, err := dial(c)
			if err != nil {
				return err
			}
			return verifyAudit(c, centre, noted)
		},
	}, "table", "json", "csv")
	c.Flags().StringArray("head", nil, "NUMBER:HASH of a line that was noted formerly (may be given again)")
	return c
}

func notedHeads(c *cobra.Command) (noted []scheduler.AuditHead, err error) {
	heads, _ := c.Flags().GetStringArray("head")
	for _, s := range heads {
		h, err := scheduler.ParseAuditHead(s)
		if err != nil {
			return nil, err
		}
		noted = append(noted, h)
	}
	return noted, nil
}

func verifyAudit(c *cobra.Command, centre *web.Client, noted []scheduler.AuditHead) error {
	v, err := centre.VerifyAudit(c.Context(), noted...)
	if err != nil {
		return err
	}
	var gaps, absent []string
	for _, g := range v.Gaps {
		gaps = append(gaps, gapWords(g))
	}
	for _, h := range v.Absent {
		absent = append(absent, h.String())
	}
	t := table{heading: []string{"LINES", "GAPS", "ALTERED", "BROKEN", "ABSENT", "HEAD"}}
	t.add(fmt.Sprint(v.Lines), cmp.Or(strings.Join(gaps, " "), "-"), lineNumbers(v.Altered), lineNumbers(v.Broken), cmp.Or(strings.Join(absent, " "), "-"), v.Head.String())
	if err := show(c, t, v); err != nil {
		return err
	}
	if !v.Sound() {
		return errAuditFaulty
	}
	return nil
}
