package write

import (
	"regexp"
	"slices"
	"strings"

	"quire/book"
)

// The checks of continuity are code: each looks for one kind of contradiction in
// what the chapters made true, with the words that say so, and in their texts.
// What they find are candidates; a judge rules on them. A check would rather miss
// a contradiction than see one that is none.

// checks are all checks, by the kind of their alerts.
var checks = []struct {
	kind string
	find func(*continuity) []candidate
}{
	{"age", wrongAges},
	{"date", wrongDates},
	{"exit", wrongExits},
	{"owner", wrongOwners},
	{"knowledge", wrongKnowledge},
	{"name", wrongNames},
	{"look", wrongLooks},
	{"place", wrongPlaces},
}

// candidate is an alert that a check proposes.
type candidate struct {
	book.Alert
	pair
}

// pair is the values that do not agree: what the earlier place says, or what
// follows from it, and what the later one says, in the words of its quote. Both
// are empty where no word alone is wrong.
type pair struct {
	attr string // of the fact that holds the later value
	was  string
	is   string
}

// continuity is a book as the checks read it.
type continuity struct {
	concept  book.Concept
	bible    book.Bible
	names    book.Names
	spoken   map[string]string // IDs of people by the names that a text calls them; "" if two share one
	who      *regexp.Regexp    // those names; nil if there are none
	chapters []told
}

// told is a written chapter.
type told struct {
	id        book.ChapterID
	ordinal   int
	text      string
	wording   book.Wording
	facts     []book.Fact // with quotes only
	handoff   book.Handoff
	sheet     book.Beats
	sentences []sentence
	years     []lapse // that pass in it
}

// continuity reads the written chapters of the folder, which has their texts,
// deltas and beats.
func (f *folder) continuity() (*continuity, error) {
	k := &continuity{concept: f.concept, bible: f.bible, names: book.NamesOf(f.concept, f.bible)}
	k.callPeople()
	for _, c := range f.chapters {
		if c.State != book.ChapterWritten {
			continue
		}
		var t book.ChapterText
		var d book.Delta
		t1 := told{id: c.ID, ordinal: c.Ordinal}
		for name, into := range map[string]any{"chapter/": &t, "delta/": &d, "beats/": &t1.sheet} {
			if _, err := f.arts.read(name+string(c.ID), into); err != nil {
				return nil, err
			}
		}
		t1.text, t1.handoff = t.Markdown, d.Handoff
		k.add(t1, d.Facts)
	}
	return k, nil
}

// add takes in the next chapter.
func (k *continuity) add(t told, facts []book.Fact) {
	t.wording = book.WordingOf(t.text)
	t.sentences = k.split(t.text)
	t.years = lapses(t.text)
	for _, f := range facts {
		if f.Quote, _ = t.wording.Find(f.Quote); f.Quote != "" {
			f.Chapter, f.From = t.id, t.ordinal
			t.facts = append(t.facts, f)
		}
	}
	k.chapters = append(k.chapters, t)
}

// callPeople notes what the texts may call the people of the book.
func (k *continuity) callPeople() {
	k.spoken = map[string]string{}
	add := func(id, name string) {
		name = strings.TrimSpace(name)
		if len([]rune(name)) < 2 {
			return
		}
		if other, taken := k.spoken[name]; taken && other != id {
			id = ""
		}
		k.spoken[name] = id
	}
	for _, c := range k.concept.Cast {
		add(c.ID, c.Name)
		add(c.ID, c.Full)
	}
	for _, p := range k.bible.Characters {
		for _, alias := range p.Aliases {
			add(p.ID, alias)
		}
	}
	var list []string
	for name := range k.spoken {
		list = append(list, regexp.QuoteMeta(name))
	}
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, func(a, b string) int { // the longest first, so that it is the one that is found
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	k.who = regexp.MustCompile(`(?:` + strings.Join(list, "|") + `)`)
}

// called is the person with a name of the text, "" if there is none or more than one.
func (k *continuity) called(name string) string { return k.spoken[name] }

// shown is what the text calls a person, place or thing.
func (k *continuity) shown(id string) string {
	for _, c := range k.concept.Cast {
		if c.ID == id {
			return c.Name
		}
	}
	for _, p := range k.concept.Places {
		if p.ID == id {
			return p.Name
		}
	}
	for _, t := range k.concept.Things {
		if t.ID == id {
			return t.Name
		}
	}
	return id
}

// person reports whether the ID is that of somebody in the book.
func (k *continuity) person(id string) bool {
	return slices.ContainsFunc(k.concept.Cast, func(c book.Character) bool { return c.ID == id })
}

// spot is a place in the text: a chapter by its index, and a byte of it. What
// stands in the plan of the book has the chapter -1.
type spot struct {
	chapter int
	at      int
}

func (p spot) before(q spot) bool {
	return p.chapter < q.chapter || p.chapter == q.chapter && p.at < q.at
}

// where is the place of a quote in a chapter.
func (k *continuity) where(chapter int, quote string) spot {
	at, _, _ := k.chapters[chapter].wording.Place(quote)
	return spot{chapter, at}
}

// excerpt is a quote with its chapter.
func (k *continuity) excerpt(chapter int, quote string) book.Excerpt {
	if chapter < 0 {
		return book.Excerpt{Quote: quote}
	}
	return book.Excerpt{Chapter: k.chapters[chapter].id, Ordinal: k.chapters[chapter].ordinal, Quote: quote}
}

// contradictions are what all checks find, each once, in reading order of the
// later place.
func (k *continuity) contradictions() []candidate {
	var list []candidate
	seen := map[string]bool{}
	for _, c := range checks {
		for _, x := range c.find(k) {
			x.Kind, x.Standing = c.kind, book.AlertOpen
			x.ID = "al_" + book.Derive(10, x.Kind, x.Subject, x.Earlier.Chapter, x.Later.Chapter, x.Earlier.Quote, x.Later.Quote)
			if !seen[x.ID] {
				seen[x.ID] = true
				list = append(list, x)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.Later.Ordinal - b.Later.Ordinal })
	return list
}
