package cmd

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

// say runs the staff's program and returns what it prints.
func (w *week) say(typed string, args ...string) string {
	w.t.Helper()
	dir, err := programs()
	w.must(err)
	c := exec.CommandContext(w.t.Context(), filepath.Join(dir, "loaphuong"), append(args, "--data", w.centreData())...)
	var out, talk strings.Builder
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(typed), &out, &talk
	if err := c.Run(); err != nil {
		w.t.Fatalf("loaphuong %s: %v: %s", strings.Join(args, " "), err, talk.String())
	}
	return out.String()
}

// settle makes three communes with ten stations each.
func (w *week) settle() {
	w.say("", "area", "add", "tinh", "--name", "Tỉnh")
	for i := range 3 {
		area := scheduler.AreaID(fmt.Sprint("xa-", i+1))
		w.say("", "area", "add", string(area), "--name", fmt.Sprint("Xã ", i+1), "--parent", "tinh")
		for j := range 10 {
			id := scheduler.StationID(fmt.Sprintf("dai-%d-%d", i+1, j+1))
			_, err := w.desk().AddStation(w.t.Context(), scheduler.Station{ID: id, Area: area, Volume: 100})
			w.must(err)
			w.stations[id] = area
		}
	}
}

// confirmLetter puts right what is demanded and confirms it, for one commune
// with priority.
func (w *week) confirmLetter() {
	w.say("demand 1 a-day=3\ndemand 2 a-week=3 days=1,3,5\ndemand 3 a-week=2\nconfirm xa-1 xa-2\n",
		"directive", "import", "../docs/examples/cong-van-1022.txt", "--review", "--by", "Lan")
	all, err := w.desk().Directives(w.t.Context())
	w.must(err)
	w.letter = all[0].ID
	w.say("", "directive", "confirm", string(w.letter), "--area", "xa-3", "--class", "priority", "--by", "Lan")
	w.owed, err = w.desk().Obligations(w.t.Context(), w.letter)
	w.must(err)
	if len(w.owed) != 3*len(all[0].Topics) || len(all[0].Topics) != notRecorded {
		w.t.Fatalf("%d topics owed %d times", len(all[0].Topics), len(w.owed))
	}
	for _, o := range w.owed {
		if (o.Area == "xa-3") != (o.Class == scheduler.Priority) {
			w.t.Errorf("%s owes topic %d with class %q", o.Area, o.Topic, o.Class)
		}
	}
}

// record has the topics spoken and approved, but for two.
func (w *week) record() {
	w.speak(0, web.NewRecording{Title: "Nhạc hiệu", Script: "Đài xã."})
	for topic := 1; topic < notRecorded; topic++ {
		w.speak(topic, web.NewRecording{Directive: w.letter, Topic: topic, Script: strings.Repeat("Bản tin. ", 1+topic%3)})
	}
}

func (w *week) speak(topic int, n web.NewRecording) {
	w.t.Helper()
	r, err := w.desk().Speak(w.t.Context(), n)
	w.must(err)
	w.recordings[topic] = r
	if topic != notApproved {
		w.say("", "recording", "approve", string(r.ID), "--digest", string(r.Digest), "--by", "Hùng")
	}
}

// addProgrammes gives the first commune room for all, the second too few
// windows for some, and the third windows that are too short, with one of them
// in quiet hours. On Sundays somebody has put something in.
func (w *week) addProgrammes() {
	tune := string(w.recordings[0].ID)
	for _, p := range [][]string{
		{"sang-1", "--area", "xa-1", "--cron", "0 5 * * *", "--length", "3m"},
		{"trua-1", "--area", "xa-1", "--cron", "30 11 * * *", "--length", "3m"},
		{"chieu-1", "--area", "xa-1", "--cron", "0 17 * * *", "--length", "3m"},
		{"sang-2", "--area", "xa-2", "--cron", "15 5 * * *", "--length", "2m", "--tune", tune},
		{"chieu-2", "--area", "xa-2", "--cron", "30 16 * * *", "--length", "2m", "--tune", tune},
		{"sang-3", "--area", "xa-3", "--cron", "0 6 * * *", "--length", "12s"},
		{"trua-3", "--area", "xa-3", "--cron", "0 12 * * 1-5", "--length", "12s"},
		{"chieu-3", "--area", "xa-3", "--cron", "0 17 * * *", "--length", "2m"},
	} {
		w.say("", append([]string{"programme", "add"}, p...)...)
	}
	w.say("", "rule", "add", "yen", "--area", "xa-3", "--quiet", "16:30-18:00", "--sessions", "2")
	w.say("", "playlist", "add", tune, "--title", "Chủ nhật", "--area", "xa-1", "--programme", "trua-1", "--cron", "30 11 * * 0", "--by", "Lan")
	var err error
	w.programmes, err = w.desk().Programmes(w.t.Context())
	w.must(err)
}
