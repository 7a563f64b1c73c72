package latex

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"quire/press"
)

//go:embed quire.tex
var commands string

// preamble writes what stands before the text: page, faces, language, looks.
func (m *maker) preamble(body string) {
	t := m.opt.Theme
	sides := "twoside,openany"
	if t.Opening.Recto {
		sides = "twoside,openright"
	}
	if m.opt.Screen {
		sides = "oneside,openany"
	}
	m.line(`% ` + strings.Join(strings.Fields(comment(m.title)), " "))
	m.line("% Set it twice with xelatex or lualatex; three times when the contents are long.")
	m.line(`\documentclass[11pt,` + sides + `,final]{memoir}`)
	m.page()
	m.line(`\usepackage{amsmath}`)
	m.line(`\usepackage{fontspec}`)
	m.faces(body)
	m.languages()
	m.line(`\usepackage{array,longtable,multirow,graphicx,xcolor,lettrine}`)
	m.line(`\IfFileExists{microtype.sty}{\usepackage{microtype}}{}`)
	m.line(`\usepackage[hidelinks,pdfusetitle=false,unicode]{hyperref}`)
	m.metadata()
	m.sizes()
	m.line(strings.TrimSpace(commands))
	m.looks()
}

// page writes the size of the page and its margins, as the press sets them.
func (m *maker) page() {
	w, h, t := m.opt.Trim.Width, m.opt.Trim.Height, m.opt.Theme
	inside, outside := w.Scale(t.Margins.Inside, 1000), w.Scale(t.Margins.Outside, 1000)
	if extra := w - inside - outside - t.Measure; extra > 0 {
		in := extra.Scale(t.Margins.Inside, t.Margins.Inside+t.Margins.Outside)
		inside, outside = inside+in, outside+extra-in
	}
	top, bottom := h.Scale(t.Margins.Top, 1000), h.Scale(t.Margins.Bottom, 1000)
	m.line(fmt.Sprintf(`\setstocksize{%s}{%s}\settrimmedsize{\stockheight}{\stockwidth}{*}\settrims{0pt}{0pt}`, bp(h), bp(w)))
	m.line(fmt.Sprintf(`\setlrmarginsandblock{%s}{%s}{*}\setulmarginsandblock{%s}{%s}{*}`, bp(inside), bp(outside), bp(top), bp(bottom)))
	m.line(`\setheadfoot{15bp}{26bp}\setheaderspaces{*}{10bp}{*}\checkandfixthelayout[lines]`)
}

// textWidth is the width of the text.
func (m *maker) textWidth() press.Pt {
	w, t := m.opt.Trim.Width, m.opt.Theme
	return min(w-w.Scale(t.Margins.Inside, 1000)-w.Scale(t.Margins.Outside, 1000), t.Measure)
}

// bp is a length in big points, of which an inch has 72, as the press counts.
func bp(p press.Pt) string { return p.String() + "bp" }

// face is a family that may be there: asked for by its name or by a file's,
// and its other files. Files come first, because a name may lead to a web font
// that XeTeX cannot embed.
type face struct{ name, more string }

// otherFiles are the styles of a family that is asked for by a file's name.
const otherFiles = "ItalicFont=%[1]s-Italic.%[2]s,BoldFont=%[1]s-Bold.%[2]s,BoldItalicFont=%[1]s-BoldItalic.%[2]s,"

// garamond are the files of EB Garamond by those who give it out: TeX Live,
// Debian and quire.
var garamond = []face{
	{"EBGaramond-Regular.otf", fmt.Sprintf(otherFiles, "EBGaramond", "otf")},
	{"EBGaramond12-Regular.ttf", "ItalicFont=EBGaramond12-Italic.ttf,BoldFont=EBGaramond12-Regular.ttf,BoldItalicFont=EBGaramond12-Italic.ttf,BoldFeatures={FakeBold=1.4},BoldItalicFeatures={FakeBold=1.4},"}, // its own bold lacks quotation marks
	{"EBGaramond12-Regular.otf", "ItalicFont=EBGaramond12-Italic.otf,BoldFont=EBGaramond12-Regular.otf,BoldItalicFont=EBGaramond12-Italic.otf,BoldFeatures={FakeBold=1.4},BoldItalicFeatures={FakeBold=1.4},"},
}

