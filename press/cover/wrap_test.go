package cover

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/problem"
)

func TestSpinesAreAsThickAsPrintersSay(t *testing.T) {
	for name, tt := range map[string]struct {
		pages int
		paper string
		want  string // points
	}{
		"white":     {300, "white", "48.644"},
		"cream":     {300, "cream", "54"},
		"colour":    {300, "Color", "50.695"},
		"by weight": {300, "80 g / 1.8", "61.229"},
		"odd":       {299, "cream", "54"},
		"none":      {0, "cream", "0"},
	} {
		paper, err := ParsePaper(tt.paper)
		if err != nil {
			t.Fatal(err)
		}
		if got := SpineWidth(tt.pages, paper).String(); got != tt.want {
			t.Errorf("%s: %s points, want %s", name, got, tt.want)
		}
	}
}

func TestPapersThatThereAreNotAreRefused(t *testing.T) {
	for _, s := range []string{"", "papyrus", "80g", "80/x", "0g/1.8", "80g/18", "80g/-1", "80g/1.8mm", "9999999g/1.8", "80g/1.8888", "/"} {
		if p, err := ParsePaper(s); !problem.Is(err, problem.Invalid) || p.PerPage != 0 {
			t.Errorf("%q: %+v %v", s, p, err)
		}
	}
	if p, err := ParsePaper("100g/1.75"); err != nil || p.Name != "100g/1.75" || p.PerPage != 87500 {
		t.Errorf("%+v %v", p, err)
	}
}

func FuzzParsePaper(f *testing.F) {
	f.Add("80g/1.8")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePaper(s); err == nil && (p.PerPage < 7500 || p.PerPage > 600000) {
			t.Errorf("%q is %d nm thick", s, p.PerPage)
		}
	})
}

// widths are the digits by the widths of their bars and spaces, as ISO/IEC 15420
// lists them for set A; set B has them backwards.
var widths = map[string]int{"3211": 0, "2221": 1, "2122": 2, "1411": 3, "1132": 4, "1231": 5, "1114": 6, "1312": 7, "1213": 8, "3112": 9}

// decode reads a symbol of 95 modules as a scanner does.
func decode(t *testing.T, m [95]bool) string {
	t.Helper()
	runs := func(from, to int) string {
		s, n := "", 1
		for i := from + 1; i <= to; i++ {
			if i < to && m[i] == m[i-1] {
				n++
				continue
			}
			s += fmt.Sprint(n)
			n = 1
		}
		return s
	}
	if runs(0, 3) != "111" || runs(45, 50) != "11111" || runs(92, 95) != "111" || !m[0] || m[45] || !m[92] {
		t.Fatal("the guards are wrong")
	}
	digits, sets := "", ""
	for i := range 12 {
		at := 3 + 7*i
		if i > 5 {
			at += 5
		}
		s := runs(at, at+7)
		d, ok := widths[s]
		set := "A"
		if !ok {
			d, ok = widths[backwards(s)]
			set = "B"
		}
		if !ok || len(s) != 4 {
			t.Fatalf("%s is no digit", s)
		}
		digits += fmt.Sprint(d)
		sets += set
	}
	first, ok := map[string]string{"AAAAAA": "0", "AABABB": "1", "AABBAB": "2", "AABBBA": "3", "ABAABB": "4", "ABBAAB": "5", "ABBBAA": "6", "ABABAB": "7", "ABABBA": "8", "ABBABA": "9"}[sets[:6]]
	if !ok {
		t.Fatalf("%s is no first digit", sets)
	}
	return first + digits
}

func TestBarcodesSayTheISBN(t *testing.T) {
	for given, want := range map[string]string{
		"978-3-16-148410-0":      "9783161484100",
		"9780306406157":          "9780306406157",
		"0-306-40615-2":          "9780306406157",
		"080442957X":             "9780804429573",
		"ISBN 979-10-90636-07-1": "9791090636071",
	} {
		code, err := Barcode(given)
		if err != nil {
			t.Fatalf("%s: %v", given, err)
		}
		if code.Digits != want || decode(t, code.Modules()) != want {
			t.Errorf("%s: %s, the bars say %s, want %s", given, code.Digits, decode(t, code.Modules()), want)
		}
	}
}

