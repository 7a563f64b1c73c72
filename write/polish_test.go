package write_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"quire/book"
	"quire/event"
	"quire/llm"
)

// critic is a model whose critic finds fault with a sentence of every chapter, in
// the first round, and whose reviser answers as the test says.
func critic(fault string, revise func(r llm.Request, text string) string) *scripted {
	return &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var text string
		read(s, "text", &text)
		switch {
		case r.Role == llm.Draft && strings.HasSuffix(r.Artefact, "/2"):
			return prose(r.Words-6, r.Artefact) + " " + fault, true, nil
		case r.Role == llm.Check && strings.HasSuffix(r.Artefact, "/1"):
			return must(book.Review{Items: []book.Item{{Severity: book.Major, Kind: "clarity", Quote: fault, Problem: "it sums up", Fix: "take it out"}}}), true, nil
		case r.Role == llm.Revise:
			return revise(r, text), true, nil
		}
		return "", false, nil
	}}
}

func TestWhatIsMendedStaysOnlyIfItIsBetter(t *testing.T) {
	const fault = "And so it had all been for the best."
	patch := func(find, with string) func(llm.Request, string) string {
		return func(llm.Request, string) string {
			return must(book.Patches{Patches: []book.Patch{{Find: find, With: with}}})
		}
	}
	for name, tt := range map[string]struct {
		revise func(llm.Request, string) string
		by     book.Origin
		reason string // why it was not kept
	}{
		"taken out":            {patch(fault, "The boat had gone."), book.Revised, ""},
		"left standing":        {patch("so it had", "so it had"), book.Drafted, "nothing changed"},
		"put beside":           {patch(fault, fault+" The boat had gone."), book.Drafted, "still stands"},
		"without an end":       {patch(fault, "The boat had"), book.Drafted, "no end"},
		"a heading put in":     {patch(fault, "The boat.\n\n## Gone\n\nIt had gone."), book.Drafted, "heading"},
		"a passage not there":  {patch("nowhere at all", "x"), book.Drafted, "no usable answer"},
		"made into repetition": {patch(fault, strings.Repeat("The boat had gone out to sea again. ", 12)), book.Drafted, "got worse"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, lite(t), critic(fault, tt.revise))
			brief := book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 1, Words: 300}
			id := h.write(brief)
			h.waitBound()
			chapters, err := h.store.Chapters(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			var text book.ChapterText
			h.artefact(id, "chapter/"+string(chapters[0].ID), &text)
			revised := lastOf[event.ChapterRevised](t, h, id)
			if text.By != tt.by || revised.Kept != (tt.by == book.Revised) || !strings.Contains(revised.Reason, tt.reason) {
				t.Errorf("the text is by %s; %+v", text.By, revised)
			}
			if tt.by == book.Revised && (strings.Contains(text.Markdown, fault) || !strings.Contains(text.Markdown, "The boat had gone.")) {
				t.Errorf("the text ends %q", text.Markdown[max(len(text.Markdown)-80, 0):])
			}
		})
	}
}

func TestAChapterThatIsWrongInMostPlacesIsWrittenAnew(t *testing.T) {
	for name, tt := range map[string]struct {
		end string
		by  book.Origin
	}{"whole": {".", book.Revised}, "without an end": {" and the", book.Drafted}} {
		t.Run(name, func(t *testing.T) {
			m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
				switch {
				case r.Role == llm.Check && strings.HasSuffix(r.Artefact, "/1"):
					var all book.Review
					for range 6 {
						all.Items = append(all.Items, book.Item{Severity: book.Major, Kind: "voice", Problem: "all of it", Fix: "anew"})
					}
					return must(all), true, nil
				case strings.HasPrefix(r.Artefact, "rewrite/"):
					return strings.TrimSuffix(prose(r.Words, "anew"), ".") + tt.end, true, nil
				}
				return "", false, nil
			}}
			h := newHouse(t, lite(t), m)
			id := h.write(book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 1, Words: 300})
			h.waitBound()
			chapters, err := h.store.Chapters(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			var text book.ChapterText
			h.artefact(id, "chapter/"+string(chapters[0].ID), &text)
			if text.By != tt.by || m.count("rewrite/"+string(chapters[0].ID)+"/1#1") != 1 {
				t.Errorf("the text is by %s; %+v", text.By, lastOf[event.ChapterRevised](t, h, id))
			}
		})
	}
}

