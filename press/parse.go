package press

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"

	"quire/book"
	"quire/problem"
)

// Parse reads a manuscript. Whatever the Markdown holds, a document comes
// out; what had to be left out or changed is in the warnings. The error is a
// problem.Invalid for a manuscript that is no book: no title or no chapter.
func Parse(m book.Manuscript) (*Document, []Warning, error) {
	if strings.TrimSpace(m.Meta.Title) == "" {
		return nil, nil, problem.New(problem.Invalid, "the manuscript has no title").Try("give it one in book.yaml or with --title")
	}
	if len(m.Chapters) == 0 {
		return nil, nil, problem.New(problem.Invalid, "the manuscript has no chapters").Try("add at least one Markdown file")
	}
	r := &reader{doc: &Document{Source: m}, assets: m.Assets, ids: map[string]bool{}, again: map[string]int{}, names: map[string]string{}, images: map[string]*Image{}, markdown: markdown()}
	r.meta(m.Meta)
	texts := r.withAbout(m)
	r.claimChapters(texts)
	r.dedication(m.Meta.Dedication)
	for i := range texts {
		r.chapter(&texts[i], r.doc.Chapters[i])
	}
	r.resolve()
	r.warnings = append(r.warnings, r.doc.Illustrate(Options{})...)
	return r.doc, r.warnings, nil
}

// reader is the state of one Parse.
type reader struct {
	doc      *Document
	words    Words
	assets   fs.FS
	markdown parser.Parser
	warnings []Warning
	ids      map[string]bool
	again    map[string]int    // the last number that made a name an ID
	images   map[string]*Image // by source; nil is known to be unusable
	figures  int
	tables   int
	names    map[string]string // what a reference calls the things with these IDs
	refs     []pendingRef

	src   []byte // of the chapter in work, cleaned
	lines []int  // offsets where its lines begin
	file  string
	lang  string // of the text in work: the book's, or a div's
	notes map[int]*Note
	used  map[ast.Node]bool // captions that a table has taken
	depth int
	cell  bool // inside a table
}

// markdown is the dialect: CommonMark, tables, footnotes, strikethrough,
// definition lists, formulas, heading attributes and fenced divs. Goldmark's
// second pass over tables, which takes a time that grows with the square of
// their cells, is left out; codeSpan does its work.
func markdown() parser.Parser {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Footnote, extension.Strikethrough, extension.DefinitionList),
		goldmark.WithParserOptions(
			parser.WithHeadingAttribute(),
			parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
			parser.WithBlockParsers(util.Prioritized(divParser{}, 650), util.Prioritized(mathParagraph{}, 640)),
			parser.WithInlineParsers(util.Prioritized(mathSpan{}, 150)),
		),
	)
	return md.Parser()
}

// maxWarnings is how many warnings people get to see.
const maxWarnings = 1000

// warn notes a warning at a place of the chapter in work.
func (r *reader) warn(pos Pos, format string, args ...any) {
	if len(r.warnings) == maxWarnings {
		r.warnings = append(r.warnings, Warning{Detail: fmt.Sprintf("there are more than %d warnings; the rest is left out", maxWarnings)})
	}
	if len(r.warnings) > maxWarnings {
		return
	}
	r.warnings = append(r.warnings, Warning{Detail: fmt.Sprintf(format, args...), Pos: pos})
}

// meta takes over what stands on the title page.
func (r *reader) meta(m book.Meta) {
	r.doc.Lang = "en"
	if m.Language != "" {
		if tag, err := language.Parse(m.Language); err == nil {
			r.doc.Lang = tag.String()
		} else {
			r.warn(Pos{}, "the language %q is not known; the book is set as English", m.Language)
		}
	}
	r.words, r.lang = WordsIn(r.doc.Lang), r.doc.Lang
	m.Title, m.Subtitle = r.plain(m.Title), r.plain(m.Subtitle)
	m.Author, m.Publisher = r.plain(m.Author), r.plain(m.Publisher)
	m.Genre, m.Series = r.plain(m.Genre), r.plain(m.Series)
	m.Imprint, m.Keywords = r.plains(m.Imprint), r.plains(m.Keywords)
	m.Description = r.paragraphs(m.Description)
	r.doc.Meta = m
	if m.Cover != "" {
		r.doc.Cover = r.image(m.Cover, Pos{})
	}
}

