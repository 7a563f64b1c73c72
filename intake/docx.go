package intake

import (
	"errors"
	"io"
	"path"
	"strings"

	"quire/problem"
)

// docxReader is the reading of a Word file.
type docxReader struct {
	*archive
	*draft
	main   string // name of the document part
	styles map[string]*wordStyle
	lists  *wordLists
	notes  map[string]*note // by "footnote 3" or "endnote 3"
	ours   bool             // quire made it
	base   *wordPart        // the document part
	insert int              // tracked insertions
	width  int              // of the text, in twips; 0 is not known
}

// wordPart is a part of the file with what it refers to by ID.
type wordPart struct {
	name string
	refs map[string]relation
}

// relation is something that a part refers to: in the archive, or outside.
type relation struct {
	kind, target string
	outside      bool
}

// readDOCX reads a Word file, a template or one with macros.
func readDOCX(a *archive, d *draft) error {
	a.kind = "docx"
	d.gallery = newGallery(a)
	r := &docxReader{archive: a, draft: d, styles: map[string]*wordStyle{}, lists: newWordLists(), notes: map[string]*note{}}
	if a.hasFolder("word/vbaProject.bin") || a.has("word/vbaProject.bin") {
		d.tally.lose(lostMacros)
	}
	for _, step := range []func() error{r.mainPart, r.properties, r.readStyles, r.readLists, r.readNotes, r.readComments, r.readBody} {
		if err := step(); err != nil {
			return err
		}
	}
	if r.insert > 0 {
		d.warn("tracked insertions were kept as text (%d of them)", r.insert)
	}
	return nil
}

// mainPart finds the document, which is not always called word/document.xml.
func (r *docxReader) mainPart() error {
	r.main = "word/document.xml"
	for _, rel := range r.relations("") {
		if strings.HasSuffix(rel.kind, "/officeDocument") && r.archive.has(rel.target) {
			r.main = rel.target
		}
	}
	if !r.archive.has(r.main) {
		return damaged(r.draft.name, "docx")
	}
	r.base = &wordPart{r.main, r.relations(r.main)}
	return nil
}

// relations are what a part refers to; those of the whole file for "". A list
// that is damaged is empty.
func (r *docxReader) relations(part string) map[string]relation {
	out := map[string]relation{}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	root, err := r.optional(name)
	if err != nil || root == nil {
		return out
	}
	for _, e := range root.list("Relationship") {
		rel := relation{kind: e.attr("Type"), target: e.attr("Target"), outside: e.attr("TargetMode") == "External"}
		if !rel.outside {
			rel.target = r.real(join(first(part, "x"), unescaped(rel.target)))
		}
		out[e.attr("Id")] = rel
	}
	return out
}

// related is the first part of a kind that the document refers to, else the one
// of the usual name; nil if there is none.
func (r *docxReader) related(kind, usual string) *wordPart {
	found := r.real(path.Join(path.Dir(r.main), usual))
	for _, id := range sortedKeys(r.base.refs) {
		if rel := r.base.refs[id]; strings.HasSuffix(rel.kind, "/"+kind) && rel.target != "" && !rel.outside {
			found = rel.target
			break
		}
	}
	if found == "" {
		return nil
	}
	return &wordPart{found, r.relations(found)}
}

// optional reads an XML part that a book can do without: nil if it is missing
// or damaged. The error is a problem.
func (r *docxReader) optional(name string) (*element, error) {
	if name == "" || !r.archive.has(name) {
		return nil, nil
	}
	data, err := r.read(name, MaxTextPart)
	if err == nil {
		var root *element
		if root, err = newXML(markupText(data), &r.draft.left).tree(); err == nil {
			return root, nil
		}
	}
	if problem.Is(err, problem.Invalid) || errors.Is(err, errTooManyElements) {
		return nil, r.brokenPart(err)
	}
	r.tally.lose(lostDocuments)
	return nil, nil
}

// brokenPart turns what went wrong with a part into a sentence.
func (r *docxReader) brokenPart(err error) error {
	if errors.Is(err, errTooManyElements) {
		return invalid("%s holds too many elements", r.draft.name).Try("make two books of it")
	}
	return r.broken(err)
}

// readBody reads the document's text, one paragraph or table at a time, so that
// the whole of its XML is never in memory as a tree.
func (r *docxReader) readBody() error {
	data, err := r.read(r.main, MaxTextPart)
	if err != nil {
		return r.broken(err)
	}
	x := newXML(markupText(data), &r.draft.left)
	w := &wordReader{docxReader: r, part: r.base}
	for depth := 0; depth < 2; depth++ { // w:document, w:body
		if _, err := x.next(); err != nil {
			return r.broken(err)
		}
	}
	for {
		start, err := x.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return r.broken(err)
		}
		e, err := x.element(start, 2)
		if err != nil {
			return r.brokenPart(err)
		}
		w.element(e)
		if w.err != nil {
			return w.err
		}
	}
	r.assemble(w.end())
	for _, p := range r.pictures() {
		p.width = r.share(p.extent)
	}
	return nil
}

// share is the width of a picture as thousandths of the text's, in whole
// hundredths; 0 for one that is about as wide, or as quire makes those that do
// not say.
func (r *docxReader) share(extent int) int {
	if r.width == 0 || extent == 0 {
		return 0
	}
	share := (extent*100/r.width*10 + (extent*1000/r.width)%10/5*10)
	if share < 10 || share > 920 || r.ours && share == 900 {
		return 0
	}
	return share
}
