package figure

import "go.yaml.in/yaml/v3"

// The most nodes of a hierarchy, and how deep it may be.
const (
	maxNodes = 30
	maxDepth = 4
)

// branch is a node of a hierarchy.
type branch struct {
	label, text string
	kids        []*branch
}

// each visits a node and all below it, from top to bottom.
func (b *branch) each(depth int, do func(*branch, int)) {
	do(b, depth)
	for _, k := range b.kids {
		k.each(depth+1, do)
	}
}

// readHierarchy reads nested nodes.
func readHierarchy(r *reader, o *object, s *Spec) {
	n := o.at["root"]
	if n == nil {
		r.wrong(o.node, "root", "the root is missing: it has a label and children")
		return
	}
	left := maxNodes
	s.root = r.branch(n, "root", 1, &left)
	if left < 0 {
		r.wrong(n, "root", "has more than %d nodes, which is what a reader can take in", maxNodes)
	}
	if left >= maxNodes-1 && len(r.mistakes) == 0 {
		r.wrong(n, "root", "has no children")
	}
}

// branch reads a node: a text, or a label with children.
func (r *reader) branch(n *yaml.Node, path string, depth int, left *int) *branch {
	b := &branch{}
	if *left--; *left < 0 {
		return b
	}
	if depth > maxDepth {
		r.wrong(n, path, "stands deeper than %d levels", maxDepth)
		return b
	}
	if n.Kind == yaml.ScalarNode {
		var ok bool
		if b.label, ok = r.words(n, path, maxLabel); ok && b.label == "" {
			r.wrong(n, path, "is empty")
		}
		return b
	}
	p := r.object(n, path)
	b.label, b.text = p.words("label", maxLabel), p.words("text", maxText)
	if b.label == "" && !p.bad["label"] && len(p.keys) > 0 {
		r.wrong(n, p.field("label"), "the label is missing")
	}
	for i, kid := range p.list("children", 1, maxNodes) {
		b.kids = append(b.kids, r.branch(kid, entry(p.field("children"), i), depth+1, left))
	}
	p.only("label", "text", "children")
	return b
}

// drawHierarchy draws a tree from the top down where its leaves find room side
// by side, else from the left, a node a line.
func drawHierarchy(c *canvas, s *Spec) {
	if t := c.topDown(s.root); t != nil {
		t.draw(s)
		return
	}
	c.outline(s)
}

// outline draws a tree as an indented list with lines from each node to its
// children.
func (c *canvas) outline(s *Spec) {
	indent := c.base * 190 / 100
	var ends [maxDepth + 1]dot // where the line below the last node of each depth begins
	s.root.each(0, func(b *branch, depth int) {
		x := dot(depth) * indent
		f := c.plain()
		f.bold = depth == 0 || b.label == s.highlight && s.highlight != "" || depth == 1 && len(b.kids) > 0
		if b.label == s.highlight && s.highlight != "" {
			f.fill = c.strongAccent()
		}
		mid := c.y + f.rise() - f.caps()/2
		if depth > 0 {
			up := x - indent + c.base*45/100
			c.path(pathOf([]dot{up, up, x - c.base*35/100}, []dot{ends[depth-1], mid, mid}), `fill="none" stroke="`+c.faint.String()+`" stroke-width="0.8"`)
		}
		y := c.lines(x, c.y, start, f, c.wrap(b.label, f, c.w-x))
		if b.text != "" {
			y = c.lines(x, y, start, c.minor(), c.wrap(b.text, c.minor(), c.w-x))
		}
		ends[depth] = y + 100
		c.y = y + c.base*55/100
	})
	c.y -= c.base * 55 / 100
}

// strongAccent is the accent, dark enough for text.
func (c *canvas) strongAccent() rgb {
	a := c.ramp(1)[0]
	return a.towards(c.paper, max(500, contrast(a, c.paper)))
}

// tree is a hierarchy that is drawn from the top down.
type tree struct {
	c     *canvas
	wide  dot // of a box
	slot  dot // of a leaf
	lines map[*branch][]string
	faces map[*branch]face
	texts map[*branch][]string
	high  [maxDepth]dot // of the boxes of each level
	next  dot           // where the next leaf stands
	s     *Spec
}

