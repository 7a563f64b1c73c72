package docx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"quire/press"
)

// content is what readers of a book get, counted from the document on one side
// and from the file on the other.
type content struct {
	words    []string // of the text in order, without those of notes
	notes    []string // each as a line of words
	headings []string // level and text
	cells    []string
	alts     []string
}

// wordsOf are the words of a text.
func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// line is a text as one line of words.
func line(s string) string { return strings.Join(wordsOf(s), " ") }

// contentOf is what a document says, in the words that a theme adds.
func contentOf(doc *press.Document, theme press.Theme) content {
	c := &counter{theme: theme, words: press.WordsIn(doc.Lang)}
	m := doc.Meta
	c.say(m.Title, m.Subtitle, m.Author, m.Publisher)
	if m.Publisher+m.Date+m.ISBN != "" {
		isbn := ""
		if m.ISBN != "" {
			isbn = "ISBN " + m.ISBN
		}
		c.say(m.Title, m.Author, m.Publisher, m.Date, isbn)
	}
	c.say(m.Imprint...)
	c.blocks(doc.Dedication)
	if figures := captioned(doc); theme.List > 0 && figures >= theme.List {
		c.say(c.words.Figures)
	}
	for _, ch := range doc.Chapters {
		if ch.Opens != nil {
			if !says(ch.Opens.Title, c.words.Part) {
				c.say(c.words.Label(c.words.Part, strings.ToUpper(press.Roman(ch.Opens.Number))))
			}
			c.heading(1, ch.Opens.Title)
		}
		label := ""
		if ch.Number > 0 {
			label = c.words.Label(c.words.Chapter, strconv.Itoa(ch.Number))
		}
		if theme.Opening.Place == "above" && ch.Number > 0 && ch.Title != "" {
			if theme.Opening.Figure {
				c.say(strconv.Itoa(ch.Number))
			} else {
				c.say(label)
			}
		}
		c.heading(1, first(ch.Title, label, m.Title))
		c.blocks(ch.Blocks)
	}
	return c.content
}

// captioned counts the figures that a list of figures has.
func captioned(doc *press.Document) int {
	n := 0
	for _, c := range doc.Chapters {
		eachBlock(c.Blocks, func(b press.Block) {
			if f, ok := b.(*press.Figure); ok && f.Number > 0 {
				n++
			}
		})
	}
	return n
}

// counter collects a document's content.
type counter struct {
	content
	theme press.Theme
	words press.Words
	seen  map[*press.Note]bool
}

// say adds words to the text.
func (c *counter) say(texts ...string) {
	for _, t := range texts {
		c.content.words = append(c.content.words, wordsOf(t)...)
	}
}

// heading adds a heading.
func (c *counter) heading(level int, text string) {
	c.say(text)
	c.headings = append(c.headings, fmt.Sprintf("%d %s", level, line(text)))
}

// text is the words of running text; formulas are drawn and page numbers
// counted. Notes are added as they come.
func (c *counter) text(text []press.Inline) string {
	var b strings.Builder
	for _, in := range text {
		switch t := in.(type) {
		case *press.Text:
			b.WriteString(t.Value)
		case *press.CodeSpan:
			b.WriteString(t.Value)
		case *press.LineBreak:
			b.WriteString("\n")
		case *press.NoteRef:
			if c.seen == nil {
				c.seen = map[*press.Note]bool{}
			}
			if !c.seen[t.Note] {
				c.seen[t.Note] = true
				in := &counter{theme: c.theme, words: c.words}
				in.blocks(t.Note.Blocks)
				c.notes = append(c.notes, strings.Join(in.content.words, " "))
			}
		case *press.Ref:
			if !t.Page {
				b.WriteString(c.text(t.Text))
			}
		default:
			b.WriteString(c.text(press.Inside(in)))
		}
	}
	return b.String()
}

// blocks adds blocks.
func (c *counter) blocks(blocks []press.Block) {
	for _, block := range blocks {
		switch t := block.(type) {
		case *press.Paragraph:
			c.say(c.text(t.Text))
		case *press.Heading:
			c.heading(t.Level, c.text(t.Text))
		case *press.Code:
			c.say(t.Text)
		case *press.Figure:
			if t.Image != nil {
				c.alts = append(c.alts, t.Alt)
			} else if t.Caption == nil || press.Plain(t.Caption) != t.Alt {
				c.say(t.Alt)
			}
			c.caption(c.words.Figure, t.Number, t.Caption)
		case *press.Table:
			c.caption(c.words.Table, t.Number, t.Caption)
			c.table(t)
		case *press.Definitions:
			for _, it := range t.Items {
				for _, term := range it.Terms {
					c.say(c.text(term))
				}
				for _, meaning := range it.Meanings {
					c.blocks(meaning)
				}
			}
		default:
			kids, texts := inside(block)
			for i := range texts {
				c.say(c.text(texts[i]))
			}
			for _, k := range kids {
				c.blocks(k)
			}
		}
	}
}

// caption adds a caption with its label.
func (c *counter) caption(word string, number int, text []press.Inline) {
	if c.theme.Figures && number > 0 {
		c.say(c.words.Label(word, strconv.Itoa(number)))
	}
	c.say(c.text(text))
}

// table adds the cells of a table.
func (c *counter) table(t *press.Table) {
	rows := t.Rows
	for _, cell := range t.Head {
		if strings.TrimSpace(press.Plain(cell.Text)) != "" {
			rows = append([][]press.Cell{t.Head}, t.Rows...)
			break
		}
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell.Covered {
				continue
			}
			text := c.text(cell.Text)
			c.say(text)
			c.cells = append(c.cells, line(text))
		}
	}
}
