package scheduler

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// starBit is how the calculator marks a field that was written as *.
const starBit = 1 << 63

// maxSpec is longer than any spec that names each of its values once.
const maxSpec = 250

// parseCron reads a five-field spec and returns the calculator together with
// the spec in the form the calculator takes.
func parseCron(spec string) (*cron.SpecSchedule, string, error) {
	fields := strings.Fields(spec)
	switch {
	case len(spec) > maxSpec:
		return nil, "", fmt.Errorf("it has %d characters, want at most %d", len(spec), maxSpec)
	case strings.Contains(spec, "="):
		return nil, "", errors.New("a time zone cannot be set here: the station's own zone is used; leave the zone out")
	case strings.HasPrefix(spec, "@"):
		return nil, "", errors.New("@-words are not read: write five fields, for example 30 5 * * * for every day at 05:30")
	case len(fields) != 5:
		return nil, "", fmt.Errorf("it has %d fields, want 5: minute hour day month weekday, for example 30 5 * * *", len(fields))
	case strings.Contains(spec, "*-") || strings.Contains(spec, "?-"): // the calculator passes over what follows
		return nil, "", errors.New("a range in it begins with * or ?: write its first value, or * alone")
	case slices.ContainsFunc(fields, hasGap):
		return nil, "", errors.New("a list in it has nothing between two commas: leave the comma out")
	}
	weekday, err := normalWeekday(fields[4])
	if err != nil {
		return nil, "", err
	}
	fields[4] = weekday
	normal := strings.Join(fields, " ")
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	parsed, err := parser.Parse(normal)
	if err != nil {
		return nil, "", fmt.Errorf("%w: minutes go from 0 to 59, hours 0 to 23, days 1 to 31, months 1 to 12, weekdays 0 to 7", err)
	}
	s := parsed.(*cron.SpecSchedule)
	return s, normal, surprises(s)
}

// hasGap reports whether a list has an empty part, which the calculator skips
// and so may be left with no value at all.
func hasGap(field string) bool { return slices.Contains(strings.Split(field, ","), "") }

// surprises refuses what is valid to the calculator but not what a person
// means.
func surprises(s *cron.SpecSchedule) error {
	if s.Dom&starBit == 0 && s.Dow&starBit == 0 {
		return errors.New("it names a day of the month and a weekday: cron would take either; write * for one of them")
	}
	ref := *s
	ref.Location = time.UTC
	if ref.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return errors.New("that day never comes: check the day against the month")
	}
	if gap := closest(s); gap < MinSpacing {
		return fmt.Errorf("its occurrences come %s apart: leave at least %s between them", short(gap), short(MinSpacing))
	}
	return nil
}

// closest is the least time between two occurrences on one day or over
// midnight, from the minutes and hours alone.
func closest(s *cron.SpecSchedule) time.Duration {
	var minutes []int
	for h := range 24 {
		for m := range 60 {
			if s.Hour&(1<<h) != 0 && s.Minute&(1<<m) != 0 {
				minutes = append(minutes, h*60+m)
			}
		}
	}
	if len(minutes) == 0 {
		return 24 * time.Hour
	}
	least := minutes[0] + 24*60 - minutes[len(minutes)-1]
	for i := 1; i < len(minutes); i++ {
		least = min(least, minutes[i]-minutes[i-1])
	}
	return time.Duration(least) * time.Minute
}

// normalWeekday rewrites a weekday field so that Sunday may be 7 or SUN, also
// as the end of a range: "5-7" and "FRI-SUN" become "0,5,6".
func normalWeekday(field string) (string, error) {
	var days uint
	for _, part := range strings.Split(field, ",") {
		span, step, stepped := strings.Cut(part, "/")
		from, to, ranged := strings.Cut(span, "-")
		if span == "*" || span == "?" {
			from, to, ranged = "0", "6", true
		}
		lo, err := weekdayNumber(from)
		if err != nil {
			return "", err
		}
		hi := lo
		if ranged {
			if hi, err = weekdayNumber(to); err != nil {
				return "", err
			}
			if hi == 0 && lo > 0 {
				hi = 7
			}
		}
		by := 1
		if stepped {
			if by, err = strconv.Atoi(step); err != nil || by < 1 || by > 7 {
				return "", fmt.Errorf("weekday %q: the step after / must be a number from 1 to 7", part)
			}
			if !ranged {
				hi = 6
			}
		}
		if hi < lo {
			return "", fmt.Errorf("weekday %q: the range ends before it begins", part)
		}
		for d := lo; d <= hi; d += by {
			days |= 1 << (d % 7)
		}
	}
	return listDays(days), nil
}

func listDays(days uint) string {
	if days == 1<<7-1 {
		return "*"
	}
	list := make([]string, 0, bits.OnesCount(days))
	for d := range 7 {
		if days&(1<<d) != 0 {
			list = append(list, strconv.Itoa(d))
		}
	}
	return strings.Join(list, ",")
}

func weekdayNumber(s string) (int, error) {
	for d := range 7 {
		if strings.EqualFold(s, time.Weekday(d).String()[:3]) {
			return d, nil
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 7 {
		return 0, fmt.Errorf("weekday %q: use 0 to 7 (0 and 7 are Sunday) or SUN to SAT", s)
	}
	return n, nil
}

func short(d time.Duration) string {
	return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m")
}

func itoa(n int) string { return strconv.Itoa(n) }
