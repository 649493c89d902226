package cmd

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"loaphuong/scheduler/centre"
)

// TestScripts runs what an operator types, and checks what they see.
func TestScripts(t *testing.T) {
	t.Parallel()
	dir, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	papers, err := filepath.Abs("../scheduler/letter/paper/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", dir+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("PAPERS", papers)
			e.Setenv("LOAPHUONG", filepath.Join(dir, "loaphuong"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"centre": scriptCentre},
	})
}

// scriptCentre opens a centre that the commands of a script find by themselves.
func scriptCentre(ts *testscript.TestScript, _ bool, _ []string) {
	data := ts.MkAbs("centre")
	ts.Setenv("LOAPHUONG_DATA", data)
	ctx, stop := context.WithCancel(context.Background())
	serve := exec.CommandContext(ctx, "loaphuong", "serve", "--page", "127.0.0.1:0", "--stations", "127.0.0.1:0", "--broker", "127.0.0.1:0")
	dir, err := programs()
	ts.Check(err)
	serve.Path, serve.Err = filepath.Join(dir, "loaphuong"), nil
	serve.Env = append(os.Environ(), "LOAPHUONG_DATA="+data, "HOME="+ts.Getenv("HOME"))
	serve.Cancel = func() error { return serve.Process.Signal(os.Interrupt) }
	ts.Check(serve.Start())
	ts.Defer(func() {
		stop()
		serve.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if client, err := centre.Dial(data); err == nil {
			if _, err = client.Areas(ctx); err == nil {
				return
			}
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the centre did not open")
		}
	}
}
