package edition_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"iter"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/edition"
	"quire/press"
	"quire/press/epub"
	"quire/press/font"
	"quire/press/layout"
	"quire/press/pdfout"
	"quire/problem"
	"quire/store/storetest"
)

// presses makes a maker with the real press.
func presses(t testing.TB) *edition.Maker {
	t.Helper()
	fonts, err := font.Open()
	if err != nil {
		t.Fatal(err)
	}
	set := layout.New(fonts)
	return &edition.Maker{
		Pages: set, Clock: time.Now,
		Outputs: map[edition.Format]press.Output{edition.PDF: &pdfout.Output{Typesetter: set, Fonts: fonts}, edition.EPUB: epub.Output{Type: fonts}},
		Spine: func(pages int, paper string) (press.Pt, error) {
			if paper != "cream" {
				return 0, problem.New(problem.Invalid, "no paper %q", paper)
			}
			return press.Inch * press.Pt(pages) / 400, nil
		},
	}
}

// dots is a grey picture, or one of black bars on white.
func dots(w, h int, bars bool) []byte {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i % 200)
		if bars {
			img.Pix[i] = []uint8{0, 255, 255, 255}[i%w/20%4]
		}
	}
	img.Set(0, 0, color.Gray{Y: 1})
	var out bytes.Buffer
	_ = png.Encode(&out, img) // into memory
	return out.Bytes()
}

