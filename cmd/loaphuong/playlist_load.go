package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newPlaylistLoad() *cobra.Command {
	c := selectionFlags(addOutput(&cobra.Command{
		Use:   "load FILE",
		Short: "Load a playlist from an M3U, M3U8, XSPF or CSV file",
		Long: "Load a playlist from an M3U, M3U8, XSPF or CSV file, for the windows of a programme or for windows of\n" +
			"its own. Each entry is a recording by its ID, its title, or the name of the file that was uploaded.\n" +
			"Where any is none, nothing is kept, and each is told with what to do. For example:\n\n" +
			"  loaphuong playlist load tet.m3u8 --area tinh --programme sang --at '2027-02-06 05:00' --by Lan",
		Args: exactly(1),
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			s, err := selectionFrom(c, centre)
			if err != nil {
				return err
			}
			return loadPlaylist(c, centre, args[0], s)
		}),
	}))
	c.Flags().Bool("upload", false, "add the audio files that it names and that are no recordings yet, to be approved")
	return c
}

func loadPlaylist(c *cobra.Command, centre *web.Client, file string, s scheduler.Selection) error {
	l, err := sendPlaylist(c, centre, file, s)
	if err != nil {
		return err
	}
	if upload, _ := c.Flags().GetBool("upload"); upload && len(l.Missing) > 0 {
		added, err := uploadMissing(c, centre, filepath.Dir(file), l.Missing)
		if err != nil {
			return err
		}
		if added > 0 {
			if l, err = sendPlaylist(c, centre, file, s); err != nil {
				return err
			}
		}
	}
	if len(l.Missing) == 0 {
		return showLoaded(c, centre, l)
	}
	return refuseMissing(c, centre, file, l)
}

func sendPlaylist(c *cobra.Command, centre *web.Client, file string, s scheduler.Selection) (l web.LoadedSelection, err error) {
	f, err := os.Open(file)
	if err != nil {
		return l, usageError{fmt.Errorf("load playlist: %w", err)}
	}
	defer f.Close()
	return centre.LoadSelection(c.Context(), web.ListFile{Name: filepath.Base(file), Body: f, Selection: s})
}

// refuseMissing tells which entries are none of the recordings, and what to do.
func refuseMissing(c *cobra.Command, centre *web.Client, file string, l web.LoadedSelection) error {
	if format, _ := c.Flags().GetString("output"); format == "json" {
		if err := writeJSON(c.OutOrStdout(), l); err != nil {
			return err
		}
	}
	known, err := centre.Recordings(c.Context(), "")
	if err != nil {
		return err
	}
	for _, m := range l.Missing {
		printMissing(c.ErrOrStderr(), filepath.Dir(file), m, known)
	}
	return usageError{fmt.Errorf("playlist %s: %d of its entries are no recordings yet: nothing is kept; put them right and load it again", file, len(l.Missing))}
}

func printMissing(w io.Writer, dir string, m web.MissingEntry, known []scheduler.Recording) {
	if len(m.Candidates) > 0 {
		fmt.Fprintf(w, "line %d: %s is one of several: put its ID in the file instead\n", m.Line, entryName(m))
		for _, r := range known {
			for _, id := range m.Candidates {
				if r.ID == id {
					fmt.Fprintf(w, "    %s  %s, %s\n", r.ID, brief(r.Title, 60), span(r.Duration))
				}
			}
		}
		return
	}
	fmt.Fprintf(w, "line %d: %s is no recording yet: add it with\n", m.Line, entryName(m))
	path, there := localFile(dir, m.Location)
	if !there {
		path = filepath.Base(path)
	}
	fmt.Fprintf(w, "    loaphuong recording add %s --title %s\n", quoted(path), quoted(missingTitle(m)))
	if there {
		fmt.Fprintln(w, "    or load the playlist with --upload")
	}
}

// entryName is what the file says of an entry.
func entryName(m web.MissingEntry) string {
	if m.Location == "" {
		return quoted(m.Title)
	}
	return m.Location
}

// missingTitle is the title of an entry, or the name of its file.
func missingTitle(m web.MissingEntry) string {
	if m.Title != "" {
		return m.Title
	}
	path, _ := localFile("", m.Location)
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// localFile is the path that an entry of a playlist in dir means, and whether a
// file is there. Paths may be written as Windows does, or as file addresses.
func localFile(dir, location string) (path string, there bool) {
	if location == "" {
		return "FILE", false
	}
	path = location
	if u, err := url.Parse(location); err == nil && u.Scheme == "file" {
		path = u.Path
	} else if err == nil && u.Scheme == "" && isFile(filepath.Join(dir, u.Path)) {
		path = u.Path // characters of it were escaped
	}
	path = strings.ReplaceAll(path, `\`, "/")
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	return path, isFile(path)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// quoted is a word for a shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// uploadMissing adds the audio files that the missing entries name, each once,
// and says how many there were.
func uploadMissing(c *cobra.Command, centre *web.Client, dir string, missing []web.MissingEntry) (added int, err error) {
	done := map[string]bool{}
	for _, m := range missing {
		path, there := localFile(dir, m.Location)
		if !there || done[path] || len(m.Candidates) > 0 {
			continue
		}
		done[path] = true
		r, err := upload(c, centre, path, missingTitle(m))
		if err != nil {
			return added, fmt.Errorf("line %d: %w", m.Line, err)
		}
		added++
		fmt.Fprintf(c.ErrOrStderr(), "%s is recording %s now; once it is heard:\n    loaphuong recording approve %s --digest %s --by NAME\n", path, r.ID, r.ID, r.Digest)
	}
	return added, nil
}

func upload(c *cobra.Command, centre *web.Client, path, title string) (scheduler.Recording, error) {
	f, err := os.Open(path)
	if err != nil {
		return scheduler.Recording{}, fmt.Errorf("add recording: %w", err)
	}
	defer f.Close()
	return centre.AddRecording(c.Context(), web.NewRecording{Title: title, Language: "vi"}, filepath.Base(path), f)
}
