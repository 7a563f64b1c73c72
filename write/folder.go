package write

import (
	"context"
	"fmt"
	"maps"

	"quire/book"
	"quire/jobs"
)

// folder is a book as a stage sees it: its rows and the artefacts that the
// stages of its job ask about. The lease goes with it.
type folder struct {
	job      jobs.Job // whose lease is held
	run      string
	unit     string // the chapter at work, as a job names it
	preset   Preset
	book     book.Book
	chapters []book.Chapter
	concept  book.Concept
	bible    book.Bible
	outline  book.Outline
	pile     pile // the maker's sources
	arts     artefacts
	current  map[string]Revision // of all artefacts, as the folder was opened; jobs of chapters have none
	left     bool                // the stage left the rest to other jobs
}

// open reads the folder for a job: what belongs to the whole book, and for a
// chapter's job the chapter's own artefacts.
func (w *Writer) open(ctx context.Context, job jobs.Job, run string) (*folder, error) {
	f := &folder{job: job, run: run, unit: job.Unit, arts: artefacts{}}
	var err error
	if f.book, err = w.Shelf.Book(ctx, job.Book); err != nil {
		return nil, err
	}
	if f.chapters, err = w.Shelf.Chapters(ctx, job.Book); err != nil {
		return nil, err
	}
	f.preset = preset(f.book)
	if f.pile, err = w.sources(ctx, f.book); err != nil {
		return nil, err
	}
	wanted := []string{"concept", "bible", "outline", "steering"}
	if job.Kind == jobs.Chapter {
		wanted = append(wanted, "section/"+job.Unit, "chapter/"+job.Unit, "review/"+job.Unit, "notes/"+job.Unit)
	}
	if job.Kind == jobs.Advance {
		wanted = append(wanted, "beats", "wave", "alerts", "matter", "redo", "notes")
	}
	if err := w.fetch(ctx, f, wanted...); err != nil {
		return nil, err
	}
	if job.Kind == jobs.Advance {
		if err := w.revisions(ctx, f); err != nil {
			return nil, err
		}
	}
	for name, into := range map[string]any{"concept": &f.concept, "bible": &f.bible, "outline": &f.outline} {
		if _, err := f.arts.read(name, into); err != nil {
			return nil, fmt.Errorf("%s of book %s: %w", name, job.Book, err)
		}
	}
	if job.Kind != jobs.Chapter {
		return f, nil
	}
	if f.place() < 0 {
		return nil, fmt.Errorf("book %s has no chapter %s", job.Book, job.Unit)
	}
	return f, w.fetch(ctx, f, f.beside()...)
}

// beside names what a chapter's job needs of the book: its beats and those of its
// neighbours, and what was known when its wave began.
func (f *folder) beside() []string {
	names := []string{waveName(f.chapter().Wave - 1)}
	for i := max(f.place()-1, 0); i <= min(f.place()+1, len(f.outline.Chapters)-1); i++ {
		names = append(names, "beats/"+string(f.outline.Chapters[i].ID))
	}
	return names
}

// at is the folder for work on one chapter under the same lease: the same rows,
// and artefacts of its own, so that several can be worked on at once.
func (f *folder) at(id book.ChapterID) *folder {
	of := *f
	of.unit, of.arts = string(id), maps.Clone(f.arts)
	return &of
}

// revisions reads which revision of each artefact is current.
func (w *Writer) revisions(ctx context.Context, f *folder) error {
	list, err := w.Shelf.Revisions(ctx, f.book.ID, "", true)
	if err != nil {
		return err
	}
	f.current = make(map[string]Revision, len(list))
	for _, r := range list {
		f.current[r.Artefact] = r
	}
	return nil
}

// fetch adds the artefacts at or below the names to the folder.
func (w *Writer) fetch(ctx context.Context, f *folder, names ...string) error {
	for _, name := range names {
		found, err := w.Shelf.Artefacts(ctx, f.book.ID, name)
		if err != nil {
			return err
		}
		for name, body := range found {
			f.arts[name] = body
		}
	}
	return nil
}

func (f *folder) has(name string) bool { return f.arts[name] != nil }

// place is where the job's chapter stands in the outline, from 0; -1 if nowhere.
func (f *folder) place() int {
	_, i := f.outline.Chapter(book.ChapterID(f.unit))
	return i
}

// plan is the job's chapter as the outline has it.
func (f *folder) plan() book.OutlineChapter { return f.outline.Chapters[f.place()] }

// chapter is the row of the job's chapter.
func (f *folder) chapter() book.Chapter { return f.chapters[f.place()] }

func (f *folder) beatsName() string { return "beats/" + f.unit }

func (f *folder) sectionName(i int) string { return fmt.Sprintf("section/%s/%d", f.unit, i+1) }

func (f *folder) textName() string { return "chapter/" + f.unit }

// beatSheet is the plan of the folder's chapter.
func (f *folder) beatSheet() (book.Beats, error) {
	var b book.Beats
	_, err := f.arts.read(f.beatsName(), &b)
	return b, err
}

// section is the text of the chapter's section from 0, if the chapter's draft
// has it.
func (f *folder) section(i int) (book.Section, bool, error) {
	var s book.Section
	ok, err := f.arts.read(f.sectionName(i), &s)
	return s, ok && max(s.Draft, 1) == max(f.chapter().Draft, 1), err
}

// text is the chapter's text, if its draft has one.
func (f *folder) text() (book.ChapterText, bool, error) {
	var t book.ChapterText
	ok, err := f.arts.read(f.textName(), &t)
	return t, ok && max(t.Draft, 1) == max(f.chapter().Draft, 1), err
}

// ended reports whether no chapter is left to write.
func (f *folder) ended() bool { return allEnded(f.chapters) }

func allEnded(chapters []book.Chapter) bool {
	for _, c := range chapters {
		if c.State != book.ChapterWritten && c.State != book.ChapterFailed {
			return false
		}
	}
	return len(chapters) > 0
}

// planned reports whether every chapter that did not fail has its beats, as the
// maker wants them.
func (f *folder) planned() bool {
	for _, c := range f.chapters {
		if c.State != book.ChapterFailed && !f.made("beats/"+string(c.ID)) {
			return false
		}
	}
	return true
}

// waved reports whether every chapter that can be written has its wave.
func (f *folder) waved() bool {
	for _, c := range f.chapters {
		if c.State != book.ChapterFailed && c.Wave == 0 {
			return false
		}
	}
	return true
}

// bound reports whether the manuscript holds the chapters as they are.
func (f *folder) bound() bool { return f.current["manuscript"].Inputs == f.manuscriptInputs() }

// manuscriptInputs names the revisions that a manuscript is bound of.
func (f *folder) manuscriptInputs() string {
	of := []any{f.concept, f.outline, f.current["matter"].Number}
	for _, c := range f.chapters {
		of = append(of, c.ID, c.State == book.ChapterWritten, f.current["chapter/"+string(c.ID)].Number, f.current["figures/"+string(c.ID)].Number)
	}
	return inputs(of...)
}

func written(chapters []book.Chapter) int {
	n := 0
	for _, c := range chapters {
		if c.State == book.ChapterWritten {
			n++
		}
	}
	return n
}

// change is the start of a change by the folder's job.
func (f *folder) change(name string) Change {
	return Change{Name: name, Book: f.book.ID, Unit: f.job.Unit, Run: f.run}
}
