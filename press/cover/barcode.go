package cover

import (
	"strings"

	"quire/book"
	"quire/press"
	"quire/press/font"
	"quire/problem"
)

// Code is an ISBN as an EAN-13 symbol (ISO/IEC 15420).
type Code struct {
	Digits string // thirteen
	ISBN   string // as people read it, with the hyphens that it was given with
}

// Barcode reads an ISBN; one of ten digits becomes one of thirteen. A wrong one
// is a problem.Invalid that names the right check digit.
func Barcode(isbn string) (Code, error) {
	digits, ok := book.ParseISBN(isbn)
	if !ok {
		return Code{}, wrongISBN(isbn, digits)
	}
	if len(digits) == 13 {
		return Code{digits, readableISBN(isbn, digits)}, nil
	}
	long := "978" + digits[:9]
	return Code{long + string(checkDigit(long)), readableISBN("", long+string(checkDigit(long)))}, nil
}

// wrongISBN says what is wrong with an ISBN.
func wrongISBN(isbn, digits string) error {
	isbn = strings.TrimSpace(isbn)
	if rs := []rune(isbn); len(rs) > 40 {
		isbn = string(rs[:40]) + "…"
	}
	e := problem.New(problem.Invalid, "%q is no ISBN", isbn)
	switch {
	case len(digits) == 13 && digits[:3] != "978" && digits[:3] != "979":
		return e.Try("an ISBN of thirteen digits begins with 978 or 979")
	case len(digits) == 13:
		return problem.New(problem.Invalid, "the check digit of the ISBN %q is wrong", isbn).
			Try("with these digits it is %c; compare the whole number with what your agency gave you", checkDigit(digits[:12]))
	case len(digits) == 10:
		return problem.New(problem.Invalid, "the check digit of the ISBN %q is wrong", isbn).
			Try("with these digits it is %c; compare the whole number with what your agency gave you", checkTen(digits[:9]))
	}
	return e.Try("an ISBN has thirteen digits, or ten in older books")
}

// checkDigit is the last of thirteen digits.
func checkDigit(twelve string) byte {
	sum := 0
	for i := range 12 {
		sum += int(twelve[i]-'0') * (1 + i%2*2)
	}
	return byte('0' + (10-sum%10)%10)
}

// checkTen is the last of ten digits.
func checkTen(nine string) byte {
	sum := 0
	for i := range 9 {
		sum += int(nine[i]-'0') * (10 - i)
	}
	if n := (11 - sum%11) % 11; n < 10 {
		return byte('0' + n)
	}
	return 'X'
}

// readableISBN keeps the hyphens of an ISBN if they were given.
func readableISBN(given, digits string) string {
	given = strings.NewReplacer("\u2010", "-", "\u2011", "-", "–", "-", "\u00a0", "-", " ", "-").Replace(strings.TrimSpace(given))
	given = strings.Trim(strings.TrimPrefix(strings.ToUpper(given), "ISBN"), ":- ")
	if strings.Count(given, "-") == 4 && strings.ReplaceAll(given, "-", "") == digits {
		return "ISBN " + given
	}
	return "ISBN " + digits
}

// odd are the bars of digits in set A of ISO/IEC 15420, seven modules each.
// Set C is A with bars and spaces exchanged, set B is C backwards.
var odd = [10]string{"0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"}

// parity tells which of the left six digits are of set B when the first digit is
// 9, as it is in every ISBN.
const parity = "ABBABA"

// Modules are the symbol from left to right, with guards and without quiet
// zones; true is a bar.
func (c Code) Modules() [95]bool {
	s := "101"
	for i := range 6 {
		a := odd[c.Digits[i+1]-'0']
		if parity[i] == 'B' {
			a = backwards(exchanged(a))
		}
		s += a
	}
	s += "01010"
	for i := 7; i < 13; i++ {
		s += exchanged(odd[c.Digits[i]-'0'])
	}
	s += "101"
	var out [95]bool
	for i := range out {
		out[i] = s[i] == '1'
	}
	return out
}

// exchanged makes bars of spaces and spaces of bars.
func exchanged(s string) string { return strings.NewReplacer("0", "1", "1", "0").Replace(s) }

