package latex

import (
	"fmt"
	"strings"

	"quire/press"
)

// figure writes a picture with its caption: where it stands, or floating to a
// place near by if the theme lets it.
func (m *maker) figure(f *press.Figure) {
	floats := m.opt.Theme.Floats && !f.Here && !m.table && m.depth == 0 || f.Plate && !m.table && m.depth == 0
	begin, end := `\begin{fixed}{figure}`, `\end{fixed}`
	if floats {
		begin, end = `\begin{figure}[`+map[bool]string{true: "p", false: "htbp"}[f.Plate]+`]`, `\end{figure}`
	}
	m.line("\n" + begin)
	m.line(`\centering`)
	m.line(label(f.ID))
	if name := m.images[f.Image]; name != "" {
		m.line(`% ` + strings.Join(strings.Fields(comment(f.Alt)), " "))
		m.line(`\includegraphics[` + m.figureSize(f) + `]{` + name + `}`)
	} else {
		m.line(`\fbox{\parbox{.8\textwidth}{\centering ` + escape(first(f.Alt, "—")) + `}}`)
	}
	m.caption(f.Caption, f.Number, "figure")
	m.line(end)
	m.release()
}

// comment is a text that may stand in a comment.
func comment(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case !printable(r) || r == '^':
			return -1
		}
		return r
	}, s)
}

// figureSize is how large a picture is set: never larger than the page, and as
// wide as the author said.
func (m *maker) figureSize(f *press.Figure) string {
	switch {
	case f.Plate:
		return `width=\textwidth,height=.95\textheight,keepaspectratio`
	case f.Width > 0 && f.Width <= 1000:
		return fmt.Sprintf(`width=%d.%03d\linewidth,height=.8\textheight,keepaspectratio`, f.Width/1000, f.Width%1000)
	}
	return `width=\linewidth,height=.72\textheight,keepaspectratio`
}

// caption writes what stands below a figure or above a table. The press has
// numbered it; LaTeX counts the same.
func (m *maker) caption(text []press.Inline, number int, counter string) {
	if text == nil {
		return
	}
	long, short := m.boxed(text), escape(press.Plain(text))
	if number == 0 || !m.opt.Theme.Figures {
		m.line(`\legend{` + long + `}`)
		return
	}
	m.line(fmt.Sprintf(`\setcounter{%s}{%d}\caption[{%s}]{%s}`, counter, number-1, short, long))
}
