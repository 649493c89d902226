//go:build !linux

package main

import "syscall"

// bound does nothing where a child cannot be bound to its parent's life.
func bound() *syscall.SysProcAttr { return nil }
