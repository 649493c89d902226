package paper

import (
	"encoding/binary"
	"fmt"
	"io"
)

// The child and its parent speak in frames: what it is, how long, the bytes.
type frameKind byte

const (
	frameOrder   frameKind = 'o' // to the child: an order in JSON
	frameFile    frameKind = 'f' // to the child: the PDF
	framePages   frameKind = 'n' // number of pages, in JSON
	frameText    frameKind = 't' // the text of the next page
	framePicture frameKind = 'p' // the next page as a picture, a binary PGM; empty if none was ordered
	frameError   frameKind = 'e' // a refusal in JSON; the last frame
	frameEnd     frameKind = 'z' // all pages have been sent; a summary in JSON
)

func writeFrame(w io.Writer, kind frameKind, payload []byte) error {
	head := binary.BigEndian.AppendUint32([]byte{byte(kind)}, uint32(len(payload)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(payload)
	return err
}

// readFrame reads a frame of at most limit bytes.
func readFrame(r io.Reader, limit int) (frameKind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if int64(size) > int64(limit) {
		return 0, nil, fmt.Errorf("a frame of %d bytes where at most %d are allowed", size, limit)
	}
	payload := make([]byte, size)
	_, err := io.ReadFull(r, payload)
	return frameKind(head[0]), payload, err
}

// order is what the parent asks of the child.
type order struct {
	Cache      string `json:"cache"`      // see [Reader.Cache]
	Pages      int    `json:"pages"`      // refuse a file of more
	Scans      int    `json:"scans"`      // refuse a file with more pages that are pictures
	Text       int    `json:"text"`       // refuse a file with more bytes of text
	Pictures   bool   `json:"pictures"`   // send pages without text as pictures
	CPUSeconds int    `json:"cpuSeconds"` // of the whole child
	Encoding   string `json:"encoding"`   // see [Reader.Read]
}

// summary is what the child says at the end.
type summary struct {
	Converted string `json:"converted"` // see [Paper.Converted]
	Scanned   bool   `json:"scanned"`   // some text lies unseen under a picture, where a scanner has put it
}

// refusal is an error on its way from the child: the kind by its name, and what
// the message adds.
type refusal struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}
