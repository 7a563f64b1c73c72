package offline

import (
	"encoding/json"
	"strings"
	"testing"

	"quire/book"
	"quire/llm"
)

// asker builds requests as the writing room does and lets an author answer.
type asker struct {
	t      *testing.T
	author *Author
	brief  book.Brief
}

// made is a whole book with all artefacts of its making.
type made struct {
	concept  book.Concept
	outline  book.Outline
	sheets   []book.Beats
	sections [][]string
	deltas   []book.Delta
	ledger   book.Ledger
}

// chapters joins the sections of every chapter.
func (m made) chapters() []string {
	var all []string
	for _, s := range m.sections {
		all = append(all, strings.Join(s, "\n\n"))
	}
	return all
}

// named is one data element of a request.
type named struct {
	name  string
	value any
}

// ask sends one request and returns the text of the answer.
func (a asker) ask(task llm.Task, data ...named) string {
	a.t.Helper()
	res, err := a.author.Stream(a.t.Context(), a.request(task, data...), nil)
	if err != nil {
		a.t.Fatalf("%s %s: %v", task.Role, task.Artefact, err)
	}
	if res.Finish != llm.Stop {
		a.t.Fatalf("%s %s ended with %q", task.Role, task.Artefact, res.Finish)
	}
	return res.Text
}

func (a asker) request(task llm.Task, data ...named) llm.Request {
	a.t.Helper()
	if task.Revision == 0 {
		task.Revision = 1
	}
	if task.Attempt == 0 {
		task.Attempt = 1
	}
	task.Seed = a.brief.Seed
	r := llm.Request{Book: "bk_0", Role: task.Role, Artefact: task.Artefact, Revision: task.Revision, Attempt: task.Attempt, Seed: task.Seed, Words: task.Words}
	for _, d := range append([]named{{"brief", a.brief}}, data...) {
		text, err := llm.Data(d.name, 1, d.value)
		if err != nil {
			a.t.Fatal(err)
		}
		r.Blocks = append(r.Blocks, llm.Block{Text: text})
	}
	r.Blocks = append(r.Blocks, llm.Block{Text: "Do it now.\n" + task.String()})
	return r
}

// into asks for a structured answer.
func (a asker) into(value any, task llm.Task, data ...named) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.ask(task, data...)), value); err != nil {
		a.t.Fatalf("%s %s is no JSON: %v", task.Role, task.Artefact, err)
	}
}

// plan asks for concept and outline, batch by batch.
func (a asker) plan() (book.Concept, book.Outline) {
	a.t.Helper()
	var c book.Concept
	a.into(&c, llm.Task{Role: llm.Concept, Artefact: "concept"})
	if err := c.Check(book.Fiction); err != nil {
		a.t.Fatal(err)
	}
	skeleton := skeletons(a.brief)
	var whole book.Outline
	for from := 0; from < len(skeleton); from += 20 {
		batch := book.Outline{Chapters: skeleton[from:min(from+20, len(skeleton))]}
		var reply book.Outline
		a.into(&reply, llm.Task{Role: llm.Outline, Artefact: "outline/1"}, named{"concept", c}, named{"outline", whole},
			named{"plan", batch}, named{"position", position{from + 1, len(skeleton)}})
		whole.Chapters = append(whole.Chapters, reply.Chapters...)
	}
	if err := whole.Check(len(skeleton)); err != nil {
		a.t.Fatal(err)
	}
	return c, whole
}

// skeletons are the chapters of a settled brief before they are planned.
func skeletons(b book.Brief) []book.OutlineChapter {
	var all []book.OutlineChapter
	ids := book.ChapterIDs(b.Seed, b.Chapters)
	for _, h := range b.Outline {
		if h.Level > 1 {
			c := &all[len(all)-1]
			c.Sections = append(c.Sections, book.OutlineSection{Level: h.Level, Title: h.Title, Summary: h.Description, KeyPoints: h.KeyPoints})
			continue
		}
		all = append(all, book.OutlineChapter{Title: h.Title, Summary: h.Description, KeyPoints: h.KeyPoints, Notes: h.Notes, Part: h.Part})
	}
	if len(all) == 0 {
		all = make([]book.OutlineChapter, b.Chapters)
	}
	for i := range all {
		all[i].ID, all[i].Words = ids[i], b.Words/b.Chapters
	}
	return all
}

