package paper

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// moreAddressSpace is what the child may map beyond what it has mapped when it
// starts. The Go runtime and the compiler of the engine reserve some 1.7 GB that
// they never touch.
const moreAddressSpace = 4 << 30

// confine sets the limits of the process it is called in: address space,
// processor time, and no core file with somebody's letter in it.
func confine(cpu time.Duration) error {
	seconds := uint64(cpu/time.Second) + 1
	space, err := addressSpace()
	if err != nil {
		return err
	}
	for _, l := range []struct {
		what  int
		limit syscall.Rlimit
	}{
		{syscall.RLIMIT_AS, syscall.Rlimit{Cur: space, Max: space}},
		{syscall.RLIMIT_CPU, syscall.Rlimit{Cur: seconds, Max: seconds}},
		{syscall.RLIMIT_CORE, syscall.Rlimit{}},
	} {
		if err := syscall.Setrlimit(l.what, &l.limit); err != nil {
			return fmt.Errorf("set limit %d of the PDF engine: %w", l.what, err)
		}
	}
	return nil
}

// addressSpace is the limit to set: what is mapped now, which is a lot under the
// race detector, and moreAddressSpace.
func addressSpace() (uint64, error) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, fmt.Errorf("see how much memory the PDF engine has: %w", err)
	}
	first, _, _ := strings.Cut(string(statm), " ")
	pages, err := strconv.ParseUint(first, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("see how much memory the PDF engine has: %w", err)
	}
	return pages*uint64(os.Getpagesize()) + moreAddressSpace, nil
}

// confineFiles forbids the process to write files from now on.
func confineFiles() error {
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{})
}
