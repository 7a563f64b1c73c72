package write_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

func TestAPersonsWordsStandInTheManuscript(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s, &scripted{})
		id := h.write(quick)
		h.waitBound()
		end(t, h, id, book.Finished)
		asked := h.model.total()
		h.must(h.edit(id, "chapter 2", func(string) string { return "My own words.\r\n" }))
		h.again(id)
		if got := h.manuscript(id).Chapters[1].Markdown; got != "My own words." {
			t.Errorf("the manuscript has %q", got)
		}
		if h.model.total() != asked {
			t.Errorf("%d questions were asked for an edit", h.model.total()-asked)
		}
		if got := h.text(id, 2); got.By != book.Edited || got.Words != 3 || h.rows(id)[1].Words != 3 {
			t.Errorf("the text is %+v", got)
		}
		past, err := h.writer.History(t.Context(), id, h.name(id, "chapter", 2))
		h.must(err)
		if len(past) != 2 || past[1].Author != "person:Mo" || !past[1].Current || past[0].Current || past[0].Words != 100 {
			t.Errorf("the history is %+v", past)
		}
		// Two people began with the same revision: the second is told.
		name := h.name(id, "chapter", 2)
		_, err = h.writer.Edit(t.Context(), id, write.Edit{Artefact: name, Body: []byte("Theirs."), Base: 1})
		wantKind(t, err, problem.Conflict)
		if !strings.Contains(problem.Of(err).Detail, "somebody changed it meanwhile") {
			t.Errorf("the second editor is told %v", err)
		}
		changed, err := h.writer.Edit(t.Context(), id, write.Edit{Artefact: name, Body: []byte("My own words.\n\n")})
		if changed || err != nil {
			t.Errorf("an edit that changes nothing: %v, %v", changed, err)
		}
	})
}

func TestWhatIsNoSoundEditIsRefused(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	h, id := whole(t, &scripted{}, brief)
	swap := func(a, b string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, a) {
				t.Errorf("%q is not in %s", a, s)
			}
			return strings.Replace(s, a, b, 1)
		}
	}
	is := func(text string) func(string) string { return func(string) string { return text } }
	for name, tt := range map[string]struct {
		what string
		with func(string) string
		says string
	}{
		"an empty file":                  {"chapter 1", is(" \n"), "empty"},
		"no words":                       {"chapter 1", is("* * *"), "no words"},
		"a huge file":                    {"chapter 1", is(strings.Repeat("word ", 2<<20)), "larger than"},
		"a NUL byte":                     {"chapter 1", is("a\x00b"), "control characters"},
		"broken text":                    {"chapter 1", is("a\xff"), "broken text"},
		"a field too many":               {"concept", swap(`"logline"`, `"slogan": "x", "logline"`), `no field "slogan"`},
		"a number for a text":            {"concept", swap(`"She leaves."`, `7`), "logline of the concept cannot be a number"},
		"no JSON":                        {"outline", is("Sure!"), "no sound JSON, from line 1"},
		"a cut file":                     {"outline", func(s string) string { return s[:len(s)/2] }, "cut off"},
		"something behind":               {"bible", func(s string) string { return s + "{}" }, "follows the end"},
		"no title":                       {"concept", swap(`"Salt"`, `""`), "no title"},
		"names alike":                    {"concept", swap(`"Bo"`, `"Ann"`), "too much alike"},
		"a chapter too few":              {"outline", is(`{"chapters":[]}`), "has 0 chapters, but the book has 3"},
		"another id":                     {"outline", swap(`"id": "ch_`, `"id": "xx_`), "must keep ch_"},
		"a stranger in the cast":         {"outline", swap(`"words"`, `"cast": ["zed"], "words"`), `"zed" in its cast`},
		"a place that nobody knows":      {"outline", swap(`"words"`, `"place": "moon", "words"`), `"moon", a place`},
		"an empty summary":               {"outline", swap(`"Something happens."`, `""`), "has no summary"},
		"a thread without id":            {"bible", is(`{"style":{},"threads":[{"id":""}]}`), "no id of its own"},
		"a character of no concept":      {"bible", is(`{"style":{},"characters":[{"id":"zed"}]}`), `"zed"`},
		"a section without goal":         {"beats 1", swap(`"goal": "a"`, `"goal": ""`), "has no goal"},
		"a thread that nobody knows":     {"beats 1", swap(`"goal": "a"`, `"threads": ["t"], "goal": "a"`), `thread "t"`},
		"eight keywords":                 {"matter", swap(`"blurb"`, `"keywords": ["a","b","c","d","e","f","g","h"], "blurb"`), "shops take 7"},
		"a list for an object":           {"matter", is(`["Salt"]`), "is a list and no object"},
		"a keyword without end":          {"matter", swap(`"blurb"`, `"keywords": ["`+strings.Repeat("a", 101)+`"], "blurb"`), "more than 100 characters"},
		"a blurb without end":            {"matter", swap(`She leaves.`, strings.Repeat("a", 10_001)), "more than 10000 characters"},
		"a preface without a title":      {"matter", swap(`"preface": {`, `"preface": {"markdown": "Words."`), "lacks its title"},
		"a NUL byte in an afterword":     {"matter", swap(`"afterword": {`, `"afterword": {"title": "After", "markdown": "\u0000"`), "control characters"},
		"no blurb":                       {"matter", swap(`She leaves.`, ``), "no blurb"},
		"another seed":                   {"brief", swap(`"seed": 5`, `"seed": 6`), "seed of a book cannot change"},
		"another kind":                   {"brief", swap(`"fiction"`, `"nonfiction"`), "kind of a book cannot change"},
		"more chapters":                  {"brief", swap(`"chapters": 3`, `"chapters": 4`), "number of chapters"},
		"a date that is no day":          {"brief", swap(`"seed"`, `"date": "2026-02-31", "seed"`), "not a day"},
		"a chapter that is not there":    {"chapter 4", is("x"), "there is no chapter 4"},
		"chapter 0":                      {"chapter 0", is("x"), "there is no chapter 0"},
		"no number":                      {"chapter two", is("x"), "says no chapter"},
		"an artefact that is none":       {"manuscript", is("x"), "no artefact"},
		"a number behind the only one":   {"outline 3", is("x"), "there is one outline"},
		"a gate that the preset has not": {"brief", swap(`"seed"`, `"approve": ["cover"], "seed"`), "approval after"},
	} {
		t.Run(name, func(t *testing.T) {
			before := joinKinds(h)
			err := h.edit(id, tt.what, tt.with)
			wantKind(t, err, problem.Invalid)
			if err != nil && !strings.Contains(problem.Of(err).Detail, tt.says) {
				t.Errorf("it says %q, want %q", problem.Of(err).Detail, tt.says)
			}
			if strings.Contains(problem.Of(err).Detail, "model") {
				t.Errorf("it blames a model: %v", err)
			}
			if joinKinds(h) != before {
				t.Error("something was saved")
			}
		})
	}
	if _, err := h.writer.Find(t.Context(), "bk_other", "outline"); !problem.Is(err, problem.Missing) {
		t.Errorf("somebody else's book: %v", err)
	}
}

