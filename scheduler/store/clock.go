package store

import (
	"context"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// bootTimes tell, by the name of a boot of one station, what its clock that
// counts from that boot showed at an instant of true time.
type bootTimes map[string]bootTime

type bootTime struct {
	at    time.Time
	clock scheduler.Clock
}

// reTimed is how much a line has to be off for both of its times to be worth
// showing: less is within what clocks that are fine differ by.
const reTimed = time.Second

// when is the instant of a line in true time, and what the line itself has
// where the two differ. Of a boot in which the time was never learnt, and of a
// clock that counts as no clock can, the line's own time is all there is.
func (b bootTimes) when(l scheduler.AsRun) (at, said time.Time) {
	known, ok := b[untimed(l)]
	if !ok {
		return l.At, time.Time{}
	}
	at = known.clock.At(known.at, l.Clock).UTC()
	if at.Year() < 1 || at.Year() > 9999 {
		return l.At, time.Time{}
	}
	if at.Sub(l.At).Abs() > reTimed {
		said = l.At
	}
	return at, said
}

// untimed is the boot of a line that was written before the station had learnt
// the time in it, "" of any other.
func untimed(l scheduler.AsRun) string {
	if l.Clock.Known() {
		return ""
	}
	return l.Clock.Boot
}

// learnTime keeps what the fresh lines about the clock say, and returns the boots
// of which something else was believed before. The first line of a boot counts,
// by that boot's own clock, and so whichever comes first.
func (in *intake) learnTime(ctx context.Context) (learnt []string, err error) {
	for _, l := range in.clocks {
		if l.Clock.Boot == "" {
			continue
		}
		boots, err := list(ctx, in.tx, value[string], `INSERT INTO syncs (station, boot, monotonic, at, uncertainty) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (station, boot) DO UPDATE SET monotonic = excluded.monotonic, at = excluded.at, uncertainty = excluded.uncertainty
			WHERE (excluded.monotonic, excluded.at, excluded.uncertainty) < (syncs.monotonic, syncs.at, syncs.uncertainty)
			RETURNING boot`, in.station, l.Clock.Boot, int64(l.Clock.Monotonic), millis(l.At), int64(l.Clock.Uncertainty))
		if err != nil {
			return nil, err
		}
		learnt = append(learnt, boots...)
	}
	slices.Sort(learnt)
	return slices.Compact(learnt), nil
}

// recallTimes reads what is known of the boots of lines that need it.
func (in *intake) recallTimes(ctx context.Context, told map[scheduler.AiringID][]telling) (bootTimes, error) {
	times := bootTimes{}
	var boots []string
	for _, lines := range told {
		for _, l := range lines {
			if boot := untimed(l.AsRun); boot != "" && !slices.Contains(boots, boot) {
				boots = append(boots, boot)
			}
		}
	}
	if len(boots) == 0 {
		return times, nil
	}
	w := &where{}
	w.is("station =", in.station)
	among(w, "boot", boots)
	_, err := list(ctx, in.tx, func(row scanner) (none struct{}, err error) {
		var boot string
		var at, monotonic int64
		err = row.Scan(&boot, &monotonic, &at)
		times[boot] = bootTime{instant(at), scheduler.Clock{Boot: boot, Monotonic: time.Duration(monotonic)}}
		return none, err
	}, `SELECT boot, monotonic, at FROM syncs`+w.String(), w.args...)
	return times, err
}

// retimedAtOnce is of how many airings the lines are in memory at one time.
const retimedAtOnce = 200

// retime works out anew what is said of the airings that have lines of boots of
// which the time has just been learnt. These lines are all held by now.
func (in *intake) retime(ctx context.Context, boots []string) error {
	if len(boots) == 0 {
		return nil
	}
	w := &where{}
	w.is("station =", in.station)
	among(w, "untimed", boots)
	airings, err := list(ctx, in.tx, value[scheduler.AiringID],
		`SELECT DISTINCT airing FROM asrun`+w.String()+` AND untimed <> '' AND airing IS NOT NULL ORDER BY airing`, w.args...)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(airings, retimedAtOnce) {
		in.told = map[scheduler.AiringID][]telling{}
		if err := in.recallTold(ctx, some); err != nil {
			return err
		}
		if in.times, err = in.recallTimes(ctx, in.told); err != nil {
			return err
		}
		words := make(map[scheduler.AiringID]word, len(some))
		for airing, lines := range in.told {
			words[airing], _ = listen(lines, in.times) // what is surplus was put apart when it came
		}
		if err := in.apply(ctx, words); err != nil {
			return err
		}
	}
	return nil
}
