package press

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"quire/problem"
)

//go:embed themes/*.yaml
var themeFiles embed.FS

// Theme is how a book looks: data only, read from YAML. Lengths in YAML are
// numbers of points or carry a unit (5mm); margins are thousandths of the
// page, so that one theme fits every trim size.
type Theme struct {
	Name    string  `yaml:"name"`
	Title   string  `yaml:"title"` // for people
	Trim    string  `yaml:"trim"`  // the size it was made for
	Faces   Faces   `yaml:"faces"`
	Text    Type    `yaml:"text"`
	Quote   Type    `yaml:"quote"`
	Note    Type    `yaml:"note"`
	Table   Type    `yaml:"table"`
	Caption Type    `yaml:"caption"`
	Code    Type    `yaml:"code"`
	Indent  Pt      `yaml:"indent"`  // first lines of paragraphs
	Measure Pt      `yaml:"measure"` // widest text; wider pages get wider margins
	Margins Margins `yaml:"margins"`
	Opening Opening `yaml:"opening"`
	H2      Section `yaml:"h2"`
	H3      Section `yaml:"h3"`
	Heads   Heads   `yaml:"heads"`
	Break   string  `yaml:"break"`       // ornament between scenes
	Figures bool    `yaml:"figures"`     // captions begin "Figure 1."
	Notes   string  `yaml:"notes"`       // where notes stand: foot, chapter (behind each) or book (behind all)
	List    int     `yaml:"figure_list"` // a list of figures from so many on; 0 is never
	Floats  bool    `yaml:"floats"`      // figures may move to the top or foot of a page near by
	Lines   Lines   `yaml:"lines"`
}

// Faces names the type families for each use, as package font knows them.
type Faces struct {
	Body  string `yaml:"body"`
	Heads string `yaml:"heads"`
	Table string `yaml:"table"`
	Code  string `yaml:"code"`
}

// Type is a size of type and the distance of its baselines.
type Type struct {
	Size    Pt `yaml:"size"`
	Leading Pt `yaml:"leading"`
}

// Margins are thousandths: top and bottom of the page's height, inside and
// outside of its width.
type Margins struct {
	Top     int64 `yaml:"top"`
	Bottom  int64 `yaml:"bottom"`
	Inside  int64 `yaml:"inside"`
	Outside int64 `yaml:"outside"`
}

// Opening is how a chapter begins. Sink is how many lines its text starts
// below the top.
type Opening struct {
	Recto   bool   `yaml:"recto"` // always on a right-hand page
	Sink    int    `yaml:"sink"`
	Align   string `yaml:"align"` // left or center
	Number  Type   `yaml:"number"`
	Title   Type   `yaml:"title"`
	Bold    bool   `yaml:"bold"`    // title and number in bold
	Initial int    `yaml:"initial"` // lines of the drop cap; 0 is none
	LeadIn  bool   `yaml:"lead_in"` // first words in small capitals
	Figure  bool   `yaml:"figure"`  // the number alone, large, without the word "chapter"
	Rule    bool   `yaml:"rule"`    // a hairline below the title
}

// Section is how a heading inside a chapter looks. Before and After are in
// lines of text.
type Section struct {
	Type   `yaml:",inline"`
	Style  string `yaml:"style"` // regular, italic, bold or smallcaps
	Align  string `yaml:"align"` // left or center
	Before int    `yaml:"before"`
	After  int    `yaml:"after"`
}

// Heads is how running heads look: letterspaced small capitals of the body
// face, or plain text of the heads' face.
type Heads struct {
	Size      Pt   `yaml:"size"`
	SmallCaps bool `yaml:"small_caps"`
	Track     Pt   `yaml:"track"` // letterspace
}

// Lines is what the line breaker may do. Expansion and the word spaces are
// thousandths: of a glyph's width, and of the size of type.
type Lines struct {
	Expansion int64 `yaml:"expansion"` // glyphs wider or narrower, either way
	Space     int64 `yaml:"space"`     // natural word space
	Stretch   int64 `yaml:"stretch"`
	Shrink    int64 `yaml:"shrink"`
	Hyphen    int64 `yaml:"hyphen"` // penalty of a hyphen
}

