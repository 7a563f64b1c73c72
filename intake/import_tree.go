package intake

// The text of an imported book, before it is written as Markdown. It is what
// DOCX and EPUB have in common with the Markdown of quire.

// block is a paragraph, section title, table or the like.
type block interface{ where() *spot }

// spot is a place in the book that links may lead to. Keys are its names in the
// file that is read; id is the one that it gets, "" if nothing leads there.
type spot struct {
	keys []string
	id   string
}

func (s *spot) where() *spot { return s }

type (
	// paragraph is a run of text.
	paragraph struct {
		spot
		text []inline
	}
	// section is the title of one; level is 1 to 6.
	section struct {
		spot
		level int
		label string // numbering that stood before it: Chapter 7
		text  []inline
	}
	// pause stands between scenes.
	pause struct{ spot }
	// quotation is a block quotation.
	quotation struct {
		spot
		blocks []block
	}
	// listing is a list.
	listing struct {
		spot
		ordered, tight bool
		start          int
		items          [][]block
	}
	// program is preformatted text.
	program struct {
		spot
		language, text string
	}
	// grid is a table. All rows have len(align) cells; align is l, c, r or 0.
	grid struct {
		spot
		caption []inline
		align   []byte
		head    []gridCell
		rows    [][]gridCell
	}
	// glossary is a list of terms and what they mean.
	glossary struct {
		spot
		items []glossaryItem
	}
	// equation is a formula on lines of its own, in LaTeX.
	equation struct {
		spot
		source string
	}
	// picture is a picture; file is its name in the manuscript.
	picture struct {
		spot
		file, alt string
		caption   []inline
		width     int // thousandths of the text's width; 0 is not said
		extent    int // how wide it is shown, in twips; 0 is not said
	}
	// division is a fenced div.
	division struct {
		spot
		class, lang string
		blocks      []block
	}
)

// gridCell is a cell of a table. Covered ones lie under a larger one: left says
// that it is one of the same row, else it is one above.
type gridCell struct {
	text          []inline
	columns, rows int // 0 is 1
	covered, left bool
}

// glossaryItem is some terms with the same meanings.
type glossaryItem struct {
	terms    [][]inline
	meanings [][]block
}

// inline is phrase, typed, *marked, newline, formula, *link, noteMark, pictured
// or anchor.
type inline interface{}

type (
	// phrase is plain text; white space in it is one blank.
	phrase string
	// marked is text with a style.
	marked struct {
		style style
		text  []inline
	}
	// newline is a forced end of line.
	newline struct{}
	// formula is a formula in LaTeX; display is one that wants a line of its own.
	formula struct {
		source  string
		display bool
	}
	// typed is text in a typewriter face; blanks in it count.
	typed string
	// link leads to a web address, or to a key of the file that is read; then it
	// may show the number of its page in the place of its text.
	link struct {
		url, key string
		text     []inline
		page     bool
	}
	// noteMark is the mark of a note.
	noteMark struct{ note *note }
	// pictured is a picture inside text.
	pictured struct{ picture *picture }
	// anchor is a key of the place where it stands.
	anchor string
)

// style is how text is set off.
type style int

// The styles of text that the Markdown of quire knows.
const (
	emph style = iota
	strong
	strike
	raise
	lower
)

// note is a footnote or endnote.
type note struct {
	blocks []block
	label  string // in the chapter that is being written
	done   bool   // counted already
}

// inlinesOf is the text that an inline holds.
func inlinesOf(in inline) []inline {
	switch t := in.(type) {
	case *marked:
		return t.text
	case *link:
		return t.text
	}
	return nil
}

// blocksOf are the lists of blocks that a block holds.
func blocksOf(b block) [][]block {
	switch t := b.(type) {
	case *quotation:
		return [][]block{t.blocks}
	case *division:
		return [][]block{t.blocks}
	case *listing:
		return t.items
	case *glossary:
		var all [][]block
		for _, it := range t.items {
			all = append(all, it.meanings...)
		}
		return all
	}
	return nil
}

// textsOf are the texts that a block holds itself.
func textsOf(b block) [][]inline {
	switch t := b.(type) {
	case *paragraph:
		return [][]inline{t.text}
	case *section:
		return [][]inline{t.text}
	case *picture:
		return [][]inline{t.caption}
	case *glossary:
		var all [][]inline
		for _, it := range t.items {
			all = append(all, it.terms...)
		}
		return all
	case *grid:
		all := [][]inline{t.caption}
		for _, row := range append([][]gridCell{t.head}, t.rows...) {
			for i := range row {
				all = append(all, row[i].text)
			}
		}
		return all
	}
	return nil
}

// eachBlock calls do for every block of a list and in it, outer ones first.
func eachBlock(list []block, do func(block)) {
	for _, b := range list {
		do(b)
		for _, inner := range blocksOf(b) {
			eachBlock(inner, do)
		}
	}
}

// eachInline calls do for every inline of a text and in it.
func eachInline(list []inline, do func(inline)) {
	for _, in := range list {
		do(in)
		eachInline(inlinesOf(in), do)
	}
}

// plainOf is what a text says, on one line.
func plainOf(list []inline) string {
	return oneLine(rawOf(list))
}

// rawOf is what a text says, without notes and marks.
func rawOf(list []inline) string {
	var b []byte
	for _, in := range list {
		switch t := in.(type) {
		case phrase:
			b = append(b, t...)
		case typed:
			b = append(b, t...)
		case formula:
			b = append(b, t.source...)
		case newline:
			b = append(b, ' ')
		default:
			b = append(b, rawOf(inlinesOf(in))...)
		}
	}
	return string(b)
}
