package intake

import (
	"fmt"
	"strings"

	"quire/press"
)

// docShape shows a document as lines: every chapter, block, note and cell with
// its words and marks, without IDs and places.
func docShape(doc *press.Document) string {
	var b strings.Builder
	for _, c := range doc.Chapters {
		if c.Opens != nil {
			fmt.Fprintf(&b, "PART %s\n", c.Opens.Title)
		}
		fmt.Fprintf(&b, "CHAPTER %d %s\n", c.Number, c.Title)
		blockShapes(&b, c.Blocks, "  ")
		for _, n := range c.Notes {
			fmt.Fprintf(&b, "  NOTE %d\n", n.Number)
			blockShapes(&b, n.Blocks, "    ")
		}
	}
	return b.String()
}

// knownDivs are the classes that files carry.
var knownDivs = map[string]bool{"epigraph": true, "verse": true, "note": true, "signature": true, "center": true, "imprint": true}

func blockShapes(b *strings.Builder, blocks []press.Block, in string) {
	for _, bl := range blocks {
		switch t := bl.(type) {
		case *press.Paragraph:
			fmt.Fprintf(b, "%sp %s\n", in, textShape(t.Text))
		case *press.Heading:
			fmt.Fprintf(b, "%sh%d %s\n", in, t.Level, textShape(t.Text))
		case *press.Break:
			fmt.Fprintf(b, "%sbreak\n", in)
		case *press.Quote:
			fmt.Fprintf(b, "%squote\n", in)
			blockShapes(b, t.Blocks, in+"  ")
		case *press.List:
			fmt.Fprintf(b, "%slist ordered=%t start=%d tight=%t\n", in, t.Ordered, max(t.Start, 0), t.Tight)
			for _, it := range t.Items {
				fmt.Fprintf(b, "%s- \n", in)
				blockShapes(b, it.Blocks, in+"  ")
			}
		case *press.Code:
			fmt.Fprintf(b, "%scode %q\n", in, t.Text)
		case *press.Definitions:
			fmt.Fprintf(b, "%sdefinitions\n", in)
			for _, it := range t.Items {
				for _, term := range it.Terms {
					fmt.Fprintf(b, "%sterm %s\n", in, textShape(term))
				}
				for _, m := range it.Meanings {
					fmt.Fprintf(b, "%smeaning\n", in)
					blockShapes(b, m, in+"  ")
				}
			}
		case *press.MathBlock:
			fmt.Fprintf(b, "%smath %s\n", in, t.Formula.Plain())
		case *press.Table:
			fmt.Fprintf(b, "%stable %v %s\n", in, t.Align, textShape(t.Caption))
			for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
				fmt.Fprintf(b, "%s|", in)
				for _, c := range row {
					fmt.Fprintf(b, " %s (%d,%d,%t) |", textShape(c.Text), max(c.ColSpan, 1), max(c.RowSpan, 1), c.Covered)
				}
				b.WriteString("\n")
			}
		case *press.Figure:
			fmt.Fprintf(b, "%sfigure image=%t width=%d alt=%q caption=%s\n", in, t.Image != nil, t.Width, t.Alt, textShape(t.Caption))
		case *press.Div:
			class := t.Class
			if !knownDivs[class] {
				class = ""
			}
			if class == "" && t.Lang == "" {
				blockShapes(b, t.Blocks, in)
				continue
			}
			fmt.Fprintf(b, "%sdiv %s lang=%s\n", in, class, t.Lang)
			blockShapes(b, t.Blocks, in+"  ")
		}
	}
}

func textShape(text []press.Inline) string {
	var b strings.Builder
	for _, in := range text {
		switch t := in.(type) {
		case *press.Text:
			b.WriteString(t.Value)
		case *press.Emph:
			b.WriteString("<em>" + textShape(t.Text) + "</em>")
		case *press.Strong:
			b.WriteString("<b>" + textShape(t.Text) + "</b>")
		case *press.Strike:
			b.WriteString("<s>" + textShape(t.Text) + "</s>")
		case *press.CodeSpan:
			b.WriteString("<code>" + t.Value + "</code>")
		case *press.Math:
			b.WriteString("<math>" + t.Formula.Plain() + "</math>")
		case *press.Link:
			b.WriteString("<a " + t.URL + ">" + textShape(t.Text) + "</a>")
		case *press.Ref:
			b.WriteString("<ref>" + textShape(t.Text) + "</ref>")
		case *press.NoteRef:
			fmt.Fprintf(&b, "[%d]", t.Note.Number)
		case *press.LineBreak:
			b.WriteString("<br>")
		}
	}
	return b.String()
}

func blockShape(blocks []press.Block) string {
	var b strings.Builder
	blockShapes(&b, blocks, "")
	return b.String()
}
