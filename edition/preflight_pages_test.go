package edition_test

import (
	"context"
	"testing"

	"quire/edition"
	"quire/press"
)

// laid is a typesetter whose pages are given.
type laid struct{ pages *press.Pages }

func (l laid) Typeset(context.Context, *press.Document, press.Options) (*press.Pages, error) {
	return l.pages, nil
}

// lineAt is a line of one letter, at a place in thousandths of an inch.
func lineAt(left, width, y int) *press.Line {
	in := func(n int) press.Pt { return press.Inch * press.Pt(n) / 1000 }
	return &press.Line{X: in(left), Y: in(y), Width: in(width), Runs: []press.Run{{Font: "EBGaramond12-Regular", Size: 10 * press.Point, X: in(left), Y: in(y), Stretch: 65536,
		Glyphs: []press.Glyph{{ID: 1, Text: "a"}, {ID: 1, X: in(width), Text: "b"}}}}}
}

// sheets are n pages of 6 × 9 inches with one line each, and with ops on the
// page at a place.
func sheets(n, at int, ops ...press.Op) *press.Pages {
	p := &press.Pages{Trim: press.Trim{Width: 6 * press.Inch, Height: 9 * press.Inch}, Lang: "en", Tree: &press.Node{Role: press.RoleDocument}}
	for i := range n {
		page := press.Page{Ops: []press.Op{lineAt(1000, 4000, 4000)}}
		if i == at {
			page.Ops = append(page.Ops, ops...)
		}
		p.List = append(p.List, page)
	}
	return p
}

// box is a filled rectangle, in thousandths of an inch.
func box(x, y, w, h int) *press.Path {
	in := func(n int) press.Pt { return press.Inch * press.Pt(n) / 1000 }
	return (&press.Rule{X: in(x), Y: in(y), W: in(w), H: in(h)}).Path()
}

func TestPagesAreMeasured(t *testing.T) {
	inner := &press.Group{Ops: []press.Op{box(-100, -100, 7000, 10000)}, Clip: []press.Clip{{Segments: box(1000, 1000, 1000, 1000).Segments}}}
	stuck := lineAt(1000, 4000, 5000)
	stuck.Over = 3 * press.Point
	bleeding := sheets(40, 0, box(-125, -125, 6250, 9250))
	bleeding.Bleed = press.Inch / 8
	short := sheets(40, 0, box(0, 1000, 3000, 3000))
	short.Bleed = press.Inch / 8
	near := sheets(40, 0, lineAt(1000, 4700, 5000))
	near.Bleed = press.Inch / 8
	own := presses(t)
	for name, tt := range map[string]struct {
		pages *press.Pages
		want  string
	}{
		"a right page's inside":     {sheets(40, 2, lineAt(300, 4000, 4000)), "error pages.inside 0.30 in from the binding; 40 pages need 0.38 in"},
		"a left page's inside":      {sheets(40, 1, lineAt(1700, 4000, 4000)), "error pages.inside 0.30 in from the binding"},
		"151 pages":                 {sheets(151, 2, lineAt(400, 4000, 4000)), "error pages.inside 151 pages need 0.50 in"},
		"301 pages":                 {sheets(301, 2, lineAt(510, 4000, 4000)), "error pages.inside 301 pages need 0.63 in"},
		"501 pages":                 {sheets(501, 2, lineAt(640, 4000, 4000)), "error pages.inside 501 pages need 0.75 in"},
		"701 pages":                 {sheets(701, 2, lineAt(760, 4000, 4000)), "error pages.inside 701 pages need 0.88 in"},
		"829 pages":                 {sheets(829, 0), "error pages.many 829 pages"},
		"150 pages are right":       {sheets(150, 2, lineAt(376, 4000, 4000)), "ok pages.inside 0.38 in from the binding; 150 pages need 0.38 in"},
		"the outer cut":             {sheets(40, 2, lineAt(1000, 4800, 4000)), "error pages.outside 0.20 in from the outer cut; printers ask for 0.25 in"},
		"the upper cut":             {sheets(40, 2, lineAt(1000, 4000, 200)), "error pages.outside upper cut"},
		"the lower cut":             {sheets(40, 2, lineAt(1000, 4000, 8900)), "error pages.outside 0.10 in from the lower cut"},
		"the cut in a bleeding one": {near, "error pages.outside printers ask for 0.38 in"},
		"a box at the cut":          {sheets(40, 2, box(0, 0, 1000, 1000)), "error pages.bleed no bleed"},
		"a box that bleeds":         {bleeding, "ok pages.bleed nothing reaches"},
		"a box that ends at it":     {short, "error pages.bleed instead of reaching over it"},
		"a box that is cut inside":  {sheets(40, 2, inner), "ok pages.bleed nothing reaches"},
		"a line that sticks out":    {sheets(40, 2, stuck), "warning pages.overfull by 3 pt"},
	} {
		t.Run(name, func(t *testing.T) {
			m := &edition.Maker{Pages: laid{tt.pages}, Outputs: own.Outputs}
			b := sound(t)
			b.Chapters = b.Chapters[1:2]
			p, err := m.PreflightManuscript(t.Context(), b, nil, edition.Looks{}, "")
			if err != nil || !says(p, tt.want) {
				t.Errorf("%v, want %q, found %+v", err, tt.want, p.Findings)
			}
		})
	}
}
