package main

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"quire/press"
)

// latexStyle sets a book in XeLaTeX like the theme novel: memoir with the same
// page, text block and sizes (in PostScript points), microtype (which protrudes
// but cannot expand in XeTeX), British hyphens, no widows and orphans, no
// ladders of hyphens, a little
// emergency stretch. It has neither initials nor lead-ins.
const latexStyle = `\documentclass[11pt,twoside,openright,final]{memoir}
\setstocksize{9in}{6in}\settrimmedsize{\stockheight}{\stockwidth}{*}\settrims{0pt}{0pt}
\settypeblocksize{525bp}{324bp}{*}\setlrmargins{61.3bp}{*}{*}\setulmargins{59.6bp}{*}{*}\setheadfoot{15bp}{30bp}\setheaderspaces{*}{12bp}{*}
\checkandfixthelayout[fixed]
\usepackage{fontspec}
\setmainfont{EBGaramond}[Path=./,Extension=.ttf,UprightFont=EBGaramond12-Regular,ItalicFont=EBGaramond12-Italic,BoldFont=EBGaramond12-Bold,Numbers=OldStyle]
\setmonofont{PTM55F}[Path=./,Extension=.ttf]
\usepackage[british]{babel}
\usepackage{microtype}
\usepackage{graphicx}
\usepackage[hidelinks,pdfusetitle]{hyperref}
\makeatletter
\renewcommand\normalsize{\@setfontsize\normalsize{11bp}{15bp}}\normalsize
\renewcommand\footnotesize{\@setfontsize\footnotesize{9bp}{11bp}}
\makeatother
\parindent 14bp\parskip 0pt\frenchspacing\flushbottom
\clubpenalty10000\widowpenalty10000\emergencystretch1em\doublehyphendemerits500000
\makepagestyle{novel}
\makeevenhead{novel}{\footnotesize\thepage}{\footnotesize\booktitle}{}
\makeoddhead{novel}{}{\footnotesize\leftmark}{\footnotesize\thepage}
\makepsmarks{novel}{\createmark{chapter}{left}{nonumber}{}{}}
\pagestyle{novel}\aliaspagestyle{chapter}{empty}
\makechapterstyle{novel}{\chapterstyle{default}\setlength\beforechapskip{135bp}\setlength\midchapskip{15bp}\setlength\afterchapskip{45bp}
\renewcommand\printchaptername{}\renewcommand\chapternamenum{}\renewcommand\printchapternum{\centering\normalsize\thechapter}
\renewcommand\printchaptertitle[1]{\centering\fontsize{21bp}{26bp}\selectfont ##1}}
\chapterstyle{novel}
\setsecheadstyle{\centering\normalsize\itshape}\setbeforesecskip{15bp}\setaftersecskip{15bp}\setsecnumdepth{chapter}
\setsubsecheadstyle{\normalsize\scshape}\setbeforesubsecskip{15bp}\setaftersubsecskip{1bp}\settocdepth{chapter}
\captionnamefont{\footnotesize}\captiontitlefont{\footnotesize}\nouppercaseheads
\renewcommand\cftchapterfont{\normalfont}\renewcommand\cftchapterpagefont{\normalfont}\setlength\cftbeforechapterskip{0pt}
`

// peerLaTeX writes a book as the LaTeX that XeLaTeX sets.
type peerLaTeX struct {
	tb    testing.TB
	out   strings.Builder
	files map[string][]byte // pictures, by their name
}

// bookLaTeX is a book as LaTeX, and its pictures, which it wants as PDF.
func bookLaTeX(tb testing.TB, doc *press.Document) (source string, files map[string][]byte) {
	w := &peerLaTeX{tb: tb, files: map[string][]byte{}}
	title := latexText(doc.Meta.Title)
	w.add("%s\\title{%s}\\author{%s}\\newcommand\\booktitle{%s}\n\\begin{document}\n\\frontmatter\n", latexStyle, title, latexText(doc.Meta.Author), title)
	w.add("\\begin{titlingpage}\\centering\\vspace*{150bp}{\\fontsize{28bp}{34bp}\\selectfont %s\\par}%s\\par %s\\par\\end{titlingpage}\n\\cleardoublepage\\tableofcontents*\n\\mainmatter\n",
		title, latexText(doc.Meta.Subtitle), latexText(doc.Meta.Author))
	for _, c := range doc.Chapters {
		w.add("\\chapter{%s}\n", latexText(c.Title))
		w.blocks(c.Blocks)
	}
	w.add("\\end{document}\n")
	return w.out.String(), w.files
}

