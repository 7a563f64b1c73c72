package intake

import (
	"strconv"
)

// drawing reads a picture, a text box or an embedded object.
func (w *wordReader) drawing(e *element) []inline {
	if w.dropping() {
		return nil
	}
	var out []inline
	found := false
	alt := first(e.find("wp:docPr").attr("descr"), e.find("pic:cNvPr").attr("descr"))
	e.each(func(k *element) bool {
		switch k.name {
		case "w:txbxContent":
			found = true
			w.textBox(k)
			return false
		case "a:blip":
			found = true
			out = append(out, w.picture(k, alt, e)...)
			return false
		case "v:imagedata":
			found = true
			id := first(k.attr("r:id"), k.attr("o:relid"))
			out = append(out, w.shown(id, first(alt, k.attr("o:title"), k.above.attr("alt")), e)...)
			return false
		}
		return true
	})
	if rule := e.find("v:rect").attr("o:hr"); rule == "t" || rule == "true" {
		return []inline{phrase("* * *")}
	}
	if !found {
		w.tally.lose(lostObjects)
	}
	return out
}

// picture reads a picture; a drawing in SVG stands beside a bitmap of it.
func (w *wordReader) picture(blip *element, alt string, e *element) []inline {
	if svg := blip.find("asvg:svgBlip"); svg != nil {
		if out := w.quietly(svg.attr("r:embed"), alt, e); out != nil {
			return out
		}
	}
	if blip.attr("r:embed") == "" && blip.attr("r:link") != "" {
		w.tally.lose(lostRemote)
		return nil
	}
	return w.shown(blip.attr("r:embed"), alt, e)
}

// shown is a picture that a part refers to.
func (w *wordReader) shown(id, alt string, e *element) []inline {
	out := w.quietly(id, alt, e)
	if out == nil {
		what := lostPictures
		if w.part.refs[id].outside {
			what = lostRemote
		}
		w.tally.lose(what)
	}
	return out
}

// quietly is a picture, nil if it cannot be used.
func (w *wordReader) quietly(id, alt string, e *element) []inline {
	rel := w.part.refs[id]
	if rel.outside || rel.target == "" {
		return nil
	}
	file, err := w.gallery.use(rel.target)
	if err != nil {
		w.err = err
	}
	if file == "" {
		return nil
	}
	return []inline{pictured{&picture{file: file, alt: alt, extent: extentOf(e)}}}
}

// extentOf is how wide a picture is shown, in twips; 0 if that is not said.
func extentOf(e *element) int {
	n, err := strconv.Atoi(e.find("wp:extent").attr("cx"))
	if err != nil || n <= 0 {
		return 0
	}
	return n / 635 // EMU to twips
}

// textBox reads a text box; it follows on its paragraph.
func (w *wordReader) textBox(e *element) {
	inner := &wordReader{docxReader: w.docxReader, part: w.part, inNote: true}
	for _, k := range e.kids {
		inner.element(k)
	}
	if w.err == nil {
		w.err = inner.err
	}
	blocks := withoutMarks(inner.end())
	if len(blocks) == 0 {
		return
	}
	w.tally.lose(lostTextBoxes)
	w.boxes = append(w.boxes, &division{class: "note", blocks: blocks})
}
