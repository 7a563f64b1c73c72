package intake

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxLineMarks is how many marks of lists and quotations may begin one line: the
// parser's time grows with their square.
const maxLineMarks = 100

// readMarkdownSource finds the headings and paragraphs of a Markdown text. The
// marks inside a line stay as they are written, so that no word is read as
// markup and lost.
func readMarkdownSource(name, source string) sourceText {
	var out sourceText
	if block, rest, ok := frontMatter(source); ok {
		if meta, _, err := metaOf(name, block); err == nil {
			out.title, out.author = meta.Title, meta.Author
		}
		source = rest
	}
	if crowded(source) {
		out.blocks = textParagraphs(source)
		out.notes = []string{name + " has lines that begin with hundreds of marks; it was read as plain text"}
		return out
	}
	src := []byte(source)
	root := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...)).Parse(text.NewReader(src))
	out.nodes(root, src)
	for _, b := range out.blocks {
		if b.heading && out.title == "" {
			out.title = b.text
		}
	}
	return out
}

// nodes adds the text of what stands below a node.
func (s *sourceText) nodes(n ast.Node, src []byte) {
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if k.Type() != ast.TypeBlock {
			continue
		}
		switch t := k.(type) {
		case *ast.Heading:
			s.heading(plainPoint(strings.Trim(writtenLines(t, src), "#*_` \n")))
		case *ast.HTMLBlock:
			end := ""
			if t.HasClosure() {
				end = string(t.ClosureLine.Value(src))
			}
			s.paragraph(writtenLines(t, src) + end)
		case *ast.List:
			s.items(t, src)
		default:
			if k.Lines() != nil && k.Lines().Len() > 0 {
				s.paragraph(writtenLines(k, src))
			} else {
				s.nodes(k, src)
			}
		}
	}
}

// items adds a list. One of plain items is a single paragraph.
func (s *sourceText) items(list *ast.List, src []byte) {
	var inner sourceText
	inner.nodes(list, src)
	for _, b := range inner.blocks {
		if b.heading || strings.Contains(b.text, "\n\n") || len(b.text) > 400 {
			s.blocks = append(s.blocks, inner.blocks...)
			return
		}
	}
	var lines []string
	for _, b := range inner.blocks {
		lines = append(lines, "- "+strings.TrimPrefix(b.text, "- "))
	}
	s.paragraph(strings.Join(lines, "\n"))
}

// writtenLines is the source of a block, without what marks it as one.
func writtenLines(n ast.Node, src []byte) string {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		at := lines.At(i)
		b.Write(at.Value(src))
	}
	return b.String()
}

// crowded reports whether a line begins with more marks than a text has.
func crowded(source string) bool {
	for line := range strings.SplitSeq(source, "\n") {
		rest := strings.TrimLeft(line, " \t>-+*0123456789.)")
		marks := 0
		for _, c := range line[:len(line)-len(rest)] {
			if c == '>' || c == '-' || c == '+' || c == '*' || c == '.' || c == ')' {
				marks++
			}
		}
		if marks > maxLineMarks && strings.ContainsAny(line[:len(line)-len(rest)], "> \t") {
			return true
		}
	}
	return false
}
