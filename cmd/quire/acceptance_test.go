package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quire/book"
	"quire/store"
	"quire/store/storetest/pg"
)

// quire runs a verb and returns what it printed.
func (r *run) quire(args ...string) string {
	r.t.Helper()
	cmd := r.command(args...)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("quire %v: %v\n%s", args, err, talk.String())
	}
	return out.String()
}

func (r *run) file(name, text string) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// tool runs a program that the tests need; they fail, and do not skip, without it.
func (r *run) tool(name string, args ...string) string {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), name, args...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

const epubcheck = "/usr/share/java/epubcheck.jar"

func TestTheReadmeBookPassesTheValidators(t *testing.T) {
	r := newRun(t)
	r.quire("write", "The lamplighter of Skerry Point", "-o", "book.pdf", "-o", "book.epub")
	r.tool("qpdf", "--check", "book.pdf")
	if out := r.tool("java", "-jar", epubcheck, "book.epub"); !strings.Contains(out, "0 fatals / 0 errors / 0 warnings") {
		t.Errorf("epubcheck says:\n%s", out)
	}
	text := r.tool("pdftotext", "book.pdf", "-")
	if !strings.Contains(strings.Join(strings.Fields(text), " "), "Sample text: this book was written by the built-in author of quire") {
		t.Error("the imprint does not say that the book is sample text")
	}
}

func TestANovelHasTheWordsThatWereAskedFor(t *testing.T) {
	for topic, words := range map[string]int{"The lamplighter of Skerry Point": 30_000, "A winter without bees": 9_000, "Mary Anne and the tide": 1_000} {
		t.Run(topic, func(t *testing.T) {
			t.Parallel()
			r := newRun(t)
			r.quire("write", topic, "--kind", "fiction", "--words", fmt.Sprint(words), "-o", "book.md")
			text, err := os.ReadFile(filepath.Join(r.dir, "book.md"))
			if err != nil {
				t.Fatal(err)
			}
			if got := book.Words(string(text)); got < words*85/100 || got > words*115/100 {
				t.Errorf("%d words were written, %d asked for", got, words)
			}
		})
	}
}

// TestTheSameSeedGivesTheSameBytes holds the files of two homes, of one and two
// processors and of another seed against each other.
func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	for name, args := range map[string][]string{
		"a story": {"The lamplighter of Skerry Point", "--chapters", "3", "--words", "4000"},
		"a guide": {"How to keep bees", "--chapters", "5", "--words", "4000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := func(seed, processors string) map[string][]byte {
				r := newRun(t, "GOMAXPROCS="+processors)
				r.quire(append([]string{"write", "--seed", seed, "--date", "2026-01-02", "-o", "out.pdf", "-o", "out.epub", "-o", "out.md"}, args...)...)
				return r.files()
			}
			one, again, single, other := made("5", "2"), made("5", "2"), made("5", "1"), made("6", "2")
			for name := range one {
				if !bytes.Equal(one[name], again[name]) {
					t.Errorf("%s differs between two homes", name)
				}
				if !bytes.Equal(one[name], single[name]) {
					t.Errorf("%s differs between one processor and two", name)
				}
				if bytes.Equal(one[name], other[name]) {
					t.Errorf("%s is the same for another seed", name)
				}
			}
		})
	}
}

// heading is a title at a level.
type heading struct {
	level int
	title string
}

// planned are the titles of plan and sheet below, with their levels; 0 is a part.
var planned = []heading{
	{0, "Part One: Ebb"}, {1, "The Harbour & the “Mill”"}, {2, "Why *not* Tuesday?"}, {3, "On [square] brackets"}, {3, "On pipes | and tildes ~"},
	{2, "A very long heading that goes on and on until it cannot possibly fit on a single line of the contents page"}, {1, "2. Numbers first"},
	{0, "Part Two: Flow"}, {1, "Twice"}, {2, "Twice"}, {1, "Ünïcödé und Straße"},
}

