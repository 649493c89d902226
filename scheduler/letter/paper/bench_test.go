package paper

import (
	"bytes"
	"context"
	"os/exec"
	"testing"
)

// benchmark reads a file again and again. The engine is compiled before.
func benchmark(b *testing.B, name string, content []byte) {
	r := reader(b)
	run := func() {
		if _, _, err := r.Read(context.Background(), name, bytes.NewReader(content), ""); err != nil {
			b.Fatal(err)
		}
	}
	run()
	for b.Loop() {
		run()
	}
}

// BenchmarkPDF1Page is nearly all the start of the child.
func BenchmarkPDF1Page(b *testing.B) {
	benchmark(b, "mot.pdf", printed(1))
}

func BenchmarkPDF10Pages(b *testing.B) {
	benchmark(b, "muoi.pdf", printed(10))
}

// BenchmarkPDFWithoutCache compiles the engine each time.
func BenchmarkPDFWithoutCache(b *testing.B) {
	r := reader(b)
	r.Cache = ""
	content := printed(10)
	for b.Loop() {
		if _, _, err := r.Read(context.Background(), "muoi.pdf", bytes.NewReader(content), ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	benchmark(b, "word.docx", fixture(b, "word.docx"))
}

func BenchmarkTCVN3(b *testing.B) {
	benchmark(b, "tcvn3.txt", bytes.Repeat(fixture(b, "tcvn3.txt"), 100))
}

func BenchmarkScan1Page(b *testing.B) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		b.Skip("tesseract is not installed")
	}
	benchmark(b, "scan.jpg", fixture(b, "scan.jpg"))
}