// lastOf is the last event of a kind in the book's log.
func lastOf[P event.Payload](t *testing.T, h *house, id book.ID) (last P) {
	t.Helper()
	events, err := h.store.Events(t.Context(), id, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind != last.Kind() {
			continue
		}
		if last, err = event.Read[P](e); err != nil {
			t.Fatal(err)
		}
	}
	return last
}

// TestMarkersBecomeFigures writes a chapter with five markers: the first shows
// numbers of the text, the second an example, the third numbers from nowhere, the
// others are more than a chapter gets.
func TestMarkersBecomeFigures(t *testing.T) {
	const markers = "\n\n[INFOGRAPHIC: the salt]\n\n[INFOGRAPHIC: an example]\n\n[INFOGRAPHIC: lies]\n\n[INFOGRAPHIC: four]\n\n[INFOGRAPHIC: five]\n\nSo it is."
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var shows string
		read(s, "shows", &shows)
		spec := func(values string) string {
			return `{"kind":"bar","title":"Salt","labels":["a","b"],"values":[` + values + `]}`
		}
		switch {
		case r.Role == llm.Draft:
			return prose(r.Words-20, r.Artefact) + " Of salt there are 25 kg here and 1,200 there." + markers, true, nil
		case r.Role == llm.Figure && shows == "the salt":
			return must(map[string]any{"spec": spec("25, 1200"), "example": false}), true, nil
		case r.Role == llm.Figure && shows == "an example":
			return must(map[string]any{"spec": spec("1, 2"), "example": true}), true, nil
		case r.Role == llm.Figure:
			return must(map[string]any{"spec": spec("7, 8"), "example": false}), true, nil
		}
		return "", false, nil
	}}
	for _, tt := range []struct {
		book.Brief
		want int
	}{{book.Brief{Kind: book.Nonfiction}, 2}, {book.Brief{Kind: book.Nonfiction, Figures: "none"}, 0}, {book.Brief{Kind: book.Nonfiction, Preset: book.PresetDraft}, 0}, {book.Brief{Kind: book.Fiction}, 0}} {
		brief, want := tt.Brief, tt.want
		brief.Topic, brief.Chapters, brief.Words = "How to salt fish", 1, 200
		h := newHouse(t, lite(t), m)
		id := h.write(brief)
		h.waitBound()
		text := h.manuscript(id).Chapters[0].Markdown
		if n := strings.Count(text, "```figure\n"); n != want || strings.Contains(text, "INFOGRAPHIC") {
			t.Errorf("%+v: %d figures in %q", brief, n, text)
		}
		if want > 0 && (!strings.Contains(text, "1200") || strings.Count(text, "the numbers are made up") != 1 || strings.Contains(text, "7, 8")) {
			t.Errorf("the figures are %q", text)
		}
	}
}

func TestAWaveIsWarmedOnceWhereACacheKeepsIt(t *testing.T) {
	for name, tt := range map[string]struct {
		caps  llm.Caps
		width int
		want  int
	}{
		"a cache":           {llm.Caps{Cache: llm.Automatic, CacheLeast: 100}, 3, 1},
		"a long least":      {llm.Caps{Cache: llm.Automatic, CacheLeast: 1_000_000}, 3, 0},
		"no cache":          {llm.Caps{}, 3, 0},
		"one after another": {llm.Caps{Cache: llm.Marked, CacheLeast: 100}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := &scripted{caps: tt.caps}
			h := newHouse(t, lite(t), m)
			h.writer.Width = tt.width
			h.write(small)
			h.waitBound()
			if n := m.count("warm/1#1"); n != tt.want {
				t.Errorf("the wave was warmed %d times, want %d", n, tt.want)
			}
		})
	}
}

