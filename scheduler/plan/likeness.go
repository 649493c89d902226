package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// likeness is everything of a station that its plan depends on. Stations with
// the same are planned once.
type likeness struct {
	local      *locality
	own        scheduler.StationID // where a selection is for this station alone
	zone       string
	quiet      string
	languages  string
	retired    bool
	kept, held [sha256.Size]byte
}

func (b *book) likeness(s scheduler.Station, zone *time.Location) likeness {
	l := likeness{local: b.local(s.Area), zone: zone.String(), retired: s.Retired}
	if len(b.byStation[s.ID]) > 0 {
		l.own = s.ID
	}
	if len(s.Quiet) > 0 {
		l.quiet = fmt.Sprint(s.Quiet)
	}
	l.languages = strings.Join(s.Languages, " ")
	l.kept = b.keptDigest(s, zone)
	if !s.Retired {
		l.held = b.heldDigest(s)
	}
	return l
}

// recent lists the airings kept at a station that a plan can still depend on,
// in the order of their starts.
func (b *book) recent(s scheduler.StationID, zone *time.Location) []*scheduler.Airing {
	since := scheduler.DateOf(b.in.From.In(zone)).Monday().Start(zone)
	if spaced := b.in.From.Add(-24 * time.Hour); spaced.Before(since) {
		since = spaced // the longest spacing there is
	}
	var all []*scheduler.Airing
	for _, a := range b.kept[s] {
		if !a.Start.Before(since) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(x, y *scheduler.Airing) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.Playlist, y.Playlist), cmp.Compare(x.Entry, y.Entry))
	})
	return all
}

func (b *book) keptDigest(s scheduler.Station, zone *time.Location) [sha256.Size]byte {
	var text []byte
	for _, a := range b.recent(s.ID, zone) {
		text = binary.BigEndian.AppendUint64(text, uint64(a.Start.UnixNano()))
		text = binary.BigEndian.AppendUint64(text, uint64(a.Duration))
		text = binary.BigEndian.AppendUint64(text, uint64(a.Topic))
		text = binary.BigEndian.AppendUint64(text, uint64(a.Entry))
		for _, word := range []string{string(a.Programme), string(a.Playlist), string(a.Recording), string(a.Directive), string(a.Piece), string(a.Class)} {
			text = append(append(text, word...), 0)
		}
		text = append(text, byte(min(len(a.MakesGood), 1)))
	}
	return sha256.Sum256(text)
}

// heldDigest is of the playlists that run in the span, as far as they do.
func (b *book) heldDigest(s scheduler.Station) [sha256.Size]byte {
	var text []byte
	for _, l := range b.in.Held[s.ID] {
		from, until := l.Timing.Bounds()
		if from.Before(b.in.From) {
			from = b.in.From
		}
		if until.IsZero() || until.After(b.in.Until) {
			until = b.in.Until
		}
		if at := l.Timing.At(); from.Before(until) && (at.IsZero() || !at.Before(from) && at.Before(until)) {
			text = append(append(text, l.ID...), 0)
			text = binary.BigEndian.AppendUint64(text, uint64(from.UnixNano()))
			text = binary.BigEndian.AppendUint64(text, uint64(until.UnixNano()))
		}
	}
	return sha256.Sum256(text)
}
