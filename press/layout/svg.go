package layout

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"quire/press"
)

// svgNode is an element of an SVG file.
type svgNode struct {
	name string
	attr map[string]string
	text string
	kids []*svgNode
}

// The limits of an SVG drawing; what is beyond is an error or left out.
const (
	maxSVGDepth = 100
	maxSVGNodes = 50000
	maxSVGOps   = 50000
)

// parseSVG reads an SVG file into a tree. Styles of the style attribute become
// attributes.
func parseSVG(data []byte) (*svgNode, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	root := &svgNode{}
	stack := []*svgNode{root}
	for count := 0; ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.New("the SVG is damaged")
		}
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if count++; len(stack) > maxSVGDepth || count > maxSVGNodes {
				return nil, errors.New("the SVG is too large")
			}
			n := newSVGNode(t)
			top.kids = append(top.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
	for _, k := range root.kids {
		if k.name == "svg" {
			return k, nil
		}
	}
	return nil, errors.New("there is no <svg> in it")
}

// newSVGNode takes over an element's attributes.
func newSVGNode(t xml.StartElement) *svgNode {
	n := &svgNode{name: t.Name.Local, attr: map[string]string{}}
	for _, a := range t.Attr {
		n.attr[a.Name.Local] = strings.TrimSpace(a.Value)
	}
	for decl := range strings.SplitSeq(n.attr["style"], ";") {
		if name, value, ok := strings.Cut(decl, ":"); ok {
			n.attr[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return n
}

// svgState is what an element inherits.
type svgState struct {
	fill, stroke       string
	width              float64
	dash               string
	cap, join, rule    string
	size               float64
	anchor             string
	bold, italic       bool
	opacity            float64
	fillOpac, lineOpac float64
	m                  matrix
}

// inherit returns the state for an element inside.
func (st svgState) inherit(n *svgNode) svgState {
	for name, to := range map[string]*string{"fill": &st.fill, "stroke": &st.stroke, "stroke-dasharray": &st.dash, "stroke-linecap": &st.cap,
		"stroke-linejoin": &st.join, "fill-rule": &st.rule, "text-anchor": &st.anchor} {
		if v, ok := n.attr[name]; ok && v != "inherit" {
			*to = v
		}
	}
	for name, to := range map[string]*float64{"stroke-width": &st.width, "font-size": &st.size, "fill-opacity": &st.fillOpac, "stroke-opacity": &st.lineOpac} {
		if v, ok := n.attr[name]; ok {
			*to = number64(v)
		}
	}
	if v, ok := n.attr["opacity"]; ok {
		st.opacity = mul(st.opacity, number64(v))
	}
	if v, ok := n.attr["font-weight"]; ok {
		st.bold = v == "bold" || v == "bolder" || number64(v) >= 600
	}
	if v, ok := n.attr["font-style"]; ok {
		st.italic = v != "normal"
	}
	if v, ok := n.attr["transform"]; ok {
		st.m = st.m.times(parseTransform(v))
	}
	return st
}

// svgDrawer turns a tree into a display list.
type svgDrawer struct {
	s         *setter
	node      *press.Node
	gradients map[string]*svgNode
	ids       map[string]*svgNode
	out       []press.Op
	scale     float64
}

// drawSVG draws an SVG file with a width, from its top left corner. Shapes,
// paths, text and gradients are drawn; what it does not know is left out.
func (s *setter) drawSVG(data []byte, width press.Pt, node *press.Node) ([]press.Op, error) {
	root, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	box := numbers(root.attr["viewBox"])
	if len(box) != 4 {
		box = []float64{0, 0, number64(root.attr["width"]), number64(root.attr["height"])}
	}
	if box[2] <= 0 || box[3] <= 0 {
		return nil, errors.New("the SVG has no size")
	}
	k := float64(width) / box[2]
	d := &svgDrawer{s: s, node: node, gradients: map[string]*svgNode{}, ids: map[string]*svgNode{}, scale: k}
	d.collect(root)
	st := svgState{fill: "black", stroke: "none", width: 1, size: 16, opacity: 1, fillOpac: 1, lineOpac: 1,
		m: matrix{k, 0, 0, k, mul(-box[0], k), mul(-box[1], k)}}
	st = st.inherit(&svgNode{attr: withoutTransform(root.attr)})
	for _, n := range root.kids {
		d.draw(n, st, 0)
	}
	if len(d.out) > maxSVGOps {
		return nil, errors.New("the SVG is too large")
	}
	return d.out, nil
}

// withoutTransform returns attributes that a root element hands down.
func withoutTransform(attr map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range attr {
		if k != "transform" {
			out[k] = v
		}
	}
	return out
}

// collect remembers gradients and everything with an id.
func (d *svgDrawer) collect(n *svgNode) {
	if id := n.attr["id"]; id != "" {
		d.ids[id] = n
		if strings.HasSuffix(n.name, "Gradient") {
			d.gradients[id] = n
		}
	}
	for _, k := range n.kids {
		d.collect(k)
	}
}

// draw draws an element and what is in it; depth bounds <use> that uses
// itself.
func (d *svgDrawer) draw(n *svgNode, parent svgState, depth int) {
	if depth > maxSVGDepth || len(d.out) > maxSVGOps || n.attr["display"] == "none" || n.attr["visibility"] == "hidden" {
		return
	}
	st := parent.inherit(n)
	switch n.name {
	case "g", "a", "svg", "switch":
		for _, k := range n.kids {
			d.draw(k, st, depth+1)
		}
	case "use":
		if target := d.ids[strings.TrimPrefix(n.attr["href"], "#")]; target != nil && depth < 20 {
			st.m = st.m.times(matrix{1, 0, 0, 1, n.num("x"), n.num("y")})
			d.draw(target, st, depth+5)
		}
	case "text":
		d.text(n, st)
	default:
		if o := outlineOf(n); len(o) > 0 {
			d.shape(o, st)
		}
	}
}

// num returns a number attribute, 0 if it is not there.
func (n *svgNode) num(name string) float64 { return number64(n.attr[name]) }
