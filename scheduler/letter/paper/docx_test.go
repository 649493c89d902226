package paper

import (
	"strings"
	"testing"
)

// run is a run of Word, wp a paragraph with one.
func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func wp(text string) string { return `<w:p>` + run(text) + `</w:p>` }

// lineOf shows lines and gaps in one line of a test.
func lineOf(text string) string {
	return strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "|")
}

func TestDOCX(t *testing.T) {
	cell := func(paras ...string) string { return `<w:tc>` + strings.Join(paras, "") + `</w:tc>` }
	cases := []struct{ what, body, want string }{
		{"paragraphs", wp("Một") + wp("Hai"), "Một|Hai"},
		{"a blank paragraph", wp("Một") + `<w:p/>` + wp("Hai"), "Một||Hai"},
		{"a word in runs", `<w:p>` + run("Tuy") + run("ên tr") + run("uyền") + `</w:p>`, "Tuyên truyền"},
		{"a hyphen that does not break", `<w:p><w:r><w:t>32</w:t><w:noBreakHyphen/><w:t>KH/TU</w:t></w:r></w:p>`, "32-KH/TU"},
		{"a soft hyphen", `<w:p><w:r><w:t>tuyên</w:t><w:softHyphen/><w:t>truyền</w:t></w:r></w:p>`, "tuyêntruyền"},
		{"a tab between columns", `<w:p><w:r><w:t>Số: 1</w:t><w:tab/><w:t>Hà Nội</w:t></w:r></w:p>`, "Số: 1    Hà Nội"},
		{"tab stops", `<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr>` + run("a") + `</w:p>`, "a"},
		{"a line break", `<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>`, "a|b"},
		{"deleted words", `<w:p>` + run("a") + `<w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del></w:p>`, "a"},
		{"inserted words", `<w:p><w:ins>` + run("mới") + `</w:ins></w:p>`, "mới"},
		{"moved words", `<w:p><w:moveFrom>` + run("x") + `</w:moveFrom><w:moveTo>` + run("a") + `</w:moveTo></w:p>`, "a"},
		{"a deleted paragraph end", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("a") + `</w:p>`, "a"},
		{"a field", `<w:p><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>` + run("3") + `</w:p>`, "3"},
		{"a link", `<w:p><w:hyperlink>` + run("gov.vn") + `</w:hyperlink></w:p>`, "gov.vn"},
		{"hidden words", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>` + run("a") + `</w:p>`, "a"},
		{"hidden and shown again", `<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>a</w:t></w:r></w:p>`, "a"},
		{"capitals of a font", `<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>thông báo</w:t></w:r></w:p>`, "THÔNG BÁO"},
		{"a symbol", `<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> a</w:t></w:r></w:p>`, "- a"},
		{"TCVN3 by font", `<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>ViÖt</w:t></w:r>` + run(" được") + `</w:p>`, "Việt được"},
		{"TCVN3's capitals", `<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>viÖt nam</w:t></w:r></w:p>`, "VIỆT NAM"},
		{"Unicode in a TCVN3 font", `<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>Việt có</w:t></w:r></w:p>`, "Việt có"},
		{"a frame", `<w:tbl><w:tr>` + cell(wp("UBND"), wp("Số: 1")) + cell(wp("CỘNG HÒA"), wp("Độc lập")) + `</w:tr></w:tbl>` + wp("Kính gửi"), "UBND|Số: 1||CỘNG HÒA|Độc lập|||Kính gửi"},
		{"a table", `<w:tbl><w:tr>` + cell(wp("1")) + cell(wp("Luật"), wp("mới")) + cell(wp("Sở")) + `</w:tr><w:tr>` + cell(wp("2")) + cell(wp("b")) + cell(wp("")) + `</w:tr></w:tbl>`, "1    Luật mới    Sở|2    b"},
		{"a table in a cell", `<w:tbl><w:tr>` + cell(`<w:tbl><w:tr>`+cell(wp("a"))+cell(wp("b"))+`</w:tr></w:tbl>`) + `</w:tr></w:tbl>`, "a    b"},
		{"a text box once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + wp("ô") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + wp("ô") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>a</w:t></w:r></w:p>`, "ô|a"},
	}
	for _, c := range cases {
		p, err := read(t, docxOf(t, c.body), "")
		if got := lineOf(p.Text); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.what, got, err, c.want)
		}
	}
}

