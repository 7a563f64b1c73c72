package font

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/press"
	"quire/problem"
)

// open returns the library.
func open(t testing.TB) *Library {
	t.Helper()
	lib, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// loaded returns the bytes of a face.
func loaded(t testing.TB, lib *Library, id press.FontID) []byte {
	t.Helper()
	f, _, err := lib.load(id)
	if err != nil {
		t.Fatal(err)
	}
	return f.data
}

func TestTheFacesAreTheOnesThatWereTaken(t *testing.T) {
	list, err := os.ReadFile("files/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = true
		data, err := files.ReadFile("files/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has changed", name)
		}
	}
	for id, name := range names {
		if !listed[name] {
			t.Errorf("%s (%s) has no checksum", name, id)
		}
	}
}

func TestEveryFaceOfEveryFamilyCanBeUsed(t *testing.T) {
	lib := open(t)
	s := lib.Shaper()
	for name := range families {
		f, err := FindFamily(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, style := range []Style{Regular, Italic, Bold, BoldItalic} {
			for _, size := range []press.Pt{9 * press.Point, 11 * press.Point} {
				for _, id := range f.Chain(style, size) {
					if !s.Has(id, 'a') {
						t.Errorf("%s: %s has no a", name, id)
					}
					if m, err := lib.Metrics(id); err != nil || m.CapHeight < 500 || m.XHeight < 300 || m.Descent >= 0 || m.Ascent < 600 {
						t.Errorf("%s: %+v %v", id, m, err)
					}
				}
			}
		}
	}
}

func TestChainPicksStyleAndOpticalSize(t *testing.T) {
	f, _ := FindFamily("EB Garamond")
	for name, tt := range map[string]struct {
		style Style
		size  press.Pt
		want  press.FontID
	}{
		"text":         {Regular, 11 * press.Point, "EBGaramond12-Regular"},
		"note":         {Regular, 9 * press.Point, "EBGaramond08-Regular"},
		"italic":       {Italic, 11 * press.Point, "EBGaramond12-Italic"},
		"italic notes": {Italic, 9 * press.Point, "EBGaramond08-Italic"},
		"bold":         {Bold, 9 * press.Point, "EBGaramond12-Bold"},
		"bold italic":  {BoldItalic, 11 * press.Point, "EBGaramond12-Bold"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := f.Chain(tt.style, tt.size)[0]; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAnUnknownFamilyListsTheKnownOnes(t *testing.T) {
	_, err := FindFamily("Comic")
	if p := problem.Of(err); p.Kind != problem.Invalid || p.Hint != "use one of: Andika, Charis SIL, EB Garamond, JetBrains Mono, Open Sans, PT Mono, PT Sans, math, mono, sans" {
		t.Errorf("got %+v", p)
	}
}

func TestUnknownFacesAreErrors(t *testing.T) {
	lib := open(t)
	if _, err := lib.Metrics("Nope"); err == nil {
		t.Error("metrics of nothing")
	}
	if _, err := lib.Subset("Nope", nil); err == nil {
		t.Error("subset of nothing")
	}
	defer func() {
		if recover() == nil {
			t.Error("a face that no chain names did not panic")
		}
	}()
	lib.Shaper().Upem("Nope")
}

func TestShapeJoinsLigaturesAndKnowsFeatures(t *testing.T) {
	s := open(t).Shaper()
	const id = "EBGaramond12-Regular"
	width := func(features Features, text string) (w int32) {
		for _, g := range s.Shape(id, features, "en", text) {
			w += g.Advance
		}
		return w
	}
	if s.Shape(id, 0, "en", "fi")[0].ID == s.Shape(id, Plain, "en", "fi")[0].ID {
		t.Error("f and i are not joined")
	}
	if width(SmallCaps, "abc") == width(0, "abc") {
		t.Error("small capitals look like lower case")
	}
	if a, b := width(Lining|Tabular, "111"), width(Lining|Tabular, "888"); a != b {
		t.Errorf("tabular figures differ: %d and %d", a, b)
	}
	if diff := cmp.Diff(s.Shape(id, 0, "en", "AV"), s.Shape(id, 0, "en", "AV")); diff != "" {
		t.Error(diff)
	}
	if width(0, "AV") >= width(0, "A")+width(0, "V") {
		t.Error("AV is not kerned")
	}
	if s.Shape(id, Superior, "en", "1")[0].ID == s.Shape(id, 0, "en", "1")[0].ID {
		t.Error("no superior figures")
	}
	if top, _ := s.Height(id, s.Shape(id, 0, "en", "H")[0].ID); top < 600 {
		t.Errorf("H is %d high", top)
	}
	if s.Upem(id) != 1000 || s.Advance(id, s.Shape(id, 0, "en", "H")[0].ID) < 500 {
		t.Error("wrong measures")
	}
}

func TestAShaperForgetsBeforeItGrowsTooLarge(t *testing.T) {
	s := open(t).Shaper()
	for i := range maxCached {
		s.cache[shapeKey{text: strconv.Itoa(i)}] = nil
	}
	s.Shape("PTSans-Regular", 0, "ru", "мир")
	if len(s.cache) != 1 {
		t.Errorf("%d texts are remembered", len(s.cache))
	}
}

func TestAReleasedShaperIsUsedAgain(t *testing.T) {
	lib := open(t)
	first := lib.Shaper()
	first.Release()
	if lib.Shaper() != first {
		t.Error("another shaper was made")
	}
	for range 2 * maxIdle {
		(&Shaper{lib: lib}).Release()
	}
	if len(lib.idle) != maxIdle {
		t.Errorf("%d idle shapers", len(lib.idle))
	}
}

func TestASubsetIsSmallAndKeepsItsGlyphs(t *testing.T) {
	lib := open(t)
	s := lib.Shaper()
	const id = "EBGaramond12-Regular"
	glyph := s.Shape(id, 0, "en", "é")[0].ID // made of e and an accent
	data, err := lib.Subset(id, []uint16{glyph, 65000})
	if err != nil {
		t.Fatal(err)
	}
	if whole := len(loaded(t, lib, id)); len(data) > whole/4 {
		t.Errorf("%d of %d bytes are left", len(data), whole)
	}
	kept, err := readTables(data)
	if err != nil {
		t.Fatal(err)
	}
	full, _ := readTables(loaded(t, lib, id))
	parts, err := full.components(int(glyph))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range append(parts, glyph, 0) {
		a, _ := kept.glyph(int(g))
		b, _ := full.glyph(int(g))
		if len(b) == 0 || !strings.HasPrefix(string(a), string(b)) {
			t.Errorf("glyph %d was lost", g)
		}
	}
	if empty, _ := kept.glyph(int(s.Shape(id, 0, "en", "Q")[0].ID)); len(empty) != 0 {
		t.Error("Q is still there")
	}
}

func TestADamagedFontIsAnError(t *testing.T) {
	good := loaded(t, open(t), "EBGaramond12-Bold")
	for name, data := range map[string][]byte{
		"empty":      nil,
		"cut in two": good[:len(good)/2],
		"only head":  good[:20],
		"no tables":  append([]byte{0, 1, 0, 0, 0, 0}, make([]byte, 20)...),
		"wild offsets": func() []byte {
			b := slices.Clone(good)
			for i := range int(b[5]) {
				if string(b[12+16*i:16+16*i]) == "loca" {
					at := int(b[12+16*i+8])<<24 | int(b[12+16*i+9])<<16 | int(b[12+16*i+10])<<8 | int(b[12+16*i+11])
					for k := range 40 {
						b[at+k] = 0xff - byte(k)
					}
				}
			}
			return b
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := subset(data, []uint16{1, 2, 3}); err == nil {
				t.Error("no error")
			}
		})
	}
}
