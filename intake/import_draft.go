package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"quire/book"
)

// draft is a book that is being imported.
type draft struct {
	name     string // of the file, for messages
	meta     book.Meta
	chapters []*chapterDraft
	gallery  *gallery
	tally    tally
	report   Report
	left     int // elements that may still be read
	cover    string

	dedication, about []block
}

// chapterDraft is a chapter of it. Keys are what links to it as a whole name.
type chapterDraft struct {
	id, part, title, source string
	numbered                bool
	keys                    []string
	blocks                  []block
}

func newDraft(name string) *draft {
	return &draft{name: name, left: MaxElements}
}

func (d *draft) warn(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	if len(d.report.Warnings) < 100 && !slices.Contains(d.report.Warnings, s) {
		d.report.Warnings = append(d.report.Warnings, s)
	}
}

// finish writes the chapters as Markdown and puts everything together.
func (d *draft) finish() (book.Manuscript, Report, error) {
	if err := d.settle(); err != nil {
		return book.Manuscript{}, Report{}, err
	}
	m := book.Manuscript{Meta: d.meta}
	m.Meta.Cover = d.gallery.settle(d.pictures(), d.cover)
	w := &markdownWriter{ids: d.anchors(), tally: &d.tally}
	room := MaxManuscript
	for _, c := range d.chapters {
		d.report.Words += countWords(c.title)
		d.countBlocks(c.blocks, map[*note]bool{})
		w.notes = nil
		t := book.Text{ID: c.id, Part: c.part, Title: c.title, Numbered: c.numbered, Source: c.source, Markdown: w.chapter(c.blocks)}
		if room -= len(t.Markdown); room < 0 {
			return book.Manuscript{}, Report{}, invalid("%s holds more than %s of text", d.name, size(MaxManuscript)).Try("make two books of it")
		}
		m.Chapters = append(m.Chapters, t)
	}
	d.countBlocks(append(slices.Clip(d.dedication), d.about...), map[*note]bool{})
	m.Meta.Dedication, m.Meta.About = w.page(d.dedication), w.page(d.about)
	assets, err := d.gallery.assets()
	if err != nil {
		return book.Manuscript{}, Report{}, err
	}
	m.Assets = assets
	d.report.Chapters = len(m.Chapters)
	d.report.Dropped = d.tally.sentences()
	return m, d.report, nil
}

// settle checks that there is a book, and gives it and its chapters names.
func (d *draft) settle() error {
	switch n := len(d.chapters); {
	case n == 0:
		return invalid("%s holds no text", d.name).Try("check in the program that made it that it is the right file")
	case n > MaxTexts:
		return invalid("%s has %d chapters; at most %d are read", d.name, n, MaxTexts).Try("make two books of it")
	}
	if d.meta.Title == "" {
		d.meta.Title = readable(d.name)
		d.warn("%s says no title of the book; it is called after the file", d.name)
	}
	taken := map[string]bool{}
	for i, c := range d.chapters {
		c.title = oneLine(c.title)
		if c.title == "" {
			c.title = first(d.meta.Title, "Untitled")
		}
		for salt := 0; !safeID.MatchString("#"+c.id) || taken[strings.ToLower(c.id)]; salt++ {
			c.id = "ch_" + book.Derive(8, "import", i+1, salt)
		}
		taken[strings.ToLower(c.id)] = true
		if len(c.blocks) == 0 {
			d.warn("the chapter %s has no text", quoted(c.title))
		}
	}
	return nil
}

// pictures are the pictures of all chapters, in order; a note's come once.
func (d *draft) pictures() []*picture {
	var out []*picture
	seen := map[*note]bool{}
	var look func([]block)
	look = func(blocks []block) {
		eachBlock(blocks, func(b block) {
			if p, ok := b.(*picture); ok {
				out = append(out, p)
			}
			for _, list := range textsOf(b) {
				eachInline(list, func(in inline) {
					if m, ok := in.(noteMark); ok && !seen[m.note] {
						seen[m.note] = true
						look(m.note.blocks)
					}
				})
			}
		})
	}
	for _, c := range d.chapters {
		look(c.blocks)
	}
	look(d.dedication)
	look(d.about)
	return out
}

// countBlocks counts words, notes, pictures and tables of blocks. Seen are the
// notes of the chapter that are counted.
func (d *draft) countBlocks(blocks []block, seen map[*note]bool) {
	eachBlock(blocks, func(b block) {
		switch t := b.(type) {
		case *picture:
			d.report.Pictures++
			if len(t.caption) == 0 {
				return
			}
		case *grid:
			d.report.Tables++
		}
		for _, list := range textsOf(b) {
			d.report.Words += countWords(rawOf(list))
			eachInline(list, func(in inline) {
				if m, ok := in.(noteMark); ok && !seen[m.note] {
					seen[m.note] = true
					d.report.Notes++
					d.countBlocks(m.note.blocks, seen)
				}
			})
		}
	})
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