func TestAWrongISBNIsToldItsRightCheckDigit(t *testing.T) {
	for given, want := range map[string]string{
		"978-3-16-148410-5": "it is 0;",
		"0306406153":        "it is 2;",
		"0804429571":        "it is X;",
		"9773161484100":     "begins with 978",
		"12":                "thirteen digits",
		"":                  "thirteen digits",
		"97831614841OO":     "thirteen digits",
		"ISBN\x00":          "thirteen digits",
	} {
		_, err := Barcode(given)
		if !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Of(err).Hint, want) {
			t.Errorf("%s: %+v", given, problem.Of(err))
		}
	}
}

func FuzzBarcode(f *testing.F) {
	f.Add("978-3-16-148410-0")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := Barcode(s)
		if err == nil && decode(t, code.Modules()) != code.Digits {
			t.Errorf("%q: the bars say something else", s)
		}
	})
}

func TestABarcodeIsAsLargeAsTheStandardSays(t *testing.T) {
	code, _ := Barcode("9783161484100")
	w, h := code.Size(100)
	if w != press.Millimetres(37290) || h != press.Millimetres(25930) {
		t.Errorf("%s by %s points", w, h)
	}
	if w, _ := code.Size(80); w != press.Millimetres(29832) {
		t.Errorf("at 80 %%: %s points", w)
	}
}

// trade is a wrap as most are.
var trade = Wrap{Trim: press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch}, Pages: 300, Paper: papers[1]}

func TestTheBarsOnAWrapCanBeScanned(t *testing.T) {
	p, fonts := house(t)
	for _, percent := range []int{80, 100, 120} {
		if raced && percent != 80 {
			continue
		}
		w := trade
		w.Barcode = percent
		img, z, _, err := p.Wrap(novel, "en", Design{Motif: "waves", Palette: "midnight"}, w)
		if err != nil {
			t.Fatal(err)
		}
		const wide = 2800
		drawn := pixels(t, fonts, img, wide)
		dot := float64(wide) / float64(z.Width)
		module := float64(press.Millimetres(330*int64(percent)/100)) * dot
		y := int(float64(z.Barcode.Y+z.Barcode.H/2) * dot)
		x0 := float64(z.Barcode.X+press.MM)*dot + 11*module
		var m [95]bool
		for i := range m {
			m[i] = color.GrayModel.Convert(drawn.At(int(x0+(float64(i)+0.5)*module), y)).(color.Gray).Y < 128
		}
		if got := decode(t, m); got != "9783161484100" {
			t.Errorf("%d %%: the bars say %s", percent, got)
		}
		for i := 1; i < 8; i++ { // quiet zones
			for _, x := range []float64{x0 - float64(i)*module, x0 + float64(94+i)*module} {
				if c := color.GrayModel.Convert(drawn.At(int(x+module/2), y)).(color.Gray).Y; c < 250 {
					t.Errorf("%d %%: the quiet zone is not white: %d", percent, c)
				}
			}
		}
	}
}

