package press

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// mathNode is a formula in goldmark's tree, in a line or between blocks.
type mathInline struct {
	ast.BaseInline
	source  string
	start   int
	display bool
}

// mathLines is a formula on lines of its own.
type mathLines struct {
	ast.BaseBlock
	source, id string
	start      int
	left       int // lines of it that are still to come
}

// kindMath and kindMathLines are goldmark's names for formulas.
var kindMath, kindMathLines = ast.NewNodeKind("Math"), ast.NewNodeKind("MathLines")

// Kind returns the node's kind.
func (n *mathInline) Kind() ast.NodeKind { return kindMath }

// Dump prints the node for debugging.
func (n *mathInline) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Kind returns the node's kind.
func (n *mathLines) Kind() ast.NodeKind { return kindMathLines }

// Dump prints the node for debugging.
func (n *mathLines) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// IsRaw is true: no Markdown is read inside a formula.
func (n *mathLines) IsRaw() bool { return true }

// mathSpan reads $…$, $$…$$ and \(…\) in text. \[ is a bracket, as Markdown has
// it.
type mathSpan struct{}

// Trigger names the characters that may open a formula.
func (mathSpan) Trigger() []byte { return []byte{'$', '\\'} }

// mathClosings are the ends of formulas by their beginnings.
var mathClosings = map[string]string{"$": "$", "$$": "$$", `\(`: `\)`}

// Parse reads a formula. A dollar is money unless pandoc's rules for
// tex_math_dollars say otherwise: no blank behind the opening one and before
// the closing one, no digit behind that.
func (mathSpan) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	opening := mathOpening(line)
	if opening == "" || hopeless(pc, opening, segment.Start) {
		return nil
	}
	block.Advance(len(opening))
	body, ok := mathBody(block, opening)
	if !ok {
		pc.Set(mathEndKey, endless(pc, opening, segment.Start+len(body)/2+1))
		return nil
	}
	n := &mathInline{source: body, start: segment.Start, display: opening == "$$"}
	n.SetPos(segment.Start)
	return n
}

// mathOpening is what opens a formula at the head of a line, or "".
func mathOpening(line []byte) string {
	switch {
	case bytes.HasPrefix(line, []byte("$$")):
		return "$$"
	case line[0] == '$':
		if len(line) < 2 || line[1] == ' ' || line[1] == '\t' || line[1] == '\n' {
			return ""
		}
		return "$"
	case bytes.HasPrefix(line, []byte(`\(`)):
		return `\(`
	}
	return ""
}

// mathEndKey holds, by opening, the offset up to which no formula closes.
var mathEndKey = parser.NewContextKey()

// hopeless reports whether it is known that nothing closes behind an offset.
func hopeless(pc parser.Context, opening string, at int) bool {
	known, _ := pc.Get(mathEndKey).(map[string]int)
	return at < known[opening]
}

// endless notes that nothing closes up to an offset.
func endless(pc parser.Context, opening string, at int) map[string]int {
	known, _ := pc.Get(mathEndKey).(map[string]int)
	if known == nil {
		known = map[string]int{}
	}
	known[opening] = max(known[opening], at)
	return known
}

// maxInlineMath is how far the end of a formula in text is looked for.
const maxInlineMath = 4096

// mathBody reads up to the end of a formula. It is false when there is none.
func mathBody(block text.Reader, opening string) (string, bool) {
	closing := mathClosings[opening]
	var b strings.Builder
	for {
		line, _ := block.PeekLine()
		if line == nil {
			return b.String(), false
		}
		if len(line) > maxInlineMath {
			line = line[:maxInlineMath]
		}
		if end := mathEnd(line, closing, b.String()); end >= 0 {
			b.Write(line[:end])
			block.Advance(end + len(closing))
			return b.String(), strings.TrimSpace(b.String()) != ""
		}
		if b.Write(line); b.Len() >= maxInlineMath {
			return b.String(), false
		}
		block.AdvanceLine()
	}
}

// mathEnd returns where the closing stands in a line, or -1.
func mathEnd(line []byte, closing, before string) int {
	for i := 0; i+len(closing) <= len(line); i++ {
		switch {
		case string(line[i:i+len(closing)]) == closing && (closing != "$" || closesMath(line, i, before)):
			return i
		case line[i] == '\\':
			i++
		}
	}
	return -1
}

