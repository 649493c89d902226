package bundle

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// saying fills a file with words, and fails with err.
func saying(words string, err error) func(io.Writer) error {
	return func(w io.Writer) error {
		_, failed := io.WriteString(w, words)
		return errors.Join(err, failed)
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "an-phu.zip")
	pulled := errors.New("stick pulled")
	for _, c := range []struct {
		why     string
		replace bool
		words   string
		fails   error
		want    error
		holds   string
	}{
		{"half a file where none was", false, "một", pulled, pulled, ""},
		{"a new file", false, "một", nil, nil, "một"},
		{"over another, unasked", false, "hai", nil, fs.ErrExist, "một"},
		{"over another, and broken off", true, "hai", pulled, pulled, "một"},
		{"over another", true, "hai", nil, nil, "hai"},
	} {
		if err := Save(path, c.replace, saying(c.words, c.fails)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
		if holds, _ := os.ReadFile(path); string(holds) != c.holds {
			t.Errorf("%s: it holds %q", c.why, holds)
		}
		if _, err := os.Lstat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: something is left beside it: %v", c.why, err)
		}
	}
}

func TestSaveGoesOnAfterAPull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "an-phu.zip")
	if err := os.WriteFile(path+".new", []byte("a longer half of a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, false, saying("một", nil)); err != nil {
		t.Fatal(err)
	}
	if holds, _ := os.ReadFile(path); string(holds) != "một" {
		t.Errorf("it holds %q", holds)
	}
}

func TestSaveNowhere(t *testing.T) {
	if err := Save(filepath.Join(t.TempDir(), "none", "a.zip"), false, saying("", nil)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in no directory: %v", err)
	}
}
