package font

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/go-text/typesetting/di"
	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"quire/press"
)

// shapedWith tells glyphs and advances of a text set with a font file.
func shapedWith(t *testing.T, data []byte, text string) string {
	t.Helper()
	face, err := gofont.ParseTTF(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	all := []rune(text)
	var s shaping.HarfbuzzShaper
	out := s.Shape(shaping.Input{Text: all, RunEnd: len(all), Direction: di.DirectionLTR, Face: face, Size: fixed.I(1000), Script: language.Latin, Language: "en"})
	var b bytes.Buffer
	for _, g := range out.Glyphs {
		box, _ := face.GlyphExtents(g.GlyphID)
		fmt.Fprintf(&b, "%d:%d:%g ", g.GlyphID, g.Advance, box.Height)
	}
	return b.String()
}

func runes(s string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range s {
		out[r] = true
	}
	return out
}

func TestAWebFaceSetsItsCharactersAsTheWholeFace(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	const text = "The office waffled: “AVATAR” – fjord, 1984. Žižek œuvre"
	for _, family := range []string{"EB Garamond", "Open Sans", "PT Sans", "Andika", "Charis SIL", "JetBrains Mono"} {
		faces, err := l.WebFaces(family, runes(text))
		if err != nil || len(faces) == 0 {
			t.Fatal(family, err)
		}
		for _, f := range faces {
			whole, _, err := l.load(press.FontID(f.Name))
			if err != nil {
				t.Fatal(err)
			}
			if len(f.Data) > len(whole.data)*2/3 {
				t.Errorf("%s has %d of %d bytes", f.Name, len(f.Data), len(whole.data))
			}
			cut, err := gofont.ParseTTF(bytes.NewReader(f.Data))
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			want, got := shapedWith(t, whole.data, text), shapedWith(t, f.Data, text)
			if want != got {
				t.Errorf("%s sets %s, the whole face %s", f.Name, got, want)
			}
			if g, ok := cut.NominalGlyph('Q'); ok && g != 0 {
				t.Errorf("%s has a Q that nobody asked for", f.Name)
			}
		}
	}
}