// closesMath reports whether the dollar at i can end a formula.
func closesMath(line []byte, i int, before string) bool {
	if i > 0 {
		before = string(line[i-1])
	}
	if before == "" || strings.ContainsAny(before[len(before)-1:], " \t\n") {
		return false
	}
	return i+1 >= len(line) || line[i+1] < '0' || line[i+1] > '9'
}

// mathParagraph reads a formula on lines of its own: from a line that begins
// with $$ to one that ends with $$, maybe with {#id} behind it.
type mathParagraph struct{}

// Trigger names the character that may open a formula.
func (mathParagraph) Trigger() []byte { return []byte{'$'} }

// mathTail matches what may follow on a formula: nothing, or an ID.
var mathTail = regexp.MustCompile(`^[ \t]*(?:\{#([^\s{}]{1,80})\})?[ \t]*\n?$`)

// Open begins a formula, if it ends as one before the next blank line.
func (mathParagraph) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || len(line) < pos+3 {
		return nil, parser.NoChildren
	}
	if string(line[pos:pos+2]) != "$$" {
		return nil, parser.NoChildren
	}
	n := &mathLines{start: segment.Start + pos}
	rest := reader.Source()[segment.Start-segment.Padding+pos+2:]
	if segment.Padding > 0 {
		rest = reader.Source()[segment.Start+max(pos-segment.Padding, 0)+2:]
	}
	if !n.read(rest, "$$") {
		return nil, parser.NoChildren
	}
	n.Lines().Append(segment)
	n.SetPos(n.start)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// read looks ahead in the source for the end of the formula, for at most
// maxMathBytes, and takes off the marks of quotations before its lines.
func (n *mathLines) read(rest []byte, closing string) bool {
	var b strings.Builder
	for len(rest) > 0 && b.Len() <= maxMathBytes {
		line := rest
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line = rest[:end+1]
		}
		rest = rest[len(line):]
		if n.left > 0 {
			line = bytes.TrimLeft(line, "> \t")
		}
		if len(bytes.TrimSpace(line)) == 0 && n.left > 0 {
			return false
		}
		if end := mathEnd(line, closing, ""); end >= 0 {
			tail := mathTail.FindSubmatch(line[end+len(closing):])
			b.Write(line[:end])
			if tail == nil || strings.TrimSpace(b.String()) == "" {
				return false
			}
			n.source, n.id = b.String(), string(tail[1])
			return true
		}
		b.Write(line)
		n.left++
	}
	return false
}

// Continue takes the lines that read has seen.
func (mathParagraph) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n, ok := node.(*mathLines)
	if !ok || n.left == 0 {
		return parser.Close
	}
	n.left--
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// Close has nothing to do.
func (mathParagraph) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph is true: a formula needs no blank line before it.
func (mathParagraph) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine is false: an indented formula is code.
func (mathParagraph) CanAcceptIndentedLine() bool { return false }

// displayMath is a formula for a line of its own among text. It never leaves
// Parse: paragraphs are cut at it, other places take it as it is.
type displayMath struct{ Math }

// math reads a formula in text. One that cannot be read stays as it was
// written.
func (r *reader) math(n *mathInline) Inline {
	source := strings.TrimSpace(n.source)
	f, err := ParseMath(source)
	if err != nil {
		r.warn(r.at(n.start), "the formula %s cannot be set: %v", shorten(source), err)
		return &CodeSpan{source}
	}
	if n.display {
		return &displayMath{Math{source, f}}
	}
	return &Math{source, f}
}

// mathBlock reads a formula on lines of its own.
func (r *reader) mathBlock(n *mathLines) []Block {
	at := r.at(n.start)
	source := strings.TrimSpace(n.source)
	f, err := ParseMath(source)
	if err != nil {
		r.warn(at, "the formula %s cannot be set: %v", shorten(source), err)
		return []Block{&Code{At: at, Text: source}}
	}
	m := &MathBlock{At: at, Source: source, Formula: f}
	if n.id != "" {
		m.ID = r.claimed(n.id, at)
	}
	return []Block{m}
}
