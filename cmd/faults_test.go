package cmd

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"loaphuong/scheduler"
)

// part is what a fault harms; at one station a part has one fault at a time.
type part int

const (
	ofAgent part = iota
	ofLink
	ofDisk
	ofCentre
	ofBroker
)

// kind is a kind of fault.
type kind struct {
	name, how string
	part      part
	least     time.Duration // how long it lasts at least
	most      time.Duration // and at most
	begin     func(f *field, p *post) error
	end       func(f *field, p *post) error // nil: it is over at once
}

func kinds() []kind {
	return []kind{
		{"agent killed", "kill -9; started again after 1 s", ofAgent, 0, 0,
			func(f *field, p *post) error { p.kill(); return nil }, nil},
		{"centre killed", "kill -9; started again after up to 3 s", ofCentre, 0, 3 * time.Second,
			func(f *field, p *post) error { kill(f.centre); return nil },
			func(f *field, p *post) error { f.startCentre(); return nil }},
		{"broker killed", "kill -9; started again after up to 3 s", ofBroker, 0, 3 * time.Second,
			func(f *field, p *post) error { kill(f.broker); return nil },
			func(f *field, p *post) error { f.startBroker(); return nil }},
		{"link cut", "every packet vanishes, 1–20 s", ofLink, time.Second, 20 * time.Second,
			func(f *field, p *post) error { p.uplink.harm(100, 0); return nil }, healed},
		{"network gone", "ip link set down, 1–20 s", ofLink, time.Second, 20 * time.Second,
			func(f *field, p *post) error { return p.uplink.unplug(true) },
			func(f *field, p *post) error { return p.uplink.unplug(false) }},
		{"link slow", "300 ms and 20 % lost each way, 5–20 s", ofLink, 5 * time.Second, 20 * time.Second,
			func(f *field, p *post) error { p.uplink.harm(20, 300*time.Millisecond); return nil }, healed},
		{"disk full", "a file takes all the room, 2–15 s", ofDisk, 2 * time.Second, 15 * time.Second,
			func(f *field, p *post) error { return p.disk.fill() },
			func(f *field, p *post) error { return p.disk.free() }},
		{"disk read-only", "ext4 aborted under the agent, 2–15 s, then the PC started again", ofDisk, 2 * time.Second, 15 * time.Second,
			func(f *field, p *post) error { return p.disk.refuse() },
			func(f *field, p *post) error { return p.reboot() }},
	}
}

func healed(_ *field, p *post) error { p.uplink.harm(0, 0); return nil }

// possible are the kinds that this machine can do.
func (f *field) possible() (all []kind) {
	for _, k := range kinds() {
		switch {
		case k.part == ofDisk && f.posts[0].disk == nil:
			continue
		case k.part == ofLink && !f.networks.spaced:
			if k.name != "link cut" {
				continue
			}
			k.how = "connections cut by a proxy, 1–20 s"
		}
		all = append(all, k)
	}
	return all
}

// harm is a fault that there was.
type harm struct {
	kind     string
	part     part
	station  scheduler.StationID // "" where it is of all
	from, to time.Time
}

// pace is how long there is on average from one fault to the next, with the time
// that centre and broker take to come back.
const pace = 5 * time.Second

// faultsAsked is how many faults there are: few, or as many as FAULTS says.
func faultsAsked(t *testing.T) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("FAULTS"), "25"))
	if err != nil || n < 1 {
		t.Fatalf("FAULTS=%s: give a number of faults", os.Getenv("FAULTS"))
	}
	return n
}

// TestFaults harms everything that a station has, one part after another and
// several at once, while it airs, and prints what came of it. FAULTS is how many
// faults there are.
func TestFaults(t *testing.T) {
	t.Parallel()
	faults := faultsAsked(t)
	f := newField(t, 4)
	minutes := 1 + int(time.Duration(faults)*pace/time.Minute)
	f.letter(shortLetter(6, minutes), "Bản tin của đài truyền thanh xã. Đề nghị bà con chú ý lắng nghe trong ít phút. Sau đây là những việc cần làm trong tuần này.")
	f.must(f.desk().PutRule(t.Context(), scheduler.Rule{ID: "sat-nhau", Area: "tinh", Bounds: scheduler.Bounds{Spacing: time.Minute}}))
	at := nextMinute()
	for i := range minutes {
		f.programme(scheduler.ProgrammeID(fmt.Sprint("phut-", i)), at.Add(time.Duration(i)*time.Minute), 58*time.Second)
	}
	f.publish()
	end := at.Add(time.Duration(minutes) * time.Minute)
	expected := f.expected(at, end)
	f.await(3*time.Minute, "the first programme", func() bool { return time.Now().After(at) })
	harms := f.trouble(faults)
	f.await(time.Until(end)+time.Minute, "the last programme to be over", func() bool { return time.Now().After(end) })
	f.judge(expected, f.awaitLedger(at, end, 5*time.Minute), harms)
}

// trouble is one fault after another, and waits for the end of all.
func (f *field) trouble(faults int) (harms []harm) {
	seed := uint64(time.Now().UnixNano())
	if asked, err := strconv.ParseUint(os.Getenv("FAULTS_SEED"), 10, 64); err == nil {
		seed = asked
	}
	f.t.Logf("seed %d", seed)
	dice, possible := rand.New(rand.NewPCG(seed, 0)), f.possible()
	var mu sync.Mutex
	var under sync.WaitGroup
	done := func(h harm) {
		mu.Lock()
		defer mu.Unlock()
		harms = append(harms, h)
	}
	for n := 0; n < faults; {
		k, p := possible[dice.IntN(len(possible))], f.posts[dice.IntN(len(f.posts))]
		long := k.least + time.Duration(dice.Int64N(int64(k.most-k.least)+1))
		if f.inflict(k, p, long, &under, done) {
			n++
			f.t.Logf("%s %s at %s for %s", time.Now().UTC().Format("15:04:05.0"), k.name, p.id, long.Round(100*time.Millisecond))
		}
		<-time.After(time.Duration(dice.Int64N(int64(2 * pace * 3 / 4))))
	}
	under.Wait()
	return harms
}

// inflict does one fault, unless that part has one already. Those of the centre
// and the broker are over when it returns, the others later.
func (f *field) inflict(k kind, p *post, long time.Duration, under *sync.WaitGroup, done func(harm)) bool {
	if k.part == ofCentre || k.part == ofBroker {
		f.suffer(k, p, long, done)
		return true
	}
	if !p.busy[k.part].TryLock() {
		return false
	}
	under.Go(func() {
		defer p.busy[k.part].Unlock()
		f.suffer(k, p, long, done)
	})
	return true
}

// suffer is one fault from its beginning to its end.
func (f *field) suffer(k kind, p *post, long time.Duration, done func(harm)) {
	h := harm{kind: k.name, part: k.part, station: p.id, from: time.Now()}
	if k.part == ofCentre || k.part == ofBroker {
		h.station = ""
	}
	if err := k.begin(f, p); err != nil {
		f.t.Errorf("%s at %s: %v", k.name, p.id, err)
	}
	if k.end != nil {
		<-time.After(long)
		if err := k.end(f, p); err != nil {
			f.t.Errorf("end of %s at %s: %v", k.name, p.id, err)
		}
	}
	h.to = time.Now()
	done(h)
}