// The faces that stand in for others almost everywhere.
var (
	anySerif = []face{{name: "Libertinus Serif"}, {name: "TeX Gyre Pagella"}, {name: "DejaVu Serif"}}
	anySans  = []face{{name: "Noto Sans"}, {name: "DejaVu Sans"}}
	anyMono  = []face{{name: "DejaVu Sans Mono"}}
	ptSans   = []face{{"PTS55F.ttf", "ItalicFont=PTS56F.ttf,BoldFont=PTS75F.ttf,BoldItalicFont=PTS76F.ttf,"}, {name: "PT Sans"}}
	openSans = []face{{"OpenSans-Regular.ttf", fmt.Sprintf(otherFiles, "OpenSans", "ttf")}, {name: "Open Sans"}}
	ptMono   = []face{{"PTM55F.ttf", "BoldFont=PTM75F.ttf,"}, {name: "PT Mono"}}
	maths    = []face{{name: "STIX Two Math"}, {name: "Libertinus Math"}, {"latinmodern-math.otf", ""}, {name: "DejaVu Math TeX Gyre"}}
)

// faces are the theme's families, and what may stand for them where they are
// not installed.
var faces = map[string][]face{
	"EB Garamond":    slices.Concat(garamond, anySerif),
	"Charis SIL":     slices.Concat([]face{{"CharisSIL-Regular.ttf", fmt.Sprintf(otherFiles, "CharisSIL", "ttf")}, {name: "Charis SIL"}}, anySerif),
	"Andika":         slices.Concat([]face{{"Andika-Regular.ttf", "ItalicFont=Andika-Italic.ttf,BoldFont=Andika-Bold.ttf,"}, {name: "Andika"}}, anySans),
	"PT Sans":        slices.Concat(ptSans, anySans),
	"Open Sans":      slices.Concat(openSans, anySans),
	"sans":           slices.Concat(ptSans, openSans, anySans),
	"PT Mono":        slices.Concat(ptMono, anyMono),
	"JetBrains Mono": slices.Concat([]face{{"JetBrainsMono-Regular.ttf", fmt.Sprintf(otherFiles, "JetBrainsMono", "ttf")}, {name: "JetBrains Mono"}}, anyMono),
	"mono":           slices.Concat(ptMono, anyMono),
}

