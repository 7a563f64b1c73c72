package font

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"quire/press"
)

// errTorn says that a font file is not as TrueType wants it.
var errTorn = errors.New("the font file is damaged")

// Subset returns a TrueType file with only the glyphs asked for (and those
// that they are made of). Glyph IDs stay: the others become empty.
func (l *Library) Subset(id press.FontID, glyphs []uint16) ([]byte, error) {
	f, _, err := l.load(id)
	if err != nil {
		return nil, err
	}
	out, err := subset(f.data, glyphs)
	if err != nil {
		return nil, fmt.Errorf("subset of %s: %w", id, err)
	}
	return out, nil
}

// subset cuts a TrueType file down to some glyphs.
func subset(data []byte, glyphs []uint16) ([]byte, error) {
	t, err := readTables(data)
	if err != nil {
		return nil, err
	}
	n := int(t.u16("maxp", 4))
	keep := make([]bool, n)
	todo := append([]uint16{0}, glyphs...)
	for len(todo) > 0 {
		g := int(todo[len(todo)-1])
		todo = todo[:len(todo)-1]
		if g >= n || keep[g] {
			continue
		}
		keep[g] = true
		parts, err := t.components(g)
		if err != nil {
			return nil, err
		}
		todo = append(todo, parts...)
	}
	return t.rebuild(keep)
}

// readTables splits a TrueType file into its tables.
func readTables(data []byte) (tables, error) {
	if len(data) < 12 {
		return nil, errTorn
	}
	t := tables{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		o := 12 + 16*i
		if o+16 > len(data) {
			return nil, errTorn
		}
		start, size := int(binary.BigEndian.Uint32(data[o+8:])), int(binary.BigEndian.Uint32(data[o+12:]))
		if start+size > len(data) {
			return nil, errTorn
		}
		t[string(data[o:o+4])] = data[start : start+size]
	}
	return t, nil
}

// glyph returns the outline data of a glyph.
func (t tables) glyph(g int) ([]byte, error) {
	off := func(i int) int {
		if t.u16("head", 50) == 1 {
			return int(t.u32("loca", 4*i))
		}
		return 2 * int(t.u16("loca", 2*i))
	}
	a, b := off(g), off(g+1)
	if a > b || b > len(t["glyf"]) {
		return nil, errTorn
	}
	return t["glyf"][a:b], nil
}

// The flags of a composite glyph's component, as in the OpenType
// specification, table glyf.
const (
	argsAreWords = 1 << 0
	haveScale    = 1 << 3
	moreParts    = 1 << 5
	haveXYScale  = 1 << 6
	haveTwoByTwo = 1 << 7
)

// components returns the glyphs that a composite glyph is made of.
func (t tables) components(g int) ([]uint16, error) {
	d, err := t.glyph(g)
	if err != nil || len(d) < 10 || int16(binary.BigEndian.Uint16(d)) >= 0 {
		return nil, err
	}
	var parts []uint16
	for p := 10; ; {
		if p+4 > len(d) {
			return nil, errTorn
		}
		flags := binary.BigEndian.Uint16(d[p:])
		parts = append(parts, binary.BigEndian.Uint16(d[p+2:]))
		p += 6
		if flags&argsAreWords != 0 {
			p += 2
		}
		switch {
		case flags&haveScale != 0:
			p += 2
		case flags&haveXYScale != 0:
			p += 4
		case flags&haveTwoByTwo != 0:
			p += 8
		}
		if flags&moreParts == 0 {
			return parts, nil
		}
	}
}

// rebuild writes a file in which only the kept glyphs have outlines.
func (t tables) rebuild(keep []bool) ([]byte, error) {
	var glyf, loca []byte
	for g, kept := range keep {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if !kept {
			continue
		}
		d, err := t.glyph(g)
		if err != nil {
			return nil, err
		}
		glyf = pad(append(glyf, d...))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := bytes.Clone(t["head"])
	if len(head) < 54 {
		return nil, errTorn
	}
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1)
	out := tables{"head": head, "loca": loca, "glyf": glyf}
	for _, tag := range []string{"cvt ", "fpgm", "hhea", "hmtx", "maxp", "prep"} {
		if d, ok := t[tag]; ok {
			out[tag] = d
		}
	}
	return out.file(), nil
}

// file writes tables as a TrueType file.
func (t tables) file() []byte {
	var tags []string
	for tag := range t {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	search, selector := 16, 0
	for search*2 <= 16*len(tags) {
		search, selector = search*2, selector+1
	}
	head := []byte{0, 1, 0, 0}
	for _, v := range []int{len(tags), search, selector, 16*len(tags) - search} {
		head = binary.BigEndian.AppendUint16(head, uint16(v))
	}
	var body []byte
	for _, tag := range tags {
		d := t[tag]
		head = append(head, tag...)
		head = binary.BigEndian.AppendUint32(head, checksum(d))
		head = binary.BigEndian.AppendUint32(head, uint32(12+16*len(tags)+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(d)))
		body = pad(append(body, d...))
	}
	return append(head, body...)
}

// pad fills up to four bytes.
func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// checksum is the sum of a table's words.
func checksum(d []byte) uint32 {
	var sum uint32
	for i := 0; i < len(d); i += 4 {
		var w [4]byte
		copy(w[:], d[i:])
		sum += binary.BigEndian.Uint32(w[:])
	}
	return sum
}
