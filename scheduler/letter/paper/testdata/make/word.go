package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"log"
	"strings"
)

const nsW = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// word is the letter as MS Word saves it: numbers that exist only in
// numbering.xml, a table without lines for the letterhead, runs cut anywhere,
// a hyphen that does not break and, when changes are tracked, deleted words.
func word(font string, tracked bool, code func(string) string) []byte {
	w := writer{font: font, tracked: tracked, code: code}
	w.sides(headLeft, headRight)
	for _, line := range greeting {
		w.para(0, line)
	}
	for _, bl := range body {
		if bl.table != nil {
			w.grid(bl.table)
			continue
		}
		w.para(bl.level, bl.text)
	}
	w.sides(footLeft, footRight)
	document := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + nsW + `><w:body>` + w.String() + `<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1418"/></w:sectPr></w:body></w:document>`
	return zipped(map[string]string{
		"[Content_Types].xml":          contentTypes,
		"_rels/.rels":                  rels,
		"word/document.xml":            document,
		"word/numbering.xml":           numbering,
		"word/styles.xml":              fmt.Sprintf(styles, font),
		"word/_rels/document.xml.rels": documentRels,
	})
}

type writer struct {
	strings.Builder
	font    string
	tracked bool
	centred bool
	code    func(string) string
}

// para writes a paragraph; its runs are cut after every few words.
func (w *writer) para(level int, text string) {
	w.WriteString("<w:p><w:pPr>")
	if level > 0 {
		fmt.Fprintf(w, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="3"/></w:numPr>`, level-1)
	}
	if w.centred {
		w.WriteString(`<w:jc w:val="center"/>`)
	}
	w.WriteString("</w:pPr>")
	words := strings.SplitAfter(text, " ")
	for len(words) > 0 {
		n := min(7, len(words))
		w.run(strings.Join(words[:n], ""))
		words = words[n:]
	}
	if level == 1 && w.tracked {
		w.WriteString(`<w:del w:id="1"><w:r><w:delText>BỎ ĐI</w:delText></w:r></w:del>`)
	}
	w.WriteString("</w:p>")
}

func (w *writer) run(text string) {
	fmt.Fprintf(w, `<w:r><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:cs="%s"/><w:sz w:val="22"/></w:rPr>`, w.font, w.font, w.font)
	for i, part := range strings.Split(text, "32-KH") {
		if i > 0 {
			w.WriteString(`<w:t>32</w:t><w:noBreakHyphen/><w:t>KH</w:t>`)
		}
		fmt.Fprintf(w, `<w:t xml:space="preserve">%s</w:t>`, html.EscapeString(w.code(part)))
	}
	w.WriteString("</w:r>")
}

func (w *writer) sides(left, right []string) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="4250"/><w:gridCol w:w="5350"/></w:tblGrid><w:tr>`)
	w.centred = true
	defer func() { w.centred = false }()
	for _, cell := range [][]string{left, right} {
		w.WriteString("<w:tc>")
		for _, line := range cell {
			w.para(0, line)
		}
		w.WriteString("</w:tc>")
	}
	w.WriteString("</w:tr></w:tbl>")
}

func (w *writer) grid(rows [][]string) {
	w.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="2400"/><w:gridCol w:w="2400"/><w:gridCol w:w="4200"/></w:tblGrid>`)
	for _, row := range rows {
		w.WriteString("<w:tr>")
		for _, cell := range row {
			w.WriteString("<w:tc>")
			w.para(0, cell)
			w.WriteString("</w:tc>")
		}
		w.WriteString("</w:tr>")
	}
	w.WriteString("</w:tbl>")
}

func zipped(files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels"} {
		f, err := z.Create(name)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			log.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`
	rels         = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	documentRels = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	styles       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles ` + nsW + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%s"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`
	numbering    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering ` + nsW + `><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:suff w:val="space"/><w:lvlText w:val="%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
)
