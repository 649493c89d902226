package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"loaphuong/devices/linktest"
)

// uplink is the way from a station to its centre, which can be harmed.
type uplink interface {
	// command starts a program at the station's end of it.
	command(program string, args ...string) *exec.Cmd
	// harm loses so many packets in a hundred and holds the others up, each way.
	harm(loss int, delay time.Duration)
	// unplug takes the station's network away, so that it knows, or gives it back.
	unplug(away bool) error
}

// networks makes the uplinks of one test: each station in a network namespace of
// its own, or, where the machine does not allow that, behind a proxy.
type networks struct {
	t      *testing.T
	host   string // by which the stations find the centre
	spaced bool
	made   int
}

// address is the i-th of this test, of a range for benchmarks (RFC 2544), which
// nobody routes. Another test of this machine most likely has others.
func address(i int) string {
	return fmt.Sprintf("198.%d.%d.%d", 18+os.Getpid()>>8%2, os.Getpid()&255, i)
}

func newNetworks(t *testing.T) *networks {
	n := &networks{t: t, host: "localhost"}
	probe, err := openTunnel(n.device("probe"))
	if err == nil {
		probe.Close()
		err = ip("netns", "add", n.device("probe"))
	}
	if err == nil {
		ip("netns", "del", n.device("probe"))
		n.host, n.spaced = address(1), true
	} else {
		t.Logf("no network namespaces here (%v): a proxy cuts the links, and none is slow", err)
	}
	return n
}

// device names an interface or a namespace of this test; 15 letters are allowed.
func (n *networks) device(what string) string { return fmt.Sprintf("lp%d%s", os.Getpid()%1e6, what) }

// uplink makes one more.
func (n *networks) uplink() uplink {
	n.t.Helper()
	n.made++
	if !n.spaced {
		return &proxied{}
	}
	u, err := n.tunnel(n.made)
	if err != nil {
		n.t.Fatal(err)
	}
	return u
}

// tunnel is a pair of tunnels, one end in the station's namespace, the other
// here, between which the test carries the packets itself: not every kernel can
// lose and delay them.
type tunnel struct {
	space, device string
	ends          [2]*os.File
	loss, delay   atomic.Int64
}

func (n *networks) tunnel(i int) (*tunnel, error) {
	u := &tunnel{space: n.device(fmt.Sprint("s", i)), device: n.device(fmt.Sprint("t", i))}
	here := n.device(fmt.Sprint("h", i))
	var err error
	for end, name := range []string{here, u.device} {
		if u.ends[end], err = openTunnel(name); err != nil {
			return nil, err
		}
	}
	ours, theirs := address(2*i-1), address(2*i)
	n.t.Cleanup(func() {
		u.ends[0].Close()
		u.ends[1].Close()
		ip("netns", "del", u.space)
	})
	err = errors.Join(
		ip("netns", "add", u.space),
		ip("link", "set", u.device, "netns", u.space),
		ip("addr", "add", ours, "peer", theirs, "dev", here),
		ip("link", "set", here, "up"),
		ip("-n", u.space, "addr", "add", theirs, "peer", ours, "dev", u.device),
		ip("-n", u.space, "link", "set", "lo", "up"),
		u.unplug(false))
	go u.carry(u.ends[0], u.ends[1])
	go u.carry(u.ends[1], u.ends[0])
	return u, err
}

// carry passes packets on until an end is closed.
func (u *tunnel) carry(from, to *os.File) {
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		switch {
		case errors.Is(err, os.ErrClosed):
			return
		case err != nil: // the interface is down
			<-time.After(20 * time.Millisecond)
		case rand.Int64N(100) >= u.loss.Load():
			packet := bytes.Clone(buf[:n])
			time.AfterFunc(time.Duration(u.delay.Load()), func() { to.Write(packet) })
		}
	}
}

func (u *tunnel) harm(loss int, delay time.Duration) {
	u.loss.Store(int64(loss))
	u.delay.Store(int64(delay))
}

func (u *tunnel) unplug(away bool) error {
	if away {
		return ip("-n", u.space, "link", "set", u.device, "down")
	}
	return errors.Join(
		ip("-n", u.space, "link", "set", u.device, "up"),
		ip("-n", u.space, "route", "replace", "default", "dev", u.device))
}

// command does not use `ip netns exec`, which would keep the disks mounted.
func (u *tunnel) command(program string, args ...string) *exec.Cmd {
	return exec.Command("nsenter", append([]string{"--net=/var/run/netns/" + u.space, program}, args...)...)
}

// openTunnel makes a network interface whose packets are read from the file.
func openTunnel(name string) (*os.File, error) {
	fd, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open a tunnel: %w", err)
	}
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_TUN | syscall.IFF_NO_PI}
	copy(request.name[:syscall.IFNAMSIZ-1], name)
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.TUNSETIFF, uintptr(unsafe.Pointer(&request))); errno != 0 {
		syscall.Close(fd)
		return nil, fmt.Errorf("open the tunnel %s: %w", name, errno)
	}
	return os.NewFile(uintptr(fd), name), nil
}

func ip(args ...string) error { return do("ip", args...) }

// do runs a program of the system, and says what it said if it did not work.
func do(program string, args ...string) error {
	if said, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w: %s", program, args, err, bytes.TrimSpace(said))
	}
	return nil
}

// proxied is an uplink through proxies, which can only be cut.
type proxied struct{ proxies []*linktest.Proxy }

func (u *proxied) command(program string, args ...string) *exec.Cmd {
	return exec.Command(program, args...)
}

func (u *proxied) harm(loss int, _ time.Duration) {
	for _, p := range u.proxies {
		if loss == 100 {
			p.Cut()
		} else {
			p.Restore()
		}
	}
}

func (u *proxied) unplug(away bool) error {
	u.harm(map[bool]int{true: 100}[away], 0)
	return nil
}

// through puts proxies between an enrolled station and some doors, by changing
// where its identity says that they are.
func (u *proxied) through(t *testing.T, data string, doors ...string) {
	t.Helper()
	path := filepath.Join(data, "identity", "identity.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, door := range doors {
		p := linktest.NewProxy(t, door)
		u.proxies = append(u.proxies, p)
		_, before, _ := net.SplitHostPort(door)
		_, after, _ := net.SplitHostPort(p.Addr())
		text = bytes.ReplaceAll(text, []byte("localhost:"+before), []byte("localhost:"+after))
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
