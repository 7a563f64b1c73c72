package pdfout

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/sync/errgroup"

	"quire/press"
)

// fontTable lists the faces of a file in the order of their first use.
type fontTable struct {
	list []*usedFont
	byID map[press.FontID]*usedFont
}

// usedFont is a face with the glyphs that the pages use.
type usedFont struct {
	id     press.FontID
	name   string // F1, F2, …
	ref    ref
	known  []known  // by glyph
	glyphs []uint16 // the used ones, sorted
}

// known is what a file knows of a glyph.
type known struct {
	used  bool
	text  string // what it stands for
	width int64  // in thousandths of the size
}

// width returns a glyph's width in thousandths of the size.
func (u *usedFont) width(g uint16) int64 {
	if int(g) < len(u.known) {
		return u.known[g].width
	}
	return 0
}

// collectFonts finds all faces and glyphs on the pages.
func (f *file) collectFonts() fontTable {
	t := fontTable{byID: map[press.FontID]*usedFont{}}
	for i := range f.pages.List {
		each(f.pages.List[i].Ops, func(op press.Op) {
			line, ok := op.(*press.Line)
			if !ok {
				return
			}
			for k := range line.Runs {
				t.use(&line.Runs[k])
			}
		})
	}
	for _, u := range t.list {
		upem := f.shaper.Upem(u.id)
		for g := range u.known {
			if !u.known[g].used {
				continue
			}
			u.glyphs = append(u.glyphs, uint16(g))
			u.known[g].width = (f.shaper.Advance(u.id, uint16(g))*1000 + upem/2) / upem
		}
		u.ref = f.w.alloc()
	}
	return t
}

// use notes the glyphs of a run.
func (t *fontTable) use(r *press.Run) {
	u, ok := t.byID[r.Font]
	if !ok {
		u = &usedFont{id: r.Font, name: fmt.Sprintf("F%d", len(t.list)+1)}
		t.byID[r.Font] = u
		t.list = append(t.list, u)
	}
	for i := range r.Glyphs {
		g := &r.Glyphs[i]
		if int(g.ID) >= len(u.known) {
			u.known = append(u.known, make([]known, int(g.ID)+64-len(u.known))...)
		}
		k := &u.known[g.ID]
		if k.used = true; k.text == "" {
			k.text = g.Text
		}
	}
}

// writeFonts cuts and writes the faces, side by side.
func (f *file) writeFonts(ctx context.Context) error {
	files := make([][]byte, len(f.fonts.list))
	sizes := make([]int, len(f.fonts.list))
	group, _ := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, u := range f.fonts.list {
		group.Go(func() error {
			data, err := f.lib.Subset(u.id, u.glyphs)
			files[i], sizes[i] = f.packed.deflate(data), len(data)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i, u := range f.fonts.list {
		if err := f.writeFont(u, files[i], sizes[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeFont writes one face as a composite font with glyph numbers as codes.
func (f *file) writeFont(u *usedFont, packed []byte, size int) error {
	m, err := f.lib.Metrics(u.id)
	if err != nil {
		return err
	}
	name := subsetTag(u) + "+" + string(u.id)
	program := f.w.deflated(fmt.Sprintf("/Length1 %d", size), packed)
	toUnicode := f.w.deflated("", deflate([]byte(u.toUnicode())))
	flags := 4 // symbolic: codes are glyphs
	if m.Fixed {
		flags |= 1
	}
	if m.ItalicAngle != 0 {
		flags |= 64
	}
	d := newBuf()
	d.add("<< /Type /FontDescriptor /FontName /", name, " /Flags ", flags, " /FontBBox [", m.BBox[0], " ", m.BBox[1], " ", m.BBox[2], " ", m.BBox[3],
		"]", f.glyphSet(u), " /ItalicAngle ", m.ItalicAngle, " /Ascent ", m.Ascent, " /Descent ", m.Descent, " /CapHeight ", m.CapHeight, " /XHeight ", m.XHeight,
		" /StemV 80 /FontFile2 ", program, " >>")
	descriptor := f.w.put(d)
	c := newBuf()
	c.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /", name, " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ",
		descriptor, " /CIDToGIDMap /Identity /DW 0 /W [", u.widthList(), "] >>")
	t := newBuf()
	t.add("<< /Type /Font /Subtype /Type0 /BaseFont /", name, " /Encoding /Identity-H /DescendantFonts [", f.w.put(c), "] /ToUnicode ", toUnicode, " >>")
	f.w.set(u.ref, t)
	return nil
}

// glyphSet names the stream with a bit for each glyph of a face, which PDF/A-1
// asks for (ISO 19005-1, 6.3.5).
func (f *file) glyphSet(u *usedFont) string {
	if !f.opt.Archive {
		return ""
	}
	bits := []byte{0x80} // the missing glyph is always there
	for _, g := range u.glyphs {
		for len(bits) <= int(g/8) {
			bits = append(bits, 0)
		}
		bits[g/8] |= 0x80 >> (g % 8)
	}
	return fmt.Sprintf(" /CIDSet %d 0 R", f.w.deflated("", deflate(bits)))
}

// subsetTag is six letters that differ for different subsets.
func subsetTag(u *usedFont) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s%v", u.id, u.glyphs))
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag[:])
}

// widthList is the W array: runs of neighbouring glyphs.
func (u *usedFont) widthList() *buf {
	b := newBuf()
	for i, g := range u.glyphs {
		if i == 0 || u.glyphs[i-1]+1 != g {
			if i > 0 {
				b.add("] ")
			}
			b.add(int(g), " [")
		}
		b.add(int(u.known[g].width), " ")
	}
	b.add("]")
	return b
}

// maxSaid is how many characters a glyph may stand for: PDF 1.7, 9.10.3 allows
// 512 bytes of UTF-16.
const maxSaid = 128

// toUnicode is the CMap that turns glyphs back into text.
func (u *usedFont) toUnicode() string {
	var said []uint16
	for _, g := range u.glyphs {
		if u.known[g].text != "" {
			said = append(said, g)
		}
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def " +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for chunk := range slices.Chunk(said, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, g := range chunk {
			fmt.Fprintf(&b, "<%04X> <", g)
			text := []rune(u.known[g].text)
			for _, c := range utf16.Encode(text[:min(len(text), maxSaid)]) {
				fmt.Fprintf(&b, "%04X", c)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end")
	return b.String()
}
