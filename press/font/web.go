package font

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"quire/press"
)

// WebFaces returns the faces of a family, cut to some characters, as TrueType
// files that programs of others can set text with: their character map,
// kerning and the substitutions that such programs apply stay. Glyph IDs stay
// too; what is not needed has no outline. A face of which the family has only
// a slanted double is left out. An unknown family is a problem.Invalid.
func (l *Library) WebFaces(family string, text map[rune]bool) ([]press.WebFace, error) {
	f, err := FindFamily(family)
	if err != nil {
		return nil, err
	}
	var out []press.WebFace
	for style, id := range f.faces {
		if style > 0 && slices.Contains(f.faces[:style], id) {
			continue
		}
		data, err := l.web(id, text)
		if err != nil {
			return nil, err
		}
		if data != nil {
			out = append(out, press.WebFace{Name: string(id), Bold: Style(style)&Bold != 0, Italic: Style(style)&Italic != 0, Data: data})
		}
	}
	return out, nil
}

// web cuts a face to some characters; nil if it has none of them.
func (l *Library) web(id press.FontID, text map[rune]bool) ([]byte, error) {
	f, parsed, err := l.load(id)
	if err != nil {
		return nil, err
	}
	chars := map[rune]uint16{}
	glyphs := map[uint16]bool{}
	for _, r := range slices.Sorted(maps.Keys(text)) {
		if g, ok := parsed.NominalGlyph(r); ok {
			chars[r] = uint16(g)
			glyphs[uint16(g)] = true
		}
	}
	if len(chars) == 0 {
		return nil, nil
	}
	closure(parsed, glyphs)
	data, err := webSubset(f.data, sorted(glyphs), chars)
	if err != nil {
		return nil, fmt.Errorf("subset of %s: %w", id, err)
	}
	return data, nil
}

// webTables are carried over as they are. Of the others, cmap, kern and post
// are written anew and the rest is dropped.
var webTables = []string{"GDEF", "GPOS", "GSUB", "OS/2", "gasp", "name"}

// webSubset cuts a TrueType file down to some glyphs and characters.
func webSubset(data []byte, glyphs []uint16, chars map[rune]uint16) ([]byte, error) {
	small, err := subset(data, glyphs)
	if err != nil {
		return nil, err
	}
	t, err := readTables(small)
	if err != nil {
		return nil, err
	}
	all, err := readTables(data)
	if err != nil {
		return nil, err
	}
	for _, tag := range webTables {
		if d, ok := all[tag]; ok {
			t[tag] = d
		}
	}
	t["cmap"] = characterMap(chars)
	t["post"] = namelessPost(all["post"])
	if kern := keptPairs(all["kern"], glyphs); kern != nil {
		t["kern"] = kern
	}
	t["head"] = bytes.Clone(t["head"])
	out := t.file()
	adjust(out)
	return out, nil
}

// characterMap writes the table cmap in formats 4 and 12 (OpenType
// specification, table cmap): old readers know only the first.
func characterMap(chars map[rune]uint16) []byte {
	runes := slices.Sorted(maps.Keys(chars))
	four, twelve := segments(runes, chars), groups(runes, chars)
	be := binary.BigEndian
	out := []byte{0, 0, 0, 2}
	out = be.AppendUint16(out, 3)
	out = be.AppendUint16(out, 1)
	out = be.AppendUint32(out, 20)
	out = be.AppendUint16(out, 3)
	out = be.AppendUint16(out, 10)
	out = be.AppendUint32(out, uint32(20+len(four)))
	return append(append(out, four...), twelve...)
}

// segments is format 4: a segment for each character of the basic plane.
func segments(runes []rune, chars map[rune]uint16) []byte {
	var ends, deltas []uint16
	for _, r := range runes {
		if r < 0xffff {
			ends, deltas = append(ends, uint16(r)), append(deltas, chars[r]-uint16(r))
		}
	}
	ends, deltas = append(ends, 0xffff), append(deltas, 1)
	n := len(ends)
	search, selector := 2, 0
	for search*2 <= 2*n {
		search, selector = search*2, selector+1
	}
	var out []byte
	put := func(values ...uint16) {
		for _, v := range values {
			out = binary.BigEndian.AppendUint16(out, v)
		}
	}
	put(4, uint16(16+8*n), 0, uint16(2*n), uint16(search), uint16(selector), uint16(2*n-search))
	put(ends...)
	put(0)
	put(ends...) // where each begins: every segment has one character
	put(deltas...)
	put(make([]uint16, n)...)
	return out
}

// groups is format 12: a group for each run of characters and glyphs.
func groups(runes []rune, chars map[rune]uint16) []byte {
	type group struct{ from, to, glyph uint32 }
	var list []group
	for _, r := range runes {
		if n := len(list); n > 0 {
			if g := &list[n-1]; g.to+1 == uint32(r) && g.glyph+uint32(r)-g.from == uint32(chars[r]) {
				g.to++
				continue
			}
		}
		list = append(list, group{uint32(r), uint32(r), uint32(chars[r])})
	}
	be := binary.BigEndian
	out := []byte{0, 12, 0, 0}
	out = be.AppendUint32(out, uint32(16+12*len(list)))
	out = be.AppendUint32(out, 0)
	out = be.AppendUint32(out, uint32(len(list)))
	for _, g := range list {
		out = be.AppendUint32(be.AppendUint32(be.AppendUint32(out, g.from), g.to), g.glyph)
	}
	return out
}

// namelessPost is the table post without the glyphs' names: format 3.
func namelessPost(old []byte) []byte {
	out := make([]byte, 32)
	copy(out, old)
	binary.BigEndian.PutUint32(out, 0x00030000)
	return out
}

// keptPairs is the table kern with the pairs whose glyphs are both kept, nil
// if there are none. Only the usual kind (version 0, one subtable of format 0)
// is read.
func keptPairs(old []byte, glyphs []uint16) []byte {
	be := binary.BigEndian
	if len(old) < 18 || be.Uint16(old) != 0 || be.Uint16(old[2:]) != 1 || old[8] != 0 {
		return nil
	}
	var pairs []byte
	n := min(int(be.Uint16(old[10:])), (len(old)-18)/6)
	for i := range n {
		p := old[18+6*i : 24+6*i]
		_, left := slices.BinarySearch(glyphs, be.Uint16(p))
		_, right := slices.BinarySearch(glyphs, be.Uint16(p[2:]))
		if left && right {
			pairs = append(pairs, p...)
		}
	}
	count := len(pairs) / 6
	if count == 0 {
		return nil
	}
	search, selector := 1, 0
	for search*2 <= count {
		search, selector = search*2, selector+1
	}
	out := bytes.Clone(old[:18])
	for i, v := range []int{14 + len(pairs), -1, count, 6 * search, selector, 6 * (count - search)} {
		if v >= 0 {
			be.PutUint16(out[6+2*i:], uint16(v))
		}
	}
	return append(out, pairs...)
}

// adjust sets the checksum of a whole file in its table head: strict readers
// look at it.
func adjust(file []byte) {
	be := binary.BigEndian
	for i := range int(be.Uint16(file[4:])) {
		if o := 12 + 16*i; string(file[o:o+4]) == "head" {
			be.PutUint32(file[be.Uint32(file[o+8:])+8:], 0xb1b0afba-checksum(file))
		}
	}
}
