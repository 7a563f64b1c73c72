package offline

// changeable are the kinds of pieces that a rewriting may exchange: what
// happens in a scene stays.
var changeable = wordSet("open close work walk street aside aside.out aside.in pause arrive visit inside meal tale talk report think")

// rewrite gives a scene that is written again other pieces, as far as the stock
// has some that no section of the book uses; take counts the rewritings.
func (p *planner) rewrite(s *scene, take int) {
	r := chance(p.seed, "again", s.ordinal, s.section, take)
	for _, piece := range p.stock.pieces {
		p.order[piece.id] = r.Uint64()
	}
	s.busy = false
	for i, u := range s.parts {
		if changeable[u.piece.kind] {
			if other, ok := p.fresh(s, u.piece); ok {
				s.parts[i] = other
			}
		}
		s.busy = s.busy || names(s.parts[i].piece, "q")
	}
}

// fresh takes a piece of the same kind and about the same length that the book
// does not use, if there is one.
func (p *planner) fresh(s *scene, old *piece) (use, bool) {
	var best *piece
	for _, c := range p.stock.kinds[old.kind] {
		near := c.words*2 >= old.words && c.words*2 <= old.words*3+20
		if near && p.uses[c.id] == 0 && p.before(c, best) && p.suits(s, c) {
			best = c
		}
	}
	if best == nil {
		return use{}, false
	}
	return p.take(s, best), true
}
