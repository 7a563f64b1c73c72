package write_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

// quick is the brief of a story of three chapters that asks for little.
var quick = book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 3, Words: 300, Seed: 5, Preset: book.PresetDraft}

// whole writes a book to its end.
func whole(t *testing.T, m *scripted, brief book.Brief) (*house, book.ID) {
	t.Helper()
	h := newHouse(t, lite(t), m)
	id := h.write(brief)
	h.waitBound()
	end(t, h, id, book.Finished)
	return h, id
}

// again waits until a book that went on is bound, and ends it.
func (h *house) again(id book.ID) {
	h.t.Helper()
	h.waitBound()
	end(h.t, h, id, book.Finished)
}

func (h *house) rows(id book.ID) []book.Chapter {
	h.t.Helper()
	list, err := h.store.Chapters(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) name(id book.ID, kind string, ordinal int) string {
	return kind + "/" + string(h.rows(id)[ordinal-1].ID)
}

func (h *house) text(id book.ID, ordinal int) (t book.ChapterText) {
	h.artefact(id, h.name(id, "chapter", ordinal), &t)
	return t
}

// edit changes an artefact by hand, as the text of it is changed by with.
func (h *house) edit(id book.ID, words string, with func(string) string) error {
	h.t.Helper()
	name, err := h.writer.Find(h.t.Context(), id, words)
	if err != nil {
		return err
	}
	body, base, err := h.writer.Body(h.t.Context(), id, name)
	if err != nil {
		return err
	}
	_, err = h.writer.Edit(h.t.Context(), id, write.Edit{Artefact: name, Body: []byte(with(string(body))), Base: base, By: "Mo"})
	return err
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// staleNames lists what is stale, with why, and with * if it stays.
func (h *house) staleNames(id book.ID) (list []string) {
	h.t.Helper()
	stale, err := h.writer.Stale(h.t.Context(), id)
	h.must(err)
	numbers := map[string]int{}
	for _, c := range h.rows(id) {
		numbers[string(c.ID)] = c.Ordinal
	}
	for _, s := range stale {
		kind, unit, _ := strings.Cut(s.Artefact, "/")
		if unit != "" {
			kind += string(rune('0' + numbers[unit]))
		}
		if s.Stays != "" {
			kind += "*"
		}
		list = append(list, kind+":"+strings.Join(s.Because, ","))
	}
	return list
}

func TestABookWaitsAtItsGates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s, &scripted{})
		brief := quick
		brief.Approve = []string{"concept", "outline", "draft"}
		id := h.write(brief)
		for _, stage := range brief.Approve {
			h.waitState(id, book.Waiting)
			b := h.book(id)
			if b.Stage != stage || !strings.Contains(b.Reason, stage) || !strings.Contains(b.Hint, "quire approve "+string(id)) {
				t.Errorf("at the gate of the %s the book is at %s: %s; %s", stage, b.Stage, b.Reason, b.Hint)
			}
			wantKind(t, h.writer.Approve(t.Context(), id, "beats", 0), problem.Conflict)
			wantKind(t, h.writer.Resume(t.Context(), id), problem.Conflict)
			h.must(h.writer.Approve(t.Context(), id, stage, 0))
		}
		h.again(id)
		wantKind(t, h.writer.Approve(t.Context(), id, "", 0), problem.Conflict)
		wantKind(t, h.writer.Approve(t.Context(), id, "cover", 0), problem.Invalid)
		if n := strings.Count(joinKinds(h), "gate.opened"); n != 3 || strings.Count(joinKinds(h), "gate.approved") != 3 {
			t.Errorf("%d gates were opened: %s", n, joinKinds(h))
		}
	})
}

func joinKinds(h *house) string {
	var list []string
	for _, k := range h.kinds() {
		list = append(list, string(k))
	}
	return strings.Join(list, " ")
}

// waitState waits until the book is in a state.
func (h *house) waitState(id book.ID, state book.State) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 30*time.Second)
	defer cancel()
	for h.book(id).State != state {
		select {
		case <-ctx.Done():
			h.t.Fatalf("the book is %s, not %s", h.book(id).State, state)
		case <-h.tick():
		}
	}
}

