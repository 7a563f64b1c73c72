package pdfout

import (
	"slices"
	"strconv"

	"quire/press"
)

// element is a structure node in the making. Its content is marked content,
// link annotations and other elements, in the order of the pages.
type element struct {
	node    *press.Node
	ref     ref
	parent  *element
	content []part
	own     bool // has content besides its kids
	used    bool // reached by content
	page    int  // of its first content
}

// part is a piece of an element's content; one field is set.
type part struct {
	kid   *element
	annot ref
	mcid  int
	page  int
}

// treeWriter writes the structure tree (ISO 32000-1, 14.7).
type treeWriter struct {
	f        *file
	elements map[*press.Node]*element
	order    []*element
	byMark   [][]*element // per page and marked content ID
	ids      map[string]ref
}

// writeTree writes the structure tree and returns its root.
func (f *file) writeTree() ref {
	t := &treeWriter{f: f, elements: map[*press.Node]*element{}, ids: map[string]ref{}}
	root := t.collect(f.pages.Tree, nil)
	root.used = true
	t.marks()
	for _, l := range f.links {
		if e := t.elements[l.node]; e != nil {
			t.attach(e)
			e.own = true
			e.content = append(e.content, part{annot: l.ref, page: l.page})
		}
	}
	t.keepCells(root)
	for _, e := range t.order {
		if e.used {
			e.ref = f.w.alloc()
		}
	}
	top := f.w.alloc()
	for _, e := range t.order {
		if e.used {
			f.w.set(e.ref, t.source(e, top))
		}
	}
	d := newBuf()
	d.add("<< /Type /StructTreeRoot /K ", root.ref, " /ParentTree << /Nums [", t.parents(), "] >> /ParentTreeNextKey ", len(f.pages.List)+len(f.links))
	t.addIDs(d)
	d.add(" >>")
	f.w.set(top, d)
	return top
}

// collect makes an element of every node.
func (t *treeWriter) collect(n *press.Node, parent *element) *element {
	e := &element{node: n, parent: parent, page: -1}
	t.elements[n] = e
	t.order = append(t.order, e)
	for _, k := range n.Kids {
		t.collect(k, e)
	}
	return e
}

// marks gives every piece of marked content to its element.
func (t *treeWriter) marks() {
	for page, c := range t.f.contents {
		var list []*element
		for id, n := range c.marks {
			e := t.elements[n]
			list = append(list, e)
			if e == nil {
				continue
			}
			t.attach(e)
			e.own = true
			if e.page < 0 {
				e.page = page
			}
			e.content = append(e.content, part{mcid: id, page: page})
		}
		t.byMark = append(t.byMark, list)
	}
}

// attach makes an element part of its parent's content, when it is first met.
func (t *treeWriter) attach(e *element) {
	if e.used {
		return
	}
	e.used = true
	t.attach(e.parent)
	e.parent.content = append(e.parent.content, part{kid: e})
}

// keepCells keeps empty table cells, and puts the kids of elements without own
// content into the order of the tree.
func (t *treeWriter) keepCells(e *element) {
	for _, k := range e.node.Kids {
		kid := t.elements[k]
		if e.used && (k.Role == press.RoleTD || k.Role == press.RoleTH) {
			kid.used = true
		}
		t.keepCells(kid)
	}
	if e.own {
		return
	}
	e.content = e.content[:0]
	for _, k := range e.node.Kids {
		if kid := t.elements[k]; kid.used {
			e.content = append(e.content, part{kid: kid})
		}
	}
}

// source is an element's dictionary.
func (t *treeWriter) source(e *element, top ref) *buf {
	n := e.node
	d := newBuf()
	parent := top
	if e.parent != nil {
		parent = e.parent.ref
	}
	d.add("<< /Type /StructElem /S /", string(n.Role), " /P ", parent)
	if n.Alt != "" {
		d.add(" /Alt ", text(n.Alt))
	}
	if n.Lang != "" {
		d.add(" /Lang ", literal(n.Lang))
	}
	if n.ID != "" && n.Role == press.RoleNote {
		d.add(" /ID ", literal(n.ID))
		t.ids[n.ID] = e.ref
	}
	t.addAttributes(d, e)
	if e.page >= 0 {
		d.add(" /Pg ", t.f.pageRefs[e.page])
	}
	d.add(" /K [")
	for _, p := range e.content {
		t.addPart(d, e, p)
	}
	d.add("] >>")
	return d
}

// addPart writes one piece of an element's content.
func (t *treeWriter) addPart(d *buf, e *element, p part) {
	switch {
	case p.kid != nil:
		d.add(p.kid.ref, " ")
	case p.annot != 0:
		d.add("<< /Type /OBJR /Pg ", t.f.pageRefs[p.page], " /Obj ", p.annot, " >> ")
	case p.page == e.page:
		d.add(p.mcid, " ")
	default:
		d.add("<< /Type /MCR /Pg ", t.f.pageRefs[p.page], " /MCID ", p.mcid, " >> ")
	}
}

// addAttributes writes what table heads and figures need.
func (t *treeWriter) addAttributes(d *buf, e *element) {
	switch e.node.Role {
	case press.RoleTH:
		d.add(" /A << /O /Table /Scope /Column", spans(e.node), " >>")
	case press.RoleTD:
		if s := spans(e.node); s != "" {
			d.add(" /A << /O /Table", s, " >>")
		}
	case press.RoleL:
		numbering := "Disc"
		if e.node.Ordered {
			numbering = "Decimal"
		}
		d.add(" /A << /O /List /ListNumbering /", numbering, " >>")
	case press.RoleFigure:
		if e.page < 0 {
			return
		}
		if b := t.f.contents[e.page].boxes[e.node]; b != nil {
			h := t.f.pages.Trim.Height
			d.add(" /A << /O /Layout /Placement /Block /BBox [", b.x0, " ", h-b.y1, " ", b.x1, " ", h-b.y0, "] >>")
		}
	}
}

// spans are the attributes of a cell that takes more columns or rows than one.
func spans(n *press.Node) string {
	s := ""
	if n.ColSpan > 1 {
		s += " /ColSpan " + strconv.Itoa(n.ColSpan)
	}
	if n.RowSpan > 1 {
		s += " /RowSpan " + strconv.Itoa(n.RowSpan)
	}
	return s
}

// parents is the parent tree: from marked content and links to elements.
func (t *treeWriter) parents() *buf {
	d := newBuf()
	for page, list := range t.byMark {
		if len(list) == 0 {
			continue
		}
		d.add(page, " [")
		for _, e := range list {
			if e == nil {
				d.add("null ")
				continue
			}
			d.add(e.ref, " ")
		}
		d.add("] ")
	}
	for _, l := range t.f.links {
		if e := t.elements[l.node]; e != nil {
			d.add(l.key, " ", e.ref, " ")
		}
	}
	return d
}

// addIDs writes the tree of IDs, sorted.
func (t *treeWriter) addIDs(d *buf) {
	if len(t.ids) == 0 {
		return
	}
	var names []string
	for id := range t.ids {
		names = append(names, id)
	}
	slices.Sort(names)
	d.add(" /IDTree << /Names [")
	for _, id := range names {
		d.add(literal(id), " ", t.ids[id], " ")
	}
	d.add("] >>")
}
