package press

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxSVGDepth is how deep elements of a drawing may be nested.
const maxSVGDepth = 200

// cleanedSVG is a drawing that can do nothing but be seen.
type cleanedSVG struct {
	data    []byte
	w, h    int
	dropped []string // what was left out: "holds a script", each once
}

// What the cleaner says about what it leaves out.
const (
	hasScript   = "holds a script"
	hasForeign  = "holds content that is not a drawing"
	hasLink     = "refers to another file"
	hasMovement = "moves"
	hasDamage   = "shows a picture that is damaged or too large"
)

// svgRefused are the elements that are left out with all that is in them.
var svgRefused = map[string]string{
	"script": hasScript, "handler": hasScript, "listener": hasScript,
	"foreignobject": hasForeign, "iframe": hasForeign, "object": hasForeign, "embed": hasForeign, "audio": hasForeign, "video": hasForeign, "canvas": hasForeign,
	"animate": hasMovement, "animatetransform": hasMovement, "animatemotion": hasMovement, "animatecolor": hasMovement, "set": hasMovement, "discard": hasMovement,
}

// The namespaces of a drawing; editors' notes stand in others.
const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// cleanSVG writes a drawing anew without what could run, move or fetch
// something. A torn file, one without size, and one that defines entities are
// errors.
func cleanSVG(data []byte) (cleanedSVG, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	c := &svgCleaner{}
	for !c.done {
		tok, err := dec.Token()
		if err != nil {
			return c.cleanedSVG, errors.New("the SVG is damaged")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := c.start(t); err != nil {
				return c.cleanedSVG, err
			}
		case xml.EndElement:
			c.end()
		case xml.CharData:
			c.text(string(t))
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return c.cleanedSVG, errors.New("the SVG defines entities")
			}
		}
	}
	if err := onlyWhite(dec); err != nil {
		return c.cleanedSVG, err
	}
	if c.w <= 0 || c.h <= 0 {
		return c.cleanedSVG, errors.New("the SVG has no size")
	}
	if c.out.Len() > maxImageBytes {
		return c.cleanedSVG, errors.New("it is larger than 64 MB")
	}
	c.data = c.out.Bytes()
	return c.cleanedSVG, nil
}

// onlyWhite reads what follows the drawing, which must be well formed.
func onlyWhite(dec *xml.Decoder) error {
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return errors.New("the SVG is damaged")
		}
	}
}

// svgCleaner is the state of one cleanSVG.
type svgCleaner struct {
	cleanedSVG
	out  bytes.Buffer
	open []string
	skip int  // depth inside an element that is left out
	done bool // the root has ended
	seen int  // pixels of the pictures in it
}

// drop notes that something was left out.
func (c *svgCleaner) drop(what string) {
	if !slices.Contains(c.dropped, what) {
		c.dropped = append(c.dropped, what)
	}
}

