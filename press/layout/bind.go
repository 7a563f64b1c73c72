package layout

import (
	"strconv"
	"strings"

	"quire/press"
)

// binder puts set chapters onto pages and makes a book of them.
type binder struct {
	*job
	s        *setter
	chapters []*chapter
	body     []press.Page
	front    []press.Page
	tree     *press.Node
	frontal  *press.Node // structure of the front matter
	places   map[string]place
	targets  map[*press.Node]target
	entries  []entry
	short    map[shortKey]string // titles cut for running heads
	warnings []press.Warning
}

// place is where an ID stands: a page of the body or of the front matter.
type place struct {
	page  int
	top   press.Pt
	front bool
}

// entry is a line of the contents.
type entry struct {
	level  int // 0 part, 1 chapter, 2 and 3 sections
	number string
	title  string
	id     string
}

// bind makes the book: body first, then the front matter that names its
// pages, then links and bookmarks.
func (b *binder) bind() *press.Pages {
	b.tree = &press.Node{Role: press.RoleDocument}
	b.frontal = b.tree.Kid(press.RoleSect)
	b.places, b.targets, b.short = map[string]place{}, map[*press.Node]target{}, map[shortKey]string{}
	parent := b.tree
	for _, c := range b.chapters {
		if c.from.Opens != nil {
			parent = b.tree.Kid(press.RolePart)
			b.partPage(c.from.Opens, parent)
		}
		parent.Kids = append(parent.Kids, c.sect)
		b.chapter(c)
		for node, to := range c.targets {
			b.targets[node] = to
		}
		b.warnings = append(b.warnings, c.warnings...)
	}
	b.frontMatter()
	out := &press.Pages{Trim: b.frame.trim, Lang: b.doc.Lang, Tree: b.tree}
	out.List = append(append(out.List, b.front...), b.body...)
	b.link(out)
	out.Outline = b.outline()
	out.Warnings = append(b.warnings, b.check(out)...)
	return out
}

// page appends a page to the body and returns its index.
func (b *binder) page() int {
	b.body = append(b.body, press.Page{Label: strconv.Itoa(len(b.body) + 1)})
	return len(b.body) - 1
}

// toRecto appends a blank page if the next one would be a verso.
func (b *binder) toRecto() {
	if len(b.body)%2 == 1 {
		b.page()
	}
}

// partPage sets a part's title on a recto of its own, blank behind.
func (b *binder) partPage(p *press.Part, node *press.Node) {
	b.toRecto()
	i := b.page()
	b.places[p.ID] = place{page: i}
	label := b.words.Part + " " + roman(p.Number)
	if strings.HasPrefix(strings.ToLower(p.Title), strings.ToLower(b.words.Part)+" ") {
		label = "" // the title says it
	}
	b.entries = append(b.entries, entry{level: 0, number: label, title: p.Title, id: p.ID})
	s, h1 := b.s, node.Kid(press.RoleH1)
	var rows []*row
	if label != "" {
		rows = append(s.titleRows(title{label, s.numberStyle(), b.theme.Opening.Number, centered, 1}, h1), gap(b.frame.lead))
	}
	rows = append(rows, s.titleRows(title{p.Title, s.titleStyle(1, 1), b.theme.Opening.Title, centered, 5}, h1)...)
	b.stack(&b.body[i], rows, b.frame.left(i), b.frame.top+b.frame.height/4)
	b.toRecto()
}

// chapter puts a chapter onto pages.
func (b *binder) chapter(c *chapter) {
	if b.theme.Opening.Recto {
		b.toRecto()
	}
	cuts := c.cuts[len(b.body)%2]
	title := c.from.Title
	if title == "" {
		title = chapterLabel(b.words, c.from)
	}
	b.entries = append(b.entries, entry{level: 1, number: number(c.from), title: title, id: c.from.ID})
	for k, cut := range cuts {
		i := b.page()
		top := b.frame.top
		if k == 0 {
			b.places[c.from.ID] = place{page: i}
			b.opening(c, i)
			top += c.sink
		} else {
			b.runningHead(&b.body[i], i, title)
		}
		b.fill(c, cut, i, top, k == len(cuts)-1)
	}
}

