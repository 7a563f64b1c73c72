package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// peersPage is where BenchmarkBesidePeers writes what it measured.
var peersPage = flag.String("peers", "", "file that gets the page of BenchmarkBesidePeers")

// cost is what a process, with all that it started, took.
type cost struct {
	wall, cpu float64 // seconds
	peak      float64 // MiB of the largest process
}

// timed runs a command on two processors and measures it by GNU time: the
// resources that Go reports begin with the memory of the test itself.
func timed(tb testing.TB, cmd *exec.Cmd) cost {
	tb.Helper()
	gnu, err := exec.LookPath("time")
	if err != nil {
		tb.Fatal(err)
	}
	note := filepath.Join(tb.TempDir(), "time")
	cmd.Args = append([]string{"time", "-o", note, "-f", "%U %S %M", "taskset", "-c", "0,1", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = gnu
	began := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(began).Seconds()
	if err != nil {
		tb.Fatalf("%v: %v\n%s", cmd.Args[7:], err, out[max(0, len(out)-2000):])
	}
	text, err := os.ReadFile(note)
	if err != nil {
		tb.Fatal(err)
	}
	var user, system, kib float64
	if _, err := fmt.Sscan(string(text), &user, &system, &kib); err != nil {
		tb.Fatalf("time says %q: %v", text, err)
	}
	return cost{wall, user + system, kib / 1024}
}

// in is a command that runs in a folder.
func in(tb testing.TB, dir, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(tb.Context(), program, args...)
	cmd.Dir = dir
	return cmd
}

// median is the middle of some costs, each column by itself.
func median(all []cost) cost {
	column := func(of func(cost) float64) float64 {
		var list []float64
		for _, c := range all {
			list = append(list, of(c))
		}
		slices.Sort(list)
		return list[len(list)/2]
	}
	return cost{column(func(c cost) float64 { return c.wall }), column(func(c cost) float64 { return c.cpu }), column(func(c cost) float64 { return c.peak })}
}

// peer is a program that sets the trial book into book.pdf in its folder.
type peer struct {
	name    string
	dir     string
	program string
	args    []string
	costs   []cost
}

func (p *peer) run(tb testing.TB) cost { return timed(tb, in(tb, p.dir, p.program, p.args...)) }

// BenchmarkBesidePeers sets the trial book by quire, WeasyPrint and XeLaTeX, one
// after the other, three times; measures quire's promises; and writes the page.
// It runs once; make bench-press calls it.
func BenchmarkBesidePeers(b *testing.B) {
	quire, err := filepath.Abs("../../bin/quire")
	if err != nil {
		b.Fatal(err)
	}
	busy := load(b)
	peers := []*peer{quirePeer(b, quire), weasyPeer(b), latexPeer(b)}
	for _, p := range peers {
		p.run(b) // fills the caches of the disk and of fonts
	}
	for range 3 {
		for _, p := range peers {
			p.costs = append(p.costs, p.run(b))
		}
	}
	var page strings.Builder
	comparePeers(b, &page, peers)
	promises(b, &page, quire, median(peers[0].costs), busy)
	growth(b, &page, quire)
	fmt.Println(page.String())
	if *peersPage != "" {
		if err := os.WriteFile(*peersPage, []byte(page.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// comparePeers writes the table of the peers.
func comparePeers(tb testing.TB, page *strings.Builder, peers []*peer) {
	fmt.Fprintf(page, `The trial book of 50,670 words (theme novel: 6×9 in, EB Garamond 11 on 15 points), set by each program in the same run, one after the other on two
cores: whole processes, from source to PDF, median of three. In brackets: how many times quire's. Lines are counted in the finished PDFs by the same
program (%s): of the justified body lines, how many have a mean word space over 0.42 em (loose) or below 0.15 em (tight).

| | wall s | CPU s | peak MiB | pages | PDF kB | loose | tight | hyphenated | three hyphens |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`, "`cmd/quire/texture_test.go`")
	own := median(peers[0].costs)
	for _, p := range peers {
		c := median(p.costs)
		file := filepath.Join(p.dir, "book.pdf")
		info, err := os.Stat(file)
		if err != nil {
			tb.Fatal(err)
		}
		x := textureOf(readLines(tb, file, 11))
		times := func(a, b float64) string {
			if p == peers[0] {
				return ""
			}
			return fmt.Sprintf(" (%.1f×)", a/b)
		}
		fmt.Fprintf(page, "| %s | %.2f%s | %.2f%s | %.0f%s | %d | %d | %.2f %% | %.2f %% | %.1f %% | %d |\n", p.name, c.wall, times(c.wall, own.wall), c.cpu, times(c.cpu, own.cpu),
			c.peak, times(c.peak, own.peak), pageCount(tb, file), info.Size()/1000, x.share(x.loose), x.share(x.tight), x.share(x.hyphens), x.ladders)
	}
	page.WriteString(`
The peers get the same tree of the book as HTML and LaTeX (` + "`cmd/quire/peer_html_test.go`, `peer_latex_test.go`" + `), the same font files, page, text block, sizes, British
hyphens, two lines at least on each side of a page break, running heads, contents with page numbers, the figure as vectors, table, note, quotation, list and
code. WeasyPrint: justified, ` + "`hyphens: auto`, `hyphenate-limit-chars: 5 2 3`, kerning, ligatures, old-style figures, `float: footnote`, `target-counter`" + `. XeLaTeX:
memoir, microtype (XeTeX protrudes but cannot expand), babel british, ` + "`\\emergencystretch 1em`, `\\doublehyphendemerits 500000`" + ` (the best lines of seven settings tried),
as many passes as its contents need. quire also makes initials, small-cap lead-ins, a tagged PDF and facing pages of equal depth, which the peers were not asked for.

`)
}

// pageCount asks pdfinfo for the number of pages.
func pageCount(tb testing.TB, file string) int {
	out, err := exec.CommandContext(tb.Context(), "pdfinfo", file).Output()
	if err != nil {
		tb.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(out), "Pages:")
	n, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// quirePeer is quire itself, as it is shipped.
func quirePeer(tb testing.TB, quire string) *peer {
	book, err := filepath.Abs(pressBook)
	if err != nil {
		tb.Fatal(err)
	}
	return &peer{name: "**quire**", dir: tb.TempDir(), program: quire, args: []string{"press", book, "--theme", "novel", "-o", "book.pdf"}}
}

func weasyPeer(tb testing.TB) *peer {
	dir := tb.TempDir()
	page, files := bookHTML(tb, trialBook(tb))
	layOut(tb, dir, files, map[string]string{"book.html": page})
	return &peer{name: "WeasyPrint " + version(tb, "weasyprint", "--version"), dir: dir, program: "weasyprint", args: []string{"book.html", "book.pdf"}}
}

func latexPeer(tb testing.TB) *peer {
	dir := tb.TempDir()
	source, files := bookLaTeX(tb, trialBook(tb))
	layOut(tb, dir, files, map[string]string{"book.tex": source})
	for name := range files {
		name = filepath.Join(dir, name)
		if out, err := exec.CommandContext(tb.Context(), "rsvg-convert", "-f", "pdf", "-o", strings.TrimSuffix(name, ".svg")+".pdf", name).CombinedOutput(); err != nil {
			tb.Fatalf("rsvg-convert: %v\n%s", err, out)
		}
	}
	n := latexPasses(tb, dir)
	pass := "xelatex -interaction=nonstopmode -halt-on-error book.tex"
	return &peer{name: fmt.Sprintf("XeLaTeX %s, %d passes", version(tb, "xelatex", "--version"), n), dir: dir, program: "sh",
		args: []string{"-c", "rm -f book.aux book.toc book.out book.pdf && " + strings.Join(slices.Repeat([]string{pass}, n), " && ")}}
}

// latexPasses sets the book until the files that XeLaTeX leaves for itself do
// not change any more, and says how often that was.
func latexPasses(tb testing.TB, dir string) int {
	before := ""
	for n := 1; n <= 4; n++ {
		timed(tb, in(tb, dir, "xelatex", "-interaction=nonstopmode", "-halt-on-error", "book.tex"))
		after := ""
		for _, ending := range []string{"toc", "out"} { // the aux file follows these
			text, err := os.ReadFile(filepath.Join(dir, "book."+ending))
			if err != nil {
				tb.Fatal(err)
			}
			after += string(text)
		}
		if after == before {
			return n
		}
		before = after
	}
	tb.Fatal("XeLaTeX does not come to rest")
	return 0
}

// layOut writes the files of a peer: text, pictures and quire's own fonts.
func layOut(tb testing.TB, dir string, files map[string][]byte, texts map[string]string) {
	all := map[string][]byte{}
	for name, data := range files {
		all[name] = data
	}
	for name, text := range texts {
		all[name] = []byte(text)
	}
	for _, name := range []string{"EBGaramond12-Regular.ttf", "EBGaramond12-Italic.ttf", "EBGaramond12-Bold.ttf", "PTM55F.ttf"} {
		data, err := os.ReadFile(filepath.Join("../../press/font/files", name))
		if err != nil {
			tb.Fatal(err)
		}
		all[name] = data
	}
	for name, data := range all {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
}

// version is the first number with a dot that a program says of itself.
func version(tb testing.TB, program string, args ...string) string {
	out, err := exec.CommandContext(tb.Context(), program, args...).Output()
	if err != nil {
		tb.Fatalf("%s: %v", program, err)
	}
	line, _, _ := bytes.Cut(out, []byte("\n"))
	for _, word := range strings.Fields(string(line)) {
		if strings.Trim(word, "0123456789.-") == "" && strings.Contains(word, ".") {
			return word[strings.LastIndexByte(word, '-')+1:] // XeTeX names TeX's version first
		}
	}
	return ""
}
