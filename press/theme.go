package press

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"quire/problem"
)

//go:embed themes/*.yaml
var themeFiles embed.FS

// Theme is how a book looks: data only, read from YAML. Lengths in YAML are
// numbers of points or carry a unit (5mm); margins are thousandths of the
// page, so that one theme fits every trim size. The tags say what a field
// takes: range is the least and the most of a number (points, for a length),
// one the words to choose from. docs/themes.md tells what each does, and a
// test holds it to these tags.
type Theme struct {
	Name        string    `yaml:"name"`
	Title       string    `yaml:"title"`    // for people
	BasedOn     string    `yaml:"based_on"` // the theme that gives every field left out
	Trim        string    `yaml:"trim"`     // the size it was made for
	Faces       Faces     `yaml:"faces"`
	Text        Type      `yaml:"text"`
	Align       string    `yaml:"align" one:"justified|left"`
	Hyphens     bool      `yaml:"hyphens"`
	Paragraphs  string    `yaml:"paragraphs" one:"indent|space"` // what divides them
	Indent      Pt        `yaml:"indent" range:"0 60"`           // first lines of paragraphs
	Measure     Pt        `yaml:"measure" range:"100 1000"`      // widest text; wider pages get wider margins
	Margins     Margins   `yaml:"margins"`
	Quote       Quotation `yaml:"quote"`
	Epigraph    Motto     `yaml:"epigraph"`
	Note        Type      `yaml:"note"`
	Table       TableLook `yaml:"table"`
	Caption     Type      `yaml:"caption"`
	Code        CodeLook  `yaml:"code"`
	Definitions string    `yaml:"definitions" one:"hanging|run_in"` // where meanings begin: below or behind the term
	Opening     Opening   `yaml:"opening"`
	H2          Section   `yaml:"h2"`
	H3          Section   `yaml:"h3"`
	H4          Section   `yaml:"h4"`                  // and all deeper ones
	Numbers     int       `yaml:"numbers" range:"0 4"` // headings have numbers (1.2) down to this level; 0 is none
	Heads       Heads     `yaml:"heads"`
	Break       string    `yaml:"break"` // ornament between scenes; "" is white
	Color       Hue       `yaml:"color"` // of chapter titles, headings, labels and rules
	Tint        Hue       `yaml:"tint"`  // ground of code and of every second table row
	Figures     bool      `yaml:"figures"`
	Notes       string    `yaml:"notes" one:"foot|chapter|book"` // where notes stand: at the foot, behind each chapter or behind all
	List        int       `yaml:"figure_list" range:"0 1000"`    // a list of figures from so many on; 0 is never
	Floats      bool      `yaml:"floats"`                        // figures may move to the top or foot of a page near by
	Lines       Lines     `yaml:"lines"`
}

// FaceNames are the type families that a theme may name; package font has
// them. Each is there in regular, italic, bold and bold italic.
const FaceNames = "EB Garamond|Charis SIL|Andika|PT Sans|Open Sans|PT Mono|JetBrains Mono|sans|mono"

// Faces names the type families for each use.
type Faces struct {
	Body    string `yaml:"body" one:"faces"`
	Heads   string `yaml:"heads" one:"faces"`
	Table   string `yaml:"table" one:"faces"`
	Code    string `yaml:"code" one:"faces"`
	Initial string `yaml:"initial" one:"faces"` // of drop caps
}

// Type is a size of type and the distance of its baselines.
type Type struct {
	Size    Pt `yaml:"size" range:"4 96"`
	Leading Pt `yaml:"leading" range:"4 200"`
}

// Margins are thousandths: top and bottom of the page's height, inside and
// outside of its width.
type Margins struct {
	Top     int64 `yaml:"top" range:"40 250"`
	Bottom  int64 `yaml:"bottom" range:"40 250"`
	Inside  int64 `yaml:"inside" range:"40 250"`
	Outside int64 `yaml:"outside" range:"40 250"`
}

// Quotation is how block quotations look.
type Quotation struct {
	Type  `yaml:",inline"`
	Style string `yaml:"style" one:"regular|italic"`
	Inset Pt     `yaml:"inset" range:"0 72"` // on both sides; with a rule, on the left
	Rule  bool   `yaml:"rule"`               // an upright rule at the left
}

// Motto is how epigraphs look.
type Motto struct {
	Type  `yaml:",inline"`
	Style string `yaml:"style" one:"regular|italic"`
	Align string `yaml:"align" one:"left|right|center"`
	Inset int64  `yaml:"inset" range:"0 600"` // thousandths of the width that stay free at the left, or at both sides when centred
}

// TableLook is how tables look.
type TableLook struct {
	Type `yaml:",inline"`
	Look string `yaml:"look" one:"book|grid|banded"`
}

