package html

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

func TestThePageTellsMachinesWhatItIs(t *testing.T) {
	page, _ := write(t, parse(t, book.Manuscript{
		Meta: book.Meta{Title: "A </script> B", Subtitle: "S", Author: "N", Publisher: "P", Language: "en-GB", ISBN: "i", Date: "2026", Genre: "Sea story", Series: "Tides",
			Volume: "2", Description: "Long\nand \"short\"", Keywords: []string{"salt", "sea"}},
		Chapters: []book.Text{{ID: "c", Title: "C", Markdown: "x"}},
	}))
	_, rest, _ := strings.Cut(page, `<script type="application/ld+json">`)
	text, _, _ := strings.Cut(rest, "</script>")
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"@context": "https://schema.org", "@type": "Book", "name": "A </script> B", "alternativeHeadline": "S", "inLanguage": "en-GB", "isbn": "i", "datePublished": "2026",
		"author": map[string]any{"@type": "Person", "name": "N"}, "publisher": map[string]any{"@type": "Organization", "name": "P"},
		"description": `Long and “short”`, "genre": "Sea story", "keywords": "salt, sea", "isPartOf": map[string]any{"@type": "BookSeries", "name": "Tides"}, "position": "2",
		"bookFormat": "https://schema.org/EBook",
	}
	got["description"] = strings.NewReplacer(`"short"`, "“short”").Replace(got["description"].(string)) // typographic or not: Parse decides
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, tag := range []string{`<title>A &lt;/script&gt; B – N</title>`, `<meta property="og:locale" content="en_GB">`, `<meta name="keywords" content="salt, sea">`, `<meta property="og:type" content="book">`} {
		if !strings.Contains(page, tag) {
			t.Errorf("the page has no %s", tag)
		}
	}
}

func TestThePolicyNamesOurScriptsAndNoOthers(t *testing.T) {
	page, _ := write(t, parse(t, hostile()))
	_, rest, _ := strings.Cut(page, `http-equiv="Content-Security-Policy" content="`)
	policy, _, _ := strings.Cut(rest, `"`)
	_, style, _ := strings.Cut(page, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	want := "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src " + source(style) + "; script-src " + source(earlyScript) + " " + source(pageScript)
	if diff := cmp.Diff(want, policy); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
