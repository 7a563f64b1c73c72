package layout

import (
	"strings"
	"unicode"

	"quire/press"
)

// columns decides how wide the columns are: what they need, else a fair share
// of what there is, but not less than their longest word. It returns what the
// words need.
func (z *tableSetter) columns() []press.Pt {
	n := len(z.t.Align)
	need, least := make([]press.Pt, n), make([]press.Pt, n)
	z.measureCells(need, least)
	z.decimals(need, least)
	z.gap = cellGap
	room := z.f.width - cellGap*press.Pt(n)
	if total(need) > room {
		z.gap = max(cellEscape, min(cellGap, z.f.width/press.Pt(4*n)))
		room = z.f.width - z.gap*press.Pt(n)
	}
	z.widths = share(need, least, room)
	if rest := room - total(z.widths); z.form && rest > 0 { // room to write in
		for i := range z.widths {
			z.widths[i] += rest / press.Pt(n)
		}
	}
	z.wide = total(z.widths) + z.gap*press.Pt(n)
	z.x = z.f.x + (z.f.width-z.wide)/2
	return least
}

// measureCells finds what the cells of each column need: in one line, and for
// their longest word. What a cell over several columns needs more than these
// is added to its last one.
func (z *tableSetter) measureCells(need, least []press.Pt) {
	type wide struct {
		from, to   int
		line, word press.Pt
	}
	var wides []wide
	for k := -1; k < len(z.t.Rows); k++ {
		row, st := z.t.Head, z.headStyle()
		if k >= 0 {
			row, st = z.t.Rows[k], z.style
		}
		for i, c := range row[:min(len(row), len(need))] {
			if c.Covered {
				continue
			}
			line, word := z.extent(c, st)
			if span := z.colSpan(c, i); span > 1 {
				wides = append(wides, wide{i, i + span, line, word})
				continue
			}
			need[i], least[i] = max(need[i], line), max(least[i], word)
		}
	}
	for _, w := range wides {
		gaps := press.Pt(w.to-w.from-1) * cellEscape
		need[w.to-1] += max(w.line-gaps-total(need[w.from:w.to]), 0)
		least[w.to-1] += max(w.word-gaps-total(least[w.from:w.to]), 0)
	}
}

// colSpan returns how many columns the cell of column i takes.
func (z *tableSetter) colSpan(c press.Cell, i int) int {
	return max(1, min(c.ColSpan, len(z.t.Align)-i))
}

// extent returns the width of a cell's text in one line, and of its longest
// word.
func (z *tableSetter) extent(c press.Cell, st style) (line, longest press.Pt) {
	if len(c.Text) == 0 {
		return 0, 0
	}
	items := (&itemizer{s: z.s, ragged: true}).items(z.s.measured(c.Text, st), 0)
	var word, all press.Pt
	tied := false // no line ends at the next glue
	for i := range items {
		it := &items[i]
		if it.stretch >= fill {
			continue
		}
		if it.kind == penalty && it.penalty <= always {
			line, all = max(line, all), 0
		}
		if it.kind != penalty {
			all += it.width
		}
		switch {
		case it.kind == box, it.kind == glue && tied:
			word += it.width
			longest = max(longest, word)
		case it.kind == glue, it.penalty < never:
			word = 0
		}
		tied = it.kind == penalty && it.penalty >= never
	}
	return max(line, all) + press.Point/16, longest + press.Point/16
}

// measured is like spans, for measuring only: no nodes, notes or links.
func (s *setter) measured(text []press.Inline, st style) []span {
	var out []span
	for _, in := range text {
		inner := st
		switch t := in.(type) {
		case *press.Text:
			out = append(out, span{text: t.Value, style: st})
		case *press.CodeSpan:
			out = append(out, span{text: t.Value, style: s.codeStyle(st)})
		case *press.LineBreak:
			out = append(out, span{style: st, end: true})
		case *press.Math:
			out = append(out, s.inlineMath(t, st, &press.Node{})...)
		case *press.NoteRef:
			out = append(out, span{text: "00", style: s.raised(st, "00")})
		case *press.Emph:
			inner = emphasised(st)
		case *press.Strong:
			inner.face = st.face.Bolder()
		}
		out = append(out, s.measured(press.Inside(in), inner)...)
	}
	return out
}

