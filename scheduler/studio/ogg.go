package studio

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// Flags of an Ogg page.
const (
	oggFirst = 2 // the page begins a stream
	oggLast  = 4 // and ends it
)

// oggPage is the header of one page and what it carries.
type oggPage struct {
	flags          byte
	serial, number uint32
	body           []byte
}

// oggReader reads pages and notices damage.
type oggReader struct {
	r     *bufio.Reader
	at    int64
	table [256]uint32
}

// inspectOgg reads every page: its checksum, its number in the sequence, and
// whether the last one is whole. A missing end-of-stream mark is let pass,
// since phones and stream recorders leave it out, and a file cut short by
// chance ends inside a page.
func inspectOgg(f *os.File) (claim, error) {
	r := &oggReader{r: bufio.NewReader(f), table: oggTable()}
	var last oggPage
	pages := 0
	for ; ; pages++ {
		p, err := r.next()
		if err == io.EOF && pages > 0 {
			break
		}
		if err == nil {
			err = follows(last, p, pages == 0)
		}
		if err != nil {
			return claim{}, err
		}
		last = p
	}
	if pages < 3 { // two pages of headers come before any sound
		return claim{}, damaged("the Ogg file ends before its sound begins")
	}
	return claim{kind: "ogg"}, nil
}

// follows checks that page p may come after last.
func follows(last, p oggPage, first bool) error {
	switch {
	case p.flags&oggFirst != 0 && !first && last.flags&oggFirst != 0:
		return fmt.Errorf("%w: it holds several streams, of pictures perhaps: send the sound alone", ErrNotAudio)
	case p.flags&oggFirst != 0:
		return oggCodec(p.body)
	case first:
		return damaged("the beginning of the Ogg file is missing")
	case p.serial != last.serial:
		return damaged("the Ogg file goes over to another stream that has no beginning")
	case p.number != last.number+1:
		return damaged("pages %d to %d of the Ogg file are missing", last.number+1, p.number-1)
	}
	return nil
}

// oggCodec accepts a stream's first packet.
func oggCodec(packet []byte) error {
	for magic, name := range map[string]string{"\x80theora": "video (Theora)", "Speex ": "Speex", "\x7fFLAC": "FLAC inside Ogg"} {
		if bytes.HasPrefix(packet, []byte(magic)) {
			return fmt.Errorf("%w: it is %s: send WAV, MP3, FLAC, Ogg Vorbis or Opus", ErrNotAudio, name)
		}
	}
	if bytes.HasPrefix(packet, []byte("OpusHead")) || bytes.HasPrefix(packet, []byte("\x01vorbis")) {
		return nil
	}
	return fmt.Errorf("%w: it is an Ogg file of an unknown kind: send WAV, MP3, FLAC, Ogg Vorbis or Opus", ErrNotAudio)
}

// next reads one page; io.EOF only at the end of the one before.
func (r *oggReader) next() (oggPage, error) {
	head := make([]byte, 27, 27+255)
	if n, err := io.ReadFull(r.r, head); err == io.EOF {
		return oggPage{}, io.EOF
	} else if err != nil && !ended(err) {
		return oggPage{}, err
	} else if !bytes.HasPrefix(head[:n], []byte("OggS")) {
		return oggPage{}, damaged("the Ogg file breaks off at byte %d", r.at)
	} else if err != nil {
		return oggPage{}, r.cut(err)
	}
	head = head[:27+int(head[26])]
	if _, err := io.ReadFull(r.r, head[27:]); err != nil {
		return oggPage{}, r.cut(err)
	}
	length := 0
	for _, n := range head[27:] {
		length += int(n)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(r.r, body); err != nil {
		return oggPage{}, r.cut(err)
	}
	return r.parse(head, body)
}

// parse checks the page's checksum, in which its own four bytes count as zero.
func (r *oggReader) parse(head, body []byte) (oggPage, error) {
	p := oggPage{
		flags:  head[5],
		serial: binary.LittleEndian.Uint32(head[14:]),
		number: binary.LittleEndian.Uint32(head[18:]),
		body:   body,
	}
	want := binary.LittleEndian.Uint32(head[22:])
	clear(head[22:26])
	if r.sum(r.sum(0, head), body) != want {
		return p, damaged("page %d of the Ogg file, at byte %d, has a wrong checksum", p.number, r.at)
	}
	r.at += int64(len(head) + len(body))
	return p, nil
}

func (r *oggReader) cut(err error) error {
	if !ended(err) {
		return err
	}
	return damaged("the Ogg file ends in the middle of the page at byte %d", r.at)
}

// sum carries Ogg's checksum on: CRC-32 with the bits the other way round from
// the standard library's, and no inversion.
func (r *oggReader) sum(crc uint32, b []byte) uint32 {
	for _, x := range b {
		crc = crc<<8 ^ r.table[byte(crc>>24)^x]
	}
	return crc
}

// oggTable is the checksum of each byte.
func oggTable() (table [256]uint32) {
	for i := range table {
		crc := uint32(i) << 24
		for range 8 {
			carry := crc >> 31
			crc = crc<<1 ^ carry*0x04c11db7
		}
		table[i] = crc
	}
	return table
}
