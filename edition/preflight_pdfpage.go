package edition

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"quire/press"
)

// pdfPage is a page of a foreign PDF with what it inherits.
type pdfPage struct {
	number      int // from 1
	dict        pdfDict
	resources   any
	media, crop frame
	trim, bleed frame
	turned      bool // shown on its side
}

// where names the page.
func (l *pdfPage) where() string { return fmt.Sprintf("page %d of the PDF", l.number) }

// size is that of the trimmed page, as it is shown.
func (l *pdfPage) size() press.Trim {
	b := l.trim
	if b.empty() {
		b = l.crop
	}
	if b.empty() {
		b = l.media
	}
	w, h := b.x1-b.x0, b.y1-b.y0
	if l.turned {
		w, h = h, w
	}
	return press.Trim{Width: w, Height: h}
}

// mostPDFPages is how many pages are looked at.
const mostPDFPages = 20000

// walkPages lists the pages in order. A node that is met twice is passed over.
func (p *pdfLook) walkPages() []pdfPage {
	type step struct {
		node    any
		inherit pdfDict
		depth   int
	}
	var out []pdfPage
	seen := map[pdfRef]bool{}
	todo := []step{{p.root["Pages"], pdfDict{}, 0}}
	for len(todo) > 0 && len(out) < mostPDFPages {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if ref, ok := at.node.(pdfRef); ok {
			if seen[ref] {
				continue
			}
			seen[ref] = true
		}
		d := p.dict(at.node)
		if d == nil || at.depth > mostPDFDepth {
			p.partial = true
			continue
		}
		inherit := maps.Clone(at.inherit)
		for _, key := range []pdfName{"MediaBox", "CropBox", "Resources", "Rotate"} {
			if d[key] != nil {
				inherit[key] = d[key]
			}
		}
		kids, ok := p.resolve(d["Kids"]).(pdfArray)
		if !ok {
			out = append(out, p.leaf(d, inherit, len(out)+1))
			continue
		}
		for _, kid := range slices.Backward(kids) {
			todo = append(todo, step{kid, inherit, at.depth + 1})
		}
	}
	return out
}

// leaf reads a page.
func (p *pdfLook) leaf(d, inherit pdfDict, number int) pdfPage {
	l := pdfPage{number: number, dict: d, resources: inherit["Resources"], media: p.box(inherit["MediaBox"])}
	if l.crop = p.box(inherit["CropBox"]).meet(l.media); inherit["CropBox"] == nil {
		l.crop = l.media
	}
	l.trim, l.bleed = p.box(d["TrimBox"]), p.box(d["BleedBox"])
	turn, _ := p.resolve(inherit["Rotate"]).(float64)
	l.turned = math.Mod(math.Abs(turn), 180) == 90
	return l
}

// box reads a rectangle; what is none, or absurd, is empty.
func (p *pdfLook) box(v any) frame {
	list, _ := p.resolve(v).(pdfArray)
	if len(list) != 4 {
		return frame{}
	}
	var side [4]press.Pt
	for i := range side {
		x, ok := p.resolve(list[i]).(float64)
		if !ok || math.Abs(x) > 1e6 || x != x {
			return frame{}
		}
		side[i] = press.Pt(math.Round(x * float64(press.Point)))
	}
	return frame{min(side[0], side[2]), min(side[1], side[3]), max(side[0], side[2]), max(side[1], side[3])}
}

// page looks at what a page draws with, and at its notes.
func (p *pdfLook) page(l *pdfPage) {
	p.resourcesOf(l.resources, l, 0)
	notes, _ := p.resolve(l.dict["Annots"]).(pdfArray)
	for _, a := range notes {
		d := p.dict(a)
		switch kind, _ := p.resolve(d["Subtype"]).(pdfName); kind {
		case "Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Ink", "Stamp", "Caret", "FileAttachment", "Sound", "Movie", "Screen", "RichMedia":
			p.add("pdf.comments", l.where(), "a comment or other addition (%s) is left in the file", clip(string(kind), 30))
		case "Link":
			p.link(d, l)
		}
	}
}

// link looks at where a link leads.
func (p *pdfLook) link(d pdfDict, l *pdfPage) {
	action := p.dict(d["A"])
	if action["S"] == pdfName("URI") && !p.own {
		p.outside(p.text(action["URI"]), l.where())
	}
	if action["S"] == pdfName("Launch") {
		p.add("pdf.active", l.where(), "a link starts a program")
	}
}

// resourcesOf looks at fonts, and into what is drawn as a whole.
func (p *pdfLook) resourcesOf(v any, l *pdfPage, depth int) {
	if depth > mostPDFDepth/4 {
		return
	}
	d := p.dict(v)
	fonts := p.dict(d["Font"])
	for _, name := range slices.Sorted(maps.Keys(fonts)) {
		p.font(fonts[name], l, depth)
	}
	for _, kind := range []pdfName{"XObject", "Pattern"} {
		inner := p.dict(d[kind])
		for _, name := range slices.Sorted(maps.Keys(inner)) {
			ref, ok := inner[name].(pdfRef)
			if !ok || p.forms[ref] {
				continue
			}
			p.forms[ref] = true
			if x := p.dict(ref); x["Resources"] != nil {
				p.resourcesOf(x["Resources"], l, depth+1)
			}
		}
	}
}

// font looks whether a font is embedded. Type 3 fonts are drawings, and always
// are.
func (p *pdfLook) font(v any, l *pdfPage, depth int) {
	d := p.dict(v)
	base, _ := p.resolve(d["BaseFont"]).(pdfName)
	key := "name " + string(base)
	if ref, ok := v.(pdfRef); ok {
		key = itoa(int(ref))
	}
	if d == nil || p.fonts[key] {
		return
	}
	p.fonts[key] = true
	p.tally.fonts++
	name := string(base)
	if len(name) > 7 && name[6] == '+' {
		name = name[7:]
	}
	kind, _ := p.resolve(d["Subtype"]).(pdfName)
	if kind == "Type3" {
		p.add("pdf.type3", l.where(), "a font is made of drawings (Type 3)")
		p.resourcesOf(d["Resources"], l, depth+1)
		return
	}
	if kind == "Type0" {
		if list, _ := p.resolve(d["DescendantFonts"]).(pdfArray); len(list) > 0 {
			d = p.dict(list[0])
		}
	}
	face := p.dict(d["FontDescriptor"])
	for _, file := range []pdfName{"FontFile", "FontFile2", "FontFile3"} {
		if _, ok := p.resolve(face[file]).(pdfStream); ok {
			p.tally.embedded++
			return
		}
	}
	p.add("pdf.fonts", l.where(), "the font %s is not embedded", clip(strings.TrimSpace(name), 60))
}
