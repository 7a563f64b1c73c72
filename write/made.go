package write

import (
	"slices"
	"strings"

	"quire/book"
)

// What an artefact was made from is kept beside it as a list of parts, each a
// name and the hash of what it was then, such as "brief:0a1b… concept:2c3d…". So
// a change is found by comparing two lists, and they say what changed. One
// function for each kind of artefact makes its list, when it is saved and when
// it is looked at again; they depend on nothing but the folder.

// parts are what something was made from.
type parts []string

func (p parts) with(name string, value any) parts {
	return append(slices.Clip(p), name+":"+inputs(value)[:12])
}

// String is the list as it is kept.
func (p parts) String() string { return strings.Join(p, " ") }

// isMade reports whether the inputs of a revision are such a list: patches of a
// text and the like keep a hash alone.
func isMade(inputs string) bool { return strings.Contains(inputs, ":") }

// changed lists the names of the parts that differ between two lists, in the
// order of the second.
func changed(was, now string) []string {
	old := strings.Fields(was)
	var list []string
	for _, part := range strings.Fields(now) {
		if name, _, _ := strings.Cut(part, ":"); !slices.Contains(old, part) {
			list = append(list, name)
		}
	}
	return list
}

// matters is a brief without what no text depends on: how the book looks, who
// signs it, and how it is made.
func matters(b book.Brief) book.Brief {
	b.Author, b.Theme, b.Trim, b.Date, b.Inferred = "", "", "", "", ""
	b.Preset, b.Approve = "", nil
	return b
}

// idea is a concept without its title, which stands on the cover only, and the
// ways that the book did not take.
func idea(c book.Concept) book.Concept {
	c.Title, c.Subtitle, c.Directions, c.Chosen, c.Because = "", "", nil, 0, ""
	return c
}

// entry is a chapter's plan without its titles: a text does not repeat them.
func entry(c book.OutlineChapter) book.OutlineChapter {
	c.Title, c.Part = "", ""
	return c
}

func (f *folder) conceptMade() parts { return parts{}.with("brief", matters(f.book.Brief)) }

func (f *folder) bibleMade() parts { return f.conceptMade().with("concept", idea(f.concept)) }

func (f *folder) outlineMade() parts { return f.bibleMade().with("bible", f.bible) }

// beatsMade is of the folder's chapter.
func (f *folder) beatsMade() parts { return f.outlineMade().with("outline", entry(f.plan())) }

// chapterMade is of the folder's chapter: also its beats, and the facts of
// earlier waves that they build on.
func (f *folder) chapterMade() (parts, error) {
	sheet, err := f.beatSheet()
	if err != nil {
		return nil, err
	}
	snapshot, err := f.snapshot(f.chapter().Wave - 1)
	if err != nil {
		return nil, err
	}
	known := map[string]string{}
	for _, fact := range snapshot.Ledger.Facts {
		key := factKey(fact.Subject, fact.Attr)
		known[key] = strings.TrimPrefix(known[key]+"; "+fact.Value, "; ")
	}
	needed := map[string]string{}
	for _, s := range sheet.Sections {
		for _, n := range s.Needs {
			key := factKey(n.Subject, n.Attr)
			needed[key] = known[key]
		}
	}
	return f.beatsMade().with("beats", sheet).with("facts", needed), nil
}

// matterMade is of the whole book: also what its chapters tell.
func (f *folder) matterMade() (parts, error) {
	last, err := f.snapshot(lastWave(f.chapters))
	if err != nil {
		return nil, err
	}
	plan := f.outline
	plan.Chapters = slices.Clone(plan.Chapters)
	for i, c := range plan.Chapters {
		plan.Chapters[i] = entry(c)
	}
	return f.outlineMade().with("outline", plan).with("text", recall(last.Ledger).Summaries), nil
}

// deltaMade is of the folder's chapter.
func deltaMade(t book.ChapterText) parts { return parts{}.with("text", t.Markdown) }
