package intake

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
	"quire/press/docx"
)

// dots paints drawings as one dot.
type dots struct{}

func (dots) PNG(context.Context, *press.Image, int) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)))
	return b.Bytes(), err
}

func (dots) PDF(context.Context, *press.Image) ([]byte, error) {
	return nil, errors.New("not asked for")
}

// wordLines is the shape of a document as far as Word's styles can say it: they
// know neither quotations in quotations nor which meaning a paragraph belongs
// to.
func wordLines(doc *press.Document) []string {
	var out []string
	for line := range strings.Lines(docShape(doc)) {
		if line = strings.TrimSpace(line); line != "meaning" && line != "quote" {
			out = append(out, line)
		}
	}
	return out
}

func TestOurDOCXComesBackAsTheSameBook(t *testing.T) {
	for name, folder := range ownBooks {
		t.Run(name, func(t *testing.T) {
			doc, _ := document(t, ownBook(t, folder))
			var b bytes.Buffer
			if _, err := (docx.Output{Painter: dots{}}).Write(t.Context(), &b, doc, press.Options{}); err != nil {
				t.Fatal(err)
			}
			got, report := imported(t, "book.docx", b.Bytes())
			back, warnings := document(t, got)
			if diff := cmp.Diff(wordLines(doc), wordLines(back)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			for _, w := range warnings {
				t.Errorf("press warns: %v", w)
			}
			t.Logf("%+v", report)
		})
	}
}
