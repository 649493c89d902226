package letter_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
)

// askedOf is a paragraph behind the topics of a letter, and what it demands of
// all of them.
type askedOf struct {
	Date    scheduler.Date
	Text    string
	Demands []answerDemand
}

// letterAround is a letter of the given day about two topics, in which nothing
// but the text is demanded.
func (a askedOf) letterAround() string {
	return fmt.Sprintf(`ỦY BAN NHÂN DÂN HUYỆN TÂN AN
PHÒNG VĂN HÓA VÀ THÔNG TIN
Số: 45/VHTT-TT
V/v tuyên truyền trên hệ thống truyền thanh cơ sở

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân An, ngày %02d tháng %02d năm %d

Kính gửi: Ủy ban nhân dân các xã, thị trấn

Phòng Văn hóa và Thông tin đề nghị Ủy ban nhân dân các xã, thị trấn quan tâm các nội dung sau:

1. Tuyên truyền về tiêm chủng mở rộng cho trẻ em.

2. Tuyên truyền về phòng cháy, chữa cháy tại khu dân cư.

%s

Nơi nhận:
- Như trên;
- Lưu: VT.

TRƯỞNG PHÒNG

Nguyễn Văn Nhật
`, a.Date.Day, a.Date.Month, a.Date.Year, a.Text)
}

// TestDemandScores reads what offices say behind the topics of a letter about
// how to air all of them, and holds the reading against the answers beside it.
// The variable DEMANDS names another file of such answers.
func TestDemandScores(t *testing.T) {
	file := os.Getenv("DEMANDS")
	paragraphs := readAsked(t, cmp.Or(file, filepath.Join("testdata", "demands", "tuned.json")))
	s := &scores{}
	for i, a := range paragraphs {
		s.tell = func(format string, args ...any) {
			t.Logf("%d. %s: %s\n\t%s", i+1, a.Date, fmt.Sprintf(format, args...), a.Text)
		}
		got, err := letter.Parse(a.letterAround())
		if err != nil {
			t.Errorf("%d. %s: %v", i+1, a.Text, err)
		}
		s.readDemands(ofLetter(got), answer{Demands: a.Demands}, nil)
	}
	s.demands.given += s.demands.right // what is right was given too
	t.Logf("%d paragraphs: precision %.3f  recall %.3f  F1 %.3f  (%d right of %d, %d given)", len(paragraphs),
		s.demands.precision(), s.demands.recall(), s.demands.f1(), s.demands.right, s.demands.wanted, s.demands.given)
	if s.demands.f1() < leastDemands && file == "" {
		t.Errorf("F1 of demands is %.3f, below %.2f", s.demands.f1(), leastDemands)
	}
}

// leastDemands is the F1 that the reading of demands does not fall below.
const leastDemands = 0.86

func readAsked(t *testing.T, file string) (all []askedOf) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return all
}

// ofLetter is a reading with what it demands of its topics demanded of all.
func ofLetter(d scheduler.Directive) scheduler.Directive {
	all := append([]scheduler.Demand{}, d.Demands...)
	for _, topic := range d.Topics {
		all = append(all, topic.Demands...)
	}
	return scheduler.Directive{Demands: all}
}
