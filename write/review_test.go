package write_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/offline"
	"quire/write"
)

// builtIn is the built-in author as the authors of a writer.
type builtIn struct{ offline.Author }

func (b *builtIn) Serve(book.Terms, string) error        { return nil }
func (b *builtIn) Ability(book.Terms, llm.Role) llm.Caps { return b.Caps() }
func (b *builtIn) Notice(string) string                  { return "" }

// TestTheBuiltInAuthorDoesNotContradictItself holds the checks against books that
// have no contradictions.
func TestTheBuiltInAuthorDoesNotContradictItself(t *testing.T) {
	for name, brief := range map[string]book.Brief{
		"eight chapters":  {Topic: "The lamplighter of Skerry Point", Kind: book.Fiction, Chapters: 8, Words: 16_000, Seed: 7},
		"another seed":    {Topic: "The house by the sea", Kind: book.Fiction, Chapters: 24, Words: 20_000, Seed: 101},
		"a guide":         {Topic: "How to keep bees", Kind: book.Nonfiction, Chapters: 8, Words: 9_000, Seed: 3},
		"best, in a line": {Topic: "Ada Winter", Kind: book.Fiction, Chapters: 8, Words: 8_000, Seed: 5, Preset: book.PresetBest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, lite(t), &scripted{})
			author := &builtIn{}
			h.writer.Model, h.writer.Authors = llm.Journal{Model: author, Memory: h.store}, author
			id := h.write(brief)
			h.waitBound()
			for _, a := range h.alerts(id) {
				t.Errorf("%s: %s (%q, %q)", a.Kind, a.Problem, a.Earlier.Quote, a.Later.Quote)
			}
		})
	}
}

func (h *house) alerts(id book.ID) []book.Alert {
	h.t.Helper()
	var a book.Alerts
	h.artefact(id, "alerts", &a)
	return a.Alerts
}

// fault is a contradiction that a test puts into the first and third chapter.
type fault struct {
	first, third string      // sentences
	facts        []book.Fact // of the first chapter
	later        []book.Fact // of the third
	mended       string      // what the third says in the end
	find, with   string      // what the judge answers, where no word alone is wrong
}

func factOf(subject, attr, value, quote string) book.Fact {
	return book.Fact{Subject: subject, Attr: attr, Value: value, Quote: quote}
}

// faults are one of each kind.
var faults = map[string]fault{
	"age": {first: "Ann was thirty-four.", third: "Ann was forty-three.", mended: "Ann was thirty-four.",
		later: []book.Fact{factOf("ann", "age", "forty-three", "Ann was forty-three")}},
	"date": {first: "She came on Monday, 3 March.", third: "They left on Friday, 13 March, in rain.", mended: "They left on Thursday, 13 March, in rain."},
	"exit": {first: "Tobias drowned in the race.", third: "“Stay,” said Tobias.", mended: "“Stay,” said Ann.",
		facts: []book.Fact{factOf("Tobias", "died", "in the race", "Tobias drowned in the race")},
		later: []book.Fact{factOf("tobias", "at", "the mill", "“Stay,” said Tobias")}, find: "said Tobias", with: "said Ann"},
	"owner": {first: "The brass key hung at Ann’s belt.", third: "Around Bo’s neck was the brass key.", mended: "Around Ann’s neck was the brass key.",
		facts: []book.Fact{factOf("ann", "has", "the brass key", "The brass key hung at Ann’s belt")},
		later: []book.Fact{factOf("bo", "has", "the brass key", "Around Bo’s neck was the brass key")}},
	"name": {first: "The door was held by Marta.", third: "By the door stood Marte.", mended: "By the door stood Marta."},
	"look": {first: "Ann’s green eyes shone.", third: "Ann’s blue eyes shone.", mended: "Ann’s green eyes shone.",
		later: []book.Fact{factOf("ann", "eyes", "blue", "Ann’s blue eyes")}},
	"knowledge": {first: "Ann told them that Bo had burned the mill.", third: "Only then did Ann learn who had burned the mill.", mended: "Only then did Ann say who had burned the mill.",
		facts: []book.Fact{factOf("ann", "knows", "Bo burned the mill", "Ann told them that Bo had burned the mill")},
		later: []book.Fact{factOf("ann", "learns", "Bo burned the mill", "Only then did Ann learn who had burned the mill")},
		find:  "learn who", with: "say who"},
	"place": {first: "Nothing.", third: "At noon Ann was on the quay. At noon Ann was in the mill.", mended: "At noon Ann was on the quay. At noon Ann was in the quay.",
		later: []book.Fact{factOf("ann", "at", "the quay", "At noon Ann was on the quay"), factOf("ann", "at", "the mill", "At noon Ann was in the mill")}},
}

