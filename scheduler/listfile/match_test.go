package listfile_test

import (
	"fmt"
	"strings"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/listfile"
)

// audio is the digest of audio of a name.
func audio(name string) scheduler.Digest { return scheduler.DigestOf([]byte(name)) }

// recordings are some of a centre; two titles differ in their marks alone, two
// are the same, and two recordings have the same audio.
func recordings() []scheduler.Recording {
	return []scheduler.Recording{
		{ID: "R1", Title: "Tiêm chủng", Digest: audio("1"), Source: "upload:tiêm chủng.mp3"},
		{ID: "R2", Title: "Tiềm chung", Digest: audio("2"), Source: "upload:Loa/100%.wav"},
		{ID: "R3", Title: "Phòng, chống thiên tai", Digest: audio("3"), Source: "speech:espeak-ng"},
		{ID: "R4", Title: "Nhạc hiệu", Digest: audio("4"), Source: "upload:nhac.mp3"},
		{ID: "R5", Title: "Nhạc  hiệu", Digest: audio("5"), Source: "upload:NHAC.MP3"},
		{ID: "R6", Title: "Lời chào", Digest: audio("4"), Source: "upload:chao.mp3"},
	}
}

func TestMatch(t *testing.T) {
	type e = listfile.Entry
	for _, c := range []struct {
		why   string
		entry e
		want  string
	}{
		{"its ID", e{ID: "R3"}, "[R3]"},
		{"its ID in small letters", e{ID: "r3"}, "[R3]"},
		{"its ID as a file", e{Location: "am/R3.opus"}, "[R3]"},
		{"its ID before its title", e{ID: "R3", Title: "Tiêm chủng"}, "[R3]"},
		{"its digest", e{Digest: string(audio("2"))}, "[R2]"},
		{"its digest as an ID", e{ID: string(audio("2"))}, "[R2]"},
		{"its digest as a file", e{Location: string(audio("2")) + ".opus"}, "[R2]"},
		{"the digest of two", e{Digest: string(audio("4"))}, "ambiguous [R4 R6]"},
		{"the digest of two, and its title", e{Digest: string(audio("4")), Title: "lời chào"}, "[R6]"},
		{"the digest of two, and the title of another", e{Digest: string(audio("4")), Title: "Tiêm chủng"}, "ambiguous [R4 R6]"},
		{"its file", e{Location: "tiêm chủng.mp3"}, "[R1]"},
		{"its file on Windows", e{Location: `C:\Loa\TIÊM CHỦNG.mp3`}, "[R1]"},
		{"its file as an address", e{Location: "http://x/ti%C3%AAm%20ch%E1%BB%A7ng.mp3?a=b"}, "[R1]"},
		{"its file decomposed", e{Location: "tie\u0302m chu\u0309ng.mp3"}, "[R1]"},
		{"a file with a per cent sign", e{Location: "100%.wav"}, "[R2]"},
		{"the file of two", e{Location: "nhac.mp3"}, "ambiguous [R4 R5]"},
		{"the name of no upload", e{Location: "espeak-ng"}, "unknown []"},
		{"its title", e{Title: " PHÒNG, chống  thiên tai"}, "[R3]"},
		{"its title and not that with other marks", e{Title: "tiềm chung"}, "[R2]"},
		{"a title without marks that is of two", e{Title: "tiem chung"}, "ambiguous [R1 R2]"},
		{"a title without marks", e{Title: "Phong, chong thien tai"}, "[R3]"},
		{"a title with tones in the old places", e{Title: "Lơì chào"}, "[R6]"},
		{"the title of two", e{Title: "Nhạc hiệu"}, "ambiguous [R4 R5]"},
		{"another file, but its title", e{Location: "khac.mp3", Title: "Lời chào"}, "[R6]"},
		{"any of them", e{ID: "Lời chào", Location: "Lời chào", Title: "Lời chào"}, "[R6]"},
		{"none", e{Title: "Khác"}, "unknown []"},
		{"nothing", e{}, "unknown []"},
		{"a folder", e{Location: "am/"}, "unknown []"},
	} {
		ids, missing := listfile.Match([]e{c.entry}, recordings())
		got := fmt.Sprint(ids)
		if len(missing) > 0 {
			got = fmt.Sprint(missing[0].Why, " ", missing[0].Candidates)
		}
		if got != c.want || len(ids)+len(missing) != 1 {
			t.Errorf("%s: got %s, want %s", c.why, got, c.want)
		}
	}
}

// TestMatchKeepsTheOrder: of the entries, twice the same included.
func TestMatchKeepsTheOrder(t *testing.T) {
	f, err := listfile.Read("a.txt", strings.NewReader("R3\nkhông có\ntiêm chủng.mp3\nNhạc hiệu\nR3"))
	if err != nil {
		t.Fatal(err)
	}
	ids, missing := listfile.Match(f.Entries, recordings())
	if fmt.Sprint(ids) != "[R3 R1 R3]" || len(missing) != 2 || missing[0].Line != 2 || missing[1].Line != 4 {
		t.Errorf("got %v, missing %+v", ids, missing)
	}
}
