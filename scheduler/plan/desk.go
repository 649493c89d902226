package plan

import (
	"time"

	"loaphuong/scheduler"
)

// desk plans one station.
type desk struct {
	in      *Input
	shelf   *shelf
	local   *locality
	station scheduler.Station
	zone    *time.Location
	days    []day
	today   int // the place of the day that the span begins on
	debts   []*debt
	topics  []*topic
	topicOf map[theme]int
	menus   map[string][]dish // by the language of a programme
	windows []*window         // in the order in which they begin
	onAir   []span            // what was placed before the span and still sounds in it
	worth   int64             // of all that is placed
	packer  packer
	effort  int   // what may still be tried
	clock   int   // counts what was tried and what came of it
	changed []int // by week: when something last did
	scratch struct {
		candidates []candidate
		choices    []choice
	}
}

// topic is a theme that is owed, or that was aired or picked.
type topic struct {
	theme  theme
	debts  []int
	kept   []time.Time // when it was aired before, in order
	placed []int       // the windows it stands in, in order
}

// span is a stretch of time.
type span struct{ from, until time.Time }

// dish is what may be chosen of a topic.
type dish struct {
	topic  int
	voices []*voice
}

// voice is a recording and the debts that an airing of it serves.
type voice struct {
	recording *scheduler.Recording
	debts     []int
	seconds   int  // how long it takes with its gap, rounded up
	hours     bool // some of them have preferred hours
}

// desk opens the books of a station: what it owes, what it may air, when.
func (b *book) desk(s scheduler.Station, zone *time.Location) *desk {
	d := &desk{
		in: &b.in, shelf: &b.shelf, local: b.local(s.Area), station: s, zone: zone,
		topicOf: map[theme]int{}, menus: map[string][]dish{},
	}
	d.openDays()
	d.openDebts()
	d.openWindows(b.selections(s, d.local))
	d.credit(b.recent(s.ID, zone))
	for _, x := range d.debts {
		x.open(d.today)
	}
	return d
}

// topicFor finds or opens the topic of a theme.
func (d *desk) topicFor(k theme) int {
	i, ok := d.topicOf[k]
	if !ok {
		i = len(d.topics)
		d.topicOf[k] = i
		d.topics = append(d.topics, &topic{theme: k})
	}
	return i
}

// openDebts lists what the station owes in the span.
func (d *desk) openDebts() {
	for _, o := range d.local.obligations {
		var length time.Duration
		if r := d.usual(o); r != nil {
			length = r.Duration
		}
		x := newDebt(o, length, d.days)
		x.topic = d.topicFor(themeOf(o.Directive, o.Topic, ""))
		t := d.topics[x.topic]
		t.debts = append(t.debts, len(d.debts))
		d.debts = append(d.debts, x)
	}
}

// usual is the recording that an obligation is met by in the first programme
// that airs it, or would be in one that takes every language.
func (d *desk) usual(o scheduler.Obligation) *scheduler.Recording {
	k := themeOf(o.Directive, o.Topic, "")
	for _, p := range d.local.programmes {
		if r := d.shelf.voice(k, languagesFor(o, d.station, p.Language)); r != nil {
			return r
		}
	}
	return d.shelf.voice(k, languagesFor(o, d.station, ""))
}

// menu is what may be chosen in programmes of a language.
func (d *desk) menu(language string) []dish {
	if m, ok := d.menus[language]; ok {
		return m
	}
	m := []dish{}
	for i, t := range d.topics {
		x := dish{topic: i}
		for _, n := range t.debts {
			r := d.shelf.voice(t.theme, languagesFor(d.debts[n].obligation, d.station, language))
			x.offer(d.voice(t, r))
		}
		if len(x.voices) > 0 {
			m = append(m, x)
		}
	}
	d.menus[language] = m
	return m
}

// offer adds a voice that is not there yet.
func (x *dish) offer(v *voice) {
	if v == nil {
		return
	}
	for _, old := range x.voices {
		if old.recording == v.recording {
			return
		}
	}
	x.voices = append(x.voices, v)
}

// voice is a recording with the debts of a topic that an airing of it serves.
func (d *desk) voice(t *topic, r *scheduler.Recording) *voice {
	if r == nil {
		return nil
	}
	v := &voice{recording: r, seconds: int((r.Duration + Gap + time.Second - 1) / time.Second)}
	for _, n := range t.debts {
		if o := d.debts[n].obligation; o.Language == "" || o.Language == r.Language {
			v.debts = append(v.debts, n)
			v.hours = v.hours || len(o.Hours) > 0
		}
	}
	return v
}