// seeded is a model that writes three chapters with faults. Its judge is the
// built-in author's, but where no word alone is wrong.
func seeded(list ...fault) *scripted {
	return &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		var at struct{ Ordinal int }
		read(s, "position", &at)
		switch r.Role {
		case llm.Concept:
			return must(book.Concept{
				Title: "Salt", Logline: "She leaves.",
				Cast:   []book.Character{{ID: "ann", Name: "Ann"}, {ID: "bo", Name: "Bo"}, {ID: "tobias", Name: "Tobias"}, {ID: "marta", Name: "Marta"}},
				Places: []book.Place{{ID: "quay", Name: "the quay"}, {ID: "mill", Name: "the mill"}},
				Things: []book.Thing{{ID: "key", Name: "the brass key"}},
			}), true, nil
		case llm.Beats:
			return must(book.Beats{Sections: []book.Beat{{Words: 10, Goal: "a"}}}), true, nil
		case llm.Draft:
			text := ""
			for _, f := range list {
				text += map[int]string{1: f.first, 3: f.third}[at.Ordinal] + "\n\n"
			}
			return text + own(at.Ordinal, r.Words-book.Words(text)), true, nil
		case llm.Observe:
			d := book.Delta{Summary: "It happened."}
			for _, f := range list {
				d.Facts = append(d.Facts, map[int][]book.Fact{1: f.facts, 3: f.later}[at.Ordinal]...)
			}
			return must(d), true, nil
		case llm.Check:
			if strings.HasPrefix(r.Artefact, "judge/") {
				return rulings(r, s, list), true, nil
			}
		}
		return "", false, nil
	}}
}

// own is a text of words that stand nowhere else, in sentences of several lengths.
func own(scope, words int) string {
	var text strings.Builder
	for i := range max(words, 20) {
		word := ""
		for n := scope*1000 + i + 400; n > 0; n /= 20 {
			word += string("bcdfghklmnprstvwxyzj"[n%20]) + string("aeiou"[n%5])
		}
		text.WriteString(word)
		if i%7 == 6 || i%11 == 10 || i == max(words, 20)-1 {
			text.WriteString(".")
		}
		text.WriteString(" ")
	}
	return strings.TrimSpace(text.String())
}

// rulings asks the built-in author, and patches where it cannot.
func rulings(r llm.Request, s llm.Sheet, list []fault) string {
	res, err := (&offline.Author{}).Stream(context.Background(), r, nil)
	if err != nil {
		panic(err)
	}
	var answer book.Rulings
	if err := json.Unmarshal([]byte(res.Text), &answer); err != nil {
		panic(err)
	}
	var pairs []struct {
		ID    string
		Later struct{ Quote, Around string }
	}
	read(s, "pairs", &pairs)
	for i := range answer.Rulings {
		for _, f := range list {
			if f.find != "" && strings.Contains(pairs[i].Later.Around, f.find) && strings.Contains(f.third, strings.Trim(pairs[i].Later.Quote, ".")) {
				answer.Rulings[i].Find, answer.Rulings[i].With = f.find, f.with
			}
		}
	}
	return must(answer)
}

// three is the brief of the books with faults.
var three = book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 3, Words: 600}

func TestEachKindOfContradictionIsRaisedAndMendedInTheLaterText(t *testing.T) {
	for kind, f := range faults {
		t.Run(kind, func(t *testing.T) {
			m := seeded(f)
			h := newHouse(t, lite(t), m)
			id := h.write(three)
			h.waitBound()
			alerts := h.alerts(id)
			if len(alerts) != 1 {
				t.Fatalf("%d alerts: %+v", len(alerts), alerts)
			}
			a, texts := alerts[0], h.texts(id)
			if a.Kind != kind || a.Standing != book.AlertPatched || a.Later.Ordinal != 3 || a.Severity != book.Major || a.Why == "" {
				t.Errorf("the alert is %+v", a)
			}
			first := f.first
			if kind == "place" {
				first = f.third // both are in one chapter
			}
			if !strings.Contains(first, a.Earlier.Quote) || a.Earlier.Quote == "" || !strings.Contains(f.third, a.Later.Quote) || a.Later.Quote == "" {
				t.Errorf("the quotes are %q and %q", a.Earlier.Quote, a.Later.Quote)
			}
			if !strings.HasPrefix(texts[2].Markdown, f.mended+"\n\n") || texts[2].By != book.Patched || texts[2].Round != 1 {
				t.Errorf("the third chapter is %.80q by %s", texts[2].Markdown, texts[2].By)
			}
			if !strings.HasPrefix(texts[0].Markdown, f.first) || texts[0].By != book.Drafted {
				t.Errorf("the first chapter is %.80q by %s", texts[0].Markdown, texts[0].By)
			}
			if got := h.manuscript(id).Chapters[2].Markdown; got != texts[2].Markdown {
				t.Errorf("the manuscript has %.80q", got)
			}
			raised, settled := h.told("alert.raised"), h.told("alert.settled")
			if raised != 1 || settled != 1 || h.told("chapter.revised") != 1 {
				t.Errorf("%d alerts were told, %d settled", raised, settled)
			}
		})
	}
}

