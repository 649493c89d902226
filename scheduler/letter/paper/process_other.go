//go:build !unix

package paper

import "os/exec"

// ownGroup does nothing where there are no process groups: the program itself is
// still killed when the context ends.
func ownGroup(*exec.Cmd) {}

// killGroup kills the program.
func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
