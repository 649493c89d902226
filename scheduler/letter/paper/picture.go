package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the decoders that image.Decode knows
	_ "image/png"
	"math"

	_ "golang.org/x/image/tiff"
)

// readPicture recognises a scan or a photo of one page.
func (j job) readPicture(ctx context.Context, content []byte) (reading, error) {
	if _, err := j.tesseract(); err != nil {
		return reading{}, err
	}
	grey, err := j.decodePicture(content)
	if err != nil {
		return reading{}, err
	}
	text, err := j.recognised(ctx, fitting(grey))
	if err != nil {
		return reading{}, err
	}
	return reading{text: text, pages: 1, scanned: true}, nil
}

// decodePicture unpacks a picture in grey and upright. Its size is looked at
// before anything is unpacked.
func (j job) decodePicture(content []byte) (*image.Gray, error) {
	size, format, err := image.DecodeConfig(bytes.NewReader(content))
	switch {
	case err != nil:
		return nil, damaged("the picture's head cannot be read")
	case size.Width < 1 || size.Height < 1 || size.Width > j.limits.Pixels/size.Height:
		return nil, fmt.Errorf("%w: the picture has %d × %d points and at most %d million are read: scan the page at 200 to 300 dots an inch", ErrTooLarge, size.Width, size.Height, j.limits.Pixels/1_000_000)
	case format == "tiff" && severalPages(content):
		return nil, fmt.Errorf("%w: it is a TIFF picture of several pages: save it as PDF", ErrFormat)
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, damaged("the picture cannot be unpacked")
	}
	return turned(greyOf(picture), orientation(content)), nil
}

// greyOf takes the light of each point. What is transparent is paper.
func greyOf(picture image.Image) *image.Gray {
	b := picture.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch p := picture.(type) {
	case *image.YCbCr:
		for y := range b.Dy() {
			from := p.YOffset(b.Min.X, b.Min.Y+y)
			copy(out.Pix[y*out.Stride:], p.Y[from:from+b.Dx()])
		}
		return out
	case *image.Gray:
		for y := range b.Dy() {
			from := p.PixOffset(b.Min.X, b.Min.Y+y)
			copy(out.Pix[y*out.Stride:], p.Pix[from:from+b.Dx()])
		}
		return out
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Pix[y*out.Stride+x] = greyAt(picture.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

func greyAt(c color.Color) uint8 {
	r, g, b, a := c.RGBA()
	white := 0xffff - a
	return uint8((19595*(r+white) + 38470*(g+white) + 7471*(b+white) + 1<<15) >> 24)
}

// Pictures larger than scanPixels are made smaller, and those whose longer side
// is under smallSide twice as large: letters want to be 20 points high.
const smallSide = 1700

func fitting(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	if w*h > scanPixels {
		return shrunk(p, int(math.Ceil(math.Sqrt(float64(w*h)/scanPixels))))
	}
	if max(w, h) < smallSide {
		return doubled(p)
	}
	return p
}

// shrunk makes one point of n by n.
func shrunk(p *image.Gray, n int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, max(1, p.Rect.Dx()/n), max(1, p.Rect.Dy()/n)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			sum, count := 0, 0
			for dy := y * n; dy < min((y+1)*n, p.Rect.Dy()); dy++ {
				for dx := x * n; dx < min((x+1)*n, p.Rect.Dx()); dx++ {
					sum += int(p.Pix[dy*p.Stride+dx])
					count++
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / max(1, count))
		}
	}
	return out
}

// doubled makes four points of one, with the mean of two between.
func doubled(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, 2*w, 2*h))
	at := func(x, y int) int { return int(p.Pix[min(y, h-1)*p.Stride+min(x, w-1)]) }
	for y := range 2 * h {
		for x := range 2 * w {
			x0, y0, x1, y1 := x/2, y/2, (x+1)/2, (y+1)/2
			out.Pix[y*out.Stride+x] = uint8((at(x0, y0) + at(x1, y0) + at(x0, y1) + at(x1, y1)) / 4)
		}
	}
	return out
}

// pgm writes a picture in the simplest form that tesseract reads.
func pgm(p *image.Gray) []byte {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := make([]byte, 0, w*h+32)
	out = fmt.Appendf(out, "P5\n%d %d\n255\n", w, h)
	for y := range h {
		out = append(out, p.Pix[y*p.Stride:y*p.Stride+w]...)
	}
	return out
}

// fromPGM reads what pgm has written.
func fromPGM(b []byte) (*image.Gray, error) {
	var w, h int
	head := b[:min(len(b), 40)]
	if n, err := fmt.Sscanf(string(head), "P5\n%d %d\n255\n", &w, &h); err != nil || n != 2 || w < 1 || h < 1 || w > len(b)/h {
		return nil, errors.New("its picture makes no sense")
	}
	if len(b) != w*h+len(fmt.Sprintf("P5\n%d %d\n255\n", w, h)) {
		return nil, errors.New("its picture is not whole")
	}
	return &image.Gray{Pix: b[len(b)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}, nil
}