// faces writes the choice of faces. Where none is found LaTeX keeps its own.
// Faces for other scripts and for formulas are looked for only if the body has
// them.
func (m *maker) faces(body string) {
	t := m.opt.Theme
	old := ",Numbers=OldStyle"
	if t.Faces.Body != "EB Garamond" {
		old = ""
	}
	m.line(chain(faces[t.Faces.Body], `\setmainfont{%s}[%sLigatures=TeXOff`+old+`]`))
	m.line(chain(faces[t.Faces.Heads], `\newfontfamily\headface{%s}[%sLigatures=TeXOff]`) + `\providecommand\headface{\normalfont}`)
	m.line(chain(faces[t.Faces.Table], `\newfontfamily\tableface{%s}[%sLigatures=TeXOff]`) + `\providecommand\tableface{\normalfont}`)
	m.line(chain(faces[t.Faces.Code], `\setmonofont{%s}[%sLigatures=TeXOff,Scale=MatchLowercase]`))
	if strings.Contains(body, `$`) || strings.Contains(body, `\[ `) {
		m.line(`\usepackage{unicode-math}`)
		m.line(chain(maths, `\setmathfont{%s}[%s]`))
	}
	for _, s := range foreign {
		if !strings.Contains(body, `\`+s.command+`{`) {
			continue
		}
		use := `\newcommand\` + s.command + `[1]{{\` + s.command + `face #1}}`
		if s.rtl {
			use = `\newcommand\` + s.command + `[1]{{\` + s.command + `face\RL{#1}}}`
		}
		m.line(use)
		var names []face
		for _, name := range s.fonts {
			names = append(names, face{name: name})
		}
		m.line(chain(names, `\newfontfamily\`+s.command+`face{%s}[%s]`) + `\providecommand\` + s.command + `face{}`)
	}
}

// chain takes the first face of a list that is there.
func chain(list []face, use string) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(`\IfFontExistsTF{` + f.name + `}{` + fmt.Sprintf(use, f.name, f.more) + `}{`)
	}
	return b.String() + strings.Repeat("}", len(list))
}

// metadata writes what a reader of the PDF sees as its title and so on.
func (m *maker) metadata() {
	meta := m.doc.Meta
	m.line(`\hypersetup{pdftitle={` + escape(m.title) + `},pdfauthor={` + escape(meta.Author) + `},pdfsubject={` + escape(meta.Subtitle) + `},pdflang={` + escape(m.doc.Lang) + `}}`)
}

// sizes writes the theme's sizes of type.
func (m *maker) sizes() {
	t := m.opt.Theme
	m.line(`\makeatletter`)
	m.line(`\renewcommand\normalsize{\@setfontsize\normalsize{` + bp(t.Text.Size) + `}{` + bp(t.Text.Leading) + `}\abovedisplayskip .6\baselineskip plus .2\baselineskip\belowdisplayskip\abovedisplayskip}\normalsize`)
	m.line(`\renewcommand\footnotesize{\@setfontsize\footnotesize{` + bp(t.Note.Size) + `}{` + bp(t.Note.Leading) + `}}`)
	m.line(`\makeatother`)
	for _, s := range []struct {
		name string
		size press.Type
	}{{"tabletype", t.Table.Type}, {"codetype", t.Code.Type}, {"captiontype", t.Caption}, {"quotetype", t.Quote.Type}, {"mottotype", t.Epigraph.Type}, {"numbertype", t.Opening.Number}, {"titletype", t.Opening.Title}} {
		face := ""
		if s.name == "tabletype" || s.name == "captiontype" && strings.Contains(strings.ToLower(t.Faces.Table), "sans") {
			face = `\tableface`
		}
		m.line(`\newcommand\` + s.name + `{\fontsize{` + bp(s.size.Size) + `}{` + bp(s.size.Leading) + `}\selectfont` + face + `}`)
	}
	if t.Paragraphs == "space" {
		m.line(`\setlength\parindent{0pt}\setlength\parskip{.5\baselineskip plus 1pt}`)
	} else {
		m.line(`\setlength\parindent{` + bp(t.Indent) + `}\setlength\parskip{0pt}`)
	}
	if t.Align == "left" {
		m.line(`\raggedright`)
		if t.Paragraphs != "space" {
			m.line(`\setlength\parindent{` + bp(t.Indent) + `}`)
		}
	}
	if !t.Hyphens {
		m.line(`\hyphenpenalty10000\exhyphenpenalty10000`)
	}
}

// looks writes how chapters open, how headings look, and what stands at the
// head of a page.
func (m *maker) looks() {
	t := m.opt.Theme
	o := t.Opening
	align := map[string]string{"center": `\centering`, "left": `\raggedright`, "right": `\raggedleft`}[o.Align]
	number := strings.ReplaceAll(escape(m.words.Label(m.words.Chapter, "@")), "@", `\thechapter`)
	if o.Figure {
		number = `\thechapter`
	}
	title := `\headface\titletype`
	if o.Bold {
		title += `\bfseries`
	}
	if o.Italic {
		title += `\itshape`
	}
	style := `\headface\numbertype`
	if !o.Bold {
		style += `\scshape`
	}
	if o.Place == "none" {
		number = ""
	}
	rule := ""
	if o.Rule {
		rule = `\vskip.6\baselineskip{\hrule height .4pt}`
	}
	sink := t.Text.Leading * press.Pt(max(o.Sink-3, 0)) // the heading itself takes lines of the sink
	m.line(`\definecolor{theme}{HTML}{` + fmt.Sprintf("%02X%02X%02X", t.Color.R, t.Color.G, t.Color.B) + `}`)
	m.line(`\makechapterstyle{book}{\setlength\beforechapskip{` + bp(sink/2) + `}\setlength\midchapskip{.6\baselineskip}\setlength\afterchapskip{` + bp(max(sink/3, t.Text.Leading*2)) + `}%`)
	m.line(`\renewcommand\printchaptername{}\renewcommand\chapternamenum{}\renewcommand\printchapternum{` + align + style + `\color{theme} ` + number + `}%`)
	m.line(`\renewcommand\printchaptertitle[1]{` + align + title + `\color{theme} ##1\par` + rule + `}\renewcommand\printchapternonum{}}\chapterstyle{book}`)
	m.line(`\renewcommand\printpartname{}\renewcommand\partnamenum{}\renewcommand\printpartnum{\headface\numbertype ` + strings.ReplaceAll(escape(m.words.Label(m.words.Part, "@")), "@", `\thepart`) + `}\renewcommand\parttitlefont{\headface\titletype\color{theme}}`)
	m.section("sec", t.H2)
	m.section("subsec", t.H3)
	m.section("subsubsec", t.H4)
	depth := map[bool]string{true: "section", false: "chapter"}[t.Numbers >= 2]
	m.line(`\setsecnumdepth{` + depth + `}\maxsecnumdepth{` + depth + `}\settocdepth{section}`)
	m.line(`\renewcommand\contentsname{` + escape(m.words.Contents) + `}\addto\captions` + m.mainLanguage() + `{\renewcommand\contentsname{` + escape(m.words.Contents) + `}\renewcommand\figurename{` + escape(m.words.Figure) + `}\renewcommand\tablename{` + escape(m.words.Table) + `}}`)
	m.line(`\renewcommand\scenebreak{\breakmark{` + escape(t.Break) + `}}`)
	m.line(`\newcommand\booktitle` + head(m.title) + `\newcommand\bookauthor{` + escape(m.doc.Meta.Author) + `}`)
	m.heads()
}

// mainLanguage is babel's name of the book's language.
func (m *maker) mainLanguage() string {
	if name, _ := babelName(m.doc.Lang); name != "" {
		return name
	}
	return "english"
}

// section writes how a heading looks.
func (m *maker) section(name string, h press.Section) {
	style := map[string]string{"italic": `\itshape`, "bold": `\bfseries`, "smallcaps": `\scshape`}[h.Style]
	align := map[string]string{"center": `\centering`}[h.Align]
	if align == "" {
		align = `\raggedright`
	}
	m.line(`\set` + name + `headstyle{\headface\fontsize{` + bp(h.Size) + `}{` + bp(h.Leading) + `}\selectfont` + style + align + `\color{theme}}\setbefore` + name + `skip{-` + strconv.Itoa(max(h.Before, 1)) + `\baselineskip}\setafter` + name + `skip{` + strconv.Itoa(h.After) + `.2\baselineskip}`)
}

// heads writes the running heads: title on the left, chapter on the right.
func (m *maker) heads() {
	t := m.opt.Theme.Heads
	size := `\fontsize{` + bp(t.Size) + `}{` + bp(t.Size.Scale(5, 4)) + `}\selectfont`
	if t.SmallCaps {
		size += `\scshape`
	}
	m.line(`\makepagestyle{book}\nouppercaseheads`)
	switch t.Place {
	case "none":
		m.line(`\makeevenfoot{book}{}{` + size + `\thepage}{}\makeoddfoot{book}{}{` + size + `\thepage}{}`)
	default:
		m.line(`\makeevenhead{book}{` + size + `\thepage}{` + size + `\booktitle}{}\makeoddhead{book}{}{` + size + `\leftmark}{` + size + `\thepage}`)
	}
	m.line(`\makepsmarks{book}{\createmark{chapter}{left}{nonumber}{}{}\createplainmark{toc}{both}{\contentsname}}`)
	m.line(`\pagestyle{book}\aliaspagestyle{chapter}{empty}\aliaspagestyle{part}{empty}`)
}
