package cmd

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loaphuong/scheduler"
)

// browser is a person at a real browser. With SCREENSHOTS set to a directory,
// what they see is kept there.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("%v: install the Debian package chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(1280, 900), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := browser{t, ctx}
	b.do("start the browser", chromedp.Navigate("about:blank"))
	b.ctx, stop = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	return b
}

// do carries out steps; what names them when one cannot be done.
func (b browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.see("failed")
		b.t.Fatalf("%s: %v", what, err)
	}
}

// see keeps the page as it looks now.
func (b browser) see(name string) {
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	ctx, stop := context.WithTimeout(b.ctx, 10*time.Second)
	defer stop()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Logf("screenshot %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// ask evaluates an expression on the page.
func ask[T any](b browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

func ready(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitReady(chromedp.CSS(selector))
}

// edition waits for the page of an edition of a letter.
func edition(n int) chromedp.Action[chromedp.Void] {
	return ready(fmt.Sprintf(`form input[name="edition"][value="%d"]`, n))
}

// TestALetterIsConfirmedInABrowser: a person signs in, uploads a PDF, corrects
// one field, splits one topic, and confirms it for an area.
func TestALetterIsConfirmedInABrowser(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	desk, ctx := s.desk(), t.Context()
	for _, a := range []scheduler.Area{{ID: "huyen", Name: "Huyện An Lạc"}, {ID: "xa-a", Name: "Xã Tân An", Parent: "huyen"}, {ID: "xa-b", Name: "Xã Bình Minh", Parent: "huyen"}} {
		s.must(desk.PutArea(ctx, a))
	}
	link, err := s.loaphuong("sign-in", "--name", "Trần Thị Bình")
	s.must(err)
	link, _, _ = strings.Cut(link, "\n")
	pdf, err := filepath.Abs("../scheduler/letter/paper/testdata/libreoffice.pdf")
	s.must(err)

	b := newBrowser(t)
	b.do("sign in", chromedp.Navigate(link), click(".signin form button"), ready(`form[action="/sign-out"]`), chromedp.Navigate(s.door.Page+"/letters"))
	b.see("1-letters")
	b.do("upload", chromedp.SetUploadFiles(chromedp.CSS(`#upload input[type="file"]`), []string{pdf}), click("#upload button"), ready("#source"), edition(0))
	b.see("2-review")
	all, err := desk.Directives(ctx)
	s.must(err)
	if len(all) != 1 || all[0].IsConfirmed() || len(all[0].Topics) < 2 {
		t.Fatalf("after the upload there are %d letters: %+v", len(all), all)
	}
	read := all[0]
	if n := ask[int](b, `document.querySelectorAll("article.topic").length`); n != len(read.Topics) {
		t.Errorf("the page shows %d topics of %d", n, len(read.Topics))
	}

	b.do("focus the number", chromedp.Focus(chromedp.CSS("#f-number")))
	lit := ask[string](b, `[...document.querySelectorAll("#source .lit")].map(e => e.textContent).join("")`)
	if lit != read.Number {
		t.Errorf("the number %s is shown to stand at %q", read.Number, lit)
	}
	const subject = "tuyên truyền các nhiệm vụ trọng tâm quý III năm 2024"
	ask[bool](b, `document.getElementById("f-subject").select() === undefined`)
	b.do("correct the subject", chromedp.SendKeys(chromedp.CSS("#f-subject"), subject), click("#form-head .save button"), edition(1))
	long := "#" + ask[string](b, `document.querySelector("button.scissors").closest("article").id`)
	b.do("split a topic", click(long+" .tools summary"), click(long+" button.scissors"), edition(2))
	b.see("3-split")
	b.do("confirm", click(`#areas input[value="xa-a"]`), click(`#areas input[value="xa-b"]`), click("#confirm form button"), ready("form.reopen"))
	b.see("4-confirmed")

	now, err := desk.Directive(ctx, read.ID)
	s.must(err)
	if now.Subject != subject || len(now.Topics) != len(read.Topics)+1 || now.Confirmed.By != "Trần Thị Bình" {
		t.Errorf("confirmed by %q is %q with %d topics, which were %d", now.Confirmed.By, now.Subject, len(now.Topics), len(read.Topics))
	}
	owed, err := desk.Obligations(ctx, read.ID)
	s.must(err)
	if len(owed) != 2*len(now.Topics) {
		t.Errorf("%d obligations stand for %d topics in two communes", len(owed), len(now.Topics))
	}
	for _, o := range owed {
		if o.Area == "huyen" {
			t.Errorf("%s owes though nobody chose it", o.Area)
		}
	}
}

// TestDemandsBecomeObligations: the two sentences that letters say most, with
// nothing typed by anybody.
func TestDemandsBecomeObligations(t *testing.T) {
	t.Parallel()
	s := newSystem(t, false)
	s.must(s.desk().PutArea(t.Context(), scheduler.Area{ID: "xa", Name: "Xã"}))
	today := scheduler.DateOf(time.Now().In(time.FixedZone("", 7*60*60)))
	end := today.AddDays(26)
	for _, c := range []struct{ name, says, want string }{
		{"daily", fmt.Sprintf("với tần suất tối thiểu 03 lượt/ngày, từ nay đến hết ngày %d/%d/%d", end.Day, end.Month, end.Year),
			fmt.Sprintf("3 a day, 0 a week, on [], %s to %s", today, end)},
		{"weekly", "02 buổi/tuần, vào thứ Hai và thứ Sáu", fmt.Sprintf("0 a day, 2 a week, on [Monday Friday], %s to %s", today, today.AddDays(29))},
	} {
		file := filepath.Join(s.dir, c.name+".txt")
		s.must(os.WriteFile(file, []byte(fmt.Sprintf("UBND XÃ A\n\nSố: %d/UBND-VX\n\nXã A, ngày %02d tháng %02d năm %d\n\nKính gửi: Đài Truyền thanh xã.\n\n"+
			"Đề nghị Đài Truyền thanh xã tuyên truyền về phòng, chống sốt xuất huyết %s.\n", len(c.name), today.Day, today.Month, today.Year, c.says)), 0o600))
		_, err := s.loaphuong("directive", "import", file)
		s.must(err)
		all, err := s.desk().Directives(t.Context())
		s.must(err)
		said, err := s.loaphuong("directive", "confirm", string(all[0].ID), "--area", "xa", "--by", "Lan")
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		owed, err := s.desk().Obligations(t.Context(), all[0].ID)
		s.must(err)
		if len(owed) != 1 {
			t.Fatalf("%s: %d obligations stand", c.name, len(owed))
		}
		o := owed[0]
		if got := fmt.Sprintf("%d a day, %d a week, on %v, %s to %s", o.PerDay, o.PerWeek, o.Weekdays, o.From, o.Until); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", c.name, got, c.want)
		}
	}
}