// write makes a whole book, chapter by chapter.
func (a asker) write() made {
	a.t.Helper()
	var m made
	m.concept, m.outline = a.plan()
	for i := range m.outline.Chapters {
		a.chapter(&m, i)
	}
	return m
}

// chapter makes beats, sections and delta of the chapter at index i.
func (a asker) chapter(m *made, i int) {
	a.t.Helper()
	c := m.outline.Chapters[i]
	data := []named{{"concept", m.concept}, {"outline", m.outline}, {"position", position{i + 1, len(m.outline.Chapters)}}, {"chapter", c}, {"ledger", m.ledger}}
	if i > 0 {
		data = append(data, named{"handoff", m.deltas[i-1].Handoff}, named{"recent", m.sheets[max(0, i-3):]})
	}
	var sheet book.Beats
	a.into(&sheet, llm.Task{Role: llm.Beats, Artefact: "beats/" + string(c.ID)}, data...)
	if err := sheet.Check(c.Sections); err != nil {
		a.t.Fatal(err)
	}
	var sections []string
	for n, b := range sheet.Sections {
		more := append(data[:len(data):len(data)], named{"beats", sheet}, named{"section", n}, named{"text", strings.Join(sections, "\n\n")})
		sections = append(sections, a.ask(llm.Task{Role: llm.Draft, Artefact: "section/" + string(c.ID), Words: b.Words}, more...))
	}
	var d book.Delta
	a.into(&d, llm.Task{Role: llm.Observe, Artefact: "delta/" + string(c.ID)}, append(data, named{"text", strings.Join(sections, "\n\n")})...)
	if err := d.Check(); err != nil {
		a.t.Fatal(err)
	}
	m.sheets, m.sections, m.deltas = append(m.sheets, sheet), append(m.sections, sections), append(m.deltas, d)
	m.ledger.Add(c.ID, i+1, d)
}

// novel settles a brief and writes its book.
func novel(t *testing.T, b book.Brief) made {
	t.Helper()
	b.Kind = book.Fiction
	return asker{t: t, author: &Author{}, brief: b.Settle()}.write()
}

// TestAPassageIsWrittenAgainInOtherWords asks for a passage of a chapter as later
// drafts of it.
func TestAPassageIsWrittenAgainInOtherWords(t *testing.T) {
	for name, kind := range map[string]book.Kind{"a story": book.Fiction, "a guide": book.Nonfiction} {
		t.Run(name, func(t *testing.T) {
			brief := book.Brief{Topic: "How to keep bees", Kind: kind, Chapters: 2, Words: 2400, Seed: 3}
			a := asker{t: t, author: &Author{}, brief: brief.Settle()}
			var c book.Concept
			a.into(&c, llm.Task{Role: llm.Concept, Artefact: "concept"})
			plan := book.Outline{Chapters: skeletons(a.brief)}
			var o book.Outline
			a.into(&o, llm.Task{Role: llm.Outline, Artefact: "outline/1"}, named{"concept", c}, named{"plan", plan}, named{"position", position{1, 2}})
			data := []named{{"concept", c}, {"outline", o}, {"position", position{1, 2}}, {"chapter", o.Chapters[0]}}
			var sheet book.Beats
			a.into(&sheet, llm.Task{Role: llm.Beats, Artefact: "beats/x"}, data...)
			seen := map[string]bool{"It was so.": true}
			for draft := 2; draft < 4; draft++ {
				text := a.ask(llm.Task{Role: llm.Revise, Artefact: "span/x", Revision: draft, Words: 60},
					append(data, named{"beats", sheet}, named{"before_text", "Before it."}, named{"text", "It was so."})...)
				if n := book.Words(text); n < 20 || n > 200 || seen[text] {
					t.Errorf("draft %d has %d words: %.80q", draft, n, text)
				}
				seen[text] = true
			}
		})
	}
}
