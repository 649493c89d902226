package paper

import (
	"bytes"
	"fmt"
	"unicode/utf16"
)

// kind is what a file is by its content.
type kind struct{ format, mediaType string }

const (
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeODT  = "application/vnd.oasis.opendocument.text"
)

// magic is how files of a kind begin.
type magic struct {
	at   int
	with string
	kind
}

func letters() []magic {
	return []magic{
		{0, "\x89PNG\r\n\x1a\n", kind{"image", "image/png"}},
		{0, "\xff\xd8\xff", kind{"image", "image/jpeg"}},
		{0, "II*\x00", kind{"image", "image/tiff"}},
		{0, "MM\x00*", kind{"image", "image/tiff"}},
	}
}

// strangers are kinds of files that are no letters, and what people call them.
func strangers() []struct {
	at         int
	with, what string
} {
	return []struct {
		at         int
		with, what string
	}{
		{0, "MZ", "a Windows program"},
		{0, "\x7fELF", "a Linux program"},
		{0, "#!/bin", "a script"},
		{0, "#!/usr", "a script"},
		{0, "Rar!", "a RAR archive"},
		{0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
		{0, "\x1f\x8b\x08", "a gzip archive"},
		{0, "GIF8", "a GIF picture"},
		{0, "BM", "a BMP picture"},
		{8, "WEBP", "a WebP picture"},
		{4, "ftypheic", "an iPhone photo (HEIC)"},
		{4, "ftypheix", "an iPhone photo (HEIC)"},
		{4, "ftypmif1", "an iPhone photo (HEIC)"},
		{4, "ftyp", "a video or sound file"},
		{0, "ID3", "a sound file"},
		{0, "OggS", "a sound file"},
		{0, "fLaC", "a sound file"},
		{0, "RIFF", "a sound or video file"},
		{0, "{\\rtf", "an RTF document"},
		{0, "%!PS", "a PostScript file"},
		{0, "SQLite format 3\x00", "a database"},
		{0, "\xca\xfe\xba\xbe", "a Java program"},
		{0, "AT&TFORM", "a DjVu file"},
	}
}

// sniff tells the format by the content alone.
func sniff(content []byte) (kind, error) {
	switch {
	case len(content) == 0:
		return kind{}, fmt.Errorf("%w: it has no bytes at all: see whether the upload was cut off", ErrEmpty)
	case hasAt(content, 0, "PK\x03\x04"), hasAt(content, 0, "PK\x05\x06"):
		return sniffZip(content)
	case hasAt(content, 0, oleMagic):
		return sniffOLE(content)
	}
	for _, m := range letters() {
		if hasAt(content, m.at, m.with) {
			return m.kind, nil
		}
	}
	binary := bytes.IndexByte(content[:min(len(content), 1024)], 0) >= 0
	for _, s := range strangers() {
		// What begins with two letters may also be a text that does.
		if hasAt(content, s.at, s.with) && (binary || len(s.with) > 3) {
			return kind{}, stranger(s.what)
		}
	}
	// PDF may have anything before its mark, if it is not much.
	if bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")) {
		return kind{"pdf", "application/pdf"}, nil
	}
	return sniffText(content)
}

// stranger refuses a file that is known to be something else.
func stranger(what string) error {
	advice := "give the letter as PDF, DOCX, ODT, plain text, or as a scan in PNG or JPEG"
	switch what {
	case "an RTF document":
		advice = "open it in Word or LibreOffice and save it as DOCX"
	case "a GIF picture", "a BMP picture", "a WebP picture", "an iPhone photo (HEIC)":
		advice = "save the picture as PNG or JPEG"
	case "a ZIP archive", "a RAR archive", "a 7-Zip archive", "a gzip archive":
		advice = "unpack it and give the letter that is in it"
	case "an Excel workbook", "a PowerPoint presentation", "an OpenDocument spreadsheet or presentation", "a mail from Outlook":
		advice = "save the letter in it as PDF or DOCX"
	}
	return fmt.Errorf("%w: it is %s: %s", ErrFormat, what, advice)
}

// sniffText tells web pages and plain text from bytes of some other kind: text
// has no control characters, or is UTF-16.
func sniffText(content []byte) (kind, error) {
	head := content[:min(len(content), 8<<10)]
	if utf16Order(head) == nil {
		control := 0
		for _, c := range head {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' || c == 0x7f {
				control++
			}
		}
		if control*200 > len(head) || bytes.IndexByte(head, 0) >= 0 {
			return kind{}, stranger("not text, nor a document or picture of a known kind")
		}
	}
	if looksHTML(head) {
		return kind{"html", "text/html"}, nil
	}
	if hasAt(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), 0, "<?xml") {
		return kind{}, stranger("an XML file")
	}
	return kind{"text", "text/plain"}, nil
}

// looksHTML reports whether a page's tags stand near the beginning.
func looksHTML(head []byte) bool {
	if order := utf16Order(head); order != nil {
		head = []byte(string(utf16.Decode(utf16Units(head, order))))
	}
	head = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\ufeff"))
	if len(head) == 0 || head[0] != '<' {
		return false
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<div", "<p>", "<p "} {
		if bytes.Contains(head[:min(len(head), 2048)], []byte(tag)) {
			return true
		}
	}
	return false
}
