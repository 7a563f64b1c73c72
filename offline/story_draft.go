package offline

import (
	"fmt"
	"slices"
	"strings"

	"quire/book"
)

// draft writes one section.
func (story) draft(in *input) string {
	w := worldOf(in)
	p := newPlanner(w)
	s := sceneAt(p.plan(sizesOf(in)), in)
	w.obey(s, in)
	t := &teller{world: w, seed: w.seed, scope: fmt.Sprint(s.ordinal, ".", s.section), scene: s}
	t.shift = max(in.task.Revision, 1) + max(in.task.Attempt, 1) - 2
	if t.shift > 0 {
		t.scope += fmt.Sprint("/", t.shift)
		p.rewrite(s, t.shift)
	}
	words := in.task.Words
	if words < 1 {
		words = s.words
	}
	return t.tell(words)
}

// sceneAt finds the scene of the section that is asked for.
func sceneAt(plan [][]*scene, in *input) *scene {
	chapter := plan[min(max(in.position.Ordinal, 1), len(plan))-1]
	return chapter[min(max(in.section, 0), len(chapter)-1)]
}

// obey lets the beat, which a person may have changed, overrule the plan.
func (w *world) obey(s *scene, in *input) {
	if in.section < 0 || in.section >= len(in.sheet.Sections) {
		return
	}
	beat := in.sheet.Sections[in.section]
	s.points = beat.Points
	for _, p := range w.places {
		if p.ID == beat.Place && s.place.ID != "house" {
			s.place = p
		}
	}
}

// told is a piece that was written out.
type told struct {
	kind string
	text string
}

// tell writes the scene in about the given words.
func (t *teller) tell(words int) string {
	s := t.scene
	points := distinctPoints(s.points)
	var parts []told
	for _, u := range t.withPoints(s, len(points)) {
		if u.piece.kind == "point" {
			t.point, points = plainPoint(points[0]), points[1:]
		}
		t.learned = t.learned || slices.Contains(s.cores, u.piece)
		parts = append(parts, told{u.piece.kind, t.part(u)})
	}
	return trim(paragraphs(spare(parts, words)), words)
}

// withPoints puts a piece for each of n points before the scene's core.
func (t *teller) withPoints(s *scene, n int) []use {
	frames := t.world.stock.kinds["point"]
	at := max(slices.IndexFunc(s.parts, func(u use) bool { return slices.Contains(s.cores, u.piece) }), 0)
	parts := slices.Clone(s.parts)
	for i := range n {
		k := s.ordinal*5 + s.section*2 + i
		parts = slices.Insert(parts, at+i, use{piece: frames[k%len(frames)], turn: k / len(frames)})
	}
	return parts
}

// plainPoint makes the maker's words fit for a line inside a sentence.
func plainPoint(p string) string {
	p = strings.Join(strings.Fields(p), " ")
	p = strings.NewReplacer("_", " ", "“", "‘", "”", "’", `"`, "’").Replace(p)
	p = strings.Map(func(r rune) rune {
		if strings.ContainsRune("*<>[]{}|`", r) {
			return -1
		}
		return r
	}, p)
	return strings.TrimRight(clip(p, 220), " .,;:")
}

// part writes one piece.
func (t *teller) part(u use) string {
	t.lines = slices.Clone(u.lines)
	return polish(t.render(u.piece.text, u.turn, u.piece.id))
}

// optional are the kinds that a scene that grew too long can do without.
var optional = wordSet("aside aside.out aside.in pause street inside think work walk meal tale")

// spare drops optional pieces, last first, while the text is too long.
func spare(parts []told, words int) []told {
	total := 0
	for _, p := range parts {
		total += book.Words(p.text)
	}
	for i := len(parts) - 2; i > 0 && total*100 > words*107; i-- {
		size := book.Words(parts[i].text)
		if optional[parts[i].kind] && (total-size)*100 >= words*90 {
			parts = slices.Delete(parts, i, i+1)
			total -= size
		}
	}
	return parts
}

// joins lists the kinds of pieces whose narration may run on in one paragraph.
var joins = map[string]bool{
	"walk aside.out": true, "walk street": true, "aside.out aside.out": true, "street aside.out": true, "aside.out street": true,
	"open walk": true, "open aside.out": true, "arrive aside.in": true, "work walk": true, "pause arrive": true, "work aside.out": true, "think think": true,
	"open work": true, "work pause": true, "walk pause": true, "aside.out pause": true, "pause pause": true, "pause aside.out": true, "aside.in aside.in": true,
	"open pause": true, "street pause": true, "pause street": true, "visit aside.in": true, "walk motif.animal": true, "meal aside.in": true, "inside aside.in": true,
}

// paragraphs joins neighbouring pieces of plain narration, so that some
// paragraphs grow long beside the short ones of the talk.
func paragraphs(parts []told) []string {
	var out []string
	for i, p := range parts {
		plain := i > 0 && !strings.ContainsAny(parts[i-1].text+p.text, "“\n")
		if plain && joins[parts[i-1].kind+" "+p.kind] && book.Words(out[len(out)-1]) < 150 {
			out[len(out)-1] += " " + p.text
			continue
		}
		out = append(out, strings.Split(p.text, "\n\n")...)
	}
	return out
}

// trim drops paragraphs before the last while the text has over a ninth more
// than the given words, and then sentences of the last.
func trim(paragraphs []string, words int) string {
	long := func(text string) bool { return book.Words(text)*100 > words*111 }
	for len(paragraphs) > 1 && long(strings.Join(paragraphs, " ")) {
		cut := max(len(paragraphs)-2, 0)
		if len(paragraphs) <= 2 {
			cut = 1
		}
		paragraphs = slices.Delete(paragraphs, cut, cut+1)
	}
	text := strings.Join(paragraphs, "\n\n")
	for long(text) {
		i := strings.LastIndex(strings.TrimRight(text, ".”’!?"), ". ")
		if i < 0 {
			return text
		}
		text = text[:i+1]
	}
	return text
}