func TestAGateThatNoStageHasIsRefused(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	for name, approve := range map[string]string{"no such stage": "cover", "a stage that the preset leaves out": "bible"} {
		t.Run(name, func(t *testing.T) {
			brief := quick
			brief.Approve = []string{approve}
			_, err := h.writer.Start(t.Context(), brief, book.Terms{}, nil)
			wantKind(t, err, problem.Invalid)
		})
	}
}

func TestAnotherDirectionOfTheConceptIsTaken(t *testing.T) {
	var handed [][]book.Direction
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Role != llm.Concept {
			return "", false, nil
		}
		var drawn []book.Direction
		read(s, "directions", &drawn)
		handed = append(handed, drawn)
		var c book.Concept
		if err := json.Unmarshal([]byte(plain(r, s)), &c); err != nil {
			return "", false, err
		}
		for i, d := range drawn {
			d.Title = string(rune('A' + i))
			c.Directions = append(c.Directions, d)
		}
		c.Chosen, c.Title = 1, "Take "+string(rune('0'+len(handed)))
		return must(c), true, nil
	}}
	h := newHouse(t, lite(t), m)
	brief := quick
	brief.Preset, brief.Approve = book.PresetStandard, []string{"concept"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	wantKind(t, h.writer.Approve(t.Context(), id, "", 4), problem.Invalid)
	wantKind(t, h.writer.Approve(t.Context(), id, "", -1), problem.Invalid)
	h.must(h.writer.Approve(t.Context(), id, "concept", 2))
	h.again(id)
	if len(handed) != 2 || len(handed[0]) != 3 || len(handed[1]) != 1 || handed[1][0].Title != "B" {
		t.Errorf("the directions handed over were %+v", handed)
	}
	var c book.Concept
	h.artefact(id, "concept", &c)
	if c.Chosen != 2 || len(c.Directions) != 3 || c.Title != "Take 2" || h.book(id).Title != "Take 2" {
		t.Errorf("the concept is %+v of the book %q", c, h.book(id).Title)
	}
}

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

func TestAFreshBookHasNothingStaleAndEachEditMakesTheRightThingsStale(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	needs := func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var at struct{ Ordinal int }
		read(s, "position", &at)
		switch {
		case r.Role == llm.Beats && at.Ordinal == 1:
			return `{"sections":[{"words":10,"goal":"a","facts":[{"subject":"key","attr":"at","value":"the well"}]}]}`, true, nil
		case r.Role == llm.Beats && at.Ordinal == 3:
			return `{"sections":[{"words":10,"goal":"a","needs":[{"subject":"key","attr":"at"}]}]}`, true, nil
		case r.Role == llm.Observe && at.Ordinal == 1:
			place := "the well"
			var text string
			if read(s, "text", &text); strings.Contains(text, "attic") {
				place = "the attic"
			}
			return must(book.Delta{Summary: "s", Facts: []book.Fact{{Subject: "key", Attr: "at", Value: place}}}), true, nil
		}
		return "", false, nil
	}
	swap := func(a, b string) func(string) string {
		return func(s string) string { return strings.Replace(s, a, b, 1) }
	}
	all := []string{"beats1:", "chapter1:", "beats2:", "chapter2:", "beats3:", "chapter3:"}
	because := func(why string, list ...string) (out []string) {
		for _, x := range list {
			out = append(out, x+why)
		}
		return out
	}
	type step struct {
		name string
		what string // is changed
		with func(string) string
		want []string // is stale then; a refresh makes it anew
		next []string // is stale after that
	}
	for name, steps := range map[string][]step{
		"brief and beats": {
			{name: "nothing"},
			{"the author's name", "brief", swap(`"seed"`, `"author": "Mo", "seed"`), nil, nil},
			{"the tone", "brief", swap(`"seed"`, `"tone": "dry", "seed"`), because("brief", append([]string{"concept:", "bible:", "outline:"}, all...)...), nil},
			{"the beats", "beats 2", swap(`"goal": "a"`, `"goal": "c"`), []string{"chapter2:beats"}, nil},
			{"a chapter's summary", "outline", swap("Something happens.", "Nothing happens."), []string{"beats1:outline", "chapter1:outline"}, nil},
		},
		"concept": {
			{"the book's title", "concept", swap(`"Salt"`, `"Pepper"`), nil, nil},
			{"the concept", "concept", swap("She leaves.", "She stays."), because("concept", append([]string{"bible:", "outline:"}, all...)...), nil},
		},
		"bible and text": {
			{"the bible", "bible", swap(`"style": {`, `"banned": ["very"], "style": {`), because("bible", append([]string{"outline:"}, all...)...), nil},
			{"a title", "outline", swap(`"title": "Chapter`, `"title": "My chapter`), nil, nil},
			{"a text", "chapter 1", func(string) string { return "The key lay in the attic." }, []string{"delta1:text"}, []string{"chapter3:facts"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, id := whole(t, &scripted{script: needs}, brief)
			settle := func() {
				if h.book(id).State.Moving() {
					h.again(id)
				}
			}
			for _, x := range steps {
				if x.what != "" {
					h.must(h.edit(id, x.what, x.with))
				}
				settle()
				for _, want := range [][]string{x.want, x.next} {
					if diff := cmp.Diff(want, h.staleNames(id)); diff != "" {
						t.Fatalf("%s (-want +got):\n%s", x.name, diff)
					}
					_, err := h.writer.Refresh(t.Context(), id)
					if want == nil {
						wantKind(t, err, problem.Conflict)
						break
					}
					h.must(err)
					settle()
				}
			}
			if left := h.staleNames(id); left != nil {
				t.Errorf("at the end there is still %v", left)
			}
		})
	}
}

