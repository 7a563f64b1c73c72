package docx

import "quire/press"

// inside returns the blocks that a block holds, list by list, and the texts
// that stand in it by themselves.
func inside(b press.Block) (blocks [][]press.Block, texts [][]press.Inline) {
	switch t := b.(type) {
	case *press.Paragraph:
		texts = append(texts, t.Text)
	case *press.Heading:
		texts = append(texts, t.Text)
	case *press.Figure:
		texts = append(texts, t.Caption)
	case *press.Table:
		texts = append(texts, t.Caption)
		for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
			for i := range row {
				texts = append(texts, row[i].Text)
			}
		}
	case *press.Quote:
		blocks = append(blocks, t.Blocks)
	case *press.Div:
		blocks = append(blocks, t.Blocks)
	case *press.List:
		for _, it := range t.Items {
			blocks = append(blocks, it.Blocks)
		}
	case *press.Definitions:
		for _, it := range t.Items {
			texts = append(texts, it.Terms...)
			blocks = append(blocks, it.Meanings...)
		}
	}
	return blocks, texts
}

// eachBlock visits blocks and all that are in them, in reading order.
func eachBlock(blocks []press.Block, visit func(press.Block)) {
	for _, b := range blocks {
		visit(b)
		kids, _ := inside(b)
		for _, list := range kids {
			eachBlock(list, visit)
		}
	}
}

// eachInline visits the text of blocks, and what is in it.
func eachInline(blocks []press.Block, visit func(press.Inline)) {
	eachBlock(blocks, func(b press.Block) {
		_, texts := inside(b)
		for _, text := range texts {
			eachIn(text, visit)
		}
	})
}

// eachIn visits text and what is in it.
func eachIn(text []press.Inline, visit func(press.Inline)) {
	for _, in := range text {
		visit(in)
		eachIn(press.Inside(in), visit)
	}
}
