// Package font knows the type of the house: it loads the faces that quire
// carries, shapes text with them, measures them, and cuts out of them what a
// file needs.
package font

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	gofont "github.com/go-text/typesetting/font"

	"quire/press"
	"quire/problem"
)

//go:embed files/*.ttf
var files embed.FS

// Library holds every face that quire carries. Its faces do not change
// after Open; goroutines may share it. A Shaper belongs to one goroutine.
type Library struct {
	faces map[press.FontID]*face

	mu   sync.Mutex
	idle []*Shaper // released ones, at most maxIdle
}

// face is one font file; it is parsed at its first use.
type face struct {
	id    press.FontID
	data  []byte
	parse func() (*gofont.Font, error)
}

// names maps our font IDs, which PDF uses as font names, to files.
var names = map[press.FontID]string{
	"EBGaramond12-Regular": "EBGaramond12-Regular.ttf",
	"EBGaramond12-Italic":  "EBGaramond12-Italic.ttf",
	"EBGaramond12-Bold":    "EBGaramond12-Bold.ttf",
	"EBGaramond08-Regular": "EBGaramond08-Regular.ttf",
	"EBGaramond08-Italic":  "EBGaramond08-Italic.ttf",
	"PTSans-Regular":       "PTS55F.ttf",
	"PTSans-Italic":        "PTS56F.ttf",
	"PTSans-Bold":          "PTS75F.ttf",
	"PTMono-Regular":       "PTM55F.ttf",
	"DejaVuSans":           "DejaVuSans.ttf",
	"DejaVuMathTeXGyre":    "DejaVuMathTeXGyre.ttf",
}

// Open returns the library of built-in faces.
func Open() (*Library, error) {
	l := &Library{faces: map[press.FontID]*face{}}
	for id, name := range names {
		data, err := files.ReadFile("files/" + name)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", id, err)
		}
		l.faces[id] = &face{id: id, data: data, parse: sync.OnceValues(func() (*gofont.Font, error) {
			f, err := gofont.ParseTTF(bytes.NewReader(data))
			if err != nil {
				return nil, fmt.Errorf("font %s: %w", id, err)
			}
			return f.Font, nil
		})}
	}
	return l, nil
}

// Style is a member of a family.
type Style int

// The members of a family.
const (
	Regular Style = iota
	Italic
	Bold
)

// Family is a set of faces that belong together, with small optical sizes for
// notes where the family has them.
type Family struct {
	regular, italic, bold     press.FontID
	smallRegular, smallItalic press.FontID // for 9.5 pt and less; "" if there is none
	fallback                  []press.FontID
}

// smallest is the size up to which the small optical sizes are used.
const smallest = 19 * press.Point / 2

// families are the type families that themes may name.
var families = map[string]Family{
	"EB Garamond": {
		regular: "EBGaramond12-Regular", italic: "EBGaramond12-Italic", bold: "EBGaramond12-Bold",
		smallRegular: "EBGaramond08-Regular", smallItalic: "EBGaramond08-Italic",
		fallback: []press.FontID{"EBGaramond12-Regular", "PTSans-Regular", "DejaVuSans"},
	},
	"sans": {
		regular: "PTSans-Regular", italic: "PTSans-Italic", bold: "PTSans-Bold",
		fallback: []press.FontID{"PTSans-Regular", "DejaVuSans", "EBGaramond12-Regular"},
	},
	"mono": {
		regular: "PTMono-Regular", italic: "PTMono-Regular", bold: "PTMono-Regular",
		fallback: []press.FontID{"DejaVuSans", "EBGaramond12-Regular"},
	},
}

// FindFamily returns the family of a name. An unknown one is a
// problem.Invalid that lists those there are.
func FindFamily(name string) (Family, error) {
	if f, ok := families[name]; ok {
		return f, nil
	}
	var known []string
	for n := range families {
		known = append(known, n)
	}
	slices.Sort(known)
	return Family{}, problem.New(problem.Invalid, "there is no type family %q", name).Try("use one of: %s", strings.Join(known, ", "))
}

// Chain returns the faces to try for a character, the best first: the style's
// own face at that size, then those that cover more characters.
func (f Family) Chain(style Style, size press.Pt) []press.FontID {
	first := f.regular
	switch {
	case style == Bold:
		first = f.bold
	case style == Italic && size <= smallest && f.smallItalic != "":
		first = f.smallItalic
	case style == Italic:
		first = f.italic
	case size <= smallest && f.smallRegular != "":
		first = f.smallRegular
	}
	return append([]press.FontID{first}, f.fallback...)
}

// load returns the parsed face of an ID.
func (l *Library) load(id press.FontID) (*face, *gofont.Font, error) {
	f, ok := l.faces[id]
	if !ok {
		return nil, nil, fmt.Errorf("no font %s", id)
	}
	parsed, err := f.parse()
	return f, parsed, err
}
