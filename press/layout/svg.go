package layout

import (
	"errors"
	"math"
	"slices"
	"strings"

	"quire/press"
	"quire/press/font"
)

// svgDrawer turns the tree of an SVG file into a display list. What it draws
// stands from the top left corner.
type svgDrawer struct {
	*svgShared
	out  []press.Op
	bare bool // only the shapes count, for a clip: black, without strokes
}

// svgShared is what all drawers of one drawing have in common.
type svgShared struct {
	s        *setter
	name     string // in warnings: "the picture a.svg"
	at       press.Pos
	node     *press.Node
	root     *svgNode
	start    svgState // of the root
	ids      map[string]*svgNode
	images   map[string]*press.Image // by address; nil is damaged
	warned   []string
	visits   int // elements drawn
	read     int // bytes of their attributes
	steps    int // of outlines
	ops      int
	pixels   int               // that filters have worked on
	inside   int               // pixels of the pictures in it
	depth    int               // of references inside references
	busy     map[*svgNode]bool // elements that are being referred to
	outlines *font.Outlines
	over     bool // beyond a limit
}

// drawSVG draws an SVG file with a width, from its top left corner.
func (s *setter) drawSVG(data []byte, width press.Pt, node *press.Node) ([]press.Op, error) {
	return s.drawing(&press.Image{Data: data}, press.Pos{}, width, node)
}

// drawing draws an SVG picture with a width, from its top left corner. What
// cannot be drawn as it should is said in a warning, once for each kind.
func (s *setter) drawing(img *press.Image, at press.Pos, width press.Pt, node *press.Node) ([]press.Op, error) {
	root, err := parseSVG(img.Data)
	if err != nil {
		return nil, err
	}
	name := "a drawing"
	if img.Source != "" {
		name = "the picture " + img.Source
	}
	d := &svgDrawer{svgShared: &svgShared{s: s, name: name, at: at, node: node, root: root, ids: map[string]*svgNode{},
		images: map[string]*press.Image{}, busy: map[*svgNode]bool{}, outlines: s.shaper.Outlines()}}
	d.collect(root)
	box, err := rootBox(root)
	if err != nil {
		return nil, err
	}
	k := float64(width) / box[2]
	d.start = svgState{fill: "black", stroke: "none", width: 1, miter: 4, svgFont: svgFont{size: 16, weight: 400}, fillOpac: 1, lineOpac: 1,
		vw: box[2], vh: box[3], m: matrix{k, 0, 0, k, mul(-box[0], k), mul(-box[1], k)}}
	st := d.start.inherit(root)
	for _, n := range root.kids {
		d.draw(n, st, 0)
	}
	if d.over {
		return nil, errSVGSize
	}
	return d.trimmed(box), nil
}

// rootBox is what of the root's coordinates is shown: x, y, width and height.
func rootBox(root *svgNode) (box [4]float64, err error) {
	v := numbers(root.attr["viewBox"])
	if len(v) != 4 || !(v[2] > 0) || !(v[3] > 0) {
		v = []float64{0, 0, units(root.attr["width"], 0, 16), units(root.attr["height"], 0, 16)}
	}
	if !(v[2] > 1e-3) || !(v[3] > 1e-3) {
		return box, errors.New("the SVG has no size")
	}
	return [4]float64(v), nil
}

// trimmed cuts a drawing to its box if it reaches out of it; half the width of
// a frame around it does not count.
func (d *svgDrawer) trimmed(box [4]float64) []press.Op {
	m := d.start.m
	const hair = press.Point
	lo, hi := m.point(box[0], box[1]), m.point(box[0]+box[2], box[1]+box[3])
	if e := opsExtent(d.out, true); e.empty || e.x0 >= lo.X-hair && e.y0 >= lo.Y-hair && e.x1 <= hi.X+hair && e.y1 <= hi.Y+hair {
		return d.out
	}
	if !strings.Contains(d.root.attr["overflow"], "visible") {
		return []press.Op{&press.Group{Ops: d.out, Clip: []press.Clip{{Segments: rectangle(lo.X, lo.Y, hi.X-lo.X, hi.Y-lo.Y).Segments}}, Node: d.node}}
	}
	return d.out
}

// warn says once what cannot be drawn as it should.
func (d *svgShared) warn(what string) {
	if !slices.Contains(d.warned, what) {
		d.warned = append(d.warned, what)
		d.s.warnings = append(d.s.warnings, press.Warning{Detail: d.name + " " + what, Pos: d.at})
	}
}

