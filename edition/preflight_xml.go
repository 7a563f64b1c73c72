package edition

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// xmlNode is an element of an XML file, or a text if it has no name.
type xmlNode struct {
	name, space string
	attrs       []xml.Attr
	text        string
	line        int
	kids        []*xmlNode
}

// Limits of an XML file.
const (
	mostNodes = 1 << 20
	mostDeep  = 300
)

// attr returns an attribute without a name space, "" if there is none.
func (n *xmlNode) attr(name string) string {
	v, _ := n.find("", name)
	return v
}

// find returns an attribute of a name space.
func (n *xmlNode) find(space, name string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == space {
			return a.Value, true
		}
	}
	return "", false
}

// words are the texts in a node, put together.
func (n *xmlNode) words() string {
	var b strings.Builder
	n.each(func(k *xmlNode) { b.WriteString(k.text) })
	return strings.Join(strings.Fields(b.String()), " ")
}

// each calls see for the node and all below it, in order.
func (n *xmlNode) each(see func(*xmlNode)) {
	see(n)
	for _, k := range n.kids {
		k.each(see)
	}
}

// elements are the children of a name.
func (n *xmlNode) elements(name string) []*xmlNode {
	var out []*xmlNode
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// first is the first child of a name; an empty node if there is none.
func (n *xmlNode) first(name string) *xmlNode {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return &xmlNode{}
}

// faulty is what is wrong with an XML file, and where.
type faulty struct {
	line   int
	detail string
}

func (e faulty) Error() string { return e.detail }

// readXML reads an XML file. It opens nothing and knows no entities but the five
// of XML; with entities, those of HTML too.
func readXML(data []byte, entities bool) (*xmlNode, error) {
	data, err := decoded(data)
	if err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-") {
			return r, nil // it is UTF-8 by now
		}
		return nil, faulty{1, "it is not in UTF-8"}
	}
	if entities {
		d.Entity = xml.HTMLEntity
	}
	b := &xmlBuilder{root: &xmlNode{}}
	b.open = []*xmlNode{b.root}
	for {
		t, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, faulty{line, xmlSentence(err)}
		}
		if err := b.take(t, line); err != nil {
			return nil, err
		}
	}
	elements := 0
	for _, k := range b.root.kids {
		if k.name != "" {
			elements++
		} else if strings.TrimSpace(k.text) != "" {
			return nil, faulty{k.line, "text stands outside of the root element"}
		}
	}
	if elements != 1 {
		return nil, faulty{1, fmt.Sprintf("it has %d root elements instead of one", elements)}
	}
	for _, k := range b.root.kids {
		if k.name != "" {
			return k, nil
		}
	}
	return nil, faulty{1, "it is empty"}
}

// xmlBuilder makes the tree.
type xmlBuilder struct {
	root  *xmlNode
	open  []*xmlNode // from the root to the innermost
	nodes int
}

// take adds one token to the tree.
func (b *xmlBuilder) take(t xml.Token, line int) error {
	up := b.open[len(b.open)-1]
	if b.nodes++; b.nodes > mostNodes {
		return faulty{line, "it has too many elements"}
	}
	switch t := t.(type) {
	case xml.StartElement:
		if err := checkNames(t, line); err != nil {
			return err
		}
		if len(b.open) > mostDeep {
			return faulty{line, "its elements are nested too deep"}
		}
		n := &xmlNode{name: t.Name.Local, space: t.Name.Space, attrs: bytesFree(t.Attr), line: line}
		up.kids = append(up.kids, n)
		b.open = append(b.open, n)
	case xml.EndElement:
		b.open = b.open[:len(b.open)-1]
	case xml.CharData:
		up.kids = append(up.kids, &xmlNode{text: string(t), line: line})
	case xml.Directive:
		if text := strings.ToUpper(string(t)); strings.Contains(text, "<!ENTITY") || strings.Contains(text, "ENTITY ") {
			return faulty{line, "it declares entities of its own, which may fetch or unfold what nobody sees"}
		}
	}
	return nil
}

// bytesFree copies attributes, so that they keep nothing else alive.
func bytesFree(list []xml.Attr) []xml.Attr { return append([]xml.Attr(nil), list...) }

// checkNames finds what the decoder lets pass: attributes that stand twice and
// prefixes that nothing declares.
func checkNames(t xml.StartElement, line int) error {
	for i, a := range t.Attr {
		for _, b := range t.Attr[:i] {
			if a.Name == b.Name {
				return faulty{line, fmt.Sprintf("the attribute %s stands twice in one element", clip(a.Name.Local, 40))}
			}
		}
		if a.Name.Space != "xmlns" && undeclared(a.Name.Space) {
			return faulty{line, fmt.Sprintf("nothing declares the prefix %s", clip(a.Name.Space, 40))}
		}
		if i > 200 {
			return faulty{line, "an element has too many attributes"}
		}
	}
	if undeclared(t.Name.Space) {
		return faulty{line, fmt.Sprintf("nothing declares the prefix %s", clip(t.Name.Space, 40))}
	}
	return nil
}

// undeclared reports whether a name space is a prefix that the decoder could not
// turn into an address.
func undeclared(space string) bool {
	return space != "" && !strings.ContainsAny(space, ":/")
}

// decoded turns UTF-16 into UTF-8, by its mark.
func decoded(data []byte) ([]byte, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
		if !utf8.Valid(data) {
			return nil, faulty{1, "it is not in UTF-8"}
		}
		return data, nil
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units))), nil
}

// xmlSentence words an error of the decoder for people.
func xmlSentence(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return clip(syntax.Msg, 120)
	}
	var f faulty
	if errors.As(err, &f) {
		return f.detail
	}
	return clip(strings.TrimPrefix(err.Error(), "xml: "), 120)
}

// at is a place in a file: name:line.
func at(name string, line int) string {
	if line == 0 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, line)
}