func TestAWrapHasTheSizeOfItsParts(t *testing.T) {
	p, _ := house(t)
	img, z, warnings, err := p.Wrap(novel, "en", Design{}, trade)
	if err != nil {
		t.Fatal(err)
	}
	in := press.Inch
	want := Sizes{Pages: 300, Paper: papers[1], Trim: trade.Trim, Bleed: in / 8, Spine: 54 * press.Point, Width: 12*in + in/4 + 54*press.Point, Height: 9*in + in/4,
		Back: Box{in / 8, in / 8, 6 * in, 9 * in}, SpineBox: Box{in/8 + 6*in, in / 8, 54 * press.Point, 9 * in},
		Front: Box{in/8 + 6*in + 54*press.Point, in / 8, 6 * in, 9 * in}, Safe: in / 4, SpineText: true, Barcode: z.Barcode}
	if diff := cmp.Diff(want, z); diff != "" || len(warnings) > 0 {
		t.Errorf("(-want +got)\n%s%v", diff, warnings)
	}
	if !strings.Contains(string(img.Data), `viewBox="0 0 936 666" width="936pt" height="666pt"`) || img.Width != 936 || img.Height != 666 {
		t.Errorf("%d by %d: %.200s", img.Width, img.Height, img.Data)
	}
	if elements(t, img.Data)["text"] > 0 {
		t.Error("some words are no outlines")
	}
	odd := trade
	odd.Pages--
	if _, z, _, err := p.Wrap(novel, "en", Design{}, odd); err != nil || z.Pages != 300 || z.Spine != want.Spine {
		t.Errorf("299 pages: %d, spine %s, %v", z.Pages, z.Spine, err)
	}
}

func TestAWrapWarnsOfWhatPrintersRefuse(t *testing.T) {
	p, _ := house(t)
	long := novel
	long.Description = strings.Repeat("She begins to carry them herself. ", 150)
	odd := long
	odd.Description = strings.Repeat("without an end ", 300)
	for name, tt := range map[string]struct {
		meta  book.Meta
		pages int
		bleed press.Pt
		want  []string
	}{
		"fine":        {novel, 300, 0, nil},
		"thin":        {novel, 60, 0, []string{"the spine has no words"}},
		"too few":     {novel, 20, 0, []string{"from 24 pages", "the spine has no words"}},
		"too many":    {novel, 900, 0, []string{"at most 776 pages"}},
		"long blurb":  {long, 300, 0, []string{"too long for the back"}},
		"no sentence": {odd, 300, 0, []string{"no sentence"}},
		"bare":        {book.Meta{Title: "Salt"}, 300, 0, []string{"no barcode", "no description"}},
		"thin bleed":  {novel, 300, press.Point, []string{"bleed"}},
	} {
		w := trade
		w.Pages, w.Bleed = tt.pages, tt.bleed
		_, _, warnings, err := p.Wrap(tt.meta, "en", Design{}, w)
		if err != nil {
			t.Fatal(err)
		}
		if len(warnings) != len(tt.want) {
			t.Errorf("%s: %v", name, warnings)
		}
		for _, want := range tt.want {
			if !strings.Contains(join(warnings), want) {
				t.Errorf("%s: %v, want %s", name, warnings, want)
			}
		}
	}
}

