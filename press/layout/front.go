package layout

import (
	"strings"

	"quire/press"
	"quire/press/font"
)

// roman is a part's number in capitals.
func roman(n int) string { return strings.ToUpper(press.Roman(n)) }

// titleStyle is the face of titles, a factor larger than a chapter's.
func (s *setter) titleStyle(num, den int64) style {
	st := s.openingStyle()
	st.size = st.size.Scale(num, den)
	return st
}

// frontMatter makes half title, title page, imprint and contents, and fills
// up to an even number of pages, so that the body begins on a recto.
func (b *binder) frontMatter() {
	if b.screen {
		b.cover()
	} else {
		b.halfTitle()
		b.frontPage()
	}
	b.titlePage()
	b.imprint()
	b.dedication()
	b.contents()
	if len(b.front)%2 == 1 && !b.screen {
		b.frontPage()
	}
}

// frontPage appends a page with a roman number.
func (b *binder) frontPage() int {
	b.front = append(b.front, press.Page{Label: press.Roman(len(b.front) + 1)})
	return len(b.front) - 1
}

// frontText sets front matter centred, in at most so many lines.
func (b *binder) frontText(text string, st style, leading press.Pt, most int, node *press.Node) []*row {
	if text == "" {
		return nil
	}
	rows := b.s.titleRows(title{text, st, press.Type{Size: st.size, Leading: leading}, centered, most}, node)
	for _, r := range rows {
		for _, op := range r.ops {
			op.(*press.Line).Kind = press.FrontLine
		}
	}
	return rows
}

// halfTitle is the first page: the title alone.
func (b *binder) halfTitle() {
	i := b.frontPage()
	st := b.s.titleStyle(4, 5)
	rows := b.frontText(b.doc.Meta.Title, st, st.size*5/4, 5, b.frontal.Kid(press.RoleP))
	b.stack(&b.front[i], rows, b.frame.left(i), b.frame.top+b.frame.height/4)
}

// titlePage is title, subtitle, author, publisher.
func (b *binder) titlePage() {
	s, m, i := b.s, b.doc.Meta, b.frontPage()
	page, x := &b.front[i], b.frame.left(i)
	st := s.titleStyle(4, 3)
	if len([]rune(m.Title)) > 60 {
		st = s.titleStyle(1, 1)
	}
	rows := b.frontText(m.Title, st, st.size*5/4, 6, b.frontal.Kid(press.RoleP))
	if m.Subtitle != "" {
		sub := s.plainStyle(s.faces.body, s.theme.Opening.Title.Size.Scale(2, 3))
		sub.face = font.Italic
		rows = append(rows, gap(b.frame.lead))
		rows = append(rows, b.frontText(m.Subtitle, sub, sub.size*5/4, 4, b.frontal.Kid(press.RoleP))...)
	}
	y := b.frame.top + b.frame.height/5
	b.stack(page, rows, x, y)
	y = max(y+height(rows)+3*b.frame.lead, b.frame.top+b.frame.height*11/20)
	author := s.plainStyle(s.faces.heads, s.theme.Text.Size.Scale(13, 11))
	if s.theme.Heads.SmallCaps {
		author.features, author.track = font.SmallCaps|font.Plain, author.size.Scale(8, 100)
	}
	b.stack(page, b.frontText(m.Author, author, author.size*3/2, 3, b.frontal.Kid(press.RoleP)), x, y)
	var foot []string
	for _, part := range []string{m.Publisher, year(m.Date)} {
		if part != "" {
			foot = append(foot, part)
		}
	}
	rows = b.frontText(strings.Join(foot, " · "), s.plainStyle(s.faces.body, s.theme.Text.Size), b.frame.lead, 2, b.frontal.Kid(press.RoleP))
	b.stack(page, rows, x, b.frame.top+b.frame.height-height(rows))
}

// cover is the first page of a book for screens: the manuscript's own cover,
// or one that is drawn, as large as the page.
func (b *binder) cover() {
	i := b.frontPage()
	page := &b.front[i]
	page.Label = b.words.Cover
	node := b.frontal.Kid(press.RoleFigure)
	node.Alt = strings.TrimSuffix(b.words.Cover+": "+b.doc.Meta.Title+", "+b.doc.Meta.Author, ", ")
	img := b.doc.Cover
	if img == nil {
		img = &press.Image{ID: "cover", Format: press.SVG, Data: press.DrawCover(b.doc, node.Alt), Width: 2, Height: 3}
	}
	b.s.begin()
	ops, err := b.s.fullPage(img, press.Pos{}, node)
	b.warnings = append(b.warnings, b.s.warnings...)
	if err != nil {
		b.warn("the cover cannot be drawn: %v", err)
	}
	page.Ops = ops
}

// dedication is a few words on a recto of their own.
func (b *binder) dedication() {
	if len(b.doc.Dedication) == 0 {
		return
	}
	if len(b.front)%2 == 1 && !b.screen {
		b.frontPage()
	}
	i := b.frontPage()
	s := b.s
	s.begin()
	s.sect = b.frontal.Kid(press.RoleSect)
	f := s.bodyFlow().inset(b.frame.width/8, b.frame.width/8)
	f.how, f.flat, f.kind = centered, true, press.FrontLine
	f.style.face = f.style.face.Turned()
	var rows []*row
	room := b.frame.height * 2 / 3
	for _, r := range trimWhite(tidy(s.blocks(b.doc.Dedication, f))) {
		if room -= r.height; room < 0 {
			b.warn("the dedication is longer than its page and is cut")
			break
		}
		rows = append(rows, r)
	}
	b.stack(&b.front[i], rows, b.frame.left(i), b.frame.top+b.frame.height/4)
	for node, to := range s.targets {
		b.targets[node] = to
	}
	b.warnings = append(b.warnings, s.warnings...)
	if !b.screen {
		b.frontPage()
	}
}

// year returns the year of a date.
func year(date string) string {
	y, _, _ := strings.Cut(date, "-")
	return y
}

// imprint is the page behind the title: who, when, where, small and at the
// foot.
func (b *binder) imprint() {
	s, m, i := b.s, b.doc.Meta, b.frontPage()
	t := b.theme.Note
	st := s.plainStyle(s.faces.body, t.Size)
	head := m.Title
	if m.Author != "" {
		head += "\u2002·\u2002" + m.Author
	}
	publisher := m.Publisher
	if m.Date != "" {
		publisher = strings.TrimPrefix(publisher+", "+m.Date, ", ")
	}
	isbn := m.ISBN
	if isbn != "" {
		isbn = "ISBN " + isbn
	}
	var rows []*row
	for _, text := range append([]string{head, publisher, isbn}, m.Imprint...) {
		if text == "" {
			continue
		}
		p := paragraph{spans: []span{{text: text, style: st, node: b.frontal.Kid(press.RoleP)}}, m: measures{full: b.frame.width * 3 / 4}, how: flushLeft, kind: press.FrontLine}
		rows = append(rows, lineRows(s.lines(p), nil, t)...)
		rows = append(rows, gap(t.Leading/2))
	}
	rows = trimWhite(rows)
	if height(rows) > b.frame.height {
		b.warn("the imprint is longer than its page and is cut")
	}
	for height(rows) > b.frame.height {
		rows = rows[:len(rows)-1]
	}
	b.stack(&b.front[i], rows, b.frame.left(i), b.frame.top+b.frame.height-height(rows))
}
