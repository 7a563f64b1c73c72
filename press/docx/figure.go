package docx

import (
	"strconv"

	"quire/press"
)

// figure writes a picture with its caption. One that is missing is a box with
// its description.
func (w *writer) figure(t *press.Figure, f frame) {
	captioned := t.Caption != nil
	if !captioned {
		w.anchor(t.ID)
	}
	pic, ok := w.picture(t)
	look := "Caption"
	switch {
	case ok:
		p := paraProps{style: "Figure", keepNext: captioned}
		w.place(&p, f)
		w.open(p)
		w.drawing(t, pic, f)
		w.close()
	case captioned && press.Plain(t.Caption) == t.Alt: // the box says it once
		look = "MissingFigure"
	default:
		w.missing(t, f, captioned)
	}
	if captioned {
		w.caption(caption{"Figure", look, w.words.Figure, t.ID, t.Number, t.Caption}, f)
		return
	}
	w.white = w.look.lead
}

// missing writes the description of a picture in a box.
func (w *writer) missing(t *press.Figure, f frame, captioned bool) {
	p := paraProps{style: "MissingFigure", keepNext: captioned}
	w.place(&p, f)
	w.turn(&p, t.Alt)
	w.open(p)
	w.put(w.letters(runProps{}, first(t.Alt, "[ ]")))
	w.close()
}

// svgExtension names the part of a picture that Office 2016 and later show in
// the place of its dots.
const svgExtension = `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="`

// drawing writes a picture as DrawingML, in the line.
func (w *writer) drawing(t *press.Figure, pic picture, f frame) {
	w.pictures.shown++
	id := strconv.Itoa(w.pictures.shown)
	width, height := w.pictureSize(t, w.look.measure-f.left-f.right)
	size := `cx="` + strconv.Itoa(emu(width)) + `" cy="` + strconv.Itoa(emu(height)) + `"`
	name := ` id="` + id + `" name="Picture ` + id + `" descr="` + escape(t.Alt) + `"/>`
	drawn := ""
	if pic.svg != "" {
		drawn = svgExtension + w.part.relate(relation{kind: relImage, target: pic.svg}) + `"/></a:ext></a:extLst>`
	}
	w.put(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ` + size + `/><wp:docPr` + name +
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr` + name + `<pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip r:embed="` + w.part.relate(relation{kind: relImage, target: pic.dots}) + `">` + drawn + `</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ` + size + `/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`)
}

// The least dots an inch that a picture has at its natural size, on paper and
// on screens, as in print.
const (
	paperDots  = 200
	screenDots = 110
)

// pictureSize is how large a picture stands, in twips: within the text, and low
// enough for its caption to stay on the page.
func (w *writer) pictureSize(t *press.Figure, measure int) (width, height int) {
	iw, ih := max(int64(t.Image.Width), 1), max(int64(t.Image.Height), 1)
	dots := int64(paperDots)
	if w.look.screen {
		dots = screenDots
	}
	width = measure
	switch {
	case t.Plate:
	case t.Width > 0:
		width = int(int64(measure) * min(t.Width, 1000) / 1000)
	case t.Image.Format == press.SVG:
		width = measure * 9 / 10
	default:
		width = int(min(int64(measure), iw*1440/dots))
	}
	room := int64(w.look.room - w.look.lead*5)
	high := int64(width) * ih / iw
	if high > room {
		high = room
		width = int(room * iw / ih)
	}
	return max(width, 20), max(int(high), 20)
}
