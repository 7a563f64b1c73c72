package write_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

// small is the brief of a story of three chapters.
var small = book.Brief{Topic: "Salt", Kind: book.Fiction, Chapters: 3, Words: 300, Author: "A. Writer"}

func lite(t testing.TB) *store.Store {
	t.Helper()
	return storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
}

func TestABriefBecomesAManuscript(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s, &scripted{caps: llm.Caps{Notice: "Sample."}})
		id := h.write(small)
		h.waitBound()
		m := h.manuscript(id)
		want := book.Meta{Title: "Salt", Author: "A. Writer", Language: "en", Kind: book.Fiction, Imprint: []string{"Sample."}, Description: "She leaves."}
		if diff := cmp.Diff(want, m.Meta); diff != "" {
			t.Errorf("meta (-want +got):\n%s", diff)
		}
		if len(m.Chapters) != 3 || m.Missing != 0 {
			t.Fatalf("%d chapters, %d missing", len(m.Chapters), m.Missing)
		}
		for _, c := range m.Chapters {
			if n := book.Words(c.Markdown); n != 100 || !strings.Contains(c.Markdown, "\n\n***\n\n") || !c.Numbered {
				t.Errorf("chapter %s has %d words: %.60q", c.Title, n, c.Markdown)
			}
		}
		life := strings.Fields(`book.created stage.started call.finished concept.ready ` + enhanced + `stage.started call.finished bible.ready
			stage.started call.finished outline.ready stage.started call.finished beats.ready call.finished beats.ready call.finished beats.ready
			stage.started waves.planned decision.made stage.started wave.started`)
		for range 3 {
			life = append(life, strings.Fields(`chapter.started call.finished section.written call.finished section.written
				call.finished chapter.checked call.finished chapter.written`)...)
		}
		life = append(life, strings.Fields("wave.merged stage.started stage.started call.finished matter.ready stage.started manuscript.bound stage.started report.ready stage.started")...)
		got := h.kinds()
		if diff := cmp.Diff(len(life), len(got)); diff != "" || got[len(got)-1] != "stage.started" {
			t.Errorf("events (-want +got):\n%s\n%v", diff, got)
		}
	})
}

// enhanced is what a story's log tells of its enhancements: one event a group.
var enhanced = strings.Repeat("enhancement.applied ", 24)

func TestABookInStrictOrderTellsItsLifeInOrder(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	brief := small
	brief.Preset, h.writer.Width = book.PresetBest, 1
	h.write(brief)
	h.waitBound()
	life := strings.Fields(`book.created stage.started call.finished concept.ready ` + enhanced + `stage.started call.finished bible.ready
		stage.started call.finished outline.ready stage.started call.finished beats.ready call.finished beats.ready call.finished beats.ready
		stage.started waves.planned decision.made stage.started`)
	for range 3 {
		life = append(life, strings.Fields(`wave.started chapter.started call.finished section.written call.finished section.written
			call.finished chapter.checked call.finished chapter.written wave.merged`)...)
	}
	life = append(life, strings.Fields("stage.started stage.started call.finished matter.ready stage.started manuscript.bound stage.started report.ready stage.started")...)
	var got []string
	for _, k := range h.kinds() {
		got = append(got, string(k))
	}
	if diff := cmp.Diff(life, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestAChapterKnowsWhatEarlierWavesMadeTrue(t *testing.T) {
	for name, tt := range map[string]struct {
		preset string
		known  int
		from   string // of the hand-off
	}{
		"in strict order":  {book.PresetBest, 2, "delta/"},
		"in the same wave": {book.PresetStandard, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var third llm.Sheet
			m := &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
				var at struct{ Ordinal int }
				read(s, "position", &at)
				if r.Role == llm.Draft && at.Ordinal == 3 {
					third = s
				}
				return "", false, nil
			}}
			h := newHouse(t, lite(t), m)
			brief := small
			brief.Preset = tt.preset
			h.write(brief)
			h.waitBound()
			var before struct {
				Ending  string
				Handoff book.Handoff
				Planned bool
			}
			var ledger book.Ledger
			read(third, "before", &before)
			read(third, "ledger", &ledger)
			if len(ledger.Summaries) != tt.known || len(ledger.Facts) != min(tt.known, 1) || before.Planned != (tt.known == 0) {
				t.Errorf("the third chapter knows %+v; before it %+v", ledger, before)
			}
			if !strings.HasPrefix(before.Handoff.Where, tt.from) || (tt.known > 0) != (before.Ending != "") {
				t.Errorf("before it %+v", before)
			}
		})
	}
}

