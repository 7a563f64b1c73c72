package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThePressGivesTheSameBytesOnAnyNumberOfProcessors presses manuscripts in
// processes of their own, twice on each number of processors. scripts/arm64 does
// the same on another architecture.
func TestThePressGivesTheSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	for _, book := range []string{"press-book", "drawn-book"} {
		path, err := filepath.Abs(filepath.Join("../../press/testdata", book))
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"pdf", "pdf --pdfa", "pdf --screen", "epub", "docx", "html", "html.zip", "tex.zip"} {
			t.Run(book+" "+kind, func(t *testing.T) {
				t.Parallel()
				f := strings.Fields(kind)
				var want []byte
				for _, processors := range []int{1, 1, 2, 2, 4, 4} {
					r := newRun(t, fmt.Sprintf("GOMAXPROCS=%d", processors))
					r.quire(append([]string{"press", path, "-o", "out." + f[0]}, f[1:]...)...)
					got, err := os.ReadFile(filepath.Join(r.dir, "out."+f[0]))
					if err != nil {
						t.Fatal(err)
					}
					if want == nil {
						want = got
					}
					if len(got) < 5_000 || !bytes.Equal(got, want) {
						t.Errorf("%d processors: other bytes, %d instead of %d", processors, len(got), len(want))
					}
				}
			})
		}
	}
}
