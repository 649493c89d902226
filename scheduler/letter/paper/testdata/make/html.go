package main

import (
	"fmt"
	"html"
	"strings"
)

const style = `<style>body{font-family:"DejaVu Serif";font-size:11pt;text-align:justify} table{width:100%;border-collapse:collapse} td{vertical-align:top} .head td{border:none;text-align:center} .plan{break-inside:avoid} .plan td{border:1px solid black;padding:2pt} ol.a{list-style-type:lower-alpha} ul{list-style-type:"- "}</style>`

// page is the letter as a web page with real lists and tables.
func page() string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Công văn</title>\n" + style + "\n<script>document.title = 'x'</script></head><body>\n")
	sides(&b, headLeft, headRight)
	for _, line := range greeting {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(line))
	}
	open := 0
	for _, bl := range body {
		open = nest(&b, open, bl.level)
		switch {
		case bl.table != nil:
			grid(&b, bl.table)
		case bl.level == 0:
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(bl.text))
		default:
			fmt.Fprintf(&b, "<li>%s", html.EscapeString(bl.text))
		}
	}
	sides(&b, footLeft, footRight)
	b.WriteString("</body></html>\n")
	return b.String()
}

// nest opens and closes lists; an item of level 2 or 3 lies in one of level 1.
func nest(b *strings.Builder, open, level int) int {
	if open == level && level > 0 {
		b.WriteString("</li>\n")
		return open
	}
	ends := map[int]string{1: "</ol>\n", 2: "</ol></li>\n", 3: "</ul></li>\n"}
	starts := map[int]string{1: "<ol>\n", 2: "<ol class=\"a\" type=\"a\">\n", 3: "<ul>\n"}
	if open > level {
		b.WriteString("</li>" + ends[open])
		if level == 0 && open > 1 {
			b.WriteString(ends[1])
		}
		return level
	}
	b.WriteString(starts[level])
	return level
}

func sides(b *strings.Builder, left, right []string) {
	b.WriteString("<table class=\"head\"><tr>")
	for _, cell := range [][]string{left, right} {
		b.WriteString("<td>")
		for _, line := range cell {
			fmt.Fprintf(b, "%s<br>", html.EscapeString(line))
		}
		b.WriteString("</td>")
	}
	b.WriteString("</tr></table>\n")
}

func grid(b *strings.Builder, rows [][]string) {
	b.WriteString("<table class=\"plan\">\n")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, cell := range row {
			fmt.Fprintf(b, "<td>%s</td>", html.EscapeString(cell))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}