// TestAChapterBesideAnotherIsJoinedToHowItReallyEnds plays neighbours of one wave
// of which the first ends elsewhere than planned.
func TestAChapterBesideAnotherIsJoinedToHowItReallyEnds(t *testing.T) {
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		switch {
		case r.Role == llm.Beats:
			return must(book.Beats{Sections: []book.Beat{{Words: 100, Goal: "a", Place: "quay", Cast: []string{"ann"}}}}), true, nil
		case r.Role == llm.Draft:
			return "On the quay it was late. " + prose(r.Words, r.Artefact), true, nil
		case r.Role == llm.Observe:
			return must(book.Delta{Summary: "s", Handoff: book.Handoff{Where: "the mill", Who: []string{"bo"}}}), true, nil
		case strings.HasPrefix(r.Artefact, "seam/"):
			return must(book.Patches{Patches: []book.Patch{{Find: "On the quay", With: "At the mill"}}}), true, nil
		}
		return "", false, nil
	}}
	h := newHouse(t, lite(t), m)
	id := h.write(book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 2, Words: 200})
	h.waitBound()
	got := h.manuscript(id)
	if !strings.HasPrefix(got.Chapters[0].Markdown, "On the quay") || !strings.HasPrefix(got.Chapters[1].Markdown, "At the mill") {
		t.Errorf("the chapters begin %.30q and %.30q", got.Chapters[0].Markdown, got.Chapters[1].Markdown)
	}
}

func TestSourcesAreCitedAndWhatTheyDoNotSayIsMarked(t *testing.T) {
	source := book.Source{ID: "src_0a1b2c3d", Name: "notes.md", Title: "Notes on salt", Author: "A. Salter", Priority: 1, Words: 5,
		Passages: []book.Passage{{ID: "src_0a1b2c3d.1", Heading: "Fish", Text: "Salt keeps fish for years."}}}
	m := &scripted{}
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var passages []book.Passage
		read(s, "passages", &passages)
		switch {
		case r.Role == llm.Bible && m.count("bible#1") == 1 && r.Attempt == 1:
			return must(book.Bible{Claims: []book.Claim{{ID: "c", Text: "t", Sources: []string{"src_ffffffff.1"}}}}), true, nil
		case r.Role == llm.Draft:
			if len(passages) != 1 {
				t.Errorf("%s has the passages %v", r.Artefact, passages)
			}
			return prose(r.Words, r.Artefact) + " It keeps.[^src_0a1b2c3d.1] It sings.[^unsourced] It flies.[^src_eeeeeeee.9]", true, nil
		}
		return "", false, nil
	}
	h := newHouse(t, lite(t), m)
	b, err := h.writer.Start(t.Context(), book.Brief{Topic: "How salt keeps fish", Kind: book.Nonfiction, Chapters: 1, Words: 100}, book.Terms{}, nil, source)
	if err != nil {
		t.Fatal(err)
	}
	h.waitBound()
	got := h.manuscript(b.ID)
	text := got.Chapters[0].Markdown
	if !strings.Contains(text, "None of the sources of this book says so.") || !strings.Contains(text, "Notes on salt") || strings.Contains(text, "eeeeeeee") {
		t.Errorf("the chapter is %q", text)
	}
	if last := got.Chapters[len(got.Chapters)-1]; last.Title != "Bibliography" || !strings.Contains(last.Markdown, "Salter") {
		t.Errorf("the last piece is %+v", last)
	}
	if m.count("bible#2") != 1 {
		t.Error("a claim with a source that is not there was taken")
	}
	if cited := lastOf[event.SourcesCited](t, h, b.ID); cited.Sources != 1 || cited.Unknown == 0 || cited.Unsourced == 0 {
		t.Errorf("cited %+v", cited)
	}
}

// TestTheWordsOfCodeAreInTheBooksLanguage writes books with a chapter that has
// claims and one that cannot be written.
func TestTheWordsOfCodeAreInTheBooksLanguage(t *testing.T) {
	source := book.Source{ID: "src_0a1b2c3d", Name: "salz.md", Title: "Salz", Priority: 3, Words: 3, Passages: []book.Passage{{ID: "src_0a1b2c3d.1", Text: "Salz hält Fisch."}}}
	for language, want := range map[string][3]string{
		"de-AT": {"Literatur", "Keine der Quellen dieses Buches belegt das.", "*Dieses Kapitel fehlt: Es konnte nicht geschrieben werden.*"},
		"zh":    {"参考文献", "本书的资料来源均未提及此说。", "*本章缺失：未能写成。*"},
		"tlh":   {"Bibliography", "None of the sources of this book says so.", "*This chapter is missing: it could not be written.*"},
	} {
		t.Run(language, func(t *testing.T) {
			m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
				var at struct{ Ordinal int }
				read(s, "position", &at)
				switch {
				case r.Role != llm.Draft:
					return "", false, nil
				case at.Ordinal == 2:
					return "", true, nil
				}
				return prose(r.Words, r.Artefact) + " Ja.[^src_0a1b2c3d.1] Nein.[^unsourced]", true, nil
			}}
			h := newHouse(t, lite(t), m)
			b, err := h.writer.Start(t.Context(), book.Brief{Topic: "Salz", Kind: book.Nonfiction, Language: language, Chapters: 2, Words: 200}, book.Terms{}, nil, source)
			if err != nil {
				t.Fatal(err)
			}
			h.waitBound()
			c := h.manuscript(b.ID).Chapters
			if last := c[len(c)-1]; last.Title != want[0] || !strings.Contains(c[0].Markdown, want[1]) || c[1].Markdown != want[2] {
				t.Errorf("the book ends with %q; %q, %q", last.Title, c[0].Markdown, c[1].Markdown)
			}
		})
	}
}

