package intake

import (
	"strings"
	"unicode"
)

// tidy puts a text into the form that is written: one blank for white space and
// none at the ends, neighbours joined, nothing empty, marks that begin and end
// with a word.
func tidy(list []inline) []inline {
	t := tidier{blank: true}
	return trimEnds(joinTexts(t.list(list)))
}

// tidier walks over a text. Blank says that nothing, or white space, stands
// before.
type tidier struct{ blank bool }

// list tidies a list.
func (t *tidier) list(list []inline) []inline {
	var out []inline
	for _, in := range list {
		switch k := in.(type) {
		case phrase:
			if s := t.collapse(string(k)); s != "" {
				out = append(out, phrase(s))
			}
			continue
		case newline:
			t.blank = true
			out = trimRight(out)
		case *marked:
			out = t.mark(out, k)
			continue
		case *link:
			out = t.link(out, k)
			continue
		case anchor:
		case typed:
			if k == "" {
				continue
			}
			t.blank = false
		default:
			t.blank = false
		}
		out = append(out, in)
	}
	return out
}

// collapse makes white space one blank; blanks that do not break stay.
func (t *tidier) collapse(s string) string {
	var b strings.Builder
	for _, r := range shown(s) {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !t.blank {
				b.WriteByte(' ')
			}
			t.blank = true
			continue
		}
		t.blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// mark tidies what a mark holds; blanks at its ends go outside, and neighbours
// with the same mark become one, also over a blank.
func (t *tidier) mark(out []inline, m *marked) []inline {
	lead, inner, tail := cutBlanks(t.list(m.text))
	out = append(out, lead...)
	if len(inner) == 0 {
		return append(out, tail...)
	}
	if before, blank := lastMark(out); before != nil && before.style == m.style {
		if blank != "" {
			out = out[:len(out)-1]
			before.text = append(before.text, blank)
		}
		before.text = append(before.text, inner...)
		return append(out, tail...)
	}
	return append(append(out, &marked{m.style, inner}), tail...)
}

// lastMark is the mark that a text ends with, and the blank behind it. Marks
// are the tidier's own at this point, so they may grow.
func lastMark(out []inline) (*marked, phrase) {
	n := len(out)
	if n == 0 {
		return nil, ""
	}
	blank, ok := out[n-1].(phrase)
	if ok && (blank != " " || n == 1) {
		return nil, ""
	}
	if ok {
		n--
	}
	before, _ := out[n-1].(*marked)
	return before, blank
}

// link tidies a link in the same way.
func (t *tidier) link(out []inline, l *link) []inline {
	lead, inner, tail := cutBlanks(t.list(l.text))
	out = append(out, lead...)
	if len(inner) > 0 {
		out = append(out, &link{l.url, l.key, inner, l.page})
	}
	return append(out, tail...)
}

// joinTexts joins neighbouring texts, in marks and links too, in a time that
// grows with their length only.
func joinTexts(list []inline) []inline {
	out := make([]inline, 0, len(list))
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, phrase(b.String()))
			b.Reset()
		}
	}
	for _, in := range list {
		switch t := in.(type) {
		case phrase:
			b.WriteString(string(t))
			continue
		case *marked:
			t.text = joinTexts(t.text)
		case *link:
			t.text = joinTexts(t.text)
		}
		flush()
		out = append(out, in)
	}
	flush()
	return out
}

// trimRight takes the blank off the end of a text.
func trimRight(list []inline) []inline {
	n := len(list)
	if n == 0 {
		return list
	}
	s, ok := list[n-1].(phrase)
	if !ok {
		return list
	}
	if s = phrase(strings.TrimRight(string(s), " ")); s == "" {
		return list[:n-1]
	}
	list[n-1] = s
	return list
}

// cutBlanks takes blanks, line ends and anchors off both ends of a text. Blanks
// that do not break count here: an emphasis can begin with none of them.
func cutBlanks(list []inline) (lead, inner, tail []inline) {
	start, end := 0, len(list)
	for start < end {
		s, ok := list[start].(phrase)
		if !ok && !edge(list[start]) {
			break
		}
		cut := strings.TrimLeftFunc(string(s), unicode.IsSpace)
		if ok && cut != "" {
			if len(cut) < len(s) {
				lead = append(lead, s[:len(s)-len(cut)])
				list = append([]inline{}, list...)
				list[start] = phrase(cut)
			}
			break
		}
		lead = append(lead, list[start])
		start++
	}
	for end > start {
		s, ok := list[end-1].(phrase)
		if !ok && !edge(list[end-1]) {
			break
		}
		cut := strings.TrimRightFunc(string(s), unicode.IsSpace)
		if ok && cut != "" {
			if len(cut) < len(s) {
				tail = append([]inline{s[len(cut):]}, tail...)
				list = append([]inline{}, list...)
				list[end-1] = phrase(cut)
			}
			break
		}
		tail = append([]inline{list[end-1]}, tail...)
		end--
	}
	return lead, list[start:end], tail
}

// edge reports inlines that belong outside of a mark when they stand at its end.
func edge(in inline) bool {
	switch in.(type) {
	case newline, anchor:
		return true
	}
	return false
}
