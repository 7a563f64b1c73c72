package figure

import (
	"strings"
	"unicode"
)

// softHyphen is where a word may be divided.
const softHyphen = "\u00ad"

// fit sets a text in lines of a width: smaller in steps if it needs more lines
// than most or a word is too long. At the least size it takes what it needs.
func (c *canvas) fit(say string, f face, width dot, most int) ([]string, face) {
	for size := f.size; size > leastText; size -= 50 {
		g := f.sized(size)
		if lines, whole := c.broken(say, g, width); whole && len(lines) <= most {
			return lines, g
		}
	}
	f = f.sized(leastText)
	lines, _ := c.broken(say, f, width)
	return lines, f
}

// block is a text in lines.
type block struct {
	lines []string
	f     face
	w     dot // if anybody asked
}

// high is how high a block is.
func (b *block) high() dot { return b.f.high(len(b.lines)) }

// fitAll sets texts that belong together in one size, the one that the longest
// of them needs. Texts of face number i may be bold.
func (c *canvas) fitAll(texts []string, f func(i int) face, width dot, most int) []block {
	out := make([]block, len(texts))
	least := dot(1 << 30)
	for i, say := range texts {
		_, g := c.fit(say, f(i), width, most)
		least = min(least, g.size)
	}
	for i, say := range texts {
		g := f(i).sized(least)
		out[i] = block{lines: c.wrap(say, g, width), f: g}
	}
	return out
}

// same is the same face for all of some texts.
func same(f face) func(int) face { return func(int) face { return f } }

// wrap sets a text in lines of a width.
func (c *canvas) wrap(say string, f face, width dot) []string {
	lines, _ := c.broken(say, f, width)
	return lines
}

// broken sets a text in lines and reports whether all words stayed whole.
func (c *canvas) broken(say string, f face, width dot) (lines []string, whole bool) {
	whole = true
	line := ""
	for _, word := range strings.Split(say, " ") {
		if word == "" {
			continue
		}
		if joined := strings.TrimSpace(line + " " + bare(word)); c.wide(joined, f) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = bare(word)
		if c.wide(line, f) > width {
			var parts []string
			parts, soft := c.divided(word, f, width)
			whole = whole && soft
			lines = append(lines, parts[:len(parts)-1]...)
			line = parts[len(parts)-1]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines, whole
}

// bare is a word without the places where it may be divided.
func bare(word string) string { return strings.ReplaceAll(word, softHyphen, "") }

// divided cuts a word that is wider than a line: at its hyphens, soft or hard,
// else where the line ends. It reports whether hyphens were enough.
func (c *canvas) divided(word string, f face, width dot) (parts []string, soft bool) {
	soft = true
	rest := []rune(word)
	for c.wide(bare(string(rest)), f) > width && len(rest) > 1 {
		hard, good := 1, 0
		for i := 1; i < len(rest); i++ {
			if c.wide(shown(rest[:i], rest[i]), f) > width {
				break
			}
			if !unicode.Is(unicode.M, rest[i]) && rest[i] != 0x200d && rest[i-1] != 0x200d {
				hard = i
			}
			if i > 1 && (rest[i] == 0xad || rest[i-1] == '-' || rest[i-1] == '/' || rest[i-1] == '–') {
				good = i
			}
		}
		if good == 0 {
			good, soft = hard, false
		}
		parts = append(parts, shown(rest[:good], rest[good]))
		rest = rest[good:]
	}
	return append(parts, bare(string(rest))), soft
}

// shown is the first part of a divided word, with a hyphen where its script
// has one.
func shown(part []rune, next rune) string {
	text := bare(string(part))
	last := part[len(part)-1]
	if last == '-' || last == '/' || last == '–' || !unicode.In(last, unicode.Latin, unicode.Greek, unicode.Cyrillic) && next != 0xad {
		return text
	}
	return text + "-"
}

// widestLine is the widest of texts that are set in one line each.
func (c *canvas) widestLine(f face, list ...string) dot {
	most := dot(0)
	for _, say := range list {
		most = max(most, c.wide(bare(say), f))
	}
	return most
}
