package font

import (
	"testing"

	"quire/press"
)

func TestOutlinesStandWhereTheLetterStands(t *testing.T) {
	lib := open(t)
	s, o := lib.Shaper(), lib.Outlines()
	const id = "EBGaramond12-Regular"
	g := s.Shape(id, 0, "en", "H")[0]
	top, left := s.Height(id, g.ID)
	x0, y0, y1 := press.Pt(9999), press.Pt(9999), press.Pt(-9999)
	shape := o.Outline(id, g.ID)
	for _, seg := range shape {
		if seg.Verb == 'Z' {
			continue
		}
		end := seg.P[0]
		if seg.Verb == 'C' {
			end = seg.P[2]
		}
		x0, y0, y1 = min(x0, end.X), min(y0, end.Y), max(y1, end.Y)
	}
	if x0 != press.Pt(left) || y0 != press.Pt(-top) || y1 < 0 || y1 > 10 {
		t.Errorf("H reaches from %d,%d to %d, want %d,%d and 0", x0, y0, y1, left, -top)
	}
	if &o.Outline(id, g.ID)[0] != &shape[0] {
		t.Error("the shape was made twice")
	}
	if o.Advance(id, g.ID) != s.Advance(id, g.ID) || o.Upem(id) != 1000 {
		t.Error("wrong measures")
	}
	if got := s.Outlines().Outline(id, s.Shape(id, 0, "en", " ")[0].ID); got != nil {
		t.Errorf("a blank has the shape %v", got)
	}
}

func TestOutlinesOfNothingAreEmpty(t *testing.T) {
	o := open(t).Outlines()
	if o.Outline("Nope", 3) != nil || o.Upem("Nope") != 1000 || o.Advance("Nope", 3) != 0 || o.Outline("DejaVuSans", 65535) != nil {
		t.Error("there is a shape")
	}
}
