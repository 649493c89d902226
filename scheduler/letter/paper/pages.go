package paper

import (
	"errors"
	"image"
	"unicode"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

func (e *engine) at(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: e.doc, Index: i}}
}

// maxGlyphs bounds the characters of a page, of which a dense one has 6 000.
const maxGlyphs = 200_000

// glyphs reads the characters of a page.
func (e *engine) glyphs(i int) ([]glyph, error) {
	page, err := e.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: e.at(i)})
	if err != nil {
		return nil, err
	}
	text := page.TextPage
	defer e.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	count, err := e.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return nil, err
	}
	if count.Count > maxGlyphs {
		return nil, tooLarge("page %d has %d characters", i+1, count.Count)
	}
	out := make([]glyph, 0, max(0, count.Count))
	first := true // of a word
	for n := range count.Count {
		g, err := e.glyph(text, n, first)
		if err != nil {
			return nil, err
		}
		first = !g.placed || unicode.IsSpace(g.r)
		out = append(out, g)
	}
	return out, nil
}

// glyph reads one character. PDFium knows no place of those it has added. The font
// is asked for where it tells a coding: at the first letter of a word and at codes.
func (e *engine) glyph(text references.FPDF_TEXTPAGE, n int, first bool) (glyph, error) {
	r, err := e.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: n})
	if err != nil {
		return glyph{}, err
	}
	g := glyph{r: rune(r.Unicode)}
	origin, err := e.pdf.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: n})
	if err != nil {
		return g, nil
	}
	loose, err := e.pdf.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: n})
	if err != nil {
		return g, nil
	}
	angle, err := e.pdf.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: n})
	if err != nil {
		return g, nil
	}
	g.placed, g.x, g.y, g.angle = true, origin.X, origin.Y, float64(angle.CharAngle)
	g.left, g.right = float64(loose.Rect.Left), float64(loose.Rect.Right)
	g.bottom, g.top = float64(loose.Rect.Bottom), float64(loose.Rect.Top)
	if first && unicode.IsLetter(g.r) || isCode(g.r) || g.r == '-' {
		info, err := e.pdf.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: n})
		if err == nil {
			g.font = info.FontName
		}
	}
	return g, nil
}

// objects counts what is drawn on a page.
func (e *engine) objects(i int) int {
	count, err := e.pdf.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: e.at(i)})
	if err != nil {
		return 0
	}
	return count.Count
}

// covered is the share of a page that pictures cover, as far as they do not
// overlap.
func (e *engine) covered(i int) float64 {
	size, err := e.pdf.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: e.doc, Index: i})
	if err != nil || size.Width*size.Height <= 0 {
		return 0
	}
	area := 0.0
	for n := range min(e.objects(i), 500) {
		area += e.pictureArea(i, n)
	}
	return area / (size.Width * size.Height)
}

func (e *engine) pictureArea(i, n int) float64 {
	object, ok := e.object(i, n, enums.FPDF_PAGEOBJ_IMAGE)
	if !ok {
		return 0
	}
	box, err := e.pdf.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
	if err != nil {
		return 0
	}
	return max(0, float64(box.Right-box.Left)) * max(0, float64(box.Top-box.Bottom))
}

// object gets what is drawn as the nth on a page, if it is of a kind.
func (e *engine) object(i, n int, kind enums.FPDF_PAGEOBJ) (references.FPDF_PAGEOBJECT, bool) {
	object, err := e.pdf.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: e.at(i), Index: n})
	if err != nil {
		return "", false
	}
	is, err := e.pdf.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
	return object.PageObject, err == nil && is.Type == kind
}

// unseen reports whether the first text of a page is drawn with no ink, as
// scanners put what they have recognised under the picture.
func (e *engine) unseen(i int) bool {
	for n := range min(e.objects(i), 20) {
		object, ok := e.object(i, n, enums.FPDF_PAGEOBJ_TEXT)
		if !ok {
			continue
		}
		mode, err := e.pdf.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object})
		return err == nil && mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE
	}
	return false
}

// Pages are drawn for recognition at scanDPI, those larger than A3 coarser so that
// they keep within scanPixels.
const (
	scanDPI    = 250
	scanPixels = 16_000_000
)

// render draws a page in grey.
func (e *engine) render(i int) ([]byte, error) {
	size, err := e.pdf.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: e.doc, Index: i})
	if err != nil {
		return nil, err
	}
	dpi := scanDPI
	for dpi > 1 && size.Width/72*float64(dpi)*size.Height/72*float64(dpi) > scanPixels {
		dpi--
	}
	drawn, err := e.pdf.RenderPageInDPI(&requests.RenderPageInDPI{Page: e.at(i), DPI: dpi, ImageFormat: requests.RenderImageFormatGrayscale})
	if err != nil {
		return nil, err
	}
	defer drawn.Cleanup()
	grey, ok := drawn.Result.RenderedImage.(*image.Gray)
	if !ok {
		return nil, errors.New("the picture is not grey")
	}
	return pgm(grey), nil
}
