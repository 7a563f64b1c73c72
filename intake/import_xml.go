package intake

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// prefixes are the namespaces that matter, by what they are called here; both
// forms of Office Open XML, transitional and strict, have the same names.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w:",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m:",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m:",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r:",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a:",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a:",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp:",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic:",
	"http://schemas.microsoft.com/office/drawing/2016/SVG/main":              "asvg:",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      "wps:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc:",
	"urn:schemas-microsoft-com:vml":                                          "v:",
	"urn:schemas-microsoft-com:office:office":                                "o:",
	"http://www.idpf.org/2007/opf":                                           "",
	"http://purl.org/dc/elements/1.1/":                                       "dc:",
	"http://purl.org/dc/terms/":                                              "dcterms:",
	"http://www.w3.org/XML/1998/namespace":                                   "xml:",
	"http://www.w3.org/2001/04/xmlenc#":                                      "enc:",
}

// xmlReader reads an XML text element by element. Entities that a DOCTYPE
// declares are not known to it, so nothing is ever fetched or multiplied.
type xmlReader struct {
	dec  *xml.Decoder
	left *int // elements that may still be read
}

// newXML prepares reading. Left counts down over all files of a book.
func newXML(text string, left *int) *xmlReader {
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return &xmlReader{dec, left}
}

var errTooManyElements = errors.New("there are too many elements")

// tree reads the whole text as one element.
func (x *xmlReader) tree() (*element, error) {
	start, err := x.next()
	if err != nil {
		return nil, err
	}
	return x.element(start, 0)
}

// next goes on to the next start of an element; io.EOF where the text, or the
// element around, ends.
func (x *xmlReader) next() (xml.StartElement, error) {
	for {
		tok, err := x.dec.Token()
		if err != nil {
			return xml.StartElement{}, err //nolint:wrapcheck // callers tell which part it is
		}
		switch t := tok.(type) {
		case xml.StartElement:
			return t, nil
		case xml.EndElement:
			return xml.StartElement{}, io.EOF
		}
	}
}

// element reads what is inside a start tag up to its end. What lies deeper than
// MaxDepth is passed over.
func (x *xmlReader) element(start xml.StartElement, depth int) (*element, error) {
	e := &element{name: prefixed(start.Name)}
	for _, a := range start.Attr {
		e.attrs = append(e.attrs, attribute{prefixed(a.Name), a.Value})
	}
	if depth >= MaxDepth {
		return nil, fmt.Errorf("elements lie more than %d deep in each other", MaxDepth)
	}
	for {
		if *x.left--; *x.left < 0 {
			return nil, errTooManyElements
		}
		tok, err := x.dec.Token()
		if err != nil {
			return nil, err //nolint:wrapcheck // callers tell which part it is
		}
		switch t := tok.(type) {
		case xml.StartElement:
			kid, err := x.element(t, depth+1)
			if err != nil {
				return nil, err
			}
			kid.above = e
			e.kids = append(e.kids, kid)
		case xml.CharData:
			e.kids = append(e.kids, &element{text: string(t), above: e})
		case xml.EndElement:
			return e, nil
		}
	}
}

// prefixed is a name with the prefix that its namespace has here.
func prefixed(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	if p, ok := prefixes[n.Space]; ok {
		return p + n.Local
	}
	if strings.HasPrefix(n.Space, "http") || strings.HasPrefix(n.Space, "urn:") {
		return n.Local
	}
	return n.Space + ":" + n.Local // a prefix that nothing declares
}
