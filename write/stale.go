package write

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"quire/book"
	"quire/llm"
)

// Stale is something that was made from what has changed since.
type Stale struct {
	Artefact string
	Ordinal  int      // of the chapter it belongs to; 0 if it belongs to the whole book
	Because  []string // what changed: brief, concept, bible, outline, beats, facts or text
	Stays    string   // why a refresh leaves it as it is; "" if it makes it anew
	Effort   Effort   // of making it anew
}

// Effort is what making something anew takes: calls, tokens, and what they cost at
// least and at most.
type Effort struct {
	Calls, Input, Output int
	Low, High            llm.Cost
}

// Plus adds two efforts.
func (e Effort) Plus(o Effort) Effort {
	return Effort{e.Calls + o.Calls, e.Input + o.Input, e.Output + o.Output, e.Low.Plus(o.Low), e.High.Plus(o.High)}
}

// Free reports whether the effort is known to cost nothing.
func (e Effort) Free() bool { return e.Low.Known && e.High.Known && e.High.USD == 0 }

// Stale lists what edits left behind, in the order of the book's making. A book
// that was just written has nothing stale, nor has one that was written elsewhere.
func (w *Writer) Stale(ctx context.Context, id book.ID) ([]Stale, error) {
	f, err := w.look(ctx, id)
	if err != nil {
		return nil, err
	}
	return w.stale(ctx, f)
}

func (w *Writer) stale(ctx context.Context, f *folder) ([]Stale, error) {
	if f.book.Brief.Imported {
		return nil, nil
	}
	if err := w.fetch(ctx, f, "chapter", "delta"); err != nil {
		return nil, err
	}
	origins, err := w.origins(ctx, f)
	if err != nil {
		return nil, err
	}
	e := efforts{f, func(r llm.Role) llm.Caps { return w.Authors.Ability(f.book.Terms, r) }}
	var list []Stale
	for _, p := range []struct {
		name string
		made parts
	}{{"concept", f.conceptMade()}, {"bible", f.bibleMade()}, {"outline", f.outlineMade()}} {
		r := f.current[p.name]
		if why := since(r.Inputs, p.made); len(why) > 0 {
			list = append(list, Stale{Artefact: p.name, Because: why, Stays: yours(byPerson(r.Author)), Effort: e.plan(p.name)})
		}
	}
	for _, c := range f.chapters {
		if _, i := f.outline.Chapter(c.ID); i < 0 || c.State == book.ChapterFailed {
			continue
		}
		of, err := f.at(c.ID).staleChapter(e, origins)
		if err != nil {
			return nil, fmt.Errorf("chapter %d of book %s: %w", c.Ordinal, f.book.ID, err)
		}
		list = append(list, of...)
	}
	around, err := f.staleMatter(e)
	return append(list, around...), err
}

// staleMatter is what stands around the chapters, if it is stale.
func (f *folder) staleMatter(e efforts) ([]Stale, error) {
	if !f.has("matter") {
		return nil, nil
	}
	made, err := f.matterMade()
	if err != nil {
		return nil, err
	}
	r := f.current["matter"]
	why := since(r.Inputs, made)
	if len(why) == 0 {
		return nil, nil
	}
	return []Stale{{Artefact: "matter", Because: why, Stays: yours(byPerson(r.Author)), Effort: e.matter()}}, nil
}

// since is what changed since a revision was made with the inputs; nothing if they
// are not known.
func since(inputs string, now parts) []string {
	if !isMade(inputs) {
		return nil
	}
	return changed(inputs, now.String())
}

func yours(is bool) string {
	if is {
		return "it is your own"
	}
	return ""
}

// origins is for each chapter's text what its draft was made from: the inputs of
// the latest revision that was made from a plan, or that a person took as it is.
func (w *Writer) origins(ctx context.Context, f *folder) (map[string]string, error) {
	list, err := w.Shelf.Revisions(ctx, f.book.ID, "chapter", false)
	if err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, r := range list {
		if isMade(r.Inputs) {
			of[r.Artefact] = r.Inputs
		}
	}
	return of, nil
}

