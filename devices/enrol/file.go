package enrol

import (
	"crypto"
	"os"
	"path/filepath"
)

// writeKey writes a private key for its owner alone.
func writeKey(dir, name string, k crypto.Signer) error {
	text, err := encodeKey(k)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, name), text)
}

// writeFile writes a new file of mode 0600 and sees it to the disk.
func writeFile(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// replaceFile puts a whole file of mode 0600 in the place of path, or leaves
// what is there.
func replaceFile(path string, text []byte) error {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	made := filepath.Join(dir, filepath.Base(path))
	if err := writeFile(made, text); err != nil {
		return err
	}
	if err := os.Rename(made, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last through a power cut, where the system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	d.Sync() // not every file system can; the rename itself has succeeded
	return nil
}
