//go:build exact

package plan_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/plan"
)

// TestNearTheOptimum holds plans of small worlds against the best there are,
// which glpsol of the GNU Linear Programming Kit finds (Debian: glpk-utils).
// Run it with -tags exact.
func TestNearTheOptimum(t *testing.T) {
	var ours, best, oursMet, bestMet, unproven int
	worst, worstSeed := 1.0, uint64(0)
	for seed := range uint64(200) {
		in := puzzle(t, seed)
		value, met := worth(in, in.Stations[0], airings(in, made(t, in), in.Stations[0], in.From))
		m := newModel(in)
		top, topMet, proven := m.solve(t)
		if !proven {
			unproven++
			top = max(top, value)
		} else if value > top {
			t.Fatalf("seed %d: a plan is worth %d, and the best there is %d: one of the two is wrong", seed, value, top)
		}
		if r := float64(value) / float64(max(top, 1)); r < worst {
			worst, worstSeed = r, seed
		}
		ours, best, oursMet, bestMet = ours+value, best+top, oursMet+met, bestMet+topMet
	}
	total := float64(ours) / float64(best)
	t.Logf("worth %d of %d: %.4f in total, %.4f at worst (seed %d), %d not proven; airings met %d of the %d of the best plan: %.4f",
		ours, best, total, worst, worstSeed, unproven, oursMet, bestMet, float64(oursMet)/float64(bestMet))
	if total < 0.98 {
		t.Errorf("plans reach %.4f of what is possible, want 0.98", total)
	}
}

// puzzle is a small world in which not everything that is owed finds room.
func puzzle(t *testing.T, seed uint64) plan.Input {
	r := rand.New(rand.NewPCG(seed, 7))
	in := world(t)
	in.Until = in.From.AddDate(0, 0, 3+r.IntN(5))
	specs := []string{"0 5 * * *", "30 10 * * *", "0 16 * * *", "30 20 * * 1-5"}
	for i := range 2 + r.IntN(3) {
		p := programme(t, scheduler.ProgrammeID(fmt.Sprint("p", i)), specs[i], time.Duration(5+r.IntN(16))*time.Minute)
		in.Programmes = append(in.Programmes, p)
	}
	for n := range 6 + r.IntN(5) {
		o := owed(t, n+1, 1+r.IntN(3))
		if r.IntN(3) == 0 {
			o.PerDay, o.PerWeek = 0, 1+r.IntN(9)
		}
		if r.IntN(4) == 0 {
			o.Class = scheduler.Priority
		}
		if r.IntN(4) == 0 {
			o.Weekdays = []time.Weekday{time.Weekday(r.IntN(3)), time.Weekday(3 + r.IntN(4))}
		}
		if r.IntN(4) == 0 {
			o.From, o.Until = day(t, r.IntN(3)), day(t, 2+r.IntN(6))
		}
		in.Obligations = append(in.Obligations, o)
		in.Recordings = append(in.Recordings, recorded(n+1, time.Duration(60+r.IntN(480))*time.Second))
	}
	b := scheduler.Rule{ID: "tran", Area: "tinh"}
	if r.IntN(3) == 0 {
		b.Sessions = 1 + r.IntN(3)
	}
	if r.IntN(3) == 0 {
		b.DayLength = time.Duration(10+r.IntN(30)) * time.Minute
	}
	if r.IntN(4) == 0 {
		b.SessionLength = time.Duration(6+r.IntN(10)) * time.Minute
	}
	if r.IntN(3) == 0 {
		b.Spacing = 8 * time.Hour // longer than from one window to the next, shorter than to the one after
	}
	in.Rules = []scheduler.Rule{b}
	return in
}

// model is the same world as a linear program in integers.
type model struct {
	in          plan.Input
	objective   []string
	met         []string
	constraints []string
	bounds      []string
	binaries    []string
	windows     []opening
}

// opening is a window of the world.
type opening struct {
	programme scheduler.Programme
	at        time.Time
	day       scheduler.Date
}

func newModel(in plan.Input) *model {
	m := &model{in: in}
	for _, p := range in.Programmes {
		for _, at := range p.Timing.Within(in.From, in.Until, in.From.Location()) {
			m.windows = append(m.windows, opening{p, at, scheduler.DateOf(at.In(in.From.Location()))})
		}
	}
	m.rooms()
	m.days()
	m.spacing()
	for n, o := range in.Obligations {
		m.owe(n, o)
	}
	return m
}

func (m *model) add(format string, args ...any) {
	m.constraints = append(m.constraints, fmt.Sprintf(" c%d: ", len(m.constraints))+fmt.Sprintf(format, args...))
}

// sizes lists how long every item is in a window, with its gap, in seconds.
func (m *model) sizes(w int) (terms []string) {
	for n, r := range m.in.Recordings {
		terms = append(terms, fmt.Sprintf("%d x%d_%d", int((r.Duration+plan.Gap)/time.Second), w, n))
	}
	return terms
}

// rooms says that items fit into their windows, and which windows are used.
func (m *model) rooms() {
	for w, o := range m.windows {
		room := o.programme.Length
		if s := m.in.Rules[0].SessionLength; s > 0 {
			room = min(room, s)
		}
		m.add("%s <= %d", strings.Join(m.sizes(w), " + "), int((room+plan.Gap)/time.Second))
		m.binaries = append(m.binaries, fmt.Sprintf("y%d", w))
		for n := range m.in.Recordings {
			m.binaries = append(m.binaries, fmt.Sprintf("x%d_%d", w, n))
			m.add("x%d_%d - y%d <= 0", w, n, w)
		}
	}
}

