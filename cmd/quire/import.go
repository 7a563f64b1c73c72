package main

import (
	"bytes"
	"path/filepath"
	"strings"

	"quire/book"
	"quire/intake"
	"quire/press"
	"quire/problem"
	"quire/write"
)

// importVerb takes a book in that was written elsewhere.
type importVerb struct {
	Path   string   `arg:"" help:"A .docx or .epub, a Markdown file, or a folder with book.yaml and chapters in name order."`
	Output []string `short:"o" sep:"none" help:"File to write at once; repeat for more. The ending says the kind: ${formats}" placeholder:"FILE"`

	Title    string `help:"Title of the book, instead of the file's."`
	Author   string `help:"Author's name, instead of the file's."`
	Kind     string `help:"fiction or nonfiction; the look of the pages follows from it."`
	Language string `help:"Language of the book, such as en, instead of the file's."`
	JSON     bool   `help:"Print the result as JSON."`
}

// Help shows how the verb is used.
func (*importVerb) Help() string {
	return `Puts a book that was written elsewhere into the library, and tells what was kept and what was not.

Examples:
  quire import novel.docx
  quire import old-book.epub --kind nonfiction -o new-book.pdf
  quire import my-manuscript/`
}

// Run reads the book, keeps it and has its files made.
func (v *importVerb) Run(s *session) error {
	text, report, err := importPath(v.Path)
	if err != nil {
		return err
	}
	if err := v.flags(&text.Meta); err != nil {
		return err
	}
	outputs, err := s.outputs(v.Output, v.Path)
	if err != nil {
		return err
	}
	doc, _, err := press.Parse(text)
	if err != nil {
		return err
	}
	h, err := s.open()
	if err != nil {
		return err
	}
	defer h.close() // at the end of a verb there is nothing left to save
	if err := h.home.lock(s.ctx, "(new)"); err != nil {
		return err
	}
	pictures, err := h.hang(s, doc)
	if err != nil {
		return err
	}
	b, err := h.writer.Import(s.ctx, text, pictures, outputs)
	if err != nil {
		return err
	}
	if !v.JSON {
		s.tellImport(b, report)
	}
	return s.finish(h, b.ID, v.JSON)
}

// flags puts what the maker says in the place of what the file says.
func (v *importVerb) flags(m *book.Meta) error {
	if v.Title != "" {
		m.Title = v.Title
	}
	if v.Author != "" {
		m.Author = v.Author
	}
	if v.Language != "" {
		m.Language = v.Language
	}
	switch kind := book.Kind(v.Kind); kind {
	case "":
	case book.Fiction, book.Nonfiction:
		m.Kind = kind
	default:
		return problem.New(problem.Invalid, "the kind %q is not known", v.Kind).Try("say fiction or nonfiction")
	}
	if strings.TrimSpace(m.Title) == "" {
		name := filepath.Base(v.Path)
		m.Title = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return nil
}

// hang keeps the bytes of a document's pictures, and returns where they lie.
func (h *house) hang(s *session, doc *press.Document) ([]write.Picture, error) {
	var list []write.Picture
	for _, img := range doc.Images {
		path, err := press.AssetPath(img.Source)
		if err != nil {
			continue // a drawing of the press's own
		}
		ref, err := h.maker.Bucket.Put(s.ctx, bytes.NewReader(img.Data))
		if err != nil {
			return nil, err
		}
		list = append(list, write.Picture{Path: path, Blob: ref.Hash})
	}
	return list, nil
}

// tellImport tells what was kept, and what was not.
func (s *session) tellImport(b book.Book, r intake.Report) {
	s.say("%s", b.Title)
	s.say("  %s: %s, %s, %s, %s, %s", r.Format, count(r.Chapters, "chapter"), count(r.Words, "word"),
		count(r.Notes, "note"), count(r.Pictures, "picture"), count(r.Tables, "table"))
	for _, w := range r.Dropped {
		s.say("  %s", w)
	}
	for _, w := range r.Warnings {
		s.say("note: %s", w)
	}
	s.say("  book %s; quire export %s -o FILE writes it to a file", b.ID, b.ID)
}

// importPath reads a book from a file or folder.
func importPath(path string) (book.Manuscript, intake.Report, error) {
	root, name, err := openBeside(path)
	if err != nil {
		return book.Manuscript{}, intake.Report{}, err
	}
	return intake.Import(root.FS(), name)
}
