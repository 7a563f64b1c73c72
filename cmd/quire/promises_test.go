package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/pdfout"
)

// The promises of the press, on two cores.
const (
	mostWall = 0.5 // seconds, the trial book as a whole process
	mostPeak = 120 // MiB
	mostEdit = 60  // milliseconds, a change in one chapter
)

// promises writes what quire promises and what was measured.
func promises(tb testing.TB, page *strings.Builder, quire string, own cost, load float64) {
	verdict := func(ok bool) string {
		switch {
		case ok:
			return "kept"
		case load > 2:
			return fmt.Sprintf("**broken**, but on a busy machine (load %.1f)", load)
		}
		return "**broken**"
	}
	pages, file := edits(tb)
	fmt.Fprintf(page, `| promise, on two cores | at most | measured | |
|---|--:|--:|---|
| 50,670 words to PDF, whole process | %.1f s | %.2f s | %s |
| its peak memory | %d MiB | %.0f MiB | %s |
| a change in one chapter, warm cache, to pages | | %.0f ms | |
| the same, to the finished PDF | %d ms | %.0f ms (slowest of 21: %.0f) | %s |
`, mostWall, own.wall, verdict(own.wall <= mostWall), mostPeak, own.peak, verdict(own.peak <= mostPeak),
		pages[len(pages)/2], mostEdit, file[len(file)/2], file[len(file)-1], verdict(file[len(file)/2] <= mostEdit))
	if wall, ok := firstPreview(tb, quire); ok {
		fmt.Fprintf(page, "| the first page as PNG, whole process | | %.2f s | |\n", wall)
	}
	page.WriteString("\n")
}

