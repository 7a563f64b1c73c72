package cover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/press/layout"
	"quire/problem"
)

// novel is a book as most are.
var novel = book.Meta{Title: "The Harbour Letters", Subtitle: "A novel in twelve tides", Author: "Mara Quill", Publisher: "Quire Press",
	Series: "Northern Shelf", Volume: "2", ISBN: "978-3-16-148410-0", Description: blurb}

// bounds is what each line of a block covers.
func (b standing) bounds() []image.Rectangle {
	var out []image.Rectangle
	for i, l := range b.lines {
		y := b.y + i*b.leading
		out = append(out, image.Rect(b.x[i]+units(l.left, b.size), y-units(l.top, b.size), b.x[i]+units(l.right, b.size), y+units(-l.bottom, b.size)))
	}
	return out
}

// composed is a front before it is written.
func composed(t testing.TB, p *Press, meta book.Meta, lang string, d Design) *sheet {
	t.Helper()
	s, err := p.front(meta, lang, d, margins{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bare is the cover without its words.
func (s *sheet) bare() *press.Image {
	c := *s
	c.blocks = nil
	return c.image()
}

func TestWordsOfEveryMotifStandOnCalmGround(t *testing.T) {
	p, fonts := house(t)
	for _, m := range Motifs() {
		for seed, colors := range []string{"bauhaus", "midnight"} {
			if raced && seed > 0 {
				continue
			}
			s := composed(t, p, novel, "en", Design{Motif: m, Palette: colors, Seed: int64(seed + 3)})
			checkReadable(t, fonts, s, m+" in "+colors)
		}
	}
}

// checkReadable looks at the pixels behind each line of words.
func checkReadable(t *testing.T, fonts *font.Library, s *sheet, name string) {
	t.Helper()
	const wide = 240
	img := pixels(t, fonts, s.bare(), wide)
	if len(s.blocks) == 0 {
		t.Errorf("%s has no words", name)
	}
	for _, b := range s.blocks {
		worst := 21.0
		for _, r := range b.bounds() {
			for y := r.Min.Y * wide / width; y <= r.Max.Y*wide/width; y++ {
				for x := r.Min.X * wide / width; x <= r.Max.X*wide/width; x++ {
					c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
					worst = min(worst, contrast(b.color, rgb{float64(c.R), float64(c.G), float64(c.B)}.String()))
				}
			}
		}
		if worst < leastContrast {
			t.Errorf("%s: the %s has a contrast of %.2f", name, b.role, worst)
		}
	}
}

func TestEveryPaletteHasReadableWords(t *testing.T) {
	p, _ := house(t)
	for _, m := range Motifs() {
		for _, colors := range Palettes() {
			s := composed(t, p, novel, "en", Design{Motif: m, Palette: colors})
			for _, b := range s.blocks {
				ground := s.ground
				if s.ledge > 0 && float64(b.y) > s.ledge {
					ground = s.deep
				}
				if c := contrast(b.color, ground); c < leastContrast {
					t.Errorf("%s in %s: the %s has a contrast of %.2f", m, colors, b.role, c)
				}
			}
		}
	}
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"#ffffff", "#000000", 21}, {"#777777", "#ffffff", 4.478}, {"#0000ff", "#ffffff", 8.592}, {"#ff0000", "#ffffff", 3.998}} {
		if c := contrast(tt.a, tt.b); c < tt.want-0.001 || c > tt.want+0.001 {
			t.Errorf("contrast of %s and %s is %.4f, want %.3f", tt.a, tt.b, c, tt.want)
		}
	}
}

// zoo is titles of many kinds.
var zoo = map[string]book.Meta{
	"one letter":     {Title: "V", Author: "Thomas P."},
	"one word":       {Title: "Salt", Author: "Mara Quill"},
	"no author":      {Title: "The Book of Hours"},
	"no title":       {Author: "Mara Quill", Publisher: "Quire"},
	"nothing":        {},
	"300 letters":    {Title: strings.Repeat("On the Improbable Voyages of Small Boats ", 8)[:300], Subtitle: strings.Repeat("with remarks on weather ", 6), Author: "Mara Quill"},
	"one long word":  {Title: "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle", Author: "K. Leuchtturm-Wärterhäuschen"},
	"compounds":      {Title: "Geschwindigkeitsbegrenzung und Verantwortungslosigkeit", Subtitle: "Eine Straßenverkehrsordnungsgeschichte", Author: "Jürgen Großmann"},
	"greek":          {Title: "Τα γράμματα του λιμανιού", Subtitle: "Μυθιστόρημα", Author: "Μάρα Κουίλ"},
	"cyrillic":       {Title: "Письма из гавани", Subtitle: "Роман в двенадцати приливах", Author: "Мара Квилл"},
	"polish":         {Title: "Zażółć gęślą jaźń", Author: "Żółty Świerszcz"},
	"french":         {Title: "L’Île aux œillets : « été »", Author: "Éloïse d’Ançay"},
	"vietnamese":     {Title: "Những lá thư từ bến cảng", Subtitle: "Tiểu thuyết", Author: "Nguyễn Thị Ngọc Ẩn"},
	"arabic":         {Title: "رسائل الميناء القديم", Author: "مريم"},
	"japanese":       {Title: "港からの手紙と遠い海の物語についての長い話", Author: "山田花子"},
	"emoji":          {Title: "Boats 🚤🚤 & Letters ✉️", Author: "Mara 😀"},
	"control":        {Title: "Boats\x00\x1b[31m\u202eand\tLetters\n\n", Author: "Mara\x07"},
	"xml":            {Title: `<script>alert("1")</script> & ]]> 'Co'`, Author: "</svg>"},
	"not utf-8":      {Title: "Boats \xff\xfe Letters", Author: "\xc3"},
	"piled accents":  {Title: "Za" + strings.Repeat("\u0301", 500) + "lgo", Author: "Mara"},
	"600 letters":    {Title: strings.Repeat("m", 600), Author: strings.Repeat("W", 300), Publisher: strings.Repeat("Q ", 100), Series: strings.Repeat("S", 90), Volume: "99"},
	"very many":      {Title: strings.Repeat("a b ", 5000), Subtitle: strings.Repeat("x", 5000), Author: strings.Repeat("Ida Marten, ", 60)},
	"capitals genre": {Title: "Die Straße nach Süden", Author: "Mara Quill", Genre: "Thriller"},
	"science":        {Title: "The Long Quiet Orbit", Author: "Mara Quill", Genre: "Science fiction", Series: "Far", Volume: "1"},
	"children":       {Title: "Otter learns to count", Author: "Mara Quill", Genre: "Children"},
}

func TestEveryTitleFitsEveryMotif(t *testing.T) {
	p, _ := house(t)
	for name, meta := range zoo {
		for i, m := range Motifs() {
			if raced && (i+len(name))%6 > 0 {
				continue
			}
			d := Design{Motif: m}
			if i%3 == 1 {
				d.Trim = press.Trim{Width: 5 * press.Inch, Height: 8 * press.Inch}
			} else if i%3 == 2 {
				d.Trim = press.Trim{Width: 8 * press.Inch, Height: 8 * press.Inch}
			}
			checkFit(t, composed(t, p, meta, "de", d), name+" with "+m)
		}
	}
}

// checkFit demands that all words stand inside the safe area and none on others.
func checkFit(t *testing.T, s *sheet, name string) {
	t.Helper()
	inside := image.Rect(100, int(s.h)*3/100, width-100, int(s.h)*97/100)
	for i, b := range s.blocks {
		for _, r := range b.bounds() {
			if !r.In(inside) {
				t.Errorf("%s: the %s covers %v, outside %v", name, b.role, r, inside)
			}
			for _, other := range s.blocks[:i] {
				for _, q := range other.bounds() {
					if r.Overlaps(q) {
						t.Errorf("%s: the %s at %v stands on the %s at %v", name, b.role, r, other.role, q)
					}
				}
			}
		}
		if b.role == "title" && b.size < width*45/1000 {
			t.Errorf("%s: the title has size %d", name, b.size)
		}
		if b.cut != strings.Contains(join(s.warnings), "the "+b.role+" is too long") {
			t.Errorf("%s: the %s is cut: %t, warnings %v", name, b.role, b.cut, s.warnings)
		}
	}
}

// join is all warnings as one text.
func join(list []press.Warning) string {
	var out []string
	for _, w := range list {
		out = append(out, w.Detail)
	}
	return strings.Join(out, "\n")
}

func TestATitleOf300LettersIsSetWhole(t *testing.T) {
	p, _ := house(t)
	meta := book.Meta{Title: zoo["300 letters"].Title, Author: "Mara Quill"}
	for _, m := range Motifs() {
		s := composed(t, p, meta, "en", Design{Motif: m})
		if len(s.warnings) > 0 {
			t.Errorf("%s: %v", m, s.warnings)
		}
	}
}

func TestALongWordIsDividedNotCut(t *testing.T) {
	p, _ := house(t)
	meta := zoo["one long word"]
	s := composed(t, p, meta, "de", Design{Motif: "waves"})
	got := ""
	for _, b := range s.blocks {
		for i, l := range b.lines {
			if b.role != "title" {
				continue
			}
			if i > 0 && !strings.HasSuffix(got, "-") {
				t.Errorf("no hyphen behind %q", got)
			}
			got = strings.TrimSuffix(got, "-") + l.text
		}
	}
	if diff := cmp.Diff(meta.Title, got); diff != "" || len(s.warnings) > 0 {
		t.Errorf("(-want +got)\n%s%v", diff, s.warnings)
	}
	soft := meta
	soft.Title = "Donaudampfschifffahrts\u00adgesellschafts\u00adkapitäns\u00adwitwen\u00adrenten\u00adauszahlungs\u00adstelle"
	for _, b := range composed(t, p, soft, "de", Design{Motif: "waves"}).blocks {
		for _, l := range b.lines {
			if b.role == "title" && !strings.Contains("|Donaudampfschifffahrts-|gesellschaftskapitäns-|witwenrentenauszahlungs-|gesellschaftskapitänswitwen-|rentenauszahlungsstelle|gesellschafts-|kapitänswitwenrenten-|auszahlungsstelle|", "|"+l.text+"|") {
				t.Errorf("a line is %q", l.text)
			}
		}
	}
}

func TestEveryFileIsWellFormedAndHoldsNothingForeign(t *testing.T) {
	p, _ := house(t)
	for name, meta := range zoo {
		img, err := p.Front(meta, "en", Design{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		seen := elements(t, img.Data)
		for _, bad := range []string{"script", "foreignObject", "style", "a"} {
			if seen[bad] > 0 {
				t.Errorf("%s: there is an element %s", name, bad)
			}
		}
		if foreign := name == "arabic" || name == "japanese"; foreign != (seen["text"] > 0) {
			t.Errorf("%s: %d text elements", name, seen["text"])
		}
	}
}

// elements counts the elements of a file.
func elements(t *testing.T, data []byte) map[string]int {
	t.Helper()
	out := map[string]int{}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("the file is damaged: %v", err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			out[e.Name.Local]++
		}
	}
}

func TestACoverSaysItsWords(t *testing.T) {
	p, _ := house(t)
	img, err := p.Front(novel, "en", Design{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`role="img"`, "<title>The Harbour Letters, Mara Quill</title>", "<desc>A novel in twelve tides. Northern Shelf · 2. Quire Press.</desc>"} {
		if !strings.Contains(string(img.Data), want) {
			t.Errorf("the cover lacks %s", want)
		}
	}
}

func TestLettersThatNoFaceHasAreWarnedOf(t *testing.T) {
	p, _ := house(t)
	for name, want := range map[string]string{"arabic": "in a script that", "japanese": "in a script that", "emoji": "holds signs that", "very many": "longer than a cover"} {
		list, err := p.Warnings(zoo[name], "en", Design{})
		if err != nil || !strings.Contains(join(list), want) {
			t.Errorf("%s: %v %v", name, list, err)
		}
	}
	if list, _ := p.Warnings(zoo["cyrillic"], "ru", Design{}); len(list) > 0 {
		t.Errorf("cyrillic: %v", list)
	}
}

func TestEveryMotifIsDrawnAsVectors(t *testing.T) {
	p, fonts := house(t)
	for _, m := range Motifs() {
		img, err := p.Front(novel, "en", Design{Motif: m})
		if err != nil {
			t.Fatal(err)
		}
		pages, err := layout.New(fonts).Drawing(t.Context(), img, 6*press.Inch)
		if err != nil || len(pages.Warnings) > 0 {
			t.Fatalf("%s: %v %v", m, err, pages.Warnings)
		}
		if n := bitmaps(pages.List[0].Ops); n > 0 {
			t.Errorf("%s: %d bitmaps", m, n)
		}
	}
}

// bitmaps counts pictures that are no vectors, and masks, which some printers
// turn into such.
func bitmaps(ops []press.Op) int {
	n := 0
	for _, op := range ops {
		switch o := op.(type) {
		case *press.Picture:
			n++
		case *press.Group:
			if n += bitmaps(o.Ops); o.Mask != nil {
				n++
			}
		}
	}
	return n
}

func TestTheSameBookHasTheSameCover(t *testing.T) {
	p, _ := house(t)
	first, err := p.Front(novel, "en", Design{})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			again, err := p.Front(novel, "en", Design{})
			if err != nil || !bytes.Equal(first.Data, again.Data) {
				t.Errorf("the cover differs: %v", err)
			}
		})
	}
	group.Wait()
	other := novel
	other.Title = "The Harbour Papers"
	a, _ := p.Front(other, "en", Design{Motif: "ridges", Palette: "sea"})
	b, _ := p.Front(other, "en", Design{Motif: "ridges", Palette: "sea", Seed: 5})
	if bytes.Equal(a.Data, b.Data) {
		t.Error("the seed changes nothing")
	}
}

