package localpage

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// bom tells a spreadsheet that what follows is UTF-8.
const bom = "\ufeff"

// journal is the page of one day of the log.
type journal struct {
	page
	Day             time.Time
	Before, After   string // the days beside it, After "" for today
	Lines           []Line
	Heard, Unheard  int // airings that sounded whole, and the others
	Fault, Download string
}

const dayLayout = "2006-01-02"

func (s *server) logPage(w http.ResponseWriter, r *http.Request) {
	j, status := s.journal(r)
	remember(w, r, j.page)
	s.render(w, status, "log", j)
}

// journal reads the log of the day that the address names, today where it names none.
func (s *server) journal(r *http.Request) (journal, int) {
	p := s.newPage(r, "log")
	today := midnight(p.View.Now, p.Zone, p.Zone)
	j := journal{page: p, Day: today}
	if asked := r.URL.Query().Get("day"); asked != "" {
		day, err := time.ParseInLocation(dayLayout, asked, p.Zone)
		if err != nil {
			j.Fault = p.T("log.badday", "day", asked)
			return j, http.StatusBadRequest
		}
		j.Day = day
	}
	j.Before = j.Day.AddDate(0, 0, -1).Format(dayLayout)
	if j.Day.Before(today) {
		j.After = j.Day.AddDate(0, 0, 1).Format(dayLayout)
	}
	j.Download = j.Day.Format(dayLayout)
	lines, err := s.station.Log(j.Day)
	if err != nil {
		s.log.Error("read the log for the station's page", "day", j.Download, "err", err)
		j.Fault = p.T("log.fails", "why", err.Error())
		return j, http.StatusInternalServerError
	}
	j.Lines = lines
	j.count()
	return j, http.StatusOK
}

func (j *journal) count() {
	for _, l := range j.Lines {
		switch l.Outcome {
		case "aired", "late":
			j.Heard++
		case "":
		default:
			j.Unheard++
		}
	}
}

// Look is how an outcome shows: a colour, which never tells alone.
func (l Line) Look() string {
	switch l.Outcome {
	case "aired":
		return "good"
	case "late", "partial":
		return "warn"
	case "missed":
		return "bad"
	}
	return "live"
}

// Outcome is what became of an airing, in words.
func (p page) Outcome(l Line) string {
	if l.Outcome == "" {
		return p.T("outcome.open")
	}
	return p.Or("outcome."+l.Outcome, l.Outcome)
}

// Evidence is how well an airing is proved, in words.
func (p page) Evidence(l Line) string { return p.Or("evidence."+l.Evidence, l.Evidence) }

func (s *server) logCSV(w http.ResponseWriter, r *http.Request) {
	j, status := s.journal(r)
	if j.Fault != "" {
		http.Error(w, j.Fault, status)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="nhat-ky-%s.csv"`, j.Download))
	if err := j.writeCSV(w); err != nil {
		s.log.Warn("send the log", "day", j.Download, "err", err)
	}
}

// writeCSV writes the day for a spreadsheet, the words in the language of the page.
func (j journal) writeCSV(w io.Writer) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	var head []string
	for _, key := range []string{"planned", "begun", "item", "outcome", "reason", "detail", "sounded", "length", "evidence"} {
		head = append(head, j.T("csv."+key))
	}
	c.Write(head)
	for _, l := range j.Lines {
		c.Write([]string{j.stamp(l.Start), j.stamp(l.Begun), harmless(l.Title), harmless(j.Outcome(l)), harmless(j.Reason(l.Reason)), harmless(l.Detail),
			tenths(l.Sounded), tenths(l.Length), harmless(j.Evidence(l))})
	}
	c.Flush()
	return c.Error() // of any Write before, too
}

func (j journal) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(j.Zone).Format("2006-01-02 15:04:05 -07:00")
}

func tenths(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) }

// harmless keeps a text from being run as a formula.
func harmless(s string) string {
	if t := strings.TrimLeft(s, " "); t != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(t)[0]) {
		return "'" + s
	}
	return s
}
