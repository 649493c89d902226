package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// TestAPlaylistWithMissingEntriesIsTold loads a playlist of which one entry is
// two recordings, one a file beside it and one nothing at all.
func TestAPlaylistWithMissingEntriesIsTold(t *testing.T) {
	t.Parallel()
	half := web.LoadedSelection{Missing: []web.MissingEntry{
		{Line: 2, Location: "tin%20xã.mp3", Title: "Tin xã"},
		{Line: 3, Title: "Tổng đài", Candidates: []scheduler.RecordingID{"r1", "r2"}},
		{Line: 4, Location: `D:\nhac\l'eau.mp3`},
	}}
	whole := web.LoadedSelection{Selection: scheduler.Selection{ID: "sel1", Programme: "sang"}}
	for _, c := range []struct {
		name, flags string
		loads       inTurn
		code        int
		talk, sent  string
	}{
		{"told", "", inTurn{half}, 2,
			"line 2: tin%20xã.mp3 is no recording yet|tin xã.mp3' --title 'Tin xã'|load the playlist with --upload|" +
				"line 3: 'Tổng đài' is one of several|r2 Tổng đài 1022, 1m10s|recording add 'l'\\''eau.mp3' --title 'l'\\''eau'|3 of its entries are no recordings yet: nothing is kept",
			"name=tet.m3u8"},
		{"uploaded", "--upload", inTurn{half, whole}, 0, "is recording r9 now|loaphuong recording approve r9 --digest abc --by NAME|next loaphuong publish", "POST /v1/recordings?|title=Tin+x%C3%A3|audio"},
		{"in part", "--upload", inTurn{half, half}, 2, "r9|line 4", ""},
		{"absent", "", nil, 2, "absent.m3u8: no such file", ""},
	} {
		f := newFake(t, map[string]any{
			"POST /v1/selections/files": c.loads,
			"GET /v1/recordings":        []scheduler.Recording{{ID: "r2", Title: "Tổng đài 1022", Duration: 70e9}},
			"POST /v1/recordings":       scheduler.Recording{ID: "r9", Digest: "abc"},
			"GET /v1/directives":        []scheduler.Directive{},
		})
		list := filepath.Join(f.data, "tet.m3u8")
		f.put(list, "#EXTM3U\n")
		f.put(filepath.Join(f.data, "tin xã.mp3"), "audio")
		if c.name == "absent" {
			list = filepath.Join(f.data, "absent.m3u8")
		}
		args := append([]string{"playlist", "load", list, "--area", "tinh", "--programme", "sang", "--by", "Lan"}, strings.Fields(c.flags)...)
		code, _, talk := f.run(args...)
		if code != c.code {
			t.Errorf("%s: status %d, want %d: %s", c.name, code, c.code, talk)
		}
		wantAll(t, c.name, talk, c.talk)
		wantAll(t, c.name+" (sent)", f.requests(), c.sent)
	}
}

func (f *fake) put(path, text string) {
	f.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}