// number is a chapter's number in the contents.
func number(c *press.Chapter) string {
	if c.Number == 0 {
		return ""
	}
	return strconv.Itoa(c.Number)
}

// opening draws a chapter's title and the folio at the foot.
func (b *binder) opening(c *chapter, i int) {
	white := 3 * b.frame.lead
	if b.theme.Opening.Rule {
		white = 2 * b.frame.lead
	}
	y := b.frame.top + max(0, c.sink-height(c.opening)-white)
	b.stack(&b.body[i], c.opening, b.frame.left(i), y)
	b.footFolio(&b.body[i], i)
}

// stack draws rows one below the other.
func (b *binder) stack(page *press.Page, rows []*row, x, y press.Pt) {
	for _, r := range rows {
		for _, op := range r.ops {
			shift(op, x, y)
			page.Ops = append(page.Ops, op)
		}
		y += r.height
	}
}

// fill draws the rows of one page and its notes. White takes up what the page
// is too short by, as far as that is little.
func (b *binder) fill(c *chapter, cut cutPage, i int, y press.Pt, last bool) {
	rows := trimWhite(c.rows[cut.from:cut.to])
	if len(rows) == 0 {
		return
	}
	page, x := &b.body[i], b.frame.left(i)
	if again := rows[0].again; again != nil {
		for _, r := range again {
			for _, op := range r.ops {
				op = copyOp(op)
				shift(op, x, y)
				page.Ops = append(page.Ops, op)
			}
			y += r.height
		}
	}
	extra, whites := cut.slack, press.Pt(0)
	for _, r := range rows {
		if r.space {
			whites++
		}
	}
	if last || extra < 0 || extra > whites*b.frame.lead/2 {
		extra = 0
	}
	var notes []*footnote
	for _, r := range rows {
		if r.space && whites > 0 {
			share := extra / whites
			extra, whites = extra-share, whites-1
			y += share
		}
		b.mark(r, i, y)
		for _, op := range r.ops {
			shift(op, x, y)
			page.Ops = append(page.Ops, op)
		}
		y += r.height
		notes = append(notes, r.notes...)
	}
	b.notes(page, i, notes)
}

// mark remembers where the IDs of a row stand.
func (b *binder) mark(r *row, i int, y press.Pt) {
	for _, id := range r.anchors {
		b.places[id] = place{page: i, top: max(0, y-b.frame.lead)}
	}
	if r.heading != nil && r.heading.Level <= 3 {
		b.entries = append(b.entries, entry{level: r.heading.Level, title: press.Plain(r.heading.Text), id: r.heading.ID})
	}
}

// notes draws a page's notes at its foot.
func (b *binder) notes(page *press.Page, i int, notes []*footnote) {
	if len(notes) == 0 {
		return
	}
	var h press.Pt
	for _, n := range notes {
		h += n.height
	}
	x, y := b.frame.left(i), b.frame.top+b.frame.height-h
	page.Ops = append(page.Ops, rule(x, y-5*press.Point, 60*press.Point, thinRule))
	for _, n := range notes {
		for _, r := range n.rows {
			b.mark(r, i, y)
			for _, op := range r.ops {
				shift(op, x, y)
				page.Ops = append(page.Ops, op)
			}
			y += r.height
		}
	}
}

// outline makes nested bookmarks of the contents' entries.
func (b *binder) outline() []press.Outline {
	entries := b.entries
	return b.nest(&entries, -1)
}

// nest takes entries that lie deeper than a level.
func (b *binder) nest(entries *[]entry, above int) []press.Outline {
	var out []press.Outline
	for len(*entries) > 0 && (*entries)[0].level > above {
		e := (*entries)[0]
		*entries = (*entries)[1:]
		title := e.title
		if e.level == 1 && e.number != "" {
			title = e.number + "  " + title
		}
		at := b.places[e.id]
		o := press.Outline{Title: title, Page: b.index(at), Top: at.top}
		o.Kids = b.nest(entries, e.level)
		out = append(out, o)
	}
	return out
}

// index is a place's page in the whole book.
func (b *binder) index(p place) int {
	if p.front {
		return p.page
	}
	return len(b.front) + p.page
}
