package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// heading of a chapter, taken off its blocks.
type chapterHead struct {
	title    string // without its numbering
	full     string // with it
	numbered bool   // the numbering is one in words: Chapter 7
	number   int    // of a numbering without words; 0 if none
	bareRest string // the title without that
	level    int    // of the title among the section titles; 0 if it stands in none
	keys     []string
	rest     []block
}

// numbering is what a title says about its number.
type numbering struct {
	word   bool // says chapter and a number
	number int  // says a number alone, in front
	rest   string
}

// chapterWords are chapter in many languages; the number stands behind.
//
//nolint:misspell // they are no English
const chapterWords = `chapter|chap\.|ch\.|kapitel|kap\.|chapitre|capítulo|capitulo|capitolo|hoofdstuk|rozdział|kapitola|kapittel|kafli|luku|глава|розділ|раздзел|` +
	`поглавље|poglavlje|poglavje|capitolul|caput|bölüm|κεφάλαιο|capítol|ĉapitro`

// numberWords are numbers, in figures, Roman numerals or words.
const numberWords = `\d{1,4}|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen` +
	`|twenty|thirty|forty|fifty|(?:twenty|thirty|forty|fifty)[- ](?:one|two|three|four|five|six|seven|eight|nine)` +
	`|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|premier|première|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|primero`

var (
	wordNumber   = lazy(`(?i)^(?:` + chapterWords + `)\s*(?:` + numberWords + `)(?:\s*[:.)|–—-]+\s*(.*)|\s+(.+))?$`)
	numberBefore = lazy(`(?i)^(?:\d{1,4}\.\s*(?:fejezet|peatükk|nodaļa|skyrius|kapitulua|bölüm|luku)|第\s*[0-9一二三四五六七八九十百]+\s*[章回話])\s*[:.–—-]?\s*(.*)$`)
	figureNumber = regexp.MustCompile(`^(\d{1,4})(?:\s*[.:)|–—-]+\s*(.*)|\s+(\D.*))?$`)
	romanNumber  = regexp.MustCompile(`^([IVXLC]{1,7})(?:\s*[.:)|–—-]+\s*(.*))?$`)
)

// splitLabel takes the numbering off a title.
func splitLabel(title string) numbering {
	if m := wordNumber().FindStringSubmatch(title); m != nil {
		return numbering{word: true, rest: m[1] + m[2]}
	}
	if m := numberBefore().FindStringSubmatch(title); m != nil {
		return numbering{word: true, rest: m[1]}
	}
	if m := figureNumber.FindStringSubmatch(title); m != nil {
		n, err := strconv.Atoi(m[1])
		if err == nil && n < 1000 {
			return numbering{number: n, rest: m[2] + m[3]}
		}
	}
	if m := romanNumber.FindStringSubmatch(title); m != nil {
		if n := roman(m[1]); n > 0 {
			return numbering{number: n, rest: m[2]}
		}
	}
	return numbering{rest: title}
}

var romanDigits = map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}

// roman reads a Roman numeral, 0 for what is none.
func roman(s string) int {
	n, before := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := romanDigits[s[i]]
		if v < before {
			v = -v
		} else {
			before = v
		}
		n += v
	}
	return max(n, 0)
}

// takeTitle takes the title off the head of a chapter's blocks: the first
// section's, which pictures and short lines may stand before, else what the
// contents call it.
func takeTitle(blocks []block, entry *tocEntry) chapterHead {
	h := chapterHead{}
	at, label := titleAt(blocks)
	if at < 0 {
		return titleOfEntry(blocks, entry)
	}
	s, _ := blocks[at].(*section)
	h.level, h.full = s.level, plainOf(s.text)
	h.keys = append(keysIn(blocks[:at+1]), keysOf(s.text)...)
	h.rest = append(h.rest, blocks[:at]...)
	if label >= 0 { // the line above the title is its number
		h.rest = append(append([]block{}, blocks[:label]...), blocks[label+1:at]...)
		h.numbered = true
	}
	rest := blocks[at+1:]
	h.takeNumber(s, rest, entry)
	if h.joins(rest) {
		rest = rest[1:]
	}
	h.rest = append(h.rest, rest...)
	if n := notesOf(s.text); len(n) > 0 { // of a title, which holds plain words
		h.rest = append([]block{&paragraph{text: n}}, h.rest...)
	}
	return h
}

