package write

import (
	"context"
	"fmt"

	"quire/book"
	"quire/jobs"
)

// folder is a book as a stage sees it: its rows and the artefacts that the
// stages of its job ask about. The lease goes with it.
type folder struct {
	job      jobs.Job
	run      string
	book     book.Book
	chapters []book.Chapter
	concept  book.Concept
	outline  book.Outline
	arts     artefacts
	left     bool // the stage left the rest to other jobs
}

// open reads the folder for a job: what belongs to the whole book, and for a
// chapter's job the chapter's own artefacts.
func (w *Writer) open(ctx context.Context, job jobs.Job, run string) (*folder, error) {
	f := &folder{job: job, run: run, arts: artefacts{}}
	var err error
	if f.book, err = w.Shelf.Book(ctx, job.Book); err != nil {
		return nil, err
	}
	if f.chapters, err = w.Shelf.Chapters(ctx, job.Book); err != nil {
		return nil, err
	}
	wanted := []string{"concept", "outline"}
	if job.Kind == jobs.Chapter {
		wanted = append(wanted, "beats/"+job.Unit, "section/"+job.Unit)
	}
	if job.Kind == jobs.Advance {
		wanted = append(wanted, "manuscript")
	}
	if err := w.fetch(ctx, f, wanted...); err != nil {
		return nil, err
	}
	if _, err := f.arts.read("concept", &f.concept); err != nil {
		return nil, fmt.Errorf("concept of book %s: %w", job.Book, err)
	}
	if _, err := f.arts.read("outline", &f.outline); err != nil {
		return nil, fmt.Errorf("outline of book %s: %w", job.Book, err)
	}
	if job.Kind == jobs.Chapter && f.place() < 0 {
		return nil, fmt.Errorf("book %s has no chapter %s", job.Book, job.Unit)
	}
	return f, nil
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
	_, i := f.outline.Chapter(book.ChapterID(f.job.Unit))
	return i
}

// plan is the job's chapter as the outline has it.
func (f *folder) plan() book.OutlineChapter { return f.outline.Chapters[f.place()] }

// chapter is the row of the job's chapter.
func (f *folder) chapter() book.Chapter { return f.chapters[f.place()] }

func (f *folder) beatsName() string { return "beats/" + f.job.Unit }

func (f *folder) sectionName(i int) string { return fmt.Sprintf("section/%s/%d", f.job.Unit, i+1) }

// beatSheet is the plan of the job's chapter.
func (f *folder) beatSheet() (book.Beats, error) {
	var b book.Beats
	_, err := f.arts.read(f.beatsName(), &b)
	return b, err
}

// drafted reports whether every section of the job's chapter has its text.
func (f *folder) drafted() bool {
	b, err := f.beatSheet()
	return err == nil && len(b.Sections) > 0 && f.has(f.sectionName(len(b.Sections)-1))
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

// bound reports whether the manuscript holds every chapter that is written.
func (f *folder) bound() bool {
	var m book.Manuscript
	if ok, err := f.arts.read("manuscript", &m); !ok || err != nil {
		return false
	}
	return m.Missing == len(f.chapters)-written(f.chapters)
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
