// Command make writes the fixtures that no office program is needed for: the
// letter as text, HTML, a DOCX as MS Word saves it, a PDF, and the text and
// the DOCX in the older codings TCVN3 and VNI. It is run by make.sh.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"loaphuong/scheduler/letter/paper"
)

func main() {
	if os.Args[1] == "-scans" {
		if err := os.WriteFile(os.Args[2], scans(os.Args[3:]), 0o644); err != nil {
			log.Fatal(err)
		}
		return
	}
	dir := os.Args[1]
	files := map[string][]byte{
		"letter.txt":  []byte(text()),
		"letter.html": []byte(page()),
		"word.docx":   word("DejaVu Serif", true, func(s string) string { return s }),
		"plain.docx":  word("DejaVu Serif", false, func(s string) string { return s }),
		"fpdf.pdf":    pdf(true, ""),
		"tcvn3.pdf":   pdf(false, ""),
		"locked.pdf":  pdf(true, "secret"),
		"tcvn3.txt":   latin1(paper.Encode(text(), "tcvn3")),
		"vni.txt":     latin1(paper.Encode(text(), "vni")),
		"tcvn3.docx":  word(".VnTime", true, func(s string) string { return paper.Encode(s, "tcvn3") }),
		"vni.docx":    word("VNI-Times", true, func(s string) string { return paper.Encode(s, "vni") }),
		"utf16.txt":   utf16(text()),
		"cp1258.txt":  cp1258(text()),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			log.Fatal(err)
		}
		fmt.Println(name, len(content))
	}
}