func (h *house) told(kind event.Kind) (n int) {
	for _, k := range h.kinds() {
		if k == kind {
			n++
		}
	}
	return n
}

// texts are the texts of a book's chapters.
func (h *house) texts(id book.ID) (list []book.ChapterText) {
	h.t.Helper()
	chapters, err := h.store.Chapters(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range chapters {
		var t book.ChapterText
		h.artefact(id, "chapter/"+string(c.ID), &t)
		list = append(list, t)
	}
	return list
}

func TestAPatchCorrectsTheFactsThatItChanges(t *testing.T) {
	var list []fault
	for _, kind := range slices.Sorted(maps.Keys(faults)) {
		list = append(list, faults[kind])
	}
	h := newHouse(t, lite(t), seeded(list...))
	id := h.write(three)
	h.waitBound()
	var s book.Snapshot
	h.artefact(id, "wave/1", &s)
	var got []string
	for _, f := range s.Ledger.Facts {
		if f.From == 3 {
			got = append(got, fmt.Sprintf("%s %s %s | %s", f.Subject, f.Attr, f.Value, f.Quote))
		}
	}
	want := []string{
		"ann age thirty-four | Ann was thirty-four", "ann eyes green | Ann’s green eyes", "ann at the quay | At noon Ann was in the quay",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts of the third chapter (-want +got):\n%s", diff)
	}
	for _, a := range h.alerts(id) {
		if a.Standing != book.AlertPatched {
			t.Errorf("left: %+v", a)
		}
	}
}

func TestALockedOrEditedChapterKeepsItsTextAndTheAlertStays(t *testing.T) {
	for name, interfere := range map[string]func(c book.Chapter) write.Change{
		"locked": func(c book.Chapter) write.Change {
			c.Locked = true
			return write.Change{Name: "lock", Chapters: []book.Chapter{c}}
		},
		"edited": func(c book.Chapter) write.Change {
			text := book.NewText(faults["age"].third+" That is mine.", 1, book.Edited)
			return write.Change{Name: "edit", Artefacts: []write.Artefact{{Name: "chapter/" + string(c.ID), Body: text}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := seeded(faults["age"])
			h := newHouse(t, lite(t), m)
			script := m.script
			m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
				if strings.HasPrefix(r.Artefact, "judge/") { // it happens while the judge thinks
					h.meanwhile(book.ID(r.Book), interfere)
				}
				return script(r, s)
			}
			id := h.write(three)
			h.waitBound()
			alerts := h.alerts(id)
			if len(alerts) != 1 || alerts[0].Standing != book.AlertLocked || (book.Alerts{Alerts: alerts}).Open() != 1 {
				t.Errorf("alerts are %+v", alerts)
			}
			if text := h.texts(id)[2]; !strings.Contains(text.Markdown, "forty-three") || text.By == book.Patched {
				t.Errorf("the chapter is %.60q by %s", text.Markdown, text.By)
			}
		})
	}
}

// meanwhile makes a person's change of the third chapter.
func (h *house) meanwhile(id book.ID, change func(book.Chapter) write.Change) {
	chapters, err := h.store.Chapters(context.Background(), id)
	if err == nil {
		c := change(chapters[2])
		c.Book = id
		err = h.store.Save(context.Background(), c)
	}
	if err != nil {
		h.t.Error(err)
	}
}

func TestAJudgeWithoutAUsableAnswerLeavesTheAlertOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(id string) string
		why    string
	}{
		"rubbish for ever": {func(string) string { return "Certainly! Let me see." }, "no model could rule"},
		"another pair":     {func(string) string { return must(book.Rulings{Rulings: []book.Ruling{{ID: "x", Why: "y"}}}) }, "no model could rule"},
		"no patch":         {ruled(book.Ruling{Contradiction: true, Right: book.RightEarlier, Severity: book.Minor, Why: "So."}), "So. No patch"},
		"a patch of something else": {ruled(book.Ruling{Contradiction: true, Right: book.RightEarlier, Severity: book.Minor, Why: "So.", Find: "nothing of this", With: "x"}),
			"So. No patch"},
		"a patch that writes on and on": {ruled(book.Ruling{Contradiction: true, Right: book.RightEarlier, Severity: book.Minor, Why: "So.", Find: "forty-three", With: own(50, 90)}),
			"much longer"},
		"a patch that breaks the text": {ruled(book.Ruling{Contradiction: true, Right: book.RightEarlier, Severity: book.Minor, Why: "So.", Find: "forty-three", With: "As an AI [insert age]"}),
			"worse"},
		"the earlier place is wrong": {ruled(book.Ruling{Contradiction: true, Right: book.RightLater, Severity: book.Minor, Why: "So."}), "the one to mend"},
	} {
		t.Run(name, func(t *testing.T) {
			m := seeded(faults["age"])
			script := m.script
			m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
				if !strings.HasPrefix(r.Artefact, "judge/") {
					return script(r, s)
				}
				var pairs []struct{ ID string }
				read(s, "pairs", &pairs)
				return tt.answer(pairs[0].ID), true, nil
			}
			h := newHouse(t, lite(t), m)
			id := h.write(three)
			h.waitBound()
			alerts := h.alerts(id)
			if len(alerts) != 1 || alerts[0].Standing != book.AlertOpen || !strings.Contains(alerts[0].Why, tt.why) {
				t.Errorf("alerts are %+v", alerts)
			}
			if text := h.texts(id)[2]; !strings.HasPrefix(text.Markdown, "Ann was forty-three.") || h.told("alert.settled") != 0 {
				t.Errorf("the chapter is %.60q", text.Markdown)
			}
		})
	}
}

