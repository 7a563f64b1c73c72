package intake

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"quire/book"
)

// entry is a heading as it was found: how deep, in its own measure, and where.
type entry struct {
	depth   int
	line    int  // from 1
	named   bool // was written as "Chapter N"
	heading book.Heading
}

// arrange turns entries into a plan of levels 1 to 3. Depths are ranked, so
// that a file of nothing but ## has level 1; a heading that skips a level moves
// up; parts become a property of their first chapter.
func arrange(name string, p Plan, entries []entry) (Plan, error) {
	rank(entries)
	for i := range entries {
		most := 1
		if i > 0 {
			most = entries[i-1].depth + 1
		}
		if entries[i].depth > most {
			entries[i].depth = most
			p.Warnings = append(p.Warnings, fmt.Sprintf("line %d of %s skips a level; it was read as level %d", entries[i].line, name, most))
		}
	}
	for _, e := range takeParts(entries) {
		at := fmt.Sprintf("line %d of %s", e.line, name)
		switch h := e.heading; {
		case e.depth > 3:
			return p, invalid("%s is %d levels deep; a book has three", at, e.depth).Try("use levels 1 to 3 and put details below a heading as text")
		case h.Title == "":
			return p, invalid("%s has no title", at).Try("give every heading a title")
		case utf8.RuneCountInString(h.Title) > book.MaxTitle:
			return p, invalid("%s is a title of more than %d characters", at, book.MaxTitle).Try("keep titles short; details go below them as text")
		}
		e.heading.Level = e.depth
		p.Headings = append(p.Headings, e.heading)
	}
	return p, p.check(name)
}

// rank replaces depths by their rank: 1 for the least.
func rank(entries []entry) {
	var depths []int
	for _, e := range entries {
		depths = append(depths, e.depth)
	}
	slices.Sort(depths)
	depths = slices.Compact(depths)
	for i := range entries {
		entries[i].depth = slices.Index(depths, entries[i].depth) + 1
	}
}

// takeParts moves everything one level up if all top headings with something
// below them are called Part One, Book II and the like. What is said about a
// part goes into the notes of its first chapter.
func takeParts(entries []entry) []entry {
	if !haveParts(entries) {
		return entries
	}
	var kept []entry
	var part *book.Heading
	for i, e := range entries {
		if e.depth == 1 && hasBelow(entries, i) {
			part = &entries[i].heading
			continue
		}
		e.depth = max(e.depth-1, 1)
		if part != nil {
			e.heading.Part = part.Title
			e.heading.Notes = joined(append([]string{part.Description, part.Notes}, append(part.KeyPoints, e.heading.Notes)...))
			part = nil
		}
		kept = append(kept, e)
	}
	return kept
}

func haveParts(entries []entry) bool {
	found := false
	for i, e := range entries {
		if e.depth != 1 || !hasBelow(entries, i) {
			continue
		}
		if !isPart(e.heading.Title) {
			return false
		}
		found = true
	}
	return found
}

func hasBelow(entries []entry, i int) bool {
	return i+1 < len(entries) && entries[i+1].depth > entries[i].depth
}

// joined puts what is not empty on lines of their own.
func joined(texts []string) string {
	s := ""
	for _, t := range texts {
		switch {
		case t == "":
		case s == "":
			s = t
		default:
			s += "\n" + t
		}
	}
	return s
}
