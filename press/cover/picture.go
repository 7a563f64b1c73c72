package cover

import (
	"bytes"
	"encoding/base64"
	"image"
	"regexp"

	"quire/press"
	"quire/problem"
)

// portrait is up to how wide a picture is, in parts of its height, that fills
// the cover; a wider one stands in a frame.
const portrait = 0.95

// picture composes a cover around the user's picture. Colours come from the
// picture unless the design names a palette.
func (s *sheet) picture(d Design) error {
	img := d.Image
	if img.Width <= 0 || img.Height <= 0 || len(img.Data) == 0 {
		return problem.New(problem.Invalid, "the picture for the cover is empty")
	}
	tag, err := embed(img)
	if err != nil {
		return err
	}
	calmBelow := false
	if img.Format != press.SVG {
		pixels, err := img.Decode()
		if err != nil {
			return problem.New(problem.Invalid, "the picture for the cover is damaged").Because(err)
		}
		samples := sampled(pixels)
		if d.Palette == "" {
			s.palette = samples.palette()
		}
		calmBelow = samples.calmBelow()
	}
	if img.Format != press.SVG && img.Width < 1000 {
		s.warn("the picture is %d pixels wide; covers in shops have 1600 or more", img.Width)
	}
	aspect := float64(img.Width) / float64(img.Height)
	draw := func(x, y, w, h float64) { tag(&s.art, x, y, w, h) }
	if aspect <= portrait {
		s.under(func() { draw(s.left(), -s.over.top, s.right()-s.left(), s.h+s.over.top+s.over.bottom) })
		s.band(calmBelow)
		return nil
	}
	s.motif = motif{name: "picture", plan: (*sheet).earth, draw: func(s *scene) {
		w, top := s.w-2*margin, float64(margin)
		h := min(w/aspect, s.bottom-top-10)
		w = min(w, mul(h, aspect*1.25)) // a frame that is too low cuts a little of the sides
		y := top + mul(s.bottom-top-h, 0.4)
		draw(halved(s.w-w), y, w, h)
		s.frame(halved(s.w-w)-24, y-24, w+48, h+48, 3, s.colorOn(s.ground))
	}}
	s.compose()
	return nil
}

// under paints what lies below everything.
func (s *sheet) under(f func()) {
	s.art.rect(-s.over.left, -s.over.top, s.w+s.over.left+s.over.right, s.h+s.over.top+s.over.bottom, s.ground)
	f()
}

// band places the words on a flat band over the picture, at its top or foot.
func (s *sheet) band(below bool) {
	pad := s.at(42)
	h := s.heading(measure, s.at(300))
	if h.long() {
		h = s.heading(measure, s.at(430))
	}
	author := s.fitIn("author", s.words.author, s.letters.names, [2]int{84, 48}, [2]int{measure, s.at(64)}, 2)
	series := s.fitIn("series", s.words.series, s.letters.names, [2]int{44, 32}, [2]int{measure, s.at(24)}, 1)
	house := s.fitIn("publisher", s.words.publisher, s.letters.names, [2]int{44, 32}, [2]int{measure, s.at(24)}, 1)
	type row struct {
		b     *block
		white int
		color string
	}
	var rows []row
	add := func(b *block, white int, color string) {
		if len(b.lines) > 0 {
			rows = append(rows, row{b, white, color})
		}
	}
	add(series, 0, s.ink)
	add(h.title, s.at(24), s.ink)
	add(h.subtitle, subtitleGap, s.ink)
	add(author, s.at(30), s.colorOn(s.ground))
	add(house, s.at(26), s.ink)
	high := 2 * pad
	for i, r := range rows {
		high += r.b.height()
		if i > 0 {
			high += r.white
		}
	}
	if len(rows) == 0 {
		return
	}
	y := s.at(90)
	if below {
		y = int(s.h) - s.at(80) - high
	}
	s.art.rect(s.left(), float64(y), s.right()-s.left(), float64(high), s.ground)
	s.seams = append(s.seams, seam{float64(y) + 2, float64(high) - 4, s.ground})
	s.art.rect(s.left(), float64(y+14), s.right()-s.left(), 4, s.colorOn(s.ground))
	s.art.rect(s.left(), float64(y+high-18), s.right()-s.left(), 4, s.colorOn(s.ground))
	y += pad
	for i, r := range rows {
		if i > 0 {
			y += r.white
		}
		y = s.place(r.b, margin, width-margin, y, centre, r.color)
	}
}

// embed returns what draws a picture so that it fills a box.
func embed(img *press.Image) (func(c *canvas, x, y, w, h float64), error) {
	if img.Format == press.SVG {
		return embedDrawing(img)
	}
	data, media := img.Data, "image/"+string(img.Format)
	if img.Format == press.WebP { // which programs that show SVG may not know
		converted, err := img.AsPNG()
		if err != nil {
			return nil, problem.New(problem.Invalid, "the picture for the cover is damaged").Because(err)
		}
		data, media = converted, "image/png"
	}
	text := base64.StdEncoding.EncodeToString(data)
	return func(c *canvas, x, y, w, h float64) {
		c.put(`<image xmlns:xlink="http://www.w3.org/1999/xlink" x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="xMidYMid slice" xlink:href="data:%s;base64,%s"/>`,
			num(x), num(y), num(w), num(h), media, text)
	}, nil
}

