package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"loaphuong/scheduler"
	"loaphuong/scheduler/letter"
	"loaphuong/scheduler/web"
)

// letterFlags adds what can be said about a file.
func letterFlags(c *cobra.Command) *cobra.Command {
	c.Flags().String("encoding", "", "the coding the text was typed in: tcvn3, vni or unicode; found out when empty")
	return c
}

// openedLetter is a file to read, and how to close it.
type openedLetter struct {
	web.LetterFile
	close func() error
}

func openLetter(c *cobra.Command, file string) (openedLetter, error) {
	encoding, _ := c.Flags().GetString("encoding")
	if !slices.Contains([]string{"", "tcvn3", "vni", "unicode"}, encoding) {
		return openedLetter{}, usageError{fmt.Errorf("encoding %q: use tcvn3, vni or unicode", encoding)}
	}
	if file == "-" {
		in := web.LetterFile{Name: "standard input", Encoding: encoding, Body: c.InOrStdin()}
		return openedLetter{in, func() error { return nil }}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return openedLetter{}, usageError{fmt.Errorf("read letter: %w", err)}
	}
	return openedLetter{web.LetterFile{Name: filepath.Base(file), Encoding: encoding, Body: f}, f.Close}, nil
}

// parseLetter reads a file here, as the centre would.
func parseLetter(c *cobra.Command, file string) (scheduler.Directive, error) {
	f, err := openLetter(c, file)
	if err != nil {
		return scheduler.Directive{}, err
	}
	defer f.close()
	papers, err := newPapers()
	if err != nil {
		return scheduler.Directive{}, err
	}
	from, _, err := papers.Read(c.Context(), f.Name, f.Body, f.Encoding)
	if err != nil {
		return scheduler.Directive{}, usageError{err}
	}
	d, err := letter.Parse(from.Text)
	if err != nil {
		return d, usageError{fmt.Errorf("%s: %w", file, err)}
	}
	d.Source = scheduler.Source{Name: f.Name, Format: from.Format, Scanned: from.Scanned, Converted: from.Converted}
	return d, nil
}