func TestAPaletteChangesNothingButColours(t *testing.T) {
	p, _ := house(t)
	a := composed(t, p, novel, "en", Design{})
	b := composed(t, p, novel, "en", Design{Palette: "bauhaus"})
	if a.motif.name != b.motif.name || a.dice.state != b.dice.state {
		t.Errorf("the motif %s became %s", a.motif.name, b.motif.name)
	}
}

func TestGenreSteersTheCover(t *testing.T) {
	p, _ := house(t)
	for genre, want := range map[string]string{"Thriller": "windows skyline stairs rays", "Cookbook": "botanical tiles weave", "Science Fiction": "moons constellation circles horizon", "Kinderbuch": "circles tiles waves moons",
		"Party software": "horizon waves ridges moons folds constellation botanical", "Non-fiction": "tiles circles stairs contours weave rays", "Nonfiction / Cooking": "botanical tiles weave"} {
		s := composed(t, p, book.Meta{Title: "Salt", Genre: genre}, "en", Design{})
		if !strings.Contains(" "+want+" ", " "+s.motif.name+" ") {
			t.Errorf("%s: the motif is %s, want one of %s", genre, s.motif.name, want)
		}
	}
}

func TestTastesNameMotifsAndPalettesThatThereAre(t *testing.T) {
	for _, taste := range append(append([]taste(nil), tastes...), anyFiction, anyNonfiction) {
		for _, m := range strings.Fields(taste.motifs) {
			if _, err := findMotif(m); err != nil {
				t.Error(err)
			}
		}
		for _, m := range strings.Fields(taste.palettes) {
			if _, err := findPalette(m); err != nil {
				t.Error(err)
			}
		}
	}
	if len(Motifs()) < 12 || len(Palettes()) < 12 {
		t.Errorf("there are %d motifs and %d palettes", len(Motifs()), len(Palettes()))
	}
}

