package write

import (
	"strings"
	"testing"

	"quire/book"
)

// GuidanceOf is what those who plan a book, or those who write and check it, are
// told about its kind.
func GuidanceOf(t *testing.T, b book.Brief, plans bool) string {
	t.Helper()
	meant := book.Enhancement.Writes
	if plans {
		meant = book.Enhancement.Plans
	}
	all, err := templates()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := all.ExecuteTemplate(&out, "guidance.v1", guidance(b, meant)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
