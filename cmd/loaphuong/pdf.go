package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"loaphuong/scheduler/letter/paper"
)

// readPDF is the hidden command that a process is started with which reads one
// PDF, fenced in.
const readPDF = "read-pdf"

func newReadPDF() *cobra.Command {
	return &cobra.Command{
		Use:    readPDF,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(c *cobra.Command, _ []string) error { return paper.ServeChild(c.InOrStdin(), c.OutOrStdout()) },
	}
}

// pdfChild is the command line of such a process.
func pdfChild() ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return []string{self, readPDF}, nil
}

// newPapers reads letters without a centre. What makes PDF quick to open is kept
// where the user's caches are; without such a place it only takes longer.
func newPapers() (*paper.Reader, error) {
	child, err := pdfChild()
	r := &paper.Reader{Child: child}
	if caches, err := os.UserCacheDir(); err == nil {
		r.Cache = filepath.Join(caches, "loaphuong", "pdf-engine")
	}
	return r, err
}
