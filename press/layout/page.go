package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// headStyle is how running heads look.
func (s *setter) headStyle() style {
	st := s.plainStyle(s.faces.heads, s.theme.Heads.Size)
	if s.theme.Heads.SmallCaps {
		st.features = font.SmallCaps | font.Plain
		st.track = s.theme.Heads.Track
	}
	return st
}

// folioStyle is how page numbers look.
func (s *setter) folioStyle() style {
	if s.theme.Heads.SmallCaps {
		return s.plainStyle(s.faces.body, s.theme.Heads.Size+press.Point/2)
	}
	return s.headStyle()
}

// runningHead draws the head of a body page: the book's title on a verso, the
// chapter's on a recto, the folio at the outer edge.
func (b *binder) runningHead(page *press.Page, i int, title string) {
	if i%2 == 1 {
		title = b.doc.Meta.Title
	}
	b.head(page, i, title)
}

// verso reports whether a page is a left-hand one. Screens show one page at a
// time: there all are alike.
func (b *binder) verso(i int) bool { return i%2 == 1 && !b.screen }

// headline and footline are the baselines above and below the text.
func (b *binder) headline() press.Pt { return b.frame.top - b.frame.lead*13/10 }

func (b *binder) footline() press.Pt { return b.frame.top + b.frame.height + b.frame.lead*9/5 }

// head draws the title and the folio of a page where the theme wants them. A
// folio in the title's line keeps room at the outer edge.
func (b *binder) head(page *press.Page, i int, title string) {
	look := b.theme.Heads
	titleY, folioY := b.headline(), b.headline()
	if look.Place == "foot" {
		titleY, folioY = b.footline(), b.footline()
	}
	if look.Folio != "outer" {
		folioY = b.footline()
	}
	folio := b.s.folioStyle()
	room := press.Pt(0)
	if titleY == folioY && look.Place != "none" {
		room = b.s.textWidth(page.Label, folio) + 18*press.Point
	}
	if look.Place != "none" {
		b.headTitle(page, i, title, titleY, room)
	}
	how := b.outer(i)
	if look.Folio == "center" && room == 0 {
		how = centered
	}
	b.artifact(page, label{page.Label, folio, how, b.frame.left(i), folioY, b.frame.width})
	if look.Rule && look.Place != "none" {
		y := titleY + b.frame.lead*4/10
		if look.Place == "foot" {
			y = titleY - b.frame.lead
		}
		line := rule(b.frame.left(i), y, b.frame.width, thinRule)
		line.Stroke.Paint.Color = press.Color(b.theme.Color)
		page.Ops = append(page.Ops, line)
	}
}

// outer is the edge of a page away from the spine.
func (b *binder) outer(i int) align {
	if b.verso(i) {
		return flushLeft
	}
	return flushRight
}

// headTitle draws a running head that leaves room at the outer edge: in the
// middle when it is in small capitals, else beside the folio.
func (b *binder) headTitle(page *press.Page, i int, title string, y, room press.Pt) {
	st := b.s.headStyle()
	says := title
	how, from, width := centered, press.Pt(0), b.frame.width
	if b.theme.Heads.SmallCaps {
		title = b.shortened(strings.ToLower(title), st, b.frame.width-2*room)
	} else {
		title = b.shortened(title, st, b.frame.width-room)
		how, width = b.outer(i), b.frame.width-room
		if how == flushLeft {
			from = room
		}
	}
	line := b.artifact(page, label{title, st, how, b.frame.left(i) + from, y, width})
	if len(line.Runs) == 1 && st.track > 0 {
		line.Runs[0].Actual = says
	}
}

// shortened is shorten that remembers the titles of earlier pages.
func (b *binder) shortened(title string, st style, measure press.Pt) string {
	key := shortKey{title, measure}
	short, ok := b.short[key]
	if !ok {
		short = b.s.shorten(title, st, measure)
		b.short[key] = short
	}
	return short
}

// shortKey is what a running head's text depends on.
type shortKey struct {
	title   string
	measure press.Pt
}

// footFolio draws the folio of an opening page below the text.
func (b *binder) footFolio(page *press.Page, i int) {
	how := centered
	if f := b.theme.Heads.Folio; f == "foot" || f == "outer" && b.theme.Opening.Align != "center" {
		how = b.outer(i)
	}
	b.artifact(page, label{page.Label, b.s.folioStyle(), how, b.frame.left(i), b.footline(), b.frame.width})
}

// label is a short text at a fixed place.
type label struct {
	text        string
	style       style
	how         align
	x, y, width press.Pt
}

// artifact draws a label that does not belong to the book's text.
func (b *binder) artifact(page *press.Page, l label) *press.Line {
	line := b.s.rawLine(l.text, l.style, nil, 0, press.PageLine)
	free := l.width - b.s.textWidth(l.text, l.style) + l.style.track
	switch l.how {
	case centered:
		l.x += free / 2
	case flushRight:
		l.x += free
	}
	shift(line, l.x, l.y)
	page.Ops = append(page.Ops, line)
	return line
}

// link finds the areas of all links and where they lead.
func (b *binder) link(pages *press.Pages) {
	for i := range pages.List {
		page := &pages.List[i]
		for _, op := range page.Ops {
			line, ok := op.(*press.Line)
			if !ok {
				continue
			}
			for k := range line.Runs {
				b.area(page, line, k)
			}
		}
	}
}

// area adds the area of a run that is part of a link, or widens the last one.
func (b *binder) area(page *press.Page, line *press.Line, k int) {
	run := &line.Runs[k]
	to, ok := b.targets[run.Node]
	if run.Node == nil || !ok {
		return
	}
	end := run.X + b.runWidth(run)
	if n := len(page.Links); n > 0 && k > 0 && line.Runs[k-1].Node == run.Node {
		page.Links[n-1].W = end - page.Links[n-1].X
		return
	}
	a := press.Area{X: run.X, Y: run.Y - run.Size*8/10, W: end - run.X, H: run.Size * 11 / 10, URL: to.url, Node: run.Node, Alt: to.alt}
	if to.url == "" {
		at, known := b.places[to.id]
		if !known {
			return
		}
		a.Page, a.Top = b.index(at), at.top
	}
	page.Links = append(page.Links, a)
}

// runWidth returns how wide a run is on the page.
func (b *binder) runWidth(run *press.Run) press.Pt {
	if len(run.Glyphs) == 0 {
		return 0
	}
	last := run.Glyphs[len(run.Glyphs)-1]
	w := last.X + b.s.units(run.Font, run.Size, b.s.shaper.Advance(run.Font, last.ID))
	return w.Scale(run.Stretch, fullStretch)
}
