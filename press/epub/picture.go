package epub

import (
	"bytes"
	"image"
	"image/png"
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
			dots, err := img.AsPNG()
			if err != nil {
				b.warn(press.Pos{}, "the picture %s is left out: %v", img.Source, err)
				continue
			}
			data = dots
		}
		if !ok {
			b.warn(press.Pos{}, "the picture %s is left out: its format is not known", img.Source)
			continue
		}
		name := "images/" + img.ID + kind[1]
		b.images[img] = name
		b.add(file{id: img.ID, name: name, media: kind[0], data: data})
		if img.Format == press.SVG && b.Painter != nil && img != b.doc.Cover {
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
// the screens of old readers.
const bitmapWidth = 1000

// bitmap names what stands in for a drawing where SVG cannot be shown, and has
// it drawn while the chapters are written.
func (b *binder) bitmap(img *press.Image) {
	name := "images/" + img.ID + ".png"
	b.bitmaps[img] = name
	p := &painting{file: len(b.files), img: img}
	b.paintings = append(b.paintings, p)
	b.add(file{id: img.ID + "-bitmap", name: name, media: typePNG})
	b.painters.Go(func() error {
		p.data, p.err = b.Painter.PNG(b.ctx, img, bitmapWidth)
		return nil
	})
}

// painting is a bitmap in the making.
type painting struct {
	file int
	img  *press.Image
	data []byte
	err  error
}

// hang waits for the bitmaps. Where a drawing cannot be painted, old readers
// see nothing.
func (b *binder) hang() {
	_ = b.painters.Wait() // they keep their errors
	for _, p := range b.paintings {
		if p.err != nil {
			b.warn(press.Pos{}, "old readers cannot show the picture %s: it could not be made a bitmap", p.img.Source)
			p.data = nothing()
		}
		b.files[p.file].data = p.data
	}
}

// nothing is a bitmap of one clear dot.
func nothing() []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 1, 1))) // into memory
	return out.Bytes()
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
