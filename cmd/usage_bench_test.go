package cmd

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// usage is what processes have used so far.
type usage struct {
	cpu  time.Duration // user and system, of all of them
	peak int64         // the most memory that was resident, in bytes; the sum of each one's peak
}

// clockTick is the unit of /proc/PID/stat on every Linux that Go runs on.
const clockTick = 10 * time.Millisecond

// used reads what live processes have used.
func used(pids ...int) (u usage, err error) {
	for _, pid := range pids {
		cpu, err := cpuOf(pid)
		if err != nil {
			return u, err
		}
		peak, err := peakOf(pid)
		if err != nil {
			return u, err
		}
		u.cpu, u.peak = u.cpu+cpu, u.peak+peak
	}
	return u, nil
}

// cpuOf is the processor time of a process and of its children that have ended.
func cpuOf(pid int) (sum time.Duration, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(raw), ") ") // what is before may hold spaces
	fields := strings.Fields(rest)
	const first, last = 11, 15 // utime, stime, cutime and cstime; proc(5)
	if len(fields) < last {
		return 0, fmt.Errorf("process %d: its stat has %d fields", pid, len(fields))
	}
	for _, f := range fields[first:last] {
		ticks, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("process %d: %w", pid, err)
		}
		sum += time.Duration(ticks) * clockTick
	}
	return sum, nil
}

// peakOf is the most memory that a process has had resident.
func peakOf(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if value, found := strings.CutPrefix(line, "VmHWM:"); found {
			var kilobytes int64
			_, err := fmt.Sscan(value, &kilobytes)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("process %d does not say how much memory it has had", pid)
}
