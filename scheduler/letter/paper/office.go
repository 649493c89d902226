package paper

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
)

// readDoc has LibreOffice turn an old Word file into DOCX and reads that.
func (j job) readDoc(ctx context.Context, content []byte) (reading, error) {
	soffice, err := program(j.Soffice, "soffice")
	if err != nil {
		return reading{}, needsTool("LibreOffice, which reads old Word files,", "libreoffice-writer-nogui", "open the letter in Word and save it as DOCX")
	}
	dir, err := os.MkdirTemp("", "letter-")
	if err != nil {
		return reading{}, err
	}
	defer os.RemoveAll(dir)
	converted, err := j.toDOCX(ctx, soffice, dir, content)
	if err != nil {
		return reading{}, err
	}
	return j.readDOCX(converted)
}

// toDOCX runs LibreOffice with a profile of its own, so that it neither meets nor
// disturbs one that a person has open, and in which no macro is ever run.
func (j job) toDOCX(ctx context.Context, soffice, dir string, content []byte) ([]byte, error) {
	in, out := filepath.Join(dir, "letter.doc"), filepath.Join(dir, "letter.docx")
	if err := os.WriteFile(in, content, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, j.limits.Convert, tooSlow("LibreOffice", j.limits.Convert))
	defer cancel()
	profile := url.URL{Scheme: "file", Path: filepath.Join(dir, "profile")}
	err := task{
		argv: []string{soffice, "-env:UserInstallation=" + profile.String(), "--headless", "--norestore", "--nolockcheck", "--nodefault",
			"--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML", "--outdir", dir, in},
		// The proxy, at which nobody listens, keeps it from fetching what a letter links to.
		env: append(environment("PATH", "LANG"), "HOME="+dir, "TMPDIR="+dir, "http_proxy="+noProxy, "https_proxy="+noProxy),
		dir: dir,
	}.run(ctx)
	if err != nil && isOurs(err) {
		return nil, err
	}
	file, openErr := os.Open(out)
	if errors.Is(openErr, os.ErrNotExist) {
		return nil, damaged("LibreOffice cannot open it")
	} else if openErr != nil {
		return nil, openErr
	}
	defer file.Close()
	converted, err := io.ReadAll(io.LimitReader(file, j.limits.Bytes+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(converted)) > j.limits.Bytes:
		return nil, tooLarge("it becomes more than %d MiB as DOCX", j.limits.Bytes>>20)
	}
	return bytes.Clone(converted), nil
}

// noProxy is an address that answers nothing.
const noProxy = "http://127.0.0.1:9"

// environment is that part of our own that another program may see.
func environment(names ...string) []string {
	var out []string
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			out = append(out, name+"="+value)
		}
	}
	return out
}