func TestATitleOfTheOutlineRenamesItsChapter(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	h.must(h.edit(id, "outline", func(s string) string { return strings.Replace(s, `"title": "Chapter`, `"title": "The new name`, 1) }))
	h.again(id)
	if got := h.rows(id)[0]; !strings.HasPrefix(got.Title, "The new name") || got.State != book.ChapterWritten {
		t.Errorf("the row is %+v", got)
	}
	if got := h.manuscript(id).Chapters[0].Title; !strings.HasPrefix(got, "The new name") {
		t.Errorf("the manuscript has the title %q", got)
	}
	h.must(h.edit(id, "brief", func(s string) string { return strings.Replace(s, `"seed"`, `"tone": "dry", "seed"`, 1) }))
	past, err := h.writer.History(t.Context(), id, "brief")
	h.must(err)
	if len(past) != 2 || h.book(id).Brief.Tone != "dry" {
		t.Errorf("the brief has the revisions %+v and the tone %q", past, h.book(id).Brief.Tone)
	}
}

func TestABookThatWasWrittenElsewhereIsChangedByHand(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	b, err := h.writer.Import(t.Context(), book.Manuscript{
		Meta:     book.Meta{Title: "Old", Publisher: "House", Kind: book.Fiction},
		Chapters: []book.Text{{ID: "preface", Title: "Preface", Markdown: "Before."}, {ID: "one", Title: "One", Numbered: true, Markdown: "First."}},
	}, nil, nil)
	h.must(err)
	h.waitBound()
	end(t, h, b.ID, book.Finished)
	h.must(h.edit(b.ID, "chapter 2", func(string) string { return "Second thoughts." }))
	h.again(b.ID)
	h.must(h.edit(b.ID, "outline", func(s string) string { return strings.Replace(s, `"One"`, `"The only one"`, 1) }))
	h.again(b.ID)
	h.must(h.edit(b.ID, "concept", func(s string) string { return strings.Replace(s, `"Old"`, `"New"`, 1) }))
	h.again(b.ID)
	want := book.Manuscript{
		Meta:     book.Meta{Title: "New", Publisher: "House", Kind: book.Fiction},
		Chapters: []book.Text{{ID: "preface", Title: "Preface", Markdown: "Before."}, {ID: "one", Title: "The only one", Numbered: true, Markdown: "Second thoughts."}},
	}
	if diff := cmp.Diff(want, h.manuscript(b.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if h.book(b.ID).Title != "New" || h.model.total() != 0 {
		t.Errorf("the book %q, after %d questions", h.book(b.ID).Title, h.model.total())
	}
	wantKind(t, h.edit(b.ID, "brief", func(s string) string { return strings.Replace(s, "{", `{"tone": "dry",`, 1) }), problem.Conflict)
	wantKind(t, h.writer.Regenerate(t.Context(), b.ID, write.Anew{Chapter: 1}), problem.Conflict)
	if left := h.staleNames(b.ID); left != nil {
		t.Errorf("stale: %v", left)
	}
}

func TestAChapterThatFailedCanBeWrittenByHand(t *testing.T) {
	m := &faulty{role: llm.Draft, bad: llm.Result{Text: "x", Finish: llm.Refused}, times: 3}
	h := newHouse(t, lite(t), &m.scripted)
	h.writer.Width = 1
	h.writer.Model = llm.Journal{Model: m, Memory: h.store}
	id := h.write(quick)
	h.waitBound()
	end(t, h, id, book.Partial)
	h.must(h.edit(id, "chapter 1", func(string) string { return "By hand." }))
	h.again(id)
	if got := h.manuscript(id); got.Missing != 0 || got.Chapters[0].Markdown != "By hand." {
		t.Errorf("missing %d, chapter 1 %q", got.Missing, got.Chapters[0].Markdown)
	}
	if diff := cmp.Diff([]string{"delta1:text", "matter:text"}, h.staleNames(id)); diff != "" {
		t.Errorf("stale (-want +got):\n%s", diff)
	}
}

// TestWhatStandsAroundTheChaptersIsChangedByHand writes a preface and a blurb of
// one's own: the book has them, and no refresh takes them away.
func TestWhatStandsAroundTheChaptersIsChangedByHand(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	h, id := whole(t, &scripted{}, brief)
	change := func(s string) string {
		return strings.NewReplacer("She leaves.", "My own.", `"preface": {`, `"preface": {"title": "Before", "markdown": "Mine too."`).Replace(s)
	}
	h.must(h.edit(id, "matter", change))
	h.again(id)
	shown := func() {
		t.Helper()
		m := h.manuscript(id)
		if m.Meta.Description != "My own." || m.Chapters[0].Title != "Before" || m.Chapters[0].Markdown != "Mine too." {
			t.Errorf("the book says %q and begins %+v", m.Meta.Description, m.Chapters[0])
		}
	}
	shown()
	h.must(h.edit(id, "bible", func(s string) string { return strings.Replace(s, `"style"`, `"banned": ["very"], "style"`, 1) }))
	_, err := h.writer.Refresh(t.Context(), id)
	h.must(err)
	h.again(id)
	shown()
	if diff := cmp.Diff([]string{"matter*:bible"}, h.staleNames(id)); diff != "" {
		t.Errorf("stale (-want +got):\n%s", diff)
	}
}

func TestSmallRefusalsOfSteering(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	_, err := h.writer.Edit(t.Context(), id, write.Edit{Artefact: "concept", Body: []byte("{}"), By: "a\nb"})
	wantKind(t, err, problem.Invalid)
	_, err = h.writer.Edit(t.Context(), id, write.Edit{Artefact: "chapter/ch_none", Body: []byte("x")})
	wantKind(t, err, problem.Invalid)
	_, err = h.writer.Edit(t.Context(), id, write.Edit{Artefact: "bible", Body: []byte("{}")})
	wantKind(t, err, problem.Conflict) // its preset makes none
	_, err = h.writer.Refresh(t.Context(), id, 9)
	wantKind(t, err, problem.Invalid)
	old, err := h.writer.Old(t.Context(), id, "outline", 1)
	if err != nil || !strings.Contains(old, "  \"chapters\"") {
		t.Errorf("the outline reads %q (%v)", old, err)
	}
	_, err = h.writer.Old(t.Context(), id, "outline", 7)
	wantKind(t, err, problem.Missing)
	past, err := h.writer.History(t.Context(), id, "")
	if err != nil || len(past) != 9 { // concept, outline, matter, beats and chapters
		t.Errorf("%d revisions (%v)", len(past), err)
	}
	h.must(h.edit(id, "brief", func(string) string { return `{"topic": "Salt", "tone": "dry"}` }))
	if b := h.book(id).Brief; b.Tone != "dry" || b.Seed != 5 || b.Kind != book.Fiction || b.Chapters != 3 || b.Words != 300 {
		t.Errorf("the brief is %+v", b)
	}
	b, err := h.writer.Start(t.Context(), quick, book.Terms{Provider: book.BuiltIn}, nil)
	h.must(err)
	h.waitBound()
	wantKind(t, h.writer.Raise(t.Context(), b.ID, nil), problem.Conflict)
}