// collect remembers everything with an id; the first one counts.
func (d *svgDrawer) collect(n *svgNode) {
	if id := n.attr["id"]; id != "" && d.ids[id] == nil {
		d.ids[id] = n
	}
	for _, k := range n.kids {
		d.collect(k)
	}
}

// sub returns a drawer whose ops stand apart.
func (d *svgDrawer) sub() *svgDrawer { return &svgDrawer{svgShared: d.svgShared, bare: d.bare} }

// add appends what was drawn.
func (d *svgDrawer) add(ops ...press.Op) {
	if d.ops += len(ops); d.ops > maxSVGOps {
		d.over = true
		return
	}
	d.out = append(d.out, ops...)
}

// referred runs f on an element that another one refers to, unless the
// reference goes in a circle or too deep.
func (d *svgShared) referred(n *svgNode, f func()) {
	const deepest = 20
	if n == nil || d.busy[n] || d.depth >= deepest {
		return
	}
	d.busy[n] = true
	d.depth++
	f()
	d.depth--
	delete(d.busy, n)
}

// draw draws an element and what is in it.
func (d *svgDrawer) draw(n *svgNode, parent svgState, depth int) {
	d.visit(n)
	if d.over || n.name == "" || depth > 2*maxSVGDepth || n.attr["display"] == "none" {
		return
	}
	st := parent.inherit(n)
	if v, ok := n.attr["transform"]; ok {
		st.m = st.m.times(parseTransform(v))
	}
	if !n.layered() {
		d.content(n, st, depth)
		return
	}
	inner := d.sub()
	inner.content(n, st, depth)
	d.out = append(d.out, d.layer(n, st, inner.out)...)
}

// visit counts an element that is drawn, and what it costs to read it.
func (d *svgShared) visit(n *svgNode) {
	d.visits++
	d.read += n.weight
	d.over = d.over || d.visits > maxSVGVisits || d.read > maxSVGRead
}

// layered reports whether an element is drawn apart and then as one.
func (n *svgNode) layered() bool {
	for _, name := range [...]string{"opacity", "clip-path", "mask", "filter"} {
		if v := n.attr[name]; v != "" && v != "none" {
			return true
		}
	}
	return n.attr["mix-blend-mode"] != ""
}

// content draws what an element shows.
func (d *svgDrawer) content(n *svgNode, st svgState, depth int) {
	switch n.name {
	case "g", "a":
		d.all(n.kids, st, depth)
	case "svg":
		d.nested(n, st, n.attr, depth)
	case "switch":
		d.choose(n, st, depth)
	case "use":
		d.use(n, st, depth)
	case "text":
		d.text(n, st)
	case "image":
		d.image(n, st)
	case "foreignObject":
		d.warn("holds content that is not a drawing; that part of it is left out")
	case "animate", "animateTransform", "animateMotion", "set":
		d.warn("moves; it is drawn as it is at first")
	default:
		d.shape(d.outlineOf(n, st), n, st)
	}
}

// all draws elements one after the other.
func (d *svgDrawer) all(kids []*svgNode, st svgState, depth int) {
	for _, k := range kids {
		d.draw(k, st, depth+1)
	}
}

// choose draws the first element that asks for nothing that we cannot do.
func (d *svgDrawer) choose(n *svgNode, st svgState, depth int) {
	for _, k := range n.kids {
		if k.name == "" || k.name == "foreignObject" || k.attr["requiredExtensions"] != "" {
			continue
		}
		if want := k.attr["systemLanguage"]; want != "" && !d.speaks(want) {
			continue
		}
		d.draw(k, st, depth+1)
		return
	}
}

// speaks reports whether the book's language is among those of a list.
func (d *svgDrawer) speaks(list string) bool {
	for tag := range strings.SplitSeq(list, ",") {
		tag = strings.ToLower(strings.TrimSpace(tag))
		if lang := strings.ToLower(d.s.doc.Lang); lang == tag || strings.HasPrefix(lang, tag+"-") {
			return true
		}
	}
	return false
}

// stateAt is the state that an element has at its own place in the file, with
// the map m.
func (d *svgDrawer) stateAt(n *svgNode, m matrix) svgState {
	var up []*svgNode
	for ; n != nil; n = n.parent {
		d.visit(n)
		up = append(up, n)
	}
	st := d.start
	for _, n := range slices.Backward(up) {
		st = st.inherit(n)
	}
	st.m = m
	return st
}

// clear is how clear an opacity is.
func clear255(opacity float64) uint8 {
	return 255 - uint8(math.Round(mul(min(max(opacity, 0), 1), 255)))
}

// num returns a number attribute, 0 if it is not there.
func (n *svgNode) num(name string) float64 { return number64(n.attr[name]) }
