package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// childEnv names the database that a child of this test is to write to until
// it is killed.
const childEnv = "LOAPHUONG_TEST_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		if err := ingestForEver(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// killAirings is how many airings the child's log is about.
const killAirings = 70

// killLines are the lines that parent and child agree on.
func killLines() []scheduler.AsRun { return logOf("log", airings("tan-hung", noon, killAirings)) }

// ingestForEver takes small batches in, round and round, and prints the last
// number of each once it has the receipt.
func ingestForEver(path string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	lines := killLines()
	for n := 0; ; n = (n + 7) % len(lines) {
		b := devices.Batch{Station: "tan-hung", Log: "log", Records: lines[n : n+7], Number: uint64(n + 7), Through: noon, Since: noon.Add(-time.Hour)}
		if _, err := s.Ingest(ctx, b, noon); err != nil {
			return err
		}
		if _, err := fmt.Println(n + 7); err != nil {
			return err // the parent is gone
		}
	}
}

// A process killed in the middle of its work loses nothing it has receipted,
// and what it had half done is not there.
func TestKilledInTheMiddle(t *testing.T) {
	for _, after := range []int{1, 5, 23} {
		path := filepath.Join(t.TempDir(), "centre.db")
		s := withStations(t, openAt(t, path), "tan-hung")
		publish(t, s, 1, noon.Add(-time.Hour), airings("tan-hung", noon, killAirings))
		must(t, s.Close())
		acknowledged := killAfter(t, path, after)
		checkIntegrity(t, path)
		checkHeld(t, openAt(t, path), acknowledged)
	}
}

// killAfter runs a child and kills it once it has acknowledged so many batches.
// It returns the highest line that was acknowledged.
func killAfter(t *testing.T, path string, batches int) int {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childEnv+"="+path)
	var talk strings.Builder
	child.Stderr = &talk
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	acknowledged, seen := 0, 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Errorf("the child said %q", lines.Text())
		}
		acknowledged = max(acknowledged, n)
		if seen++; seen == batches {
			must(t, child.Process.Kill()) // SIGKILL; what it printed before it died is still read
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() || seen < batches {
		t.Fatalf("the child was to be killed after %d batches, acknowledged %d, and ended with %v: %s", batches, seen, err, talk.String())
	}
	return acknowledged
}

func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	var result string
	must(t, db.QueryRow(`PRAGMA integrity_check`).Scan(&result))
	if result != "ok" {
		t.Errorf("the database is damaged: %s", result)
	}
}

func checkHeld(t *testing.T, s *store.Store, acknowledged int) {
	t.Helper()
	logs := get[[]store.Log](t)(s.Logs(t.Context()))
	if len(logs) != 1 || logs[0].Contiguous < uint64(acknowledged) || logs[0].Contiguous%7 != 0 || logs[0].Broken != 0 {
		t.Fatalf("line %d was acknowledged, and the log is %+v", acknowledged, logs)
	}
	held := int(logs[0].Contiguous)
	for i, f := range facts(t, s, scheduler.AiringFilter{}) {
		if said := f.Outcome == scheduler.Aired; said != (3*i+3 <= held) {
			t.Fatalf("with %d lines held, airing %d is %q", held, i, f.Outcome)
		}
	}
	lines := killLines()
	for n := held; n < len(lines); n += devices.MaxBatch { // the station sends the rest
		ingest(t, s, "tan-hung", "log", lines[n:min(n+devices.MaxBatch, len(lines))]...)
	}
	if logs = get[[]store.Log](t)(s.Logs(t.Context())); logs[0].Contiguous != uint64(len(lines)) || logs[0].Broken != 0 {
		t.Errorf("the log could not be completed: %+v", logs)
	}
}
