package write

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
)

// Edit is a person's new version of an artefact.
type Edit struct {
	Artefact string // as Find names it
	Body     []byte // Markdown of a chapter, else JSON
	By       string // who; "" is a person without a name
	Base     int    // revision that it was made from; 0 is whichever is current
}

// MostEdit is how long a person's version of an artefact may be, in bytes.
const MostEdit = 4 << 20

// editable are the artefacts that a person can change, as Find reads them.
const editable = "concept, bible, outline, brief, matter, beats N or chapter N"

// Find reads what a person calls an artefact, such as "outline", "chapter 3",
// "chapter/3" or "beats ch_1f2e3d4c", and returns its name.
func (w *Writer) Find(ctx context.Context, id book.ID, words string) (string, error) {
	b, err := w.Shelf.Book(ctx, id)
	if err != nil {
		return "", err
	}
	kind, which, _ := strings.Cut(strings.Join(strings.Fields(strings.ReplaceAll(words, "/", " ")), " "), " ")
	switch kind = strings.ToLower(kind); kind {
	case "concept", "bible", "outline", "brief", "matter":
		if which != "" {
			return "", problem.New(problem.Invalid, "there is one %s, so nothing can follow it", kind).Try("leave out %q", which)
		}
		return kind, nil
	case "beats", "chapter":
	default:
		return "", problem.New(problem.Invalid, "there is no artefact %q that could be changed", words).Try("say %s", editable)
	}
	chapters, err := w.Shelf.Chapters(ctx, id)
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(chapters, func(c book.Chapter) bool { return string(c.ID) == which }); i >= 0 {
		return kind + "/" + which, nil
	}
	n, err := strconv.Atoi(which)
	if err != nil {
		return "", problem.New(problem.Invalid, "%q says no chapter", words).Try("name it by its number, such as %s 3", kind)
	}
	c, err := numbered(b, chapters, n)
	return kind + "/" + string(c.ID), err
}

