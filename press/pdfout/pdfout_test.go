package pdfout

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
)

// shared is one library for all tests: its faces are read once.
var shared = sync.OnceValues(font.Open)

// newOutput joins the rooms as the house does.
func newOutput(t testing.TB) *Output {
	t.Helper()
	fonts, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return &Output{Typesetter: layout.New(fonts), Fonts: fonts}
}

// write writes a manuscript as PDF.
func write(t testing.TB, m book.Manuscript, opt press.Options) ([]byte, press.Report) {
	t.Helper()
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	report, err := newOutput(t).Write(t.Context(), &b, doc, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), report
}

// tool runs a program over a PDF and returns what it says; that it is missing
// is a failure, not a reason to skip.
func tool(t testing.TB, pdf []byte, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// corpus is the book that the press is measured on.
func corpus(t testing.TB) book.Manuscript {
	t.Helper()
	dir := filepath.Join("..", "testdata", "press-book")
	names, err := filepath.Glob(filepath.Join(dir, "ch*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("the corpus is missing: %v", err)
	}
	slices.Sort(names)
	m := book.Manuscript{Meta: book.Meta{Title: "The Granary and the Gate", Author: "A. N. Author", Language: "en-GB"}, Assets: os.DirFS(dir)}
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, text, _ := strings.Cut(strings.TrimPrefix(string(b), "# "), "\n")
		m.Chapters = append(m.Chapters, book.Text{ID: fmt.Sprintf("c%d", i+1), Title: title, Numbered: true, Markdown: text})
	}
	return m
}

// picture encodes a small picture.
func picture(t testing.TB, img image.Image, asJPEG bool) *fstest.MapFile {
	t.Helper()
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if asJPEG {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// rich is a manuscript with one of everything.
func rich(t testing.TB) book.Manuscript {
	t.Helper()
	clear := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	clear.Set(1, 1, color.NRGBA{200, 10, 10, 128})
	red := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range red.Pix {
		red.Pix[i] = 255 - byte(i%4/3*0+i%3*80)
		if i%4 == 3 {
			red.Pix[i] = 255
		}
	}
	whole := picture(t, red, false)
	files := fstest.MapFS{
		"clear.png": picture(t, clear, false), "red.png": whole, "grey.png": picture(t, image.NewGray(image.Rect(0, 0, 8, 8)), false),
		"red.jpg": picture(t, red, true), "grey.jpg": picture(t, image.NewGray(image.Rect(0, 0, 8, 8)), true),
		"torn.png": {Data: whole.Data[:len(whole.Data)-30]},
		"a.svg": {Data: []byte(`<svg viewBox="0 0 40 20"><defs><linearGradient id="g"><stop offset=".2" stop-color="red"/><stop offset=".4" stop-color="lime"/><stop offset=".9"/></linearGradient><radialGradient id="r"><stop/><stop offset="1" stop-color="red"/></radialGradient></defs>` +
			`<rect width="40" height="20" fill="url(#g)" stroke="url(#r)" fill-rule="evenodd"/><circle r="5" fill="blue" opacity=".5" stroke="red" stroke-dasharray="1 2" stroke-linecap="square" stroke-linejoin="round"/><path d="M0 0C1 1 2 2 3 3" stroke="red" stroke-linecap="round" fill="none"/><text y="9" fill="#f00" opacity=".4">Label</text><text y="15">More</text></svg>`)},
	}
	text := "First[^1] with [a link](https://example.org/(x)), [a ref](#two) and *emphasis*.\n\n## Two {#two}\n\n| A | B |\n|--|--:|\n| c | |\n\n" +
		"![Drawn](a.svg)\n\n![One](clear.png)\n\n![Two](red.png)\n\n![Three](grey.png)\n\n![Four](red.jpg)\n\n![Five](grey.jpg)\n\n![Six](torn.png)\n\n![Again](red.png)\n\n" +
		"::: {.x lang=el}\nΚαλημέρα\n:::\n\n- one\n- two\n\n> quoted\n\n```\ncode  here\n```\n\na\u0301\u0323 é ﬁne office\n\n[^1]: The note."
	return book.Manuscript{Meta: book.Meta{Title: "The Lamp & the Sea (1)", Author: "A. <N>", Publisher: "P", ISBN: "978-1", Language: "en-GB"}, Assets: files,
		Chapters: []book.Text{{ID: "a", Title: "A Beginning", Part: "Part", Numbered: true, Markdown: text}, {ID: "b", Title: "An End", Numbered: true, Markdown: strings.Repeat("Words follow words along the shore. ", 200)}}}
}

func TestFilesAreSound(t *testing.T) {
	for name, m := range map[string]book.Manuscript{
		"corpus": corpus(t),
		"rich":   rich(t),
		"empty":  {Meta: book.Meta{Title: "E"}, Chapters: []book.Text{{}}},
	} {
		for _, theme := range press.Themes() {
			if raced && name == "corpus" && theme.Name != "manual" {
				continue // the others find no other race
			}
			t.Run(name+" "+theme.Name, func(t *testing.T) {
				pdf, report := write(t, m, press.Options{Theme: theme})
				if out := tool(t, pdf, "qpdf", "--check", "FILE"); !strings.Contains(out, "No syntax or stream encoding errors") {
					t.Error(out)
				}
				if !bytes.HasPrefix(pdf, []byte("%PDF-1.7\n")) || report.Pages == 0 {
					t.Errorf("report %+v", report)
				}
			})
		}
	}
}

func TestTextComesOutOfThePageAsItWentIn(t *testing.T) {
	m := corpus(t)
	m.Chapters = m.Chapters[:1]
	pdf, _ := write(t, m, press.Options{})
	got := tool(t, pdf, "pdftotext", "FILE", "-")
	for _, want := range []string{"The Granary and the Gate", "In the Beginning", "In the beginning God created", "firmament of the heaven", "difficult office is affliction", "1,240", "Abundant, and of the first quality", "— The Almanack", "return area * rate"} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	if strings.Contains(strings.Join(strings.Fields(got), " "), "I In the beginning") {
		t.Error("the initial says its letter a second time")
	}
}

func TestTheSameArgumentsGiveTheSameBytes(t *testing.T) {
	m := rich(t)
	opt := press.Options{Date: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)}
	var want []byte
	for _, n := range []int{1, 2, 2} {
		before := runtime.GOMAXPROCS(n)
		got, _ := write(t, m, opt)
		runtime.GOMAXPROCS(before)
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("other bytes on %d processors", n)
		}
	}
	if other, _ := write(t, m, press.Options{}); bytes.Equal(other, want) {
		t.Error("the date changes nothing")
	}
}

// plain returns a PDF with all objects readable.
func plain(t testing.TB, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.pdf")
	tool(t, pdf, "qpdf", "--qdf", "--object-streams=disable", "FILE", path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheFileSaysWhatABookShould(t *testing.T) {
	pdf, report := write(t, rich(t), press.Options{Date: time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)})
	got := plain(t, pdf)
	for _, want := range []string{
		"/Lang (en-GB)", "/Marked true", "/PageLayout /TwoPageRight", "/TrimBox", "/S /r", "/S /D", "/DisplayDocTitle true",
		"/S /TH", "/Scope /Column", "/S /Figure", "/S /Note", "/ID (a-note-1)", "/S /LBody", "/S /BlockQuote", "/S /Code", "/Lang (el)", "/Type /OBJR", "/S /TOCI",
		"/URI (https://example.org/\\(x\\))", "/ShadingType 2", "/ShadingType 3", "/FunctionType 3", "/ca 0.502", "/SMask", "/DCTDecode", "/DeviceGray",
		"<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">The Lamp &amp; the Sea (1)", "A. &lt;N&gt;", "urn:isbn:978-1", "<xmp:CreateDate>2026-05-04T03:02:01Z", "(D:20260504030201+00'00')", "/ActualText",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in the file", want)
		}
	}
	if n := strings.Count(got, "/S /TD"); n != 2 {
		t.Errorf("%d cells, want 2: the empty one counts", n)
	}
	for _, never := range []string{"pdfaid", "pdfuaid", "GTS_PDF"} {
		if strings.Contains(got, never) {
			t.Errorf("the file claims %s", never)
		}
	}
	if len(report.Warnings) != 0 || report.Words < 1000 {
		t.Errorf("report %+v", report)
	}
}

