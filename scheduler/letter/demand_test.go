package letter

import (
	"encoding/json"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestReadDemands(t *testing.T) {
	written := scheduler.Date{Year: 2022, Month: 8, Day: 20}
	cases := []struct{ text, want string }{
		{"phát tối thiểu 03 lượt/ngày", `{"text":"tối thiểu 03 lượt/ngày","perDay":3}`},
		{"phát ít nhất 02 lần/ngày", `{"text":"ít nhất 02 lần/ngày","perDay":2}`},
		{"02 lần mỗi ngày", `{"text":"02 lần mỗi ngày","perDay":2}`},
		{"mỗi ngày phát tối thiểu 03 (ba) lượt", `{"text":"mỗi ngày phát tối thiểu 03 (ba) lượt","perDay":3}`},
		{"Tối thiểu hai buổi/tuần", `{"text":"Tối thiểu hai buổi/tuần","perWeek":2}`},
		{"phát 2-3 lượt/ngày", `{"text":"phát 2-3 lượt/ngày","perDay":2}`}, // the lower end is what is owed
		{"02 buổi/tuần, vào thứ Hai và thứ Sáu", `{"text":"02 buổi/tuần, vào thứ Hai và thứ Sáu","perWeek":2,"weekdays":[1,5]}`},
		{"02 buổi/tuần vào các ngày thứ 3, thứ 5, Chủ nhật", `{"text":"02 buổi/tuần vào các ngày thứ 3, thứ 5, Chủ nhật","perWeek":2,"weekdays":[2,4,0]}`},
		{"phát từ thứ Hai đến thứ Sáu", `{"text":"từ thứ Hai đến thứ Sáu","weekdays":[1,2,3,4,5]}`},
		{"phát vào Chủ nhật hằng tuần", `{"text":"vào Chủ nhật hằng tuần","weekdays":[0]}`},
		{"thời lượng 15 phút/ngày", `{"text":"thời lượng 15 phút/ngày","minutesPerDay":15}`},
		{"phát từ ngày 01/9 đến hết ngày 15/9", `{"text":"từ ngày 01/9 đến hết ngày 15/9","from":"2022-09-01","until":"2022-09-15"}`},
		{"phát từ ngày 01 đến ngày 15/9/2022", `{"text":"từ ngày 01 đến ngày 15/9/2022","from":"2022-09-01","until":"2022-09-15"}`},
		{"phát từ ngày 25/12 đến ngày 05/01", `{"text":"từ ngày 25/12 đến ngày 05/01","from":"2022-12-25","until":"2023-01-05"}`},               // over the new year
		{"phát từ ngày 25/12 đến ngày 05/01/2023", `{"text":"từ ngày 25/12 đến ngày 05/01/2023","from":"2022-12-25","until":"2023-01-05"}`},     // the year counts back
		{"phát từ nay đến hết ngày 15/9", `{"text":"từ nay đến hết ngày 15/9","from":"2022-08-20","until":"2022-09-15"}`},                       // the letter's own year
		{"phát từ nay đến hết ngày 15/01", `{"text":"từ nay đến hết ngày 15/01","from":"2022-08-20","until":"2023-01-15"}`},                     // which has no 15/01 to come
		{"phát đến hết ngày 30/11/2022", `{"text":"đến hết ngày 30/11/2022","until":"2022-11-30"}`},                                             // no beginning is given
		{"tuyên truyền trong tháng 11/2022", `{"text":"trong tháng 11/2022","from":"2022-11-01","until":"2022-11-30"}`},                         //
		{"tuyên truyền từ tháng 3 đến hết tháng 6/2023", `{"text":"từ tháng 3 đến hết tháng 6/2023","from":"2023-03-01","until":"2023-06-30"}`}, //
		{"tối thiểu 03 lượt/ngày, từ nay đến hết ngày 15/9", `{"text":"tối thiểu 03 lượt/ngày, từ nay đến hết ngày 15/9","perDay":3,"from":"2022-08-20","until":"2022-09-15"}`},
		{"đài xã 03 lượt/ngày; đài huyện 02 lượt/ngày", `{"text":"03 lượt/ngày","perDay":3} {"text":"02 lượt/ngày","perDay":2}`}, // two demands
		{"phát từ ngày 31/02 đến ngày 31/6", `{"text":"từ ngày 31/02 đến ngày 31/6"}`},                                           // no such days: the words are kept
		{"Lễ hội diễn ra từ ngày 20/9 đến ngày 25/9", ""},                                                                        // an event's time
		{"Công văn số 1/UBND-VP về lễ hội từ ngày 20/9 đến 25/9", ""},                                                            // a subject's
		{"giai đoạn 2021-2025, từ 5 đến 7 phút, lần thứ Hai, 100 lượt người, 50 km/ngày", ""},                                    // figures
	}
	for _, c := range cases {
		var got []string
		for _, d := range proseOf(c.text, written).demands {
			d.Spans = nil
			b, _ := json.Marshal(d.Demand)
			got = append(got, string(b))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.text, got, c.want)
		}
	}
}

func TestAYearThatNobodyGivesStaysUnknown(t *testing.T) {
	for _, d := range proseOf("phát từ ngày 01/9 đến hết ngày 15/9", scheduler.Date{}).demands {
		if !d.From.IsZero() || !d.Until.IsZero() {
			t.Errorf("from %s until %s, want neither", d.From, d.Until)
		}
	}
}