// CodeLook is how preformatted text looks.
type CodeLook struct {
	Type    `yaml:",inline"`
	Ground  bool   `yaml:"ground"` // on the theme's tint
	Rule    bool   `yaml:"rule"`   // an upright rule at the left
	Palette string `yaml:"palette" one:"plain|print|color"`
	Numbers bool   `yaml:"numbers"` // count the lines
}

// Opening is how a chapter begins. Sink is how many lines its text starts
// below the top.
type Opening struct {
	Recto    bool   `yaml:"recto"` // always on a right-hand page
	Sink     int    `yaml:"sink" range:"0 20"`
	Align    string `yaml:"align" one:"left|center|right"`
	Number   Type   `yaml:"number"`
	Place    string `yaml:"place" one:"above|beside|none"` // where the number stands
	Figure   bool   `yaml:"figure"`                        // the number alone, without the word "chapter"
	Title    Type   `yaml:"title"`
	Bold     bool   `yaml:"bold"`                // title in bold, number in bold or grey
	Italic   bool   `yaml:"italic"`              // title in italics
	Initial  int    `yaml:"initial" range:"0 5"` // lines of the drop cap; 0 is none
	LeadIn   bool   `yaml:"lead_in"`             // first words in small capitals
	Rule     bool   `yaml:"rule"`                // a hairline below the title
	Ornament string `yaml:"ornament"`            // below the title; "" is none
	RunOn    bool   `yaml:"run_on"`              // only the first chapter opens a page; the others go on below it
}

// Section is how a heading inside a chapter looks. Before and After are in
// lines of text.
type Section struct {
	Type   `yaml:",inline"`
	Style  string `yaml:"style" one:"regular|italic|bold|smallcaps"`
	Align  string `yaml:"align" one:"left|center"`
	Before int    `yaml:"before" range:"0 4"`
	After  int    `yaml:"after" range:"0 4"`
}

// Heads is how running heads look: letterspaced small capitals of the body
// face, or plain text of the heads' face.
type Heads struct {
	Size      Pt     `yaml:"size" range:"4 24"`
	SmallCaps bool   `yaml:"small_caps"`
	Track     Pt     `yaml:"track" range:"0 6"` // letterspace
	Place     string `yaml:"place" one:"head|foot|none"`
	Folio     string `yaml:"folio" one:"outer|center|foot"` // beside the head, in the middle of the foot, or outside at the foot
	Rule      bool   `yaml:"rule"`                          // a hairline between head and text
}

// Lines is what the line breaker may do. Expansion and the word spaces are
// thousandths: of a glyph's width, and of the size of type.
type Lines struct {
	Expansion int64 `yaml:"expansion" range:"0 30"` // glyphs wider or narrower, either way
	Space     int64 `yaml:"space" range:"150 400"`  // natural word space
	Stretch   int64 `yaml:"stretch" range:"20 400"`
	Shrink    int64 `yaml:"shrink" range:"10 150"`
	Hyphen    int64 `yaml:"hyphen" range:"0 5000"` // penalty of a hyphen
}

// Hue is a colour that a theme names: #rrggbb.
type Hue Color

// UnmarshalText reads #rrggbb.
func (h *Hue) UnmarshalText(b []byte) error {
	hex, ok := strings.CutPrefix(string(b), "#")
	n, err := strconv.ParseUint(hex, 16, 32)
	if !ok || len(hex) != 6 || err != nil {
		return errHue
	}
	*h = Hue{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n)}
	return nil
}

// errHue refuses what is no colour.
var errHue = problem.New(problem.Invalid, "that is not a colour").Try("write #rrggbb, like #1f3a5f")

// Themes returns the built-in themes by name, in alphabetical order.
func Themes() []Theme {
	var all []Theme
	for _, name := range themeNames() {
		t, err := FindTheme(name)
		if err != nil {
			panic(fmt.Sprintf("theme %s: %v", name, err)) // our own file, and a test reads all
		}
		all = append(all, t)
	}
	return all
}

// themeNames lists the built-in themes in alphabetical order.
func themeNames() []string {
	files, _ := themeFiles.ReadDir("themes") // embedded: it is there
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), ".yaml"))
	}
	slices.Sort(names)
	return names
}

// FindTheme returns the built-in theme of the name. An unknown one is a
// problem.Invalid that lists those there are.
func FindTheme(name string) (Theme, error) {
	names := themeNames()
	file := strings.ToLower(strings.TrimSpace(name))
	if !slices.Contains(names, file) {
		return Theme{}, problem.New(problem.Invalid, "there is no theme %q", name).Try("use one of: %s", strings.Join(names, ", "))
	}
	b, _ := themeFiles.ReadFile("themes/" + file + ".yaml") // it was listed
	return ParseTheme(b)
}