// days sets the caps of the days.
func (m *model) days() {
	rule := m.in.Rules[0]
	byDay := map[scheduler.Date][]int{}
	for w, o := range m.windows {
		byDay[o.day] = append(byDay[o.day], w)
	}
	for _, windows := range byDay {
		var used, sizes []string
		for _, w := range windows {
			used = append(used, fmt.Sprintf("y%d", w))
			sizes = append(append(sizes, m.sizes(w)...), fmt.Sprintf("-1 y%d", w))
		}
		if rule.Sessions > 0 {
			m.add("%s <= %d", strings.Join(used, " + "), rule.Sessions)
		}
		if rule.DayLength > 0 {
			m.add("%s <= %d", strings.ReplaceAll(strings.Join(sizes, " + "), "+ -", "- "), int(rule.DayLength/time.Second))
		}
	}
}

// spacing keeps items apart.
func (m *model) spacing() {
	for v, a := range m.windows {
		for w, b := range m.windows {
			if apart := b.at.Sub(a.at); apart > 0 && apart < m.in.Rules[0].Spacing {
				for n := range m.in.Recordings {
					m.add("x%d_%d + x%d_%d <= 1", v, n, w, n)
				}
			}
		}
	}
}

// owe says what an obligation is worth.
func (m *model) owe(n int, o scheduler.Obligation) {
	daily, weekly := o.PerDay, 1000
	if daily == 0 {
		days := len(o.Weekdays)
		if days == 0 {
			days = 7
		}
		daily, weekly = (o.PerWeek+days-1)/days, o.PerWeek
	}
	weight := o.Class.Weight()
	last := scheduler.DateOf(m.in.Until.Add(-1))
	for monday := scheduler.DateOf(m.in.From).Monday(); !last.Before(monday); monday = monday.AddDays(7) {
		id := fmt.Sprintf("%d_%s", n, strings.ReplaceAll(monday.String(), "-", ""))
		var met, days []string
		for i := range 7 {
			x := m.airedOn(n, monday.AddDays(i), o)
			if len(x) == 0 {
				continue
			}
			d := fmt.Sprintf("%s_%d", id, i)
			m.add("m%s - %s <= 0", d, strings.Join(x, " - "))
			m.add("u%s - %s <= 0", d, strings.Join(x, " - "))
			m.bounds = append(m.bounds, fmt.Sprintf(" m%s <= %d", d, daily), fmt.Sprintf(" u%s <= 1", d))
			met, days = append(met, "m"+d), append(days, "u"+d)
		}
		if len(met) == 0 {
			continue
		}
		m.add("M%s - %s <= 0", id, strings.Join(met, " - "))
		m.add("U%s - %s <= 0", id, strings.Join(days, " - "))
		m.add("K%s - U%s <= 0", id, id)
		m.bounds = append(m.bounds, fmt.Sprintf(" M%s <= %d", id, weekly), fmt.Sprintf(" U%s <= %d", id, weekly), fmt.Sprintf(" K%s <= 1", id))
		m.objective = append(m.objective, fmt.Sprintf("%d M%s + %d U%s + %d K%s", weight, id, weight, id, 3*weight, id))
		m.met = append(m.met, fmt.Sprintf("%d M%s", weight, id))
	}
}

// airedOn lists the places an item may have on a day that counts.
func (m *model) airedOn(n int, day scheduler.Date, o scheduler.Obligation) (x []string) {
	on := len(o.Weekdays) == 0
	for _, d := range o.Weekdays {
		on = on || d == day.Weekday()
	}
	if !on || day.Before(o.From) || o.Until.Before(day) {
		return nil
	}
	for w, o := range m.windows {
		if o.day == day {
			x = append(x, fmt.Sprintf("x%d_%d", w, n))
		}
	}
	return x
}

// solve finds the best plan, and whether it is proven to be the best.
func (m *model) solve(t *testing.T) (value, met int, proven bool) {
	t.Helper()
	dir := t.TempDir()
	problem, result := filepath.Join(dir, "p.lp"), filepath.Join(dir, "p.txt")
	m.add("V - %s = 0", strings.Join(m.met, " - "))
	text := "Maximize\n obj: " + strings.Join(m.objective, "\n + ") + "\nSubject To\n" + strings.Join(m.constraints, "\n") +
		"\nBounds\n" + strings.Join(m.bounds, "\n") + "\nBinary\n " + strings.Join(m.binaries, "\n ") + "\nEnd\n"
	if err := os.WriteFile(problem, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("glpsol", "--lp", problem, "-o", result, "--cuts", "--tmlim", "3").CombinedOutput()
	if err != nil {
		t.Fatalf("glpsol: %v (Debian has it in glpk-utils)\n%s", err, out)
	}
	b, err := os.ReadFile(result)
	if err != nil {
		t.Fatal(err)
	}
	number := func(pattern string) int {
		f := regexp.MustCompile(pattern).FindSubmatch(b)
		if f == nil {
			t.Fatalf("glpsol says nothing of %s:\n%s", pattern, b)
		}
		x, err := strconv.ParseFloat(string(f[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		return int(x + 0.5)
	}
	return number(`Objective:\s+obj = (\S+)`), number(`\n\s*\d+ V\s+(\S+)`), strings.Contains(string(b), "INTEGER OPTIMAL")
}
