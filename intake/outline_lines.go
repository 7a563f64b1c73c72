package intake

import (
	"strings"
)

// outlineLines reads an outline without Markdown headings: lines called Chapter
// N or numbered 1.1 are its structure if there are any, else indentation is.
func outlineLines(name string, p Plan, lines []line) (Plan, error) {
	lines = countBare(lines)
	for _, depth := range []func(line) int{depthByName(lines), depthByNumber(lines)} {
		if depth != nil {
			return outlineNamed(name, p, lines, depth)
		}
	}
	return outlineIndented(name, p, lines)
}

// countBare reads "1 Title" as numbered if from the first 1 on all lines at the
// left edge that have no other mark begin with a number and count up.
func countBare(lines []line) []line {
	next, nested := 1, false
	for _, l := range lines {
		nested = nested || strings.Contains(l.digits, ".")
		if l.indent > 0 || l.mark == bullet || strings.Contains(l.digits, ".") {
			continue
		}
		m := bare.FindStringSubmatch(l.raw())
		switch {
		case m != nil && atoi(m[1]) == next:
			next++
		case m != nil || next > 1 && isNumbered(l.text):
			return lines
		}
	}
	if next < 2 || next == 2 && !nested {
		return lines
	}
	out := make([]line, len(lines))
	for i, l := range lines {
		if m := bare.FindStringSubmatch(l.text); m != nil && l.mark == noMark {
			l.mark, l.digits, l.text = number, m[1], m[2]
		}
		out[i] = l
	}
	return out
}

// depthByName is the depth of lines in an outline of "Chapter N" lines, nil if
// it is none. Depth 0 is a line that belongs to the one above.
func depthByName(lines []line) func(line) int {
	named := false
	for _, l := range lines {
		named = named || l.mark == noMark && chapterTitle.MatchString(bareTitle(l.text))
	}
	if !named {
		return nil
	}
	return func(l line) int {
		title := bareTitle(l.text)
		switch {
		case l.mark == noMark && isPart(title):
			return 1
		case l.mark == noMark && (chapterTitle.MatchString(title) || l.indent == 0 && !isNumbered(title)):
			return 2
		case strings.Contains(l.digits, "."):
			return 2 + strings.Count(l.digits, ".")
		default:
			return 0
		}
	}
}

// depthByNumber is the depth of lines in an outline numbered 1, 1.1, 1.1.1; nil
// if no line has such a number below one that it continues.
func depthByNumber(lines []line) func(line) int {
	seen := map[string]bool{}
	found := false
	for _, l := range lines {
		if cut := strings.LastIndex(l.digits, "."); cut > 0 && seen[l.digits[:cut]] {
			found = true
		}
		seen[l.digits] = l.digits != ""
	}
	if !found {
		return nil
	}
	return func(l line) int {
		switch {
		case l.mark == number:
			return 1 + strings.Count(l.digits, ".")
		case l.mark == noMark && l.indent == 0 && (!isNumbered(l.text) || isPart(l.text)):
			return 1
		default:
			return 0
		}
	}
}

// bareTitle is a line's text without emphasis, as names are recognised.
func bareTitle(s string) string { return strings.TrimSpace(emphasis.ReplaceAllString(s, "$2")) }

// outlineNamed reads lines whose depth says whether they begin a heading. A
// single line before the first heading is the book's title.
func outlineNamed(name string, p Plan, lines []line, depth func(line) int) (Plan, error) {
	var b builder
	var before []string
	for _, l := range lines {
		switch d := depth(l); {
		case d > 0:
			b.begin(d, l.number, l.text)
		case len(b.entries) == 0:
			before = append(before, l.raw())
		default:
			b.below(l)
		}
	}
	if len(before) == 1 && p.Title == "" {
		p.Title = cleanTitle(before[0])
	} else if len(before) > 0 {
		p.About = strings.TrimSpace(p.About + " " + strings.Join(before, " "))
	}
	return arrange(name, p, b.entries)
}

// outlineIndented reads a list: what is indented more is deeper, and at the same
// indent a numbered item is deeper than a plain line, a bullet than a number. If
// every line at the left edge is marked, lines without a mark are descriptions.
func outlineIndented(name string, p Plan, lines []line) (Plan, error) {
	p, lines = listTitle(p, lines)
	described := plainAtEdge(lines) == 0
	b := builder{verbatim: true}
	var stack []int
	for _, l := range lines {
		if strings.Contains(l.digits, ".") {
			l.mark, l.text = noMark, l.raw() // a version or amount: nothing is numbered so
		}
		if described && l.mark == noMark && len(b.entries) > 0 {
			h := &b.entries[len(b.entries)-1].heading
			h.Description = strings.TrimSpace(h.Description + " " + l.text)
			continue
		}
		column := 3*l.indent + int(l.mark)
		for len(stack) > 0 && stack[len(stack)-1] >= column {
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, column)
		b.begin(len(stack), l.number, l.text)
	}
	return arrange(name, p, b.entries)
}

// listTitle takes plain lines above an otherwise marked list off it: one is the
// book's title, all else is about the book.
func listTitle(p Plan, lines []line) (Plan, []line) {
	first := 0
	for first < len(lines) && lines[first].mark == noMark {
		first++
	}
	rest := lines[first:]
	if first == 0 || len(rest) < 2 || items(rest) < len(rest) || first > 1 && p.Title == "" || isPart(lines[0].text) {
		return p, lines
	}
	for _, l := range lines[:first] {
		if p.Title == "" {
			p.Title = cleanTitle(l.text)
			continue
		}
		p.About = strings.TrimSpace(p.About + " " + l.text)
	}
	return p, rest
}

// plainAtEdge counts the unmarked lines at the least indent.
func plainAtEdge(lines []line) int {
	n, edge := 0, 1<<20
	for _, l := range lines {
		edge = min(edge, l.indent)
	}
	for _, l := range lines {
		if l.indent == edge && l.mark == noMark {
			n++
		}
	}
	return n
}

// atoi reads digits that a pattern has matched.
func atoi(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}
