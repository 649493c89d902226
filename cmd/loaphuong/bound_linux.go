package main

import "syscall"

// bound makes a child end when the demonstration is killed, and puts it in a
// group of its own: Ctrl-C at the terminal reaches the demonstration alone,
// which then ends the children in order.
func bound() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
