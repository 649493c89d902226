package paper

import (
	"encoding/binary"
	"unicode/utf16"
)

// oleMagic begins the container of Office's old formats, in which streams stand as
// files do in a directory.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// sniffOLE tells apart what comes in such a container by the names in its
// directory.
func sniffOLE(content []byte) (kind, error) {
	names, ok := oleNames(content)
	switch {
	case !ok:
		return kind{}, damaged("it begins like an old Word file and breaks off")
	case names["EncryptedPackage"]:
		return kind{}, encrypted()
	case names["WordDocument"]:
		if wordEncrypted(content) {
			return kind{}, encrypted()
		}
		return kind{"doc", "application/msword"}, nil
	case names["Workbook"] || names["Book"]:
		return kind{}, stranger("an Excel workbook")
	case names["PowerPoint Document"]:
		return kind{}, stranger("a PowerPoint presentation")
	case names["__properties_version1.0"]:
		return kind{}, stranger("a mail from Outlook")
	}
	return kind{}, stranger("an Office file of an unknown kind, or an installer")
}

// maxDirectory bounds the sectors of the directory that are looked through; four
// or eight entries are in one.
const maxDirectory = 1000

// oleNames lists the names in the directory. The chain of the directory's sectors
// is followed through the table of sectors, of which only the first 109 parts are
// looked up: enough for 7 MB of small sectors before the directory.
func oleNames(content []byte) (map[string]bool, bool) {
	if len(content) < 1536 {
		return nil, false
	}
	shift := binary.LittleEndian.Uint16(content[30:])
	if shift != 9 && shift != 12 {
		return nil, false
	}
	size := 1 << shift
	sector := func(n uint32) []byte {
		from := (int64(n) + 1) * int64(size)
		if from+int64(size) > int64(len(content)) {
			return nil
		}
		return content[from : from+int64(size)]
	}
	names := map[string]bool{}
	at := binary.LittleEndian.Uint32(content[48:])
	for range maxDirectory {
		part := sector(at)
		if part == nil {
			break
		}
		addNames(names, part)
		at = nextSector(content, sector, at, size)
	}
	return names, len(names) > 0
}

func addNames(names map[string]bool, part []byte) {
	for ; len(part) >= 128; part = part[128:] {
		length := int(binary.LittleEndian.Uint16(part[64:]))
		if length < 2 || length > 64 {
			continue
		}
		names[string(utf16.Decode(utf16Units(part[:length-2], binary.LittleEndian)))] = true
	}
}

// nextSector looks up which sector follows another. Past the end it gives a number
// that no sector has.
func nextSector(content []byte, sector func(uint32) []byte, at uint32, size int) uint32 {
	const none = 0xffff_fff0
	entries := uint32(size / 4)
	if at/entries >= 109 {
		return none
	}
	table := sector(binary.LittleEndian.Uint32(content[76+4*(at/entries):]))
	if table == nil {
		return none
	}
	return binary.LittleEndian.Uint32(table[4*(at%entries):])
}

// wordEncrypted reads the mark of a password from the head of the document, which
// Word writes into the first sector.
func wordEncrypted(content []byte) bool {
	const ident, flags, encryptedFlag = 0xa5ec, 0x0a, 0x0100
	head := content[512:]
	return len(head) > 12 && binary.LittleEndian.Uint16(head) == ident && binary.LittleEndian.Uint16(head[flags:])&encryptedFlag != 0
}
