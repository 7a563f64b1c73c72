package font

import (
	"encoding/binary"

	gofont "github.com/go-text/typesetting/font"

	"quire/press"
)

// Metrics are the measures of a face, in thousandths of its size.
type Metrics struct {
	Ascent, Descent    int // Descent is negative
	CapHeight, XHeight int
	BBox               [4]int // left, bottom, right, top of all its glyphs
	ItalicAngle        int    // degrees, negative leans right
	Fixed              bool   // all glyphs have one width
}

// Metrics returns the measures of a face.
func (l *Library) Metrics(id press.FontID) (Metrics, error) {
	f, parsed, err := l.load(id)
	if err != nil {
		return Metrics{}, err
	}
	t, err := readTables(f.data)
	if err != nil {
		return Metrics{}, err
	}
	upem := int(parsed.Upem())
	at := func(tab string, off int) int { return int(t.i16(tab, off)) * 1000 / upem }
	m := Metrics{Ascent: at("hhea", 4), Descent: at("hhea", 6), ItalicAngle: int(t.i16("post", 4)), Fixed: t.u32("post", 12) != 0}
	for i := range m.BBox {
		m.BBox[i] = at("head", 36+2*i)
	}
	m.CapHeight = l.top(parsed, 'H', upem)
	m.XHeight = l.top(parsed, 'x', upem)
	return m, nil
}

// top returns the height of a letter in thousandths of the size.
func (l *Library) top(parsed *gofont.Font, r rune, upem int) int {
	face := gofont.NewFace(parsed)
	g, _ := face.NominalGlyph(r)
	ext, _ := face.GlyphExtents(g)
	return int(ext.YBearing) * 1000 / upem
}

// tables are the tables of a TrueType file by tag.
type tables map[string][]byte

// u16 reads a number of a table; 0 behind its end.
func (t tables) u16(tab string, off int) uint16 {
	if d := t[tab]; off >= 0 && off+2 <= len(d) {
		return binary.BigEndian.Uint16(d[off:])
	}
	return 0
}

// i16 reads a signed number of a table.
func (t tables) i16(tab string, off int) int16 { return int16(t.u16(tab, off)) }

// u32 reads a long number of a table.
func (t tables) u32(tab string, off int) uint32 {
	return uint32(t.u16(tab, off))<<16 | uint32(t.u16(tab, off+2))
}
