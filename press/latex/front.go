package latex

import "strings"

// front writes half title, title page, imprint, dedication and contents.
func (m *maker) front() {
	meta := m.doc.Meta
	m.line(`\frontmatter\pagestyle{empty}`)
	if !m.opt.Screen {
		m.line(`\begin{center}\vspace*{.25\textheight}` + `\titletype ` + escape(m.title) + `\par\end{center}\cleartorecto`)
	}
	m.line(`\begin{center}\vspace*{.18\textheight}`)
	m.line(`{\headface\fontsize{26bp}{32bp}\selectfont\color{theme} ` + escape(m.title) + `\par}`)
	if meta.Subtitle != "" {
		m.line(`\vspace{1.2\baselineskip}{\large\itshape ` + escape(meta.Subtitle) + `\par}`)
	}
	if meta.Author != "" {
		m.line(`\vspace{3\baselineskip}{\large ` + escape(meta.Author) + `\par}`)
	}
	if meta.Publisher != "" {
		m.line(`\vfill{` + escape(meta.Publisher) + `\par}`)
	}
	m.line(`\end{center}\clearpage`)
	m.imprint()
	if len(m.doc.Dedication) > 0 {
		m.line(`\cleartorecto\vspace*{.25\textheight}\begin{center}\itshape`)
		m.depth++
		m.blocks(m.doc.Dedication)
		m.depth--
		m.line(`\end{center}`)
	}
	m.line(`\cleartorecto\pagestyle{book}\tableofcontents*\clearpage`)
}

// imprint writes the page behind the title.
func (m *maker) imprint() {
	meta := m.doc.Meta
	where := strings.TrimSuffix(strings.TrimPrefix(meta.Publisher+", "+meta.Date, ", "), ", ")
	lines := []string{where}
	if meta.ISBN != "" {
		lines = append(lines, "ISBN "+meta.ISBN)
	}
	lines = append(lines, meta.Imprint...)
	if strings.Join(lines, "") == "" {
		return
	}
	m.line(`\vspace*{\fill}\begingroup\small\parindent0pt\raggedright\parskip.4\baselineskip`)
	for _, line := range lines {
		if line != "" {
			m.line(escape(line) + `\par`)
		}
	}
	m.line(`\endgroup\clearpage`)
}
