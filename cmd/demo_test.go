package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTheDemonstrationLeavesNoOrphan ends the demonstration by Ctrl-C and by
// kill -9, and looks for what it started.
func TestTheDemonstrationLeavesNoOrphan(t *testing.T) {
	t.Parallel()
	dir, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		t.Run(end.String(), func(t *testing.T) {
			s := &system{t: t, dir: t.TempDir()}
			demo := exec.Command(filepath.Join(dir, "loaphuong"), "demo", "--dir", filepath.Join(s.dir, "demo"),
				"--letter", "../docs/examples/ban-tin-ngan.txt", "--stations", "2")
			s.must(demo.Start())
			t.Cleanup(func() { kill(demo) })
			var children []int
			s.await(30*time.Second, "the centre and two stations", func() bool {
				children = childrenOf(t, demo.Process.Pid)
				return len(children) == 3
			})
			s.must(demo.Process.Signal(end))
			demo.Wait()
			s.await(10*time.Second, "the children to end", func() bool {
				for _, pid := range children {
					if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil {
						return false
					}
				}
				return true
			})
		})
	}
}

// childrenOf lists the processes whose parent is pid and that run our programs
// for as long as they are let.
func childrenOf(t *testing.T, pid int) (children []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		var child, parent int
		head, rest, _ := strings.Cut(string(raw), " (")
		_, rest, _ = strings.Cut(rest, ") ")
		fmt.Sscan(head, &child)
		fmt.Sscanf(rest, "%1s %d", new(string), &parent)
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", child))
		if err == nil && parent == pid && (strings.Contains(string(line), "\x00serve\x00") || strings.Contains(string(line), "\x00run\x00")) {
			children = append(children, child)
		}
	}
	return children
}
