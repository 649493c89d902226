package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/centre"
	"loaphuong/scheduler/web"
)

func newDemo() *cobra.Command {
	d := &demo{}
	var exit bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Put a letter on the air at a few stations on this machine, and show the report",
		Args:  exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			d.out = c.OutOrStdout()
			return d.run(c.Context(), exit)
		},
	}
	c.Flags().StringVar(&d.letter, "letter", "docs/examples/cong-van-1022.txt", "the letter, UTF-8 text")
	c.Flags().IntVar(&d.stations, "stations", 3, "how many stations")
	c.Flags().StringVar(&d.dir, "dir", ".demo", "where to keep everything; emptied first")
	c.Flags().BoolVar(&exit, "exit", false, "end by itself, with status 0 only if everything was aired")
	return c
}

// demo is the main job on one machine: a centre and its stations as processes
// of their own, driven through the interface that staff use.
type demo struct {
	letter   string
	stations int
	dir      string
	out      io.Writer

	began    time.Time
	children *children
	centre   *web.Client
	page     string
	names    []scheduler.StationID
	read     scheduler.Directive
	from     time.Time // of the programme
	until    time.Time
}

// The demonstration's places and people.
const (
	demoArea      = "hai-duong"
	demoProgramme = "ban-tin"
	demoEditor    = "Lan (biên tập)"
	demoApprover  = "Hùng (duyệt tin)"

	demoStationPage = 8090 // the port of the first station's own page
)

// communes are the names the stations get, in turn.
func communes() []string {
	return []string{"Cộng Hòa", "Lê Lợi", "Hưng Đạo", "Hoàng Tân", "Văn An", "Đồng Lạc", "Tân Dân", "An Lạc"}
}

func (d *demo) run(ctx context.Context, exit bool) (err error) {
	d.began = time.Now()
	if d.stations < 1 || d.stations > 50 {
		return usageError{fmt.Errorf("--stations %d: use 1 to 50", d.stations)}
	}
	d.children = newChildren()
	defer d.children.stop()
	for _, step := range []func(context.Context) error{
		d.openCentre, d.readLetter, d.voice, d.enrolStations, d.publish, d.awaitReady, d.awaitAiring,
	} {
		if err := step(ctx); err != nil {
			return d.explain(err)
		}
	}
	report, err := d.report(ctx)
	if err != nil {
		return err
	}
	met := report.Total.Aired == report.Total.Expected
	if exit {
		return d.verdict(met, report)
	}
	link, err := d.centre.SignInLink(ctx, demoEditor)
	if err != nil {
		return err
	}
	d.say("The page is at %s; to load letters of your own there, sign in with %s", d.page, link.URL)
	d.say("Press Ctrl-C to end.")
	<-ctx.Done()
	return nil
}

// explain adds what the child processes said when a step failed.
func (d *demo) explain(err error) error {
	return fmt.Errorf("%w\n(the programs' own words are in %s/*.log)", err, d.dir)
}

func (d *demo) verdict(met bool, r scheduler.AirtimeReport) error {
	if met {
		d.say("Everything was aired.")
		return nil
	}
	return fmt.Errorf("%w: %d of %d", errNotMet, r.Total.Aired, r.Total.Expected)
}

// openCentre starts the centre as a process of its own and waits for its door.
func (d *demo) openCentre(ctx context.Context) error {
	if err := os.RemoveAll(d.dir); err != nil {
		return err
	}
	data := filepath.Join(d.dir, "centre")
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	page := freeOr("127.0.0.1:8080")
	args := []string{"serve", "--data", data, "--page", page, "--stations", freeOr("127.0.0.1:8443"), "--broker", freeOr("127.0.0.1:8883")}
	if err := d.children.start(self, filepath.Join(d.dir, "centre.log"), args...); err != nil {
		return err
	}
	d.page = "http://" + page
	return d.wait(ctx, 20*time.Second, "the centre to open", func() (bool, error) {
		if d.centre, err = centre.Dial(data); err != nil {
			return false, nil
		}
		_, err := d.centre.Areas(ctx)
		if err == nil {
			d.say("Centre open: database, broker, pages at %s", d.page)
		}
		return err == nil, nil
	})
}

// readLetter imports the letter and makes the area owe it.
func (d *demo) readLetter(ctx context.Context) error {
	f, err := os.Open(d.letter)
	if err != nil {
		return usageError{fmt.Errorf("read letter: %w", err)}
	}
	defer f.Close()
	in, err := d.centre.ImportDirective(ctx, web.LetterFile{Name: filepath.Base(d.letter), Body: f})
	if err != nil {
		return err
	}
	d.read = in.Directive
	d.say("Letter %s read: %d topics, %d documents cited: %s", d.read.Number, len(d.read.Topics), len(d.read.Citations), d.read.Subject)
	if err := d.centre.PutArea(ctx, scheduler.Area{ID: demoArea, Name: "Hải Dương"}); err != nil {
		return err
	}
	_, err = d.centre.Confirm(ctx, d.read.ID, web.Confirm{By: demoEditor, Areas: []scheduler.AreaID{demoArea}, SourceChecked: true})
	return err
}

