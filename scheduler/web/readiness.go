package web

import (
	"context"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// Readying is what is known of programmes to come.
type Readying interface {
	// Readiness says of every window that begins within a span from now, at every
	// station that owes it, whether it will be aired; by start and programme.
	Readiness(ctx context.Context, within time.Duration) ([]scheduler.Readiness, error)
}

// Presence is whether the station is there.
func (s StationState) Presence(now time.Time) scheduler.Presence {
	if s.State == nil {
		return scheduler.NeverHeard
	}
	return scheduler.PresenceOf(s.State.Online, s.Heard, now)
}

// readyWithin is how far ahead the first page looks.
const readyWithin = time.Hour

// readyPart is who is not ready for the windows to come.
type readyPart struct {
	*view
	Any  bool // some window is to come
	Well int  // how often a station is ready for one
	Rows []readyRow
	More int // rows for which there is no room
}

// readyRow is one station that is not ready, or of which nobody knows.
type readyRow struct {
	Station   scheduler.StationID
	Name      string
	At        string
	Programme string
	Verdict   badge
	Reasons   []string
	Phone     string
	Tel       string // what the telephone dials
	Heard     string
}

// ready sets the red list of the coming hour out.
func (s *server) ready(ctx context.Context, v *view, where places) (readyPart, error) {
	part := readyPart{view: v}
	all, err := s.desk.Readiness(ctx, readyWithin)
	if err != nil || len(all) == 0 {
		return part, err
	}
	programmes, err := s.desk.Programmes(ctx)
	names := map[scheduler.ProgrammeID]string{}
	for _, p := range programmes {
		names[p.ID] = p.Name
	}
	red := scheduler.RedList(all)
	part.Any, part.Well = true, len(all)-len(red)
	part.More = max(len(red)-maxRows, 0)
	for _, r := range red[:len(red)-part.More] {
		part.Rows = append(part.Rows, v.readyRow(r, named(names[r.Programme], r.Programme), where))
	}
	return part, err
}

func (v *view) readyRow(r scheduler.Readiness, programme string, where places) readyRow {
	zone := where.zone(v, r.Station)
	row := readyRow{
		Station: r.Station, Name: named(r.Name, r.Station), At: v.When(r.Start, zone), Programme: programme,
		Verdict: badge{bad, v.T("ready.not-ready")}, Phone: r.Phone, Tel: dialled(r.Phone),
	}
	if r.Verdict == scheduler.VerdictUnknown {
		row.Verdict = badge{unsure, v.T("ready.unknown")}
	}
	for _, reason := range r.Reasons {
		row.Reasons = append(row.Reasons, v.readyReason(reason, zone))
	}
	if !r.LastHeard.IsZero() {
		row.Heard = v.T("station.heard", "ago", v.Ago(r.LastHeard), "at", v.When(r.LastHeard, zone))
	}
	return row
}

// readyReason is a reason in words; one that came later than these shows in
// those of the centre.
func (v *view) readyReason(r scheduler.ReadinessReason, zone *time.Location) string {
	key := "ready.why." + string(r.Code)
	if r.Code == scheduler.LostCard && r.Detail != "" {
		key += ".words"
	}
	if v.words[key] == "" {
		return r.Words
	}
	return v.T(key, "n", r.N, "since", v.When(r.Since, zone), "held", r.Held, "published", r.Published, "why", r.Detail)
}

// dialled is a telephone number without what people write between its digits.
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}