func TestABlurbThatIsTooLongEndsWithASentence(t *testing.T) {
	got := []string{"One. Two!", "Three? “Four.” Five"}
	for _, want := range [][]string{{"One. Two!", "Three? “Four.”"}, {"One. Two!", "Three?"}, {"One. Two!"}, {"One."}, {}} {
		got = withoutSentence(got)
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}

func TestSpinesAreReadAsTheLanguageHasIt(t *testing.T) {
	p, _ := house(t)
	for lang, want := range map[string]string{"en": "rotate(90)", "nl": "rotate(90)", "fr": "rotate(-90)", "es-MX": "rotate(-90)"} {
		img, _, _, err := p.Wrap(novel, lang, Design{}, trade)
		if err != nil || !strings.Contains(string(img.Data), want) {
			t.Errorf("%s: %v, no %s", lang, err, want)
		}
	}
}

func TestWordsOnTheBackStandApartAndCanBeRead(t *testing.T) {
	p, _ := house(t)
	full := novel
	full.Description = strings.Repeat(blurb+"\n\n", 4)
	for i, m := range Motifs() {
		meta := novel
		if i%2 == 1 {
			meta = full
		}
		g, sizes := wrapped(t, p, meta, m)
		area := image.Rect(100, 100, width-100, int(g.h)-60)
		unit := g.unit
		bar := image.Rect(int(float64(sizes.Barcode.X-sizes.Bleed)/unit), int(float64(sizes.Barcode.Y-sizes.Bleed)/unit),
			int(float64(sizes.Barcode.X-sizes.Bleed+sizes.Barcode.W)/unit), int(float64(sizes.Barcode.Y-sizes.Bleed+sizes.Barcode.H)/unit))
		for _, b := range g.backs {
			ground := g.ground
			if g.ledge > 0 && float64(b.y) > g.ledge {
				ground = g.deep
			}
			if c := contrast(b.color, ground); c < leastContrast {
				t.Errorf("%s: the %s has a contrast of %.2f", m, b.role, c)
			}
			for _, r := range b.bounds() {
				if !r.In(area) || r.Overlaps(bar) {
					t.Errorf("%s: the %s covers %v; barcode %v", m, b.role, r, bar)
				}
			}
		}
		if !bar.In(area) || len(g.backs) < 4 {
			t.Errorf("%s: barcode %v, %d blocks", m, bar, len(g.backs))
		}
	}
}

// wrapped is a wrap before it is written.
func wrapped(t *testing.T, p *Press, meta book.Meta, m string) (*jacket, *Sizes) {
	t.Helper()
	g, err := p.jacket(meta, "en", Design{Motif: m}, trade)
	if err != nil {
		t.Fatal(err)
	}
	defer g.release()
	g.draw(meta)
	return g, g.sizes
}

func TestWordsOnTheSpineStandInsideIt(t *testing.T) {
	p, _ := house(t)
	for name, meta := range zoo {
		g, sizes := wrapped(t, p, meta, "waves")
		half := int(float64(sizes.Spine)/g.unit) / 2
		inside := image.Rect(-2, -half, int(g.h), half)
		for i, b := range g.spines {
			for _, r := range b.bounds() {
				if !r.In(inside) || i > 0 && r.Overlaps(g.spines[0].bounds()[0]) {
					t.Errorf("%s: the %s covers %v of %v, the title %v", name, b.role, r, inside, g.spines[0].bounds()[0])
				}
			}
		}
	}
}

func TestAWrapThatCannotBeIsRefused(t *testing.T) {
	p, _ := house(t)
	for name, change := range map[string]func(*Wrap, *book.Meta){
		"no pages":    func(w *Wrap, _ *book.Meta) { w.Pages = 0 },
		"negative":    func(w *Wrap, _ *book.Meta) { w.Pages = -4 },
		"very many":   func(w *Wrap, _ *book.Meta) { w.Pages = 1 << 40 },
		"wide bleed":  func(w *Wrap, _ *book.Meta) { w.Bleed = 2 * press.Inch },
		"small codes": func(w *Wrap, _ *book.Meta) { w.Barcode = 50 },
		"wrong ISBN":  func(_ *Wrap, m *book.Meta) { m.ISBN = "9783161484101" },
		"tiny trim":   func(w *Wrap, _ *book.Meta) { w.Trim = press.Trim{Width: 10, Height: 10} },
		"broad trim":  func(w *Wrap, _ *book.Meta) { w.Trim = press.Trim{Width: 9 * press.Inch, Height: 6 * press.Inch} },
	} {
		w, meta := trade, novel
		change(&w, &meta)
		if img, _, _, err := p.Wrap(meta, "en", Design{}, w); !problem.Is(err, problem.Invalid) || img != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostileWordsMakeSoundWraps(t *testing.T) {
	p, _ := house(t)
	for name, meta := range zoo {
		meta.Description = meta.Title + "\n\n" + meta.Subtitle
		meta.ISBN = "9783161484100"
		img, _, _, err := p.Wrap(meta, "de", Design{}, Wrap{Pages: 200})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		elements(t, img.Data)
	}
}

func TestFoldLinesAreNotDrawn(t *testing.T) {
	p, _ := house(t)
	img, _, _, err := p.Wrap(novel, "en", Design{Motif: "horizon"}, trade)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(img.Data, []byte("stroke-dasharray")) || regexp.MustCompile(`<line`).Match(img.Data) {
		t.Error("there are lines to fold at")
	}
}