func (w *peerLaTeX) add(format string, args ...any) { fmt.Fprintf(&w.out, format, args...) }

// blocks writes blocks; one that the writer does not know is a failure.
func (w *peerLaTeX) blocks(list []press.Block) {
	for _, b := range list {
		switch t := b.(type) {
		case *press.Paragraph:
			w.text(t.Text)
			w.add("\n\n")
		case *press.Heading:
			w.add("\\%s{", map[bool]string{true: "section", false: "subsection"}[t.Level == 2])
			w.text(t.Text)
			w.add("}\n")
		case *press.Break:
			w.add("\\begin{center}* * *\\end{center}\n")
		case *press.Quote:
			w.add("\\begin{quotation}")
			w.blocks(t.Blocks)
			w.add("\\end{quotation}\n")
		case *press.List:
			w.list(t)
		case *press.Code:
			w.add("{\\fontsize{8bp}{11bp}\\selectfont\\begin{verbatim}\n%s\n\\end{verbatim}\n}\n", t.Text)
		case *press.Table:
			w.table(t)
		case *press.Figure:
			name := strings.TrimSuffix(t.Image.Source, path.Ext(t.Image.Source)) + ".pdf"
			w.files[t.Image.Source] = t.Image.Data
			w.add("\\begin{figure}[htbp]\\centering\\includegraphics[width=\\textwidth]{%s}\\caption*{\\footnotesize ", name)
			w.text(t.Caption)
			w.add("}\\end{figure}\n")
		default:
			w.tb.Fatalf("the writer of LaTeX for peers does not know %T", b)
		}
	}
}

func (w *peerLaTeX) list(l *press.List) {
	env := "itemize"
	if l.Ordered {
		env = "enumerate"
	}
	w.add("\\begin{%s}\\tightlists", env)
	for _, it := range l.Items {
		w.add("\\item ")
		w.blocks(it.Blocks)
	}
	w.add("\\end{%s}\n", env)
}

func (w *peerLaTeX) table(t *press.Table) {
	cols := ""
	for _, a := range t.Align {
		cols += map[bool]string{true: "r", false: "l"}[a == press.AlignRight]
	}
	w.add("\\begin{center}\\fontsize{9.5bp}{13bp}\\selectfont\\begin{tabular}{%s}", cols)
	for i, row := range append([][]press.Cell{t.Head}, t.Rows...) {
		for j, c := range row {
			if j > 0 {
				w.add(" & ")
			}
			w.text(c.Text)
		}
		w.add(" \\\\%s\n", map[bool]string{true: "\\hline"}[i == 0])
	}
	w.add("\\end{tabular}\\end{center}\n")
}

// text writes running text.
func (w *peerLaTeX) text(list []press.Inline) {
	command := func(name string, text []press.Inline) {
		w.add("\\%s{", name)
		w.text(text)
		w.add("}")
	}
	for _, in := range list {
		switch t := in.(type) {
		case *press.Text:
			w.add("%s", latexText(t.Value))
		case *press.Emph:
			command("emph", t.Text)
		case *press.Strong:
			command("textbf", t.Text)
		case *press.CodeSpan:
			w.add("\\texttt{%s}", latexText(t.Value))
		case *press.LineBreak:
			w.add("\\\\ ")
		case *press.NoteRef:
			w.add("\\footnote{")
			for _, b := range t.Note.Blocks {
				w.text(b.(*press.Paragraph).Text)
			}
			w.add("}")
		default:
			w.tb.Fatalf("the writer of LaTeX for peers does not know %T", in)
		}
	}
}

var latexEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_`, `^`, `\^{}`, `~`, `\~{}`)

// latexText escapes text.
func latexText(s string) string { return latexEscapes.Replace(s) }
