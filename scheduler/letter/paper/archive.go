package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Bounds on an office file's archive. Word's own files have some 20 parts; the
// text of 4 MiB has some 40 MiB of XML around it.
const (
	maxParts     = 4000
	maxPartBytes = 96 << 20
	maxRatio     = 400 // unpacked to packed; XML that is all the same comes to 100
)

// archive is the ZIP file that DOCX and ODT are, read with bounds: neither the
// sizes nor the number of its parts are believed.
type archive struct{ parts map[string]*zip.File }

func openArchive(content []byte) (archive, error) {
	if parts := bytes.Count(content, []byte("PK\x01\x02")); parts > maxParts {
		return archive{}, tooLarge("its archive has more than %d parts", maxParts)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return archive{}, damaged("its archive cannot be opened (%v)", err)
	}
	a := archive{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if _, twice := a.parts[f.Name]; !twice {
			a.parts[f.Name] = f
		}
	}
	return a, nil
}

func (a archive) has(name string) bool { return a.parts[name] != nil }

// mainPart is the name of the part with the text of a Word file, which some
// programs number, or "".
func (a archive) mainPart() string {
	if a.has("word/document.xml") {
		return "word/document.xml"
	}
	for n := range 10 {
		if name := fmt.Sprintf("word/document%d.xml", n); a.has(name) {
			return name
		}
	}
	return ""
}

// part unpacks one part as far as the bounds allow.
func (a archive) part(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, damaged("its part %s is missing", name)
	}
	if f.Flags&1 != 0 {
		return nil, encrypted()
	}
	in, err := f.Open()
	if err != nil {
		return nil, damaged("its part %s cannot be unpacked (%v)", name, err)
	}
	defer in.Close()
	limit := min(maxPartBytes, 1<<20+int64(min(f.CompressedSize64, maxPartBytes))*maxRatio)
	out, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case int64(len(out)) > limit:
		return nil, tooLarge("its part %s unpacks to more than %d MiB", name, limit>>20)
	case err != nil:
		return nil, damaged("its part %s cannot be unpacked (%v)", name, err)
	}
	return out, nil
}

// sniffZip tells apart what comes as a ZIP archive.
func sniffZip(content []byte) (kind, error) {
	a, err := openArchive(content)
	if err != nil {
		return kind{}, err
	}
	switch {
	case a.mainPart() != "":
		return kind{"docx", typeDOCX}, nil
	case a.has("xl/workbook.xml") || a.has("xl/workbook.bin"):
		return kind{}, stranger("an Excel workbook")
	case a.has("ppt/presentation.xml"):
		return kind{}, stranger("a PowerPoint presentation")
	case a.has("AndroidManifest.xml") || a.has("META-INF/MANIFEST.MF"):
		return kind{}, stranger("a program for Android or Java")
	case a.has("mimetype"):
		return sniffODF(a)
	case a.has("EncryptedPackage"):
		return kind{}, encrypted()
	}
	return kind{}, stranger("a ZIP archive")
}

// sniffODF reads the first part of an OpenDocument file, which is its media type.
func sniffODF(a archive) (kind, error) {
	mediaType, err := a.part("mimetype")
	if err != nil {
		return kind{}, err
	}
	switch name := strings.TrimSpace(string(mediaType[:min(len(mediaType), 200)])); {
	case name == typeODT || name == typeODT+"-template":
		return kind{"odt", typeODT}, nil
	case strings.HasPrefix(name, "application/vnd.oasis.opendocument."):
		return kind{}, stranger("an OpenDocument spreadsheet or presentation")
	case name == "application/epub+zip":
		return kind{}, stranger("an electronic book")
	}
	return kind{}, fmt.Errorf("%w: it is an archive of an unknown kind: give the letter as PDF, DOCX or ODT", ErrFormat)
}
