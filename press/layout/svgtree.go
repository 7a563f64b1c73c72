package layout

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// svgNode is an element of an SVG file, or a piece of text, which has no name.
// Its attributes are those that count: style sheets and the style attribute are
// worked in.
type svgNode struct {
	name   string
	attr   map[string]string
	text   string
	kids   []*svgNode
	parent *svgNode
	weight int // bytes of its attributes: what it costs to read them
}

// The limits of an SVG drawing; what is beyond is an error or left out.
const (
	maxSVGDepth  = 100
	maxSVGNodes  = 50000
	maxSVGOps    = 50000
	maxSVGSteps  = 500000  // of all outlines
	maxSVGVisits = 200000  // elements that are drawn, those that are used again counted again
	maxSVGRead   = 1 << 28 // bytes of attributes read for that
)

// errSVGSize says that a drawing is beyond the limits.
var errSVGSize = errors.New("the SVG is too large")

// parseSVG reads an SVG file into a tree.
func parseSVG(data []byte) (*svgNode, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	top := &svgNode{}
	at, depth, sheet := top, 0, ""
	for count := 0; ; {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.New("the SVG is damaged")
		}
		if count > maxSVGNodes || depth > maxSVGDepth {
			return nil, errSVGSize
		}
		switch t := tok.(type) {
		case xml.StartElement:
			n := newSVGNode(t, at)
			at.kids = append(at.kids, n)
			at = n
			count, depth = count+1, depth+1
		case xml.EndElement:
			at, depth = at.parent, depth-1
		case xml.CharData:
			if at.name == "style" {
				sheet += string(t[:min(len(t), maxSheet)])
				count++
				continue
			}
			if at.holdsText() {
				at.kids = append(at.kids, &svgNode{text: string(t), parent: at})
				count++
			}
		}
	}
	for _, k := range top.kids {
		if k.name == "svg" {
			k.parent = nil
			c := &cascade{sheet: parseSheet(sheet), left: maxCascade}
			if c.style(k); c.left < 0 {
				return nil, errSVGSize
			}
			return k, nil
		}
	}
	return nil, errors.New("there is no <svg> in it")
}

// holdsText reports whether the text in an element is drawn.
func (n *svgNode) holdsText() bool {
	switch n.name {
	case "text", "tspan", "textPath", "a":
		return true
	}
	return false
}

// newSVGNode takes over an element's attributes.
func newSVGNode(t xml.StartElement, parent *svgNode) *svgNode {
	n := &svgNode{name: t.Name.Local, attr: make(map[string]string, len(t.Attr)), parent: parent}
	for _, a := range t.Attr {
		if a.Name.Space != "xmlns" {
			n.attr[a.Name.Local] = strings.TrimSpace(a.Value)
			n.weight += len(a.Value)
		}
	}
	const most = 1024
	if class := n.attr["class"]; len(class) > most {
		n.attr["class"] = class[:most]
	}
	return n
}

// href returns the ID that an element refers to.
func (n *svgNode) href() string {
	id, ok := strings.CutPrefix(n.attr["href"], "#")
	if !ok {
		return ""
	}
	return id
}

// reference returns the ID of a url(#id), "" if there is none.
func reference(s string) string {
	_, rest, ok := strings.Cut(s, "url(")
	if !ok {
		return ""
	}
	ref, _, _ := strings.Cut(rest, ")")
	id, ok := strings.CutPrefix(strings.Trim(ref, `'" `), "#")
	if !ok {
		return ""
	}
	return id
}
