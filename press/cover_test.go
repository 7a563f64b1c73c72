package press

import (
	"encoding/xml"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"quire/book"
)

func TestCoversHoldTitlesOfAnyLength(t *testing.T) {
	text := regexp.MustCompile(`<text x="800" y="(\d+)" font-size="(\d+)"[^>]*>([^<]*)</text>`)
	for name, meta := range map[string]book.Meta{
		"short":         {Title: "Salt", Author: "A", Publisher: "P"},
		"long":          {Title: strings.Repeat("A Title Without End, or Nearly So; ", 9)[:300], Author: strings.Repeat("Some Name, ", 20), Subtitle: strings.Repeat("and more ", 60)},
		"one long word": {Title: strings.Repeat("W", 300), Subtitle: strings.Repeat("w", 300), Author: strings.Repeat("M", 300), Publisher: strings.Repeat("M", 300)},
		"no blanks":     {Title: strings.Repeat("漢", 300), Author: "作者"},
		"endless":       {Title: strings.Repeat("word ", 2000), Subtitle: strings.Repeat("word ", 2000), Author: strings.Repeat("word ", 2000)},
		"marks":         {Title: "e\u0301\u0301 <&>", Kind: book.Nonfiction},
		"from right":    {Title: "ألف ليلة", Language: "ar"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, _, err := Parse(book.Manuscript{Meta: meta, Chapters: []book.Text{{Title: "One"}}})
			if err != nil {
				t.Fatal(err)
			}
			svg := string(DrawCover(doc, meta.Title))
			if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
				t.Fatal(err)
			}
			last := 0
			lines := text.FindAllStringSubmatch(svg, -1)
			if len(lines) == 0 {
				t.Fatalf("no words on\n%s", svg)
			}
			for _, m := range lines {
				y, _ := strconv.Atoi(m[1])
				size, _ := strconv.Atoi(m[2])
				if widthOf(html.UnescapeString(m[3]))*size/1000 > coverWidth-200 {
					t.Errorf("a line sticks out: %s", m[0])
				}
				if y-size < last-size/2 || y > coverHeight-60 {
					t.Errorf("a line lies on another or below the edge: %s", m[0])
				}
				last = y
			}
		})
	}
}

func TestWordsOnCoversCanBeRead(t *testing.T) {
	for _, p := range palettes {
		a, b := luminance(t, p.ground), luminance(t, p.words)
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 7 {
			t.Errorf("%s on %s has a contrast of %.1f", p.words, p.ground, ratio)
		}
	}
}

// luminance is the relative luminance of a colour (WCAG 2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift int) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
