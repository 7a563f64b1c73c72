package layout

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"quire/press"
)

// binder puts set chapters onto pages and makes a book of them.
type binder struct {
	*job
	s        *setter
	bodies   []body
	leaves   []leaf
	body     []press.Page
	front    []press.Page
	tree     *press.Node
	frontal  *press.Node // structure of the front matter
	places   map[string]place
	targets  map[*press.Node]target
	entries  []entry
	figures  []entry             // captioned figures
	short    map[shortKey]string // titles cut for running heads
	warnings []press.Warning
}

// body is a chapter and what it came out as.
type body struct {
	from *press.Chapter
	set  *chapter
	now  *press.Chapter // the last one that began, where several go on below each other
}

// inForce is the chapter in which a page ends.
func (b *body) inForce(cut *cutPage) *press.Chapter {
	for _, r := range cut.rows {
		if r.opens != nil {
			b.now = r.opens
		}
	}
	if b.now == nil {
		return b.from
	}
	return b.now
}

// leaf is what stands on a body page: a part's title, a page of a chapter, or
// nothing.
type leaf struct {
	part *press.Part
	body *body
	cut  *cutPage
	head bool // the chapter opens here
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

// newBinder prepares to bind the chapters of a document.
func newBinder(j *job, s *setter, chapters []*chapter) *binder {
	b := &binder{job: j, s: s, places: map[string]place{}, targets: map[*press.Node]target{}, short: map[shortKey]string{}}
	for i, list := range j.groups() {
		b.bodies = append(b.bodies, body{from: list[0], set: chapters[i]})
	}
	if j.theme.Notes == "book" && hasNotes(j.doc) {
		b.bodies = append(b.bodies, body{from: notesChapter(j.words), set: s.endnotes(j.doc)})
	}
	return b
}

// warn notes a warning.
func (b *binder) warn(format string, args ...any) {
	b.warnings = append(b.warnings, press.Warning{Detail: fmt.Sprintf(format, args...)})
}

// plan decides what stands on which body page, and returns the IDs whose page
// is not the one that the text names.
func (b *binder) plan() (stale []string) {
	for i := range b.bodies {
		c := &b.bodies[i]
		if part := c.from.Opens; part != nil {
			b.toRecto()
			b.places[part.ID] = place{page: len(b.leaves)}
			b.leaves = append(b.leaves, leaf{part: part})
			b.toRecto()
		}
		if b.theme.Opening.Recto {
			b.toRecto()
		}
		b.places[c.from.ID] = place{page: len(b.leaves)}
		cuts := c.set.cuts[0]
		if !b.opensOnRecto() {
			cuts = c.set.cuts[len(b.leaves)%2]
		}
		for k := range cuts {
			b.claim(&cuts[k])
			b.leaves = append(b.leaves, leaf{body: c, cut: &cuts[k], head: k == 0})
		}
	}
	for i := range b.bodies {
		for id, label := range b.bodies[i].set.named {
			if b.label(id) != label && !slices.Contains(stale, id) {
				stale = append(stale, id)
			}
		}
	}
	slices.Sort(stale)
	return stale
}

// toRecto appends a blank page if the next one would be a verso. Books for
// screens have no blank pages.
func (b *binder) toRecto() {
	if len(b.leaves)%2 == 1 && !b.screen {
		b.leaves = append(b.leaves, leaf{})
	}
}

// claim notes that what has an ID on a page stands on the next page planned.
func (b *binder) claim(cut *cutPage) {
	for _, rows := range [][]*row{cut.tops, cut.rows, cut.notes} {
		for _, r := range rows {
			for _, id := range r.anchors {
				b.places[id] = place{page: len(b.leaves)}
			}
		}
	}
}

// label is the number of the page where an ID stands; "" if it stands nowhere.
func (b *binder) label(id string) string {
	at, ok := b.places[id]
	if !ok {
		return ""
	}
	return strconv.Itoa(at.page + 1)
}

// labels returns the page label of every ID.
func (b *binder) labels() map[string]string {
	out := map[string]string{}
	for id := range b.places {
		out[id] = b.label(id)
	}
	return out
}

// bind makes the book that was planned: body first, then the front matter that
// names its pages, then links and bookmarks.
func (b *binder) bind() *press.Pages {
	thick := *b.job
	thick.frame = thick.frame.thick(len(b.leaves))
	if b.screen {
		thick.frame.gutter = 0
	}
	b.job = &thick
	b.tree = &press.Node{Role: press.RoleDocument}
	b.frontal = b.tree.Kid(press.RoleSect)
	parent := b.tree
	for i := range b.leaves {
		l := &b.leaves[i]
		b.page()
		switch {
		case l.part != nil:
			parent = b.tree.Kid(press.RolePart)
			b.partPage(l.part, i, parent)
		case l.head:
			l.body.inForce(l.cut)
			parent.Kids = append(parent.Kids, l.body.set.sect)
			b.openingPage(l, i)
		case l.body != nil:
			title := b.title(l.body.inForce(l.cut))
			if !l.cut.isPlate() {
				b.runningHead(&b.body[i], i, title)
			}
			b.fill(l, i, b.frame.top)
		}
	}
	for i := range b.bodies {
		for node, to := range b.bodies[i].set.targets {
			b.targets[node] = to
		}
		b.warnings = append(b.warnings, b.bodies[i].set.warnings...)
	}
	b.frontMatter()
	out := &press.Pages{Trim: b.frame.trim, Bleed: b.bleed, Screen: b.screen, Lang: b.doc.Lang, Tree: b.tree}
	out.List = append(append(out.List, b.front...), b.body...)
	b.link(out)
	out.Outline = b.outline()
	out.Warnings = append(b.warnings, b.check(out)...)
	return out
}

// page appends a page to the body.
func (b *binder) page() {
	b.body = append(b.body, press.Page{Label: strconv.Itoa(len(b.body) + 1)})
}

// partPage sets a part's title on a recto of its own, blank behind.
func (b *binder) partPage(p *press.Part, i int, node *press.Node) {
	label := b.words.Label(b.words.Part, roman(p.Number))
	if strings.HasPrefix(strings.ToLower(p.Title), strings.ToLower(b.words.Part)+" ") {
		label = "" // the title says it
	}
	b.entries = append(b.entries, entry{level: 0, number: label, title: p.Title, id: p.ID})
	s, h1, how := b.s, node.Kid(press.RoleH1), alignOf(b.theme.Opening.Align)
	var rows []*row
	if label != "" {
		st, typ := s.partStyle()
		rows = append(s.titleRows(title{label, st, typ, how, 1}, h1), gap(b.frame.lead))
	}
	rows = append(rows, s.titleRows(title{p.Title, s.titleStyle(1, 1), b.theme.Opening.Title, how, 5}, h1)...)
	b.stack(&b.body[i], rows, b.frame.left(i), b.frame.top+b.frame.height/4)
}

// partStyle is how "Part II" looks above a part's title: as a chapter's number,
// but never larger than the title.
func (s *setter) partStyle() (style, press.Type) {
	typ := s.theme.Opening.Number
	st := s.numberStyle()
	if s.theme.Opening.Figure {
		typ = press.Type{Size: s.theme.Text.Size.Scale(6, 5), Leading: s.theme.Text.Leading.Scale(6, 5)}
		st.size = typ.Size
	}
	return st, typ
}

// title is what a chapter is called in heads and contents.
func (b *binder) title(c *press.Chapter) string {
	if c.Title != "" {
		return c.Title
	}
	return chapterLabel(b.words, c)
}

// openingPage puts a chapter's title and its first rows onto a page.
func (b *binder) openingPage(l *leaf, i int) {
	c := l.body
	b.entries = append(b.entries, entry{level: 1, number: number(c.from), title: b.title(c.from), id: c.from.ID})
	white := b.s.belowTitle()
	if b.theme.Opening.Rule {
		white = white * 2 / 3
	}
	y := b.frame.top + max(0, c.set.sink-height(c.set.opening)-white)
	b.stack(&b.body[i], c.set.opening, b.frame.left(i), y)
	b.footFolio(&b.body[i], i)
	b.fill(l, i, b.frame.top+c.set.sink)
}

// number is a chapter's number in the contents.
func number(c *press.Chapter) string {
	if c.Number == 0 {
		return ""
	}
	return strconv.Itoa(c.Number)
}

// stack draws rows one below the other and returns where they end.
func (b *binder) stack(page *press.Page, rows []*row, x, y press.Pt) press.Pt {
	for _, r := range rows {
		drawRow(page, r, x, y)
		y += r.height
	}
	return y
}

// isPlate reports whether a page is filled by a picture.
func (c *cutPage) isPlate() bool {
	for _, rows := range [][]*row{c.tops, c.rows} {
		for _, r := range rows {
			if r.plate {
				return true
			}
		}
	}
	return false
}

// drawRow puts what a row draws onto a page.
func drawRow(page *press.Page, r *row, x, y press.Pt) {
	if r.plate {
		x, y = 0, 0
	}
	for _, op := range r.ops {
		page.Ops = append(page.Ops, shifted(op, x, y))
	}
}

// fill draws a page of a chapter: floats, rows, notes. White takes up what the
// page is too short by, as far as that is little.
func (b *binder) fill(l *leaf, i int, y press.Pt) {
	page, x, cut := &b.body[i], b.frame.left(i), l.cut
	for _, r := range cut.tops {
		b.mark(r, i, y)
		drawRow(page, r, x, y)
		y += topHeight(r, b.frame.lead)
	}
	rows := trimWhite(cut.rows)
	if len(rows) > 0 {
		y = b.stack(page, rows[0].again, x, y)
	}
	extra, whites := cut.slack, press.Pt(0)
	for _, r := range rows {
		if r.space {
			whites++
		}
	}
	cuts := l.body.set.cuts
	last := cut == &cuts[0][len(cuts[0])-1] || len(cuts[1]) > 0 && cut == &cuts[1][len(cuts[1])-1]
	if last || extra < 0 || extra > whites*b.frame.lead/2 {
		extra = 0
	}
	for _, r := range rows {
		if r.space && whites > 0 {
			share := extra / whites
			extra, whites = extra-share, whites-1
			y += share
		}
		b.mark(r, i, y)
		drawRow(page, r, x, y)
		y += r.height
	}
	b.notes(page, i, cut.notes)
}

// mark remembers where the IDs of a row stand.
func (b *binder) mark(r *row, i int, y press.Pt) {
	for _, id := range r.anchors {
		b.places[id] = place{page: i, top: max(0, y-b.frame.lead)}
	}
	if r.opens != nil {
		b.entries = append(b.entries, entry{level: 1, number: number(r.opens), title: b.title(r.opens), id: r.opens.ID})
	}
	if r.heading != nil && r.heading.Level <= 3 {
		b.entries = append(b.entries, entry{level: r.heading.Level, title: press.Plain(r.heading.Text), id: r.heading.ID})
	}
	if f := r.figure; f != nil {
		b.figures = append(b.figures, entry{level: 1, number: strconv.Itoa(f.Number), title: press.Plain(f.Caption), id: f.ID})
	}
}

// notes draws a page's notes at its foot.
func (b *binder) notes(page *press.Page, i int, rows []*row) {
	if len(rows) == 0 {
		return
	}
	x, y := b.frame.left(i), b.frame.top+b.frame.height-height(rows)
	page.Ops = append(page.Ops, rule(x, y-5*press.Point, 60*press.Point, thinRule))
	for _, r := range rows {
		b.mark(r, i, y)
		drawRow(page, r, x, y)
		y += r.height
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
