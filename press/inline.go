package press

import (
	"strings"
	"unicode"
)

// Inline is a piece of running text: *Text, *Emph, *Strong, *Strike,
// *CodeSpan, *Math, *Link, *Ref, *NoteRef or *LineBreak.
type Inline interface{ inline() }

// Text is plain text with typographic quotes and dashes.
type Text struct{ Value string }

// Emph is emphasised text, usually italic.
type Emph struct{ Text []Inline }

// Strong is strongly emphasised text, usually bold.
type Strong struct{ Text []Inline }

// Strike is struck-out text.
type Strike struct{ Text []Inline }

// CodeSpan is text in a typewriter face; nothing in it is changed.
type CodeSpan struct{ Value string }

// Link leads out of the book; URL is http, https or mailto.
type Link struct {
	URL  string
	Text []Inline
}

// Ref leads to a chapter, heading, figure, table or div of this book by its
// ID, which exists. With Page it shows the number of the target's page, where
// there are pages, in the place of its text.
type Ref struct {
	Target string
	Page   bool
	Text   []Inline
}

// NoteRef is the mark of a footnote.
type NoteRef struct{ Note *Note }

// LineBreak is a forced end of line.
type LineBreak struct{}

func (*Text) inline()      {}
func (*Emph) inline()      {}
func (*Strong) inline()    {}
func (*Strike) inline()    {}
func (*CodeSpan) inline()  {}
func (*Link) inline()      {}
func (*Ref) inline()       {}
func (*NoteRef) inline()   {}
func (*LineBreak) inline() {}

// Plain returns the words of some text without marks, notes and styles.
func Plain(text []Inline) string {
	var b strings.Builder
	for _, in := range text {
		switch t := in.(type) {
		case *Text:
			b.WriteString(t.Value)
		case *CodeSpan:
			b.WriteString(t.Value)
		case *Math:
			b.WriteString(t.Formula.Plain())
		case *LineBreak:
			b.WriteByte(' ')
		default:
			b.WriteString(Plain(Inside(in)))
		}
	}
	return b.String()
}

// Inside returns the text that an inline holds, nil if it holds none.
func Inside(in Inline) []Inline {
	switch t := in.(type) {
	case *Emph:
		return t.Text
	case *Strong:
		return t.Text
	case *Strike:
		return t.Text
	case *Link:
		return t.Text
	case *Ref:
		return t.Text
	}
	return nil
}

// Words counts the words of the chapters: titles, text, notes, tables and
// captions; code is not counted.
func (d *Document) Words() int {
	n := 0
	for _, c := range d.Chapters {
		n += countWords(c.Title) + blockWords(c.Blocks)
		for _, note := range c.Notes {
			n += blockWords(note.Blocks)
		}
	}
	return n
}

// blockWords counts the words of blocks and what is in them.
func blockWords(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		switch t := b.(type) {
		case *Paragraph:
			n += countWords(Plain(t.Text))
		case *Heading:
			n += countWords(Plain(t.Text))
		case *Figure:
			n += countWords(Plain(t.Caption))
		case *Quote:
			n += blockWords(t.Blocks)
		case *Div:
			n += blockWords(t.Blocks)
		case *List:
			for _, it := range t.Items {
				n += blockWords(it.Blocks)
			}
		case *Table:
			n += tableWords(t)
		case *Definitions:
			n += definitionWords(t)
		}
	}
	return n
}

// definitionWords counts the words of terms and their meanings.
func definitionWords(t *Definitions) int {
	n := 0
	for _, it := range t.Items {
		for _, term := range it.Terms {
			n += countWords(Plain(term))
		}
		for _, meaning := range it.Meanings {
			n += blockWords(meaning)
		}
	}
	return n
}

// tableWords counts the words of a table's cells and caption.
func tableWords(t *Table) int {
	n := countWords(Plain(t.Caption))
	for _, row := range append([][]Cell{t.Head}, t.Rows...) {
		for _, c := range row {
			n += countWords(Plain(c.Text))
		}
	}
	return n
}

// countWords counts the fields that hold a letter or a digit.
func countWords(s string) int {
	n := 0
	for f := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}
