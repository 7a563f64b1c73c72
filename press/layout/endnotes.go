package layout

import (
	"quire/press"
)

// chapterNotes sets a chapter's notes behind its text.
func (s *setter) chapterNotes(c *press.Chapter) []*row {
	if len(c.Notes) == 0 {
		return nil
	}
	h := &press.Heading{Level: 2, ID: c.ID + ".notes", Text: []press.Inline{&press.Text{Value: s.words.Notes}}}
	rows := append(s.heading(h, s.bodyFlow()), s.noteRows(c)...)
	return unlisted(rows)
}

// noteRows sets the notes of a chapter one below the other.
func (s *setter) noteRows(c *press.Chapter) []*row {
	var rows []*row
	for _, n := range c.Notes {
		f := &footnote{}
		s.notes[n] = f
		s.setNote(n, f)
		rows = append(rows, f.rows...)
	}
	return rows
}

// endnotes sets the notes of all chapters as one more chapter.
func (s *setter) endnotes(doc *press.Document) *chapter {
	s.begin()
	out := &chapter{sect: s.sect}
	out.opening, out.sink = s.opening(notesChapter(s.words))
	var rows []*row
	for _, c := range doc.Chapters {
		if len(c.Notes) == 0 {
			continue
		}
		title := c.Title
		if label := chapterLabel(s.words, c); label != "" && title != "" {
			title = label + "\u2002" + title
		} else if title == "" {
			title = label
		}
		h := &press.Heading{Level: 3, ID: c.ID + ".notes", Text: []press.Inline{&press.Text{Value: title}}}
		rows = append(rows, s.heading(h, s.bodyFlow())...)
		rows = append(rows, s.noteRows(c)...)
	}
	s.finish(out, unlisted(rows))
	return out
}

// unlisted keeps the headings of rows out of the contents.
func unlisted(rows []*row) []*row {
	for _, r := range rows {
		r.heading = nil
	}
	return rows
}

// notesChapter is the chapter that holds a book's notes.
func notesChapter(words press.Words) *press.Chapter {
	return &press.Chapter{ID: ".notes", Title: words.Notes}
}

// hasNotes reports whether a document has any note.
func hasNotes(doc *press.Document) bool {
	for _, c := range doc.Chapters {
		if len(c.Notes) > 0 {
			return true
		}
	}
	return false
}
