// Package cover draws covers: the front of a book as one drawing, or back,
// spine and front for a print shop. A cover is a motif, a palette and a plan of
// where the words stand; what the user does not choose follows from the book's
// genre and a seed. Words are set by the press and drawn as outlines, so that a
// cover looks the same in every program.
package cover

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"quire/book"
	"quire/press"
	"quire/press/font"
)

// Design says how a cover looks; every zero field is chosen from the seed.
type Design struct {
	Motif   string       // one of Motifs
	Palette string       // one of Palettes
	Seed    int64        // 0 follows from title and author: the same book, the same cover
	Trim    press.Trim   // whose proportion the cover has; zero is 2:3
	Image   *press.Image // the user's picture; the cover is set around it instead of a motif
}

// Press draws covers. Goroutines may share it.
type Press struct{ fonts *font.Library }

// New returns a press that sets words with the faces of a library.
func New(fonts *font.Library) *Press { return &Press{fonts} }

// width is how many units wide every front cover is.
const width = 1600

// Front draws the front cover as SVG, 1600 units wide. Its title and
// description say its words to readers who cannot see it. Warnings tells what
// could not be drawn as it should be.
func (p *Press) Front(meta book.Meta, lang string, d Design) (*press.Image, error) {
	s, err := p.front(meta, lang, d, margins{})
	if err != nil {
		return nil, err
	}
	return s.image(), nil
}

// Warnings tells what Front could not draw as it should be: a title that is too
// long, letters that no face has.
func (p *Press) Warnings(meta book.Meta, lang string, d Design) ([]press.Warning, error) {
	s, err := p.front(meta, lang, d, margins{})
	if err != nil {
		return nil, err
	}
	return s.warnings, nil
}

// margins is how far a drawing reaches over the trim, in units.
type margins struct{ left, top, right, bottom float64 }

// sheet is a front cover that is composed: the ornament, and the words with the
// places where they stand.
type sheet struct {
	scene
	words    copyText
	blocks   []standing
	backs    []standing // words on the back of a wrap
	spines   []standing // words on its spine, from where they begin
	warnings []press.Warning
}

// standing is a block of words at its place: the first baseline, and for every
// line its left end, in units.
type standing struct {
	*block
	x     []int
	y     int
	color string
	align int
}

// front composes a front cover.
func (p *Press) front(meta book.Meta, lang string, d Design, over margins) (*sheet, error) {
	height, err := d.height()
	if err != nil {
		return nil, err
	}
	shaper := p.fonts.Shaper()
	defer shaper.Release()
	s := &sheet{scene: scene{set: &setter{shaper, p.fonts.Outlines(), lang}}}
	s.words = s.copy(meta)
	seed := d.seed(meta)
	taste := tasteOf(meta)
	dice := &chance{seed}
	if s.look, err = pickLook(d, taste, dice); err != nil {
		return nil, err
	}
	s.w, s.h, s.over = width, height, over
	s.dice = &chance{dice.next()}
	if d.Image != nil {
		return s, s.picture(d)
	}
	s.firstLetter()
	s.compose()
	return s, nil
}

// seed is what chance begins with.
func (d Design) seed(meta book.Meta) uint64 {
	if d.Seed != 0 {
		return uint64(d.Seed)
	}
	sum := sha256.Sum256([]byte(meta.Title + "\x00" + meta.Author))
	return binary.BigEndian.Uint64(sum[:])
}

// The narrowest and the widest covers, height by width in thousandths.
const (
	lowest, highest = 900, 1900
)

// height is how many units high the front cover is.
func (d Design) height() (float64, error) {
	if d.Trim == (press.Trim{}) {
		return 2400, nil
	}
	if d.Trim.Width <= 0 || d.Trim.Height <= 0 {
		return 0, errTrim(d.Trim)
	}
	per := int64(d.Trim.Height) * 1000 / int64(d.Trim.Width)
	if per < lowest || per > highest {
		return 0, errTrim(d.Trim)
	}
	return float64(d.Trim.Height.Scale(width, int64(d.Trim.Width))), nil
}

// image writes the cover as a file.
func (s *sheet) image() *press.Image {
	c := &canvas{}
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img">`, num(s.w), num(s.h), num(s.w), num(s.h))
	s.describe(c)
	c.out.WriteString(s.art.out.String())
	s.letter(c)
	c.put("</svg>")
	return &press.Image{ID: "cover", Source: "cover.svg", Format: press.SVG, Data: []byte(c.out.String()), Width: int(s.w), Height: int(s.h)}
}

// describe says the words of the cover to those who cannot see it.
func (s *sheet) describe(c *canvas) {
	name := s.words.title
	if s.words.author != "" {
		name += ", " + s.words.author
	}
	c.put("<title>%s</title>", xmlText(name))
	rest := ""
	for _, t := range []string{s.words.subtitle, s.words.series, s.words.publisher} {
		if t != "" {
			rest += t + ". "
		}
	}
	if rest != "" {
		c.put("<desc>%s</desc>", xmlText(rest[:len(rest)-1]))
	}
}

// letter draws the words.
func (s *sheet) letter(c *canvas) {
	for _, b := range s.blocks {
		s.set.draw(c, b)
	}
}

// draw draws a block of words: its letters as one outline, or as text that
// others set, if the faces lack its letters.
func (s *setter) draw(c *canvas, b standing) {
	p := &path{}
	for i, l := range b.lines {
		x, y := b.x[i], b.y+i*b.leading
		if !l.foreign {
			s.outline(p, l, int64(x)*10, int64(y)*10, int64(b.size)*10)
			continue
		}
		anchor, dir := "middle", ""
		x += units(l.width, b.size) / 2
		if rightToLeft(l.text) {
			dir = ` direction="rtl"`
		}
		c.put(`<text x="%d" y="%d" font-family="Georgia, 'Times New Roman', serif" font-size="%d" text-anchor="%s"%s fill="%s">%s</text>`,
			x, y, b.size, anchor, dir, b.color, xmlText(l.text))
	}
	if len(p.d) > 0 {
		c.fill(p, b.color)
	}
}

// warn adds a sentence to the warnings.
func (s *sheet) warn(format string, args ...any) {
	s.warnings = append(s.warnings, press.Warning{Detail: fmt.Sprintf(format, args...)})
}