func TestGivenHeadingsStandAsTheyWereGiven(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{script: func(r llm.Request, s llm.Sheet) (string, bool, error) {
		if r.Role != llm.Outline {
			return "", false, nil
		}
		var plan book.Outline
		read(s, "plan", &plan)
		for i := range plan.Chapters { // a model that knows better
			c := &plan.Chapters[i]
			c.ID, c.Title, c.Words, c.Summary, c.Part = "mine", "My own title", 1, "s", "My part"
			c.Sections = []book.OutlineSection{{Level: 2, Title: "Mine"}}
		}
		return must(plan), true, nil
	}})
	id := h.write(book.Brief{Kind: book.Nonfiction, Outline: []book.Heading{
		{Level: 1, Title: "Salt *and* light", Part: "Part One"}, {Level: 2, Title: "Salt", Words: 120}, {Level: 3, Title: "In [brine]"},
		{Level: 1, Title: "Twice"}, {Level: 1, Title: "Twice"},
	}})
	h.waitBound()
	m := h.manuscript(id)
	var got []string
	for _, c := range m.Chapters {
		got = append(got, c.Part+"|"+c.Title)
	}
	if diff := cmp.Diff([]string{"Part One|Salt *and* light", "|Twice", "|Twice"}, got); diff != "" {
		t.Errorf("chapters (-want +got):\n%s", diff)
	}
	if text := m.Chapters[0].Markdown; !strings.Contains(text, "## Salt\n\n") || !strings.Contains(text, "\n\n### In \\[brine\\]\n\n") {
		t.Errorf("the first chapter reads %.200q", text)
	}
	var o book.Outline
	h.artefact(id, "outline", &o)
	if o.Chapters[0].Words != 250+120+350 || o.Chapters[0].Sections[0].Words != 120 || len(o.Chapters[1].Sections) != 0 {
		t.Errorf("the outline is %+v", o.Chapters)
	}
	if o.Chapters[0].ID == "mine" {
		t.Errorf("the model moved the chapters of the outline: %+v", o.Chapters)
	}
}

func TestALongBookIsPlannedInBatches(t *testing.T) {
	m := &scripted{}
	h := newHouse(t, lite(t), m)
	brief := small
	brief.Kind, brief.Chapters, brief.Words = book.Nonfiction, 30, 3000
	id := h.write(brief)
	h.waitBound()
	for i, want := range []int{1, 1, 1, 0} {
		if got := m.count(fmt.Sprintf("outline/%d#1", i+1)); got != want {
			t.Errorf("batch %d was asked %d times, want %d", i+1, got, want)
		}
	}
	if n := len(h.manuscript(id).Chapters); n != 30 {
		t.Errorf("%d chapters, want 30", n)
	}
}

func TestARefusedReplyIsAskedForAgain(t *testing.T) {
	for name, tt := range map[string]struct {
		role llm.Role
		bad  llm.Result
	}{
		"no JSON":             {llm.Concept, llm.Result{Text: "Sure! Here is your concept.", Finish: llm.Stop}},
		"no title":            {llm.Concept, llm.Result{Text: `{"logline":"x"}`, Finish: llm.Stop}},
		"too few chapters":    {llm.Outline, llm.Result{Text: `{"chapters":[]}`, Finish: llm.Stop}},
		"beats without goal":  {llm.Beats, llm.Result{Text: `{"sections":[{"words":1}]}`, Finish: llm.Stop}},
		"an empty section":    {llm.Draft, llm.Result{Text: " \n", Finish: llm.Stop}},
		"a thread without id": {llm.Bible, llm.Result{Text: `{"threads":[{"id":""}]}`, Finish: llm.Stop}},
		"no words":            {llm.Draft, llm.Result{Text: "* * *", Finish: llm.Stop}},
		"a declined section":  {llm.Draft, llm.Result{Text: "I cannot.", Finish: llm.Refused}},
		"no summary":          {llm.Observe, llm.Result{Text: `{}`, Finish: llm.Stop}},
	} {
		t.Run(name, func(t *testing.T) {
			m := &faulty{role: tt.role, bad: tt.bad, times: 1}
			h := newHouse(t, lite(t), &m.scripted)
			h.writer.Model = llm.Journal{Model: m, Memory: h.store}
			h.write(small)
			h.waitBound()
			refused := 0
			for _, k := range h.kinds() {
				if k == "reply.refused" {
					refused++
				}
			}
			if refused != 1 {
				t.Errorf("%d replies refused, want 1", refused)
			}
		})
	}
}

