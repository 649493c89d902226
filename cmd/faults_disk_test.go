package cmd

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// disk is a small file system of a station's own, as on the memory card of its PC.
type disk struct{ image, at string }

const diskSize = 24 << 20 // bytes: what a station needs in this test, three times

// newDisk makes one in dir, or none where the machine does not allow that.
func newDisk(t *testing.T, dir string) *disk {
	t.Helper()
	d := &disk{image: dir + ".img", at: dir}
	err := errors.Join(os.MkdirAll(d.at, 0o700), os.WriteFile(d.image, nil, 0o600), os.Truncate(d.image, diskSize))
	if err == nil {
		err = do("mkfs.ext4", "-q", "-m", "0", d.image)
	}
	if err == nil {
		err = d.mount()
	}
	if err != nil {
		t.Logf("no disk of its own for a station here (%v): no disk is full or read-only", err)
		return nil
	}
	t.Cleanup(func() { do("umount", d.at) })
	return d
}

func (d *disk) mount() error { return do("mount", "-o", "loop", d.image, d.at) }

func (d *disk) ballast() string { return filepath.Join(d.at, "ballast") }

// fill takes all the room that there is.
func (d *disk) fill() error {
	f, err := os.Create(d.ballast())
	if err != nil {
		return err
	}
	defer f.Close()
	for size := 1 << 20; size >= 1; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			return fmt.Errorf("fill %s: %w", d.at, err)
		}
	}
	return nil
}

// free gives the room back.
func (d *disk) free() error { return os.Remove(d.ballast()) }

// refuse makes the file system read-only under whoever is writing, as the kernel
// does when the card fails.
func (d *disk) refuse() error { return do("mount", "-o", "remount,abort", d.at) }

// repair is what the PC does at its next start: it checks the disk and mounts it.
// Nobody may be using it.
func (d *disk) repair() error {
	if err := do("umount", d.at); err != nil {
		return err
	}
	err := do("e2fsck", "-p", d.image)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 { // errors were corrected
		err = nil
	}
	return errors.Join(err, d.mount())
}
