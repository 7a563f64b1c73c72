package write

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/event"
	"quire/llm"
	"quire/quality"
)

// reported reports whether the report is about the manuscript as it is.
func (f *folder) reported() bool {
	return f.current["quality"].Inputs == inputs("report", f.current["manuscript"].Number)
}

// report measures the finished text and writes down how it came to be.
func (w *Writer) report(ctx context.Context, f *folder) error {
	if err := w.fetch(ctx, f, "manuscript", "delta", "chapter", "alerts"); err != nil {
		return err
	}
	var m book.Manuscript
	if _, err := f.arts.read("manuscript", &m); err != nil {
		return err
	}
	plan, err := f.qualityPlan()
	if err != nil {
		return err
	}
	measured := quality.MeasurePlanned(m, quality.ProfileOf(m.Meta), plan)
	record, err := w.provenance(ctx, f, measured)
	if err != nil {
		return err
	}
	var alerts book.Alerts
	if _, err := f.arts.read("alerts", &alerts); err != nil {
		return err
	}
	of := inputs("report", f.current["manuscript"].Number)
	change := f.change("report")
	change.Artefacts = []Artefact{{Name: "quality", Body: measured, Inputs: of}, {Name: "provenance", Body: record, Inputs: of}}
	change.Events = []event.Payload{event.ReportReady{Score: measured.Score, Broken: measured.Broken, Alerts: alerts.Open()}}
	return w.Shelf.Save(ctx, change)
}

// Measured is what a book of the library is measured against: all that the
// artefacts of its making say. One that was written elsewhere has none of that.
func (w *Writer) Measured(ctx context.Context, id book.ID) (quality.Plan, error) {
	f, err := w.look(ctx, id)
	if err != nil || f.book.Brief.Imported {
		return quality.Plan{}, err
	}
	if err := w.fetch(ctx, f, "delta"); err != nil {
		return quality.Plan{}, err
	}
	return f.qualityPlan()
}

// qualityPlan is what the whole book is measured against.
func (f *folder) qualityPlan() (quality.Plan, error) {
	sheets, deltas := map[book.ChapterID]book.Beats{}, map[book.ChapterID]book.Delta{}
	for _, c := range f.chapters {
		sheet, err := f.at(c.ID).beatSheet()
		if err != nil {
			return quality.Plan{}, err
		}
		var d book.Delta
		if _, err := f.arts.read("delta/"+string(c.ID), &d); err != nil {
			return quality.Plan{}, err
		}
		sheets[c.ID], deltas[c.ID] = sheet, d
	}
	plan := quality.PlanOf(f.book.Brief, f.concept, f.outline, sheets, deltas)
	plan.Banned = append(plan.Banned, f.bible.Banned...)
	for _, t := range f.bible.Glossary {
		plan.Terms = append(plan.Terms, t.Word)
	}
	plan.Sources = f.pile.sourceTexts()
	return plan, nil
}

// provenance is how the book came to be. It holds nothing that differs between
// two runs that gave the same text, but for what they cost.
func (w *Writer) provenance(ctx context.Context, f *folder, measured quality.Report) (book.Provenance, error) {
	p := book.Provenance{
		Book: f.book.ID, Title: f.concept.Title, Engine: f.book.Engine, Preset: f.preset.Name, Seed: f.book.Brief.Seed, Calls: map[string]int{},
		Models: []string{}, Quality: &book.QualityRecord{Version: measured.Version, Score: measured.Score, Broken: measured.Broken},
	}
	for _, c := range f.preset.Calls {
		p.Prompts = append(p.Prompts, book.PromptRecord{Name: c.Name, Version: c.Version})
	}
	for _, s := range f.book.Brief.Sources {
		p.Sources = append(p.Sources, s.Name)
	}
	tries, err := w.Shelf.Tries(ctx, f.book.ID)
	if err != nil {
		return p, err
	}
	answered := f.answered(tries)
	human := 0.0
	for _, c := range f.chapters {
		if c.State != book.ChapterWritten {
			continue
		}
		r, err := w.chapterRecord(ctx, f.at(c.ID))
		if err != nil {
			return p, err
		}
		r.Prompts = answered[string(c.ID)]
		p.Chapters = append(p.Chapters, r)
		p.Words += r.Words
		human += r.Human * float64(r.Words)
		for _, m := range r.Models {
			if !slices.Contains(p.Models, m) {
				p.Models = append(p.Models, m)
			}
		}
	}
	if p.Words > 0 {
		p.Human = human / float64(p.Words)
	}
	slices.Sort(p.Models)
	p.Disclosure = w.disclosure(p)
	costs(&p, tries)
	return p, nil
}

// writing is which calls give a chapter words, by what their answers become: the
// kind of it, and for a section how it was gone on with.
var writing = map[[2]string]string{
	{"section", ""}: "draft", {"section", "more"}: "more", {"section", "tight"}: "tighten",
	{"mend", ""}: "mend", {"rewrite", ""}: "rewrite", {"seam", ""}: "seam", {"span", ""}: "span",
}

