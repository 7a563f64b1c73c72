package press

import (
	"fmt"
	"strconv"
	"strings"

	"quire/figure"
	"quire/problem"
)

// chart reads a figure that is drawn from data: the fenced block "figure". A
// spec with mistakes leaves an empty box, and a warning for what is wrong.
func (r *reader) chart(text string, at Pos) *Figure {
	spec, err := figure.Parse([]byte(text))
	if err != nil {
		p := problem.Of(err)
		r.warn(at, "the figure cannot be drawn: %s", strings.TrimSuffix(p.Detail, "."))
		return &Figure{At: at, ID: r.claim("", fmt.Sprintf("figure-%d", len(r.images)+1)), Alt: r.words.Figure}
	}
	f := &Figure{At: at, Alt: r.plain(spec.Alt()), Width: 1000, Data: r.chartData(spec)}
	if spec.Caption != "" {
		f.Caption = []Inline{&Text{r.plain(spec.Caption)}}
		r.figures++
		f.Number = r.figures
	}
	if asID(spec.ID) != "" {
		f.ID = r.claimed(spec.ID, at)
	} else {
		f.ID = r.claim("", fmt.Sprintf("figure-%d", len(r.images)+1))
	}
	r.names[f.ID] = f.Alt
	if f.Number > 0 {
		r.names[f.ID] = r.label(r.words.Figure, strconv.Itoa(f.Number))
	}
	f.Image = &Image{ID: fmt.Sprintf("image-%d", len(r.doc.Images)+1), Source: chartSource + f.ID, Format: SVG}
	r.images[f.Image.Source] = f.Image
	r.doc.Images = append(r.doc.Images, f.Image)
	r.doc.charts = append(r.doc.charts, chart{f, spec})
	return f
}

// chart is a figure of the document that is drawn from data.
type chart struct {
	figure *Figure
	spec   *figure.Spec
}

// chartSource stands before the ID of a figure that is drawn from data, in the
// place of a path.
const chartSource = "figure:"

// chartData is the data of a figure as a table.
func (r *reader) chartData(spec *figure.Spec) *Table {
	data := spec.TableIn(figure.WordsIn(r.doc.Lang))
	t := &Table{}
	cells := func(row []string) (out []Cell) {
		for _, s := range row {
			out = append(out, Cell{Text: []Inline{&Text{s}}})
		}
		return out
	}
	t.Head, t.Align = cells(data.Head), make([]Align, len(data.Head))
	for i := range t.Align {
		if t.Align[i] = AlignRight; i == 0 {
			t.Align[i] = AlignLeft
		}
	}
	for _, row := range data.Rows {
		t.Rows = append(t.Rows, cells(row))
	}
	return t
}

// Illustrate draws the figures that are made of data as a theme wants them. A
// document that Parse made has them in the theme that is usual for it; this
// draws them for another. It changes the document's images, so it must come
// before goroutines share it. What cannot be drawn is a warning.
func (d *Document) Illustrate(opt Options) []Warning {
	if len(d.charts) == 0 {
		return nil
	}
	opt, err := opt.Resolve(d)
	if err != nil {
		return []Warning{{Detail: problem.Of(err).Detail}}
	}
	var warnings []Warning
	for _, c := range d.charts {
		drawn, err := Chart(c.spec, opt, d.Lang)
		if err != nil {
			warnings = append(warnings, Warning{Detail: "the figure cannot be drawn: " + problem.Of(err).Detail, Pos: c.figure.At})
			continue
		}
		c.figure.Width = min(int64(drawn.Width)*1000/int64(max(chartStyle(opt, d.Lang).Width, 1)), 1000)
		img := c.figure.Image
		img.Data, img.Width, img.Height = drawn.Data, drawn.Width, drawn.Height
	}
	return warnings
}

// Chart draws a figure from data as a book with these options and in this
// language (BCP 47) shows it. The error is a problem.Invalid.
func Chart(spec *figure.Spec, opt Options, lang string) (*Image, error) {
	opt, err := opt.Resolve(&Document{})
	if err != nil {
		return nil, err
	}
	drawing, err := spec.Draw(chartStyle(opt, lang))
	if err != nil {
		return nil, err
	}
	clean, err := cleanSVG(drawing.SVG)
	if err != nil {
		return nil, problem.New(problem.Internal, "the figure came out damaged").Because(err)
	}
	return &Image{ID: "figure", Source: chartSource + "1", Format: SVG, Data: clean.data, Width: clean.w, Height: clean.h}, nil
}

// chartStyle is how figures look in a theme: in the type of its tables, as wide
// as its text.
func chartStyle(opt Options, lang string) figure.Style {
	t := &opt.Theme
	hex := func(h Hue) string { return fmt.Sprintf("#%02x%02x%02x", h.R, h.G, h.B) }
	width := opt.Trim.Width.Scale(1000-t.Margins.Inside-t.Margins.Outside, 1000)
	return figure.Style{
		Body: t.Faces.Table, Heads: t.Faces.Heads, Size: points(t.Text.Size), Accent: hex(t.Color), Tint: hex(t.Tint),
		Width: points(min(width, t.Measure)), Words: figure.WordsIn(lang),
	}
}

// points is a length in points.
func points(p Pt) float64 { return float64(p) / float64(Point) }
