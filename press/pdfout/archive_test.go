package pdfout

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"quire/press"
)

// preflight lets PDFBox judge whether a file is PDF/A-1b.
func preflight(t *testing.T, pdf []byte) {
	t.Helper()
	if said := judged(t, pdf); !strings.Contains(said, "is a valid PDF/A-1b file") {
		t.Error(said)
	}
}

// judged is what PDFBox's preflight says of a file.
func judged(t *testing.T, pdf []byte) string {
	t.Helper()
	var jars []string
	for _, name := range strings.Fields("preflight pdfbox2 fontbox2 xmpbox commons-logging javax.activation jaxb-api") {
		jars = append(jars, "/usr/share/java/"+name+".jar")
	}
	path := t.TempDir() + "/a.pdf"
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "java", "-cp", strings.Join(jars, ":"), "org.apache.pdfbox.preflight.Validator_A1b", path).CombinedOutput()
	if len(out) == 0 {
		t.Fatalf("preflight: %v (package libpdfbox2-java)", err)
	}
	return string(out)
}

// strict lets pdfcpu judge a file.
func strict(t *testing.T, pdf []byte) {
	t.Helper()
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	if err := api.Validate(bytes.NewReader(pdf), conf); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
}

func TestBothKindsOfFilesAreValid(t *testing.T) {
	for name, opt := range map[string]press.Options{
		"PDF 1.7":           {},
		"with a date":       {Date: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)},
		"for screens":       {Screen: true},
		"with bleed":        {Bleed: 9 * press.Point},
		"PDF/A-1b":          {Archive: true},
		"PDF/A-1b, dated":   {Archive: true, Date: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)},
		"PDF/A-1b, screens": {Archive: true, Screen: true},
	} {
		t.Run(name, func(t *testing.T) {
			m := rich(t)
			m.Meta.Author, m.Meta.Publisher, m.Meta.ISBN = "A. N. “Author” & Söhne", "The <Press>", "978-3-16-148410-0"
			pdf, _ := write(t, m, opt)
			strict(t, pdf)
			tool(t, pdf, "qpdf", "--check", "FILE")
			if opt.Archive {
				preflight(t, pdf)
			}
		})
	}
}

func TestTextsLongerThanAStringMayBeAreCut(t *testing.T) {
	m := rich(t)
	m.Meta.Title, m.Meta.Author = strings.Repeat("Title ", 16000), strings.Repeat("Ünder ", 8000)
	for _, archive := range []bool{false, true} {
		pdf, _ := write(t, m, press.Options{Archive: archive})
		strict(t, pdf)
		if archive {
			preflight(t, pdf)
		}
	}
}

func TestAGlyphSaysNoMoreThanAReaderTakes(t *testing.T) {
	u := &usedFont{glyphs: []uint16{1}, known: []known{{}, {text: strings.Repeat("é", 500)}}}
	if n := strings.Count(u.toUnicode(), "00E9"); n != maxSaid {
		t.Errorf("it says %d characters, want %d", n, maxSaid)
	}
}

func TestTheTrialBookIsValidInBothKinds(t *testing.T) {
	for _, archive := range []bool{false, true} {
		pdf, _ := write(t, corpus(t), press.Options{Archive: archive})
		strict(t, pdf)
		if archive {
			preflight(t, pdf)
		}
	}
}

func TestPreflightFindsWhatIsNoArchive(t *testing.T) {
	pdf, _ := write(t, rich(t), press.Options{})
	if said := judged(t, pdf); !strings.Contains(said, "not a valid PDF/A-1b") {
		t.Error(said)
	}
}

func TestManyPagesHangFromMoreNodes(t *testing.T) {
	f := &file{pages: &press.Pages{List: make([]press.Page, 2*pageFan+1)}}
	root := f.w.alloc()
	for range f.pages.List {
		d := newBuf()
		d.add("<< /Type /Page /Parent ", root, " >>")
		f.pageRefs = append(f.pageRefs, f.w.put(d))
	}
	f.writePageTree(root)
	if got := f.w.objects[root-1].source.String(); !strings.Contains(got, fmt.Sprintf("/Count %d", 2*pageFan+1)) || strings.Count(got, " 0 R") != 3 {
		t.Errorf("the root is %.200s", got)
	}
	for i, r := range f.pageRefs {
		if got := f.w.objects[r-1].source.String(); strings.Contains(got, fmt.Sprintf("/Parent %d 0 R", root)) {
			t.Fatalf("page %d hangs from the root: %s", i, got)
		}
	}
}
