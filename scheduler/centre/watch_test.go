package centre

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// says has a station say that all is well but for a change.
func (b *bench) says(id scheduler.StationID, change func(*devices.State)) {
	b.t.Helper()
	s := devices.State{Station: id, Session: "s", Online: true, At: time.Now(), Revision: 1, CardOK: true, ClockOK: true, Volume: 80}
	if change != nil {
		change(&s)
	}
	must(b.t, b.intake.take(b.t.Context(), state(id, s), time.Now()))
}

// live lets the bench live until an instant. The stations speak every half
// minute and say what the test has them say; one for which it returns false is
// silent. The watch runs, and is begun anew where the test asks for it.
func (b *bench) live(until time.Time, speak func(id scheduler.StationID, now time.Time) (func(*devices.State), bool)) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(b.t.Context())
	over := make(chan struct{})
	w := Watch{Store: b.store, Channels: []scheduler.ChannelID{"mail"}, Changed: func() {}, Log: slog.New(slog.DiscardHandler)}
	go func() {
		defer close(over)
		must(b.t, w.Run(ctx))
	}()
	for time.Now().Before(until) {
		for _, id := range []scheduler.StationID{anBinh, tanHung} {
			if change, aloud := speak(id, time.Now()); aloud {
				b.says(id, change)
			}
		}
		time.Sleep(29 * time.Second)
	}
	synctest.Wait()
	cancel()
	<-over
}

// notices lists what was announced: "03:59 not-ready 1h0m0s late: xa unknown [silent]".
func (b *bench) notices() (list []string) {
	b.t.Helper()
	zone := time.FixedZone("", 7*60*60)
	for _, n := range get[[]scheduler.Notice](b.t)(b.store.Notices(b.t.Context(), time.Time{})) {
		line := fmt.Sprintf("%s %s %s", n.At.In(zone).Format("15:04"), n.Kind, n.Ahead)
		if n.Late {
			line += " late"
		}
		for _, r := range n.Red {
			line += fmt.Sprintf(": %s %s %s", r.Station, r.Verdict, r.Reasons[0].Code)
		}
		list = append(list, line)
	}
	return list
}

func well(scheduler.StationID, time.Time) (func(*devices.State), bool) { return nil, true }

func TestWatch(t *testing.T) {
	noCard := func(s *devices.State) { s.CardOK = false }
	for name, c := range map[string]struct {
		speak func(id scheduler.StationID, now time.Time) (func(*devices.State), bool)
		want  []string
	}{
		"all is well": {well, nil},
		"one has no card until half past four": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			if id == tanHung && now.Before(clock(4, 30, 0)) {
				return noCard, true
			}
			return nil, true
		}, []string{"04:01 not-ready 1h0m0s: tan-hung not-ready card", "04:50 all-ready 10m0s"}},
		"one loses its card at half past four": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			if id == tanHung && now.After(clock(4, 30, 0)) {
				return noCard, true
			}
			return nil, true
		}, []string{"04:50 not-ready 10m0s: tan-hung not-ready card"}},
		"one is silent from the beginning": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			return nil, id == tanHung
		}, []string{"04:01 not-ready 1h0m0s: an-binh unknown never-heard", "04:50 not-ready 10m0s: an-binh unknown never-heard"}},
		"one falls silent at half past four": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			return nil, id == tanHung || now.Before(clock(4, 30, 0))
		}, []string{"04:31 gone 0s: an-binh unknown silent", "04:50 not-ready 10m0s: an-binh unknown silent"}},
		"both fall silent on air": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			return nil, now.Before(clock(4, 59, 0))
		}, []string{"05:00 gone 0s: an-binh unknown silent: tan-hung unknown silent"}},
		"one fell silent after it was known to have no card": {func(id scheduler.StationID, now time.Time) (func(*devices.State), bool) {
			return noCard, id != anBinh || now.Before(clock(4, 55, 0))
		}, []string{"04:01 not-ready 1h0m0s: an-binh not-ready card: tan-hung not-ready card", "04:50 not-ready 10m0s: an-binh not-ready card: tan-hung not-ready card", "04:56 gone 0s: an-binh unknown silent"}},
	} {
		t.Run(name, func(t *testing.T) {
			atFour(t, func(t *testing.T, b *bench) {
				b.published()
				b.live(clock(5, 2, 0), c.speak)
				if got := b.notices(); !reflect.DeepEqual(got, c.want) {
					t.Errorf("announced:\n%q, want\n%q", got, c.want)
				}
			})
		})
	}
}

// TestWatchAcrossRestarts: what was announced is not announced again, and what
// was slept through is made up for once, and says that it is late.
func TestWatchAcrossRestarts(t *testing.T) {
	noCard := func(scheduler.StationID, time.Time) (func(*devices.State), bool) {
		return func(s *devices.State) { s.CardOK = false }, true
	}
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		time.Sleep(20 * time.Minute) // the centre was down
		for _, until := range []time.Time{clock(4, 25, 0), clock(4, 30, 0), clock(4, 52, 0), clock(4, 56, 0)} {
			b.live(until, noCard)
		}
		want := []string{
			"04:21 not-ready 1h0m0s late: an-binh not-ready card: tan-hung not-ready card",
			"04:50 not-ready 10m0s: an-binh not-ready card: tan-hung not-ready card",
		}
		if got := b.notices(); !reflect.DeepEqual(got, want) {
			t.Errorf("announced:\n%q, want\n%q", got, want)
		}
	})
}

func TestReadinessOfTheDesk(t *testing.T) {
	atFour(t, func(t *testing.T, b *bench) {
		b.published()
		b.says(tanHung, nil)
		kept := state(anBinh, devices.State{Station: anBinh, Session: "s", Online: true, At: time.Now().Add(-time.Hour), Revision: 1, CardOK: true, ClockOK: true, Volume: 80})
		kept.Retained = true // said before, and given out by the broker now
		must(t, b.intake.take(t.Context(), kept, time.Now()))
		all := get[[]scheduler.Readiness](t)(b.desk.Readiness(t.Context(), time.Hour))
		if len(all) != 2 || all[0].Verdict != scheduler.VerdictUnknown || all[1].Verdict != scheduler.VerdictReady || !all[0].Start.Equal(clock(5, 0, 0)) {
			t.Errorf("%+v", all)
		}
		if all := get[[]scheduler.Readiness](t)(b.desk.Readiness(t.Context(), time.Minute)); len(all) != 0 {
			t.Errorf("within a minute: %+v", all)
		}
	})
}
