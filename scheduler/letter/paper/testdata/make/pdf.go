package main

import (
	"bytes"
	"log"
	"os"

	"codeberg.org/go-pdf/fpdf"

	"loaphuong/scheduler/letter/paper"
)

const fonts = "/usr/share/fonts/truetype/dejavu/"

// pdf is the letter as a program prints it that knows nothing of paragraphs.
// Without Unicode it is set in a Latin font with the codes of TCVN3, as it was
// done with .VnTime.
func pdf(unicode bool, password string) []byte {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetMargins(30, 20, 15)
	code := func(s string) string { return s }
	if unicode {
		font, err := os.ReadFile(fonts + "DejaVuSerif.ttf")
		if err != nil {
			log.Fatal(err)
		}
		p.AddUTF8FontFromBytes("serif", "", font)
		p.SetFont("serif", "", 11)
	} else {
		p.SetFont("Times", "", 13)
		code = func(s string) string { return string(latin1(paper.Encode(s, "tcvn3"))) }
	}
	if password != "" {
		p.SetProtection(0, password, password+"-owner")
	}
	p.AddPage()
	print(p, code)
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

func print(p *fpdf.Fpdf, code func(string) string) {
	sideBySide(p, code, headLeft, headRight)
	p.Ln(6)
	for _, line := range greeting {
		p.MultiCell(0, 6, code(line), "", "L", false)
	}
	p.Ln(4)
	counts := [4]int{}
	for _, bl := range body {
		if bl.table != nil {
			for _, row := range bl.table {
				for _, cell := range row {
					p.CellFormat(53, 7, code(cell), "1", 0, "L", false, 0, "")
				}
				p.Ln(7)
			}
			p.Ln(4)
			continue
		}
		p.MultiCell(0, 6, code("      "+mark(&counts, bl)+bl.text), "", "J", false)
		p.Ln(2.5)
	}
	sideBySide(p, code, footLeft, footRight)
}

func sideBySide(p *fpdf.Fpdf, code func(string) string, left, right []string) {
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		p.CellFormat(80, 6, code(l), "", 0, "C", false, 0, "")
		p.CellFormat(85, 6, code(r), "", 1, "C", false, 0, "")
	}
}

// scans is a PDF of pictures, one a page, as a scanner makes it.
func scans(pictures []string) []byte {
	p := fpdf.New("P", "mm", "A4", "")
	for _, name := range pictures {
		p.AddPage()
		p.ImageOptions(name, 0, 0, 210, 297, false, fpdf.ImageOptions{ImageType: "JPG"}, 0, "")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}
