// Package preview shows pages on screens: each as an SVG file for the web, or
// as a bitmap.
package preview

import (
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"

	"quire/press"
	"quire/press/font"
	"quire/press/raster"
	"quire/problem"
)

// The dots an inch of a bitmap.
const (
	MinDPI = 10
	MaxDPI = 600
)

// PNG writes the page with index i as a bitmap on white paper, trimmed, with a
// number of dots an inch. The same page gives the same bytes. A page that there
// is not, and dots outside MinDPI and MaxDPI, are a problem.Invalid.
func PNG(w io.Writer, pages *press.Pages, i, dpi int, fonts *font.Library) error {
	page, err := pageOf(pages, i)
	if err != nil {
		return err
	}
	if dpi < MinDPI || dpi > MaxDPI {
		return problem.New(problem.Invalid, "a preview has %d to %d dots an inch, not %d", MinDPI, MaxDPI, dpi)
	}
	drawn := raster.Draw(page.Ops, raster.Frame{W: pages.Trim.Width, H: pages.Trim.Height, DPI: dpi}, fonts.Outlines())
	paper := image.NewRGBA(drawn.Rect)
	draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, paper.Rect, drawn, drawn.Rect.Min, draw.Over)
	if err := png.Encode(w, paper); err != nil {
		return fmt.Errorf("bitmap of page %s: %w", page.Label, err)
	}
	return nil
}

// Drawing writes the first of the pages so many pixels wide, on nothing: for
// drawings that stand on another ground.
func Drawing(w io.Writer, pages *press.Pages, pixels int, fonts *font.Library) error {
	page, err := pageOf(pages, 0)
	if err != nil {
		return err
	}
	if pixels < 1 || pixels > maxPixels {
		return problem.New(problem.Invalid, "a drawing is 1 to %d pixels wide, not %d", maxPixels, pixels)
	}
	frame := raster.Frame{W: pages.Trim.Width, H: pages.Trim.Height, DPI: int(press.Pt(pixels) * press.Inch / pages.Trim.Width)}
	quick := png.Encoder{CompressionLevel: png.BestSpeed} // a tenth larger, in a third of the time
	if err := quick.Encode(w, raster.Draw(page.Ops, frame, fonts.Outlines())); err != nil {
		return fmt.Errorf("bitmap of a drawing: %w", err)
	}
	return nil
}

// maxPixels is how wide a drawing's bitmap may be.
const maxPixels = 8000

// pageOf returns a page, or says that there is none.
func pageOf(pages *press.Pages, i int) (*press.Page, error) {
	if i < 0 || i >= len(pages.List) {
		return nil, problem.New(problem.Invalid, "there is no page %d: the book has %d", i+1, len(pages.List))
	}
	return &pages.List[i], nil
}
