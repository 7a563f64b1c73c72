package epub

import (
	"strings"

	"quire/press"
)

// pictureTypes are the media types and endings of the press's formats.
var pictureTypes = map[press.Format][2]string{
	press.PNG: {typePNG, ".png"}, press.JPEG: {"image/jpeg", ".jpg"}, press.SVG: {typeSVG, ".svg"},
	press.WebP: {typePNG, ".png"}, // EPUB 3.2 does not know WebP
}

// pictures adds the files of all pictures. SVG is written anew without what
// could run, move or fetch something; one that cannot be is left out.
func (b *binder) pictures() {
	for _, img := range b.doc.Images {
		kind, ok := pictureTypes[img.Format]
		data := img.Data
		if img.Format == press.SVG {
			clean, err := cleanSVG(data)
			if err != nil {
				b.warn(press.Pos{}, "the picture %s is left out: %v", img.Source, err)
				continue
			}
			data = clean
		}
		if img.Format == press.WebP {
			png, err := img.AsPNG()
			if err != nil {
				b.warn(press.Pos{}, "the picture %s is left out: %v", img.Source, err)
				continue
			}
			data = png
		}
		if !ok {
			b.warn(press.Pos{}, "the picture %s is left out: its format is not known", img.Source)
			continue
		}
		name := "images/" + img.ID + kind[1]
		b.images[img] = name
		b.add(file{id: img.ID, name: name, media: kind[0], data: data})
		if img.Format == press.SVG && b.Painter != nil {
			b.bitmap(img)
		}
	}
	b.countAlts(b.doc.Dedication)
	for _, c := range b.doc.Chapters {
		b.countAlts(c.Blocks)
		for _, n := range c.Notes {
			b.countAlts(n.Blocks)
		}
	}
}

// bitmapWidth is how many pixels wide the bitmaps of drawings are: enough for
// the widest small screens.
const bitmapWidth = 1200

// bitmap adds what stands in for a drawing where SVG cannot be shown.
func (b *binder) bitmap(img *press.Image) {
	data, err := b.Painter.PNG(b.ctx, img, bitmapWidth)
	if err != nil {
		b.warn(press.Pos{}, "the picture %s has no bitmap for old readers: it could not be drawn", img.Source)
		return
	}
	name := "images/" + img.ID + ".png"
	b.bitmaps[img] = name
	b.add(file{id: img.ID + "-bitmap", name: name, media: typePNG, data: data})
}

// countAlts counts the pictures in blocks.
func (b *binder) countAlts(blocks []press.Block) {
	for _, block := range blocks {
		switch t := block.(type) {
		case *press.Figure:
			if b.images[t.Image] == "" {
				continue
			}
			b.alts.pictures++
			if strings.TrimSpace(t.Alt) != "" {
				b.alts.described++
			}
		case *press.Quote:
			b.countAlts(t.Blocks)
		case *press.Definitions:
			for _, it := range t.Items {
				for _, meaning := range it.Meanings {
					b.countAlts(meaning)
				}
			}
		case *press.Div:
			b.countAlts(t.Blocks)
		case *press.List:
			for _, it := range t.Items {
				b.countAlts(it.Blocks)
			}
		}
	}
}
