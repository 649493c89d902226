package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loaphuong/scheduler"
)

// TestTheWeekIsPublishedInABrowser: a person signs in, loads a playlist from a
// file for a programme, looks at what would be published, publishes it, and asks
// why a window holds what it holds.
func TestTheWeekIsPublishedInABrowser(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	d := s.letter(shortLetter(3, 1), "Tin.")
	desk, ctx := s.desk(), t.Context()
	_, err := desk.AddStation(ctx, scheduler.Station{ID: "xa-1", Name: "Đài Tân An", Area: "tinh", Volume: 60})
	s.must(err)
	timing, err := scheduler.Cron("0 5 * * *", time.Time{}, time.Time{})
	s.must(err)
	s.must(desk.PutProgramme(ctx, scheduler.Programme{ID: "sang", Name: "Bản tin sáng", Area: "tinh", Timing: timing, Length: 15 * time.Minute}))
	all, err := desk.Recordings(ctx, d.ID)
	s.must(err)
	file := filepath.Join(s.dir, "le-hoi.m3u8")
	s.must(os.WriteFile(file, []byte(fmt.Sprintf("#EXTM3U\n#PLAYLIST:Lễ hội\n%s\n", all[2].ID)), 0o600))
	link, err := s.loaphuong("sign-in", "--name", "Trần Thị Bình")
	s.must(err)
	link, _, _ = strings.Cut(link, "\n")

	b := newBrowser(t)
	b.do("sign in", chromedp.Navigate(link), click(".signin form button"), ready(`form[action="/sign-out"]`))
	b.do("load a playlist", chromedp.Navigate(s.door.Page+"/playlists/edit"),
		chromedp.SetValue(chromedp.CSS(`#list [name="title"]`), "Lễ hội"), chromedp.SetValue(chromedp.CSS(`#list [name="area"]`), "tinh"),
		chromedp.SetValue(chromedp.CSS(`#list [name="programme"]`), "sang"),
		chromedp.SetUploadFiles(chromedp.CSS(`#list input[type="file"]`), []string{file}))
	b.see("plan-1-playlist")
	b.do("keep it", click("#list .do button"), ready(`#list input[name="id"]:not([value=""])`))
	b.see("plan-2-kept")
	lists, err := desk.Selections(ctx)
	s.must(err)
	if len(lists) != 1 || len(lists[0].Recordings) != 1 || lists[0].Recordings[0] != all[2].ID || lists[0].By != "Trần Thị Bình" {
		t.Fatalf("kept is %+v", lists)
	}

	b.do("look at the plan", chromedp.Navigate(s.door.Page+"/plan"), ready("form.publish"))
	b.see("plan-3-draft")
	b.do("publish", click("form.publish button"), ready(".sent"))
	b.see("plan-4-published")
	playlists, err := desk.Playlists(ctx, "xa-1")
	s.must(err)
	if len(playlists) == 0 || len(playlists[0].Entries) != 3 || playlists[0].Entries[0].Recording != all[2].ID {
		t.Fatalf("published is %+v", playlists)
	}

	tomorrow := time.Now().In(time.FixedZone("", 7*60*60)).AddDate(0, 0, 1).Format("2006-01-02")
	b.do("ask why", chromedp.Navigate(s.door.Page+"/explain?station=xa-1&at="+tomorrow+"T05:00"), ready("main table"))
	b.see("plan-5-why")
	if said := ask[string](b, `document.querySelector("main").innerText`); !strings.Contains(said, "Trần Thị Bình") || !strings.Contains(said, "Bản tin sáng") {
		t.Errorf("it says %s", said)
	}
}
