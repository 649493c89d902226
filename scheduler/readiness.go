package scheduler

import (
	"fmt"
	"slices"
	"time"
)

// StatePatience is how long the word of a station holds. An agent speaks every
// 30 s, so that two of its words may be lost before it counts as silent.
const StatePatience = 90 * time.Second

// Presence is whether a station is there, as far as anybody knows.
type Presence string

// The presences.
const (
	NeverHeard Presence = "never heard" // it has not said a word yet
	Online     Presence = "online"      // it has spoken lately
	Offline    Presence = "offline"     // the broker or the station said that it is gone
	Silent     Presence = "unknown"     // it was there, and has not been heard for longer than StatePatience
)

// PresenceOf is the one rule by which a station counts as there: online is what
// it last said, heard when that came. A word from the future, as after the
// centre's clock was set back, holds no longer than one from the past.
func PresenceOf(online bool, heard, now time.Time) Presence {
	switch {
	case heard.IsZero():
		return NeverHeard
	case !online:
		return Offline
	case now.Sub(heard).Abs() > StatePatience:
		return Silent
	}
	return Online
}

// StationReport is what is known of a station, in plain values. The zero value
// is a station of which nothing is known.
type StationReport struct {
	Station   StationID
	Name      string
	Phone     string
	Heard     time.Time // when it was last heard, by the centre's clock; zero: never
	Online    bool
	Held      Revision // of the schedule it has
	Published Revision // of the schedule it should have
	Missing   int      // audio files that its schedule needs and it has not
	CardOK    bool
	CardErr   string // in the station's words
	ClockOK   bool
	DiskLow   bool
	Volume    int    // 0 to 100 per cent
	Lost      uint64 // the last as-run line that had to make room; 0: none
}

// Presence is whether the station is there.
func (r StationReport) Presence(now time.Time) Presence { return PresenceOf(r.Online, r.Heard, now) }

// Verdict is whether a station will air what it owes.
type Verdict string

// The verdicts.
const (
	VerdictReady    Verdict = "ready"
	VerdictNotReady Verdict = "not-ready" // something is known to be wrong
	VerdictUnknown  Verdict = "unknown"   // nobody knows: it is silent
)

// ReadinessCode names a reason why a station may not air what it owes.
type ReadinessCode string

// The codes, in the order in which the reasons are told.
const (
	IsNeverHeard  ReadinessCode = "never-heard"
	IsSilent      ReadinessCode = "silent"       // since Since
	IsOffline     ReadinessCode = "offline"      // since Since
	HasNoSchedule ReadinessCode = "no-schedule"  // nothing is published to it
	HasOld        ReadinessCode = "old-schedule" // Held before Published
	LacksFiles    ReadinessCode = "files"        // N of them
	LostCard      ReadinessCode = "card"         // in the words of Detail
	ClockUnset    ReadinessCode = "clock"
	DiskFull      ReadinessCode = "disk"
	IsMuted       ReadinessCode = "muted"
	LostLines     ReadinessCode = "lost-lines" // what it airs may leave no record
)

// ReadinessReason is why a station may not air what it owes. The fields beside
// the code and the words are filled where the code says so.
type ReadinessReason struct {
	Code      ReadinessCode `json:"code"`
	Words     string        `json:"words"` // in English, without times
	Since     time.Time     `json:"since,omitzero"`
	N         int           `json:"n,omitempty"`
	Held      Revision      `json:"held,omitempty"`
	Published Revision      `json:"published,omitempty"`
	Detail    string        `json:"detail,omitempty"`
}

// Readiness is whether a station will air one window of a programme.
type Readiness struct {
	Station   StationID         `json:"station"`
	Name      string            `json:"name"`
	Programme ProgrammeID       `json:"programme"`
	Start     time.Time         `json:"start"`
	Verdict   Verdict           `json:"verdict"`
	Reasons   []ReadinessReason `json:"reasons"` // none where it is ready
	Phone     string            `json:"phone"`
	LastHeard time.Time         `json:"lastHeard,omitzero"`
}

// Gone reports whether the station could not be reached, whatever else is wrong.
func (r Readiness) Gone() bool {
	return slices.ContainsFunc(r.Reasons, func(w ReadinessReason) bool {
		return w.Code == IsNeverHeard || w.Code == IsSilent || w.Code == IsOffline
	})
}

// Judge says whether the station will air the window. It is ready only when it
// was heard lately and everything is known to be well; a silent station is
// unknown whatever it last said, since nobody knows whether that still holds.
func (w Window) Judge(r StationReport, now time.Time) Readiness {
	reasons := reasonsOf(r, now)
	verdict := VerdictReady
	switch presence := r.Presence(now); {
	case presence == NeverHeard || presence == Silent:
		verdict = VerdictUnknown
	case len(reasons) > 0:
		verdict = VerdictNotReady
	}
	return Readiness{
		Station: r.Station, Name: r.Name, Programme: w.Programme, Start: w.Start,
		Verdict: verdict, Reasons: reasons, Phone: r.Phone, LastHeard: r.Heard,
	}
}

func reasonsOf(r StationReport, now time.Time) []ReadinessReason {
	all := []ReadinessReason{}
	note := func(is bool, reason ReadinessReason) {
		if is {
			all = append(all, reason)
		}
	}
	presence := r.Presence(now)
	note(presence == NeverHeard, ReadinessReason{Code: IsNeverHeard, Words: "never heard of: enrol its PC"})
	note(presence == Silent, ReadinessReason{Code: IsSilent, Words: "silent", Since: r.Heard})
	note(presence == Offline, ReadinessReason{Code: IsOffline, Words: "offline", Since: r.Heard})
	note(r.Published == 0, ReadinessReason{Code: HasNoSchedule, Words: "no schedule is published to it"})
	if presence == NeverHeard {
		return all // of the rest nothing is known
	}
	note(r.Held < r.Published, ReadinessReason{Code: HasOld, Held: r.Held, Published: r.Published,
		Words: fmt.Sprintf("holds schedule %d, published is %d", r.Held, r.Published)})
	note(r.Missing > 0, ReadinessReason{Code: LacksFiles, N: r.Missing, Words: fmt.Sprintf("audio files missing: %d", r.Missing)})
	note(!r.CardOK, ReadinessReason{Code: LostCard, Detail: r.CardErr, Words: withDetail("sound card unusable", r.CardErr)})
	note(!r.ClockOK, ReadinessReason{Code: ClockUnset, Words: "clock not set"})
	note(r.DiskLow, ReadinessReason{Code: DiskFull, Words: "disk full"})
	note(r.Volume <= 0, ReadinessReason{Code: IsMuted, Words: "volume 0"})
	note(r.Lost > 0, ReadinessReason{Code: LostLines, N: int(r.Lost), Words: fmt.Sprintf("log lines lost, up to line %d", r.Lost)})
	return all
}

func withDetail(words, detail string) string {
	if detail == "" {
		return words
	}
	return words + ": " + detail
}

// RedList are those who are not ready or of whom nobody knows.
func RedList(all []Readiness) []Readiness {
	return slices.DeleteFunc(slices.Clone(all), func(r Readiness) bool { return r.Verdict == VerdictReady })
}
