package epub

import (
	"fmt"

	"quire/press"
)

// names knows where everything in the book is.
type names struct {
	chapters []string          // file names by chapter
	parts    []string          // file names by part, in order
	files    map[string]string // the file that holds an ID
}

// nameFiles gives every chapter and part a file, and finds the IDs in them.
func nameFiles(doc *press.Document) names {
	n := names{files: map[string]string{}}
	n.claim(doc.Dedication, dedicationFile)
	digits := len(fmt.Sprint(len(doc.Chapters)))
	for i, c := range doc.Chapters {
		if c.Opens != nil {
			part := fmt.Sprintf("part-%0*d.xhtml", len(fmt.Sprint(len(doc.Parts))), len(n.parts)+1)
			n.parts = append(n.parts, part)
			n.files[c.Opens.ID] = part
		}
		name := fmt.Sprintf("chapter-%0*d.xhtml", digits, i+1)
		n.chapters = append(n.chapters, name)
		n.files[c.ID] = name
		n.claim(c.Blocks, name)
		for _, note := range c.Notes {
			n.files[note.ID] = name
			n.claim(note.Blocks, name)
		}
	}
	return n
}

// claim notes the IDs of blocks and of what is in them.
func (n *names) claim(blocks []press.Block, name string) {
	for _, b := range blocks {
		switch t := b.(type) {
		case *press.Heading:
			n.files[t.ID] = name
		case *press.Figure:
			n.files[t.ID] = name
		case *press.Table:
			n.claimOne(t.ID, name)
		case *press.MathBlock:
			n.claimOne(t.ID, name)
		case *press.Definitions:
			for _, it := range t.Items {
				for _, meaning := range it.Meanings {
					n.claim(meaning, name)
				}
			}
		case *press.Quote:
			n.claim(t.Blocks, name)
		case *press.List:
			for _, it := range t.Items {
				n.claim(it.Blocks, name)
			}
		case *press.Div:
			n.claimOne(t.ID, name)
			n.claim(t.Blocks, name)
		}
	}
}

// claimOne notes an ID that may be empty.
func (n *names) claimOne(id, name string) {
	if id != "" {
		n.files[id] = name
	}
}

// fresh returns an ID like the wanted one that the book does not use, and
// takes it.
func (n *names) fresh(want, name string) string {
	id := want
	for i := 2; n.files[id] != ""; i++ {
		id = fmt.Sprintf("%s-%d", want, i)
	}
	n.files[id] = name
	return id
}

// href is the link from a file to an ID; "" if the book has no such ID.
func (n *names) href(from, id string) string {
	switch name := n.files[id]; name {
	case "":
		return ""
	case from:
		return "#" + id
	default:
		return name + "#" + id
	}
}
