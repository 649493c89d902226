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

// field is a whole installation whose parts can be harmed one by one: centre and
// broker, and stations each with a link and a disk of its own.
type field struct {
	*system
	networks *networks
	broker   *exec.Cmd
	at       string // host:port of the broker
	posts    []*post
	on       context.Context // while stations are started again when they end
	off      context.CancelFunc
}

// newField starts one with so many stations.
func newField(t *testing.T, stations int) *field {
	t.Helper()
	f := &field{system: &system{t: t, dir: t.TempDir(), agents: map[scheduler.StationID]*exec.Cmd{}}, networks: newNetworks(t)}
	f.on, f.off = context.WithCancel(t.Context())
	t.Cleanup(f.stop)
	f.prepareBroker()
	f.startBroker()
	f.startCentre()
	f.must(f.desk().PutArea(t.Context(), scheduler.Area{ID: "tinh", Name: "Tỉnh"}))
	for i := range stations {
		f.addPost(scheduler.StationID(fmt.Sprint("xa-", i+1)))
	}
	return f
}

// prepareBroker configures mosquitto for a port that is free now.
func (f *field) prepareBroker() {
	f.t.Helper()
	authority, err := enrol.OpenAuthority(filepath.Join(f.centreData(), "keys"), []string{f.networks.host, "localhost"})
	f.must(err)
	free, err := net.Listen("tcp4", "0.0.0.0:0")
	f.must(err)
	f.at = free.Addr().String()
	free.Close()
	dir := f.brokerDir()
	f.must(os.Mkdir(dir, 0o700))
	f.must(authority.WriteBrokerFiles(dir))
	_, err = mosquitto.Write(dir, mosquitto.Settings{
		Address: f.at, User: "root", // it is ignored where the test is not root
		CA: filepath.Join(dir, "ca.pem"), Certificate: filepath.Join(dir, "server.pem"), Key: filepath.Join(dir, "server.key"),
	})
	f.must(err)
}

func (f *field) brokerDir() string { return filepath.Join(f.dir, "mosquitto") }

// startBroker starts mosquitto and returns when it listens.
func (f *field) startBroker() {
	f.t.Helper()
	f.broker = f.logged("mosquitto", exec.Command("/usr/sbin/mosquitto", "-c", filepath.Join(f.brokerDir(), "mosquitto.conf")))
	f.must(f.broker.Start())
	f.await(10*time.Second, "the broker to listen", func() bool {
		c, err := net.Dial("tcp", f.at)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// startCentre starts the centre, at the addresses it had before if it ran before.
func (f *field) startCentre() {
	f.t.Helper()
	stations, page := "0.0.0.0:0", "127.0.0.1:0"
	if before := f.door; before.Token != "" {
		stations, page = before.Stations, strings.TrimPrefix(before.Page, "http://")
	}
	_, port, err := net.SplitHostPort(f.at)
	f.must(err)
	before := f.door.Token
	f.centre = f.start(nil, "loaphuong", "centre.log", "serve", "--data", f.centreData(), "--page", page, "--stations", stations,
		"--names", f.networks.host+",localhost", "--broker-url", "ssl://"+net.JoinHostPort(f.networks.host, port))
	f.await(30*time.Second, "the centre to open", func() bool {
		d, err := centre.FindDoor(f.centreData())
		if err != nil || d.Token == before {
			return false
		}
		_, err = web.NewClient(d.Page, d.Token).Areas(f.t.Context())
		f.door = d
		return err == nil
	})
}

// logged sends what a program says to a log that is shown when the test fails.
func (f *field) logged(name string, c *exec.Cmd) *exec.Cmd {
	f.t.Helper()
	log, err := os.OpenFile(filepath.Join(f.dir, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	f.must(err)
	f.t.Cleanup(func() { log.Close() })
	c.Stdout, c.Stderr = log, log
	return c
}

// post is a station in the field, and what keeps its agent running.
type post struct {
	*field
	id     scheduler.StationID
	uplink uplink
	disk   *disk // nil: that of the test
	busy   map[part]*sync.Mutex

	idle sync.Mutex // held while the agent may not be started

	mu    sync.Mutex
	agent *exec.Cmd
	gone  chan struct{} // closed when agent has ended
	ended []time.Time   // when agents have ended
}

// addPost makes a station, enrols it and keeps its agent running.
func (f *field) addPost(id scheduler.StationID) {
	f.t.Helper()
	p := &post{field: f, id: id, uplink: f.networks.uplink(), disk: newDisk(f.t, f.stationData(id)),
		busy: map[part]*sync.Mutex{ofLink: {}, ofDisk: {}, ofAgent: {}}}
	_, err := f.desk().AddStation(f.t.Context(), scheduler.Station{ID: id, Area: "tinh", Name: "Đài " + string(id), Volume: 100})
	f.must(err)
	code, err := f.desk().StationCode(f.t.Context(), id)
	f.must(err)
	if said, err := f.system.agent("enrol", code.URL, code.Code, "--data", p.data()); err != nil {
		f.t.Fatalf("enrol: %v: %s", err, said)
	}
	if u, ok := p.uplink.(*proxied); ok {
		u.through(f.t, p.data(), strings.Replace(f.at, "0.0.0.0", "127.0.0.1", 1), strings.Replace(f.door.Stations, "[::]", "127.0.0.1", 1))
	}
	f.posts = append(f.posts, p)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		p.keepUp()
	}()
	f.t.Cleanup(func() {
		f.off()
		p.kill()
		<-kept
	})
}

func (p *post) data() string { return filepath.Join(p.stationData(p.id), "data") }

// keepUp starts the agent whenever it has ended, as its service unit does.
func (p *post) keepUp() {
	for p.on.Err() == nil {
		p.idle.Lock()
		gone, err := p.startAgent()
		p.idle.Unlock()
		if err != nil {
			p.t.Errorf("start %s: %v", p.id, err)
			return
		}
		<-gone
		select {
		case <-p.on.Done():
		case <-time.After(time.Second):
		}
	}
}

func (p *post) startAgent() (gone chan struct{}, err error) {
	dir, err := programs()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(filepath.Join(p.dir, string(p.id)+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	c := p.uplink.command(filepath.Join(dir, "loaphuong-agent"), "run", "--data", p.data(), "--card", p.card())
	c.Stdout, c.Stderr = log, log
	gone = make(chan struct{})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.agent, p.gone = c, gone
	if err := c.Start(); err != nil {
		return nil, err
	}
	go func() {
		c.Wait()
		p.mu.Lock()
		p.ended = append(p.ended, time.Now())
		p.mu.Unlock()
		close(gone)
	}()
	return gone, nil
}

// signal tells the agent that runs, and returns what is closed when it has ended.
func (p *post) signal(s syscall.Signal) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.agent == nil || p.agent.Process == nil {
		gone := make(chan struct{})
		close(gone)
		return gone
	}
	p.agent.Process.Signal(s)
	return p.gone
}

// kill ends the agent as a power cut would.
func (p *post) kill() { <-p.signal(syscall.SIGKILL) }

// reboot is the PC started again, whose disk is checked then.
func (p *post) reboot() error {
	p.idle.Lock()
	defer p.idle.Unlock()
	p.kill()
	return p.disk.repair()
}

// close tells every station to end, for good, and waits until they have.
func (f *field) close() {
	f.off()
	for _, p := range f.posts {
		<-p.signal(syscall.SIGTERM)
	}
}

// stop ends centre and broker.
func (f *field) stop() {
	f.system.stop()
	if f.broker != nil {
		kill(f.broker)
	}
}