// start writes the start of an element, or begins to skip it.
func (c *svgCleaner) start(t xml.StartElement) error {
	name := t.Name.Local
	if len(c.open)+c.skip >= maxSVGDepth {
		return errors.New("the SVG is nested too deep")
	}
	drawing := t.Name.Space == svgSpace || t.Name.Space == ""
	if len(c.open) == 0 {
		if name != "svg" || !drawing {
			return errors.New("the SVG does not begin with <svg>")
		}
		c.w, c.h = viewBox(t)
	}
	if c.skip > 0 {
		c.skip++
		return nil
	}
	if what := svgRefused[strings.ToLower(name)]; what != "" || !drawing || !svgName.MatchString(name) {
		if what != "" {
			c.drop(what)
		}
		c.skip++
		return nil
	}
	c.out.WriteString("<" + name)
	if len(c.open) == 0 {
		c.out.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	c.attributes(name, t.Attr)
	c.out.WriteString(">")
	c.open = append(c.open, name)
	return nil
}

// end writes the end of the innermost element.
func (c *svgCleaner) end() {
	if c.skip > 0 {
		c.skip--
		return
	}
	last := len(c.open) - 1
	c.out.WriteString("</" + c.open[last] + ">")
	c.open = c.open[:last]
	c.done = last == 0
}

// text writes the text of an element.
func (c *svgCleaner) text(s string) {
	if c.skip > 0 || len(c.open) == 0 {
		return
	}
	if c.open[len(c.open)-1] == "style" {
		s = c.style(s)
	}
	_ = xml.EscapeText(&c.out, []byte(s)) // a buffer takes everything
}

var svgName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// attributes writes the attributes that may stay, each once.
func (c *svgCleaner) attributes(element string, all []xml.Attr) {
	seen := map[string]bool{"xmlns": true}
	for _, a := range all {
		name := svgAttribute(a)
		if name == "" || seen[name] {
			continue
		}
		value, stays := c.attribute(element, name, a.Value)
		if !stays {
			continue
		}
		seen[name] = true
		c.out.WriteString(" " + name + `="`)
		_ = xml.EscapeText(&c.out, []byte(value)) // a buffer takes everything
		c.out.WriteString(`"`)
	}
}

// svgAttribute returns the name under which an attribute is written, "" for one
// that is no part of a drawing.
func svgAttribute(a xml.Attr) string {
	local := a.Name.Local
	if !svgName.MatchString(local) {
		return ""
	}
	switch a.Name.Space {
	case "":
		return local
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

// maxInside is how many pixels the pictures inside a drawing may have together.
const maxInside = 1 << 28

// picture reports whether a data: address holds a bitmap of a size that can be
// shown.
func (c *svgCleaner) picture(address string) bool {
	head, data, _ := strings.Cut(address, ",")
	if !strings.HasSuffix(head, ";base64") {
		return false
	}
	data = strings.TrimRight(strings.Join(strings.Fields(data), ""), "=")
	raw, err := base64.RawStdEncoding.DecodeString(data)
	if err != nil {
		return false
	}
	img := Image{Data: raw}
	if _, err := img.header(); err != nil || img.Width*img.Height > maxInside-c.seen {
		return false
	}
	c.seen += img.Width * img.Height
	return true
}

// attribute returns the value of an attribute as it may stay.
func (c *svgCleaner) attribute(element, name, value string) (string, bool) {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(lower, "on"):
		c.drop(hasScript)
		return "", false
	case lower == "href", lower == "xlink:href", lower == "src":
		value = strings.TrimSpace(value)
		inside := strings.HasPrefix(value, "#") || strings.HasPrefix(value, "data:image/png;") || strings.HasPrefix(value, "data:image/jpeg;") || strings.HasPrefix(value, "data:image/jpg;")
		if !inside && element != "a" { // a link fetches nothing by itself
			c.drop(hasLink)
		}
		if strings.HasPrefix(value, "data:") && inside && !c.picture(value) {
			c.drop(hasDamage)
			return "", false
		}
		return value, inside
	case lower == "id", lower == "class":
		return value, true
	}
	return c.style(value), true
}

var (
	svgImport  = regexp.MustCompile(`(?is)@(import|font-face|charset|namespace)[^;{}]*(;|\{[^{}]*\}?|$)`)
	svgOutside = regexp.MustCompile(`(?is)url\(\s*["']?\s*[^#"'\s)][^)]*\)?`)
	svgRuns    = regexp.MustCompile(`(?i)javascript:|vbscript:|expression\(|-moz-binding|behavior:`)
)

// style returns a style, or any value, without references to other files.
func (c *svgCleaner) style(s string) string {
	if !strings.ContainsAny(s, `@\(:`) {
		return s
	}
	s = strings.ReplaceAll(s, `\`, "") // could hide the letters of url
	for _, x := range []struct {
		pattern *regexp.Regexp
		instead string
		what    string
	}{{svgImport, "", hasLink}, {svgOutside, "none", hasLink}, {svgRuns, "", hasScript}} {
		for range 4 { // what is left out may have divided another
			if !x.pattern.MatchString(s) {
				break
			}
			c.drop(x.what)
			s = x.pattern.ReplaceAllString(s, x.instead)
		}
		if x.pattern.MatchString(s) {
			return ""
		}
	}
	return s
}

// viewBox returns the size of an svg element, rounded up; 0 when it has none.
func viewBox(t xml.StartElement) (w, h int) {
	attr := map[string]string{}
	for _, a := range t.Attr {
		attr[a.Name.Local] = a.Value
	}
	if f := strings.Fields(strings.ReplaceAll(attr["viewBox"], ",", " ")); len(f) == 4 {
		w, h = ceil(f[2]), ceil(f[3])
	}
	if w <= 0 || h <= 0 {
		w, h = ceil(attr["width"]), ceil(attr["height"])
	}
	return w, h
}

// ceil reads a positive decimal number and rounds it up; 0 for anything else.
func ceil(s string) int {
	s = strings.TrimRight(strings.TrimSpace(s), "ptxmcin ")
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi("0" + whole)
	if err != nil || n > 1<<24 {
		return 0
	}
	if strings.Trim(frac, "0") != "" {
		n++
	}
	return n
}