func TestEveryFontIsEmbeddedAsASubset(t *testing.T) {
	pdf, _ := write(t, rich(t), press.Options{})
	lines := strings.Split(strings.TrimSpace(tool(t, pdf, "pdffonts", "FILE")), "\n")[2:]
	if len(lines) < 4 {
		t.Errorf("only %d fonts", len(lines))
	}
	for _, line := range lines {
		if !strings.Contains(line, "yes yes yes") { // embedded, subset, with ToUnicode
			t.Error(line)
		}
	}
}

func TestEveryMarkIsInTheTree(t *testing.T) {
	m := rich(t)
	doc, _, err := press.Parse(m)
	if err != nil {
		t.Fatal(err)
	}
	o := newOutput(t)
	pages, err := o.Typesetter.Typeset(t.Context(), doc, press.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := &file{pages: pages, meta: doc.Meta, lib: o.Fonts, shaper: o.Fonts.Shaper(), packed: &o.packed}
	if err := f.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	known := map[*press.Node]bool{}
	var walk func(*press.Node)
	walk = func(n *press.Node) {
		known[n] = true
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(pages.Tree)
	for i, c := range f.contents {
		for _, n := range c.marks {
			if !known[n] {
				t.Errorf("page %d: a mark of role %s is not in the tree", i, n.Role)
			}
		}
	}
}

func TestBookmarksAreNested(t *testing.T) {
	pdf, _ := write(t, rich(t), press.Options{})
	got := plain(t, pdf)
	if n := strings.Count(got, "/Dest ["); n < 8 || !strings.Contains(got, "/Count -2") || !strings.Contains(got, "/PageMode /UseOutlines") {
		t.Errorf("%d destinations", n)
	}
}

func TestLabelsCountInRuns(t *testing.T) {
	f := &file{pages: &press.Pages{}}
	for _, l := range []string{"i", "ii", "1", "2", "7", "A", "A", ""} {
		f.pages.List = append(f.pages.List, press.Page{Label: l})
	}
	want := "0 << /S /r /St 1 >> 2 << /S /D /St 1 >> 4 << /S /D /St 7 >> 5 << /P <FEFF0041> >> 6 << /P <FEFF0041> >> 7 << /P <FEFF> >> "
	if diff := cmp.Diff(want, f.labels().String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLengthsAreWrittenShort(t *testing.T) {
	for want, v := range map[string]press.Pt{"0": 0, "12": 12 * press.Point, "-0.5": -press.Point / 2, "1.001": 1025, "0.25": 256} {
		b := newBuf()
		b.add(v)
		if b.String() != want {
			t.Errorf("got %s, want %s", b, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a float was written")
		}
	}()
	newBuf().add(1.5)
}

func TestObjectsAreFoundInTheirStreams(t *testing.T) {
	var w writer
	for range 2*packSize + 1 {
		b := newBuf()
		b.add("null")
		w.put(b)
	}
	places := w.pack()
	for i, want := range map[int]place{0: {pack: 402, index: 0}, 7: {pack: 402, index: 7}, 200: {pack: 403, index: 0}, 400: {pack: 404, index: 0}} {
		if places[i] != want {
			t.Errorf("object %d at %+v, want %+v", i, places[i], want)
		}
	}
}

// broken is a writer without room.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestFailuresAreReturned(t *testing.T) {
	doc, _, err := press.Parse(rich(t))
	if err != nil {
		t.Fatal(err)
	}
	o := newOutput(t)
	if _, err := o.Write(t.Context(), broken{}, doc, press.Options{}); err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.Write(ctx, broken{}, doc, press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := o.Write(t.Context(), broken{}, doc, press.Options{Theme: press.Theme{Name: "x"}}); err == nil {
		t.Error("a theme without trim was taken")
	}
}

func BenchmarkPressBook(b *testing.B) {
	doc, _, err := press.Parse(corpus(b))
	if err != nil {
		b.Fatal(err)
	}
	o := newOutput(b)
	b.ReportAllocs()
	for b.Loop() {
		var out bytes.Buffer
		if _, err := o.Write(b.Context(), &out, doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
	}
}

// BenchmarkEditedBook writes the trial book again and again, each time with
// another sentence in one chapter: from the manuscript to the PDF.
func BenchmarkEditedBook(b *testing.B) {
	o := newOutput(b)
	m := corpus(b)
	was := m.Chapters[4].Markdown
	for n := 0; b.Loop(); n++ {
		m.Chapters[4].Markdown = was + "\n\nIt was " + strings.Repeat("very ", n%7) + "late.\n"
		doc, _, err := press.Parse(m)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := o.Write(b.Context(), io.Discard, doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestABookWrittenTwiceIsTheSameFile(t *testing.T) {
	o := newOutput(t)
	files := map[string]bool{}
	for range 2 {
		for _, opt := range []press.Options{{}, {}} {
			doc, _, err := press.Parse(rich(t))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := o.Write(t.Context(), &b, doc, opt); err != nil {
				t.Fatal(err)
			}
			files[b.String()] = true
		}
		o = newOutput(t)
	}
	if len(files) != 1 {
		t.Errorf("%d different files", len(files))
	}
}
