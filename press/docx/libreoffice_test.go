package docx

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
)

// libreOffice reads a Word file with LibreOffice Writer and returns what it
// made of it, as flat OpenDocument text.
func libreOffice(t testing.TB, data []byte) *node {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("soffice is missing: install libreoffice-writer-nogui (scripts/tools tells how)")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "book.docx"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "fodt", "--outdir", dir, filepath.Join(dir, "book.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "book.fodt"))
	if err != nil {
		t.Fatal("LibreOffice refused the file: ", err)
	}
	for _, n := range mustRead(t, string(text)).all("office:text") {
		return n
	}
	t.Fatal("LibreOffice wrote no text")
	return nil
}

func TestLibreOfficeGivesEverythingBack(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("make test does this; scripts/cover, which comes after it, only counts statements")
	}
	for name, tt := range map[string]struct {
		theme string
		m     book.Manuscript
	}{
		"specimen as a novel":  {"novel", specimen(t)},
		"specimen as a report": {"report", specimen(t)},
		"specimen as a paper":  {"article", specimen(t)},
		"corpus":               {"nonfiction", corpus(t)},
		"arabic":               {"novel", arabic()},
	} {
		t.Run(name, func(t *testing.T) {
			theme, err := press.FindTheme(tt.theme)
			if err != nil {
				t.Fatal(err)
			}
			data, _ := bind(t, tt.m, press.Options{Theme: theme})
			want, got := contentOf(parse(t, tt.m), theme), back(libreOffice(t, data))
			for i := range min(len(want.words), len(got.words)) {
				if want.words[i] != got.words[i] {
					t.Errorf("word %d of %d: want …%s…, got …%s…", i, len(want.words), around(want.words, i), around(got.words, i))
					break
				}
			}
			if len(want.words) != len(got.words) {
				t.Errorf("%d words came back of %d", len(got.words), len(want.words))
			}
			if len(want.words) < 20 {
				t.Errorf("only %d words were counted", len(want.words))
			}
			want.words, got.words = nil, nil
			slices.Sort(want.notes) // those of a heading or cell may come in another order
			slices.Sort(got.notes)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(content{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// around is a few words at a place.
func around(words []string, i int) string {
	return strings.Join(words[max(i-3, 0):min(i+6, len(words))], " ")
}

// back collects the content of what LibreOffice read.
func back(text *node) content {
	o := &odt{}
	var words strings.Builder
	o.collect(text, &words)
	o.words = wordsOf(words.String())
	return o.content
}

// odt collects content from flat OpenDocument text.
type odt struct{ content }

// collect adds the text of an element to some words.
func (o *odt) collect(n *node, words *strings.Builder) {
	switch n.name {
	case "text:table-of-content", "text:illustration-index", "text:bookmark-ref", "text:note-ref", "text:sequence-decls", "text:note-citation", "office:forms", "text:tracked-changes":
		return
	case "draw:frame":
		o.picture(n)
		return
	case "text:note":
		in := &odt{}
		var inner strings.Builder
		in.collect(&node{kids: n.kids}, &inner)
		o.notes = append(o.notes, strings.Join(wordsOf(inner.String()), " "))
		return
	}
	var own strings.Builder
	into := &own
	for _, k := range n.kids {
		if k.name == "#text" {
			into.WriteString(k.text)
			continue
		}
		o.collect(k, into)
	}
	switch n.name {
	case "text:h":
		if line(own.String()) != "" {
			o.headings = append(o.headings, fmt.Sprintf("%s %s", n.attr["text:outline-level"], line(own.String())))
		}
		own.WriteString("\n")
	case "text:p", "text:s", "text:tab", "text:line-break":
		own.WriteString("\n")
	case "table:table-cell":
		o.cells = append(o.cells, line(own.String()))
	}
	words.WriteString(own.String())
}

// picture adds what a picture says to those who cannot see it. Formulas are
// frames without one.
func (o *odt) picture(n *node) {
	if n.kid("draw:image") == nil || n.kid("draw:object") != nil {
		return
	}
	alt := ""
	if d := n.kid("svg:desc"); d != nil {
		alt = d.text
	}
	o.alts = append(o.alts, alt)
}