// lvl is a level of a list in numbering.xml, item a paragraph of a list.
func lvl(at, format, text, more string) string {
	return `<w:lvl w:ilvl="` + at + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/>` + more + `</w:lvl>`
}

func item(num, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr>` + run(text) + `</w:p>`
}

func TestDOCXLists(t *testing.T) {
	numbering := `<w:numbering xmlns:w="x">` +
		`<w:abstractNum w:abstractNumId="0">` + lvl("0", "decimal", "%1.", "") + lvl("1", "decimal", "%1.%2.", "") + lvl("2", "lowerLetter", "%3)", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1">` + lvl("0", "upperRoman", "%1.", "") + lvl("1", "bullet", "\uf0b7", "") + lvl("2", "bullet", "+", "") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2">` + lvl("0", "upperRoman", "Phần %1", "") + lvl("1", "decimal", "%1.%2", "<w:isLgl/>") + lvl("2", "none", "", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>`
	styles := `<w:styles xmlns:w="x"><w:style w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:styleId="Con"><w:basedOn w:val="Muc"/></w:style><w:style w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style></w:styles>`
	cases := []struct{ what, body, want string }{
		{"numbers", item("1", "0", "a") + item("1", "0", "b"), "1. a|2. b"},
		{"levels", item("1", "0", "a") + item("1", "1", "b") + item("1", "2", "c") + item("1", "1", "d") + item("1", "0", "e") + item("1", "1", "f"), "1. a|1.1. b|a) c|1.2. d|2. e|2.1. f"},
		{"a level without the one above", item("1", "1", "a"), "1.1. a"},
		{"Roman numbers and bullets", item("2", "0", "a") + item("2", "1", "b") + item("2", "2", "c") + item("2", "0", "d"), "I. a|- b|+ c|II. d"},
		{"a list that starts again", item("1", "0", "a") + item("1", "0", "b") + item("3", "0", "c") + item("3", "0", "d"), "1. a|2. b|1. c|2. d"},
		{"words and legal numbers", item("4", "0", "a") + item("4", "1", "b") + item("4", "2", "c"), "Phần I a|1.1 b|c"},
		{"text between", item("1", "0", "a") + wp("x") + item("1", "0", "b"), "1. a|x|2. b"},
		{"an empty item", item("1", "0", "a") + item("1", "0", "") + item("1", "0", "c"), "1. a||3. c"},
		{"no list", item("0", "0", "a"), "a"},
		{"an unknown list", item("99", "0", "a"), "a"},
		{"a style's list", `<w:p><w:pPr><w:pStyle w:val="Con"/></w:pPr>` + run("a") + `</w:p>`, "1.1. a"},
		{"a style based on itself", `<w:p><w:pPr><w:pStyle w:val="Vong"/></w:pPr>` + run("a") + `</w:p>`, "a"},
	}
	for _, c := range cases {
		content := archiveOf(t, "word/numbering.xml", numbering, "word/styles.xml", styles, "word/document.xml", `<w:document xmlns:w="x"><w:body>`+c.body+`</w:body></w:document>`)
		p, err := read(t, content, "")
		if got := lineOf(p.Text); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.what, got, err, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	cases := []struct {
		n            int
		format, want string
	}{
		{1, "decimal", "1"}, {12, "decimalZero", "12"}, {3, "decimalZero", "03"}, {4, "upperRoman", "IV"}, {1999, "lowerRoman", "mcmxcix"},
		{0, "upperRoman", ""}, {1, "lowerLetter", "a"}, {26, "upperLetter", "Z"}, {27, "lowerLetter", "aa"}, {5, "none", ""}, {0, "lowerLetter", ""}, {7, "chicago", "7"},
	}
	for _, c := range cases {
		if got := number(c.n, c.format); got != c.want {
			t.Errorf("%d in %s is %q, want %q", c.n, c.format, got, c.want)
		}
	}
	for sign, want := range map[string]string{"\uf0b7": "-", "o": "-", "-": "-", "+": "+", "•": "•", "": "", "*)": "*)"} {
		if got := bullet(sign); got != want {
			t.Errorf("bullet %q is %q, want %q", sign, got, want)
		}
	}
}

func TestDOCXUnderAnotherName(t *testing.T) {
	p, err := read(t, archiveOf(t, "word/document2.xml", `<w:document>`+wp("Kính gửi")+`</w:document>`), "")
	if err != nil || p.Format != "docx" || p.Text != "Kính gửi\n" {
		t.Errorf("%+v, %v", p, err)
	}
}
