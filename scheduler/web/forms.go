package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"loaphuong/scheduler"
)

// maxForm is the largest form taken in, in bytes. A letter that is pasted comes
// as an upload and has that bound.
const maxForm = 4 << 20

// action does what a form asks for, and answers.
type action func(w http.ResponseWriter, r *http.Request, v *view) error

// form reads a form and has do act on it; page is what the form stands on.
func (s *server) form(page string, do action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.view(w, r, page)
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		err := r.ParseForm()
		var over *http.MaxBytesError
		switch {
		case errors.As(err, &over):
			err = huma.NewError(http.StatusRequestEntityTooLarge, fmt.Sprintf("form: it is over %d bytes: shorten it", maxForm))
		case err != nil:
			err = scheduler.Invalid(fmt.Errorf("form: %w", err))
		default:
			err = do(w, r, v)
		}
		if err != nil {
			s.problem(w, r, v, err)
		}
	}
}

// askToSignIn shows somebody who is not signed in how to, and where to go then.
func (s *server) askToSignIn(w http.ResponseWriter, r *http.Request, v *view) {
	s.render(w, r, http.StatusUnauthorized, "signin", signInPage{view: v, Next: localPath(r.URL.Path)})
}

// crossOrigin refuses what the page of another site has a browser send.
func crossOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const words = "this was sent by a page of another site: open the centre's own page and do it there"
		if underAPI(r) {
			writeProblem(w, http.StatusForbidden, words)
			return
		}
		http.Error(w, "Yêu cầu này do trang của nơi khác gửi tới nên bị từ chối. Hãy mở trang của trung tâm và làm tại đó.\n"+words, http.StatusForbidden)
	}))
	return guard.Handler(next)
}

// formReader reads the fields of a form and gathers what is wrong with them, in
// the person's language.
type formReader struct {
	words
	values url.Values
	wrong  []string
}

// text is a field on one line.
func (f *formReader) text(name string) string {
	return strings.Join(strings.Fields(f.values.Get(name)), " ")
}

// lines is a field on several lines, with line feeds alone.
func (f *formReader) lines(name string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(f.values.Get(name)))
}

// number is a whole number from 0 to 10 000; an empty field is 0.
func (f *formReader) number(name string) int {
	s := f.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 10_000 {
		f.wrong = append(f.wrong, f.T("form.number", "text", s))
	}
	return n
}

// place is a number that a page wrote itself.
func (f *formReader) place(name string) int {
	n, err := strconv.Atoi(f.values.Get(name))
	if err != nil || n < 0 {
		f.wrong = append(f.wrong, f.T("form.place"))
		return 0
	}
	return n
}

func (f *formReader) ticked(name string) bool { return f.values.Get(name) != "" }

// date is a day, a month or a year.
func (f *formReader) date(name string) scheduler.Date {
	s := f.text(name)
	d, err := readDate(s)
	if err != nil {
		f.wrong = append(f.wrong, f.T("form.date", "text", s))
	}
	return d
}

// day is a whole day, or none.
func (f *formReader) day(name string) scheduler.Date {
	d := f.date(name)
	if !d.IsZero() && !d.Complete() {
		f.wrong = append(f.wrong, f.T("form.day", "text", f.text(name)))
	}
	return d
}

// hours are times of day, parted by commas or spaces, as "05:00, 17h30".
func (f *formReader) hours(name string) []scheduler.TimeOfDay {
	var hours []scheduler.TimeOfDay
	for _, s := range strings.FieldsFunc(f.text(name), func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		clock := strings.ReplaceAll(strings.ToLower(s), "h", ":")
		if strings.HasSuffix(clock, ":") {
			clock += "00"
		}
		t, err := scheduler.ParseTimeOfDay(clock)
		if err != nil {
			f.wrong = append(f.wrong, f.T("form.hour", "text", s))
			continue
		}
		hours = append(hours, t)
	}
	return hours
}

// weekdays are the ticked ones of seven boxes.
func (f *formReader) weekdays(name string) []time.Weekday {
	var days []time.Weekday
	for _, s := range f.values[name] {
		if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= 6 {
			days = append(days, time.Weekday(n))
		}
	}
	return days
}

// readDate reads a date as people write it, "27/8/2021", "8/2021" or "2021", or
// as [scheduler.ParseDate] does.
func readDate(s string) (scheduler.Date, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/.- ", r) })
	if len(parts) < 2 || len(parts[0]) == 4 {
		return scheduler.ParseDate(s)
	}
	var d scheduler.Date
	var numbers []int
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n == 0 {
			return d, scheduler.ErrInvalid
		}
		numbers = append(numbers, n)
	}
	switch len(numbers) {
	case 2:
		d = scheduler.Date{Month: time.Month(numbers[0]), Year: numbers[1]}
	case 3:
		d = scheduler.Date{Day: numbers[0], Month: time.Month(numbers[1]), Year: numbers[2]}
	}
	again, err := scheduler.ParseDate(d.String())
	if err != nil || again != d || d.Year < 1000 {
		return scheduler.Date{}, scheduler.ErrInvalid
	}
	return d, nil
}

// writeDate writes what [readDate] reads.
func writeDate(d scheduler.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%02d/%04d", d.Month, d.Year)
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}