// Body returns the current version of an artefact as a person changes it, and its
// revision.
func (w *Writer) Body(ctx context.Context, id book.ID, name string) ([]byte, int, error) {
	f, err := w.look(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	e, err := w.editor(ctx, f, name)
	if err != nil {
		return nil, 0, err
	}
	text, err := e.show()
	return text, e.base, err
}

// Edit saves a person's version of an artefact as its newest revision, and reports
// whether it differs from the one before. A book that has ended is put together
// anew with it. Nothing else changes: Stale tells what the edit leaves behind.
func (w *Writer) Edit(ctx context.Context, id book.ID, e Edit) (bool, error) {
	if err := checkPerson(e.By); err != nil {
		return false, err
	}
	f, err := w.look(ctx, id)
	if err != nil {
		return false, err
	}
	at, err := w.editor(ctx, f, e.Artefact)
	if err != nil {
		return false, err
	}
	if e.Base == 0 {
		e.Base = at.base
	}
	text := bytes.TrimPrefix(bytes.ReplaceAll(e.Body, []byte("\r\n"), []byte("\n")), []byte("\ufeff"))
	switch {
	case len(text) > MostEdit:
		return false, problem.New(problem.Invalid, "the new version is larger than %d MB", MostEdit>>20).Try("give a text, not a file of another kind")
	case len(bytes.TrimSpace(text)) == 0:
		return false, problem.New(problem.Invalid, "the new version is empty").Try("nothing was changed; give the whole %s", at.noun)
	case !sound(string(text)):
		return false, problem.New(problem.Invalid, "the new version holds control characters or broken text").Try("save it as plain text in UTF-8")
	}
	change := Change{Name: "edit", Book: id}
	body, err := at.read(text, &change)
	if err != nil || body == nil {
		return false, err
	}
	change.Artefacts = append(change.Artefacts, Artefact{Name: at.name, Body: body, Inputs: at.made, Author: signed(e.By), Base: e.Base})
	change.Events = append(change.Events, event.ArtefactEdited{Artefact: at.name, Revision: e.Base, By: signed(e.By)})
	w.rebound(f.book, &change, at)
	return true, w.Shelf.Save(ctx, change)
}

// rebound lets a book that has ended be put together again with the change, if its
// manuscript shows what changed.
func (w *Writer) rebound(b book.Book, c *Change, at editor) {
	was := b.State
	c.Allow = func(b book.Book, chapters []book.Chapter) error {
		if was != b.State && (was == book.Finished || was == book.Partial) {
			return problem.New(problem.Conflict, "the book %q is being put together at this moment", b.Title).Try("wait a moment, then make your change again")
		}
		return at.allow(b, chapters)
	}
	if was != book.Finished && was != book.Partial || !at.shown {
		return
	}
	on := w.goingOn(b, c.Name)
	title := ""
	if c.Then != nil {
		title = c.Then.Title
	}
	rows := c.Next
	c.From, c.Then, c.Drop = on.From, &Standing{State: book.Queued, Title: title}, true
	c.Next = func(b book.Book, chapters []book.Chapter) ([]jobs.Job, []book.Chapter) {
		list, _ := on.Next(b, chapters)
		if rows == nil {
			return list, nil
		}
		_, touched := rows(b, chapters)
		return list, touched
	}
}

// checkPerson looks over the name of who changes something.
func checkPerson(name string) error {
	if len(name) > 100 || !sound(name) || strings.ContainsAny(name, "\n\t\r") {
		return problem.New(problem.Invalid, "the name of who made the change is too long or holds control characters").Try("give a short name with --by")
	}
	return nil
}

// editor is how a person changes one artefact.
type editor struct {
	name  string
	noun  string // what it is called in a sentence
	base  int    // current revision
	made  string // inputs of a new revision: whoever changes it takes the rest as it is
	shown bool   // the manuscript shows it
	show  func() ([]byte, error)
	// read holds a new version against its rules, adds to the change what goes with
	// it, and returns its body; nil if nothing changed.
	read  func(text []byte, c *Change) (any, error)
	allow func(b book.Book, chapters []book.Chapter) error
}

// editor prepares the change of an artefact that is there.
func (w *Writer) editor(ctx context.Context, f *folder, name string) (editor, error) {
	kind, unit, _ := strings.Cut(name, "/")
	if unit != "" {
		if _, i := f.outline.Chapter(book.ChapterID(unit)); i < 0 {
			return editor{}, problem.New(problem.Invalid, "the book %q has no chapter %s", f.book.Title, unit).Try("quire show %s lists them", f.book.ID)
		}
		f = f.at(book.ChapterID(unit))
	}
	e := editor{name: name, noun: kind, base: f.current[name].Number, allow: still(kind)}
	var err error
	switch kind {
	case "concept":
		e.made, e.shown, e.read = f.conceptMade().String(), true, f.readConcept
	case "bible":
		e.made, e.read = f.bibleMade().String(), f.readBible
	case "outline":
		e.made, e.shown, e.read = f.outlineMade().String(), true, f.readOutline
	case "brief":
		e.read = w.readBrief(f)
	case "matter":
		var made parts
		made, err = f.matterMade()
		e.made, e.shown, e.read = made.String(), true, f.readMatter
	case "beats":
		e.made, e.noun, e.read = f.beatsMade().String(), fmt.Sprintf("beats of chapter %d", f.chapter().Ordinal), f.readBeats
	case "chapter":
		e, err = w.chapterEditor(ctx, f, e)
	default:
		err = problem.New(problem.Invalid, "there is no artefact %q that could be changed", name).Try("say %s", editable)
	}
	if err == nil {
		err = e.allow(f.book, f.chapters)
	}
	if err != nil {
		return e, err
	}
	if kind == "brief" {
		e.show = func() ([]byte, error) { return indented(f.book.Brief) }
	} else if kind != "chapter" {
		if !f.has(name) {
			return e, problem.New(problem.Conflict, "the book %q has no %s yet", f.book.Title, e.noun).Try("quire show %s tells where it stands", f.book.ID)
		}
		e.show = func() ([]byte, error) { return indented(f.arts[name]) }
	}
	return e, nil
}

func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return out.Bytes(), err
}

// still reports why a part of the plan cannot be changed now: stages that are
// under way have read it.
func still(kind string) func(book.Book, []book.Chapter) error {
	return func(b book.Book, _ []book.Chapter) error {
		switch {
		case b.Brief.Imported && kind != "concept" && kind != "outline":
			return problem.New(problem.Conflict, "the book %q was written elsewhere and has no %s", b.Title, kind).Try("quire edit %s chapter N changes a chapter", b.ID)
		case b.State.Moving():
			return problem.New(problem.Conflict, "the book %q is being written, so its %s cannot change now", b.Title, kind).Try("quire pause %s first; then make your change again", b.ID)
		default:
			return nil
		}
	}
}

// unless returns the value to save, or nil if it is what was there.
func unless[T any](was, now T) any {
	if reflect.DeepEqual(was, now) {
		return nil
	}
	return now
}
