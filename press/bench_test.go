package press_test

import (
	"os"
	"testing"

	"quire/intake"
	"quire/press"
)

// BenchmarkParse parses the trial book.
func BenchmarkParse(b *testing.B) {
	m, _, err := intake.Manuscript(os.DirFS("testdata"), "press-book")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := press.Parse(m); err != nil {
			b.Fatal(err)
		}
	}
}
