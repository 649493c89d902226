package web

import (
	"slices"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

// What a Desk promises about letters; run by TestDesks.

// plainLetter is a letter of which everything stands plainly in the text.
const plainLetter = `UBND TỈNH HẢI DƯƠNG
SỞ THÔNG TIN VÀ TRUYỀN THÔNG
Số: 1022/STTTT-TTBCXB
V/v tuyên truyền triển khai Tổng đài
Thông tin 1022

Hải Dương, ngày 05 tháng 10 năm 2021

1. Đẩy mạnh tuyên truyền thực hiện Công văn số 3168/UBND-VP ngày
27/8/2021 của UBND tỉnh về việc triển khai Tổng đài 1022. Cần nói rõ
cách gọi; nêu giờ trực.
2. Tuyên truyền Kế hoạch số 32-KH/TU ngày 16/9/2021 của Tỉnh ủy về phòng,
chống HIV/AIDS, tối thiểu 03 lượt/ngày trong tuần cao điểm.

Đề nghị các đơn vị phát mỗi nội dung tối thiểu 02 lượt/ngày, đến hết
ngày 30/11/2021./.
`

// paper is a letter as it is brought.
func paper(text string) LetterFile {
	return LetterFile{Name: "công văn 1022.txt", Body: strings.NewReader(text)}
}

func testLetters(t *testing.T, desk Desk) {
	ctx := t.Context()
	in := must(desk.ImportDirective(ctx, paper("V/v tuyên truyền")))(t)
	d := in.Directive
	if !in.New || d.Subject != "V/v tuyên truyền" || d.Source.Name != "công văn 1022.txt" || d.IsConfirmed() {
		t.Fatalf("%+v", in)
	}
	if again := must(desk.ImportDirective(ctx, paper("V/v  tuyên truyền")))(t); again.New || again.Directive.ID != d.ID {
		t.Errorf("the same letter again: %+v", again)
	}
	_, err := desk.ImportDirective(ctx, paper(" "))
	refused(t, err, scheduler.ErrInvalid, "import letter: it is empty")
	same(t, must(desk.Directives(ctx))(t), []scheduler.Directive{d})
	same(t, must(desk.Directive(ctx, d.ID))(t), d)
	_, err = desk.Directive(ctx, "a/b?c")
	refused(t, err, scheduler.ErrNotFound, "letter a/b?c: not found")
	old := must(desk.ImportDirective(ctx, LetterFile{Encoding: "vni", Body: strings.NewReader("V/v khác")}))(t)
	if old.Directive.Source.Converted != "vni" {
		t.Errorf("the coding is lost: %+v", old.Directive.Source)
	}
}

func testLetterFiles(t *testing.T, desk Desk) {
	ctx := t.Context()
	for _, name := range []string{"công văn 1022.txt", `a "quoted"; name.txt`, "a%20b.txt"} {
		in := must(desk.ImportDirective(ctx, LetterFile{Name: name, Body: strings.NewReader(plainLetter + name + "\r\n")}))(t)
		got, kind, file, err := desk.DirectiveFile(ctx, in.Directive.ID)
		if got != name || kind != "text/plain; charset=utf-8" || string(file) != plainLetter+name+"\r\n" || err != nil {
			t.Errorf("%s came back as %q, %q, %d bytes, %v", name, got, kind, len(file), err)
		}
		same(t, must(desk.DirectiveText(ctx, in.Directive.ID))(t), plainLetter+name+"\n") // what spans are of
	}
	_, _, _, err := desk.DirectiveFile(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "letter none")
	_, err = desk.DirectiveText(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "letter none")
}

func testReadings(t *testing.T, desk Desk) {
	ctx := t.Context()
	for _, a := range []scheduler.Area{{ID: "hai-duong", Name: "Tỉnh"}, {ID: "cam-giang", Name: "Xã", Parent: "hai-duong"}} {
		if err := desk.PutArea(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	d := must(desk.ImportDirective(ctx, paper(plainLetter)))(t).Directive
	if len(d.Topics) != 2 || len(d.Citations) != 2 || len(d.Demands) != 1 || d.Number != "1022/STTTT-TTBCXB" {
		t.Fatalf("read %+v", d)
	}
	drop := scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 2}}
	next := must(desk.Correct(ctx, d.ID, 0, drop))(t)
	if next.Edition != 1 || len(next.Topics) != 1 {
		t.Errorf("corrected %+v", next)
	}
	_, err := desk.Correct(ctx, d.ID, 0, drop)
	refused(t, err, scheduler.ErrConflict, "somebody else corrected it")
	_, err = desk.Correct(ctx, d.ID, 1, scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 9}})
	refused(t, err, scheduler.ErrInvalid, "no topic 9")

	owed := must(desk.Owed(ctx, d.ID, "cam-giang"))(t)
	if len(owed) != 1 || owed[0].PerDay != 2 || len(must(desk.Obligations(ctx, d.ID))(t)) != 0 {
		t.Errorf("would owe %+v", owed)
	}
	_, err = desk.Owed(ctx, d.ID, "nowhere")
	refused(t, err, scheduler.ErrNotFound, "area nowhere")
	testConfirmation(t, desk, next)
}