// sized matches the attributes that place an SVG file's root.
var sized = regexp.MustCompile(`\s(?:width|height|x|y|preserveAspectRatio|role)\s*=\s*("[^"]*"|'[^']*')`)

// embedDrawing puts an SVG file into the cover's.
func embedDrawing(img *press.Image) (func(c *canvas, x, y, w, h float64), error) {
	start := bytes.Index(img.Data, []byte("<svg"))
	if start < 0 || bytes.Contains(img.Data, []byte("<style")) {
		return nil, problem.New(problem.Invalid, "the drawing for the cover has a style sheet, which would change the cover, too").Try("save it as PNG")
	}
	end := start + bytes.IndexByte(img.Data[start:], '>')
	if end < start {
		return nil, problem.New(problem.Invalid, "the drawing for the cover is damaged")
	}
	root := sized.ReplaceAll(img.Data[start+len("<svg"):end], nil)
	rest := img.Data[end:]
	return func(c *canvas, x, y, w, h float64) {
		view := ""
		if !bytes.Contains(root, []byte("viewBox")) {
			view = ` viewBox="0 0 ` + num(float64(img.Width)) + " " + num(float64(img.Height)) + `"`
		}
		c.put(`<svg x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="xMidYMid slice"%s%s%s`, num(x), num(y), num(w), num(h), view, root, rest)
	}, nil
}

// sampling is colours of a picture on a grid.
type sampling struct {
	colors [sampleGrid * sampleGrid]rgb
}

// sampleGrid is how many places are looked at on each side.
const sampleGrid = 72

// sampled looks at a picture.
func sampled(img image.Image) *sampling {
	out := &sampling{}
	b := img.Bounds()
	for i := range out.colors {
		x := b.Min.X + (2*(i%sampleGrid)+1)*b.Dx()/(2*sampleGrid)
		y := b.Min.Y + (2*(i/sampleGrid)+1)*b.Dy()/(2*sampleGrid)
		r, g, bl, a := img.At(x, y).RGBA()
		clear := 0xffff - a // on white
		out.colors[i] = rgb{float64((r + clear) >> 8), float64((g + clear) >> 8), float64((bl + clear) >> 8)}
	}
	return out
}

// calmBelow reports whether the lower half of the picture has less detail than
// the upper.
func (p *sampling) calmBelow() bool {
	detail := func(from, to int) float64 {
		sum := 0.0
		for i := from * sampleGrid; i < to*sampleGrid; i++ {
			if i%sampleGrid > 0 {
				for c := range 3 {
					d := p.colors[i][c] - p.colors[i-1][c]
					sum += mul(d, d)
				}
			}
		}
		return sum
	}
	return detail(sampleGrid*55/100, sampleGrid) < detail(0, sampleGrid*45/100)
}

// palette makes a palette of the colours that the picture has most of: a ground
// made dark or light enough for words, and the most vivid colour.
func (p *sampling) palette() palette {
	var count [512]int
	var sum [512]rgb
	light := 0.0
	for _, c := range p.colors {
		i := int(c[0])>>5<<6 | int(c[1])>>5<<3 | int(c[2])>>5
		count[i]++
		for k := range c {
			sum[i][k] += c[k]
		}
		light += luminance(c.String())
	}
	out := palette{name: "picture"}
	bright := light/float64(len(p.colors)) > 0.42
	best, vivid := -1.0, 60.0
	for i, n := range count {
		if n == 0 {
			continue
		}
		c := rgb{sum[i][0] / float64(n), sum[i][1] / float64(n), sum[i][2] / float64(n)}
		l := luminance(c.String())
		away := l // from black
		if bright {
			away = 1 - l
		}
		if score := mul(float64(n), 1.15-away); score > best {
			best, out.ground = score, c.String()
		}
		if v := max(c[0], c[1], c[2]) - min(c[0], c[1], c[2]); v > vivid && n > 12 {
			vivid, out.accent = v, c.String()
		}
	}
	return out.finished(bright)
}

// finished makes ground and words readable and fills in the other colours.
func (p palette) finished(bright bool) palette {
	end, ink := "#000000", blend("#ffffff", p.ground, 0.06)
	if bright {
		end, ink = "#ffffff", blend("#000000", p.ground, 0.12)
	}
	for i := 0; i < 40 && contrast(p.ground, ink) < 8; i++ {
		p.ground = blend(p.ground, end, 0.08)
	}
	p.ink = ink
	if p.accent == "" {
		p.accent = ink
	}
	for i := 0; i < 40 && contrast(p.accent, p.ground) < leastContrast; i++ {
		p.accent = blend(p.accent, ink, 0.1)
	}
	p.deep = blend(p.ground, "#000000", 0.35)
	if bright {
		p.deep = blend(p.ground, "#000000", 0.8)
	}
	p.quiet, p.middle, p.strong = blend(p.ground, p.ink, 0.1), blend(p.ground, p.ink, 0.3), blend(p.ground, p.ink, 0.6)
	return p
}
