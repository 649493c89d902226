package listfile

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// digestURN comes before a digest in the identifier of an XSPF track.
const digestURN = "urn:sha256:"

// maxDepth is deeper than elements of any use are nested.
const maxDepth = 32

// xspf is an XSPF file that is being read.
type xspf struct {
	*list
	path  []string // the elements that are open
	text  strings.Builder
	track Entry
}

// readXSPF reads tracks. A document type, and with it entities of one's own, is
// refused.
func (l *list) readXSPF(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	x := xspf{list: l}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		if err == io.EOF && len(x.path) == 0 {
			return nil
		}
		if err == nil {
			err = x.take(token, line)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, plain(err))
		}
	}
}

// plain leaves out what the XML decoder says of the line: it is said already.
func plain(err error) error {
	if bad := new(xml.SyntaxError); errors.As(err, &bad) {
		return fmt.Errorf("not well-formed: %s: save it again as XSPF", bad.Msg)
	}
	return err
}

// take goes on by one token.
func (x *xspf) take(token xml.Token, line int) error {
	switch t := token.(type) {
	case xml.Directive:
		return errors.New("it has a document type: leave it out")
	case xml.StartElement:
		return x.open(t.Name.Local, line)
	case xml.EndElement:
		return x.close()
	case xml.CharData:
		x.text.Write(t)
	}
	return nil
}

func (x *xspf) open(name string, line int) error {
	switch x.path = append(x.path, name); {
	case x.path[0] != "playlist":
		return fmt.Errorf("its root is %.40q: an XSPF file begins with <playlist>", x.path[0])
	case len(x.path) > maxDepth:
		return fmt.Errorf("its elements are nested more than %d deep: save it again as XSPF", maxDepth)
	case x.isTrack():
		x.track = Entry{Line: line}
	}
	x.text.Reset()
	return nil
}

func (x *xspf) close() (err error) {
	text := oneLine(x.text.String())
	if slices.Equal(x.path, []string{"playlist", "title"}) {
		x.Title = text
	}
	if x.isTrack() {
		err = x.add(x.track)
	}
	last := len(x.path) - 1
	name := x.path[last]
	if x.path = x.path[:last]; err == nil && x.isTrack() {
		err = x.field(name, text)
	}
	x.text.Reset()
	return err
}

// isTrack reports whether the innermost open element is a track.
func (x *xspf) isTrack() bool {
	return slices.Equal(x.path, []string{"playlist", "trackList", "track"})
}

// field takes what one element of a track says. Of several locations or
// identifiers the first counts.
func (x *xspf) field(name, text string) error {
	switch e := &x.track; {
	case name == "location" && e.Location == "":
		e.Location = text
	case name == "identifier" && strings.HasPrefix(text, digestURN):
		e.Digest = strings.TrimPrefix(text, digestURN)
	case name == "identifier" && e.ID == "":
		e.ID = text
	case name == "title":
		e.Title = text
	case name == "duration":
		ms, err := strconv.ParseFloat(text, 64)
		length, ok := lengthOf(ms / 1000)
		if err != nil || !ok {
			return fmt.Errorf("duration %.20q: write it in milliseconds, up to a day", text)
		}
		e.Length = length
	}
	return nil
}
