package html

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
)

// TestPagesPassValidatorAndAxeAndReadWell writes books of every kind and gives
// them to the Nu checker, to axe in three themes, and to a reader in Chromium.
func TestPagesPassValidatorAndAxeAndReadWell(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("make test does this; scripts/cover, which comes after it, only counts statements")
	}
	dir := t.TempDir()
	books := map[string]*press.Document{
		"one": parse(t, specimen(t)), "trial": parse(t, corpus(t)), "hostile": parse(t, hostile()),
		"hebrew": parse(t, book.Manuscript{Meta: book.Meta{Title: "ספר", Language: "he", Author: "א"}, Chapters: []book.Text{{ID: "c", Title: "פרק", Numbered: true, Markdown: "שלום[^1]\n\nEnglish $a^2$\n\n[^1]: הערה"}}}),
	}
	var one []string
	for name, doc := range books {
		page, _ := write(t, doc)
		one = append(one, save(t, dir, name+".html", page))
	}
	var pages []string
	for name, text := range site(t, books["one"]) {
		path := save(t, dir, "site/"+name, text)
		if strings.HasSuffix(name, ".html") {
			pages = append(pages, path)
		}
	}
	node(t, "../../tools/web/validate.mjs", append(one, pages...)...)
	some := []string{filepath.Join(dir, "site/index.html"), filepath.Join(dir, "site/chapter-02.html"), filepath.Join(dir, "site/chapter-06.html"), filepath.Join(dir, "site/chapter-08.html")}
	node(t, "../../tools/web/axe.mjs", append(one, some...)...)
	node(t, "testdata/reader.mjs", dir)
}

// save writes a file below a folder and returns its path.
func save(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// node runs a script of Node; what it says when it fails are the faults.
func node(t *testing.T, script string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%s (if something is missing, run scripts/tools): %v\n%s", filepath.Base(script), err, out)
	}
}
