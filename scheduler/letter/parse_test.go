package letter

import (
	"errors"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestParseRefuses(t *testing.T) {
	cases := []struct {
		why, text string
		want      error
		says      string // what to do about it
	}{
		{"nothing", "", ErrNotALetter, "Kính gửi"},
		{"only a byte order mark", "\ufeff", ErrNotALetter, "Kính gửi"},
		{"a shopping list", "- sữa\n- trứng", ErrNotALetter, "give the text of the letter itself"},
		{"prose of another kind", "Ngày xửa ngày xưa có một ông vua.", ErrNotALetter, "Kính gửi"},
		{"a program's file", "PK\x03\x04\x00\x00", ErrNotALetter, "save that as UTF-8 text"},
		{"a PDF", "%PDF-1.7\n", ErrNotALetter, "copy the text"},
		{"an older encoding", "K\xddnh g\xf6i", ErrNotUTF8, "save the letter as UTF-8"},
		{"too many bytes", strings.Repeat("a", MaxBytes+1), ErrTooLarge, "without its appendices"},
		{"too many citations", strings.Repeat("số 1/QĐ-UBND; ", maxCitations+1), ErrTooLarge, "citations"},
		{"too many topics", strings.Repeat("- Tuyên truyền A\n", maxTopics+1), ErrTooLarge, "topics"},
	}
	for _, c := range cases {
		_, err := Parse(c.text)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %v that says %q", c.why, err, c.want, c.says)
		}
	}
}

func TestParseTakes(t *testing.T) {
	cases := []struct{ why, text string }{
		{"a number alone", "Số: 12/SYT-NVY"},
		{"addressees alone", "Kính gửi: Các đài"},
		{"a cited document alone", "Xem Công văn số 12/SYT-NVY."},
		{"an order alone", "- Tuyên truyền phòng cháy rừng"},
	}
	for _, c := range cases {
		d, err := Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
		}
		if d.Topics == nil || d.Citations == nil || d.Demands == nil {
			t.Errorf("%s: a nil list, which JSON would write as null: %+v", c.why, d)
		}
	}
}

func TestOneLetterInAnySpelling(t *testing.T) {
	const text = "Số: 1/SYT-NVY\nA, ngày 2 tháng 3 năm 2021\nKính gửi: Các đài\n\n1. Tuyên truyền Kế hoạch số 7/KH-UBND của UBND tỉnh về bầu cử."
	want, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ why, text string }{
		{"a byte order mark", "\ufeff" + text},
		{"line ends of Windows", strings.ReplaceAll(text, "\n", "\r\n")},
		{"decomposed characters", strings.NewReplacer("ư", "u\u031b", "ử", "u\u031b\u0309", "ế", "e\u0302\u0301", "ỉ", "i\u0309", "ề", "e\u0302\u0300").Replace(text)},
		{"hard spaces", strings.ReplaceAll(text, "số 7", "số\u00a07")},
		{"a hyphen that does not break", strings.ReplaceAll(text, "KH-UBND", "KH\u2011UBND")},
	}
	for _, c := range cases {
		got, err := Parse(c.text)
		if err != nil || got.ID != want.ID || len(got.Topics) != 1 || strings.Join(signs(got.Citations), ";") != strings.Join(signs(want.Citations), ";") {
			t.Errorf("%s: %v\n  got  %+v\n  want %+v", c.why, err, got, want)
		}
	}
	if want.ID != scheduler.DirectiveIDOf(text) {
		t.Errorf("ID %s is not that of the text", want.ID)
	}
}

func TestALetterDoesNotCiteItself(t *testing.T) {
	d, err := Parse("Số: 12/SYT-NVY\nV/v thực hiện Công văn số 3/UBND-VP\nA, ngày 2 tháng 3 năm 2021\nKính gửi: Các đài\n\n" +
		"1. Tuyên truyền theo Công văn số 12/SYT-NVY và Công văn số 12/SYT-NVY ngày 2/3/2020.")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(signs(d.Citations), "; ")
	if want := "Công văn | 3/UBND-VP |  |  | ; Công văn | 12/SYT-NVY | 2020-03-02 |  | "; got != want {
		t.Errorf("cited: %s\nwant:  %s (its subject's, and last year's of the same number)", got, want)
	}
}
