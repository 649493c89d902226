package paper

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// readHTML reads a web page. It takes the tags one by one and builds no tree, so
// that no nesting makes it slow.
func (j job) readHTML(content []byte) (reading, error) {
	text, err := htmlSource(content, j.encoding)
	if err != nil {
		return reading{}, err
	}
	w := &web{sheet: newSheet(2 * j.limits.Text)}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxText)
	for !w.full {
		if z.Next() == html.ErrorToken {
			break
		}
		if err := w.take(z.Token()); err != nil {
			return reading{}, err
		}
	}
	switch err := z.Err(); {
	case errors.Is(err, html.ErrBufferExceeded):
		return reading{}, tooLarge("one part of its text has more than %d MiB", maxText>>20)
	case w.full:
		return reading{}, j.tooMuchText()
	case err != nil && err != io.EOF:
		return reading{}, damaged("its tags cannot be read")
	}
	w.flush()
	return reading{text: w.String()}, nil
}

// htmlSource decodes a page by its mark or by what it says of itself. Text that
// is UTF-8 is taken for that whatever it says.
func htmlSource(content []byte, encoding string) (string, error) {
	text, err := decoded(content, encoding)
	if err == nil {
		return text, nil
	}
	in, err := charset.NewReader(bytes.NewReader(content), "text/html")
	if err != nil {
		return "", damaged("its coding is not known")
	}
	out, err := io.ReadAll(io.LimitReader(in, int64(4*len(content))))
	if err != nil {
		return "", damaged("its text cannot be decoded")
	}
	return string(out), nil
}

// web is a page while it is read.
type web struct {
	*sheet
	b      strings.Builder
	label  string
	hidden string // the element within which nothing is shown
	within int    // how often that element is open
	lists  []webList
	pre    int
	tables []webTable
}

// webList is an open list and how far it has counted.
type webList struct {
	ordered bool
	format  string
	n       int
}

// webTable tells whether a cell of an open table is open: its end tag may be left
// away.
type webTable struct{ cell bool }

func (w *web) take(t html.Token) error {
	if w.hidden != "" {
		w.inHidden(t)
		return nil
	}
	switch t.Type {
	case html.TextToken:
		w.text(t.Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		return w.start(t)
	case html.EndTagToken:
		w.endTag(t.Data)
	}
	return nil
}

func (w *web) inHidden(t html.Token) {
	if t.Data != w.hidden {
		return
	}
	switch t.Type {
	case html.StartTagToken:
		w.within++
	case html.EndTagToken:
		if w.within--; w.within == 0 {
			w.hidden = ""
		}
	}
}

func (w *web) text(s string) {
	if w.b.Len() > maxText {
		w.full = true
		return
	}
	if w.pre > 0 {
		w.b.WriteString(s)
		return
	}
	words := strings.Join(strings.FieldsFunc(s, isHTMLSpace), " ")
	so := w.b.String()
	if isHTMLSpace(rune(s[0])) && so != "" && !strings.HasSuffix(so, " ") && !strings.HasSuffix(so, "\n") {
		w.b.WriteByte(' ')
	}
	w.b.WriteString(words)
	if words != "" && isHTMLSpace(rune(s[len(s)-1])) {
		w.b.WriteByte(' ')
	}
}

func isHTMLSpace(r rune) bool { return isXMLSpace(r) || r == '\f' }

func (w *web) start(t html.Token) error {
	switch t.Data {
	case "script", "style", "title", "noscript", "template", "svg", "iframe", "object", "select", "textarea":
		if t.Type == html.StartTagToken {
			w.hidden, w.within = t.Data, 1
		}
	case "br":
		w.b.WriteByte('\n')
	case "ol", "ul":
		w.flush()
		if len(w.lists) < maxBoxes {
			w.lists = append(w.lists, newWebList(t))
		}
	case "li":
		w.flush()
		w.item(t)
	case "pre":
		w.flush()
		w.pre++
	case "table", "tr", "td", "th":
		return w.tableTag(t.Data)
	default:
		if isBlock(t.Data) {
			w.flush()
		}
	}
	return nil
}

func newWebList(t html.Token) webList {
	l := webList{ordered: t.Data == "ol", format: "decimal"}
	switch attribute(t, "type") {
	case "a":
		l.format = "lowerLetter"
	case "A":
		l.format = "upperLetter"
	case "i":
		l.format = "lowerRoman"
	case "I":
		l.format = "upperRoman"
	}
	if start := attribute(t, "start"); start != "" {
		l.n = max(0, startOf(start)-1)
	}
	return l
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (w *web) item(t html.Token) {
	if len(w.lists) == 0 {
		w.label = "-"
		return
	}
	l := &w.lists[len(w.lists)-1]
	if !l.ordered {
		w.label = "-"
		return
	}
	l.n++
	if value := attribute(t, "value"); value != "" {
		l.n = startOf(value)
	}
	end := "."
	if l.format == "lowerLetter" {
		end = ")" // as Vietnamese letters write it
	}
	w.label = number(l.n, l.format) + end
}

// tableTag opens a table, row or cell and closes what its opening closes.
func (w *web) tableTag(name string) error {
	w.flush()
	if name == "table" {
		w.tables = append(w.tables, webTable{})
		return w.sheet.open(true)
	}
	if len(w.tables) == 0 {
		return nil
	}
	t := &w.tables[len(w.tables)-1]
	if t.cell {
		w.cell()
		t.cell = false
	}
	if name == "tr" {
		w.row()
		return nil
	}
	t.cell = true
	return w.sheet.open(false)
}

func (w *web) endTag(name string) {
	switch name {
	case "ol", "ul":
		w.flush()
		w.lists = w.lists[:max(0, len(w.lists)-1)]
	case "pre":
		w.flush()
		w.pre = max(0, w.pre-1)
	case "table", "td", "th", "tr":
		w.flush()
		w.endTable(name)
	default:
		if isBlock(name) {
			w.flush()
		}
	}
}

func (w *web) endTable(name string) {
	if len(w.tables) == 0 {
		return
	}
	t := &w.tables[len(w.tables)-1]
	if t.cell {
		w.cell()
		t.cell = false
	}
	if name == "table" {
		w.tables = w.tables[:len(w.tables)-1]
		w.end()
	}
}

// flush ends the line or lines that are being gathered.
func (w *web) flush() {
	text := strings.Trim(w.b.String(), " \t")
	w.b.Reset()
	if strings.Trim(text, " \t\n") == "" {
		if strings.Contains(text, "\n") {
			w.line("")
		}
		return
	}
	if w.label != "" {
		text, w.label = w.label+" "+strings.TrimLeft(text, " \t\n"), ""
	}
	w.line(strings.TrimSuffix(text, "\n"))
}

func isBlock(name string) bool {
	switch name {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dl", "dt", "dd", "blockquote", "body", "html", "head", "section", "article", "header", "footer", "main", "aside", "nav", "form", "fieldset", "figure", "figcaption", "hr", "center", "address", "tbody", "thead", "tfoot", "caption":
		return true
	}
	return false
}