func testConfirmation(t *testing.T, desk Desk, d scheduler.Directive) {
	ctx := t.Context()
	c := Confirm{By: "Trần Thị Bình", Areas: []scheduler.AreaID{"cam-giang"}, Edition: d.Edition - 1}
	_, err := desk.Confirm(ctx, d.ID, c)
	refused(t, err, scheduler.ErrConflict, "look again")
	c.Edition = d.Edition
	owed := must(desk.Confirm(ctx, d.ID, c))(t)
	same(t, must(desk.Obligations(ctx, d.ID))(t), owed)
	if confirmed := must(desk.Directive(ctx, d.ID))(t).Confirmed; confirmed.By != c.By || !confirmed.At.Equal(now()) {
		t.Errorf("confirmed %+v", confirmed)
	}
	_, err = desk.Correct(ctx, d.ID, d.Edition, scheduler.Correction{Drop: &scheduler.TopicDrop{Topic: 1}})
	refused(t, err, scheduler.ErrConflict, "reopen it first")
	c.Areas = []scheduler.AreaID{"hai-duong"}
	must(desk.Confirm(ctx, d.ID, c))(t) // adds an area
	if all := must(desk.Obligations(ctx, d.ID))(t); len(all) != 2 {
		t.Errorf("owed %+v", all)
	}
	if open := must(desk.Reopen(ctx, d.ID))(t); open.IsConfirmed() || len(must(desk.Obligations(ctx, d.ID))(t)) != 0 {
		t.Errorf("reopened %+v", open)
	}
	must(desk.Confirm(ctx, d.ID, c))(t)
	must(desk.Speak(ctx, NewRecording{Directive: d.ID, Script: "x"}))(t)
	_, err = desk.Reopen(ctx, d.ID)
	refused(t, err, scheduler.ErrConflict, "recordings are made for it")
	_, err = desk.Reopen(ctx, "none")
	refused(t, err, scheduler.ErrNotFound, "letter none")
}

func testSearch(t *testing.T, desk Desk) {
	ctx := t.Context()
	d := must(desk.ImportDirective(ctx, paper(plainLetter)))(t).Directive
	hits := must(desk.Search(ctx, "3168/UBND-VP", 10))(t)
	i := slices.IndexFunc(hits, func(h LetterHit) bool { return h.Kind == "citation" })
	if i < 0 || hits[i].Directive != d.ID || hits[i].Topic != 1 || hits[i].Date != d.Date || strings.Join(hits[i].Snippet, "|") != "Công văn |3168/UBND-VP|" {
		t.Errorf("hits %+v", hits)
	}
	if some := must(desk.Search(ctx, "tuyên truyền & “1022”?", 10))(t); len(some) != 0 {
		t.Errorf("hits %+v", some)
	}
	if one := must(desk.Search(ctx, "tuyên truyền", 1))(t); len(one) != 1 {
		t.Errorf("%d hits", len(one))
	}
}
