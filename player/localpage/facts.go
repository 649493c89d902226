package localpage

import (
	"math"
	"time"
)

// fact is one line about the state of the station.
type fact struct {
	Key    string // of its name
	OK     bool
	Text   string
	Detail string
	Meter  float64 // the level of the card in dBFS, where Metered
}

// quietest is the level that the meter shows as nothing, in dBFS.
const quietest = -60

// Metered reports whether the fact is one with a level.
func (f fact) Metered() bool { return f.Key == "card" }

// facts are the state of the station, what concerns a person most first.
func (p page) facts() []fact {
	return []fact{p.centre(), p.schedule(), p.files(), p.clock(), p.card(), p.disk(), p.outbox()}
}

func (p page) centre() fact {
	f := fact{Key: "centre", OK: p.View.Linked, Text: p.T("centre.linked")}
	if !f.OK {
		f.Text = p.T("centre.lost")
		f.Detail = p.T("centre.alone") + " "
	}
	if p.View.LastHeard.IsZero() {
		f.Detail += p.T("centre.never")
		return f
	}
	f.Detail += p.T("centre.heard", "at", p.When(p.View.LastHeard), "ago", p.Ago(p.View.LastHeard))
	return f
}

func (p page) schedule() fact {
	v := p.View
	switch {
	case v.Revision == 0:
		return fact{Key: "schedule", Text: p.T("schedule.none")}
	case v.Lease.IsZero():
		return fact{Key: "schedule", OK: true, Text: p.T("schedule.held", "n", v.Revision)}
	case v.Now.Before(v.Lease):
		return fact{Key: "schedule", OK: true, Text: p.T("schedule.held", "n", v.Revision), Detail: p.T("schedule.until", "at", p.When(v.Lease))}
	}
	return fact{Key: "schedule", Text: p.T("schedule.over", "n", v.Revision), Detail: p.T("schedule.ended", "at", p.When(v.Lease))}
}

func (p page) files() fact {
	if p.View.Missing > 0 {
		return fact{Key: "files", Text: p.T("files.missing", "n", p.View.Missing, "of", p.View.Files)}
	}
	return fact{Key: "files", OK: true, Text: p.T("files.all", "n", p.View.Files)}
}

func (p page) clock() fact {
	c := p.View.Clock
	f := fact{Key: "clock", OK: c.OK, Text: p.T("clock.wrong")}
	if c.OK {
		f.Text = p.T("clock.right", "within", p.Small(c.Uncertainty))
	}
	if c.Synced.IsZero() {
		f.Detail = p.T("clock.never")
		return f
	}
	f.Detail = p.T("clock.synced", "source", p.Or("source."+c.Source, c.Source), "ago", p.Ago(c.Synced))
	if c.OK && c.Offset.Abs() >= time.Second {
		f.Detail += " " + p.T("clock.off", "by", p.Small(c.Offset))
	}
	return f
}

func (p page) card() fact {
	c := p.View.Card
	f := fact{Key: "card", OK: c.OK, Text: p.T("card.ok"), Detail: c.Name, Meter: max(c.Level, quietest)}
	if math.IsNaN(f.Meter) {
		f.Meter = quietest
	}
	if !c.OK {
		f.Text = p.T("card.fails")
		if c.Err != "" {
			f.Detail += ": " + c.Err
		}
	}
	if c.Stalls > 0 {
		f.Detail += " · " + p.T("card.stalls", "n", c.Stalls)
	}
	return f
}

func (p page) disk() fact {
	d := p.View.Disk
	f := fact{Key: "disk", OK: !d.Low, Text: p.T("disk.free", "free", p.Bytes(d.Free)), Detail: p.T("disk.audio", "audio", p.Bytes(d.Audio))}
	if d.Low {
		f.Text = p.T("disk.low", "free", p.Bytes(d.Free))
	}
	return f
}

// outbox is never at fault: lines wait for as long as there is no link, and
// nothing is lost by it.
func (p page) outbox() fact {
	if p.View.Outbox == 0 {
		return fact{Key: "outbox", OK: true, Text: p.T("outbox.none")}
	}
	return fact{Key: "outbox", OK: true, Text: p.T("outbox.n", "n", p.View.Outbox)}
}

// Level is a level in words: the card's own number says little to most.
func (p page) Level(dB float64) string {
	if dB <= quietest {
		return p.T("card.silent")
	}
	return p.T("card.level", "db", p.Number(dB, 0))
}