func TestARefreshLeavesLockedChaptersAndAPersonsWords(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	h, id := whole(t, &scripted{}, brief)
	h.must(h.edit(id, "chapter 2", func(string) string { return "My own words." }))
	h.again(id)
	h.must(h.writer.Lock(t.Context(), id, 3))
	locked := h.text(id, 3)
	h.must(h.edit(id, "bible", func(s string) string { return strings.Replace(s, `"style"`, `"banned": ["very"], "style"`, 1) }))
	want := []string{"outline:bible", "beats1:bible", "chapter1:bible", "beats2*:bible", "chapter2*:bible", "delta2:text", "beats3*:bible", "chapter3*:bible"}
	if diff := cmp.Diff(want, h.staleNames(id)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	_, err := h.writer.Refresh(t.Context(), id)
	h.must(err)
	h.again(id)
	if got := h.manuscript(id).Chapters[1].Markdown; got != "My own words." {
		t.Errorf("chapter 2 is %q", got)
	}
	if diff := cmp.Diff(locked, h.text(id, 3)); diff != "" {
		t.Errorf("the locked chapter changed: %s", diff)
	}
	if got := h.rows(id); got[0].Draft != 2 || got[1].Draft != 1 || got[2].Draft != 1 {
		t.Errorf("the rows are %+v", got)
	}
}

// price is what a model costs that is not free.
var priced = llm.Caps{Price: llm.Price{Known: true, Rates: llm.Rates{Input: book.Dollar, CachedRead: book.Dollar, CachedWrite: book.Dollar, CachedHour: book.Dollar, Output: 4 * book.Dollar}}}

func TestWhatIsStaleHasItsPrice(t *testing.T) {
	for name, tt := range map[string]struct {
		caps llm.Caps
		free bool
	}{"a model that is paid": {priced, false}, "the built-in author": {llm.Caps{Price: llm.Price{Known: true}}, true}} {
		t.Run(name, func(t *testing.T) {
			h, id := whole(t, &scripted{caps: tt.caps}, quick)
			h.must(h.edit(id, "beats 1", func(s string) string { return strings.Replace(s, `"goal": "a"`, `"goal": "c"`, 1) }))
			list, err := h.writer.Stale(t.Context(), id)
			h.must(err)
			sum := write.Sum(list)
			if sum.Calls != 3 || sum.Free() != tt.free || sum.Low.USD > sum.High.USD || tt.free == (sum.Low.USD > 0) {
				t.Errorf("the effort is %+v of %+v", sum, list)
			}
			asked := h.model.total()
			_, err = h.writer.Refresh(t.Context(), id)
			h.must(err)
			h.again(id)
			if n := h.model.total() - asked; n != sum.Calls {
				t.Errorf("%d calls were made, %d foretold", n, sum.Calls)
			}
		})
	}
}

func TestAChapterIsWrittenAnewWithNotes(t *testing.T) {
	var notes []string
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Revision < 2 {
			return "", false, nil
		}
		var n string
		read(s, "notes", &n)
		notes = append(notes, string(r.Role)+":"+n)
		return "", false, nil
	}}
	h, id := whole(t, m, quick)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, Notes: " Make it rain. ", Beats: true}))
	h.again(id)
	if diff := cmp.Diff([]string{"beats:Make it rain.", "draft:Make it rain.", "draft:Make it rain.", "observe:"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	row := h.rows(id)[1]
	if row.Draft != 2 || row.State != book.ChapterWritten || h.text(id, 2).Draft != 2 {
		t.Errorf("the row is %+v", row)
	}
	if left := h.staleNames(id); left != nil {
		t.Errorf("a chapter written anew leaves %v", left)
	}
	for _, x := range []int{1, 3} {
		if h.rows(id)[x-1].Draft != 1 {
			t.Errorf("chapter %d was written anew too", x)
		}
	}
}

func TestOneSectionIsWrittenAnewAndTheRestStays(t *testing.T) {
	anew := func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return "Here stands another passage, of quite other words.", r.Role == llm.Draft && r.Revision > 1, nil
	}
	h, id := whole(t, &scripted{script: anew}, quick)
	before, _, _ := strings.Cut(h.text(id, 1).Markdown, "\n\n***\n\n")
	asked := h.model.total()
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, Section: 2}))
	h.again(id)
	if got := h.text(id, 1); !strings.HasPrefix(got.Markdown, before+"\n\n***\n\nHere stands") || got.By != book.Drafted || got.Draft != 2 {
		t.Errorf("the text is %+v", got)
	}
	if h.model.count("section/"+string(h.rows(id)[0].ID)+"/1#1") != 1 {
		t.Error("the first section was asked for again")
	}
	if n := h.model.total() - asked; n > 4 {
		t.Errorf("%d questions for a section", n)
	}
	// In a chapter that a person changed, only the place of the section changes.
	_, second, _ := strings.Cut(h.text(id, 2).Markdown, "\n\n***\n\n")
	h.must(h.edit(id, "chapter 2", func(s string) string { return "Mine first.\n\n" + s }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, Section: 1}))
	h.again(id)
	got := h.text(id, 2)
	if !strings.HasPrefix(got.Markdown, "Mine first.\n\nHere stands") || !strings.HasSuffix(got.Markdown, "\n\n***\n\n"+second) || got.By != book.Edited {
		t.Errorf("the text is %+v", got)
	}
	// Where its place is gone, nothing is guessed.
	h.must(h.edit(id, "chapter 3", func(string) string { return "All of it is mine." }))
	h.again(id)
	err := h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 3, Section: 1})
	wantKind(t, err, problem.Conflict)
	if !strings.Contains(problem.Of(err).Hint, "--span") {
		t.Errorf("the hint is %q", problem.Of(err).Hint)
	}
}

