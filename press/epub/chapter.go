package epub

import (
	"fmt"
	"strconv"
	"strings"

	"quire/press"
)

// chapter adds a chapter's file, and the page of the part that it opens.
func (b *binder) chapter(i int) {
	c := b.doc.Chapters[i]
	if c.Opens != nil {
		b.part(c.Opens)
	}
	w := &writer{binder: b, name: b.names.chapters[i], marks: map[*press.Note]string{}}
	sort := sortOf(c)
	label := ""
	if number, title := b.heading(c); number+title == "" {
		label = attr("aria-label", b.label(c))
	} else {
		id := b.names.fresh(c.ID+"-title", w.name)
		label = attr("aria-labelledby", id)
		w.title(id, number, title)
	}
	w.opening(c.Blocks)
	w.notes(c.Notes)
	body := fmt.Sprintf("<section id=%q class=\"chapter\" epub:type=%q role=%q%s>\n%s</section>\n", c.ID, sort.epub, sort.role, label, w.out.String())
	id := fmt.Sprintf("chapter-%d", i+1)
	b.add(file{id: id, name: w.name, media: typeXHTML, linear: true, property: w.property(), data: b.xhtml(sheet{title: b.label(c), matter: sort.matter, body: body})})
}

// part adds the page with a part's title.
func (b *binder) part(p *press.Part) {
	w := &writer{binder: b, name: b.names.files[p.ID]}
	id := b.names.fresh(p.ID+"-title", w.name)
	number := b.words.Label(b.words.Part, strings.ToUpper(press.Roman(p.Number)))
	if says(p.Title, b.words.Part) {
		number = ""
	}
	w.title(id, number, p.Title)
	body := fmt.Sprintf("<section id=%q class=\"part\" epub:type=\"part\" role=\"doc-part\" aria-labelledby=%q>\n%s</section>\n", p.ID, id, w.out.String())
	b.add(file{id: "part-" + strconv.Itoa(p.Number), name: w.name, media: typeXHTML, linear: true,
		data: b.xhtml(sheet{title: p.Title, matter: "bodymatter", body: body})})
}

// heading is what stands above a chapter: "Chapter 7" and its title, either of
// which may be empty.
func (b *binder) heading(c *press.Chapter) (number, title string) {
	if c.Number > 0 {
		number = b.words.Label(b.words.Chapter, strconv.Itoa(c.Number))
	}
	if c.Title == "" || says(c.Title, number) {
		return "", first(c.Title, number)
	}
	return number, c.Title
}

// label is what a chapter is called in the contents; never empty.
func (b *binder) label(c *press.Chapter) string {
	number, title := b.heading(c)
	if number == "" {
		return first(title, b.title)
	}
	return strconv.Itoa(c.Number) + ". " + title
}

// says reports whether a title begins with some words already.
func says(title, words string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(title), strings.ToLower(words))
	return ok && words != "" && (rest == "" || strings.IndexAny(rest, " :.–—-") == 0)
}

// sort tells readers what a chapter is.
type sort struct{ epub, role, matter string }

// sorts are the chapters without number that have a role of their own, by the
// first word of their English title.
var sorts = map[string]sort{
	"preface":          {"preface", "doc-preface", "frontmatter"},
	"foreword":         {"foreword", "doc-foreword", "frontmatter"},
	"introduction":     {"introduction", "doc-introduction", "frontmatter"},
	"prologue":         {"prologue", "doc-prologue", "bodymatter"},
	"conclusion":       {"conclusion", "doc-conclusion", "bodymatter"},
	"epilogue":         {"epilogue", "doc-epilogue", "bodymatter"},
	"afterword":        {"afterword", "doc-afterword", "backmatter"},
	"appendix":         {"appendix", "doc-appendix", "backmatter"},
	"acknowledgments":  {"acknowledgments", "doc-acknowledgments", "backmatter"},
	"acknowledgements": {"acknowledgments", "doc-acknowledgments", "backmatter"},
}

// sortOf tells what a chapter is by its number and title.
func sortOf(c *press.Chapter) sort {
	word, _, _ := strings.Cut(strings.ToLower(c.Title), " ")
	if s, ok := sorts[strings.TrimRight(word, ":.")]; ok && c.Number == 0 {
		return s
	}
	return sort{"chapter", "doc-chapter", "bodymatter"}
}

// title writes the heading of a chapter or part. Number and title stand on two
// lines but are one heading, so that it is read out whole.
func (w *writer) title(id, number, title string) {
	fmt.Fprintf(&w.out, "<header>\n<h1 id=%q%s>", id, w.dir(title))
	if number != "" {
		w.out.WriteString(`<span class="number">` + escape(number) + "</span> ")
	}
	w.out.WriteString(`<span class="title">` + escape(title) + "</span></h1>\n</header>\n")
}

// notes writes the chapter's notes. Reading systems open them at their marks;
// others show them at the end. A note is written before its mark may have been
// seen in a later note, so all texts come first.
func (w *writer) notes(notes []*press.Note) {
	if len(notes) == 0 {
		return
	}
	body := w.out
	texts := make([]string, len(notes))
	for i, n := range notes {
		w.out, w.at = strings.Builder{}, n.Pos
		blocks := n.Blocks
		if p, ok := head(blocks).(*press.Paragraph); ok {
			w.at = p.At
			w.out.WriteByte(' ')
			w.inlines(p.Text)
			blocks = blocks[1:]
		}
		w.out.WriteString("</p>\n")
		w.blocks(blocks)
		texts[i] = w.out.String()
	}
	w.out = strings.Builder{}
	w.out.WriteString(body.String())
	fmt.Fprintf(&w.out, "<section class=\"notes\" epub:type=\"footnotes\" aria-label=\"%s\">\n", escape(w.terms.notes))
	for i, n := range notes {
		fmt.Fprintf(&w.out, "<aside id=%q epub:type=\"footnote\" role=\"doc-footnote\">\n<p>%s", n.ID, w.backLink(n))
		w.out.WriteString(texts[i] + "</aside>\n")
	}
	w.out.WriteString("</section>\n")
}

// backLink is a note's number; it leads back to the first mark, if there is
// one.
func (w *writer) backLink(n *press.Note) string {
	mark := w.marks[n]
	if mark == "" {
		return strconv.Itoa(n.Number) + "."
	}
	return fmt.Sprintf(`<a href="#%s" role="doc-backlink" title="%s">%d.</a>`, mark, escape(w.terms.back), n.Number)
}

// head returns the first block, nil if there is none.
func head(blocks []press.Block) press.Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
}
