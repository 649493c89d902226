package listfile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"loaphuong/scheduler/listfile"
)

// shown writes entries as "line location|title|seconds|ID|digest".
func shown(f listfile.File) string {
	parts := []string{f.Title + ":"}
	for _, e := range f.Entries {
		parts = append(parts, fmt.Sprintf("%d %s|%s|%v|%s|%s", e.Line, e.Location, e.Title, e.Length.Seconds(), e.ID, e.Digest))
	}
	return strings.Join(parts, "\n")
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ why, name, content, want string }{
		{"M3U", "a.m3u", "#EXTM3U\n#PLAYLIST:Sáng thứ Hai\n# một lời\n\n#EXTINF:90,Tiêm chủng\nam/tiem.mp3\nb.mp3\n", "Sáng thứ Hai:\n6 am/tiem.mp3|Tiêm chủng|90||\n7 b.mp3||0||"},
		{"M3U without a head", "a.m3u8", "a.mp3\nb.mp3", ":\n1 a.mp3||0||\n2 b.mp3||0||"},
		{"M3U of Windows", "a.m3u", "\ufeff#EXTM3U\r\n#EXTINF:-1,Bài\r\nC:\\Loa\\bài.mp3\r\n", ":\n3 C:\\Loa\\bài.mp3|Bài|0||"},
		{"M3U of an old Mac", "a.m3u", "#EXTM3U\r#EXTINF:2.5, Bài \ra.mp3\r", ":\n3 a.mp3|Bài|2.5||"},
		{"EXTINF with keys", "a.m3u", "#EXTINF:10 logo=\"a,b\",Tin, bài\na.mp3\n", ":\n2 a.mp3|Tin, bài|10||"},
		{"EXTINF without a title", "a.m3u", "#EXTINF:10\na.mp3\nb.mp3", ":\n2 a.mp3||10||\n3 b.mp3||0||"},
		{"M3U by its content", "ds", "#EXTM3U\na.mp3", ":\n2 a.mp3||0||"},
		{"the code page of Vietnamese Windows", "a.m3u", "ti\xeam chu\xd2ng.mp3", ":\n1 tiêm chủng.mp3||0||"}, // the tone is a letter
		{"decomposed", "a.m3u", "tie\u0302m.mp3", ":\n1 ti\u00eam.mp3||0||"},
		{"UTF-16", "a.csv", "\xff\xfea\x00\n\x00b\x00", ":\n1 a|a|0|a|\n2 b|b|0|b|"},

		{"XSPF", "a.xspf", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n<title>Sáng</title><trackList>\n<track><location>file:///a%20b.mp3</location>\n<location>c.mp3</location><identifier>R1</identifier><identifier>urn:sha256:ab</identifier><title> Tiêm\n chủng &amp; khác</title><duration>1500</duration><album>x</album></track>\n<track><title>Hai</title><extension application=\"x\"><location>no.mp3</location></extension></track></trackList></playlist>", "Sáng:\n4 file:///a%20b.mp3|Tiêm chủng & khác|1.5|R1|ab\n7 |Hai|0||"},
		{"XSPF by its content", "a.txt", "\n<playlist><trackList><track><location>a</location></track></trackList></playlist>", ":\n2 a||0||"},
		{"XSPF that names another coding", "a.xspf", "<?xml version=\"1.0\" encoding=\"windows-1258\"?><playlist><trackList><track><title>\xf0\xea</title></track></trackList></playlist>", ":\n1 |đê|0||"},

		{"CSV", "a.csv", "recording,title,file,digest,length\nR1,\"Tin, bài\",a.mp3,ab,1:30\n,Hai,,,\n", ":\n2 a.mp3|Tin, bài|90|R1|ab\n3 |Hai|0||"},
		{"CSV in Vietnamese", "a.csv", "\ufeffSTT;Mã;Tiêu đề;Tệp;Thời lượng\r\n1;R1;Một;a.mp3;1:00:01\r\n2;;Hai;;2,5\r\n", ":\n2 a.mp3|Một|3601|R1|\n3 |Hai|2.5||"},
		{"CSV without marks", "a.csv", "tieu de\tTEP\nMột\ta.mp3", ":\n2 a.mp3|Một|0||"},
		{"one column with a name", "a.csv", "tiêu đề\nTin, bài\n\nHai", ":\n2 |Tin|0||\n4 |Hai|0||"}, // a comma parts cells
		{"one column without", "a.txt", "Tin, bài\n\n\"Một \"\"hai\"\"\"\n", ":\n1 Tin, bài|Tin, bài|0|Tin, bài|\n3 Một \"hai\"|Một \"hai\"|0|Một \"hai\"|"},
		{"a cell over two lines", "a.csv", "title,file\n\"Một\nhai\",a.mp3\nBa,b.mp3", ":\n2 a.mp3|Một hai|0||\n4 b.mp3|Ba|0||"},
		{"a cell that was made harmless", "a.csv", "title\n'=SUM(A1)\n'ngoặc'", ":\n2 |=SUM(A1)|0||\n3 |'ngoặc'|0||"},
	} {
		got, err := listfile.Read(c.name, strings.NewReader(c.content))
		if s := shown(got); err != nil || s != c.want {
			t.Errorf("%s: got %s, %v\nwant %s", c.why, s, err, c.want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ why, name, content, want string }{
		{"nothing", "a.m3u", "", "it names no recording: give at least one"},
		{"a head alone", "a.m3u", "#EXTM3U\n#EXTINF:3,Tin\n", "it names no recording"},
		{"a table without rows", "a.csv", "title,file\n", "it names no recording"},
		{"no such format", "a.pls", "[playlist]\nFile1=a.mp3", "it is none of M3U, XSPF and CSV: save it as one of these"},
		{"sound", "a.mp3", "ID3\x03\x00\x00", "it is no text: save it as"},
		{"half a character of UTF-16", "a.csv", "\xff\xfea\x00\x00\x00", "it is no text"},
		{"too large", "a.m3u", strings.Repeat("a", listfile.MaxSize+1), "it is larger than 1024 KiB"},
		{"too many", "a.m3u", strings.Repeat("a\n", listfile.MaxEntries+1), "line 501: there are more than 500 entries: make two lists"},
		{"too many in a table", "a.csv", "title\n" + strings.Repeat("a\n", listfile.MaxEntries+1), "line 502: there are more than 500 entries"},
		{"a length that is none", "a.m3u", "a.mp3\n#EXTINF:dài,Tin\nb.mp3", `line 2: length "dài" in EXTINF: write it in seconds`},
		{"a length without end", "a.m3u", "#EXTINF:inf,Tin\nb.mp3", `line 1: length "inf" in EXTINF`},
		{"a length of no number", "a.m3u", "#EXTINF:NaN,Tin\nb.mp3", `line 1: length "NaN" in EXTINF`},
		{"a length of days", "a.csv", "title,length\na,25:00:00", `line 2: length "25:00:00": write seconds or minutes:seconds, up to a day`},
		{"a length of too many parts", "a.csv", "title,length\na,1:2:3:4", `line 2: length "1:2:3:4"`},
		{"an open quote", "a.csv", "title,file\na,b\n\"a,b\n", "line 3: extraneous or missing \" in quoted-field: save it again as CSV"},
		{"another root", "a.xspf", "<rss>\n</rss>", `line 1: its root is "rss": an XSPF file begins with <playlist>`},
		{"a document type", "a.xspf", "<!DOCTYPE playlist [<!ENTITY a \"b\">]>\n<playlist/>", "line 1: it has a document type: leave it out"},
		{"an entity", "a.xspf", "<playlist>\n<title>&a;</title></playlist>", "line 2: not well-formed: invalid character entity &a;"},
		{"an open element", "a.xspf", "<playlist>\n<title>", "line 2: not well-formed: unexpected EOF: save it again as XSPF"},
		{"elements in elements", "a.xspf", "<playlist>" + strings.Repeat("<a>", 40), "nested more than 32 deep"},
		{"a duration that is none", "a.xspf", "<playlist><trackList>\n<track><duration>1:30</duration></track></trackList></playlist>", `line 2: duration "1:30": write it in milliseconds`},
	} {
		got, err := listfile.Read(c.name, strings.NewReader(c.content))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) || got.Entries != nil {
			t.Errorf("%s: got %v, %v; want %q", c.why, got, err, c.want)
		}
	}
}

func TestReadPassesOnWhatBreaks(t *testing.T) {
	broken := errors.New("broken")
	if _, err := listfile.Read("dir/a.m3u", iotest.ErrReader(broken)); !errors.Is(err, broken) || !strings.Contains(err.Error(), `playlist file "a.m3u"`) {
		t.Errorf("got %v", err)
	}
}

// TestReadBounds: a file at its bounds is read.
func TestReadBounds(t *testing.T) {
	full := strings.Repeat("a\n", listfile.MaxEntries)
	full += strings.Repeat("#", listfile.MaxSize-len(full))
	got, err := listfile.Read("a.m3u", strings.NewReader(full))
	if err != nil || len(got.Entries) != listfile.MaxEntries {
		t.Errorf("%d entries, %v", len(got.Entries), err)
	}
	if day, err := listfile.Read("a.m3u", strings.NewReader("#EXTINF:86400,a\nb")); err != nil || day.Entries[0].Length != 24*time.Hour {
		t.Errorf("a day is %+v, %v", day, err)
	}
}
