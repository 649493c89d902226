package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"loaphuong/scheduler"
)

// readLogs reads what the programs told their log files, disk or no disk: which
// airings went on air, and which programs have ended in disorder.
func (f *field) readLogs(expected map[scheduler.AiringID]*told) {
	f.t.Helper()
	onAir := regexp.MustCompile(`msg="on air" airing=(\w+)`)
	logs, err := filepath.Glob(filepath.Join(f.dir, "*.log"))
	f.must(err)
	for _, log := range logs {
		text, err := os.ReadFile(log)
		f.must(err)
		for line := range strings.Lines(string(text)) {
			switch begun := onAir.FindStringSubmatch(line); {
			case begun != nil && expected[scheduler.AiringID(begun[1])] != nil:
				expected[scheduler.AiringID(begun[1])].begun++
			case strings.HasPrefix(line, "panic:"), strings.HasPrefix(line, "fatal error:"):
				f.t.Errorf("%s: %s", filepath.Base(log), line)
			case strings.HasPrefix(line, "loaphuong"):
				f.t.Logf("%s: it ended by itself: %s", filepath.Base(log), line)
			}
		}
	}
}