// backwards turns a text around.
func backwards(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// The measures of the symbol at 100 %, in thousandths of a millimetre, and its
// quiet zones in modules (ISO/IEC 15420, 4.3 and annex on ISBN).
const (
	moduleWidth          = 330
	barHeight            = 22850
	guardLonger          = 1650
	quietLeft            = 11
	quietRight           = 7
	symbolWidth          = quietLeft + 95 + quietRight // modules
	symbolHeight         = 25930
	leastSize, mostSize  = 80, 120 // percent
	barcodeHeadroom      = 5200    // for the ISBN above the bars
	barcodePad           = 1000    // white around it all
	digitHeight, isbnTop = 2500, 2200
)

// Size returns how wide and high the symbol is with its quiet zones and digits,
// at a percentage from 80 to 120.
func (c Code) Size(percent int) (w, h press.Pt) {
	return press.Millimetres(int64(symbolWidth * moduleWidth * percent / 100)), press.Millimetres(int64(symbolHeight * percent / 100))
}

// boxSize is the white box around symbol and ISBN, in thousandths of a
// millimetre.
func boxSize(percent int) (w, h float64) {
	k := float64(percent) / 100
	return mul(k, symbolWidth*moduleWidth) + 2*barcodePad, mul(k, symbolHeight+barcodeHeadroom) + 2*barcodePad
}

// draw draws the symbol on a white box with its upper left corner at x, y. A
// unit of the canvas is so many thousandths of a millimetre.
func (c Code) draw(to *canvas, set *setter, at vec, unit float64, percent int) {
	k := float64(percent) / 100 / unit
	w, h := boxSize(percent)
	to.rect(at.x, at.y, w/unit, h/unit, "#ffffff")
	x0 := at.x + barcodePad/unit + mul(k, quietLeft*moduleWidth)
	y0 := at.y + barcodePad/unit + mul(k, barcodeHeadroom)
	bars := &path{}
	modules := c.Modules()
	for i := 0; i < len(modules); i++ {
		if !modules[i] {
			continue
		}
		n := i
		for n < len(modules) && modules[n] {
			n++
		}
		high := float64(barHeight)
		if i < 3 || i >= 45 && i < 50 || i >= 92 {
			high += guardLonger
		}
		precise(bars, x0+mul(k, float64(i*moduleWidth)), y0, mul(k, float64((n-i)*moduleWidth)), mul(k, high))
		i = n
	}
	to.put(`<path d="%s" fill="#000000" shape-rendering="crispEdges"/>`, bars.d)
	c.label(to, set, vec{x0, y0}, k)
}

// precise adds a box with four decimals: widths of bars are what scanners read.
func precise(p *path, x, y, w, h float64) {
	p.d = append(p.d, 'M')
	p.d = appendFine(p.d, x)
	p.d = append(p.d, ' ')
	p.d = appendFine(p.d, y)
	p.d = append(p.d, 'h')
	p.d = appendFine(p.d, w)
	p.d = append(p.d, 'v')
	p.d = appendFine(p.d, h)
	p.d = append(p.d, 'h')
	p.d = appendFine(p.d, -w)
	p.d = append(p.d, 'z')
}

// label sets the digits below the bars and the ISBN above them.
func (c Code) label(to *canvas, set *setter, at vec, k float64) {
	face := typeface{family: "PT Sans", features: font.Lining | font.Tabular}
	p := &path{}
	row := func(text string, from, to, baseline, cap float64) {
		l := set.shape(face, text)
		size := mul(mul(k, cap), em) / float64(max(l.top, 1))
		if wide := mul(float64(l.right-l.left), size/em); wide > mul(k, to-from) {
			size = mul(size, mul(k, to-from)/wide)
		}
		x := at.x + mul(k, from) + halved(mul(k, to-from)-mul(float64(l.right-l.left), size/em)) - mul(float64(l.left), size/em)
		set.outline(p, l, int64(mul(x, 10)), int64(mul(at.y+mul(k, baseline), 10)), int64(mul(size, 10)))
	}
	const base = barHeight + 400 + digitHeight
	row(c.Digits[:1], -quietLeft*moduleWidth, -3*moduleWidth, base, digitHeight)
	row(c.Digits[1:7], 5*moduleWidth, 44*moduleWidth, base, digitHeight)
	row(c.Digits[7:], 51*moduleWidth, 90*moduleWidth, base, digitHeight)
	face = typeface{family: "PT Sans", features: font.Lining}
	row(c.ISBN, 0, 95*moduleWidth, -1700, isbnTop)
	to.fill(p, "#000000")
}
