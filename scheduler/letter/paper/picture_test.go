package paper

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

// corner is a picture of 3 by 2 points, black in its upper left corner.
func corner() *image.Gray {
	p := image.NewGray(image.Rect(0, 0, 3, 2))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	p.Pix[0] = 0
	return p
}

func TestPicturesAreTurnedUpright(t *testing.T) {
	cases := []struct{ orientation, w, h, x, y int }{
		{1, 3, 2, 0, 0}, {2, 3, 2, 2, 0}, {3, 3, 2, 2, 1}, {4, 3, 2, 0, 1}, {5, 2, 3, 0, 0}, {6, 2, 3, 1, 0}, {7, 2, 3, 1, 2}, {8, 2, 3, 0, 2}, {9, 3, 2, 0, 0},
	}
	for _, c := range cases {
		p := turned(corner(), c.orientation)
		if p.Rect.Dx() != c.w || p.Rect.Dy() != c.h || p.GrayAt(c.x, c.y).Y != 0 {
			t.Errorf("orientation %d gives %v", c.orientation, p)
		}
	}
}

// exif is a JPEG's part that says how the camera was held.
func exif(orientation int, order binary.AppendByteOrder, mark string) []byte {
	tiff := order.AppendUint32(order.AppendUint16([]byte(mark), 42), 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, uint16(orientation)), 0, 0)
	part := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(part)+2)), part...)
}

func TestOrientation(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, corner(), nil); err != nil {
		t.Fatal(err)
	}
	with := func(part []byte) []byte { return append(append([]byte("\xff\xd8"), part...), b.Bytes()[2:]...) }
	cases := []struct {
		what    string
		content []byte
		want    int
	}{
		{"none", b.Bytes(), 1},
		{"little end first", with(exif(6, binary.LittleEndian, "II")), 6},
		{"big end first", with(exif(3, binary.BigEndian, "MM")), 3},
		{"out of range", with(exif(77, binary.BigEndian, "MM")), 8},
		{"cut off", with(exif(6, binary.LittleEndian, "II"))[:20], 1},
		{"no JPEG", []byte("\x89PNG"), 1},
	}
	for _, c := range cases {
		if got := orientation(c.content); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
	if p, err := (job{limits: Limits{}.orDefault()}).decodePicture(with(exif(6, binary.LittleEndian, "II"))); err != nil || p.Rect.Dx() != 2 {
		t.Errorf("%v, %v", p, err)
	}
}

func TestGreyOf(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(5, 5, 8, 7)) // transparent, and not at the origin
	clear.Set(5, 5, color.NRGBA{0, 0, 0, 255})
	coloured := image.NewYCbCr(image.Rect(0, 0, 3, 2), image.YCbCrSubsampleRatio420)
	copy(coloured.Y, []byte{0, 255, 255, 255, 255, 255})
	for _, p := range []image.Image{corner(), clear, coloured, corner().SubImage(image.Rect(0, 0, 3, 2))} {
		if got := greyOf(p); !bytes.Equal(got.Pix, corner().Pix) {
			t.Errorf("%T gives %v", p, got.Pix)
		}
	}
}

func TestPicturesAreMadeToFit(t *testing.T) {
	if got := fitting(image.NewGray(image.Rect(0, 0, 5000, 4000))); got.Rect.Dx() != 2500 {
		t.Errorf("20 million points became %v", got.Rect)
	}
	if got := fitting(image.NewGray(image.Rect(0, 0, 800, 1000))); got.Rect.Dx() != 1600 {
		t.Errorf("a small picture became %v", got.Rect)
	}
	if got := shrunk(corner(), 2); got.Rect.Dx() != 1 || got.Pix[0] != 191 {
		t.Errorf("shrunk to %v", got)
	}
	if got := doubled(corner()); got.Pix[0] != 0 || got.Pix[1] != 127 || got.Pix[2] != 255 {
		t.Errorf("doubled to %v", got.Pix)
	}
	if got := string(pgm(corner())); got != "P5\n3 2\n255\n\x00\xff\xff\xff\xff\xff" {
		t.Errorf("%q", got)
	}
}

func TestTIFF(t *testing.T) {
	var b bytes.Buffer
	if err := tiff.Encode(&b, corner(), nil); err != nil {
		t.Fatal(err)
	}
	one := b.Bytes()
	if p, err := (job{limits: Limits{}.orDefault()}).decodePicture(one); err != nil || p.Pix[0] != 0 {
		t.Errorf("%v, %v", p, err)
	}
	at := binary.LittleEndian.Uint32(one[4:])
	next := at + 2 + 12*uint32(binary.LittleEndian.Uint16(one[at:]))
	binary.LittleEndian.PutUint32(one[next:], 8)
	if _, err := (job{limits: Limits{}.orDefault()}).decodePicture(one); err == nil {
		t.Error("only the first page of two would have been read")
	}
}

func TestSniffPictures(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, corner()); err != nil {
		t.Fatal(err)
	}
	if k, err := sniff(b.Bytes()); err != nil || k.mediaType != "image/png" {
		t.Errorf("%v, %v", k, err)
	}
}

func TestPGMComesBack(t *testing.T) {
	if p, err := fromPGM(pgm(corner())); err != nil || !bytes.Equal(p.Pix, corner().Pix) {
		t.Errorf("%v, %v", p, err)
	}
	for _, bad := range []string{"", "P5\n3 2\n255\n12345", "P5\n3 2\n255\n1234567", "P5\n-3 -2\n255\n123456", "P5\n99999999 99999999\n255\n", "P6\n1 1\n255\n1"} {
		if _, err := fromPGM([]byte(bad)); err == nil {
			t.Errorf("%q was taken for a picture", bad)
		}
	}
}

// TestAScanUpsideDownIsTurned puts the top of the scan on the glass the wrong way.
func TestAScanUpsideDownIsTurned(t *testing.T) {
	whole, err := jpeg.Decode(bytes.NewReader(fixture(t, "scan.jpg")))
	if err != nil {
		t.Fatal(err)
	}
	b := whole.Bounds()
	top := greyOf(whole).SubImage(image.Rect(0, b.Dy()/5, b.Dx(), b.Dy()/3)).(*image.Gray)
	var file bytes.Buffer
	if err := png.Encode(&file, turned(greyOf(top), 3)); err != nil {
		t.Fatal(err)
	}
	p, err := read(t, file.Bytes(), "")
	if err != nil || !strings.Contains(p.Text, "32-KH/TU ngày 12/7/2024") {
		t.Errorf("%q, %v", p.Text, err)
	}
}

func TestVietnameseShare(t *testing.T) {
	for text, want := range map[string]float64{"": 1, "Kính gửi các xã": 1, "oqp xwv zzk qrs": 0, "Kính oqp": 0.5} {
		if got := vietnameseShare(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
