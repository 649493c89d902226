package ledger_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loaphuong/scheduler"
	"loaphuong/scheduler/ledger"
)

// writer is one of the ways to write a report.
type writer func(io.Writer, scheduler.AirtimeReport) error

// written is what a writer of reports writes.
func written(t *testing.T, write writer, r scheduler.AirtimeReport) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTable(t *testing.T) {
	const want = `
STATION                                  EXPECT  AIRED LATE PART  MISS RECL WAIV  UNKN  NEXT NOW    SOUND           LAST
12/UBND  phòng cháy
  1. Phòng cháy
    Đài An Bình                               2      0    0    0     0    1    1     0     0   0  0:00:00
    Đài thôn 1                                1      0    0    1     0    0    0     0     0   0  0:01:00 05/10 21:35:00
3168/UBND-VP  tiêm chủng
  1. Tiêm vắc-xin
    Đài An Bình                               1      0    0    0     0    0    0     1     0   0  0:00:00
    Đài Tân Hưng                              4      2    0    0     1    0    0     0     1   0  0:02:00 05/10 19:05:00
  2. =cmd|' /C calc'!A0
    Đài Tân Hưng                              1      0    1    0     0    0    0     0     0   0  0:00:01 05/10 19:00:10
(no letter)
  -
    Đài thôn 1                                2      1    0    0     0    0    0     0     0   1  0:01:00 05/10 21:55:00
TOTAL                                        11      3    1    1     1    1    1     1     1   1  0:04:01
why: power 2, busy 1
`
	got := written(t, ledger.WriteTable, report(t, week(), scheduler.AirtimeQuery{}))
	if got != want[1:] {
		t.Errorf("got:\n%s\nwant:\n%s", got, want[1:])
	}
}

func TestTableIsNarrowAndTame(t *testing.T) {
	s := week()
	s.directives[1].Subject = strings.Repeat("tuyên truyền ", 20)
	s.directives[1].Topics[0].Title = "Tiêm vắc-xin phòng bệnh cho trẻ em\x1b[31m\nvà người cao tuổi"
	s.stations[0].Name = "Đài truyền thanh cơ sở xã Tân Hưng, cụm loa thôn Đông"
	got := written(t, ledger.WriteTable, report(t, s, scheduler.AirtimeQuery{}))
	for line := range strings.Lines(got) {
		line = strings.TrimSuffix(line, "\n")
		if n := utf8.RuneCountInString(line); n > 120 || strings.ContainsAny(line, "\x1b\r") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
	if !strings.Contains(got, "    Đài truyền thanh cơ sở xã Tân Hưng…       4") {
		t.Errorf("names are not cut at letters:\n%s", got)
	}
}

func TestCSV(t *testing.T) {
	got := written(t, ledger.WriteCSV, report(t, week(), scheduler.AirtimeQuery{Directive: "old", Station: "dai-tan-hung"}))
	const want = "\ufeff" + `directive,number,subject,topic,title,station,station_name,area,area_name,` +
		`expected,aired,late,partial,missed,recalled,waived,unknown,upcoming,on_air,sounded_seconds,first,last,reasons
old,3168/UBND-VP,tiêm chủng,1,Tiêm vắc-xin,dai-tan-hung,Đài Tân Hưng,tan-hung,Xã Tân Hưng,` +
		`4,2,0,0,1,0,0,0,1,0,120.0,2026-10-05 19:00:00 +07:00,2026-10-05 19:05:00 +07:00,power 1
old,3168/UBND-VP,tiêm chủng,2,'=cmd|' /C calc'!A0,dai-tan-hung,Đài Tân Hưng,tan-hung,Xã Tân Hưng,` +
		`1,0,1,0,0,0,0,0,0,0,1.0,2026-10-05 19:00:10 +07:00,2026-10-05 19:00:10 +07:00,busy 1
`
	if got != strings.ReplaceAll(want, "\n", "\r\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestCSVRunsNothing(t *testing.T) {
	cases := []struct {
		title    string
		harmless bool
	}{
		{"=1+1", false},
		{"+84 220", false},
		{"-1", false},
		{"@SUM(A1)", false},
		{"\t=1", false},
		{"  =1", false},
		{"＝1", false}, // full width, which some spreadsheets read alike
		{"Tiêm vắc-xin = sức khoẻ", true},
		{"", true},
	}
	for _, c := range cases {
		s := week()
		s.directives[0].Topics[0].Title = c.title
		records, err := csv.NewReader(strings.NewReader(written(t, ledger.WriteCSV, report(t, s, scheduler.AirtimeQuery{Directive: "new"})))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := c.title
		if !c.harmless {
			want = "'" + c.title
		}
		if got := records[1][4]; got != want {
			t.Errorf("title %q is written as %q, want %q", c.title, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	want := report(t, week(), scheduler.AirtimeQuery{From: start})
	var got scheduler.AirtimeReport
	if err := json.Unmarshal([]byte(written(t, ledger.WriteJSON, want)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != len(want.Rows) || got.Rows[3].Title != "Tiêm vắc-xin" || got.Rows[3].Reasons[scheduler.PowerLost] != 1 ||
		got.Total.Sounded != 4*time.Minute+time.Second || !got.Rows[3].FirstAired.Equal(want.Rows[3].FirstAired) {
		t.Errorf("the report came back as %+v", got)
	}
	empty := written(t, ledger.WriteJSON, report(t, province(), scheduler.AirtimeQuery{}))
	if !strings.Contains(empty, `"rows": []`) {
		t.Errorf("a report of nothing is %s", empty)
	}
}

// full is a disk with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestReportsSayWhenTheyAreNotWritten(t *testing.T) {
	r := report(t, week(), scheduler.AirtimeQuery{})
	for name, write := range map[string]writer{"table": ledger.WriteTable, "CSV": ledger.WriteCSV, "JSON": ledger.WriteJSON} {
		if write(full{}, r) == nil {
			t.Errorf("%s: a full disk went unnoticed", name)
		}
	}
}
