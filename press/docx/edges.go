package docx

// edge is what text must know of the style of its paragraph.
type edge struct {
	left, right int
	slanted     bool
	tracked     bool // has letterspace
}

// edges returns the indents of a style, and how its letters look.
func (b *binder) edges(style string) edge { return b.look.edge[style] }

// joined takes the letterspace off a text whose letters join.
func (b *binder) joined(run *runProps, style, text string) {
	if rtl, _ := runsLeft(text); rtl && b.edges(style).tracked {
		run.track = zero
	}
}

// findEdges collects the edges of all styles; one that is based on another has
// that one's where it says nothing.
func (l *look) findEdges(lists ...[]style) {
	l.edge = map[string]edge{}
	for _, list := range lists {
		for i := range list {
			s := &list[i]
			e := l.edge[s.based]
			if s.para.left != 0 {
				e.left = amount(s.para.left)
			}
			if s.para.right != 0 {
				e.right = amount(s.para.right)
			}
			if s.run.italic != 0 {
				e.slanted = s.run.italic == 1
			}
			e.tracked = e.tracked || s.run.track != 0
			l.edge[s.id] = e
		}
	}
}
