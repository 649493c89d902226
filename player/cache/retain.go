package cache

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Cleared is what was removed, and whether that is enough.
type Cleared struct {
	Removed []Digest // of files whole or in part, in the order in which they went
	Freed   int64    // bytes
	Short   int64    // bytes that are still lacking
}

// scheduled is the time of last change that a scheduled file bears. A file that
// bears a later one became unscheduled then.
func scheduled() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// marked is the earliest time that counts as a mark. A board that boots in 1970
// marks nothing: it is done when the time is known.
func marked() time.Time { return scheduled().AddDate(1, 0, 0) }

// idle is a file that no schedule names.
type idle struct {
	name   string
	digest Digest
	part   bool
	since  time.Time
}

// Keep marks every file that is not wanted with the time at which it became so,
// and removes such files only while the directory holds more than Budget bytes
// or the disk has less than Reserve bytes free: partial ones first, then those
// longest unwanted. What is wanted, or being fetched, stays even if that is not
// enough; Short says how far the disk is then below the reserve. A file that
// cannot be marked or removed is passed over, and the first such error returned.
func (c *Cache) Keep(wanted func(Digest) bool, now time.Time) (Cleared, error) {
	var done Cleared
	list, held, err := c.survey(wanted, now)
	free, known := c.disk.free(c.dir)
	short := func() int64 {
		if !known {
			return 0
		}
		return max(0, c.Reserve-free-done.Freed)
	}
	for _, f := range list {
		if held-done.Freed <= c.Budget && short() == 0 {
			break
		}
		err = cmp.Or(err, c.drop(f.name, f.digest, &done))
	}
	done.Short = short()
	return done, err
}

// survey marks the files, and returns those that may go in the order in which
// they should, and the bytes that all files have together.
func (c *Cache) survey(wanted func(Digest) bool, now time.Time) (list []idle, held int64, err error) {
	var failed error
	err = c.each(func(d Digest, part bool, info fs.FileInfo) error {
		held += info.Size()
		since, err := c.mark(info, wanted(d), now)
		failed = cmp.Or(failed, err)
		if !wanted(d) {
			list = append(list, idle{info.Name(), d, part, since})
		}
		return nil
	})
	slices.SortFunc(list, inTurn)
	return list, held, cmp.Or(err, failed)
}

// inTurn orders files as they are to go.
func inTurn(a, b idle) int {
	if a.part != b.part {
		if a.part {
			return -1
		}
		return 1
	}
	return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.digest, b.digest))
}

// mark notes on a file whether it is wanted, and returns since when it is not.
func (c *Cache) mark(info fs.FileInfo, wanted bool, now time.Time) (since time.Time, err error) {
	since = info.ModTime()
	if bears := !since.Before(marked()); wanted != bears {
		return since, nil
	}
	since = now
	if wanted {
		since = scheduled()
	}
	err = os.Chtimes(filepath.Join(c.dir, info.Name()), time.Time{}, since)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return since, fmt.Errorf("mark %s: %w", info.Name(), refused(err))
	}
	return since, nil
}

// Shed removes files of the order, which is that of their air times, from its
// end until need bytes are freed: scheduled audio goes by this alone, and what
// is aired last goes first. What is being fetched stays.
func (c *Cache) Shed(order []Digest, need int64) (Cleared, error) {
	var done Cleared
	var failed error
	for _, d := range slices.Backward(order) {
		if done.Freed >= need {
			break
		}
		if d.Valid() {
			failed = cmp.Or(failed, c.drop(string(d)+partial, d, &done), c.drop(string(d), d, &done))
		}
	}
	done.Short = max(0, need-done.Freed)
	return done, failed
}

// drop removes one file unless it is being fetched, and notes it.
func (c *Cache) drop(name string, d Digest, done *Cleared) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	path := filepath.Join(c.dir, name)
	info, err := os.Lstat(path)
	if c.fetching[d] != nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", name, refused(err))
	}
	done.Removed = append(done.Removed, d)
	done.Freed += info.Size()
	return nil
}
