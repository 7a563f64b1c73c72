package font

import (
	"slices"
	"strings"

	"quire/press"
	"quire/problem"
)

// Style is a member of a family.
type Style int

// The members of a family.
const (
	Regular Style = iota
	Italic
	Bold
	BoldItalic
)

// styles is how many members a family has.
const styles = 4

// Bolder is the style made bold.
func (s Style) Bolder() Style { return s | Bold }

// Turned is the style made italic, or upright if it is italic already.
func (s Style) Turned() Style { return s ^ Italic }

// Family is a set of faces that belong together, with small optical sizes for
// notes where the family has them.
type Family struct {
	faces  [styles]press.FontID
	small  [styles]press.FontID   // for 9.5 pt and less; "" if there is none
	others [styles][]press.FontID // what covers more characters, the most alike first
}

// smallest is the size up to which the small optical sizes are used.
const smallest = 19 * press.Point / 2

// What stands in for letters that a face lacks: Charis for Cyrillic italics
// and bold, EB Garamond for Greek, DejaVu for signs.
var (
	serifs = [styles][]press.FontID{
		Regular:    {"EBGaramond12-Regular", "CharisSIL", "OpenSans", "DejaVuSans"},
		Italic:     {"EBGaramond12-Italic", "CharisSIL-Italic", "EBGaramond12-Regular", "OpenSans-Italic", "DejaVuSans"},
		Bold:       {"CharisSIL-Bold", "EBGaramond12-Bold", "EBGaramond12-Regular", "OpenSans-Bold", "DejaVuSans"},
		BoldItalic: {"CharisSIL-BoldItalic", "EBGaramond12-Bold", "EBGaramond12-Regular", "OpenSans-BoldItalic", "DejaVuSans"},
	}
	sanses = [styles][]press.FontID{
		Regular:    {"OpenSans", "DejaVuSans", "EBGaramond12-Regular"},
		Italic:     {"OpenSans-Italic", "DejaVuSans", "EBGaramond12-Regular"},
		Bold:       {"OpenSans-Bold", "DejaVuSans", "EBGaramond12-Regular"},
		BoldItalic: {"OpenSans-BoldItalic", "DejaVuSans", "EBGaramond12-Regular"},
	}
	monos = [styles][]press.FontID{
		Regular:    {"JetBrainsMono-Regular", "DejaVuSans", "EBGaramond12-Regular"},
		Italic:     {"JetBrainsMono-Italic", "DejaVuSans", "EBGaramond12-Regular"},
		Bold:       {"JetBrainsMono-Bold", "DejaVuSans", "EBGaramond12-Regular"},
		BoldItalic: {"JetBrainsMono-BoldItalic", "DejaVuSans", "EBGaramond12-Regular"},
	}
)

// families are the type families that themes may name. "sans" and "mono" are
// other names for PT Sans and PT Mono. No EB Garamond, Andika or PT Mono was
// cut in bold italic: their bold is slanted for it, and so is PT Mono for its
// italics (see Slanted).
var families = map[string]Family{
	"EB Garamond": {
		faces:  [styles]press.FontID{"EBGaramond12-Regular", "EBGaramond12-Italic", "EBGaramond12-Bold", "EBGaramond12-Bold"},
		small:  [styles]press.FontID{Regular: "EBGaramond08-Regular", Italic: "EBGaramond08-Italic"},
		others: serifs,
	},
	"Charis SIL": {
		faces:  [styles]press.FontID{"CharisSIL", "CharisSIL-Italic", "CharisSIL-Bold", "CharisSIL-BoldItalic"},
		others: serifs,
	},
	"Andika": {
		faces:  [styles]press.FontID{"Andika", "Andika-Italic", "Andika-Bold", "Andika-Bold"},
		others: sanses,
	},
	"PT Sans":   ptSans,
	"sans":      ptSans,
	"Open Sans": {faces: [styles]press.FontID{"OpenSans", "OpenSans-Italic", "OpenSans-Bold", "OpenSans-BoldItalic"}, others: sanses},
	"PT Mono":   ptMono,
	"mono":      ptMono,
	"JetBrains Mono": {
		faces:  [styles]press.FontID{"JetBrainsMono-Regular", "JetBrainsMono-Italic", "JetBrainsMono-Bold", "JetBrainsMono-BoldItalic"},
		others: monos,
	},
	"math": {
		faces:  [styles]press.FontID{"DejaVuMathTeXGyre", "DejaVuMathTeXGyre", "DejaVuMathTeXGyre", "DejaVuMathTeXGyre"},
		others: serifs,
	},
}

// The families that have two names.
var (
	ptSans = Family{faces: [styles]press.FontID{"PTSans-Regular", "PTSans-Italic", "PTSans-Bold", "PTSans-BoldItalic"}, others: sanses}
	ptMono = Family{faces: [styles]press.FontID{"PTMono-Regular", "PTMono-Regular", "PTMono-Bold", "PTMono-Bold"}, others: monos}
)

// leans are the faces whose letters are italic by themselves, or have no
// italic beside them.
var leans = map[press.FontID]bool{
	"EBGaramond12-Italic": true, "EBGaramond08-Italic": true, "CharisSIL-Italic": true, "CharisSIL-BoldItalic": true,
	"Andika-Italic": true, "PTSans-Italic": true, "PTSans-BoldItalic": true, "OpenSans-Italic": true, "OpenSans-BoldItalic": true,
	"JetBrainsMono-Italic": true, "JetBrainsMono-BoldItalic": true, "DejaVuMathTeXGyre": true,
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
	own := f.faces[style]
	first := own
	if size <= smallest && f.small[style] != "" {
		first = f.small[style]
	}
	out := []press.FontID{first}
	for _, id := range append([]press.FontID{own}, f.others[style]...) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// Slanted reports whether a face of the style's chain must be slanted, because
// the family has no italic there. Signs of other faces stay upright.
func (f Family) Slanted(style Style, id press.FontID) bool {
	return style&Italic != 0 && id == f.faces[style] && !leans[id]
}
