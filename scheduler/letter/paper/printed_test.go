package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// printed is a PDF of n full pages of 3 000 characters each, in one of the fonts
// that every reader has.
func printed(n int) []byte { return printedWith(n, "") }

// printedWith draws the text after some other operators.
func printedWith(n int, operators string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	var kids []string
	for i := range n {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count %d/Kids[%s]>>", n, strings.Join(kids, " "))
	object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>")
	for i := range n {
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", 5+2*i)
		text := operators + pageOperators(i+1)
		object("<</Length %d>>stream\n%s\nendstream", len(text), text)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// pageOperators draws the 40 lines of a page.
func pageOperators(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F 12 Tf 16 TL 60 780 Td (Trang %d) Tj T*\n", n)
	for range 40 {
		b.WriteString("(Thuc hien Ke hoach so 32-KH/TU ngay 12/7/2024 cua Tinh uy ve cong tac) Tj T*\n")
	}
	return b.String() + "ET"
}
