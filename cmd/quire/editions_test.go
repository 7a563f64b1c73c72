package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// editionLimits are the promises of other editions than the PDF, in seconds of a
// whole process on two cores; 0 promises nothing.
var editionLimits = []struct {
	ending, pandoc string
	limit          float64
}{
	{"epub", "epub3", 0.15}, {"docx", "docx", 0.5}, {"html", "html5", 0.15}, {"html.zip", "", 0}, {"tex", "latex", 0}, {"md", "markdown", 0},
}

// BenchmarkEditionsBesidePandoc writes the trial book in every edition by quire
// and by pandoc, one after the other, five times each, and writes the table. It
// runs once; make bench-editions calls it.
func BenchmarkEditionsBesidePandoc(b *testing.B) {
	quire, err := filepath.Abs("../../bin/quire")
	if err != nil {
		b.Fatal(err)
	}
	source, err := filepath.Abs("../../../shared/corpus/press-book")
	if err != nil {
		b.Fatal(err)
	}
	busy := load(b)
	dir := b.TempDir()
	// pandoc reads one file: quire's own Markdown of the book, with its pictures.
	if out, err := in(b, dir, quire, "press", source, "-o", "book.md/").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var page strings.Builder
	fmt.Fprintf(&page, "The trial book, from Markdown to each edition: whole processes, median of five, quire and pandoc one after the other. In brackets: how many\ntimes quire's.\n\n")
	fmt.Fprintf(&page, "| edition | quire: wall s | at most | | peak MiB | kB | pandoc: wall s | peak MiB | kB |\n|---|--:|--:|---|--:|--:|--:|--:|--:|\n")
	for _, e := range editionLimits {
		own := &peer{name: "quire", dir: dir, program: quire, args: []string{"press", source, "-o", "own." + e.ending}}
		other := &peer{name: "pandoc", dir: filepath.Join(dir, "book.md"), program: "pandoc",
			args: []string{"--from", "markdown", "--to", e.pandoc, "--standalone", "--toc", "-o", "other." + e.ending, "book.md"}}
		peers := []*peer{own, other}
		if e.pandoc == "" {
			peers = peers[:1]
		}
		if e.ending == "html" {
			other.args = append(other.args, "--self-contained", "--mathml")
		}
		for round := range 6 {
			for _, p := range peers {
				c := p.run(b)
				if round > 0 { // the first fills the caches of the disk
					p.costs = append(p.costs, c)
				}
			}
		}
		q := median(own.costs)
		verdict, limit := "", ""
		if e.limit > 0 {
			limit, verdict = fmt.Sprintf("%.2f", e.limit), "kept"
			if q.wall > e.limit {
				verdict = "**broken**"
				if busy > 1 {
					verdict += fmt.Sprintf(", but on a busy machine (load %.1f)", busy)
				}
			}
		}
		fmt.Fprintf(&page, "| .%s | %.2f | %s | %s | %.0f | %d |", e.ending, q.wall, limit, verdict, q.peak, size(b, filepath.Join(dir, "own."+e.ending))/1000)
		if e.pandoc == "" {
			fmt.Fprintln(&page, " – | – | – |")
			continue
		}
		p := median(other.costs)
		fmt.Fprintf(&page, " %.2f (%.1f×) | %.0f (%.1f×) | %d |\n", p.wall, p.wall/q.wall, p.peak, p.peak/q.peak, size(b, filepath.Join(other.dir, "other."+e.ending))/1000)
	}
	fmt.Println(page.String())
	if *peersPage != "" {
		if err := os.WriteFile(*peersPage, []byte(page.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// size is how many bytes a file has.
func size(tb testing.TB, path string) int64 {
	tb.Helper()
	info, err := os.Stat(path)
	if err != nil {
		tb.Fatal(err)
	}
	return info.Size()
}
