package listfile_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
	"loaphuong/scheduler/listfile"
)

// writers are the writers by the extension of what they write.
func writers() map[string]func(io.Writer, string, []scheduler.Recording) error {
	return map[string]func(io.Writer, string, []scheduler.Recording) error{
		".m3u8": listfile.WriteM3U8, ".xspf": listfile.WriteXSPF, ".csv": listfile.WriteCSV,
	}
}

// awkward are recordings whose titles mean something to one format or another.
func awkward() []scheduler.Recording {
	all := recordings()
	for i, title := range []string{"=1+1", "# ghi chú", "a;b,\"c\"\n#EXTINF:x", "<b>&amp;", "tiêu đề", "'-"} {
		all[i].Title, all[i].Duration = title, time.Duration(i)*time.Minute
	}
	return all
}

// TestRoundTrip: what is written is read as the same recordings.
func TestRoundTrip(t *testing.T) {
	for ext, write := range writers() {
		for title, list := range map[string][]scheduler.Recording{"Sáng thứ Hai": recordings(), "<&>": awkward()} {
			var b bytes.Buffer
			if err := write(&b, title, list); err != nil {
				t.Fatal(err)
			}
			f, err := listfile.Read("a"+ext, &b)
			if err != nil {
				t.Fatal(err)
			}
			ids, missing := listfile.Match(f.Entries, list)
			if len(missing) > 0 || len(ids) != len(list) {
				t.Fatalf("%s: %v, missing %+v", ext, ids, missing)
			}
			for i, r := range list {
				e := f.Entries[i]
				if ids[i] != r.ID || e.Length != r.Duration || e.Title != strings.Join(strings.Fields(r.Title), " ") {
					t.Errorf("%s: %+v becomes %+v", ext, r, e)
				}
			}
			if f.Title != title && ext != ".csv" {
				t.Errorf("%s: title %q, want %q", ext, f.Title, title)
			}
		}
	}
}

// TestRoundTripElsewhere: at a centre that has the same audio under other IDs, it
// is known by its digest, and in M3U by its title.
func TestRoundTripElsewhere(t *testing.T) {
	there := []scheduler.Recording{{ID: "X", Title: "Tiêm chủng", Digest: audio("1")}}
	for ext, write := range writers() {
		var b bytes.Buffer
		if err := write(&b, "", recordings()[:1]); err != nil {
			t.Fatal(err)
		}
		f, err := listfile.Read("a"+ext, &b)
		if err != nil {
			t.Fatal(err)
		}
		if ids, _ := listfile.Match(f.Entries, there); len(ids) != 1 {
			t.Errorf("%s: not known: %+v", ext, f.Entries)
		}
	}
}

func TestWritten(t *testing.T) {
	one := recordings()[:1]
	one[0].Duration, one[0].Digest = 90*time.Second, "ab"
	for ext, want := range map[string]string{
		".m3u8": "#EXTM3U\n#PLAYLIST:Sáng\n#EXTINF:90,Tiêm chủng\nR1.opus\n",
		".csv":  "\ufeffrecording,title,file,digest,length\r\nR1,Tiêm chủng,tiêm chủng.mp3,ab,90\r\n",
		".xspf": `<?xml version="1.0" encoding="UTF-8"?>
<playlist xmlns="http://xspf.org/ns/0/" version="1">
  <title>Sáng</title>
  <trackList>
    <track>
      <location>R1.opus</location>
      <identifier>urn:sha256:ab</identifier>
      <title>Tiêm chủng</title>
      <duration>90000</duration>
    </track>
  </trackList>
</playlist>
`,
	} {
		var b bytes.Buffer
		if err := writers()[ext](&b, "Sáng", one); err != nil || b.String() != want {
			t.Errorf("%s: %v, %q\nwant %q", ext, err, b.String(), want)
		}
	}
}

// full takes nothing.
type full struct{}

var errFull = errors.New("no space")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWritersPassOnWhatBreaks(t *testing.T) {
	for ext, write := range writers() {
		if err := write(full{}, "", recordings()); !errors.Is(err, errFull) {
			t.Errorf("%s: got %v", ext, err)
		}
	}
}