// withAbout returns the manuscript's chapters and, behind them, what it says
// about the author.
func (r *reader) withAbout(m book.Manuscript) []book.Text {
	if strings.TrimSpace(m.Meta.About) == "" {
		return m.Chapters
	}
	about := book.Text{ID: r.free("about", m.Chapters), Title: r.words.About, Markdown: m.Meta.About, Source: "about"}
	return append(m.Chapters[:len(m.Chapters):len(m.Chapters)], about)
}

// free returns an ID like the wanted one that no chapter has.
func (r *reader) free(want string, texts []book.Text) string {
	taken := map[string]bool{}
	for i := range texts {
		taken[asID(texts[i].ID)] = true
	}
	id := want
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%d", want, n)
	}
	return id
}

// dedication parses the dedication. It has no notes: they would have no page.
func (r *reader) dedication(markdown string) {
	if strings.TrimSpace(markdown) != "" {
		r.doc.Dedication = r.blocks(r.open("dedication", markdown))
	}
}

// plain makes a title or name typographic and free of control characters.
func (r *reader) plain(s string) string {
	clean, _ := cleanText(s)
	return strings.Join(strings.Fields(smarten(clean, r.doc.Lang)), " ")
}

// plains makes each text of a list typographic.
func (r *reader) plains(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, r.plain(s))
	}
	return out
}

// paragraphs makes a plain text typographic: a line each paragraph, with a blank
// line between them.
func (r *reader) paragraphs(s string) string {
	var out []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = r.plain(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}

// claimChapters makes the chapters with their parts, so that chapter IDs are
// taken before any heading asks for one.
func (r *reader) claimChapters(texts []book.Text) {
	number := 0
	for i, t := range texts {
		c := &Chapter{Title: r.plain(t.Title), Pos: Pos{File: t.Source}}
		if t.ID != "" && r.ids[asID(t.ID)] {
			r.warn(c.Pos, "the chapter id %q is used twice", t.ID)
		}
		c.ID = r.claim(asID(t.ID), fmt.Sprintf("chapter-%d", i+1))
		r.names[c.ID] = c.Title
		if t.Numbered {
			number++
			c.Number = number
			r.names[c.ID] = r.label(r.words.Chapter, strconv.Itoa(number))
		}
		if part := r.plain(t.Part); part != "" {
			n := len(r.doc.Parts) + 1
			c.Opens = &Part{ID: r.claim("", fmt.Sprintf("part-%d", n)), Number: n, Title: part}
			r.doc.Parts = append(r.doc.Parts, c.Opens)
			r.names[c.Opens.ID] = r.label(r.words.Part, strings.ToUpper(Roman(n)))
		}
		r.doc.Chapters = append(r.doc.Chapters, c)
	}
}

// chapter parses the Markdown of one chapter.
func (r *reader) chapter(t *book.Text, c *Chapter) {
	root := r.open(t.Source, t.Markdown)
	r.claimNotes(root, c)
	c.Blocks = r.blocks(root)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*east.FootnoteList); ok {
			r.noteTexts(list)
		}
	}
}

// open cleans a text, makes it the one in work and reads its Markdown.
func (r *reader) open(file, markdown string) ast.Node {
	r.file = file
	clean, damaged := cleanText(markdown)
	r.src, r.lines = []byte(clean), lineStarts(clean)
	r.notes, r.used, r.depth = map[int]*Note{}, map[ast.Node]bool{}, 0
	r.warnDamage(damaged)
	r.guard()
	return r.markdown.Parse(text.NewReader(r.src))
}

// claimNotes makes the chapter's notes, so that their marks can point at them.
func (r *reader) claimNotes(root ast.Node, c *Chapter) {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		list, ok := n.(*east.FootnoteList)
		if !ok {
			continue
		}
		for f := list.FirstChild(); f != nil; f = f.NextSibling() {
			foot, ok := f.(*east.Footnote)
			if !ok || foot.Index < 1 {
				continue
			}
			note := &Note{Number: len(c.Notes) + 1, Pos: r.pos(foot)}
			note.ID = r.claim("", fmt.Sprintf("%s-note-%d", c.ID, note.Number))
			c.Notes = append(c.Notes, note)
			r.notes[foot.Index] = note
		}
	}
}

// noteTexts parses what the notes say.
func (r *reader) noteTexts(list *east.FootnoteList) {
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		if foot, ok := f.(*east.Footnote); ok && r.notes[foot.Index] != nil {
			r.notes[foot.Index].Blocks = r.blocks(foot)
		}
	}
}
