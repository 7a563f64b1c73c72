package intake

import (
	"strings"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// maxMapped is how many codes a font may give letters to.
const maxMapped = 200_000

// pdfFont says what the codes of a font mean and how wide they are (ISO
// 32000-1, 9.6, 9.7 and 9.10).
type pdfFont struct {
	wide     bool // codes have two bytes
	utf16    bool // codes are UTF-16 themselves
	letters  map[int]string
	widths   map[int]float64 // in sizes of the type
	standard float64         // width of the others; 0 is guessed from the letter
}

// pdfSign is a code of a text.
type pdfSign struct {
	size  int // bytes that it takes
	text  string
	width float64
}

// sign is the first one of a text that is not empty.
func (f *pdfFont) sign(text string) pdfSign {
	code, size := int(text[0]), 1
	if f.wide && len(text) > 1 {
		code, size = code<<8|int(text[1]), 2
	}
	s := pdfSign{size: size, text: f.letters[code]}
	if s.text == "" && f.utf16 {
		s.text = string(utf16.Decode([]uint16{uint16(code)})) //nolint:gosec // two bytes
	}
	var ok bool
	if s.width, ok = f.widths[code]; !ok {
		if s.width = f.standard; s.width == 0 {
			s.width = guessedWidth(s.text)
		}
	}
	return s
}

// guessedWidth is about what a letter takes where the file does not say.
func guessedWidth(text string) float64 {
	switch {
	case text == "":
		return 0.5
	case strings.Contains(" iljtfrI.,;:'!|()[]", text):
		return 0.29
	case strings.Contains("mwMW—", text):
		return 0.83
	case text[0] >= 'A' && text[0] <= 'Z':
		return 0.68
	}
	return 0.52
}

// font is a font of a page by its name there; nil if there is none.
func (r *pdfReader) font(resources types.Dict, name string) *pdfFont {
	o := r.dict(resources, "Font")[name]
	ref, shared := o.(types.IndirectRef)
	if f := r.fonts[ref.String()]; shared && f != nil {
		return f
	}
	d, err := r.file.DereferenceDict(o)
	if err != nil || d == nil {
		return nil
	}
	f := &pdfFont{letters: map[int]string{}, widths: map[int]float64{}}
	if r.name(d, "Subtype") == "Type0" {
		r.composite(f, d)
	} else {
		r.simple(f, d)
	}
	r.mapped(f, d)
	if shared {
		r.fonts[ref.String()] = f
	}
	return f
}

// simple reads a font of one byte codes.
func (r *pdfReader) simple(f *pdfFont, d types.Dict) {
	unit := 0.001
	if m := r.array(d, "FontMatrix"); len(m) == 6 {
		unit = r.number(m[0])
	}
	first := int(r.number(d["FirstChar"]))
	for i, w := range r.array(d, "Widths") {
		if i < 256 {
			f.widths[first+i] = times(r.number(w), unit)
		}
	}
	if strings.Contains(r.name(d, "BaseFont"), "Courier") {
		f.standard = 0.6
	}
	encoding, base := r.dict(d, "Encoding"), r.name(d, "Encoding")
	if encoding != nil {
		base = r.name(encoding, "BaseEncoding")
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for code := 32; code < 256; code++ {
		if letter := table.DecodeByte(byte(code)); letter != '\uFFFD' && letter >= ' ' {
			f.letters[code] = string(letter)
		}
	}
	if base == "" || base == "StandardEncoding" {
		overlay(f, standardSigns)
	}
	if _, font, _ := strings.Cut(r.name(d, "BaseFont"), "+"); base == "" && knuthFont(font) {
		overlay(f, knuthSigns)
	}
	code := 0
	for _, o := range r.array(encoding, "Differences") {
		switch t := o.(type) {
		case types.Integer:
			code = t.Value()
		case types.Name:
			f.letters[code] = glyphText(t.Value())
			code++
		}
	}
}

func overlay(f *pdfFont, signs map[int]string) {
	for code, text := range signs {
		f.letters[code] = text
	}
}

// composite reads a font of longer codes.
func (r *pdfReader) composite(f *pdfFont, d types.Dict) {
	f.wide = true
	encoding := r.name(d, "Encoding")
	f.utf16 = strings.Contains(encoding, "UCS2") || strings.Contains(encoding, "UTF16")
	inner := r.array(d, "DescendantFonts")
	if len(inner) == 0 {
		return
	}
	font, err := r.file.DereferenceDict(inner[0])
	if err != nil || font == nil {
		return
	}
	f.standard = 1
	if font["DW"] != nil {
		f.standard = r.number(font["DW"]) / 1000
	}
	list := r.array(font, "W")
	for i := 0; i+1 < len(list) && len(f.widths) < maxMapped; {
		first := int(r.number(list[i]))
		next, err := r.file.Dereference(list[i+1])
		if widths, ok := next.(types.Array); ok && err == nil {
			for k, w := range widths {
				f.widths[first+k] = r.number(w) / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		for code := first; code <= min(int(r.number(next)), 0xffff) && code >= 0; code++ {
			f.widths[code] = r.number(list[i+2]) / 1000
		}
		i += 3
	}
}

// mapped reads what the font itself says that its codes mean.
func (r *pdfReader) mapped(f *pdfFont, d types.Dict) {
	data, err := r.stream(d["ToUnicode"])
	if err != nil || data == nil {
		return
	}
	scan := &pdfScanner{data: data}
	var args []pdfToken
	for len(f.letters) < maxMapped {
		t := scan.next(0)
		switch {
		case t.kind == pdfEnd:
			return
		case t.kind != pdfOperator:
			if len(args) < 1000 {
				args = append(args, t)
			}
			continue
		case t.text == "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				f.letters[pdfCode(args[i].text)] = utf16Text(args[i+1].text)
			}
		case t.text == "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				f.span(args[i], args[i+1], args[i+2])
			}
		case t.text == "endcodespacerange" && len(args) > 0 && f.wide:
			f.wide = len(args[len(args)-1].text) != 1
		}
		args = args[:0]
	}
}

// span gives letters to codes in a row.
func (f *pdfFont) span(low, high, to pdfToken) {
	first, last := pdfCode(low.text), pdfCode(high.text)
	for i := 0; first+i <= min(last, 0xffff) && len(f.letters) < maxMapped; i++ {
		switch {
		case to.kind == pdfList:
			if i >= len(to.list) {
				return
			}
			f.letters[first+i] = utf16Text(to.list[i].text)
		case len(to.text) >= 2:
			units := []byte(to.text)
			n := len(units)
			value := int(units[n-2])<<8 + int(units[n-1]) + i
			units[n-2], units[n-1] = byte(value>>8&0xff), byte(value&0xff)
			f.letters[first+i] = utf16Text(string(units))
		default:
			return
		}
	}
}

func pdfCode(text string) int {
	code := 0
	for i := range min(len(text), 4) {
		code = code<<8 | int(text[i])
	}
	return code
}

// utf16Text is a text of UTF-16; forms of letters become the letters.
func utf16Text(s string) string {
	if len(s) == 1 {
		s = "\x00" + s
	}
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return letterForms(string(utf16.Decode(units)))
}

// letterForms turns ligatures and the forms of Arabic letters into letters.
func letterForms(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == 0 {
			return -1
		}
		return r
	}, s)
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0xfb00 && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff }) < 0 {
		return s
	}
	return norm.NFKC.String(s)
}
