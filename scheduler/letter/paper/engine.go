package paper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// engine is PDFium with one file open.
type engine struct {
	pdf pdfium.Pdfium
	doc references.FPDF_DOCUMENT
}

// enginePages bounds the memory that PDFium sees, in pages of 64 KiB: 512 MiB.
const enginePages = 8192

// openEngine starts PDFium, compiled to machine code: an interpreter would start
// in a third of a second where compiling takes two, but is some forty times slower
// at a page. The cache keeps the compiled code for the next child, which then
// starts in a tenth of a second. PDFium gets no file system at all.
//
// A cache that is damaged is emptied, and the engine is compiled without.
func openEngine(ctx context.Context, cache string) (*engine, error) {
	if c := codeCache(cache); c != nil {
		if e, err := startEngine(ctx, engineConfig().WithCompilationCache(c)); err == nil {
			return e, nil
		}
		emptyCache(cache)
	}
	return startEngine(ctx, engineConfig())
}

func engineConfig() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(enginePages)
}

func startEngine(ctx context.Context, config wazero.RuntimeConfig) (*engine, error) {
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithCompilationWorkers(ctx, 2),
		MinIdle:       1,
		MaxIdle:       1,
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		ReuseWorkers:  true,
	})
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	pdf, err := pool.GetInstance(time.Minute)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	return &engine{pdf: pdf}, nil
}

// emptyCache removes what wazero has put into the cache, which is best effort: a
// cache that stays damaged only costs time.
func emptyCache(dir string) {
	parts, _ := filepath.Glob(filepath.Join(dir, "wazero-*"))
	for _, part := range parts {
		_ = os.RemoveAll(part)
	}
}

// codeCache opens the cache, which nobody else may write to: what is in it is run.
// Without one, or with one that cannot be used, the engine is compiled anew.
func codeCache(dir string) wazero.CompilationCache {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o022 != 0 {
		return nil
	}
	c, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return c
}

// load opens a file and counts its pages.
func (e *engine) load(file []byte) (int, error) {
	doc, err := e.pdf.OpenDocument(&requests.OpenDocument{File: &file})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return 0, encrypted()
	case err != nil:
		return 0, damaged("it begins like a PDF and cannot be opened")
	}
	e.doc = doc.Document
	count, err := e.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: e.doc})
	if err != nil || count.PageCount < 1 {
		return 0, damaged("it has no pages")
	}
	return count.PageCount, nil
}
