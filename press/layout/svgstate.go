package layout

import (
	"strings"

	"quire/press"
)

// svgState is what an element inherits, and where it stands.
type svgState struct {
	fill, stroke       string
	color              press.Color // what currentColor means
	width              float64     // of strokes
	dash               []float64
	phase              float64
	cap, join          string
	miter              float64
	fillRule, clipRule string
	fillOpac, lineOpac float64
	hidden             bool
	marker             [3]string // at the start, in the middle, at the end
	svgFont
	m      matrix
	vw, vh float64 // of the viewport, for percentages
}

// svgFont is what text inherits.
type svgFont struct {
	family       string
	size         float64
	weight       int
	italic       bool
	anchor, base string  // text-anchor, dominant-baseline
	track, gap   float64 // letter-spacing, word-spacing
	preserve     bool    // white space is kept
	under, over  bool
	strike       bool
}

// inherit returns the state for an element inside; its transform is not in it.
func (st svgState) inherit(n *svgNode) svgState {
	get := func(name string) (string, bool) {
		v, ok := n.attr[name]
		return v, ok && v != "" && v != "inherit" && v != "unset"
	}
	st.svgFont.inherit(get)
	if v, ok := get("color"); ok {
		if c, ok := parseColor(v); ok {
			st.color = c
		}
	}
	for _, x := range [...]struct {
		name string
		to   *string
	}{{"fill", &st.fill}, {"stroke", &st.stroke}, {"stroke-linecap", &st.cap}, {"stroke-linejoin", &st.join},
		{"fill-rule", &st.fillRule}, {"clip-rule", &st.clipRule}, {"marker-start", &st.marker[0]}, {"marker-mid", &st.marker[1]}, {"marker-end", &st.marker[2]}} {
		if v, ok := get(x.name); ok {
			*x.to = v
		}
	}
	if v, ok := get("marker"); ok {
		st.marker = [3]string{v, v, v}
	}
	if v, ok := get("visibility"); ok {
		st.hidden = v != "visible"
	}
	st.inheritStroke(get)
	return st
}

// inheritStroke takes over the numbers of strokes.
func (st *svgState) inheritStroke(get func(string) (string, bool)) {
	if v, ok := get("stroke-width"); ok {
		st.width = max(st.across(v), 0)
	}
	if v, ok := get("stroke-miterlimit"); ok {
		st.miter = number64(v)
	}
	if v, ok := get("fill-opacity"); ok {
		st.fillOpac = part(v)
	}
	if v, ok := get("stroke-opacity"); ok {
		st.lineOpac = part(v)
	}
	if v, ok := get("stroke-dashoffset"); ok {
		st.phase = st.across(v)
	}
	if v, ok := get("stroke-dasharray"); ok {
		st.dash = nil
		const most = 64
		for _, f := range splitList(v) {
			if len(st.dash) < most && v != "none" {
				st.dash = append(st.dash, max(st.across(f), 0))
			}
		}
		if len(st.dash)%2 == 1 {
			st.dash = append(st.dash, st.dash...)
		}
	}
}

// inherit takes over what text looks like.
func (f *svgFont) inherit(get func(string) (string, bool)) {
	if v, ok := get("font-family"); ok {
		f.family = v
	}
	if v, ok := get("font-size"); ok {
		f.size = fontSize(v, f.size)
	}
	if v, ok := get("font-weight"); ok {
		f.weight = weight(v, f.weight)
	}
	if v, ok := get("font-style"); ok {
		f.italic = v != "normal"
	}
	if v, ok := get("text-anchor"); ok {
		f.anchor = v
	}
	if v, ok := get("dominant-baseline"); ok {
		f.base = v
	}
	if v, ok := get("alignment-baseline"); ok {
		f.base = v
	}
	if v, ok := get("letter-spacing"); ok {
		f.track = units(v, f.size, f.size)
	}
	if v, ok := get("word-spacing"); ok {
		f.gap = units(v, f.size, f.size)
	}
	if v, ok := get("space"); ok {
		f.preserve = v == "preserve"
	}
	if v, ok := get("white-space"); ok {
		f.preserve = strings.HasPrefix(v, "pre")
	}
	for _, name := range [...]string{"text-decoration", "text-decoration-line"} {
		if v, ok := get(name); ok {
			f.under, f.over, f.strike = strings.Contains(v, "underline"), strings.Contains(v, "overline"), strings.Contains(v, "line-through")
		}
	}
}

// fontSize reads a size, in words too.
func fontSize(v string, now float64) float64 {
	words := map[string]float64{"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
	if px, ok := words[v]; ok {
		return px
	}
	switch v {
	case "smaller":
		return now / 1.2
	case "larger":
		return mul(now, 1.2)
	}
	return max(units(v, now, now), 0)
}

// weight reads how bold text is.
func weight(v string, now int) int {
	switch v {
	case "normal":
		return 400
	case "bold":
		return 700
	case "bolder":
		return min(now+300, 900)
	case "lighter":
		return max(now-300, 100)
	}
	return int(number64(v))
}

// wide, high and across read lengths along the width, the height and the
// diagonal of the viewport.
func (st *svgState) wide(s string) float64 { return units(s, st.vw, st.size) }
func (st *svgState) high(s string) float64 { return units(s, st.vh, st.size) }
func (st *svgState) across(s string) float64 {
	return units(s, matrix{st.vw, 0, 0, st.vh}.diagonal(), st.size)
}

// units reads a length in user units: px, absolute units, em and ex of a font
// size, percentages of a whole. What is none is 0.
func units(s string, whole, em float64) float64 {
	s = strings.TrimSpace(s)
	i := len(s)
	for i > 0 && (s[i-1] >= 'a' && s[i-1] <= 'z' || s[i-1] >= 'A' && s[i-1] <= 'Z' || s[i-1] == '%') {
		i--
	}
	v := number64(s[:i])
	switch strings.ToLower(s[i:]) {
	case "%":
		return mul(v, whole) / 100
	case "em":
		return mul(v, em)
	case "ex":
		return mul(v, em) / 2
	case "rem":
		return mul(v, 16)
	case "pt":
		return mul(v, 4) / 3
	case "pc":
		return mul(v, 16)
	case "in":
		return mul(v, 96)
	case "cm":
		return mul(v, 96) / 2.54
	case "mm":
		return mul(v, 96) / 25.4
	case "q":
		return mul(v, 96) / 101.6
	}
	return v
}

// splitList divides a list at commas and blanks.
func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' || r == '\r' })
}
