package layout

import (
	"testing"

	"quire/press/font"
)

func TestLettersLeanWhereAFamilyHasNoItalic(t *testing.T) {
	s := newSetter(t)
	st := s.plainStyle(s.faces.body, s.theme.Text.Size)
	for style, want := range map[font.Style]bool{font.Regular: false, font.Italic: false, font.Bold: false, font.BoldItalic: true} {
		st.face = style
		g := segment{style: st, face: s.chain(&st)[0]}
		if m := g.matrix(); (m != nil) != want || want && (m.C >= 0 || m.A != 1<<16 || m.D != 1<<16) {
			t.Errorf("style %d: %+v", style, m)
		}
	}
}
