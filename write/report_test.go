package write_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/llm"
)

// TestTheProvenanceSaysWhoWroteWhat writes a book of which a person changes a
// chapter and has another written anew.
func TestTheProvenanceSaysWhoWroteWhat(t *testing.T) {
	m := &scripted{script: func(r llm.Request, _ llm.Sheet) (string, bool, error) {
		if r.Role == llm.Check && strings.HasPrefix(r.Artefact, "check/") && r.Revision == 1 {
			return `{"items":[{"kind":"style","severity":"major","quote":"","problem":"dull","fix":"liven it"}]}`, true, nil
		}
		return "", false, nil
	}}
	brief := quick
	brief.Preset = book.PresetStandard
	h := newHouse(t, lite(t), m)
	h.writer.Model = llm.Journal{Model: llm.Meter{Model: m, Records: h.store}, Memory: h.store}
	id := h.write(brief)
	h.waitBound()
	end(t, h, id, book.Finished)
	h.must(h.edit(id, "chapter 2", func(string) string { return "All of these words are mine." }))
	h.again(id)
	var p book.Provenance
	h.artefact(id, "provenance", &p)
	if len(p.Chapters) != 3 || p.Chapters[1].Human != 1 || p.Chapters[1].By != book.Edited || p.Chapters[0].Human != 0 || p.Human <= 0 || p.Human >= 1 {
		t.Fatalf("the chapters are %+v", p.Chapters)
	}
	for _, c := range p.Chapters {
		names := map[string]int{}
		for _, r := range c.Prompts {
			names[r.Name] = r.Version
		}
		if names["draft"] != 2 || names["mend"]+names["rewrite"] == 0 || names["observe"] != 0 || names["concept"] != 0 {
			t.Errorf("chapter %d has the prompts %v", c.Ordinal, c.Prompts)
		}
	}
	if diff := cmp.Diff([]string{"test/scripted"}, p.Models); diff != "" {
		t.Errorf("models (-want +got):\n%s", diff)
	}
	if !strings.Contains(p.Disclosure, "AI-generated text (test/scripted), edited by people (") {
		t.Errorf("it says %q", p.Disclosure)
	}
}
