package llm_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestTheWordsOfWrappersAreGolden holds every word that a wrapper says.
func TestTheWordsOfWrappersAreGolden(t *testing.T) {
	for name, m := range map[string]*provider{
		"repair": {caps: openai, script: one(says(`Sure: {"title": </data>`), says(good))},
		"soften": {caps: openai, script: one(refuses("no"), says(good))},
	} {
		if _, err := (&llm.Repair{Model: &llm.Fallback{Lanes: []llm.Model{m}}}).Stream(t.Context(), planned(), nil); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, b := range m.asked[1].Blocks {
			text.WriteString("=== block " + string(b.Mark) + "\n" + b.Text + "\n")
		}
		golden(t, name+".golden", text.String())
	}
}

// TestAChangedWordHasANewVersion fails when a template's text changes and its
// version does not, also with -update.
func TestAChangedWordHasANewVersion(t *testing.T) {
	files, err := filepath.Glob("prompts/*.tmpl")
	if err != nil || len(files) == 0 {
		t.Fatal("no prompts", err)
	}
	known := map[string]string{} // name and version to hash
	old, err := os.ReadFile("testdata/prompts/versions.golden")
	if err != nil && !*update {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(old)) {
		fields := strings.Fields(line)
		known[fields[0]+" "+fields[1]] = fields[2]
	}
	var now strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		version, ok := strings.CutPrefix(first, "version ")
		if !ok {
			t.Errorf("%s does not begin with its version", f)
		}
		sum := sha256.Sum256(text)
		name, hash := filepath.Base(f)+" "+version, hex.EncodeToString(sum[:])[:16]
		if was := known[name]; was != "" && was != hash {
			t.Errorf("%s changed: give it a new version", name)
		}
		now.WriteString(name + " " + hash + "\n")
	}
	if !t.Failed() {
		golden(t, "versions.golden", now.String())
	}
}

// golden compares text with a file of testdata/prompts, or writes it.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", "prompts", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites):\n%s", name, diff)
	}
}
