package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// markdownWriter writes the text of one chapter in the Markdown of quire.
type markdownWriter struct {
	ids   map[string]string // what keys are called in the manuscript
	notes []*note           // that the chapter refers to, in order
	tally *tally
	depth int // blocks around the one in work
}

// maxBlockDepth is how deep blocks may lie in each other; what is deeper stands
// at that level.
const maxBlockDepth = 20

// chapter writes a chapter's blocks and, behind them, its notes. A note may
// refer to another one.
func (w *markdownWriter) chapter(blocks []block) string {
	var b strings.Builder
	b.WriteString(w.blocks(blocks))
	for i := 0; i < len(w.notes); i++ {
		n := w.notes[i]
		body := w.blocks(n.blocks)
		if body == "" {
			body = separator
		}
		b.WriteString("\n\n" + indented("[^"+strconv.Itoa(i+1)+"]: ", body, 4))
	}
	for _, n := range w.notes {
		n.label = ""
	}
	return strings.Trim(b.String(), "\n") + "\n"
}

// page writes blocks that stand on a page of their own, "" if there are none.
func (w *markdownWriter) page(blocks []block) string {
	w.notes = nil
	return strings.TrimSpace(w.chapter(blocks))
}

// number is the label of a note in this chapter.
func (w *markdownWriter) number(n *note) string {
	if n.label == "" {
		w.notes = append(w.notes, n)
		n.label = strconv.Itoa(len(w.notes))
	}
	return n.label
}

// separator stands between blocks that would otherwise be read as one.
const separator = "<!-- -->"

// blocks writes blocks with blank lines between them.
func (w *markdownWriter) blocks(list []block) string {
	var b strings.Builder
	var before block
	for _, now := range list {
		s := w.block(now)
		if s == "" {
			continue
		}
		if before != nil {
			b.WriteString("\n\n")
			if runsTogether(before, now) {
				b.WriteString(separator + "\n\n")
			}
		}
		b.WriteString(s)
		before = now
	}
	return b.String()
}

// runsTogether reports whether two neighbours would be read as one block.
func runsTogether(before, now block) bool {
	switch b := before.(type) {
	case *listing:
		n, ok := now.(*listing)
		return ok && n.ordered == b.ordered
	case *glossary:
		_, ok := now.(*glossary)
		return ok
	}
	return false
}

// block writes one block, "" if there is nothing in it.
func (w *markdownWriter) block(b block) string {
	w.depth++
	defer func() { w.depth-- }()
	if inner := blocksOf(b); w.depth > maxBlockDepth && inner != nil {
		var parts []string
		for _, list := range inner {
			if s := w.blocks(list); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "\n\n")
	}
	switch t := b.(type) {
	case *paragraph:
		return w.named(t.id, w.line(t.text, setting{}))
	case *section:
		return w.section(t)
	case *pause:
		return w.named(t.id, "***")
	case *quotation:
		return w.named(t.id, prefixLines("> ", w.blocks(t.blocks)))
	case *division:
		return w.division(t)
	case *listing:
		return w.named(t.id, w.listing(t))
	case *program:
		return w.named(t.id, w.program(t))
	case *grid:
		return w.grid(t)
	case *glossary:
		return w.named(t.id, w.glossary(t))
	case *equation:
		return w.equation(t)
	case *picture:
		return w.picture(t)
	}
	return ""
}

// named puts something that can carry no ID itself into a div that does.
func (w *markdownWriter) named(id, s string) string {
	if id == "" || s == "" {
		return s
	}
	return "::: {#" + id + "}\n" + s + "\n:::"
}

// section writes the title of one.
func (w *markdownWriter) section(t *section) string {
	s := w.line(t.text, setting{title: true})
	if s == "" {
		return ""
	}
	return strings.Repeat("#", min(max(t.level, 2), 6)) + " " + s + braces(t.id)
}

