package press

import (
	"quire/book"
)

// Document is a whole book as a typed tree: what every output reads. It is
// made by Parse, never stored, and not changed afterwards, so goroutines may
// share it.
type Document struct {
	Meta     book.Meta // quotes and dashes are typographic already
	Lang     string    // BCP 47; never empty
	Parts    []*Part
	Chapters []*Chapter
	Images   []*Image // each picture once, in order of first use
	Cover    *Image   // the manuscript's own cover, also in Images; nil if it has none

	Dedication []Block // for a page of its own before the text; nil if there is none

	Source book.Manuscript // what Parse read, as it was

	charts []chart
}

// Part is a group of chapters with a title.
type Part struct {
	ID     string // unique in the book
	Number int    // from 1
	Title  string
}

// Chapter is one chapter. Number is 0 for a preface and the like. What Meta
// says about the author is the last one; it is not in Source.Chapters.
type Chapter struct {
	ID     string // unique in the book
	Number int
	Title  string
	Opens  *Part // the part that begins before this chapter, or nil
	Blocks []Block
	Notes  []*Note // in the order of their numbers
	Pos    Pos
}

// Note is a footnote. Numbers begin afresh in each chapter.
type Note struct {
	ID     string // unique in the book
	Number int    // from 1
	Blocks []Block
	Pos    Pos
}

// Block is a block of text: *Paragraph, *Heading, *Break, *Quote, *List,
// *Code, *Table, *Figure, *Definitions, *MathBlock or *Div. Where returns its place in the manuscript.
type Block interface{ Where() Pos }

// Paragraph is a run of text.
type Paragraph struct {
	At   Pos
	Text []Inline
}

// Heading is a section title inside a chapter. Level is 2 to 6.
type Heading struct {
	At    Pos
	Level int
	ID    string // unique in the book; never empty
	Text  []Inline
}

// Break is a pause between scenes.
type Break struct{ At Pos }

// Quote is a block quotation.
type Quote struct {
	At     Pos
	Blocks []Block
}

// List is a list. Start is the first number of an ordered one; a tight list
// has no space between its items.
type List struct {
	At      Pos
	Ordered bool
	Start   int
	Tight   bool
	Items   []Item
}

// Item is one entry of a list.
type Item struct{ Blocks []Block }

// Code is preformatted text. Text has no newline at its end; tabs are spaces.
type Code struct {
	At       Pos
	Language string
	Text     string
}

// Table is a table with one head row. Every row has len(Align) cells, those
// included that a larger cell covers. Number counts the captioned tables of the
// book from 1 and is 0 without a caption.
type Table struct {
	At      Pos
	ID      string // unique in the book; may be empty
	Number  int
	Caption []Inline
	Align   []Align
	Head    []Cell
	Rows    [][]Cell
}

// Cell is one table cell. It takes ColSpan columns and RowSpan rows (0 and 1
// are one); the cells under it are Covered and have no text.
type Cell struct {
	Text             []Inline
	ColSpan, RowSpan int
	Covered          bool
}

// Definitions is a list of terms and what they mean.
type Definitions struct {
	At    Pos
	Items []Definition
}

// Definition is some terms that mean the same, and their meanings.
type Definition struct {
	Terms    [][]Inline
	Meanings [][]Block
}

// Align is how a column's cells stand.
type Align int

// The alignments of a column.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Figure is a picture with its caption. Number counts the captioned figures
// of the book from 1 and is 0 without a caption. Image is nil when the
// picture is missing or broken; Alt is shown in its place then.
type Figure struct {
	At      Pos
	ID      string // unique in the book; never empty
	Number  int
	Image   *Image
	Alt     string
	Caption []Inline
	Data    *Table // the numbers of a chart that was drawn from data, for readers who cannot see it; nil for pictures
	Width   int64  // thousandths of the text's width; 0 is as large as looks well
	Here    bool   // stays where it stands in the text; others may float to a page near by
	Plate   bool   // has a page of its own and fills it to the edges, and over them where there is bleed
}

// Div is a block with a class, written "::: name". Epigraph, verse, note,
// signature, center and imprint have a look of their own; others look like
// plain text. Lang is "" when it is the surrounding one.
type Div struct {
	At     Pos
	Class  string
	ID     string // unique in the book; may be empty
	Lang   string
	Blocks []Block
}

// Where returns the place of the paragraph in the manuscript.
func (b *Paragraph) Where() Pos { return b.At }

// Where returns the place of the heading in the manuscript.
func (b *Heading) Where() Pos { return b.At }

// Where returns the place of the break in the manuscript.
func (b *Break) Where() Pos { return b.At }

// Where returns the place of the quotation in the manuscript.
func (b *Quote) Where() Pos { return b.At }

// Where returns the place of the list in the manuscript.
func (b *List) Where() Pos { return b.At }

// Where returns the place of the code in the manuscript.
func (b *Code) Where() Pos { return b.At }

// Where returns the place of the table in the manuscript.
func (b *Table) Where() Pos { return b.At }

// Where returns the place of the definitions in the manuscript.
func (b *Definitions) Where() Pos { return b.At }

// Where returns the place of the figure in the manuscript.
func (b *Figure) Where() Pos { return b.At }

// Where returns the place of the div in the manuscript.
func (b *Div) Where() Pos { return b.At }
