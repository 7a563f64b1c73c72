package html

import (
	"fmt"
	"strconv"

	"quire/press"
)

// figure writes a picture with its caption. A picture that is missing is a box
// with its description, or with the caption if that says the same.
func (w *writer) figure(f *press.Figure) {
	w.line("<figure" + attr("id", f.ID) + attr("class", w.widthClass(f)) + ">")
	class := ""
	switch src := w.images[f.Image]; {
	case src != "":
		w.line(w.img(f, src))
	case f.Caption != nil && press.Plain(f.Caption) == f.Alt:
		class = "missing"
	default:
		w.line(`<p class="missing">` + Escape(first(f.Alt, "[ ]")) + "</p>")
	}
	if f.Caption != nil {
		w.caption(f, class)
	}
	w.line("</figure>")
	w.data(f)
}

// img is the tag of a figure's picture. It gives the picture's size, so that
// the text does not jump while it loads.
func (w *writer) img(f *press.Figure, src string) string {
	class := ""
	if f.Image.Format == press.SVG {
		class = "drawing"
	}
	size := ""
	if f.Image.Width > 0 && f.Image.Height > 0 {
		size = fmt.Sprintf(` width="%d" height="%d"`, f.Image.Width, f.Image.Height)
	}
	return "<img" + attr("class", class) + ` src="` + Escape(src) + `" alt="` + Escape(f.Alt) + `"` + size + ` loading="lazy" decoding="async">`
}

// widthClass is the class of a picture whose width the author has chosen. The
// rules for the widths in use go into the style sheet: the policy of the page
// lets no element have a style of its own.
func (w *writer) widthClass(f *press.Figure) string {
	if f.Plate {
		return "plate"
	}
	if f.Width <= 0 || f.Width >= 1000 {
		return ""
	}
	w.widths[f.Width] = true
	return "w" + strconv.FormatInt(f.Width, 10)
}

// caption writes what stands below a picture.
func (w *writer) caption(f *press.Figure, class string) {
	w.out.WriteString("<figcaption" + attr("class", class) + w.dirOf(f.Caption) + ">")
	if w.opt.Theme.Figures && f.Number > 0 {
		w.out.WriteString(`<span class="label">` + Escape(w.words.Label(w.words.Figure, strconv.Itoa(f.Number))) + ".</span> ")
	}
	w.inlines(f.Caption)
	w.line("</figcaption>")
}
