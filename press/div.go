package press

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// divNode is a fenced div in goldmark's tree.
type divNode struct {
	ast.BaseBlock
	class, id, lang string
}

// kindDiv is goldmark's name for fenced divs.
var kindDiv = ast.NewNodeKind("FencedDiv")

// Kind returns the node's kind.
func (n *divNode) Kind() ast.NodeKind { return kindDiv }

// Dump prints the node for debugging.
func (n *divNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// divParser reads fenced divs: a line of three or more colons and a name or
// {.class #id lang=xx} opens one, a line of colons alone closes the innermost.
type divParser struct{}

// Trigger names the character that may open a div.
func (divParser) Trigger() []byte { return []byte{':'} }

// Open begins a div, if the line says so.
func (divParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	if pc.BlockOffset() < 0 || len(pc.OpenedBlocks()) > maxMarkers {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimSpace(line)
	name := strings.TrimSpace(strings.Trim(string(rest), ":"))
	if !bytes.HasPrefix(rest, []byte(":::")) || name == "" {
		return nil, parser.NoChildren
	}
	n := &divNode{}
	n.attributes(name)
	reader.Advance(len(bytes.TrimRight(line, "\n")))
	return n, parser.HasChildren
}

// attributes reads "name" or "{.class #id lang=xx}".
func (n *divNode) attributes(s string) {
	for _, f := range strings.Fields(strings.Trim(s, "{}")) {
		switch {
		case strings.HasPrefix(f, "#"):
			n.id = f[1:]
		case strings.HasPrefix(f, "lang="):
			n.lang = strings.Trim(f[len("lang="):], `"'`)
		case !strings.Contains(f, "=") && n.class == "":
			n.class = asID(strings.TrimPrefix(f, "."))
		}
	}
}

// Continue ends the div at its closing line.
func (divParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	rest := bytes.TrimSpace(line)
	if len(rest) < 3 || len(bytes.Trim(rest, ":")) > 0 || !innermost(node, pc) {
		return parser.Continue | parser.HasChildren
	}
	reader.Advance(len(bytes.TrimRight(line, "\n")))
	return parser.Close
}

// innermost reports whether no other div, and no code, is open inside the node.
func innermost(node ast.Node, pc parser.Context) bool {
	open := pc.OpenedBlocks()
	for i := len(open) - 1; i >= 0; i-- {
		switch open[i].Node.(type) {
		case *divNode:
			return open[i].Node == node
		case *ast.FencedCodeBlock:
			return false
		}
	}
	return false
}

// Close has nothing to do.
func (divParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph is true: a fence needs no blank line before it.
func (divParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is false: an indented fence is code.
func (divParser) CanAcceptIndentedLine() bool { return false }
