package listfile

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"loaphuong/scheduler"
)

// fileOf is the name under which a list knows the audio of a recording.
func fileOf(r scheduler.Recording) string { return string(r.ID) + ".opus" }

// WriteM3U8 writes a playlist as M3U in UTF-8.
func WriteM3U8(w io.Writer, title string, recordings []scheduler.Recording) error {
	var b strings.Builder
	fmt.Fprintf(&b, "#EXTM3U\n#PLAYLIST:%s\n", oneLine(title))
	for _, r := range recordings {
		fmt.Fprintf(&b, "#EXTINF:%.0f,%s\n%s\n", r.Duration.Seconds(), oneLine(r.Title), fileOf(r))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// track is one entry of an XSPF file.
type track struct {
	Location   string `xml:"location"`
	Identifier string `xml:"identifier,omitempty"`
	Title      string `xml:"title"`
	Duration   int64  `xml:"duration"` // milliseconds
}

// WriteXSPF writes a playlist as XSPF 1.
func WriteXSPF(w io.Writer, title string, recordings []scheduler.Recording) error {
	list := struct {
		XMLName xml.Name `xml:"http://xspf.org/ns/0/ playlist"`
		Version int      `xml:"version,attr"`
		Title   string   `xml:"title,omitempty"`
		Tracks  []track  `xml:"trackList>track"`
	}{Version: 1, Title: title}
	for _, r := range recordings {
		t := track{Location: fileOf(r), Title: r.Title, Duration: r.Duration.Milliseconds()}
		if r.Digest != "" {
			t.Identifier = digestURN + string(r.Digest)
		}
		list.Tracks = append(list.Tracks, t)
	}
	b, err := xml.MarshalIndent(list, "", "  ")
	if err != nil {
		return fmt.Errorf("playlist %q: %w", title, err)
	}
	_, err = io.WriteString(w, xml.Header+string(b)+"\n")
	return err
}

// WriteCSV writes a playlist as CSV with a mark of UTF-8, as spreadsheets want
// it. CSV has no place for the title; it is taken so that the writers are alike.
func WriteCSV(w io.Writer, _ string, recordings []scheduler.Recording) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	rows := [][]string{{"recording", "title", "file", "digest", "length"}}
	for _, r := range recordings {
		seconds := strconv.FormatFloat(r.Duration.Seconds(), 'f', -1, 64)
		rows = append(rows, []string{string(r.ID), harmless(oneLine(r.Title)), harmless(sourceFile(r)), string(r.Digest), seconds})
	}
	return c.WriteAll(rows)
}
