package epub_test

import (
	"os"
	"strings"
	"testing"

	"quire/intake"
)

func TestTheFacesOfTextAndHeadingsAreEmbeddedAndUsed(t *testing.T) {
	m, _, err := intake.Manuscript(os.DirFS("../../docs/specimen/book"), ".")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := pressed(t, m)
	css := files["book.css"]
	for _, name := range []string{"EBGaramond12-Regular", "EBGaramond12-Italic", "EBGaramond12-Bold", "PTSans-Bold"} {
		if !strings.Contains(css, "url(fonts/"+name+".ttf)") || len(files["fonts/"+name+".ttf"]) < 10_000 {
			t.Errorf("%s is not embedded", name)
		}
	}
	// The last rule for headings wins.
	rules := strings.Split(css, "h1, h2, h3, h4, h5, h6")
	if last := rules[len(rules)-1]; !strings.Contains(last, `font-family: "sans", sans-serif`) {
		t.Errorf("headings are set in %q", last)
	}
	if strings.Contains(files["package.opf"], `media-type="application/x-font`) || !strings.Contains(files["package.opf"], `href="fonts/PTSans-Bold.ttf" media-type="font/ttf"`) {
		t.Error("the list of files does not name the faces as they are")
	}
}