// decimals finds the columns of numbers that stand on their decimal signs, and
// how much room is needed behind these.
func (z *tableSetter) decimals(need, least []press.Pt) {
	z.tails = make([]press.Pt, len(need))
	sign := decimalSign(z.s.doc.Lang)
	for i, a := range z.t.Align {
		if a != press.AlignRight {
			continue
		}
		var front, tail press.Pt
		numbers := true
		for _, row := range z.t.Rows {
			if i >= len(row) || row[i].Covered {
				continue
			}
			text := strings.TrimSpace(press.Plain(row[i].Text))
			if numbers = isNumber(text) && row[i].ColSpan < 2; !numbers {
				break
			}
			whole, rest := cutNumber(text, sign)
			front, tail = max(front, z.s.textWidth(whole, z.style)), max(tail, z.s.textWidth(rest, z.style))
		}
		if numbers && tail > 0 {
			z.tails[i] = tail
			need[i], least[i] = max(need[i], front+tail+press.Point/8), max(least[i], front+tail+press.Point/8)
		}
	}
}

// decimalSign is what a language writes before tenths.
func decimalSign(lang string) string {
	switch press.BaseLanguage(lang) {
	case "en", "ga", "cy", "th", "zh", "ja", "ko", "he", "hi":
		return "."
	}
	return ","
}

// isNumber reports whether a cell holds a number, with a sign or a unit of one
// letter perhaps, or nothing.
func isNumber(text string) bool {
	letters := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r), strings.ContainsRune(".,+-−–±% \u00a0\u202f’'()$€£", r):
		default:
			letters++
		}
	}
	return letters == 0
}

// cutNumber cuts a number before its decimal sign.
func cutNumber(text, sign string) (whole, rest string) {
	if at := strings.LastIndex(text, sign); at >= 0 {
		return text[:at], text[at:]
	}
	digits := strings.LastIndexFunc(text, unicode.IsDigit)
	if digits < 0 {
		return text, ""
	}
	return text[:digits+1], text[digits+1:]
}

// total adds lengths.
func total(list []press.Pt) press.Pt {
	var t press.Pt
	for _, v := range list {
		t += v
	}
	return t
}

// share gives every column its need if there is room. Otherwise columns that
// need less than an even part get their need, and the others share the rest,
// each at least its longest word; when even the words do not fit, they are cut.
func share(need, least []press.Pt, room press.Pt) []press.Pt {
	out := make([]press.Pt, len(need))
	if total(least) > room {
		return share(least, out, room)
	}
	open := make([]int, len(need))
	for i := range open {
		open[i] = i
	}
	for {
		part := room / press.Pt(max(len(open), 1))
		var wide []int
		var granted, words press.Pt
		for _, i := range open {
			if need[i] <= part {
				granted += need[i]
				continue
			}
			wide = append(wide, i)
			words += least[i]
		}
		if granted == 0 || room-granted < words {
			break
		}
		for _, i := range open {
			if need[i] <= part {
				out[i] = need[i]
			}
		}
		room, open = room-granted, wide
	}
	return shareRest(out, need, least, open, room)
}

// shareRest shares room among the open columns by their need.
func shareRest(out, need, least []press.Pt, open []int, room press.Pt) []press.Pt {
	var all, words press.Pt
	for _, i := range open {
		all, words = all+need[i]-least[i], words+least[i]
	}
	for _, i := range open {
		out[i] = least[i] + max(room-words, 0).Scale(int64(need[i]-least[i]), max(int64(all), 1))
	}
	return out
}
