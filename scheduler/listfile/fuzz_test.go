package listfile_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"loaphuong/scheduler/listfile"
)

// keepsItsWord checks what is true of all that is read.
func keepsItsWord(t *testing.T, name string, content []byte) {
	f, err := listfile.Read(name, bytes.NewReader(content))
	if err != nil {
		if f.Entries != nil || f.Title != "" || !utf8.ValidString(err.Error()) {
			t.Fatalf("refused with %q, and %+v", err, f)
		}
		return
	}
	if len(f.Entries) == 0 || len(f.Entries) > listfile.MaxEntries {
		t.Fatalf("%d entries", len(f.Entries))
	}
	line := 0
	for _, e := range f.Entries {
		if e.Line < line || e.Line < 1 || e.Length < 0 || e.Length > listfile.MaxLength {
			t.Fatalf("entry %+v after line %d", e, line)
		}
		for _, s := range []string{f.Title, e.Location, e.Title, e.ID, e.Digest} {
			if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || bytes.ContainsAny([]byte(s), "\n\r\x00") {
				t.Fatalf("entry %+v has %q", e, s)
			}
		}
		line = e.Line
	}
	if ids, missing := listfile.Match(f.Entries, recordings()); len(ids)+len(missing) != len(f.Entries) {
		t.Fatalf("%d entries, %d found, %d missing", len(f.Entries), len(ids), len(missing))
	}
}

func FuzzM3U(f *testing.F) {
	for _, s := range []string{"#EXTM3U\r\n#EXTINF:1 a=\"b,c\",Tin\r\na.mp3", "#PLAYLIST:a\nR1.opus", "ti\xeam.mp3", "\xff\xfea\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { keepsItsWord(t, "a.m3u", b) })
}

func FuzzXSPF(f *testing.F) {
	for _, s := range []string{"<playlist><title>a</title><trackList><track><location>a%20b</location><duration>1</duration></track></trackList></playlist>", "<!DOCTYPE a>", "<?xml version=\"1.0\" encoding=\"x\"?><playlist/>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { keepsItsWord(t, "a.xspf", append([]byte("<"), b...)) })
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"mã;tiêu đề\nR1;\"a\nb\"", "title,length\n'=a,1:30", "a\n\"b\"\n", "title\n\"a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { keepsItsWord(t, "a.csv", b) })
}
