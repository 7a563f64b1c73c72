package figure

import "go.yaml.in/yaml/v3"

// maxSteps is how many steps a process may have.
const maxSteps = 8

// step is a step of a process.
type step struct{ label, text string }

// readProcess reads steps: texts, or labels with texts.
func readProcess(r *reader, o *object, s *Spec) {
	if o.at["steps"] == nil {
		r.wrong(o.node, "steps", "the steps are missing")
		return
	}
	for i, n := range o.list("steps", 2, maxSteps) {
		path := entry("steps", i)
		if n.Kind == yaml.ScalarNode {
			label, ok := r.words(n, path, maxLabel)
			if ok && label == "" {
				r.wrong(n, path, "is empty")
			}
			s.steps = append(s.steps, step{label: label})
			continue
		}
		p := r.object(n, path)
		t := step{p.words("label", maxLabel), p.words("text", maxText)}
		if t.label == "" && !p.bad["label"] && len(p.keys) > 0 {
			r.wrong(n, p.field("label"), "the label is missing")
		}
		p.only("label", "text")
		s.steps = append(s.steps, t)
	}
}

// drawProcess draws steps in rows of boxes, with arrows between them.
func drawProcess(c *canvas, s *Spec) {
	n := dot(len(s.steps))
	between := c.base * 210 / 100
	fit := max((c.w+between)/(c.base*950/100+between), 1)
	rows := (n + fit - 1) / fit
	columns := (n + rows - 1) / rows
	wide := (c.w - point1 - between*(columns-1)) / columns
	boxes := c.boxed(s, wide)
	for from := dot(0); from < n; from += columns {
		to := min(from+columns, n)
		high := c.stepRow(s, boxes, int(from), int(to), wide, between)
		if to < n {
			c.turnRow(wide, (columns-1)*(wide+between), c.y+high, between)
			high += between
		}
		c.y += high
	}
}

// boxed are steps set for boxes.
type boxed struct {
	heads, texts []block
	pad          dot
}

// boxed sets all steps for boxes of a width.
func (c *canvas) boxed(s *Spec, wide dot) boxed {
	var heads, texts []string
	for _, t := range s.steps {
		heads, texts = append(heads, t.label), append(texts, t.text)
	}
	pad := c.base * 75 / 100
	return boxed{c.fitAll(heads, same(c.strong()), wide-2*pad, 3), c.fitAll(texts, same(c.minor()), wide-2*pad, 12), pad}
}

// high is how high the box of a step must be.
func (b *boxed) high(c *canvas, i int) dot {
	h := c.minor().lead() + b.heads[i].high() + 2*b.pad
	if len(b.texts[i].lines) > 0 {
		h += b.texts[i].high() + c.base*15/100
	}
	return h
}

// stepRow draws a row of boxes of the same height and returns it.
func (c *canvas) stepRow(s *Spec, b boxed, from, to int, wide, between dot) (high dot) {
	for i := from; i < to; i++ {
		high = max(high, b.high(c, i))
	}
	for i := from; i < to; i++ {
		x := point1/2 + dot(i-from)*(wide+between)
		fill, stroke := c.tint, c.rest()
		if s.highlight != "" && s.steps[i].label == s.highlight {
			stroke = c.ramp(1)[0]
		}
		c.round(x, c.y, wide, high, 300, fill.String(), stroke.String())
		number := c.minor().in(over(fill, c.strongAccent(), c.ink))
		number.bold = true
		c.put(x+b.pad, c.y+b.pad+number.rise(), start, number, c.words.number(float64(i+1), 0))
		y := c.lines(x+b.pad, c.y+b.pad+number.lead(), start, b.heads[i].f.in(over(fill, c.ink)), b.heads[i].lines)
		c.lines(x+b.pad, y+c.base*15/100, start, b.texts[i].f.in(over(fill, c.quiet, c.ink)), b.texts[i].lines)
		if i+1 < to {
			mid := c.y + high/2
			c.rule(x+wide+300, mid, x+wide+between-600, mid, c.quiet, 90)
			c.arrow(x+wide+between-250, mid, false, c.quiet)
		}
	}
	return high
}

// turnRow draws the way from the last box of a row to the first one of the
// next.
func (c *canvas) turnRow(wide, last, y, between dot) {
	mid := y + between/2
	x1, x2 := point1/2+last+wide/2, point1/2+wide/2
	c.path(pathOf([]dot{x1, x1, x2, x2}, []dot{y + 250, mid, mid, y + between - 600}), `fill="none" stroke="`+c.quiet.String()+`" stroke-width="0.9" stroke-linejoin="round"`)
	c.arrow(x2, y+between-250, true, c.quiet)
}
