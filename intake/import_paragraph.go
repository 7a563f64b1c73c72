package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraphs makes blocks of a run of text: pictures in it follow on it, two
// line ends divide it, signs alone are a pause. A picture of a letter or two is
// that letter. It returns nothing for a run without words.
func paragraphs(list []inline) []block {
	list = tidy(lettered(list))
	if len(list) == 0 {
		return nil
	}
	var out []block
	for _, part := range divided(list) {
		part, pictures := withoutPictures(part)
		if display := loneFormula(part); display != nil {
			out = append(out, &equation{spot{keys: keysOf(part)}, display.source})
		} else if isPause(part) && len(pictures) == 0 {
			out = append(out, &pause{spot{keys: keysOf(part)}})
		} else if says(part) {
			out = append(out, &paragraph{text: part})
		} else if len(pictures) > 0 {
			pictures[0].keys = append(pictures[0].keys, keysOf(part)...)
		} else if keys := keysOf(part); len(keys) > 0 {
			out = append(out, &paragraph{spot: spot{keys: keys}})
		}
		for _, p := range pictures {
			out = append(out, p)
		}
	}
	return out
}

// says reports whether there is anything in a text that must be kept.
func says(list []inline) bool {
	found := false
	eachInline(list, func(in inline) {
		switch t := in.(type) {
		case phrase:
			found = found || strings.TrimFunc(string(t), unicode.IsSpace) != ""
		case typed:
			found = found || strings.TrimSpace(string(t)) != ""
		case noteMark, formula:
			found = true
		}
	})
	return found
}

// keysOf are the anchors in a text.
func keysOf(list []inline) []string {
	var keys []string
	eachInline(list, func(in inline) {
		if a, ok := in.(anchor); ok {
			keys = append(keys, string(a))
		}
	})
	return keys
}

// loneFormula is the displayed formula that is all of a text, nil if there is
// more.
func loneFormula(list []inline) *formula {
	var found *formula
	for _, in := range list {
		switch t := in.(type) {
		case anchor:
		case formula:
			if found != nil || !t.display {
				return nil
			}
			found = &t
		default:
			return nil
		}
	}
	return found
}

// divided cuts a text where two line ends or more stand together.
func divided(list []inline) [][]inline {
	var out [][]inline
	var now []inline
	ends := 0
	flush := func() {
		if _, inner, _ := cutBlanks(now); len(inner) > 0 || len(keysOf(now)) > 0 {
			out = append(out, trimEnds(now))
		}
		now = nil
	}
	for _, in := range list {
		switch t := in.(type) {
		case newline:
			if ends++; ends == 2 {
				flush()
			}
		case phrase:
			if strings.TrimSpace(string(t)) != "" {
				ends = 0
			}
		case anchor:
		default:
			ends = 0
		}
		if ends < 2 {
			now = append(now, in)
		}
	}
	flush()
	return out
}

// trimEnds takes line ends and blanks off both ends of a text; anchors stay.
func trimEnds(list []inline) []inline {
	lead, inner, tail := cutBlanks(list)
	var keys []inline
	for _, in := range append(lead, tail...) {
		if _, ok := in.(anchor); ok {
			keys = append(keys, in)
		}
	}
	return append(keys, inner...)
}

// pauseSigns are what stands between scenes in many books.
const pauseSigns = "*•·◦⁂⁎⁑✱✲✳✴✵✶✷✸✹❦❧☙❖◆◇○●□■♦~#_=—–-−✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋ \u00a0\u2003\u2002"

// isPause reports whether a text is nothing but signs that divide scenes.
func isPause(list []inline) bool {
	s := plainOf(list)
	if s == "" || utf8.RuneCountInString(s) > 30 || strings.Trim(s, pauseSigns) != "" {
		return false
	}
	for _, in := range list {
		switch in.(type) {
		case noteMark, formula, typed:
			return false
		}
	}
	return strings.Trim(s, "—–-−_=") == "" && utf8.RuneCountInString(s) >= 3 || strings.Trim(s, "—–-−_= ") != ""
}

// withoutPictures takes the pictures out of a text and returns them.
func withoutPictures(list []inline) ([]inline, []*picture) {
	var found []*picture
	eachInline(list, func(in inline) {
		if p, ok := in.(pictured); ok {
			found = append(found, p.picture)
		}
	})
	if len(found) == 0 {
		return list, nil
	}
	return tidy(cutPictures(list)), found
}

// cutPictures takes the pictures out of a text.
func cutPictures(list []inline) []inline {
	out := make([]inline, 0, len(list))
	for _, in := range list {
		switch t := in.(type) {
		case pictured:
			in = phrase(" ")
		case *marked:
			in = &marked{t.style, cutPictures(t.text)}
		case *link:
			in = &link{t.url, t.key, cutPictures(t.text), t.page}
		}
		out = append(out, in)
	}
	return out
}

// lettered puts letters in the place of pictures of letters: large initials,
// rare characters.
func lettered(list []inline) []inline {
	if !says(list) {
		return list
	}
	out := make([]inline, len(list))
	for i, in := range list {
		out[i] = in
		switch t := in.(type) {
		case pictured:
			alt := strings.TrimSpace(t.picture.alt)
			if r, _ := utf8.DecodeRuneInString(alt); alt != "" && utf8.RuneCountInString(alt) <= 2 && !unicode.IsSpace(r) {
				out[i] = phrase(alt)
			}
		case *marked:
			out[i] = &marked{t.style, lettered(t.text)}
		}
	}
	return out
}