// Themes returns the built-in themes by name, in alphabetical order.
func Themes() []Theme {
	files, _ := themeFiles.ReadDir("themes") // embedded: it is there
	var all []Theme
	for _, f := range files {
		b, _ := themeFiles.ReadFile("themes/" + f.Name())
		t, err := ParseTheme(b)
		if err != nil {
			panic(fmt.Sprintf("theme %s: %v", f.Name(), err)) // our own file, and a test reads all
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b Theme) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// FindTheme returns the built-in theme of the name. An unknown one is a
// problem.Invalid that lists those there are.
func FindTheme(name string) (Theme, error) {
	var names []string
	for _, t := range Themes() {
		if strings.EqualFold(t.Name, strings.TrimSpace(name)) {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return Theme{}, problem.New(problem.Invalid, "there is no theme %q", name).Try("use one of: %s", strings.Join(names, ", "))
}

// ParseTheme reads a theme from YAML and checks it. Every mistake is a
// problem.Invalid that names the field.
func ParseTheme(b []byte) (Theme, error) {
	var t Theme
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(&t); err != nil {
		return Theme{}, problem.New(problem.Invalid, "the theme cannot be read").Because(err).Try("%s", themeHint(err))
	}
	if err := t.check(); err != nil {
		return Theme{}, err
	}
	return t, nil
}

// themeHint turns a YAML error into advice without Go's names in it.
func themeHint(err error) string {
	s := strings.TrimPrefix(err.Error(), "yaml: ")
	s = strings.ReplaceAll(s, "unmarshal errors:\n  ", "")
	if i := strings.Index(s, " not found in type"); i >= 0 {
		return s[:i] + " is unknown"
	}
	return s
}

// check reports the first field that no page could be set with.
func (t Theme) check() error {
	bad := func(field, want string) error {
		return problem.New(problem.Invalid, "the theme's %s must be %s", field, want)
	}
	if t.Name == "" {
		return bad("name", "given")
	}
	if _, err := ParseTrim(t.Trim); err != nil {
		return err
	}
	for _, s := range t.sizes() {
		if s.Size < 4*Point || s.Size > 96*Point || s.Leading < s.Size*9/10 || s.Leading > 200*Point {
			return bad(s.field, "4 to 96 points with a leading of at least 0.9 of the size")
		}
	}
	for _, s := range t.words() {
		if !slices.Contains(s.want, s.value) {
			return bad(s.field, "one of: "+strings.Join(s.want, ", "))
		}
	}
	for _, n := range t.numbers() {
		if n.value < n.low || n.value > n.high {
			return bad(n.field, fmt.Sprintf("%d to %d", n.low, n.high))
		}
	}
	return nil
}

// namedType is a type with the field it stands in.
type namedType struct {
	field string
	Type
}

// sizes lists every size of type in the theme.
func (t Theme) sizes() []namedType {
	return []namedType{
		{"text", t.Text}, {"quote", t.Quote}, {"note", t.Note}, {"table", t.Table}, {"caption", t.Caption},
		{"code", t.Code}, {"opening.number", t.Opening.Number}, {"opening.title", t.Opening.Title},
		{"h2", t.H2.Type}, {"h3", t.H3.Type}, {"heads.size", Type{t.Heads.Size, t.Heads.Size}},
	}
}

// namedWord is a field that knows its words.
type namedWord struct {
	field, value string
	want         []string
}

// words lists every field with a fixed choice.
func (t Theme) words() []namedWord {
	notes := []string{"foot", "chapter", "book"}
	aligns, styles := []string{"left", "center"}, []string{"regular", "italic", "bold", "smallcaps"}
	return []namedWord{
		{"opening.align", t.Opening.Align, aligns}, {"h2.align", t.H2.Align, aligns}, {"h3.align", t.H3.Align, aligns},
		{"notes", t.Notes, notes}, {"h2.style", t.H2.Style, styles}, {"h3.style", t.H3.Style, styles},
	}
}

// namedNumber is a field with bounds.
type namedNumber struct {
	field            string
	value, low, high int64
}

// numbers lists every bounded number.
func (t Theme) numbers() []namedNumber {
	return []namedNumber{
		{"margins.top", t.Margins.Top, 40, 250}, {"margins.bottom", t.Margins.Bottom, 40, 250},
		{"margins.inside", t.Margins.Inside, 40, 250}, {"margins.outside", t.Margins.Outside, 40, 250},
		{"opening.sink", int64(t.Opening.Sink), 0, 20}, {"opening.initial", int64(t.Opening.Initial), 0, 5},
		{"h2.before", int64(t.H2.Before), 0, 4}, {"h2.after", int64(t.H2.After), 0, 4},
		{"h3.before", int64(t.H3.Before), 0, 4}, {"h3.after", int64(t.H3.After), 0, 4},
		{"figure_list", int64(t.List), 0, 1000},
		{"measure", int64(t.Measure), int64(100 * Point), int64(1000 * Point)},
		{"indent", int64(t.Indent), 0, int64(60 * Point)},
		{"lines.expansion", t.Lines.Expansion, 0, 30}, {"lines.space", t.Lines.Space, 150, 400},
		{"lines.stretch", t.Lines.Stretch, 20, 400}, {"lines.shrink", t.Lines.Shrink, 10, 150},
		{"lines.hyphen", t.Lines.Hyphen, 0, 5000},
	}
}
