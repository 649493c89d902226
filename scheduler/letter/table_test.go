package letter

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTable(t *testing.T) {
	cases := []struct{ why, text, want string }{
		{"columns side by side", "STT  Nội dung            Số lần\n1    Phòng dịch          02 lần/ngày\n     ở trẻ em\n2    Bầu cử              03 lần/tuần\n", "[1] Phòng dịch ở trẻ em | 02 lần/ngày | [2] Bầu cử | 03 lần/tuần"},
		{"rows with blank lines between", "TT   Nội dung    Lượt\n\n01   Phòng dịch  2\n\n02   Bầu cử      3\n\n     Các đài phát.", "[01] Phòng dịch | 2 | [02] Bầu cử | 3"},
		{"cells one behind the other", "STT\nNội dung\nSố lần\n\n1\n\nPhòng dịch\n\n2 lần/ngày\n2\nBầu cử\n3 lần/tuần\n\nTrân trọng.", "[1] Phòng dịch | 2 lần/ngày | [2] Bầu cử | 3 lần/tuần"},
		{"no head", "1    Phòng dịch\n2    Bầu cử", ""},
	}
	for _, c := range cases {
		rows, _ := readTable(c.text, linesOf(c.text))
		var got []string
		for _, row := range rows {
			if row.label != "" {
				got = append(got, fmt.Sprintf("[%s] %s", row.label, row.text))
			} else {
				got = append(got, row.text)
			}
		}
		if strings.Join(got, " | ") != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func TestRowsAreTopicsWithTheirDemands(t *testing.T) {
	d, err := Parse("Số: 1/UBND\nA, ngày 2 tháng 3 năm 2021\nKính gửi: Các đài\n\nĐề nghị phát các nội dung sau:\n\nSTT  Nội dung            Thời gian          Số lần\n" +
		"1    Phòng dịch          01 - 15/4/2021     02 lần/ngày\n2    Bầu cử              Quý II/2021        03 lần/tuần\n\nTrân trọng.")
	if err != nil || len(d.Topics) != 2 || len(d.Demands) != 0 {
		t.Fatalf("%+v, %v", d, err)
	}
	a, b := d.Topics[0], d.Topics[1]
	if a.Text != "Phòng dịch" || len(a.Demands) != 1 || a.Demands[0].PerDay != 2 || a.Demands[0].Until.String() != "2021-04-15" {
		t.Errorf("the first row is %+v", a)
	}
	if b.Section != "2" || len(b.Demands) != 1 || b.Demands[0].PerWeek != 3 || b.Demands[0].From.String() != "2021-04-01" {
		t.Errorf("the second row is %+v", b)
	}
}
