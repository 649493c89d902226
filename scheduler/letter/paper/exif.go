package paper

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation reads from a JPEG how the camera was held: 1 upright, 3 upside
// down, 6 and 8 on its sides, the others mirrored. It is 1 where nothing is said.
func orientation(content []byte) int {
	tiff := exifOf(content)
	if len(tiff) < 8 {
		return 1
	}
	order := orderOf(tiff)
	at := int(order.Uint32(tiff[4:8]))
	if at < 8 || at > len(tiff)-2 {
		return 1
	}
	entries := int(order.Uint16(tiff[at:]))
	for i := range entries {
		from := at + 2 + 12*i
		if from+12 > len(tiff) {
			break
		}
		if order.Uint16(tiff[from:]) == 0x0112 {
			return max(1, min(8, int(order.Uint16(tiff[from+8:]))))
		}
	}
	return 1
}

// exifOf finds the camera's notes in a JPEG, which are a small TIFF.
func exifOf(content []byte) []byte {
	if !hasAt(content, 0, "\xff\xd8") {
		return nil
	}
	for at := 2; at+4 <= len(content) && content[at] == 0xff; {
		size := int(binary.BigEndian.Uint16(content[at+2:]))
		part := content[at+2 : min(len(content), at+2+size)]
		if content[at+1] == 0xe1 && len(part) > 8 && bytes.HasPrefix(part[2:], []byte("Exif\x00\x00")) {
			return part[8:]
		}
		if content[at+1] == 0xda || size < 2 { // the picture itself
			break
		}
		at += 2 + size
	}
	return nil
}

func orderOf(tiff []byte) binary.ByteOrder {
	if hasAt(tiff, 0, "MM") {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// severalPages reports whether a TIFF has more than one picture.
func severalPages(tiff []byte) bool {
	order := orderOf(tiff)
	at := int64(order.Uint32(tiff[4:8]))
	if at+2 > int64(len(tiff)) {
		return false
	}
	next := at + 2 + 12*int64(order.Uint16(tiff[at:]))
	return next+4 <= int64(len(tiff)) && order.Uint32(tiff[next:]) != 0
}

// turned makes a picture upright by the camera's notes.
func turned(p *image.Gray, orientation int) *image.Gray {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	out := image.NewGray(image.Rect(0, 0, ow, oh))
	for y := range oh {
		for x := range ow {
			sx, sy := source(orientation, x, y, w, h)
			out.Pix[y*out.Stride+x] = p.Pix[sy*p.Stride+sx]
		}
	}
	return out
}

// source is where a point of the upright picture is in the stored one, which is w
// by h.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x
}
