package cache

// File is what the cache asks of an open file.
type File = file

// WrapFiles puts f between the cache and every file it opens.
func (c *Cache) WrapFiles(f func(path string, real File) (File, error)) {
	open := c.disk.open
	c.disk.open = func(path string, flag int) (file, error) {
		real, err := open(path, flag)
		if err != nil {
			return nil, err
		}
		return f(path, real)
	}
}

// SetFree replaces what the system says about the disk.
func (c *Cache) SetFree(f func(dir string) (int64, bool)) { c.disk.free = f }
