package plan_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// holding is the world with a plan of it as what is held.
func holding(in plan.Input, p plan.Plan) plan.Input {
	in.Held = map[scheduler.StationID][]scheduler.Playlist{}
	for _, s := range in.Stations {
		in.Held[s.ID] = p.Of(s.ID).Playlists
	}
	return in
}

// TestMoreRoomMeetsNoLess: with a plan held, another programme or fewer rules
// never lower what the next plan is worth. Only what comes before all that is
// owed can: rules that are no more let in what people picked, and relays.
func TestMoreRoomMeetsNoLess(t *testing.T) {
	gained := 0
	for seed := range uint64(120) {
		in := everything(t, seed)
		in.Selections = nil
		for i, p := range in.Programmes {
			in.Programmes[i].Order = slices.DeleteFunc(p.Order, func(p scheduler.Piece) bool { return p.Kind == scheduler.RelayTime })
		}
		first := made(t, in)
		for _, c := range []struct {
			why    string
			change func(*plan.Input)
		}{
			{"nothing changed", func(*plan.Input) {}},
			{"one more programme", func(in *plan.Input) {
				in.Programmes = append(slices.Clone(in.Programmes), programme(t, "moi", "0 19 * * *", 12*minute))
			}},
			{"one more programme at a time that is taken", func(in *plan.Input) {
				in.Programmes = append(slices.Clone(in.Programmes), programme(t, "a", "5 5 * * *", 12*minute))
			}},
			{"fewer rules", func(in *plan.Input) {
				in.Rules = slices.DeleteFunc(slices.Clone(in.Rules), func(r scheduler.Rule) bool { return !r.Exception && r.Spacing == 0 })
			}},
		} {
			next := holding(in, first)
			c.change(&next)
			second := made(t, next)
			for _, s := range in.Stations {
				before, _ := worth(in, s, airings(in, first, s, in.From))
				after, _ := worth(next, s, airings(next, second, s, in.From))
				if gained += after - before; after < before {
					t.Fatalf("seed %d, %s: %s: worth %d, before %d", seed, c.why, s.ID, after, before)
				}
			}
		}
	}
	if gained < 1000 {
		t.Errorf("only %d was gained: the worlds are too poor to prove anything", gained)
	}
}

// TestHeldMovesNotWithoutGain: the same world planned again, at once or later,
// keeps every airing and its name as long as that is worth as much.
func TestHeldMovesNotWithoutGain(t *testing.T) {
	same, other := 0, 0
	for seed := range uint64(60) {
		in := everything(t, seed)
		first := made(t, in)
		for _, by := range []time.Duration{0, 7 * time.Hour, 31 * time.Hour} {
			next := later(in, first, by)
			second := made(t, next)
			for _, s := range in.Stations {
				was := scheduler.Airings(s.ID, in.From.Location(), first.Of(s.ID).Playlists, next.From, in.Until)
				is := scheduler.Airings(s.ID, in.From.Location(), second.Of(s.ID).Playlists, next.From, in.Until)
				was = slices.DeleteFunc(was, func(a scheduler.Airing) bool { return windowOf(a, first.Of(s.ID).Playlists).Before(next.From) })
				if slices.Equal(was, is) {
					same++
				} else {
					other++
				}
			}
		}
	}
	t.Logf("%d the same, %d others", same, other)
	if other*10 > same {
		t.Errorf("%d of %d plans moved something", other, same+other)
	}
}

// TestAlikeSharePlans: a station planned with others has the plan that it would
// have alone, and those that are alike share one.
func TestAlikeSharePlans(t *testing.T) {
	for seed := range uint64(40) {
		in := everything(t, seed)
		twin := in.Stations[len(in.Stations)-1]
		twin.ID = "doi"
		in.Stations = append(in.Stations, twin)
		next := later(in, made(t, in), 31*time.Hour)
		p := made(t, next)
		for _, s := range in.Stations {
			next.Stations = []scheduler.Station{s}
			alone := made(t, next).Of(s.ID)
			if fmt.Sprint(alone.Playlists, alone.Promises) != fmt.Sprint(p.Of(s.ID).Playlists, p.Of(s.ID).Promises) {
				t.Fatalf("seed %d: %s has another plan alone", seed, s.ID)
			}
		}
		if g := p.Of("doi"); !slices.Contains(g.Stations, "ban") {
			t.Fatalf("seed %d: two stations that are alike are in different groups", seed)
		}
	}
	if g := (plan.Plan{}).Of("khong"); g.Stations != nil {
		t.Errorf("a station that was not planned has %+v", g)
	}
}
