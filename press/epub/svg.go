package epub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"regexp"
	"strings"
)

// svgElements are the elements of a drawing that stays as it is when it is
// written anew. Scripts, animation, foreign content and editors' notes are not
// among them.
var svgElements = set(`svg g defs symbol use switch title desc style path rect circle ellipse line polyline polygon
	text tspan textPath image linearGradient radialGradient stop clipPath mask pattern marker filter
	feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
	feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
	fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)

// set makes a set of the words of a text.
func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// cleanSVG writes a drawing anew with what a drawing needs: no scripts, no
// animation, no links, no references to other files, no other namespaces, each
// ID once.
func cleanSVG(data []byte) ([]byte, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	c := &svgCleaner{ids: map[string]bool{}}
	for !c.done {
		tok, err := dec.Token()
		if err != nil {
			return nil, errors.New("the SVG is damaged")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := c.start(t); err != nil {
				return nil, err
			}
		case xml.EndElement:
			c.end()
		case xml.CharData:
			c.text(string(t))
		}
	}
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + c.out.String() + "\n"), nil
}

// svgCleaner is the state of one cleanSVG.
type svgCleaner struct {
	out  strings.Builder
	open []string // elements that are open; "" for one whose tags are left out
	skip int      // depth inside an element that is left out with all in it
	ids  map[string]bool
	done bool // the root has ended
}

// start writes the start of an element, or begins to skip it.
func (c *svgCleaner) start(t xml.StartElement) error {
	name := t.Name.Local
	drawing := t.Name.Space == svgSpace || t.Name.Space == ""
	if len(c.open) == 0 && (name != "svg" || !drawing) {
		return errors.New("the SVG does not begin with <svg>")
	}
	switch {
	case c.skip > 0:
		c.skip++
	case drawing && name == "a": // what is linked stays
		c.open = append(c.open, "")
	case !drawing || !svgElements[name]:
		c.skip++
	default:
		c.out.WriteString("<" + name)
		if len(c.open) == 0 {
			c.out.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
		}
		c.attributes(t.Attr)
		c.out.WriteString(">")
		c.open = append(c.open, name)
	}
	return nil
}

// end writes the end of the innermost element.
func (c *svgCleaner) end() {
	if c.skip > 0 {
		c.skip--
		return
	}
	last := len(c.open) - 1
	if name := c.open[last]; name != "" {
		c.out.WriteString("</" + name + ">")
	}
	c.open = c.open[:last]
	c.done = last == 0
}

// text writes text, if it stands inside the drawing.
func (c *svgCleaner) text(s string) {
	if c.skip > 0 || len(c.open) == 0 {
		return
	}
	if c.open[len(c.open)-1] == "style" && !harmless(s) {
		return
	}
	c.out.WriteString(escape(s))
}

var (
	svgName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)
	svgID   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9._-]*$`)
)

// attributes writes the attributes that may stay, each once.
func (c *svgCleaner) attributes(all []xml.Attr) {
	seen := map[string]bool{"xmlns": true}
	for _, a := range all {
		name := svgAttribute(a)
		if name == "" || seen[name] || !c.attributeStays(name, a.Value) {
			continue
		}
		seen[name] = true
		c.out.WriteString(" " + name + `="` + strings.NewReplacer("\n", " ", "\t", " ").Replace(escape(a.Value)) + `"`)
	}
}

// svgAttribute returns the name under which an attribute is written, "" if it
// is left out.
func svgAttribute(a xml.Attr) string {
	local := a.Name.Local
	switch a.Name.Space {
	case "":
		if local == "href" {
			return "xlink:href"
		}
		if svgName.MatchString(local) && !strings.HasPrefix(local, "data-") {
			return local
		}
	case xlinkSpace, "xlink":
		if local == "href" {
			return "xlink:href"
		}
	case xmlSpace, "xml":
		if local == "space" || local == "lang" {
			return "xml:" + local
		}
	}
	return ""
}

// attributeStays reports whether an attribute does nothing but draw.
func (c *svgCleaner) attributeStays(name, value string) bool {
	switch {
	case name == "id":
		fine := svgID.MatchString(value) && !c.ids[value]
		c.ids[value] = true
		return fine
	case name == "xlink:href":
		value = strings.TrimSpace(value)
		return strings.HasPrefix(value, "#") || strings.HasPrefix(value, "data:image/png;base64,") || strings.HasPrefix(value, "data:image/jpeg;base64,")
	case name == "xml:lang":
		return languageTag.MatchString(value)
	case name == "xml:space":
		return value == "preserve" || value == "default"
	}
	return !strings.HasPrefix(strings.ToLower(name), "on") && harmless(value)
}

var outside = regexp.MustCompile(`(?i)@import|@font-face|javascript:|expression\(|\\|url\(\s*["']?\s*[^#"'\s]`)

// harmless reports whether a style refers to nothing outside the drawing.
func harmless(style string) bool {
	return !strings.ContainsAny(style, "@:(\\") || !outside.MatchString(style) // no pattern without one of these signs
}
