package cmd

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"loaphuong/devices/broker/mosquitto"
	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/centre"
	"loaphuong/scheduler/web"
)

// system is a whole installation on this machine: the centre and its stations
// as processes of the programs as they are shipped.
type system struct {
	t         *testing.T
	dir       string
	mosquitto *mosquitto.Process // nil: the embedded broker

	mu     sync.Mutex
	centre *exec.Cmd
	agents map[scheduler.StationID]*exec.Cmd
	cards  map[scheduler.StationID]string
	env    map[scheduler.StationID][]string // of the agent, beyond that of the test
	door   centre.Door
}

// programs builds both programs once for all tests.
var programs = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "loaphuong-programs-")
	if err != nil {
		return "", err
	}
	for _, name := range []string{"loaphuong", "loaphuong-agent"} {
		c := exec.Command("go", "build", "-o", filepath.Join(dir, name), "./"+name)
		if name == "loaphuong" {
			c.Env = append(os.Environ(), "CGO_ENABLED=0")
		}
		if said, err := c.CombinedOutput(); err != nil {
			return "", fmt.Errorf("build %s: %w: %s", name, err, said)
		}
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	os.Setenv("LOAPHUONG_AGENT_RESERVE", "1") // stations with disks of a few megabytes
	code := m.Run()
	if dir, err := programs(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// newSystem starts a centre, with mosquitto or with its own broker.
func newSystem(t *testing.T, external bool) *system {
	t.Helper()
	s := &system{t: t, dir: t.TempDir(), agents: map[scheduler.StationID]*exec.Cmd{}, cards: map[scheduler.StationID]string{}, env: map[scheduler.StationID][]string{}}
	t.Cleanup(s.stop)
	if external {
		s.startMosquitto()
	}
	s.startCentre()
	return s
}

func (s *system) startMosquitto() {
	s.t.Helper()
	authority, err := enrol.OpenAuthority(filepath.Join(s.dir, "centre", "keys"), []string{"localhost"})
	s.must(err)
	dir := filepath.Join(s.dir, "mosquitto")
	s.must(os.Mkdir(dir, 0o700))
	s.must(authority.WriteBrokerFiles(dir))
	s.mosquitto, err = mosquitto.Start(dir, mosquitto.Settings{
		CA: filepath.Join(dir, "ca.pem"), Certificate: filepath.Join(dir, "server.pem"), Key: filepath.Join(dir, "server.key"),
	})
	s.must(err)
}

// startCentre starts the centre, at the addresses it had before if it ran before.
func (s *system) startCentre() {
	s.t.Helper()
	or := func(address string) string {
		if address == "" {
			return "127.0.0.1:0"
		}
		return address
	}
	args := []string{"serve", "--data", s.centreData(), "--page", or(strings.TrimPrefix(s.door.Page, "http://")), "--stations", or(s.door.Stations)}
	if s.mosquitto != nil {
		_, port, err := net.SplitHostPort(s.mosquitto.Addr())
		s.must(err)
		args = append(args, "--broker-url", "ssl://localhost:"+port)
	} else {
		args = append(args, "--broker", or(s.door.Broker))
	}
	before := s.door.Token
	cmd := s.start(nil, "loaphuong", "centre.log", args...)
	s.mu.Lock()
	s.centre = cmd
	s.mu.Unlock()
	s.await(20*time.Second, "the centre to open", func() bool {
		d, err := centre.FindDoor(s.centreData())
		if err != nil || d.Token == before {
			return false
		}
		_, err = web.NewClient(d.Page, d.Token).Areas(s.t.Context())
		s.door = d
		return err == nil
	})
}

func (s *system) centreData() string { return filepath.Join(s.dir, "centre") }

// desk is the centre as staff reach it.
func (s *system) desk() *web.Client { return web.NewClient(s.door.Page, s.door.Token) }

// addStation makes a station, enrols it and starts its agent.
func (s *system) addStation(id scheduler.StationID, card string) {
	s.t.Helper()
	_, err := s.desk().AddStation(s.t.Context(), scheduler.Station{ID: id, Area: "tinh", Name: "Đài " + string(id), Volume: 100})
	s.must(err)
	code, err := s.desk().StationCode(s.t.Context(), id)
	s.must(err)
	if said, err := s.agent("enrol", code.URL, code.Code, "--data", s.stationData(id)); err != nil {
		s.t.Fatalf("enrol: %v: %s", err, said)
	}
	s.cards[id] = card
	s.startAgent(id)
}

func (s *system) stationData(id scheduler.StationID) string { return filepath.Join(s.dir, string(id)) }

func (s *system) startAgent(id scheduler.StationID) {
	cmd := s.start(s.env[id], "loaphuong-agent", string(id)+".log", "run", "--data", s.stationData(id), "--card", s.cards[id])
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agents[id] = cmd
}

// agent runs the station's program to its end.
func (s *system) agent(args ...string) (string, error) {
	dir, err := programs()
	s.must(err)
	said, err := exec.CommandContext(s.t.Context(), filepath.Join(dir, "loaphuong-agent"), args...).CombinedOutput()
	return string(said), err
}

// start starts one of the programs; it ends with the test, whatever happens.
func (s *system) start(env []string, program, log string, args ...string) *exec.Cmd {
	s.t.Helper()
	dir, err := programs()
	s.must(err)
	f, err := os.OpenFile(filepath.Join(s.dir, log), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	s.must(err)
	defer f.Close()
	cmd := exec.Command(filepath.Join(dir, program), args...)
	cmd.Stdout, cmd.Stderr = f, f
	cmd.Env = append(os.Environ(), env...)
	s.must(cmd.Start())
	return cmd
}

// endAgent tells a station's agent to end and waits until it has.
func (s *system) endAgent(id scheduler.StationID) {
	s.t.Helper()
	s.must(s.agents[id].Process.Signal(syscall.SIGTERM))
	s.must(s.agents[id].Wait())
}

// kill ends a process as a power cut would.
func kill(cmd *exec.Cmd) {
	cmd.Process.Signal(syscall.SIGKILL)
	cmd.Wait()
}

// stop ends everything and, when the test failed, shows what was said.
func (s *system) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, cmd := range s.agents {
		kill(cmd)
	}
	if s.centre != nil {
		kill(s.centre)
	}
	if s.mosquitto != nil {
		s.mosquitto.Kill()
	}
	if s.t.Failed() {
		logs, _ := filepath.Glob(filepath.Join(s.dir, "*.log"))
		for _, l := range logs {
			text, _ := os.ReadFile(l)
			s.t.Logf("%s:\n%s", filepath.Base(l), tail(string(text), 40))
		}
	}
}

func tail(s string, lines int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// letter imports a letter, has every topic say script, and makes the area owe it.
func (s *system) letter(text, script string) scheduler.Directive {
	s.t.Helper()
	ctx := s.t.Context()
	s.must(s.desk().PutArea(ctx, scheduler.Area{ID: "tinh", Name: "Tỉnh"}))
	in, err := s.desk().ImportDirective(ctx, web.LetterFile{Name: "cong-van.txt", Body: strings.NewReader(text)})
	s.must(err)
	d := in.Directive
	for _, topic := range d.Topics {
		say := script
		if say == "" {
			say = topic.Title
		}
		r, err := s.desk().Speak(ctx, web.NewRecording{Directive: d.ID, Topic: topic.Ordinal, Script: say})
		s.must(err)
		_, err = s.desk().Approve(ctx, r.ID, "Hùng", r.Digest)
		s.must(err)
	}
	_, err = s.desk().Confirm(ctx, d.ID, web.Confirm{By: "Lan", Areas: []scheduler.AreaID{"tinh"}})
	s.must(err)
	return d
}

// nextMinute is the next minute that the centre may still plan.
func nextMinute() time.Time {
	return time.Now().Add(centre.Lock + 5*time.Second).Truncate(time.Minute).Add(time.Minute).UTC()
}

// programme adds a window at an instant, as a cron timing.
func (s *system) programme(id scheduler.ProgrammeID, at time.Time, length time.Duration) {
	s.t.Helper()
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	s.must(err)
	local := at.In(zone)
	timing, err := scheduler.Cron(fmt.Sprintf("%d %d * * *", local.Minute(), local.Hour()), time.Time{}, time.Time{})
	s.must(err)
	s.must(s.desk().PutProgramme(s.t.Context(), scheduler.Programme{ID: id, Area: "tinh", Timing: timing, Length: length, Grace: 20 * time.Second}))
}

// publish publishes and waits until every station holds everything.
func (s *system) publish() {
	s.t.Helper()
	_, err := s.desk().Publish(s.t.Context(), "Lan")
	s.must(err)
	s.await(30*time.Second, "every station to be ready", func() bool {
		states, err := s.desk().StationStates(s.t.Context())
		if err != nil {
			return false
		}
		for _, x := range states {
			if x.State == nil || !x.State.Online || x.State.Revision != x.Published || len(x.State.Missing) > 0 || !x.State.CardOK {
				return false
			}
		}
		return true
	})
}

// await waits until yes says so.
func (s *system) await(limit time.Duration, what string, yes func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), limit)
	defer cancel()
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for !yes() {
		select {
		case <-ctx.Done():
			s.t.Fatalf("waited %s for %s", limit, what)
		case <-ticker.C:
		}
	}
}

// awaitLedger waits until every airing in [from, until) has a last word, and
// returns the report.
func (s *system) awaitLedger(from, until time.Time, limit time.Duration) (r scheduler.AirtimeReport) {
	s.t.Helper()
	s.await(limit, "the ledger to close", func() bool {
		var err error
		r, err = s.desk().Airtime(s.t.Context(), scheduler.AirtimeQuery{From: from, Until: until})
		return err == nil && r.Total.Expected > 0 && r.Total.Upcoming+r.Total.OnAir+r.Total.Unknown == 0
	})
	return r
}

func (s *system) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