// load is how many processes wanted to run in the last minute.
func load(tb testing.TB) (n float64) {
	text, err := os.ReadFile("/proc/loadavg")
	if err == nil {
		_, err = fmt.Sscan(string(text), &n)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// edits changes a sentence of one chapter again and again, in a process that has
// set the book before, and returns the milliseconds from Markdown to pages and
// from Markdown to PDF, sorted.
func edits(tb testing.TB) (pages, file []float64) {
	m, _, err := readManuscript(pressBook)
	if err != nil {
		tb.Fatal(err)
	}
	fonts, err := font.Open()
	if err != nil {
		tb.Fatal(err)
	}
	ts := layout.New(fonts)
	o := &pdfout.Output{Typesetter: ts, Fonts: fonts}
	was := m.Chapters[4].Markdown
	edit := func(n int, work func(*press.Document) error) float64 {
		m.Chapters = slices.Clone(m.Chapters)
		m.Chapters[4].Markdown = fmt.Sprintf("%s\n\nIt was %slate, on day %d.\n", was, strings.Repeat("very ", n%7), n)
		began := time.Now()
		doc, _, err := press.Parse(m)
		if err == nil {
			err = work(doc)
		}
		if err != nil {
			tb.Fatal(err)
		}
		return float64(time.Since(began).Microseconds()) / 1000
	}
	for n := range 23 {
		p := edit(2*n, func(doc *press.Document) error {
			_, err := ts.Typeset(tb.Context(), doc, press.Options{})
			return err
		})
		f := edit(2*n+1, func(doc *press.Document) error {
			_, err := o.Write(tb.Context(), io.Discard, doc, press.Options{})
			return err
		})
		if n >= 2 { // the first two fill the caches
			pages, file = append(pages, p), append(file, f)
		}
	}
	slices.Sort(pages)
	slices.Sort(file)
	return pages, file
}

// firstPreview is how long the first page takes; not ok when there are no previews.
func firstPreview(tb testing.TB, quire string) (float64, bool) {
	path, err := filepath.Abs(pressBook)
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	c := timed(tb, in(tb, dir, quire, "press", path, "--preview", "pages", "--pages", "1"))
	made, _ := filepath.Glob(filepath.Join(dir, "pages", "*.png")) // the pattern is sound
	return c.wall, len(made) == 1
}

// growth writes what books of up to a thousand chapters cost.
func growth(tb testing.TB, page *strings.Builder, quire string) {
	page.WriteString("Growth: the chapters of the trial book over and over, each time with its sentences in another order. Median of three whole processes.\n\n" +
		"| chapters | words | pages | wall s | CPU s | peak MiB | ms a chapter | KiB a chapter |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	var chapters, wall, cpu, peak []float64
	for _, n := range []int{100, 250, 500, 1000} {
		book := writeBook(tb, longBook(tb, n))
		var all []cost
		dir := tb.TempDir()
		for range 3 {
			all = append(all, timed(tb, in(tb, dir, quire, "press", book.dir, "--theme", "novel", "-o", "book.pdf")))
		}
		c := median(all)
		chapters, wall, cpu, peak = append(chapters, float64(n)), append(wall, c.wall), append(cpu, c.cpu), append(peak, c.peak)
		fmt.Fprintf(page, "| %d | %d | %d | %.2f | %.2f | %.0f | %.1f | %.0f |\n", n, book.count, pageCount(tb, filepath.Join(dir, "book.pdf")), c.wall, c.cpu, c.peak, c.wall*1000/float64(n), c.peak*1024/float64(n))
	}
	page.WriteString("\n")
	for _, line := range []struct {
		name, unit string
		scale      float64
		values     []float64
	}{{"Wall", "ms", 1000, wall}, {"CPU", "ms", 1000, cpu}, {"Memory", "KiB", 1024, peak}} {
		slope, far := straight(chapters, line.values)
		fmt.Fprintf(page, "%s grows by %.1f %s a chapter; the straight line through these is missed by %.0f %% at most.\n", line.name, slope*line.scale, line.unit, 100*far)
	}
}

// straight fits y = a + bx by least squares of what each y misses by its own
// part, and says by which part of its value the worst is missed.
func straight(x, y []float64) (slope, far float64) {
	var sw, sx, sy, sxx, sxy float64
	for i := range x {
		w := 1 / (y[i] * y[i])
		sw, sx, sy, sxx, sxy = sw+w, sx+w*x[i], sy+w*y[i], sxx+w*x[i]*x[i], sxy+w*x[i]*y[i]
	}
	slope = (sw*sxy - sx*sy) / (sw*sxx - sx*sx)
	start := (sy - slope*sx) / sw
	for i := range x {
		far = max(far, math.Abs(y[i]-start-slope*x[i])/y[i])
	}
	return slope, far
}

// longBook is a book of n chapters: those of the trial book over and over. In
// each copy every paragraph without marks has its sentences turned on by one
// more, so that lines and pages are broken anew.
func longBook(tb testing.TB, n int) book.Manuscript {
	tb.Helper()
	m, _, err := readManuscript(pressBook)
	if err != nil {
		tb.Fatal(err)
	}
	first := m.Chapters
	m.Chapters = nil
	for i := range n {
		c, turn := first[i%len(first)], i/len(first)
		blocks := strings.Split(c.Markdown, "\n\n")
		for j, text := range blocks {
			if text == "" || strings.ContainsAny(text, "#|>!`[*") || strings.HasPrefix(text, "1.") {
				continue
			}
			sentences := strings.SplitAfter(strings.TrimSpace(text)+" ", ". ")
			at := turn % len(sentences)
			blocks[j] = strings.TrimSpace(fmt.Sprintf("%s%s Thus the %d. time.", strings.Join(sentences[at:], ""), strings.Join(sentences[:at], ""), turn+1))
		}
		c.Markdown = strings.Join(blocks, "\n\n")
		m.Chapters = append(m.Chapters, c)
	}
	return m
}

// longFolder is a book as a folder of so many words.
type longFolder struct {
	dir   string
	count int
}

// writeBook writes a manuscript as a folder that quire presses.
func writeBook(tb testing.TB, m book.Manuscript) longFolder {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.CopyFS(dir, os.DirFS(pressBook)); err != nil {
		tb.Fatal(err)
	}
	old, _ := filepath.Glob(filepath.Join(dir, "ch*.md")) // the pattern is sound
	for _, name := range old {
		if err := os.Remove(name); err != nil {
			tb.Fatal(err)
		}
	}
	count := 0
	for i, c := range m.Chapters {
		text := "# " + c.Title + "\n\n" + c.Markdown
		count += book.Words(text)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("ch%04d.md", i+1)), []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return longFolder{dir, count}
}

func TestALineIsFittedAndItsWorstPointIsTold(t *testing.T) {
	slope, far := straight([]float64{1, 2, 4}, []float64{12, 14, 18})
	if math.Abs(slope-2) > 1e-9 || far > 1e-9 {
		t.Errorf("slope %v, missed by %v", slope, far)
	}
	if _, far := straight([]float64{100, 250, 500, 1000}, []float64{1, 6.25, 25, 100}); far < 0.3 {
		t.Errorf("a parabola is missed by %v only", far)
	}
}

func TestALongBookHasOtherTextInEachCopy(t *testing.T) {
	m := longBook(t, 45)
	if a, b, c := m.Chapters[1].Markdown, m.Chapters[16].Markdown, m.Chapters[31].Markdown; a == b || b == c || math.Abs(float64(len(a)-len(c))) > 200 {
		t.Errorf("chapters of %d, %d and %d bytes", len(a), len(b), len(c))
	}
}
