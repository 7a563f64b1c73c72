package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quire/book"
)

// BenchmarkBook runs a whole quire a time, from the command line to the files,
// in an empty home: wall seconds, peak memory of the process, and words.
func BenchmarkBook(b *testing.B) {
	for _, c := range []struct {
		name string
		args []string
	}{
		{"novel of 30,000 words in 10 chapters", []string{"The lamplighter of Skerry Point", "--kind", "fiction", "--chapters", "10", "--words", "30000"}},
		{"guide of 8,000 words in 8 chapters", []string{"How to keep bees"}},
		{"novel of 100,000 words in 40 chapters", []string{"The lamplighter of Skerry Point", "--kind", "fiction", "--chapters", "40", "--words", "100000"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var peak float64
			words := 0
			for b.Loop() {
				dir := b.TempDir()
				c := timed(b, quireIn(b, dir, append([]string{"write", "-o", "out.pdf", "-o", "out.epub", "-o", "out.md"}, c.args...)...))
				peak = max(peak, c.peak)
				text, err := os.ReadFile(filepath.Join(dir, "out.md"))
				if err != nil {
					b.Fatal(err)
				}
				words = book.Words(string(text))
			}
			b.ReportMetric(peak, "MiB")
			b.ReportMetric(float64(words), "words")
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/op")
		})
	}
}

// BenchmarkPress typesets the trial book of 50,670 words.
func BenchmarkPress(b *testing.B) {
	const corpus = "../../press/testdata/press-book"
	path, err := filepath.Abs(corpus)
	if err != nil {
		b.Fatal(err)
	}
	for _, kind := range []string{"pdf", "epub", "md"} {
		b.Run(kind, func(b *testing.B) {
			var peak float64
			for b.Loop() {
				peak = max(peak, timed(b, quireIn(b, b.TempDir(), "press", path, "-o", "out."+kind)).peak)
			}
			b.ReportMetric(peak, "MiB")
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/op")
		})
	}
}

// quireIn is a quire under test in a folder of its own.
func quireIn(tb testing.TB, dir string, args ...string) *exec.Cmd {
	quire, err := child()
	if err != nil {
		tb.Fatal(fmt.Errorf("the quire under test: %w", err))
	}
	cmd := exec.CommandContext(tb.Context(), quire, args...)
	cmd.Args[0] = "quire"
	cmd.Dir = dir
	cmd.Env = append(withoutSettings(os.Environ()), "QUIRE_HOME="+filepath.Join(dir, "home"))
	return cmd
}

// withoutSettings leaves out every variable that is a setting of quire's: tests
// must not spend the money of whoever runs them.
func withoutSettings(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.ContainsFunc(settings(), func(s setting) bool { return s.env == name })
	})
}