func TestAStageThatFailsForGoodFailsTheBookAndRetryGoesOn(t *testing.T) {
	m := &faulty{role: llm.Concept, bad: llm.Result{Text: "no", Finish: llm.Stop}, times: 3}
	h := newHouse(t, lite(t), &m.scripted)
	h.writer.Model = llm.Journal{Model: m, Memory: h.store}
	id := h.write(small)
	h.waitFor(id, "book.failed")
	b := h.book(id)
	if b.State != book.Failed || !strings.Contains(b.Reason, "not the JSON") || !strings.Contains(b.Hint, "retry") {
		t.Errorf("the book is %s: %s (%s)", b.State, b.Reason, b.Hint)
	}
	wantKind(t, h.writer.Resume(t.Context(), id), problem.Conflict)
	if err := h.writer.Retry(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	h.waitBound()
	for attempt, want := range map[string]int{"concept#1": 1, "concept#3": 1, "concept#4": 1, "concept#5": 0} {
		if got := m.asked[attempt]; got != want {
			t.Errorf("%s was asked %d times, want %d", attempt, got, want)
		}
	}
}

// faulty gives a bad answer in one role so many times, then sound ones.
type faulty struct {
	scripted
	role  llm.Role
	bad   llm.Result
	times int32
	given atomic.Int32
	only  string // artefact; "" is any
}

func (m *faulty) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	res, err := m.scripted.Stream(ctx, r, on)
	if err == nil && r.Role == m.role && strings.HasPrefix(r.Artefact, m.only) && m.given.Add(1) <= m.times {
		return m.bad, nil
	}
	return res, err
}

func TestAFailedChapterLeavesAGapUntilRetryFillsIt(t *testing.T) {
	m := &faulty{role: llm.Draft, bad: llm.Result{Text: "x", Finish: llm.Refused}, times: 3}
	h := newHouse(t, lite(t), &m.scripted)
	h.writer.Width = 1
	h.writer.Model = llm.Journal{Model: m, Memory: h.store}
	id := h.write(small)
	h.waitBound()
	manuscript := h.manuscript(id)
	if manuscript.Missing != 1 || !strings.Contains(manuscript.Chapters[0].Markdown, "missing") {
		t.Fatalf("missing %d, first chapter %q", manuscript.Missing, manuscript.Chapters[0].Markdown)
	}
	chapters, err := h.store.Chapters(t.Context(), id)
	if err != nil || chapters[0].State != book.ChapterFailed || chapters[0].Reason == "" || chapters[2].State != book.ChapterWritten {
		t.Errorf("chapters %+v (%v)", chapters, err)
	}
	end(t, h, id, book.Partial)
	wantKind(t, h.writer.Retry(t.Context(), id, 2), problem.Conflict)
	wantKind(t, h.writer.Retry(t.Context(), id, 4), problem.Invalid)
	if err := h.writer.Retry(t.Context(), id, 1); err != nil {
		t.Fatal(err)
	}
	h.waitBound()
	if m := h.manuscript(id); m.Missing != 0 || strings.Contains(m.Chapters[0].Markdown, "missing") {
		t.Errorf("after the retry %d are missing: %q", m.Missing, m.Chapters[0].Markdown)
	}
}