func TestThePiecesOfALongPlanAreStitched(t *testing.T) {
	m := &scripted{}
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Artefact != "outline/stitch" {
			return "", false, nil
		}
		if r.Attempt == 1 {
			return `{"chapters":[{"id":"ch_none","summary":"x"}]}`, true, nil
		}
		var o book.Outline
		read(s, "outline", &o)
		return must(map[string]any{"chapters": []any{map[string]string{"id": string(o.Chapters[12].ID), "summary": "It follows.", "turn": "Now."}}}), true, nil
	}
	h := newHouse(t, lite(t), m)
	id := h.write(book.Brief{Topic: "Salt", Kind: book.Nonfiction, Chapters: 14, Words: 1400, Preset: book.PresetDraft})
	h.waitBound()
	var o book.Outline
	h.artefact(id, "outline", &o)
	if c := o.Chapters[12]; c.Summary != "It follows." || c.Turn != "Now." || o.Chapters[11].Summary == "It follows." {
		t.Errorf("the outline is %+v", o.Chapters[11:])
	}
}

// TestWhatHadNoUsableAnswerIsTold plays a critic, and one who writes what stands
// around a book, who give rubbish for ever: the book goes on, and says so.
func TestWhatHadNoUsableAnswerIsTold(t *testing.T) {
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Matter {
			return `{"blurb": "Salt\u0000"}`, true, nil
		}
		return "Sure!", r.Role == llm.Check, nil
	}}
	h := newHouse(t, lite(t), m)
	id := h.write(book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 1, Words: 200})
	h.waitBound()
	events, err := h.store.Events(t.Context(), id, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, e := range events {
		if e.Kind == (event.DecisionMade{}).Kind() {
			d, err := event.Read[event.DecisionMade](e)
			if err != nil {
				t.Fatal(err)
			}
			said[d.Type] = true
		}
	}
	if got := h.manuscript(id); got.Missing != 0 || got.Meta.Description != "She leaves." || !said["critic"] || !said["matter"] {
		t.Errorf("%d missing, described as %q; told %v", got.Missing, got.Meta.Description, said)
	}
}

// TestTheDeskKeepsTheSourcesOfSomeBooks writes books with sources of their own in
// turn: each has its own passages.
func TestTheDeskKeepsTheSourcesOfSomeBooks(t *testing.T) {
	words := []string{"herring", "cod", "eel", "perch", "tench", "bream", "roach", "carp", "trout", "pike"}
	m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var brief book.Brief
		var passages []book.Passage
		read(s, "brief", &brief)
		read(s, "passages", &passages)
		if r.Role == llm.Draft && (len(passages) != 1 || !strings.Contains(brief.Topic, strings.Fields(passages[0].Text)[0])) {
			t.Errorf("the book of %q has the passages %v", brief.Topic, passages)
		}
		return "", false, nil
	}}
	h := newHouse(t, lite(t), m)
	h.writer.Random = rand.Reader
	for _, fish := range append(words, words[0]) {
		source := book.Source{ID: "src_" + book.Derive(8, fish), Name: fish + ".md", Title: fish, Priority: 3, Words: 3,
			Passages: []book.Passage{{ID: "src_" + book.Derive(8, fish) + ".1", Text: fish + " keeps well."}}}
		brief := book.Brief{Topic: "How " + fish + " keeps", Kind: book.Nonfiction, Chapters: 1, Words: 60, Preset: book.PresetDraft}
		if _, err := h.writer.Start(t.Context(), brief, book.Terms{}, nil, source); err != nil {
			t.Fatal(err)
		}
		h.waitBound()
	}
}
