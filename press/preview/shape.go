package preview

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"quire/press"
)

// path fills and strokes a shape.
func (s *sheet) path(p *press.Path) {
	if p.Fill == nil && p.Stroke == nil {
		return
	}
	s.add(`<path d="`, pathData(p.Segments, number), `"`)
	if p.EvenOdd {
		s.add(` fill-rule="evenodd"`)
	}
	if p.Fill == nil {
		s.add(` fill="none"`)
	} else {
		s.paint("fill", p.Fill)
	}
	if p.Stroke != nil {
		s.stroke(p.Stroke)
	}
	s.add("/>\n")
}

// stroke writes how a line is drawn.
func (s *sheet) stroke(k *press.Stroke) {
	s.paint("stroke", &k.Paint)
	s.add(` stroke-width="`, number(k.Width), `"`)
	switch {
	case k.RoundCap:
		s.add(` stroke-linecap="round"`)
	case k.SquareCap:
		s.add(` stroke-linecap="square"`)
	}
	limit := k.MiterLimit
	if limit == 0 {
		limit = 10000
	}
	switch {
	case k.RoundJoin:
		s.add(` stroke-linejoin="round"`)
	case limit != 4000:
		s.add(` stroke-miterlimit="`, decimal(max(float64(limit)/1000, 1), 3), `"`)
	}
	if len(k.Dash) > 0 {
		dash := make([]string, len(k.Dash))
		for i, d := range k.Dash {
			dash[i] = number(d)
		}
		s.add(` stroke-dasharray="`, strings.Join(dash, " "), `"`)
	}
}

// paint writes a colour or gradient as an attribute.
func (s *sheet) paint(name string, p *press.Paint) {
	if p.Gradient != nil {
		s.add(" ", name, `="url(#`, s.gradient(p.Gradient), `)"`)
		return
	}
	c := p.Color
	if c == (press.Color{}) && name == "fill" {
		return // black is what nothing means
	}
	s.add(" ", name, `="`, hex(c), `"`)
	if c.Clear > 0 {
		s.add(" ", name, `-opacity="`, opacity(c.Clear), `"`)
	}
}

// fill is the colour of text as attributes.
func fill(c press.Color) string {
	if c == (press.Color{}) {
		return ""
	}
	out := ` fill="` + hex(c) + `"`
	if c.Clear > 0 {
		out += ` fill-opacity="` + opacity(c.Clear) + `"`
	}
	return out
}

// gradient writes a gradient into the definitions and returns its name.
func (s *sheet) gradient(g *press.Gradient) string {
	id := s.id()
	kind := "linearGradient"
	at := fmt.Sprintf(`x1="%s" y1="%s" x2="%s" y2="%s"`, number(g.From.X), number(g.From.Y), number(g.To.X), number(g.To.Y))
	if g.Radial {
		kind = "radialGradient"
		at = fmt.Sprintf(`cx="%s" cy="%s" r="%s" fx="%s" fy="%s" fr="%s"`, number(g.To.X), number(g.To.Y), number(g.R1), number(g.From.X), number(g.From.Y), number(g.R0))
	}
	if m := g.Matrix; m != nil {
		k := func(v int64) string { return decimal(float64(v)/65536, 6) }
		at += fmt.Sprintf(` gradientTransform="matrix(%s %s %s %s %s %s)"`, k(m.A), k(m.B), k(m.C), k(m.D), number(m.E), number(m.F))
	}
	switch g.Spread {
	case press.SpreadReflect:
		at += ` spreadMethod="reflect"`
	case press.SpreadRepeat:
		at += ` spreadMethod="repeat"`
	}
	s.defs.WriteString("<" + kind + ` id="` + id + `" gradientUnits="userSpaceOnUse" ` + at + ">")
	for _, st := range g.Stops {
		s.defs.WriteString(`<stop offset="` + decimal(float64(st.At)/65536, 4) + `" stop-color="` + hex(st.Color) + `"`)
		if st.Color.Clear > 0 {
			s.defs.WriteString(` stop-opacity="` + opacity(st.Color.Clear) + `"`)
		}
		s.defs.WriteString("/>")
	}
	s.defs.WriteString("</" + kind + ">\n")
	return id
}

// pathData writes segments in as few characters as is easy.
func pathData(segments []press.Segment, num func(press.Pt) string) string {
	var b strings.Builder
	for i := range segments {
		s := &segments[i]
		b.WriteByte(s.Verb)
		count := map[byte]int{'M': 1, 'L': 1, 'C': 3}[s.Verb]
		for k, p := range s.P[:count] {
			if k > 0 {
				spaced(&b, num(p.X))
			} else {
				b.WriteString(num(p.X))
			}
			spaced(&b, num(p.Y))
		}
	}
	return b.String()
}

// spaced writes a number behind another one; a minus divides them as well as a
// blank.
func spaced(b *strings.Builder, n string) {
	if !strings.HasPrefix(n, "-") {
		b.WriteByte(' ')
	}
	b.WriteString(n)
}

// number is a length in points with up to two decimals.
func number(p press.Pt) string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	n := (int64(p)*100 + 512) / 1024
	switch {
	case n == 0:
		return "0"
	case n%100 == 0:
		return sign + strconv.FormatInt(n/100, 10)
	case n%10 == 0:
		return sign + strconv.FormatInt(n/100, 10) + "." + strconv.FormatInt(n/10%10, 10)
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// points is a length in points.
func points(p press.Pt) float64 { return float64(p) / float64(press.Point) }

// decimal writes a number with at most so many decimals.
func decimal(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "0"
	}
	if s = strings.TrimRight(strings.TrimRight(s, "0"), "."); s == "" || s == "-0" || s == "-" {
		return "0"
	}
	return s
}

// opacity is how opaque something is.
func opacity(clear uint8) string { return decimal(float64(255-clear)/255, 3) }

// hex is a colour as CSS has it.
func hex(c press.Color) string {
	if c.R%17 == 0 && c.G%17 == 0 && c.B%17 == 0 {
		return fmt.Sprintf("#%x%x%x", c.R/17, c.G/17, c.B/17)
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}