// staleChapter lists what is stale of the folder's chapter.
func (f *folder) staleChapter(e efforts, origins map[string]string) (list []Stale, err error) {
	row := f.chapter()
	text, _, err := f.text()
	if err != nil {
		return nil, err
	}
	e.f = f
	add := func(name string, why []string, stays string, effort func() Effort) {
		if len(why) > 0 {
			list = append(list, Stale{Artefact: name, Ordinal: row.Ordinal, Because: why, Stays: stays, Effort: effort()})
		}
	}
	stays := yours(text.Theirs())
	if row.Locked {
		stays = "it is locked"
	}
	sheet := f.current[f.beatsName()]
	ofBeats := yours(byPerson(sheet.Author))
	if ofBeats == "" && stays != "" && row.State == book.ChapterWritten {
		ofBeats = "the text of its chapter stays"
	}
	add(f.beatsName(), since(sheet.Inputs, f.beatsMade()), ofBeats, e.beats)
	if row.State != book.ChapterWritten {
		return list, nil
	}
	made, err := f.chapterMade()
	if err != nil {
		return nil, err
	}
	add(f.textName(), since(origins[f.textName()], made), stays, e.chapter)
	if delta := f.current["delta/"+f.unit].Inputs; text.Theirs() && delta != deltaMade(text).String() {
		add("delta/"+f.unit, []string{"text"}, "", e.delta)
	}
	return list, nil
}

// efforts reckons what it takes to make things of a folder anew, from how long
// they are now.
type efforts struct {
	f    *folder
	caps func(llm.Role) llm.Caps
}

// How much more than what is there an answer may be, and what a question says
// beside its data, in tokens.
const (
	wordsAround = 900
	freshMore   = 1.5
	freshAgain  = 4.0 / 3
	criticSays  = 300
	summarySays = 60
)

// tokens is the length of artefacts as questions hold them.
func (e efforts) tokens(names ...string) int {
	n := 0
	for _, name := range names {
		n += llm.Tokens(string(e.f.arts[name]))
	}
	return n
}

// book is what every question of a chapter holds.
func (e efforts) book() int {
	brief, err := json.Marshal(e.f.book.Brief)
	if err != nil {
		panic(err) // the nouns of a book always marshal
	}
	return wordsAround + llm.Tokens(string(brief)) + e.tokens("concept", "bible", "outline")
}

// of is so many calls of a role, with the tokens of each.
func (e efforts) of(role llm.Role, calls, input, output int) Effort {
	price := e.caps(role).Price
	price.LongFrom = 0 // the sum of all calls is no long question
	in, out := calls*input, calls*output
	return Effort{calls, in, out, price.Of(llm.Usage{Input: in, Output: out}), price.Most(int(float64(in)*freshAgain), int(float64(out)*freshMore*freshAgain))}
}

func (e efforts) plan(name string) Effort {
	role, batches := map[string]llm.Role{"concept": llm.Concept, "bible": llm.Bible, "outline": llm.Outline}[name], 1
	if name == "outline" {
		batches = (len(e.f.chapters) + batchSize - 1) / batchSize
	}
	return e.of(role, batches, e.book(), e.tokens(name)/batches)
}

func (e efforts) matter() Effort {
	return e.of(llm.Matter, 1, e.book()+len(e.f.chapters)*summarySays, e.tokens("matter"))
}

func (e efforts) beats() Effort { return e.of(llm.Beats, 1, e.book(), e.tokens(e.f.beatsName())) }

func (e efforts) delta() Effort {
	return e.of(llm.Observe, 1, e.book()+e.tokens(e.f.beatsName(), e.f.textName()), max(e.tokens("delta/"+e.f.unit), criticSays))
}

// chapter is the effort of the sections, of checking them, and of observing the
// chapter.
func (e efforts) chapter() Effort {
	sheet, err := e.f.beatSheet()
	sections := max(len(sheet.Sections), 1)
	if err != nil {
		sections = 1
	}
	text := e.tokens(e.f.textName())
	sum := e.of(llm.Draft, sections, e.book()+e.tokens(e.f.beatsName())+text/2, text/sections)
	if e.f.preset.has("polish") {
		sum = sum.Plus(e.of(llm.Check, e.f.preset.Rounds, e.book()+text, criticSays))
	}
	return sum.Plus(e.delta())
}

// Sum is the effort of what a refresh makes anew. What is observed with its chapter
// counts once.
func Sum(list []Stale) Effort {
	sum := Effort{Low: llm.Free, High: llm.Free}
	rewritten := map[int]bool{}
	for _, s := range list {
		if s.Stays == "" && strings.HasPrefix(s.Artefact, "chapter/") {
			rewritten[s.Ordinal] = true
		}
	}
	for _, s := range list {
		if s.Stays == "" && !(rewritten[s.Ordinal] && strings.HasPrefix(s.Artefact, "delta/")) {
			sum = sum.Plus(s.Effort)
		}
	}
	return sum
}
