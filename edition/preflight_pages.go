package edition

import (
	"fmt"
	"strconv"

	"quire/press"
	"quire/problem"
)

// What printers ask of the pages of a paperback (KDP's help: "Set trim size,
// bleed, and margins"; IngramSpark's File Creation Guide).
const (
	fewestPages = 24
	mostPages   = 828
	spinePages  = 79                              // from so many pages on there may be text on the spine
	outerSafe   = press.Inch / 4                  // text stays so far from the cut
	bleedSafe   = press.Inch * 3 / 8              // likewise, in a book with bleed
	leastBleed  = 3*press.MM - 8                  // 0.125 in, or 3 mm in Europe; a hair less is a rounding
	nearEdge    = press.Point                     // what ends so near to the cut is meant to reach it
	leastDPI    = 150                             // pictures are seen to be coarse below
	goodDPI     = 300                             // what printers ask for
	slack       = press.Point / 4                 // of measures, for roundings
	spineText   = 2*press.Inch/16 + 5*press.Point // a sixteenth of an inch beside the smallest letters
)

// gutters are the inside margins that KDP asks for, up to so many pages.
var gutters = []struct {
	pages int
	need  press.Pt
}{{150, press.Inch * 3 / 8}, {300, press.Inch / 2}, {500, press.Inch * 5 / 8}, {700, press.Inch * 3 / 4}, {mostPages, press.Inch * 7 / 8}}

// gutter is the inside margin that a book of so many pages needs.
func gutter(pages int) press.Pt {
	for _, g := range gutters {
		if pages <= g.pages {
			return g.need
		}
	}
	return gutters[len(gutters)-1].need
}

// offered are the trim sizes of paperbacks that printers on demand list, in
// hundredths of an inch (KDP's and IngramSpark's lists).
var offered = [][2]int{
	{400, 600}, {400, 700}, {425, 700}, {437, 700}, {472, 748}, {500, 700}, {500, 800}, {506, 781}, {525, 800}, {550, 850}, {583, 827}, {600, 900}, {614, 921}, {650, 650},
	{662, 1025}, {669, 961}, {700, 1000}, {744, 968}, {744, 969}, {750, 925}, {800, 800}, {800, 1000}, {800, 1088}, {825, 600}, {825, 825}, {825, 1075}, {825, 1100}, {827, 1169}, {850, 850}, {850, 900}, {850, 1100},
}

// pages looks over the set pages, as they will be printed.
func (f *findings) pages(p *press.Pages) {
	if f.screen {
		f.overfull(p)
		return
	}
	f.paperback(len(p.List), p.Trim)
	need := gutter(len(p.List))
	safe := outerSafe
	if p.Bleed > 0 {
		safe = bleedSafe
	}
	inner, outer := p.Trim.Width, p.Trim.Width
	for i := range p.List {
		s := &sheet{findings: f, pages: p, where: pageName(p, i), recto: i%2 == 0, inside: need, outside: safe}
		s.ops(p.List[i].Ops, frame{-press.Inch * 100, -press.Inch * 100, press.Inch * 200, press.Inch * 200})
		in, out := s.margins(len(p.List))
		inner, outer = min(inner, in), min(outer, out)
	}
	f.overfull(p)
	f.fine("pages.inside", "text stays %s from the binding; %d pages need %s", inches(inner), len(p.List), inches(need))
	f.fine("pages.outside", "text stays %s from the cut; printers ask for %s", inches(outer), inches(safe))
	f.fine("pictures.coarse", "no picture has less than %d dots an inch", leastDPI)
	f.fine("pages.bleed", "nothing reaches the cut that could show a white edge")
}

// overfull looks for lines that stick out of their measure.
func (f *findings) overfull(p *press.Pages) {
	for i := range p.List {
		each(p.List[i].Ops, func(op press.Op) {
			if l, ok := op.(*press.Line); ok && l.Over > slack {
				f.add("pages.overfull", pageName(p, i), "a line sticks out of the text by %d pt", (l.Over+press.Point-1)/press.Point)
			}
		})
	}
	f.fine("pages.overfull", "no line sticks out of the text")
}

// paperback looks over how many pages there are and how large they are.
func (f *findings) paperback(n int, trim press.Trim) {
	switch {
	case n < fewestPages:
		f.add("pages.few", "", "the book has %d pages; paperbacks begin at %d", n, fewestPages)
	case n > mostPages:
		f.add("pages.many", "", "the book has %d pages; paperbacks end at %d", n, mostPages)
	}
	if n%2 == 1 {
		f.add("pages.even", "", "the number of pages, %d, is odd", n)
	}
	f.fine("pages.few", "%d pages", n)
	if _, ok := offeredTrim(hundredths(trim.Width), hundredths(trim.Height)); !ok {
		f.add("pages.trim", "", "no printer on demand lists the trim size %s × %s", inches(trim.Width), inches(trim.Height))
		return
	}
	f.fine("pages.trim", "the trim size %s × %s is one that printers list", inches(trim.Width), inches(trim.Height))
}

// offeredTrim finds the listed size that is w × h, within two hundredths of an
// inch.
func offeredTrim(w, h int) ([2]int, bool) {
	for _, o := range offered {
		if max(w-o[0], o[0]-w) <= 2 && max(h-o[1], o[1]-h) <= 2 {
			return o, true
		}
	}
	return [2]int{}, false
}

// spine tells how wide the spine is on a paper, and whether it takes text.
func (m *Maker) spine(f *findings, pages int, paper string) error {
	if paper == "" || m.Spine == nil || pages == 0 || f.screen {
		return nil
	}
	width, err := m.Spine(pages, paper)
	if err != nil {
		return err
	}
	if pages < spinePages || width < spineText {
		f.add("spine.text", "", "the spine is %s wide on %s paper; %d pages are too few for text on it", inches(width), clip(paper, 30), pages)
	}
	f.fine("spine.text", "the spine is %s wide on %s paper and takes text", inches(width), clip(paper, 30))
	return nil
}

// Paper reads the paper of a printed book, so that a wrong name is told before
// any work is done.
func (m *Maker) Paper(name string) error {
	if name == "" {
		return nil
	}
	if m.Spine == nil {
		return problem.New(problem.Invalid, "the spine cannot be measured here").Try("leave out the paper")
	}
	_, err := m.Spine(fewestPages, name)
	return err
}

// pageName says which page is meant: by its number, or by its place if it has
// none.
func pageName(p *press.Pages, i int) string {
	if label := p.List[i].Label; label != "" {
		return "page " + label
	}
	return fmt.Sprintf("sheet side %d", i+1)
}

// hundredths is a length in hundredths of an inch, rounded.
func hundredths(p press.Pt) int { return int((int64(p)*100 + int64(press.Inch)/2) / int64(press.Inch)) }

// inches is a length in inches, for people.
func inches(p press.Pt) string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	h := hundredths(p)
	return fmt.Sprintf("%s%d.%02d in", sign, h/100, h%100)
}

// itoa writes a number.
func itoa(n int) string { return strconv.Itoa(n) }

// each calls see for every op, those in groups included.
func each(ops []press.Op, see func(press.Op)) {
	for _, op := range ops {
		see(op)
		if g, ok := op.(*press.Group); ok {
			each(g.Ops, see)
		}
	}
}
