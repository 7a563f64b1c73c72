package intake

import "strings"

// properties reads what the file says about itself.
func (r *docxReader) properties() error {
	name, app := "docProps/core.xml", "docProps/app.xml"
	for _, rel := range r.relations("") {
		if strings.HasSuffix(rel.kind, "/core-properties") && rel.target != "" {
			name = rel.target
		}
	}
	root, err := r.optional(name)
	if err != nil {
		return err
	}
	m := &r.meta
	m.Title, m.Author = plainKid(root, "title"), plainKid(root, "creator")
	m.Language = bookLanguage(plainKid(root, "language"))
	m.Description = paragraphsOf(wordsKid(root, "description"))
	if id := plainKid(root, "identifier"); isbnOf(id) != "" {
		m.ISBN = isbnOf(id)
	}
	for word := range strings.FieldsFuncSeq(plainKid(root, "keywords"), func(c rune) bool { return c == ',' || c == ';' }) {
		if word = oneLine(word); word != "" && len(m.Keywords) < 50 {
			m.Keywords = append(m.Keywords, word)
		}
	}
	subject := plainKid(root, "subject")
	root, err = r.optional(app)
	if r.ours = root.kid("Application").plain() == "quire"; r.ours {
		m.Publisher = root.kid("Company").plain()
		if m.Description == subject { // it stands there for want of a better one
			m.Description = ""
		}
	}
	return err
}

// plainKid is the text of a child, whatever its prefix.
func plainKid(e *element, name string) string { return oneLine(shown(wordsKid(e, name))) }

func wordsKid(e *element, name string) string {
	for _, k := range e.list(name) {
		return k.words()
	}
	return ""
}