// answered lists by the ID of a chapter the prompts that were answered for its
// text, in the order of the registry.
func (f *folder) answered(tries []llm.Try) map[string][]book.PromptRecord {
	asked := map[[2]string]bool{} // chapter and call
	for _, t := range tries {
		if t.Outcome != string(llm.Stop) && t.Outcome != string(llm.Length) {
			continue
		}
		parts := append(strings.Split(t.Artefact, "/"), "", "", "")
		as := [2]string{parts[0], ""}
		if parts[0] == "section" { // such as section/ch_1f2e3d4c/2/more/1
			as[1] = parts[3]
		}
		asked[[2]string{parts[1], writing[as]}] = true
	}
	list := map[string][]book.PromptRecord{}
	for _, row := range f.chapters {
		id := string(row.ID)
		for _, c := range f.preset.Calls {
			if asked[[2]string{id, c.Name}] {
				list[id] = append(list[id], book.PromptRecord{Name: c.Name, Version: c.Version})
			}
		}
	}
	return list
}

// costs counts the answers by role and what all calls have cost.
func costs(p *book.Provenance, tries []llm.Try) {
	cost := llm.Free
	for _, t := range tries {
		cost = cost.Plus(t.Cost)
		if t.Outcome == string(llm.Stop) {
			p.Calls[string(t.Role)]++
		}
	}
	p.Cost = event.Amount(cost.USD, cost.Known)
}

// person begins the name of an author who is one.
const person = "person"

// byPerson reports whether a revision was made by a person.
func byPerson(author string) bool { return author == person || strings.HasPrefix(author, person+":") }

// chapterRecord is how the folder's chapter came to be: which models wrote a part
// of it, and which share of its words people did.
func (w *Writer) chapterRecord(ctx context.Context, f *folder) (book.ChapterRecord, error) {
	row := f.chapter()
	text, _, err := f.text()
	if err != nil {
		return book.ChapterRecord{}, err
	}
	r := book.ChapterRecord{Chapter: row.ID, Ordinal: row.Ordinal, Title: row.Title, By: text.By, Words: text.Words, Models: []string{}}
	list, err := w.Shelf.Revisions(ctx, f.book.ID, f.textName(), false)
	if err != nil {
		return r, err
	}
	runs := map[string]bool{}
	edited := false
	for _, rev := range list {
		if rev.Current {
			r.Revision = rev.Number
		}
		if byPerson(rev.Author) {
			edited = true
			continue
		}
		for _, author := range strings.Split(rev.Author, ", ") {
			if author != "" && !slices.Contains(r.Models, author) {
				r.Models = append(r.Models, author)
			}
		}
		body, err := w.Shelf.Revision(ctx, f.book.ID, f.textName(), rev.Number)
		if err != nil {
			return r, err
		}
		var t book.ChapterText
		if err := json.Unmarshal(body, &t); err != nil {
			return r, fmt.Errorf("%s of book %s: %w", f.textName(), f.book.ID, err)
		}
		for run := range threes(t.Markdown) {
			runs[run] = true
		}
	}
	slices.Sort(r.Models)
	if edited {
		r.Human = unknownShare(text.Markdown, runs)
	}
	return r, nil
}

// threes are the runs of three words of a text.
func threes(text string) map[string]bool {
	words, runs := strings.Fields(text), map[string]bool{}
	for i := 0; i+3 <= len(words); i++ {
		runs[strings.Join(words[i:i+3], " ")] = true
	}
	return runs
}

// unknownShare is the share of a text's words that are in no known run of three:
// 0 for a text that a model wrote, 1 for one that has nothing of it.
func unknownShare(text string, known map[string]bool) float64 {
	words := strings.Fields(text)
	if len(words) == 0 {
		return 0
	}
	covered := make([]bool, len(words))
	for i := 0; i+3 <= len(words); i++ {
		if known[strings.Join(words[i:i+3], " ")] {
			covered[i], covered[i+1], covered[i+2] = true, true, true
		}
	}
	own := 0
	for _, c := range covered {
		if !c {
			own++
		}
	}
	return float64(own) / float64(len(words))
}

// disclosure is what a publisher's form asks for: whether text and pictures were
// made by a model, in the terms that shops use (Amazon KDP, content guidelines:
// AI-generated, AI-assisted).
func (w *Writer) disclosure(p book.Provenance) string {
	if len(p.Models) == 0 {
		return "Text: written by people. Images: none made by AI."
	}
	text := "AI-generated text (" + strings.Join(p.Models, ", ") + ")"
	if len(p.Models) == 1 && w.Authors.Notice(p.Models[0]) != "" {
		text = "Text by a program without a language model (the built-in author of quire)"
	}
	if p.Human > 0 {
		text += fmt.Sprintf(", edited by people (%.0f %% of the words)", 100*p.Human)
	}
	return text + ". Images: none made by AI; covers and figures are drawn by a program from data."
}