// notesOf are the notes' marks in a text.
func notesOf(list []inline) []inline {
	var out []inline
	eachInline(list, func(in inline) {
		if m, ok := in.(noteMark); ok {
			out = append(out, m)
		}
	})
	return out
}

// titleAt is where the title stands, -1 if there is none near the head, and
// where a line with its number stands above it, -1 if none.
func titleAt(blocks []block) (title, label int) {
	label = -1
	for i, b := range blocks[:min(len(blocks), 4)] {
		switch t := b.(type) {
		case *section:
			return i, label
		case *picture, *pause:
		case *paragraph:
			s := plainOf(t.text)
			if l := splitLabel(s); (l.word || l.number > 0) && l.rest == "" {
				label = i
			} else if len(s) > 60 {
				return -1, -1
			}
		default:
			return -1, -1
		}
	}
	return -1, -1
}

// takeNumber takes the numbering off the title. Where the title is nothing else,
// the next title or the contents may have more.
func (h *chapterHead) takeNumber(s *section, rest []block, entry *tocEntry) {
	h.title = h.full
	if s.label != "" {
		h.numbered = true
		return
	}
	l := splitLabel(h.full)
	if l.rest == "" && (l.word || l.number > 0) {
		if next, ok := head(rest).(*section); ok && !isNumber(plainOf(next.text)) {
			l.rest = plainOf(next.text)
			h.keys = append(h.keys, next.keys...)
		} else if entry != nil && splitLabel(entry.label).rest != "" {
			l.rest = splitLabel(entry.label).rest
		}
	}
	h.numbered = h.numbered || l.word
	switch {
	case l.word:
		h.title = first(l.rest, h.full)
	case l.number > 0:
		h.number, h.bareRest = l.number, l.rest
	}
}

// joins reports whether the section behind the title gave it its words.
func (h *chapterHead) joins(rest []block) bool {
	next, ok := head(rest).(*section)
	l := splitLabel(h.full)
	return ok && l.rest == "" && (l.word || l.number > 0) && plainOf(next.text) == first(h.bareRest, h.title)
}

// isNumber reports whether a text is nothing but a numbering.
func isNumber(s string) bool {
	l := splitLabel(s)
	return (l.word || l.number > 0) && l.rest == ""
}

// head is the first block, nil if there is none.
func head(blocks []block) block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
}

// titleOfEntry is the title that the contents give. A first line that says the
// same goes.
func titleOfEntry(blocks []block, entry *tocEntry) chapterHead {
	h := chapterHead{rest: blocks}
	if len(blocks) > 0 {
		h.keys = blocks[0].where().keys
	}
	if entry == nil {
		return h
	}
	h.full = oneLine(entry.label)
	h.title = h.full
	switch l := splitLabel(h.full); {
	case l.word:
		h.numbered, h.title = true, first(l.rest, h.full)
	case l.number > 0:
		h.number, h.bareRest = l.number, l.rest
	}
	for range 2 {
		p, ok := head(h.rest).(*paragraph)
		if !ok {
			break
		}
		s := plainOf(p.text)
		if !strings.EqualFold(s, h.full) && !strings.EqualFold(s, h.title) && !(h.numbered && isNumber(s)) {
			break
		}
		h.keys = append(h.keys, append(p.keys, keysOf(p.text)...)...)
		h.rest = h.rest[1:]
	}
	return h
}

// levelled moves the titles of sections so that those below a title of the level
// have level 2.
func levelled(blocks []block, level int) []block {
	eachBlock(blocks, func(b block) {
		if s, ok := b.(*section); ok {
			s.level = min(max(s.level-max(level, 1)+1, 2), 6)
		}
	})
	return blocks
}
