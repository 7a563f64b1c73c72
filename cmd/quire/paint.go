package main

import (
	"bytes"
	"context"

	"quire/book"
	"quire/press"
	"quire/press/layout"
	"quire/press/pdfout"
	"quire/press/preview"
)

// painter implements press.Painter with the press's own typesetter.
type painter struct {
	typesetter *layout.Typesetter
	pdf        *pdfout.Output
}

// PNG draws the image so many pixels wide: on a page one inch wide, so that the
// dots an inch are the pixels.
func (p painter) PNG(ctx context.Context, img *press.Image, pixels int) ([]byte, error) {
	pages, err := p.typesetter.Drawing(ctx, img, press.Inch)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = preview.Drawing(&out, pages, pixels, p.pdf.Fonts)
	return out.Bytes(), err
}

// PDF draws the image on a page of its own size, at most as large as a wall
// chart.
func (p painter) PDF(ctx context.Context, img *press.Image) ([]byte, error) {
	const widest = 2000
	return p.wide(ctx, img, press.Pt(max(1, min(img.Width, widest)))*press.Point)
}

// wide draws the image on a page of that width.
func (p painter) wide(ctx context.Context, img *press.Image, width press.Pt) ([]byte, error) {
	pages, err := p.typesetter.Drawing(ctx, img, width)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = p.pdf.Draw(ctx, &out, pages, book.Meta{Title: img.Source}, press.Options{})
	return out.Bytes(), err
}
