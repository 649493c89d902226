package web

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"loaphuong/scheduler"
)

func TestDatesAsPeopleTypeThem(t *testing.T) {
	day := func(y, m, d int) scheduler.Date { return scheduler.Date{Year: y, Month: time.Month(m), Day: d} }
	for _, c := range []struct {
		text string
		want scheduler.Date
		ok   bool
	}{
		{"27/8/2021", day(2021, 8, 27), true},
		{"27/08/2021", day(2021, 8, 27), true},
		{"27-8-2021", day(2021, 8, 27), true},
		{"27.08.2021", day(2021, 8, 27), true},
		{"27 / 8 / 2021", day(2021, 8, 27), true},
		{"2021-08-27", day(2021, 8, 27), true},
		{"8/2021", day(2021, 8, 0), true}, // the day was left blank
		{"2021-08", day(2021, 8, 0), true},
		{"2021", day(2021, 0, 0), true},
		{"", scheduler.Date{}, true},
		{"31/2/2021", scheduler.Date{}, false},
		{"8/27/2021", scheduler.Date{}, false},
		{"27/8/21", scheduler.Date{}, false}, // of which century
		{"27/8", scheduler.Date{}, false},
		{"0/8/2021", scheduler.Date{}, false},
		{"1/2/3/2021", scheduler.Date{}, false},
		{"hôm nay", scheduler.Date{}, false},
		{"///", scheduler.Date{}, false},
	} {
		got, err := readDate(c.text)
		if got != c.want && c.ok || (err == nil) != c.ok {
			t.Errorf("%q: %v, %v", c.text, got, err)
		}
		if again, err := readDate(writeDate(c.want)); again != c.want || err != nil {
			t.Errorf("%v is written %q", c.want, writeDate(c.want))
		}
	}
}

func TestADemandAsItIsTyped(t *testing.T) {
	read := func(query string) (scheduler.Demand, string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f := &formReader{words: readLanguages(files)[vietnamese], values: values}
		return f.demand("0."), strings.Join(f.wrong, " ")
	}
	m, wrong := read("0.text=+ba++l%E1%BA%A7n+&0.perDay=3&0.perWeek=2&0.perMonth=4&0.total=90&0.minutesPerDay=15&0.minutesEach=5" +
		"&0.weekdays=1&0.weekdays=5&0.weekdays=0&0.weekdays=9&0.hours=5:00,+17h30+18h&0.from=1/9/2021&0.until=15/9/2021&0.around=2/9/2021&0.regular=yes&0.relay=yes&1.perDay=7")
	want := scheduler.Demand{
		Text: "ba lần", PerDay: 3, PerWeek: 2, PerMonth: 4, Total: 90, MinutesPerDay: 15, MinutesEach: 5,
		Weekdays: []time.Weekday{1, 5, 0}, Hours: []scheduler.TimeOfDay{300, 1050, 1080},
		From: plainDate("1/9/2021"), Until: plainDate("15/9/2021"), Around: plainDate("2/9/2021"), Regular: true, Relay: true,
	}
	if wrong != "" || !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v, %s", m, wrong)
	}
	for query, says := range map[string]string{
		"0.perDay=ba":     "“ba” không phải là số",
		"0.perDay=-1":     "“-1” không phải là số",
		"0.perDay=10001":  "không phải là số",
		"0.hours=25:00":   "“25:00” không phải là giờ",
		"0.until=9/2021":  "“9/2021” chưa đủ ngày",
		"0.from=mai":      "“mai” không phải là ngày",
		"0.hours=,+,":     "",
		"0.weekdays=xyz":  "",
		"0.attached=yes":  "",
		"0.minutesEach=0": "",
	} {
		if _, wrong := read(query); !strings.Contains(wrong, says) || (says == "") != (wrong == "") {
			t.Errorf("%s: %q, want %q", query, wrong, says)
		}
	}
}

func TestADemandInWords(t *testing.T) {
	vi, en := testView(vietnamese), testView(english)
	until := plainDate("15/9/2021")
	for _, c := range []struct {
		v    *view
		m    scheduler.Demand
		want string
	}{
		{vi, scheduler.Demand{PerDay: 3, Until: until}, "3 lượt/ngày|đến hết 15/09/2021"},
		{vi, scheduler.Demand{PerWeek: 2, Weekdays: []time.Weekday{1, 5}}, "2 lượt/tuần|Thứ Hai|Thứ Sáu"},
		{vi, scheduler.Demand{PerMonth: 4, Total: 9, MinutesPerDay: 15, MinutesEach: 5}, "4 lượt/tháng|tổng 9 lượt|15 phút/ngày|5 phút/lượt"},
		{vi, scheduler.Demand{Hours: []scheduler.TimeOfDay{300, 1050}, From: until, Around: until}, "lúc 05:00, 17:30|từ 15/09/2021|quanh 15/09/2021"},
		{en, scheduler.Demand{Regular: true, Attached: true, Relay: true}, "regularly|material attached|relay"},
		{vi, scheduler.Demand{Text: "tăng thời lượng"}, ""}, // a wish
	} {
		if got := strings.Join(c.v.Asks(c.m), "|"); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
