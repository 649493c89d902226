package decode

import (
	"encoding/binary"
	"fmt"
)

// The layout of an Ogg page, RFC 3533.
const (
	pageHeader = 27 // bytes before the segment table
	crcOffset  = 22 // of the checksum, which is computed with itself as zero
	segmentMax = 255

	flagContinued = 1
	flagFirst     = 2
	flagLast      = 4
)

// page is one Ogg page inside the file's bytes.
type page struct {
	flags    byte
	granule  int64 // frames decoded by the end of its last packet
	serial   uint32
	sequence uint32
	lacing   []byte // the segment table: lengths of the pieces of body
	body     []byte
}

// checksum is Ogg's CRC-32: polynomial 04c11db7, not reflected, no inversion;
// the standard library has only reflected ones.
type checksum [256]uint32

func newChecksum() *checksum {
	const polynomial = 0x04c11db7
	var table checksum
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			carry := sum >> 31
			sum = sum<<1 ^ polynomial*carry
		}
		table[i] = sum
	}
	return &table
}

// add continues sum over data.
func (c *checksum) add(sum uint32, data []byte) uint32 {
	for _, b := range data {
		sum = sum<<8 ^ c[byte(sum>>24)^b]
	}
	return sum
}

// of is the checksum of a page as it is written in it.
func (c *checksum) of(raw []byte) uint32 {
	sum := c.add(0, raw[:crcOffset])
	sum = c.add(sum, make([]byte, 4))
	return c.add(sum, raw[crcOffset+4:])
}

// cutPage takes the page at the start of data apart and returns what follows.
func (c *checksum) cutPage(data []byte) (p page, rest []byte, err error) {
	if len(data) < pageHeader {
		return p, nil, fmt.Errorf("%d bytes are left where a page of at least %d should be", len(data), pageHeader)
	}
	if string(data[:4]) != "OggS" || data[4] != 0 {
		return p, nil, fmt.Errorf("no page begins here")
	}
	size := pageHeader + int(data[26])
	if len(data) < size {
		return p, nil, fmt.Errorf("the file ends within a page")
	}
	p.lacing = data[pageHeader:size]
	start := size
	for _, n := range p.lacing {
		size += int(n)
	}
	if len(data) < size {
		return p, nil, fmt.Errorf("the file ends within a page, %d bytes short", size-len(data))
	}
	if got, want := c.of(data[:size]), binary.LittleEndian.Uint32(data[crcOffset:]); got != want {
		return p, nil, fmt.Errorf("checksum %08x, want %08x", got, want)
	}
	p.flags, p.body = data[5], data[start:size]
	p.granule = int64(binary.LittleEndian.Uint64(data[6:]))
	p.serial = binary.LittleEndian.Uint32(data[14:])
	p.sequence = binary.LittleEndian.Uint32(data[18:])
	return p, data[size:], nil
}