func TestASpanIsWrittenAnewAndTheRestStaysLetterForLetter(t *testing.T) {
	var seen llm.Sheet
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if strings.HasPrefix(r.Artefact, "span/") {
			seen = s
			return "Two new ones.\n\nHere they are.", true, nil
		}
		return "", false, nil
	}}
	h, id := whole(t, m, quick)
	const text = "One.\n\n```\ncode\n\nmore\n```\n\nThree  is   here.\n\n\n## A heading\n\nFive."
	h.must(h.edit(id, "chapter 2", func(string) string { return text }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2, From: 2, To: 3, Notes: "Shorter."}))
	h.again(id)
	got := h.text(id, 2)
	if got.Markdown != "One.\n\nTwo new ones.\n\nHere they are.\n\n\n## A heading\n\nFive." || got.Draft != 2 || got.By != book.Edited {
		t.Errorf("the text is %+v", got)
	}
	for name, want := range map[string]string{"before_text": "One.", "text": "```\ncode\n\nmore\n```\n\nThree  is   here.", "notes": "Shorter."} {
		var have string
		if read(seen, name, &have); have != want {
			t.Errorf("%s was %q, want %q", name, have, want)
		}
	}
	var delta book.Delta
	h.artefact(id, h.name(id, "delta", 2), &delta)
	if left := h.staleNames(id); left != nil {
		t.Errorf("a new passage leaves %v", left)
	}
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, From: 1, To: 1}))
	h.again(id)
	if got := h.text(id, 1); got.By != book.Revised || !strings.HasPrefix(got.Markdown, "Two new ones.") {
		t.Errorf("the text is %+v", got)
	}
}