// braces is an ID behind a title, picture or formula.
func braces(id string) string {
	if id == "" {
		return ""
	}
	return " {#" + id + "}"
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// division writes a fenced div.
func (w *markdownWriter) division(t *division) string {
	body := w.blocks(t.blocks)
	if body == "" {
		return ""
	}
	var attrs []string
	if t.class != "" {
		attrs = append(attrs, "."+t.class)
	}
	if t.id != "" {
		attrs = append(attrs, "#"+t.id)
	}
	if languageTag.MatchString(t.lang) {
		attrs = append(attrs, "lang="+t.lang)
	}
	switch {
	case len(attrs) == 0:
		return body
	case len(attrs) == 1 && t.class != "":
		return "::: " + t.class + "\n" + body + "\n:::"
	}
	return "::: {" + strings.Join(attrs, " ") + "}\n" + body + "\n:::"
}

// listing writes a list.
func (w *markdownWriter) listing(t *listing) string {
	var items []string
	tight := t.tight
	for i, blocks := range t.items {
		sign := "- "
		if t.ordered {
			sign = strconv.Itoa(min(max(t.start, 0)+i, 999_999_999)) + ". "
		}
		body := w.item(blocks, tight)
		if body == "" {
			body = separator
		}
		items = append(items, indented(sign, body, len(sign)))
	}
	if tight {
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

// item writes what an item holds. In a tight list, a paragraph and the list
// below it have no blank line between them.
func (w *markdownWriter) item(blocks []block, tight bool) string {
	if !tight || len(blocks) != 2 {
		return w.blocks(blocks)
	}
	p, isText := blocks[0].(*paragraph)
	l, isList := blocks[1].(*listing)
	if !isText || !isList || l.ordered && l.start != 1 || p.id != "" || l.id != "" {
		return w.blocks(blocks)
	}
	return strings.TrimPrefix(w.block(p)+"\n"+w.block(l), "\n")
}

// indented puts a mark before the first line of a text and blanks before the
// others.
func indented(sign, s string, blanks int) string {
	return sign + strings.TrimLeft(prefixLines(strings.Repeat(" ", blanks), s), " ")
}

// prefixLines puts something before each line; blank lines get none of its
// blanks.
func prefixLines(sign, s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for line := range strings.Lines(s) {
		if line == "\n" {
			b.WriteString(strings.TrimRight(sign, " "))
		} else {
			b.WriteString(sign)
		}
		b.WriteString(line)
	}
	return b.String()
}

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]{1,40}$`)

// program writes code between fences that are longer than any in it.
func (w *markdownWriter) program(t *program) string {
	code := strings.TrimRight(t.text, "\n ")
	if strings.TrimSpace(code) == "" {
		return ""
	}
	fence := "```"
	for line := range strings.Lines(code) {
		line = strings.TrimLeft(line, " \t>")
		if n := len(line) - len(strings.TrimLeft(line, "`")); n >= len(fence) {
			fence = strings.Repeat("`", n+1)
		}
	}
	language := t.language
	if !languageName.MatchString(language) {
		language = ""
	}
	return fence + language + "\n" + code + "\n" + fence
}

// glossary writes terms and meanings.
func (w *markdownWriter) glossary(t *glossary) string {
	var items []string
	for _, it := range t.items {
		var b strings.Builder
		for _, term := range it.terms {
			if s := w.line(withoutEnds(term), setting{}); s != "" {
				b.WriteString(s + "\n")
			}
		}
		for i, meaning := range it.meanings {
			body := w.blocks(meaning)
			if body == "" {
				body = separator
			}
			if i > 0 {
				b.WriteString("\n\n")
			}
			b.WriteString(indented(":   ", body, 4))
		}
		items = append(items, strings.TrimRight(b.String(), "\n"))
	}
	return strings.Join(items, "\n\n")
}

// withoutEnds puts blanks in the place of line ends.
func withoutEnds(list []inline) []inline {
	out := make([]inline, len(list))
	for i, in := range list {
		switch t := in.(type) {
		case newline:
			out[i] = phrase(" ")
		case *marked:
			out[i] = &marked{t.style, withoutEnds(t.text)}
		case *link:
			out[i] = &link{t.url, t.key, withoutEnds(t.text), t.page}
		default:
			out[i] = in
		}
	}
	return out
}

// equation writes a formula on a line of its own.
func (w *markdownWriter) equation(t *equation) string {
	s := mathSource(t.source, false)
	if s == "" {
		return ""
	}
	return "$$" + s + "$$" + braces(t.id)
}

// picture writes a picture. Its description is the caption, unless the two say
// different things: then the caption is the title.
func (w *markdownWriter) picture(t *picture) string {
	alt, caption := oneLine(shown(t.alt)), plainOf(t.caption)
	words, title := "", ""
	switch {
	case caption == "" && alt == "":
	case caption == "":
		words, title = escape(alt, setting{}, false, false, true), ` " "`
	case alt == "" || alt == caption:
		words = w.line(withoutEnds(t.caption), setting{title: true})
	default:
		if !plainly(t.caption) {
			w.tally.lose(lostCaptions)
		}
		words, title = escape(alt, setting{}, false, false, true), ` "`+escapeTitle(caption)+`"`
	}
	attrs := ""
	switch {
	case t.id != "" && t.width > 0:
		attrs = fmt.Sprintf("{#%s width=%s}", t.id, percentage(t.width))
	case t.id != "":
		attrs = "{#" + t.id + "}"
	case t.width > 0:
		attrs = "{width=" + percentage(t.width) + "}"
	}
	return "![" + words + "](" + t.file + title + ")" + attrs
}

// plainly reports whether a text is nothing but words.
func plainly(list []inline) bool {
	for _, in := range list {
		switch in.(type) {
		case phrase, anchor, newline:
		default:
			return false
		}
	}
	return true
}

// escapeTitle writes plain text for the title of a picture.
func escapeTitle(s string) string {
	return urlEntity.ReplaceAllString(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s), `\&$1`)
}

// percentage writes thousandths as 62.5%.
func percentage(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n/10) + "%"
	}
	return fmt.Sprintf("%d.%d%%", n/10, n%10)
}