func TestTheContentsKeepEveryGivenTitle(t *testing.T) {
	var plan, sheet strings.Builder
	sheet.WriteString("level;title;words\n")
	for _, p := range planned {
		fmt.Fprintf(&plan, "%s- %s\n", strings.Repeat("    ", p.level), p.title)
		if p.level > 0 {
			fmt.Fprintf(&sheet, "%d;\"%s\";60\n", p.level, p.title)
		}
	}
	for name, tt := range map[string]struct {
		flag, file, text string
		parts            bool
	}{
		"outline": {"--outline", "plan.md", plan.String(), true},
		"sheet":   {"--sheet", "plan.csv", sheet.String(), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			r.file(tt.file, tt.text)
			r.quire("write", tt.flag, tt.file, "--kind", "nonfiction", "--title", "Tides", "-o", "out.pdf", "-o", "out.epub", "-o", "out.md")
			var expect []string
			for _, w := range planned {
				if w.level > 0 || tt.parts {
					expect = append(expect, w.title)
				}
			}
			nav := r.navigation("out.epub")
			inOrder(t, "navigation of the EPUB", nav, expect)
			// The contents come before the first page of the body.
			pages := strings.Split(r.tool("pdftotext", "-layout", "-f", "5", "-l", "8", "out.pdf", "-"), "\f")
			contents := pages[0]
			for _, p := range pages[1:] {
				if strings.Contains(strings.ToLower(p), "contents") {
					contents += p
				}
			}
			inOrder(t, "contents page", contents, expect)
			indents(t, contents, "Harbour", "Why", "brackets")
		})
	}
}

// navigation is the text of the EPUB's nav document.
func (r *run) navigation(name string) string {
	r.t.Helper()
	z, err := zip.OpenReader(filepath.Join(r.dir, name))
	if err != nil {
		r.t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "nav.xhtml") {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			r.t.Fatal(err)
		}
		defer rc.Close()
		text, err := io.ReadAll(rc)
		if err != nil {
			r.t.Fatal(err)
		}
		return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(text), " ")
	}
	r.t.Fatal("the EPUB has no navigation")
	return ""
}

// letters folds a text to its letters and digits, as validators of order need.
func letters(s string) string {
	s = strings.NewReplacer("&amp;", "", "&#39;", "", "&quot;", "", "&lt;", "", "&gt;", "").Replace(s)
	return regexp.MustCompile(`[^\p{L}\p{N}]+`).ReplaceAllString(s, "")
}

// inOrder fails unless the titles stand in the text one after another.
func inOrder(t *testing.T, where, text string, titles []string) {
	t.Helper()
	rest := letters(text)
	for _, title := range titles {
		// Page numbers and line breaks may stand inside a long title's line.
		_, after, ok := strings.Cut(rest, letters(title))
		if !ok {
			t.Errorf("%s: %q is not there after what stands before it", where, title)
			continue
		}
		rest = after
	}
}

// indents fails unless the lines that hold the words begin ever further right.
func indents(t *testing.T, text string, words ...string) {
	t.Helper()
	last := -1
	for _, word := range words {
		at := -1
		for line := range strings.Lines(text) {
			if strings.Contains(line, word) {
				at = len(line) - len(strings.TrimLeft(line, " 0123456789."))
				break
			}
		}
		if at <= last {
			t.Errorf("%q begins at column %d, not right of the level above it at %d", word, at, last)
		}
		last = at
	}
}

// TestTwoWritersShareOnePostgreSQL lets two homes write over one database: each
// runs its own book and leaves the other's jobs to the other.
func TestTwoWritersShareOnePostgreSQL(t *testing.T) {
	address := pg.Database(t)
	began := time.Now()
	var wg sync.WaitGroup
	for _, seed := range []string{"1", "2"} {
		r := newRun(t, "QUIRE_DATABASE="+address)
		wg.Go(func() {
			r.quire("write", "Salt", "--kind", "fiction", "--chapters", "4", "--words", "1600", "--seed", seed, "-o", "out.md", "-o", "out.pdf")
			r.only("out.md", "out.pdf")
		})
	}
	wg.Wait()
	if took := time.Since(began); took > time.Minute {
		t.Errorf("two books side by side took %v: their writers wait for each other", took)
	}
}

// TestABookThatIsDeletedUnderItsWriterEndsIt cancels and deletes a book in one go.
func TestABookThatIsDeletedUnderItsWriterEndsIt(t *testing.T) {
	r := newRun(t, paceVariable+"=150")
	points := filepath.Join(r.dir, "points")
	cmd := r.command("write", "Salt", "--chapters", "3", "--words", "3000", "-o", "out.pdf")
	cmd.Env = append(cmd.Env, pointsVariable+"="+points)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for !slices.Contains(lines(t, points), "save.after concept") {
		select {
		case <-t.Context().Done():
			t.Fatal("the book never began")
		case <-time.After(10 * time.Millisecond):
		}
	}
	_, id := r.journalled()
	s, err := store.Open(t.Context(), filepath.Join(r.dir, "home", "quire.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, query := range []string{`UPDATE books SET state = 'canceled'`, `DELETE FROM books`} {
		if _, err := s.Handle().SQL.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("the writer of the deleted book %s ended with %v", id, err)
	}
}
