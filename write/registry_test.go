package write

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// enginesFile holds every engine that a book may have been begun with.
const enginesFile = "testdata/engine.golden"

// TestAnEngineThatBooksWereBegunWithStays fails when anything of the registry
// changes under a version that is known, also with -update: books that were begun
// with it go on with it.
func TestAnEngineThatBooksWereBegunWithStays(t *testing.T) {
	rewrite := flag.Lookup("update").Value.String() == "true"
	known := map[string]Engine{}
	if text, err := os.ReadFile(enginesFile); err == nil {
		if err := json.Unmarshal(text, &known); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range engines {
		was, ok := known[e.Version]
		switch {
		case !ok && !rewrite:
			t.Errorf("engine %s is not in %s: -update adds it", e.Version, enginesFile)
		case ok && !cmp.Equal(was, e):
			t.Errorf("engine %s changed: add a new version instead (-was +is):\n%s", e.Version, cmp.Diff(was, e))
		}
		known[e.Version] = e
	}
	if len(known) != len(engines) {
		t.Error("an engine is gone: books may have been begun with it")
	}
	if !rewrite || t.Failed() {
		return
	}
	text, err := json.MarshalIndent(known, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(enginesFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEveryPromptOfTheRegistryHasItsTemplate(t *testing.T) {
	for _, name := range []string{"", "draft", "standard", "best"} {
		p, err := Registry(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Calls {
			if c.Name == "judge" {
				continue // it comes with the pass over the whole book
			}
			list, err := Templates(c)
			if err != nil || len(list) < 2 && c.Name != "figure" {
				t.Errorf("%s has %d templates (%v)", c.Name, len(list), err)
			}
		}
	}
	if _, err := Registry("quick"); err == nil {
		t.Error("an unknown preset is known")
	}
}
