package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// Bounds on XML. Word nests some 30 deep and writes some 300 bytes a token.
const (
	maxDepth  = 400
	maxTokens = 4_000_000
	maxText   = 1 << 20 // bytes of one tag with its attributes, or one stretch of text
)

// tags receives the elements of a document in their order. Names are those after
// the colon. An error of open ends the reading.
type tags interface {
	open(name string, at attributes) error
	shut(name string)
	text(s string)
}

// scan reads XML with bounds on depth, number and length of its parts. Entities
// of the document's own are not expanded: they are damage.
func scan(part []byte, to tags) error {
	if bytes.Contains(part[:min(len(part), 4096)], []byte("<!ENTITY")) {
		return damaged("its XML declares entities, which no office program writes")
	}
	in := &meter{Reader: bytes.NewReader(part)}
	dec := xml.NewDecoder(in)
	depth := 0
	for n := 0; ; n++ {
		in.read = 0
		token, err := dec.RawToken()
		switch {
		case errors.Is(err, errLong):
			return tooLarge("one tag or stretch of text of its XML has more than %d MiB", maxText>>20)
		case err == io.EOF && depth == 0:
			return nil
		case err != nil:
			return damaged("its XML ends or breaks at byte %d", dec.InputOffset())
		case n > maxTokens:
			return tooLarge("its XML has more than %d parts", maxTokens)
		}
		if depth, err = deliver(token, depth, to); err != nil {
			return err
		}
	}
}

// errLong ends the reading of a token that is too long to be true.
var errLong = errors.New("token too long")

// meter gives the decoder at most maxText bytes for one token, which it would
// gather in memory however long it is.
type meter struct {
	*bytes.Reader
	read int
}

// ReadByte is what the decoder reads with.
func (m *meter) ReadByte() (byte, error) {
	if m.read++; m.read > maxText {
		return 0, errLong
	}
	return m.Reader.ReadByte()
}

// deliver hands one token on and keeps count of the depth.
func deliver(token xml.Token, depth int, to tags) (int, error) {
	switch t := token.(type) {
	case xml.StartElement:
		if depth++; depth > maxDepth {
			return depth, damaged("its XML is nested deeper than %d", maxDepth)
		}
		return depth, to.open(t.Name.Local, t.Attr)
	case xml.EndElement:
		if depth--; depth < 0 {
			return depth, damaged("its XML closes more than it opens")
		}
		to.shut(t.Name.Local)
	case xml.CharData:
		to.text(string(t))
	}
	return depth, nil
}

// attributes are those of one element.
type attributes []xml.Attr

// get is the value of the attribute with a name, whatever its prefix, or "".
func (a attributes) get(name string) string {
	for _, at := range a {
		if at.Name.Local == name {
			return at.Value[:min(len(at.Value), 1000)]
		}
	}
	return ""
}

// is reports whether a switch like w:caps is on: there, and not switched off.
func (a attributes) is() bool {
	switch strings.ToLower(a.get("val")) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