// ruled answers with one ruling.
func ruled(r book.Ruling) func(string) string {
	return func(id string) string {
		r.ID = id
		return must(book.Rulings{Rulings: []book.Ruling{r}})
	}
}

func TestWhatIsDismissedIsNotAskedAboutAgain(t *testing.T) {
	m := seeded(faults["age"])
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if strings.HasPrefix(r.Artefact, "judge/") {
			var pairs []struct{ ID string }
			read(s, "pairs", &pairs)
			return ruled(book.Ruling{Why: "She lies."})(pairs[0].ID), true, nil
		}
		return script(r, s)
	}
	h := newHouse(t, lite(t), m)
	id := h.write(three)
	h.waitBound()
	h.meanwhile(id, func(c book.Chapter) write.Change {
		text := book.NewText(h.texts(id)[2].Markdown+" And so on.", 1, book.Edited)
		return write.Change{Artefacts: []write.Artefact{{Name: "chapter/" + string(c.ID), Body: text}}}
	})
	h.advance(id)
	h.waitBound()
	if a := h.alerts(id); len(a) != 1 || a[0].Standing != book.AlertDismissed || a[0].Why != "She lies." || h.told("alert.raised") != 1 || m.count("judge/1/1#1") != 1 {
		t.Errorf("alerts are %+v; the judge was asked %d times", a, m.count("judge/1/1#1"))
	}
	h.advance(id)
	h.waitBound()
	if n := h.told("stage.started"); m.count("judge/1/1#1") != 1 {
		t.Errorf("a book that did not change was reviewed again (%d stages)", n)
	}
}

func TestAnAlertThatAPersonMendedIsSettledAndOneThatIsTakenBackComesAgain(t *testing.T) {
	m := seeded(faults["age"])
	script := m.script
	m.script = func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if strings.HasPrefix(r.Artefact, "judge/") {
			return "no", true, nil
		}
		return script(r, s)
	}
	h := newHouse(t, lite(t), m)
	id := h.write(three)
	h.waitBound()
	was := h.texts(id)[2].Markdown
	for i, text := range []string{strings.Replace(was, "forty-three", "thirty-four", 1), was} {
		h.meanwhile(id, func(c book.Chapter) write.Change {
			return write.Change{Artefacts: []write.Artefact{{Name: "chapter/" + string(c.ID), Body: book.NewText(text, 1, book.Edited)}}}
		})
		h.advance(id)
		h.waitBound()
		want := []string{book.AlertPatched, book.AlertOpen}[i]
		if a := h.alerts(id); len(a) != 1 || a[0].Standing != want {
			t.Errorf("after edit %d the alerts are %+v", i+1, a)
		}
	}
}

// advance lets a book go on from its first stage that is not done.
func (h *house) advance(id book.ID) {
	h.t.Helper()
	if err := h.store.Save(h.t.Context(), write.Change{Name: "go on", Book: id, Then: &write.Standing{State: book.Queued}, Jobs: []jobs.Job{{Kind: jobs.Advance, Book: id, Unit: jobs.UnitBook}}}); err != nil {
		h.t.Fatal(err)
	}
}
