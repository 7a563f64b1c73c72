package intake

import (
	"regexp"
	"strings"

	"quire/book"
)

var hashes = regexp.MustCompile(`^(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$`)

// heading returns the level and title of a Markdown heading; level 0 is none.
func (l line) heading() (int, string) {
	if l.indent > 3 || l.mark != noMark {
		return 0, ""
	}
	m := hashes.FindStringSubmatch(l.text)
	if m == nil {
		return 0, ""
	}
	return len(m[1]), m[2]
}

func (l line) fence() bool {
	return strings.HasPrefix(l.text, "```") || strings.HasPrefix(l.text, "~~~")
}

func hasHeadings(lines []line) bool {
	for _, l := range lines {
		if level, _ := l.heading(); level > 0 {
			return true
		}
	}
	return false
}

// outlineMarkdown reads an outline whose structure are Markdown headings.
func outlineMarkdown(name string, lines []line) (Plan, error) {
	var p Plan
	var b builder
	fenced, headings, rest := false, 0, lines
	for i, l := range lines {
		level, title := l.heading()
		switch {
		case l.fence():
			fenced = !fenced
		case level > 0 && !fenced:
			b.begin(level, l.number, title)
			headings++
			rest = lines[i+1:]
		case len(b.entries) == 0:
			p.About = strings.TrimSpace(p.About + " " + l.raw())
		default:
			b.below(l)
		}
	}
	if headings == 1 && items(rest) > 1 {
		p.Title = cleanTitle(b.entries[0].heading.Title)
		return outlineLines(name, p, rest)
	}
	if entries := b.entries; headings > 1 && loneTitle(entries) {
		p.Title = entries[0].heading.Title
		p.About = strings.TrimSpace(p.About + " " + entries[0].heading.Description + " " + strings.Join(entries[0].heading.KeyPoints, "; "))
		b.entries = entries[1:]
	}
	return arrange(name, p, b.entries)
}

// items counts the lines that are marked as items.
func items(lines []line) int {
	n := 0
	for _, l := range lines {
		if l.mark != noMark {
			n++
		}
	}
	return n
}

// loneTitle reports whether the first entry stands alone above all others and
// is neither a part nor a chapter by name.
func loneTitle(entries []entry) bool {
	for _, e := range entries[1:] {
		if e.depth <= entries[0].depth {
			return false
		}
	}
	return !entries[0].named && !isPart(entries[0].heading.Title) && isNumbered(entries[0].heading.Title)
}

// builder gathers entries and what stands below them.
type builder struct {
	entries  []entry
	verbatim bool // a number at the start of a title is part of it
	item     int  // indent of the bullet that the last line belongs to; -1 is none
}

// begin adds an entry. "**Title**: text" is a title with its description.
func (b *builder) begin(depth, number int, title string) {
	h := book.Heading{}
	if m := boldLead.FindStringSubmatch(title); m != nil {
		title, h.Description = m[1], m[2]
	}
	if h.Title = cleanTitle(title); b.verbatim {
		h.Title = plainTitle(title)
	}
	b.entries = append(b.entries, entry{depth: depth, line: number, named: chapterTitle.MatchString(oneLine(title)), heading: h})
	b.item = -1
}

// below adds a line to the last entry: an item is a key point, a line indented
// below an item goes on with it, all else is description.
func (b *builder) below(l line) {
	h := &b.entries[len(b.entries)-1].heading
	text := strings.TrimSpace(strings.TrimPrefix(l.text, "> "))
	switch last := len(h.KeyPoints) - 1; {
	case l.mark != noMark:
		h.KeyPoints = append(h.KeyPoints, plainPoint(text))
		b.item = l.indent
	case b.item >= 0 && l.indent > b.item && last >= 0:
		h.KeyPoints[last] += " " + text
	default:
		h.Description = strings.TrimSpace(h.Description + " " + text)
		b.item = -1
	}
}

// plainPoint takes emphasis off a key point.
func plainPoint(s string) string { return oneLine(emphasis.ReplaceAllString(s, "$2")) }
