package cover

import (
	"strings"
)

// scene is what a motif draws on: the cover from 0, 0 to w, h, the ground of
// which is painted, and the zone from top to bottom that is the motif's own.
// Left, right, and what touches the cover's edges, it fills to the bleed.
type scene struct {
	look
	art         canvas
	dice        *chance
	w, h        float64
	over        margins
	top, bottom float64
	seams       []seam
	ledge       float64 // where the floor begins, which goes on over spine and back; 0 is none
	set         *setter
	initial     shaped // the title's first letter; without glyphs if there is none
}

// seam is a part of the cover's left edge that has the colour of what is beside
// it on a wrap.
type seam struct {
	y, h  float64
	color string
}

// The edges that the motif fills to.
func (s *scene) left() float64  { return -s.over.left }
func (s *scene) right() float64 { return s.w + s.over.right }

// upper and lower are the ends of the motif's zone, with the bleed if it is at
// the cover's edge.
func (s *scene) upper() float64 {
	if s.top <= 0 {
		return -s.over.top
	}
	return s.top
}

func (s *scene) lower() float64 {
	if s.bottom >= s.h {
		return s.h + s.over.bottom
	}
	return s.bottom
}

// motif is a composition that chance varies.
type motif struct {
	name string
	idea string // what it shows
	plan func(*sheet)
	draw func(*scene)
}

// motifs are what covers show.
func motifs() []motif {
	return []motif{
		{"horizon", "a sun above still water", (*sheet).sky, horizon},
		{"waves", "long waves, one behind the other", (*sheet).sky, waves},
		{"ridges", "mountain ridges in haze", (*sheet).sky, ridges},
		{"tiles", "quarter circles on a wall of tiles", (*sheet).poster, tiles},
		{"contours", "contour lines of a map", (*sheet).pasted, contours},
		{"constellation", "stars on a chart of the sky", (*sheet).earth, constellation},
		{"moons", "the phases of the moon", (*sheet).earth, moons},
		{"botanical", "plants of a herbarium", (*sheet).sky, botanical},
		{"skyline", "a city in the evening", (*sheet).skyLeft, skyline},
		{"windows", "windows at night", (*sheet).earthLeft, windows},
		{"circles", "circles that share parts", (*sheet).earthLeft, circles},
		{"weave", "woven bands", (*sheet).pasted, weave},
		{"folds", "folded paper", (*sheet).earthLeft, folds},
		{"stairs", "stairs and blocks, drawn in parallels", (*sheet).poster, stairs},
		{"delta", "a river that divides on its way to the sea", (*sheet).earth, delta},
		{"rays", "rays from a point", (*sheet).poster, rays},
		{"initial", "the first letter of the title, very large", (*sheet).earthLeft, initial},
	}
}

// Motifs returns the names of the motifs.
func Motifs() []string {
	var out []string
	for _, m := range motifs() {
		out = append(out, m.name)
	}
	return out
}

// findMotif returns the motif of a name.
func findMotif(name string) (motif, error) {
	for _, m := range motifs() {
		if strings.EqualFold(m.name, strings.TrimSpace(name)) {
			return m, nil
		}
	}
	return motif{}, errChoice("motif", name, Motifs())
}
