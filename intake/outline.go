package intake

import (
	"io"
	"regexp"
	"strings"
)

// Outline reads an outline of up to three levels: Markdown headings, "Chapter
// 1" lines or 1.1 numbering, with text below them as descriptions and bullets
// as key points; else a list indented by spaces or tabs, or one chapter a line;
// or JSON. A lone title above the chapters is the book's.
func Outline(name string, r io.Reader) (Plan, error) {
	text, err := readText(name, r, MaxText)
	if err != nil {
		return Plan{}, err
	}
	return outlineText(name, text)
}

func outlineText(name, text string) (Plan, error) {
	if looksLikeJSON(name, text) {
		root, err := parseJSON(name, text)
		if err != nil {
			return Plan{}, err
		}
		return outlineTree(name, root)
	}
	lines := splitLines(text)
	if hasHeadings(lines) {
		return outlineMarkdown(name, lines)
	}
	return outlineLines(name, Plan{}, lines)
}

var jsonStart = regexp.MustCompile(`^\s*(\[\s*["{\[\]]|\{\s*["}])`)

func looksLikeJSON(name, text string) bool {
	return jsonStart.MatchString(text) || strings.HasSuffix(strings.ToLower(name), ".json")
}

// line is a line of an outline that is not blank.
type line struct {
	number int    // from 1
	indent int    // columns; a tab goes on to the next multiple of 4
	mark   mark   // how the text is marked as an item
	digits string // "1" or "1.2" of a number
	text   string // without indent and mark
}

type mark int

const (
	noMark mark = iota
	number
	bullet
)

var (
	bulletMark = regexp.MustCompile(`^[-*+•◦▪‣–·]\s+(\S.*)$`)
	onlyRule   = regexp.MustCompile(`^([-*_=~]\s*){3,}$`)
)

// splitLines reads the lines of a text that are not blank and not rules, leaving
// out what stands in HTML comments of their own lines.
func splitLines(text string) []line {
	var lines []line
	for i, raw := range strings.Split(text, "\n") {
		t := strings.TrimSpace(raw)
		comment := strings.HasPrefix(t, "<!--") && strings.HasSuffix(t, "-->")
		if t == "" || comment || onlyRule.MatchString(t) {
			continue
		}
		l := line{number: i + 1, indent: indent(raw), text: t}
		if m := bulletMark.FindStringSubmatch(t); m != nil {
			l.mark, l.text = bullet, checkbox.ReplaceAllString(m[1], "")
		} else if m := dotted.FindStringSubmatch(t); m != nil {
			l.mark, l.digits, l.text = number, m[1], m[2]
		} else if m := counted.FindStringSubmatch(t); m != nil {
			l.mark, l.digits, l.text = number, m[1], m[2]
		}
		lines = append(lines, l)
	}
	return lines
}

func indent(raw string) int {
	n := 0
	for _, r := range raw {
		switch r {
		case ' ', '\u00a0', '\u3000':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n
		}
	}
	return n
}

// raw is the text as it stood, with its mark, for lines that are no items.
func (l line) raw() string {
	if l.mark == number {
		return l.digits + " " + l.text
	}
	return l.text
}