// voice has every topic spoken, and approved by another person. What is said is
// a headline, so that the whole letter is heard in about a minute.
func (d *demo) voice(ctx context.Context) error {
	var total time.Duration
	for i, t := range d.read.Topics {
		r, err := d.centre.Speak(ctx, web.NewRecording{Directive: d.read.ID, Topic: t.Ordinal, Script: headline(t)})
		if err != nil {
			return err
		}
		if _, err := d.centre.Approve(ctx, r.ID, demoApprover, r.Digest); err != nil {
			return err
		}
		total += r.Duration
		d.progress("Speaking topic %d of %d", i+1, len(d.read.Topics))
	}
	d.say("%d topics spoken and approved: %s of audio at -18 LUFS", len(d.read.Topics), total.Round(time.Second))
	return nil
}

// headlineWords is how many words of a topic its headline has at most.
const headlineWords = 10

// headline is the kind of the topic's document and what it is about, or the
// beginning of the topic's title.
func headline(t scheduler.Topic) string {
	said := t.Title
	if len(t.Citations) > 0 && t.Citations[0].Subject != "" {
		said = t.Citations[0].Kind + " về " + t.Citations[0].Subject
	}
	words := strings.Fields(said)
	return strings.TrimRight(strings.Join(words[:min(len(words), headlineWords)], " "), ",;") + "."
}

// enrolStations makes the stations and starts their agents.
func (d *demo) enrolStations(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	agent := filepath.Join(filepath.Dir(self), "loaphuong-agent")
	for i := range d.stations {
		names := communes()
		id := scheduler.StationID(fmt.Sprintf("xa-%d", i+1))
		s := scheduler.Station{ID: id, Area: demoArea, Name: "Đài xã " + names[i%len(names)], Volume: 100}
		if _, err := d.centre.AddStation(ctx, s); err != nil {
			return err
		}
		code, err := d.centre.StationCode(ctx, id)
		if err != nil {
			return err
		}
		data, log := filepath.Join(d.dir, string(id)), filepath.Join(d.dir, string(id)+".log")
		if err := d.children.do(ctx, agent, log, "enrol", code.URL, code.Code, "--data", data); err != nil {
			return err
		}
		card := demoCard(i, filepath.Join(d.dir, string(id)+".wav"))
		page := freeOr(fmt.Sprint("127.0.0.1:", demoStationPage+i))
		if err := d.children.start(agent, log, "run", "--data", data, "--card", card, "--page", page); err != nil {
			return err
		}
		d.names = append(d.names, id)
		d.say("Station %s (%s) enrolled; it plays into %s; its own page is http://%s", id, s.Name, card, page)
	}
	return nil
}

// demoCard is the sound card for the first station where there is one, and a
// file for the others.
func demoCard(i int, file string) string {
	cards, err := filepath.Glob("/dev/snd/pcm*p")
	if i == 0 && err == nil && len(cards) > 0 && runtime.GOOS == "linux" {
		return "default"
	}
	return "wav:" + file
}

// publish plans a programme for the next minute and sends it.
func (d *demo) publish(ctx context.Context) error {
	recordings, err := d.centre.Recordings(ctx, d.read.ID)
	if err != nil {
		return err
	}
	length := time.Second
	for _, r := range recordings {
		length += r.Duration + time.Second
	}
	zone, err := time.LoadLocation(scheduler.DefaultZone)
	if err != nil {
		return err
	}
	// The centre changes nothing that begins within its lock time.
	at := time.Now().Add(centre.Lock + 3*time.Second).Truncate(time.Minute).Add(time.Minute).In(zone)
	d.from, d.until = at.UTC(), at.Add(length+scheduler.DefaultGrace).UTC()
	spec := fmt.Sprintf("%d %d * * *", at.Minute(), at.Hour())
	timing, err := scheduler.Cron(spec, time.Time{}, time.Time{})
	if err != nil {
		return err
	}
	p := scheduler.Programme{ID: demoProgramme, Name: "Bản tin", Area: demoArea, Timing: timing, Length: length, Class: scheduler.Ordinary, Grace: scheduler.DefaultGrace}
	if err := d.centre.PutProgramme(ctx, p); err != nil {
		return err
	}
	done, err := d.centre.Publish(ctx, demoEditor)
	if err != nil {
		return err
	}
	d.say("Programme %q at cron %q (%s) published to %d stations", p.Name, spec, at.Format("15:04"), len(done.Stations))
	return nil
}