func TestWhatThereIsNotIsRefused(t *testing.T) {
	p, _ := house(t)
	for name, d := range map[string]Design{
		"motif":      {Motif: "unicorns"},
		"palette":    {Palette: "octarine"},
		"flat trim":  {Trim: press.Trim{Width: 9 * press.Inch, Height: 5 * press.Inch}},
		"no trim":    {Trim: press.Trim{Width: -1, Height: 5}},
		"no picture": {Image: &press.Image{}},
		"broken":     {Image: &press.Image{Format: press.PNG, Data: []byte("PNG"), Width: 10, Height: 10}},
	} {
		if img, err := p.Front(novel, "en", d); !problem.Is(err, problem.Invalid) || img != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATrimGivesTheProportion(t *testing.T) {
	p, _ := house(t)
	img, err := p.Front(novel, "en", Design{Trim: press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch}})
	if err != nil || img.Width != 1600 || img.Height != 2400 || img.Format != press.SVG {
		t.Errorf("%+v %v", img, err)
	}
	img, _ = p.Front(novel, "en", Design{Trim: press.Trim{Width: 5 * press.Inch, Height: 8 * press.Inch}})
	if diff := cmp.Diff([]int{1600, 2560}, []int{img.Width, img.Height}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestThePageAboutCoversNamesEverything(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "covers.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := append(Motifs(), Palettes()...)
	for _, p := range Papers() {
		names = append(names, p.Name)
	}
	for _, name := range names {
		if !strings.Contains(string(page), "| `"+name+"` |") {
			t.Errorf("docs/covers.md says nothing of %s", name)
		}
	}
	for _, m := range motifs() {
		if !strings.Contains(string(page), "| "+m.idea+" |") {
			t.Errorf("docs/covers.md does not say that %s is %s", m.name, m.idea)
		}
	}
}
