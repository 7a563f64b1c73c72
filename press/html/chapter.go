package html

import (
	"fmt"
	"strconv"
	"strings"

	"quire/press"
)

// chapter writes a chapter, and the title of the part that it opens. Top is
// the level of its title.
func (w *writer) chapter(i, top int) {
	c := w.doc.Chapters[i]
	if c.Opens != nil {
		w.part(c.Opens, top)
		top = 2 // below the part, which may have been the first heading of a page
	}
	w.top, w.level = top, top
	label := attr("aria-label", w.label(c))
	number, title := w.heads(c)
	if number+title != "" {
		label = attr("aria-labelledby", "Title-"+c.ID)
	}
	w.line("<section" + attr("id", c.ID) + ` class="chapter" role="` + roleOf(c) + `"` + label + ">")
	if number+title != "" {
		w.title("Title-"+c.ID, top, number, title)
	}
	w.opening(c.Blocks)
	w.notes(c)
	w.line("</section>")
}

// part writes a part's title.
func (w *writer) part(p *press.Part, top int) {
	number := w.words.Label(w.words.Part, strings.ToUpper(press.Roman(p.Number)))
	if says(p.Title, w.words.Part) {
		number = ""
	}
	w.line("<div" + attr("id", p.ID) + ` class="part">`)
	w.title("Title-"+p.ID, top, number, p.Title)
	w.line("</div>")
}

// heads is what stands above a chapter: "Chapter 7" and its title, either of
// which may be empty.
func (m *maker) heads(c *press.Chapter) (number, title string) {
	if c.Number > 0 {
		number = m.words.Label(m.words.Chapter, strconv.Itoa(c.Number))
	}
	if c.Title == "" || says(c.Title, number) {
		return "", first(c.Title, number)
	}
	return number, c.Title
}

// label is what a chapter is called in the contents; never empty.
func (m *maker) label(c *press.Chapter) string {
	number, title := m.heads(c)
	if number == "" {
		return first(title, m.title)
	}
	return strconv.Itoa(c.Number) + ". " + title
}

// says reports whether a title begins with some words already.
func says(title, words string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(title), strings.ToLower(words))
	return ok && words != "" && (rest == "" || strings.IndexAny(rest, " :.–—-") == 0)
}

// roles are those of chapters without number, by the first word of their
// English title.
var roles = map[string]string{
	"preface": "preface", "foreword": "foreword", "introduction": "introduction", "prologue": "prologue",
	"conclusion": "conclusion", "epilogue": "epilogue", "afterword": "afterword", "appendix": "appendix",
	"acknowledgments": "acknowledgments", "acknowledgements": "acknowledgments",
}

// roleOf tells what a chapter is by its number and title.
func roleOf(c *press.Chapter) string {
	word, _, _ := strings.Cut(strings.ToLower(c.Title), " ")
	if role := roles[strings.TrimRight(word, ":.")]; role != "" && c.Number == 0 {
		return "doc-" + role
	}
	return "doc-chapter"
}

// title writes the heading of a chapter or part. Number and title stand on two
// lines but are one heading, so that it is read out whole.
func (w *writer) title(id string, level int, number, title string) {
	tag := "h" + strconv.Itoa(level)
	fmt.Fprintf(&w.out, "<div class=\"head\"><%s id=\"%s\"%s>", tag, id, w.dir(title))
	if number != "" {
		w.out.WriteString(`<span class="number">` + Escape(number) + "</span> ")
	}
	w.out.WriteString(`<span class="title">` + Escape(title) + "</span></" + tag + "></div>\n")
}
