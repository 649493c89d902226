package bundle

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Save writes a file on a stick that may be pulled at any moment: whole under
// its name, or not there. What fill writes goes to a file beside it, PATH.new,
// is seen to the stick, and only then takes the name. A file that is there
// already is [fs.ErrExist] unless replace is set, and stays as it is when
// anything fails.
//
// Whoever holds the stick may read the file, on a machine of another user too:
// it has nothing secret in it.
func Save(path string, replace bool, fill func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil && !replace {
		return fmt.Errorf("write %s: %w", path, fs.ErrExist)
	}
	if err := save(path, fill); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func save(path string, fill func(io.Writer) error) error {
	made := path + ".new"
	f, err := os.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer os.Remove(made) // gone already when all went well
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := os.Rename(made, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes the new name last when the stick is pulled.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	d.Sync() // not every file system can; the rename itself has succeeded
	return nil
}
