package rehearsal

import (
	"encoding/csv"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Script is which outages are to happen.
type Script struct {
	fixed   []Outage
	chances []chance
}

// chance is a number of outages a week, by chance.
type chance struct {
	Outage
	line   int
	week   int           // how many in seven days
	length time.Duration // of each
}

const (
	week     = 7 * 24 * time.Hour
	mostWeek = 1000 // outages a week on one line
	column   = 5    // the most columns of a line
)

// Parse reads a script of one outage a line: station, kind, from, until, and for
// a clock how far it is off, else it falls back to 1970. A station of * means
// every one. Instants are RFC 3339, or "2026-11-23 05:00" in the zone given.
//
//	an-phu, power, 2026-11-23 05:10, 2026-11-23 07:00
//	*,      link,  2026-11-24 00:00, 2026-11-25 12:00
//	an-phu, clock, 2026-11-26 03:00, 2026-11-26 09:00, -90m
//	*,      power, random, 3, 2h
//
// The last one means three power cuts of two hours a week at every station, each
// at times of its own. Blank lines, those that begin with #, and a first line of
// column names are passed over. An error names the line and what to write.
func Parse(r io.Reader, zone *time.Location) (Script, error) {
	lines := csv.NewReader(r)
	lines.Comment, lines.FieldsPerRecord, lines.TrimLeadingSpace = '#', -1, true
	var s Script
	for n := 0; ; n++ {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return Script{}, fmt.Errorf("outages: %w", err)
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		if n == 0 && strings.EqualFold(fields[0], "station") {
			continue
		}
		line, _ := lines.FieldPos(0)
		if err := s.add(fields, line, zone); err != nil {
			return Script{}, fmt.Errorf("outages line %d: %w", line, err)
		}
	}
}

// add reads one line.
func (s *Script) add(fields []string, line int, zone *time.Location) error {
	if len(fields) < 4 || len(fields) > column {
		return fmt.Errorf("it has %d columns: write station,kind,from,until or station,kind,random,count,length", len(fields))
	}
	var o Outage
	var err error
	if fields[0] != "*" {
		if o.Station, err = scheduler.ParseStationID(fields[0]); err != nil {
			return fmt.Errorf("%w, or * for all", err)
		}
	}
	if o.Kind, err = parseKind(fields[1]); err != nil {
		return err
	}
	if fields[2] == "random" {
		return s.addChance(o, fields[3:], line)
	}
	return s.addFixed(o, fields[2:], zone)
}

// addChance reads how often and how long.
func (s *Script) addChance(o Outage, fields []string, line int) error {
	if len(fields) != 2 {
		return errors.New("a random outage needs how many a week and how long each: write station,kind,random,3,2h")
	}
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 1 || n > mostWeek {
		return fmt.Errorf("%q outages a week: write a number from 1 to %d", fields[0], mostWeek)
	}
	length, err := time.ParseDuration(fields[1])
	if err != nil || length <= 0 || length > week {
		return fmt.Errorf("length %q: write one up to 168h, as 2h or 90m", fields[1])
	}
	s.chances = append(s.chances, chance{Outage: o, line: line, week: n, length: length})
	return nil
}

// addFixed reads from when until when.
func (s *Script) addFixed(o Outage, fields []string, zone *time.Location) (err error) {
	if o.From, err = parseInstant(fields[0], zone); err != nil {
		return err
	}
	if o.Until, err = parseInstant(fields[1], zone); err != nil {
		return err
	}
	if !o.From.Before(o.Until) {
		return fmt.Errorf("it ends at %s, which is not after its beginning: swap the two, or write a later end", fields[1])
	}
	if len(fields) == 3 {
		if o.Kind != Clock {
			return fmt.Errorf("only a clock is off by something: leave %q out", fields[2])
		}
		if o.By, err = time.ParseDuration(fields[2]); err != nil {
			return fmt.Errorf("clock off by %q: write how far, as 2h or -90m", fields[2])
		}
	}
	s.fixed = append(s.fixed, o)
	return nil
}

func parseInstant(s string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), nil
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		return t, fmt.Errorf("instant %q: write it as 2026-11-23 05:00 or 2026-11-23T05:00:00+07:00", s)
	}
	return t.UTC(), nil
}

// For lists the outages of a station between two instants. Those by chance are
// the same for the same seed, line and station; part of a week has its share of
// them, rounded.
func (s Script) For(station scheduler.StationID, from, until time.Time, seed uint64) []Outage {
	var list []Outage
	for _, o := range s.fixed {
		if o.Station == "" || o.Station == station {
			list = append(list, o)
		}
	}
	for _, c := range s.chances {
		if c.Station == "" || c.Station == station {
			list = append(list, c.roll(station, from, until, seed)...)
		}
	}
	return list
}

// roll makes outages of a chance. One may begin anywhere, and end after until.
func (c chance) roll(station scheduler.StationID, from, until time.Time, seed uint64) (list []Outage) {
	name := fnv.New64a()
	fmt.Fprintf(name, "%s line %d", station, c.line)
	dice := rand.New(rand.NewPCG(seed, name.Sum64()))
	span := until.Sub(from)
	for range int((int64(c.week)*int64(span/time.Second) + int64(week/time.Second)/2) / int64(week/time.Second)) {
		o := c.Outage
		o.Station = station
		o.From = from.Add(time.Duration(dice.Int64N(int64(span)))).Truncate(time.Second)
		o.Until = o.From.Add(c.length)
		list = append(list, o)
	}
	return list
}
