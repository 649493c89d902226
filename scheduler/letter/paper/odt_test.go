package paper

import "testing"

func TestODT(t *testing.T) {
	styles := `<style:style style:name="hoa"><style:text-properties fo:text-transform="uppercase"/></style:style>` +
		`<style:style style:name="an"><style:text-properties text:display="none"/></style:style>` +
		`<style:style style:name="abc" style:parent-style-name="goc"/><style:style style:name="goc"><style:text-properties style:font-name=".VnTime"/></style:style>` +
		`<style:style style:name="vni"><style:text-properties fo:font-family="'VNI-Times'"/></style:style>` +
		`<style:style style:name="P1" style:list-style-name="L1"/>` +
		`<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>` +
		`<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/>` +
		`<text:list-level-style-bullet text:level="3" style:num-suffix="-" text:bullet-char="-"/></text:list-style>` +
		`<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1" text:start-value="3"/>` +
		`<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>`
	para := func(text string) string { return `<text:p>` + text + `</text:p>` }
	list := func(style, more, items string) string {
		return `<text:list text:style-name="` + style + `"` + more + `>` + items + `</text:list>`
	}
	item := func(text string) string { return `<text:list-item>` + text + `</text:list-item>` }
	cases := []struct{ what, body, want string }{
		{"paragraphs", para("Một") + para("") + `<text:h>Hai</text:h>`, "Một||Hai"},
		{"white space", para(" a\n  b<text:s text:c=\"3\"/>c<text:span> d </text:span>e"), " a b   c d e"},
		{"a tab and a break", para("a<text:tab/>b<text:line-break/>c"), "a    b|c"},
		{"capitals", para(`<text:span text:style-name="hoa">thông báo</text:span> số`), "THÔNG BÁO số"},
		{"hidden words", para(`a<text:span text:style-name="an">x</text:span>`), "a"},
		{"TCVN3 by font", para(`<text:span text:style-name="abc">ViÖt</text:span> được`), "Việt được"},
		{"VNI by font", para(`<text:span text:style-name="vni">Vieät</text:span>`), "Việt"},
		{"deleted words", `<text:tracked-changes>` + para("x") + `</text:tracked-changes>` + para(`a<text:change/>`), "a"},
		{"remarks", para(`a<office:annotation>` + para("x") + `</office:annotation>`), "a"},
		{"a list", list("L1", "", item(para("a"))+item(para("b"))), "1. a|2. b"},
		{"lists in a list", list("L1", "", item(para("a")+list("", "", item(para("b")+list("", "", item(para("c"))))))+item(para("d"))), "1. a|a) b|- c|2. d"},
		{"a list that goes on", list("L1", "", item(para("a"))) + para("x") + list("L1", ` text:continue-numbering="true"`, item(para("b"))), "1. a|x|2. b"},
		{"a list that begins anew", list("L1", "", item(para("a"))) + list("L1", "", item(para("b"))), "1. a|1. b"},
		{"two paragraphs of an item", list("L1", "", item(para("a")+para("b"))), "1. a|b"},
		{"a heading in a list", list("L1", "", `<text:list-header>`+para("a")+`</text:list-header>`+item(para("b"))), "a|1. b"},
		{"a start and two levels", list("L2", "", item(para("a")+list("", "", item(para("b"))))), "3 a|3.1 b"},
		{"an item's own number", list("L1", "", `<text:list-item text:start-value="7">`+para("a")+`</text:list-item>`), "7. a"},
		{"a table", `<table:table><table:table-row><table:table-cell>` + para("a") + `</table:table-cell><table:table-cell>` + para("b") + `</table:table-cell></table:table-row></table:table>`, "a    b"},
		{"a text box", para(`<draw:frame><draw:text-box>` + para("ô") + `</draw:text-box></draw:frame>a`), "ô|a"},
	}
	for _, c := range cases {
		p, err := read(t, odtOf(t, styles, c.body), "")
		if got := lineOf(p.Text); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.what, got, err, c.want)
		}
	}
}