func TestWhatNoChapterCanHelpPausesTheBook(t *testing.T) {
	for _, class := range []llm.Class{llm.OverBudget, llm.Quota, llm.Auth, llm.Unreachable, llm.Overloaded, llm.Timeout, llm.RateLimited, llm.Bad} {
		t.Run(string(class), func(t *testing.T) {
			var mended atomic.Bool
			var failed sync.Map // artefacts
			m := &scripted{}
			m.script = func(r llm.Request, _ llm.Sheet) (string, bool, error) {
				if r.Role == llm.Draft && strings.HasSuffix(r.Artefact, "/2") && !mended.Load() {
					failed.Store(r.Artefact, true)
					return "", false, llm.NewFault(class, "Test", nil)
				}
				return "", false, nil
			}
			h := newHouse(t, lite(t), m)
			id := h.write(small)
			h.waitFor(id, "book.paused")
			b := h.book(id)
			if b.State != book.Paused || b.Reason != llm.NewFault(class, "Test", nil).Problem.Detail || !strings.Contains(b.Hint, "quire resume "+string(id)) {
				t.Errorf("the book is %s: %s; %s", b.State, b.Reason, b.Hint)
			}
			failed.Range(func(artefact, _ any) bool {
				if n := m.count(artefact.(string) + "#1"); class == llm.Unreachable && n != 1 {
					t.Errorf("a provider that cannot be reached was asked %d times for %s", n, artefact)
				}
				return true
			})
			mended.Store(true)
			if err := h.writer.Resume(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			h.waitBound()
			if m := h.manuscript(id); m.Missing != 0 {
				t.Errorf("%d chapters are missing", m.Missing)
			}
			if n := m.count("concept#1"); n != 1 {
				t.Errorf("the concept was asked for %d times", n)
			}
		})
	}
}

func TestAQuestionThatAModelCannotTakeFailsItsChapterOnly(t *testing.T) {
	m := &scripted{}
	m.script = func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft && m.count(r.Artefact+"#1") == 1 && m.total() == 7 {
			f := llm.NewFault(llm.Bad, "Test", nil)
			f.Status = 400
			return "", false, f
		}
		return "", false, nil
	}
	h := newHouse(t, lite(t), m)
	h.writer.Width = 1
	id := h.write(small)
	h.waitBound()
	if m := h.manuscript(id); m.Missing != 1 {
		t.Errorf("%d chapters are missing, want 1", m.Missing)
	}
}

func TestAnAnswerWithoutEndIsEnded(t *testing.T) {
	m := &endless{}
	h := newHouse(t, lite(t), &m.scripted)
	h.writer.Model = m
	id := h.write(small)
	h.waitFor(id, "book.failed")
	if b := h.book(id); !strings.Contains(b.Reason, "goes on and on") || !strings.Contains(b.Hint, "quire retry "+string(id)) {
		t.Errorf("the book failed: %s; %s", b.Reason, b.Hint)
	}
	if m.said > 1<<20 {
		t.Errorf("%d bytes were listened to", m.said)
	}
}

// endless is a model that says a word until nobody listens.
type endless struct {
	scripted
	said int
}

func (m *endless) Stream(_ context.Context, _ llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	for {
		const word = "again "
		m.said += len(word)
		if err := on(llm.Chunk{Text: word}); err != nil {
			return llm.Result{}, err
		}
	}
}

// end puts the book into a state, as the edition would.
func end(t testing.TB, h *house, id book.ID, state book.State) {
	t.Helper()
	if err := h.store.Save(t.Context(), write.Change{Name: "test", Book: id, Then: &write.Standing{State: state}, Drop: true}); err != nil {
		t.Fatal(err)
	}
}

func TestPauseAndResumeAskNothingTwice(t *testing.T) {
	stop := make(chan struct{})
	reached := make(chan struct{}, 10)
	m := &scripted{together: true}
	m.script = func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft && m.count(r.Artefact+"#1") == 1 && len(reached) == 0 && m.total() > 6 {
			reached <- struct{}{}
			<-stop
		}
		return "", false, nil
	}
	h := newHouse(t, lite(t), m)
	id := h.write(small)
	<-reached
	close(stop)
	h.stop()
	if err := h.writer.Pause(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if s := h.book(id).State; s != book.Paused {
		t.Fatalf("the book is %s, want paused", s)
	}
	if err := h.writer.Pause(t.Context(), id); err != nil {
		t.Errorf("a second pause: %v", err)
	}
	h.start()
	if err := h.writer.Resume(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	h.waitBound()
	again := 0
	for key, n := range m.asked {
		if n > 2 {
			t.Errorf("%s was asked %d times", key, n)
		}
		again += n - 1
	}
	if again > 1 { // the call in flight when the queue was stopped
		t.Errorf("%d questions were asked again, but one was in flight", again)
	}
}

func TestACanceledBookStopsAndCanBeTakenUp(t *testing.T) {
	var h *house
	var once sync.Once
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Observe {
			once.Do(func() {
				if err := h.writer.Cancel(t.Context(), book.ID(r.Book)); err != nil {
					t.Error(err)
				}
			})
		}
		return "", false, nil
	}}
	h = newHouse(t, lite(t), m)
	id := h.write(small)
	h.waitFor(id, "book.canceled")
	h.stop()
	if b := h.book(id); b.State != book.Canceled {
		t.Fatalf("the book is %s", b.State)
	}
	for _, k := range h.kinds() {
		if k == "chapter.written" {
			t.Error("a chapter was saved after the cancel")
		}
	}
	h.start()
	if err := h.writer.Resume(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	h.waitBound()
	end(t, h, id, book.Finished)
	wantKind(t, h.writer.Cancel(t.Context(), id), problem.Conflict)
	wantKind(t, h.writer.Resume(t.Context(), id), problem.Conflict)
	wantKind(t, h.writer.Retry(t.Context(), id, 0), problem.Conflict)
}

