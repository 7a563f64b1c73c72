package epub

import (
	"fmt"
	"strconv"

	"quire/press"
	"quire/press/html"
)

// figure writes a picture with its caption. A picture that is missing is a box
// with its description, or with the caption if that says the same.
func (w *writer) figure(f *press.Figure) {
	w.line("<figure" + attr("id", f.ID) + ">")
	class := ""
	switch name := w.images[f.Image]; {
	case w.bitmaps[f.Image] != "":
		w.line(`<picture><source srcset="` + name + `" type="` + typeSVG + `"/><img class="drawing" src="` + w.bitmaps[f.Image] + `" alt="` + escape(f.Alt) + `"` + figureWidth(f) + `/></picture>`)
	case name != "" && f.Image.Format == press.SVG:
		w.line(`<img class="drawing" src="` + name + `" alt="` + escape(f.Alt) + `"` + figureWidth(f) + `/>`)
	case name != "":
		w.line(`<img src="` + name + `" alt="` + escape(f.Alt) + `"` + figureWidth(f) + `/>`)
	case f.Caption != nil && press.Plain(f.Caption) == f.Alt:
		class = "missing"
	default:
		w.line(`<p class="missing">` + escape(first(f.Alt, "[ ]")) + "</p>")
	}
	if f.Caption != nil {
		w.caption(f, class)
	}
	w.line("</figure>")
	if f.Data != nil {
		w.line("<details><summary>" + escape(html.DataTerm(w.doc.Lang)) + "</summary>")
		w.table(f.Data)
		w.line("</details>")
	}
}

// figureWidth is the style of a picture whose width the author has chosen.
func figureWidth(f *press.Figure) string {
	if f.Width <= 0 || f.Width > 1000 {
		return ""
	}
	return fmt.Sprintf(` style="width: %d.%d%%"`, f.Width/10, f.Width%10)
}

// caption writes what stands below a picture.
func (w *writer) caption(f *press.Figure, class string) {
	w.out.WriteString("<figcaption" + attr("class", class) + w.dirOf(f.Caption) + ">")
	if w.opt.Theme.Figures && f.Number > 0 {
		w.out.WriteString(`<span class="label">` + escape(w.words.Label(w.words.Figure, strconv.Itoa(f.Number))) + ".</span> ")
	}
	w.inlines(f.Caption)
	w.line("</figcaption>")
}