// pictures are the pictures of the tests' books, drawn once.
var pictures = sync.OnceValue(func() fs.FS {
	return fstest.MapFS{
		"tiny.png":  {Data: dots(60, 40, false)},
		"fair.png":  {Data: dots(900, 600, false)},
		"fine.png":  {Data: dots(1500, 1000, false)},
		"bars.png":  {Data: dots(1500, 1000, true)},
		"cover.png": {Data: dots(1600, 2560, false)},
		"small.png": {Data: dots(1000, 1500, false)},
		"poor.png":  {Data: dots(400, 400, false)},
		"map.svg":   {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="#246"/><text x="20" y="40">Bay</text></svg>`)},
	}
})

// sound is a book in which nothing is found.
func sound(t testing.TB) book.Manuscript {
	t.Helper()
	words := strings.Repeat("The tide came in over the flats and went out again, and nobody who lived there thought that it should be otherwise. ", 60)
	m := book.Manuscript{Assets: pictures(), Meta: book.Meta{
		Title: "Salt and Rope", Author: "A. Writer", Language: "en-GB", Publisher: "The Harbour Press", ISBN: "978-3-16-148410-0", Date: "2026-05-01", Cover: "cover.png",
		Description: strings.Repeat("A keeper, a light and a town that has forgotten both. ", 8), Keywords: []string{"sea", "light"}, Series: "The coast", Volume: "2",
	}}
	for _, title := range []string{"Salt", "Rope", "Tar", "Oil"} {
		m.Chapters = append(m.Chapters, book.Text{ID: strings.ToLower(title), Title: title, Numbered: true, Source: strings.ToLower(title) + ".md", Markdown: words + "\n\n" + words + "\n\n## More\n\n" + words})
	}
	m.Chapters[0].Markdown += "\n\n![A grey field](fine.png){width=50%}\n\nSee [the shop](https://example.org/) and [next](#rope).[^1]\n\n$x^2$\n\n[^1]: A note.\n"
	m.Chapters[1].Part = "The shore"
	return m
}

// found lists the checks that found something, with their levels.
func found(p edition.Preflight) []string {
	out := []string{}
	for _, f := range p.Findings {
		if line := string(f.Level) + " " + f.Check; f.Level != edition.LevelOK && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

func TestASoundBookHasNoFindings(t *testing.T) {
	p, err := presses(t).PreflightManuscript(t.Context(), sound(t), nil, edition.Looks{}, "cream")
	if err != nil {
		t.Fatal(err)
	}
	// Its page count is what it is; an odd one is no mistake.
	got := slices.DeleteFunc(found(p), func(s string) bool { return s == "advice pages.even" || s == "advice spine.text" })
	if diff := cmp.Diff([]string{}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s\n%+v", diff, p.Findings)
	}
	for _, check := range []string{"pdf.fonts", "pdf.tags", "epub.links", "epub.order", "metadata.isbn", "pages.inside"} {
		if !slices.ContainsFunc(p.Findings, func(f edition.Finding) bool { return f.Check == check && f.Level == edition.LevelOK }) {
			t.Errorf("nothing says that %s is in order", check)
		}
	}
}

func TestEachMistakeOfAManuscriptIsFound(t *testing.T) {
	m := presses(t)
	for name, tt := range some(map[string]struct {
		change func(*book.Manuscript)
		looks  edition.Looks
		want   string // level, check and a part of the sentence
	}{
		"a wrong check digit":   {func(b *book.Manuscript) { b.Meta.ISBN = "978-3-16-148410-1" }, edition.Looks{}, "error metadata.isbn should be 0"},
		"ten wrong digits":      {func(b *book.Manuscript) { b.Meta.ISBN = "0-306-40615-1" }, edition.Looks{}, "error metadata.isbn should be 2"},
		"a short ISBN":          {func(b *book.Manuscript) { b.Meta.ISBN = "12345" }, edition.Looks{}, "error metadata.isbn 13 digits"},
		"a foreign number":      {func(b *book.Manuscript) { b.Meta.ISBN = "4006381333931" }, edition.Looks{}, "error metadata.isbn neither"},
		"an old ISBN":           {func(b *book.Manuscript) { b.Meta.ISBN = "0-306-40615-2" }, edition.Looks{}, "advice metadata.isbn-10 ten digits"},
		"no ISBN":               {func(b *book.Manuscript) { b.Meta.ISBN = "" }, edition.Looks{}, "advice metadata.no-isbn no ISBN"},
		"no author":             {func(b *book.Manuscript) { b.Meta.Author = " " }, edition.Looks{}, "warning metadata.author no author"},
		"no language":           {func(b *book.Manuscript) { b.Meta.Language = "" }, edition.Looks{}, "advice metadata.no-language English"},
		"no real language":      {func(b *book.Manuscript) { b.Meta.Language = "klingonish!" }, edition.Looks{}, "warning metadata.language not known"},
		"no publisher":          {func(b *book.Manuscript) { b.Meta.Publisher = "" }, edition.Looks{}, "advice metadata.publisher publisher"},
		"no date":               {func(b *book.Manuscript) { b.Meta.Date = "" }, edition.Looks{}, "advice metadata.date date"},
		"no day":                {func(b *book.Manuscript) { b.Meta.Date = "soon" }, edition.Looks{}, "warning metadata.date-form soon"},
		"no description":        {func(b *book.Manuscript) { b.Meta.Description = "" }, edition.Looks{}, "advice metadata.description description"},
		"a short description":   {func(b *book.Manuscript) { b.Meta.Description = "Good." }, edition.Looks{}, "advice metadata.description-short 5 characters"},
		"a long description":    {func(b *book.Manuscript) { b.Meta.Description = strings.Repeat("é", 4001) }, edition.Looks{}, "warning metadata.description-length 4001"},
		"a long title":          {func(b *book.Manuscript) { b.Meta.Title = strings.Repeat("long ", 60) }, edition.Looks{}, "warning metadata.title-length 300"},
		"no keywords":           {func(b *book.Manuscript) { b.Meta.Keywords = nil }, edition.Looks{}, "advice metadata.no-keywords keywords"},
		"eight keywords":        {func(b *book.Manuscript) { b.Meta.Keywords = strings.Fields("a b c d e f g h") }, edition.Looks{}, "warning metadata.keywords 8 keywords"},
		"a long keyword":        {func(b *book.Manuscript) { b.Meta.Keywords = []string{strings.Repeat("k", 51)} }, edition.Looks{}, "warning metadata.keywords 51 characters"},
		"a series alone":        {func(b *book.Manuscript) { b.Meta.Volume = "" }, edition.Looks{}, "warning metadata.series no volume"},
		"a volume alone":        {func(b *book.Manuscript) { b.Meta.Series = "" }, edition.Looks{}, "warning metadata.series no series"},
		"a volume in words":     {func(b *book.Manuscript) { b.Meta.Volume = "two" }, edition.Looks{}, "warning metadata.series no number"},
		"a gap":                 {func(b *book.Manuscript) { b.Missing = 1 }, edition.Looks{}, "error text.missing 1 of the 4"},
		"an empty chapter":      {func(b *book.Manuscript) { b.Chapters[2].Markdown = "" }, edition.Looks{}, "warning text.empty Tar"},
		"no title":              {func(b *book.Manuscript) { b.Chapters[2].Title = "" }, edition.Looks{}, "warning text.untitled no title"},
		"the same title":        {func(b *book.Manuscript) { b.Chapters[2].Title = "SALT" }, edition.Looks{}, "advice text.twice 1 and 3"},
		"a skipped level":       {add("\n\n#### Deep\n\nText."), edition.Looks{}, "warning text.headings level 4 follows"},
		"a skip in a quotation": {add("\n\n> ##### Deep\n\nText."), edition.Looks{}, "warning text.headings level 5 follows"},
		"no such place":         {add("\n\n[there](#nowhere)"), edition.Looks{}, "warning links.inside nowhere"},
		"a name twice":          {add("\n\n## A {#same}\n\n## B {#same}"), edition.Looks{}, "warning text.ids same"},
		"a broken formula":      {add("\n\n$\\frac{1$"), edition.Looks{}, "warning text.formula formula"},
		"HTML":                  {add("\n\nA <blink>word</blink>."), edition.Looks{}, "warning text.changed blink"},
		"an old link":           {add("\n\n[old](http://example.org/)"), edition.Looks{}, "advice links.http http"},
		"a private link":        {add("\n\n[mine](http://192.168.1.4/x)"), edition.Looks{}, "warning links.private 192.168.1.4"},
		"a broken link":         {add("\n\n[bad](javascript:x)"), edition.Looks{}, "warning links.malformed javascript"},
		"no mail address":       {add("\n\n[mail](mailto:nobody)"), edition.Looks{}, "warning links.malformed nobody"},
		"a link in a table":     {add("\n\n|a|\n|-|\n|[x](http://a.example/)|"), edition.Looks{}, "advice links.http http"},
		"no such character":     {add("\n\nA \U0001F9FF bead."), edition.Looks{}, "error text.characters U+1F9FF"},
		"no such picture":       {add("\n\n![Gone](gone.png)"), edition.Looks{}, "error pictures.missing gone.png"},
		"no description of one": {add("\n\n![](fine.png)"), edition.Looks{}, "warning pictures.alt fine.png"},
		"a coarse picture":      {add("\n\n![Tiny](tiny.png){width=80%}"), edition.Looks{}, "error pictures.coarse dots an inch"},
		"a fair picture":        {add("\n\n![Fair](fair.png){width=100%}"), edition.Looks{}, "warning pictures.resolution dots an inch"},
		"line art":              {add("\n\n![Bars](bars.png){width=100%}"), edition.Looks{}, "advice pictures.line-art black on white"},
		"a plate without bleed": {add("\n\n![Plate](fine.png){.plate}"), edition.Looks{}, "error pages.bleed no bleed"},
		"a drawn plate":         {add("\n\n![Plate](map.svg){.plate}"), edition.Looks{}, "error pages.bleed no bleed"},
		"too little bleed":      {add("\n\n![Plate](fine.png){.plate}"), edition.Looks{Bleed: "1mm"}, "error pages.bleed 0.04 in"},
		"no cover":              {func(b *book.Manuscript) { b.Meta.Cover = "" }, edition.Looks{}, "advice cover.missing no cover"},
		"a small cover":         {func(b *book.Manuscript) { b.Meta.Cover = "small.png" }, edition.Looks{}, "warning cover.size 1000 × 1500"},
		"a poor cover":          {func(b *book.Manuscript) { b.Meta.Cover = "poor.png" }, edition.Looks{}, "error cover.small 400 × 400"},
		"a square cover":        {func(b *book.Manuscript) { b.Meta.Cover = "poor.png" }, edition.Looks{}, "advice cover.proportion 1.00 times"},
		"few pages":             {func(b *book.Manuscript) { b.Chapters = b.Chapters[:1] }, edition.Looks{}, "error pages.few paperbacks begin at 24"},
		"a size of its own":     {func(*book.Manuscript) {}, edition.Looks{Trim: "5.7x8.3"}, "advice pages.trim 5.70 in × 8.30 in"},
	}) {
		t.Run(name, func(t *testing.T) {
			b := sound(t)
			tt.change(&b)
			p, err := m.PreflightManuscript(t.Context(), b, nil, tt.looks, "")
			if err != nil {
				t.Fatal(err)
			}
			if !says(p, tt.want) {
				t.Errorf("want %q, found %+v", tt.want, notFine(p))
			}
		})
	}
}

// some yields the cases of a table that are taken, by name.
func some[T any](table map[string]T) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for i, name := range slices.Sorted(maps.Keys(table)) {
			if i%stride == 0 && !yield(name, table[name]) {
				return
			}
		}
	}
}

// add puts Markdown behind the first chapter.
func add(markdown string) func(*book.Manuscript) {
	return func(b *book.Manuscript) {
		text, notes, _ := strings.Cut(b.Chapters[0].Markdown, "\n[^1]:")
		b.Chapters[0].Markdown = text + markdown + "\n\n[^1]:" + notes
	}
}

// says reports whether there is a finding: its level, check and a part of what
// it says.
func says(p edition.Preflight, want string) bool {
	part := append(strings.SplitN(want, " ", 3), "")
	return slices.ContainsFunc(p.Findings, func(f edition.Finding) bool {
		return string(f.Level) == part[0] && f.Check == part[1] && strings.Contains(f.Detail, part[2])
	})
}

// notFine are the findings that are some.
func notFine(p edition.Preflight) []edition.Finding {
	return slices.DeleteFunc(slices.Clone(p.Findings), func(f edition.Finding) bool { return f.Level == edition.LevelOK })
}

func TestABookForScreensIsNotMeasuredForPrint(t *testing.T) {
	b := sound(t)
	b.Chapters = b.Chapters[:1]
	add("\n\n![Tiny](tiny.png){.plate}")(&b)
	p, err := presses(t).PreflightManuscript(t.Context(), b, nil, edition.Looks{Screen: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Findings {
		if strings.HasPrefix(f.Check, "pages.") && f.Check != "pages.overfull" || f.Level == edition.LevelError {
			t.Errorf("found %+v", f)
		}
	}
}

func TestEqualFindingsAreFolded(t *testing.T) {
	b := sound(t)
	for i := range b.Chapters {
		b.Chapters[i].Markdown += "\n\n[old](http://example.org/)\n"
	}
	p, err := presses(t).PreflightManuscript(t.Context(), b, nil, edition.Looks{}, "")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(p.Findings, func(f edition.Finding) bool { return f.Check == "links.http" })
	if i < 0 || p.Findings[i].Count != 4 || len(p.Findings[i].Where) != 3 || !strings.HasPrefix(p.Findings[i].Where[0], "salt.md:") {
		t.Errorf("found %+v", notFine(p))
	}
}

func TestTheSpineIsMeasured(t *testing.T) {
	m, b := presses(t), sound(t)
	p, err := m.PreflightManuscript(t.Context(), b, nil, edition.Looks{}, "cream")
	if err != nil || !says(p, "advice spine.text too few for text") {
		t.Errorf("a thin book: %v, %+v", err, notFine(p))
	}
	for i := range b.Chapters {
		b.Chapters[i].Markdown = strings.Repeat(b.Chapters[1].Markdown, 4)
	}
	p, err = m.PreflightManuscript(t.Context(), b, nil, edition.Looks{}, "cream")
	if err != nil || !says(p, "ok spine.text takes text") {
		t.Errorf("a thick book: %v, %+v", err, notFine(p))
	}
	if err := m.Paper("glass"); !problem.Is(err, problem.Invalid) {
		t.Errorf("no such paper: %v", err)
	}
	m.Spine = nil
	if err := m.Paper("cream"); !problem.Is(err, problem.Invalid) {
		t.Errorf("without a measure: %v", err)
	}
	if err := m.Paper(""); err != nil {
		t.Errorf("no paper: %v", err)
	}
}

func TestABookOfTheLibraryIsLookedOver(t *testing.T) {
	s := storetest.Open(t, t.TempDir()+"/quire.db")
	real := presses(t)
	text := sound(t)
	text.Assets, text.Meta.Cover, text.Meta.ISBN = nil, "", "978-3-16-148410-1"
	m := shelf(t, s, book.Book{ID: "bk_a", Brief: book.Brief{Trim: "5.7x8.3"}}, text)
	m.Outputs, m.Pages = real.Outputs, real.Pages
	p, err := m.PreflightBook(t.Context(), "bk_a", edition.Looks{}, "")
	if err != nil || !says(p, "error metadata.isbn should be 0") || !says(p, "advice pages.trim 5.70 in") {
		t.Errorf("%v, %+v", err, notFine(p))
	}
	if _, err := m.PreflightBook(t.Context(), "bk_none", edition.Looks{}, ""); !problem.Is(err, problem.Missing) {
		t.Errorf("no such book: %v", err)
	}
}

func TestWhatIsNoFileOfItsKindIsRefused(t *testing.T) {
	m := presses(t)
	for name, tt := range map[string]struct {
		data   string
		format edition.Format
	}{
		"an empty PDF":    {"", edition.PDF},
		"a text as PDF":   {"Dear reader", edition.PDF},
		"an empty EPUB":   {"", edition.EPUB},
		"a text as EPUB":  {"Dear reader", edition.EPUB},
		"an EPUB as PDF":  {"PK\x03\x04", edition.PDF},
		"a Word document": {"PK\x03\x04", edition.DOCX},
	} {
		_, err := m.PreflightFile([]byte(tt.data), tt.format, false, "")
		var p *problem.Error
		if !errors.As(err, &p) || p.Kind != problem.Invalid || p.Hint == "" {
			t.Errorf("%s: %v, want a sentence", name, err)
		}
	}
}

func TestTheResultIsJSON(t *testing.T) {
	p := edition.Preflight{Findings: []edition.Finding{{Level: edition.LevelError, Check: "pdf.fonts", Detail: "d", Count: 2, Where: []string{"page 1"}, Hint: "h"}}, Errors: 1}
	got, err := json.Marshal(p)
	want := `{"findings":[{"level":"error","check":"pdf.fonts","detail":"d","count":2,"where":["page 1"],"hint":"h"}],"errors":1,"warnings":0,"advice":0}`
	if err != nil || string(got) != want {
		t.Errorf("JSON %s (%v)", got, err)
	}
}

// TestEveryCheckIsUsedAndKnown compares the names in the code with the table.
func TestEveryCheckIsUsedAndKnown(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "preflight*.go")
	if err != nil {
		t.Fatal(err)
	}
	code, table := "", ""
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "preflight_checks.go" {
			table = string(text)
		} else if !strings.HasSuffix(name, "_test.go") {
			code += string(text)
		}
	}
	code = strings.ReplaceAll(code, `"epub."+name`, `"epub.title" "epub.language"`)
	names := regexp.MustCompile(`"((?:metadata|text|links|pictures|cover|pages|spine|pdf|epub)\.[a-z0-9-]+)"`)
	sets := [2][]string{}
	for i, text := range []string{code, table} {
		for _, m := range names.FindAllStringSubmatch(text, -1) {
			sets[i] = append(sets[i], m[1])
		}
		slices.Sort(sets[i])
		sets[i] = slices.Compact(sets[i])
	}
	if diff := cmp.Diff(sets[0], sets[1]); diff != "" {
		t.Errorf("names in the code, and in the table (-code +table):\n%s", diff)
	}
}
