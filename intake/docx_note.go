package intake

// readNotes reads footnotes and endnotes; both become footnotes.
func (r *docxReader) readNotes() error {
	for _, kind := range []string{"footnote", "endnote"} {
		part := r.related(kind+"s", kind+"s.xml")
		if part == nil {
			continue
		}
		root, err := r.optional(part.name)
		if err != nil {
			return err
		}
		for _, e := range root.list("w:" + kind) {
			if t := e.attr("w:type"); t != "" && t != "normal" {
				continue // the lines between text and notes
			}
			w := &wordReader{docxReader: r, part: part, inNote: true}
			n := &note{}
			r.notes[kind+" "+e.attr("w:id")] = n // before its text, in which it may be named
			for _, k := range e.kids {
				w.element(k)
			}
			if w.err != nil {
				return w.err
			}
			n.blocks = withoutMarks(w.end())
		}
	}
	return nil
}

// withoutMarks leaves paragraphs out that are nothing.
func withoutMarks(items []wordItem) []block {
	var out []block
	for _, it := range items {
		if it.block != nil {
			out = append(out, it.block)
		}
	}
	return out
}

// readComments counts the comments.
func (r *docxReader) readComments() error {
	part := r.related("comments", "comments.xml")
	if part == nil {
		return nil
	}
	root, err := r.optional(part.name)
	for range root.list("w:comment") {
		r.tally.lose(lostComments)
	}
	return err
}
