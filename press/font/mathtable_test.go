package font

import "testing"

func TestTheMathFaceKnowsHowFormulasAreSet(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	m, err := l.MathTable(MathFace)
	if err != nil {
		t.Fatal(err)
	}
	if m.ScriptPercent < 50 || m.ScriptPercent > 90 || m.ScriptScriptPercent < 40 || m.ScriptScriptPercent > m.ScriptPercent {
		t.Errorf("scripts are %d and %d percent", m.ScriptPercent, m.ScriptScriptPercent)
	}
	s := l.Shaper()
	defer s.Release()
	upem := s.Upem(MathFace)
	for name, tt := range map[string]struct {
		c         MathConstant
		low, high int64 // thousandths of an em
	}{
		"axis":  {AxisHeight, 150, 400},
		"rule":  {FractionRuleThickness, 30, 120},
		"shift": {SuperscriptShiftUp, 250, 600},
		"root":  {RadicalRuleThickness, 30, 120},
	} {
		if v := m.Constant(tt.c) * 1000 / upem; v < tt.low || v > tt.high {
			t.Errorf("%s: %d thousandths", name, v)
		}
	}
	paren, _ := s.Glyph(MathFace, '(')
	c := m.Vertical(paren)
	if len(c.Variants) < 3 || len(c.Parts) < 2 {
		t.Errorf("a bracket has %d sizes and %d parts", len(c.Variants), len(c.Parts))
	}
	for i := 1; i < len(c.Variants); i++ {
		if c.Variants[i].Size < c.Variants[i-1].Size {
			t.Error("the sizes of a bracket do not grow")
		}
	}
	if _, bottom, _, top := s.Extent(MathFace, paren); top <= 0 || bottom >= 0 {
		t.Errorf("a bracket reaches from %d to %d", bottom, top)
	}
	if _, err := l.MathTable("PTSans-Regular"); err == nil {
		t.Error("a face without the table has one")
	}
}

func TestABlankLetterIsNone(t *testing.T) {
	l, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	s := l.Shaper()
	defer s.Release()
	for r, want := range map[rune]bool{'π': false, 'é': true, '\u00a0': true, 'a': true} {
		if got := s.Has("EBGaramond08-Italic", r); got != want {
			t.Errorf("%q: %t", r, got)
		}
	}
}