func TestVerbsOnNoBookSayThatItIsMissing(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{})
	for name, err := range map[string]error{
		"resume": h.writer.Resume(t.Context(), "bk_none"),
		"cancel": h.writer.Cancel(t.Context(), "bk_none"),
		"retry":  h.writer.Retry(t.Context(), "bk_none", 0),
		"pause":  h.writer.Pause(t.Context(), "bk_none"),
	} {
		if !problem.Is(err, problem.Missing) {
			t.Errorf("%s: %v, want missing", name, err)
		}
	}
}

func TestGuidesAreWrittenSeveralChaptersAtOnce(t *testing.T) {
	var now, most atomic.Int32
	all := make(chan struct{})
	m := &scripted{together: true, script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role != llm.Draft {
			return "", false, nil
		}
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
			if n == 3 {
				close(all)
			}
		}
		select {
		case <-all:
		case <-time.After(10 * time.Second):
		}
		now.Add(-1)
		return "", false, nil
	}}
	h := newHouse(t, lite(t), m)
	brief := small
	brief.Kind, brief.Chapters, brief.Words = book.Nonfiction, 8, 800
	h.write(brief)
	h.waitBound()
	if most.Load() != 3 {
		t.Errorf("%d chapters at once, want the width of 3", most.Load())
	}
}

func TestABriefThatCannotBeWrittenIsRefused(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{caps: llm.Caps{Provider: "test", Languages: []string{"en"}}})
	for name, brief := range map[string]book.Brief{
		"nothing":          {},
		"another language": {Topic: "Salz", Language: "de"},
		"too many":         {Topic: "Salt", Chapters: 401},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.writer.Start(t.Context(), brief, book.Terms{}, nil)
			wantKind(t, err, problem.Invalid)
		})
	}
	if books, err := h.store.Books(t.Context(), "", 10); len(books) != 0 || err != nil {
		t.Errorf("a refused brief left %v (%v)", books, err)
	}
	brief := small
	brief.Language = "en-GB"
	h.write(brief)
	h.waitBound()
}

func TestAModelThatIsAwayFailsTheChapterAfterAllTries(t *testing.T) {
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft {
			return "", false, problem.New(problem.Unavailable, "the model failed").Because(errors.New("status 503"))
		}
		return "", false, nil
	}}
	h := newHouse(t, lite(t), m)
	brief := small
	brief.Chapters, brief.Words = 1, 100
	id := h.write(brief)
	h.waitBound()
	chapters, err := h.store.Chapters(t.Context(), id)
	if err != nil || chapters[0].State != book.ChapterFailed || chapters[0].Reason != "the model failed" {
		t.Errorf("chapters %+v (%v)", chapters, err)
	}
}

func TestTheReconcilerOrdersWhatADeadWorkerHeld(t *testing.T) {
	s := lite(t)
	m := &scripted{}
	h := newHouse(t, s, m)
	h.stop()
	id := h.write(small)
	for _, unit := range []string{jobs.UnitBook} {
		if ok, err := s.Claim(t.Context(), jobs.Job{Kind: jobs.Advance, Book: id, Unit: unit}, "dead", time.Minute); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	if err := s.Forget(t.Context()); err != nil { // what the next runner of the home does
		t.Fatal(err)
	}
	h.start()
	h.waitBound()
}

func TestWordsFollowTheBrief(t *testing.T) {
	h := newHouse(t, lite(t), &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Draft { // a model that always writes a fifth too much
			return prose(r.Words*12/10, r.Artefact), true, nil
		}
		return "", false, nil
	}})
	brief := small
	brief.Words = 1000
	id := h.write(brief)
	h.waitBound()
	words := 0
	for _, c := range h.manuscript(id).Chapters {
		words += book.Words(c.Markdown)
	}
	if words < 950 || words > 1100 {
		t.Errorf("%d words were written, 1000 asked for", words)
	}
}