func TestWhatCannotBeWrittenAnewIsRefused(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	h.must(h.writer.Lock(t.Context(), id, 3))
	for name, tt := range map[string]struct {
		a    write.Anew
		kind problem.Kind
	}{
		"chapter 0":               {write.Anew{}, problem.Invalid},
		"an unknown chapter":      {write.Anew{Chapter: 4}, problem.Invalid},
		"an unknown section":      {write.Anew{Chapter: 1, Section: 3}, problem.Invalid},
		"section -1":              {write.Anew{Chapter: 1, Section: -1}, problem.Invalid},
		"a span backwards":        {write.Anew{Chapter: 1, From: 2, To: 1}, problem.Invalid},
		"half a span":             {write.Anew{Chapter: 1, To: 1}, problem.Invalid},
		"a span beyond":           {write.Anew{Chapter: 1, From: 1, To: 99}, problem.Invalid},
		"a span without words":    {write.Anew{Chapter: 1, From: 2, To: 2}, problem.Invalid},
		"both":                    {write.Anew{Chapter: 1, Section: 1, From: 1, To: 1}, problem.Invalid},
		"beats of a section":      {write.Anew{Chapter: 1, Section: 1, Beats: true}, problem.Invalid},
		"notes without an end":    {write.Anew{Chapter: 1, Notes: strings.Repeat("x", write.MostNotes+1)}, problem.Invalid},
		"notes with a NUL":        {write.Anew{Chapter: 1, Notes: "a\x00"}, problem.Invalid},
		"a chapter that's locked": {write.Anew{Chapter: 3}, problem.Conflict},
	} {
		t.Run(name, func(t *testing.T) { wantKind(t, h.writer.Regenerate(t.Context(), id, tt.a), tt.kind) })
	}
	for _, state := range []book.State{book.Canceled, book.Failed, book.Running} {
		end(t, h, id, state)
		wantKind(t, h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}), problem.Conflict)
		_, err := h.writer.Refresh(t.Context(), id)
		wantKind(t, err, problem.Conflict)
	}
	if err := h.writer.Regenerate(t.Context(), "bk_other", write.Anew{Chapter: 1}); !problem.Is(err, problem.Missing) {
		t.Errorf("somebody else's book: %v", err)
	}
}

func TestARewriteThatFailsLeavesTheChapterAsItWas(t *testing.T) {
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return " ", r.Role == llm.Draft && r.Revision > 1, nil
	}}
	h, id := whole(t, m, quick)
	was := h.text(id, 2)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2}))
	h.again(id)
	row := h.rows(id)[1]
	if row.State != book.ChapterWritten || row.Draft != 1 || !strings.Contains(row.Reason, "stands as it was") || h.manuscript(id).Missing != 0 {
		t.Errorf("the row is %+v", row)
	}
	if diff := cmp.Diff(was, h.text(id, 2)); diff != "" {
		t.Errorf("the text changed: %s", diff)
	}
}

func TestALockedChapterStaysAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var h *house
		locked := false
		m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
			if r.Role == llm.Draft && r.Revision > 1 && !locked { // while it is being written
				locked = true
				h.must(h.writer.Lock(t.Context(), book.ID(r.Book), 2))
			}
			return "", false, nil
		}}
		h = newHouse(t, s, m)
		id := h.write(quick)
		h.waitBound()
		end(t, h, id, book.Finished)
		was := h.text(id, 2)
		h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 2}))
		h.again(id)
		row := h.rows(id)[1]
		if row.State != book.ChapterWritten || row.Draft != 1 || !row.Locked || row.Reason != "" || row.Words != was.Words {
			t.Errorf("the row is %+v", row)
		}
		if diff := cmp.Diff(was, h.text(id, 2)); diff != "" {
			t.Errorf("the text changed: %s", diff)
		}
		wantKind(t, h.edit(id, "chapter 2", func(string) string { return "Mine." }), problem.Conflict)
		wantKind(t, h.writer.Keep(t.Context(), id, 2, 1, ""), problem.Conflict)
		h.must(h.writer.Unlock(t.Context(), id, 1, 2, 3))
		h.must(h.edit(id, "chapter 2", func(string) string { return "Mine." }))
		wantKind(t, h.writer.Lock(t.Context(), id, 1, 4), problem.Invalid)
		if h.rows(id)[0].Locked {
			t.Error("half of a lock was made")
		}
	})
}

func TestAChapterThatIsNotWrittenCannotBeLocked(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := quick
	brief.Approve = []string{"beats"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	wantKind(t, h.writer.Lock(t.Context(), id, 1), problem.Conflict)
	wantKind(t, h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}), problem.Conflict)
	// But it can be written by hand, and stays so.
	h.must(h.edit(id, "chapter 1", func(string) string { return "Mine from the beginning." }))
	h.must(h.writer.Approve(t.Context(), id, "", 0))
	h.again(id)
	if got := h.manuscript(id).Chapters[0].Markdown; got != "Mine from the beginning." {
		t.Errorf("chapter 1 is %q", got)
	}
	if left := h.staleNames(id); left != nil {
		t.Errorf("a fresh book has %v", left)
	}
}

func TestAJobDoesNotReplaceWhatAPersonWroteMeanwhile(t *testing.T) {
	var h *house
	edited := false
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft && !edited {
			edited = true
			err := h.edit(book.ID(r.Book), "chapter 1", func(string) string { return "Mine." })
			if !problem.Is(err, problem.Conflict) {
				t.Errorf("a chapter was edited while it was being written: %v", err)
			}
			// One that a door let through all the same, in the moment before.
			id := book.ID(r.Book)
			h.must(h.store.Save(t.Context(), write.Change{Name: "test", Book: id, Artefacts: []write.Artefact{
				{Name: h.name(id, "chapter", 1), Body: book.NewText("Mine all the same.", 1, book.Edited), Author: "person"},
			}}))
		}
		return "", false, nil
	}}
	h = newHouse(t, lite(t), m)
	h.writer.Width = 1
	id := h.write(quick)
	h.waitBound()
	if got := h.manuscript(id); got.Chapters[0].Markdown != "Mine all the same." || got.Missing != 0 {
		t.Errorf("chapter 1 is %q", got.Chapters[0].Markdown)
	}
}