// topDown lays a tree out from the top down; nil if there is no room.
func (c *canvas) topDown(root *branch) *tree {
	leaves := dot(0)
	root.each(0, func(b *branch, _ int) {
		if len(b.kids) == 0 {
			leaves++
		}
	})
	t := &tree{c: c, slot: c.w / leaves, lines: map[*branch][]string{}, faces: map[*branch]face{}, texts: map[*branch][]string{}}
	gap := c.base * 80 / 100
	t.wide = min(t.slot-gap, c.w*34/100)
	fits := t.wide > 4*c.base
	root.each(0, func(b *branch, depth int) {
		f := c.minor().in(c.ink)
		f.bold = depth == 0 || len(b.kids) > 0
		room := t.room(b) - c.base
		lines, whole := c.broken(b.label, f, room)
		texts := c.wrap(b.text, c.minor(), room)
		fits = fits && whole && len(lines) <= 4 && len(texts) <= 5
		t.lines[b], t.faces[b], t.texts[b] = lines, f, texts
		h := f.high(len(lines)) + c.base*110/100
		if len(texts) > 0 {
			h += c.minor().high(len(texts)) + c.base*15/100
		}
		t.high[depth] = max(t.high[depth], h)
	})
	if !fits {
		return nil
	}
	return t
}

// room is how wide a box may be: one of several leaves takes more.
func (t *tree) room(b *branch) dot {
	leaves := dot(0)
	b.each(0, func(k *branch, _ int) {
		if len(k.kids) == 0 {
			leaves++
		}
	})
	if leaves > 1 {
		return min(t.slot*leaves-t.c.base*80/100, max(t.wide, t.c.w*34/100))
	}
	return t.wide
}

// draw draws the tree.
func (t *tree) draw(s *Spec) {
	t.s = s
	top := t.c.y
	t.node(s.root, 0, top)
	deepest := 0
	s.root.each(0, func(_ *branch, depth int) { deepest = max(deepest, depth) })
	for d := range deepest + 1 {
		top += t.high[d]
		if d < deepest {
			top += t.levelGap()
		}
	}
	t.c.y = top
}

// levelGap is the distance of levels.
func (t *tree) levelGap() dot { return t.c.base * 190 / 100 }

// node draws a node above the middle of its children and returns where its
// middle is.
func (t *tree) node(b *branch, depth int, top dot) dot {
	c := t.c
	var mids []dot
	for _, k := range b.kids {
		mids = append(mids, t.node(k, depth+1, top+t.high[depth]+t.levelGap()))
	}
	mid := t.next + t.slot/2
	if len(mids) == 0 {
		t.next += t.slot
	} else {
		mid = (mids[0] + mids[len(mids)-1]) / 2
	}
	wide := t.wide
	if len(b.kids) > 0 {
		wide = min(max(t.wide, c.widestLine(t.faces[b], t.lines[b]...)+c.base*140/100), t.room(b))
	}
	for _, m := range mids { // a line that is nearly straight is straight
		if m-mid < 2*c.base && mid-m < 2*c.base {
			mid = m
		}
	}
	mid = min(max(mid, wide/2+50), c.w-wide/2-50)
	high := t.high[depth]
	fork := top + high + t.levelGap()/2
	for _, m := range mids {
		c.path(pathOf([]dot{mid, mid, m, m}, []dot{top + high, fork, fork, top + high + t.levelGap()}), `fill="none" stroke="`+c.quiet.String()+`" stroke-width="0.7"`)
	}
	fill, stroke := c.paper, c.rest()
	switch {
	case t.s.highlight != "" && b.label == t.s.highlight:
		fill, stroke = c.ramp(1)[0], c.ramp(1)[0]
	case depth == 0 && t.s.highlight == "":
		fill, stroke = c.ramp(1)[0], c.ramp(1)[0]
	case len(b.kids) > 0:
		fill = c.tint
	}
	c.round(mid-wide/2, top, wide, high, 250, fill.String(), stroke.String())
	f := t.faces[b].in(over(fill, c.ink, c.paper))
	h := f.high(len(t.lines[b]))
	if n := len(t.texts[b]); n > 0 {
		h += c.minor().high(n) + c.base*15/100
	}
	y := c.lines(mid, top+(high-h)/2, middle, f, t.lines[b])
	c.lines(mid, y+c.base*15/100, middle, c.minor().in(over(fill, c.quiet, c.ink, c.paper)), t.texts[b])
	return mid
}
