package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// node is an element as it was read back.
type node struct {
	name string // w:pPr and so on
	attr map[string]string
	kids []*node
	text string // all text in it
	up   *node
}

// prefixes are the short names of namespaces.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":              "w:",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":       "r:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":                "m:",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":    "wp:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                     "a:",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":                  "pic:",
	"http://schemas.microsoft.com/office/drawing/2016/SVG/main":                 "asvg:",
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                            "text:",
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                          "office:",
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                           "table:",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                         "draw:",
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":                  "svg:",
	"http://www.w3.org/XML/1998/namespace":                                      "xml:",
	"http://schemas.openxmlformats.org/package/2006/relationships":              "",
	"http://schemas.openxmlformats.org/package/2006/content-types":              "",
	"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "",
	"http://schemas.openxmlformats.org/package/2006/metadata/core-properties":   "cp:",
	"http://purl.org/dc/elements/1.1/":                                          "dc:",
	"http://purl.org/dc/terms/":                                                 "dcterms:",
	"http://www.w3.org/2001/XMLSchema-instance":                                 "xsi:",
	"": "",
}

// short is a name with its short namespace.
func short(n xml.Name) string {
	if p, ok := prefixes[n.Space]; ok {
		return p + n.Local
	}
	return "?:" + n.Local
}

// read reads an XML text to its end.
func read(text string) (*node, error) {
	root := &node{}
	at := root
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			for _, k := range root.kids {
				if k.name != "#text" {
					return k, nil
				}
			}
			return nil, errors.New("no root")
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &node{name: short(tok.Name), attr: map[string]string{}, up: at}
			for _, a := range tok.Attr {
				if _, twice := n.attr[short(a.Name)]; twice {
					return nil, fmt.Errorf("%s has %s twice", n.name, a.Name.Local)
				}
				n.attr[short(a.Name)] = a.Value
			}
			at.kids = append(at.kids, n)
			at = n
		case xml.EndElement:
			at.up.text += at.text
			at = at.up
		case xml.CharData:
			at.text += string(tok)
			at.kids = append(at.kids, &node{name: "#text", text: string(tok), up: at})
		}
	}
}

// mustRead is read for what must be well formed.
func mustRead(t testing.TB, text string) *node {
	t.Helper()
	n, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// each visits an element and all in it.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, k := range n.kids {
		k.each(visit)
	}
}

// all returns the elements of a name.
func (n *node) all(name string) []*node {
	var out []*node
	n.each(func(k *node) {
		if k.name == name {
			out = append(out, k)
		}
	})
	return out
}

// kid returns the first child of a name, nil if there is none.
func (n *node) kid(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// val is the value of a child; "" without one.
func (n *node) val(name string) string {
	if k := n.kid(name); k != nil {
		return k.attr["w:val"]
	}
	return ""
}

// style is the style of a paragraph.
func (n *node) style() string { return n.kid("w:pPr").val("w:pStyle") }

// paragraphs returns the texts of all paragraphs of a style.
func (n *node) paragraphs(style string) []string {
	var out []string
	for _, p := range n.all("w:p") {
		if p.style() == style {
			out = append(out, p.text)
		}
	}
	return out
}