func TestAnOlderRevisionStandsAgain(t *testing.T) {
	h, id := whole(t, &scripted{}, quick)
	was := h.text(id, 1)
	h.must(h.edit(id, "chapter 1", func(string) string { return "Mine." }))
	h.again(id)
	wantKind(t, h.writer.Keep(t.Context(), id, 1, 9, ""), problem.Missing)
	wantKind(t, h.writer.Keep(t.Context(), id, 9, 1, ""), problem.Invalid)
	wantKind(t, h.writer.Keep(t.Context(), id, 1, 2, ""), problem.Conflict)
	h.must(h.writer.Keep(t.Context(), id, 1, 1, "Mo"))
	h.again(id)
	if got := h.text(id, 1); got.Markdown != was.Markdown || got.By != book.Kept {
		t.Errorf("the text is %+v", got)
	}
	if h.manuscript(id).Chapters[0].Markdown != was.Markdown {
		t.Error("the manuscript has another text")
	}
	old, err := h.writer.Old(t.Context(), id, h.name(id, "chapter", 1), 2)
	if err != nil || old != "Mine.\n" {
		t.Errorf("revision 2 reads %q (%v)", old, err)
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

func TestABookRestsAfterSoManyChapters(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := quick
	brief.Approve = []string{"beats"}
	id := h.write(brief)
	h.waitState(id, book.Waiting)
	h.stop()
	h.must(h.writer.Approve(t.Context(), id, "", 0))
	wantKind(t, h.writer.ResumeFor(t.Context(), id, -1), problem.Invalid)
	for n := 1; n <= 2; n++ {
		h.must(h.writer.ResumeFor(t.Context(), id, 1))
		h.start()
		h.waitState(id, book.Paused)
		h.stop()
		written := slices.DeleteFunc(h.rows(id), func(c book.Chapter) bool { return c.State != book.ChapterWritten })
		if b := h.book(id); len(written) != n || b.Reason == "" || !strings.Contains(b.Hint, "quire resume") || b.Terms.Chapters != 0 {
			t.Fatalf("%d chapters are written, want %d; the book: %+v", len(written), n, b)
		}
	}
	h.start()
	h.must(h.writer.Resume(t.Context(), id))
	h.again(id)
}

func TestAPersonPausesABookThatMoves(t *testing.T) {
	var h *house
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Outline {
			h.must(h.writer.Stop(t.Context(), book.ID(r.Book)))
		}
		return "", false, nil
	}}
	h = newHouse(t, lite(t), m)
	id := h.write(quick)
	h.waitState(id, book.Paused)
	if b := h.book(id); b.Reason == "" || !strings.Contains(b.Hint, "quire resume") {
		t.Errorf("the book is paused for %q; %q", b.Reason, b.Hint)
	}
	wantKind(t, h.writer.Stop(t.Context(), id), problem.Conflict)
	five := 5 * book.Dollar
	h.must(h.writer.Raise(t.Context(), id, &five))
	if got := h.book(id).Terms.Budget; got == nil || *got != five || !strings.Contains(joinKinds(h), string(event.BudgetChanged{}.Kind())) {
		t.Errorf("the budget is %v", got)
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

func TestAPartIsNotCheckedAsAWholeChapterIs(t *testing.T) {
	brief := quick
	brief.Preset = book.PresetStandard
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		return "A new passage.", strings.HasPrefix(r.Artefact, "span/"), nil
	}}
	h, id := whole(t, m, brief)
	asked := h.model.total()
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1, From: 1, To: 1}))
	h.again(id)
	if n := h.model.total() - asked; n != 2 { // the passage, and what the chapter says now
		t.Errorf("%d questions were asked for a passage, want 2", n)
	}
}

func TestASeamLeavesAPersonsWords(t *testing.T) {
	seams := 0
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		switch {
		case r.Role == llm.Beats:
			return `{"sections":[{"words":10,"goal":"a","place":"quay"}]}`, true, nil
		case r.Role == llm.Observe:
			return must(book.Delta{Summary: "s", Handoff: book.Handoff{Where: "attic"}}), true, nil
		case strings.HasPrefix(r.Artefact, "seam/"):
			seams++
			return `{}`, true, nil
		}
		return "", false, nil
	}}
	brief := quick
	brief.Preset = book.PresetStandard
	h := newHouse(t, lite(t), m)
	h.writer.Width = 1
	id := h.write(brief)
	h.waitBound()
	end(t, h, id, book.Finished)
	if seams != 2 {
		t.Fatalf("%d seams were looked at, want 2", seams)
	}
	h.must(h.edit(id, "chapter 2", func(string) string { return "Mine." }))
	h.again(id)
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 1}))
	h.again(id)
	if got := h.text(id, 2); seams != 2 || got.Markdown != "Mine." {
		t.Errorf("%d seams were looked at; the text is %q", seams, got.Markdown)
	}
	h.must(h.writer.Regenerate(t.Context(), id, write.Anew{Chapter: 3}))
	h.again(id)
	if seams != 3 {
		t.Errorf("%d seams were looked at after chapter 3 was written anew, want 3", seams)
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
	if diff := cmp.Diff([]string{"delta1:text"}, h.staleNames(id)); diff != "" {
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
	if err != nil || len(past) != 8 { // concept, outline, beats and chapters
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
