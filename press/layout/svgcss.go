package layout

import (
	"cmp"
	"slices"
	"strings"
)

// The limits of a style sheet; what is beyond is left out.
const (
	maxSheet     = 1 << 18 // bytes
	maxRules     = 1000
	maxSelectors = 8       // compounds of one selector
	maxDecls     = 100     // of one rule
	maxTries     = 2000    // elements that one selector is tried on, for one element
	maxCascade   = 1 << 25 // rules tried and declarations made, of one drawing
)

// cssRule is one selector of a style sheet and its declarations.
type cssRule struct {
	parts []compound // the last is the element's own
	rank  int        // specificity
	decls []decl
}

// compound is a simple selector: what one element must be.
type compound struct {
	name    string // "" and * are any
	ids     []string
	classes []string
	child   bool // the one before it must be the parent, not just above
}

// decl is a declaration.
type decl struct {
	name, value string
	important   bool
}

// parseSheet reads a style sheet. At-rules and selectors that are not about
// type, class, ID or place in the tree are passed over.
func parseSheet(s string) []cssRule {
	s = withoutComments(s[:min(len(s), maxSheet)])
	var out []cssRule
	for s != "" && len(out) < maxRules {
		s = strings.TrimLeft(s, " \t\r\n}")
		if strings.HasPrefix(s, "@") {
			s = afterAtRule(s)
			continue
		}
		head, rest, ok := strings.Cut(s, "{")
		if !ok {
			break
		}
		body, after, _ := strings.Cut(rest, "}")
		s = after
		decls := parseDecls(body)
		for sel := range strings.SplitSeq(head, ",") {
			if r, ok := parseSelector(sel); ok {
				r.decls = decls
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b cssRule) int { return cmp.Compare(a.rank, b.rank) })
	return out
}

// withoutComments takes comments out of a style sheet.
func withoutComments(s string) string {
	s = strings.NewReplacer("<!--", "", "-->", "").Replace(s)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "/*")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(rest, "*/")
	}
}

// afterAtRule returns what follows an at-rule, with its block if it has one.
func afterAtRule(s string) string {
	i := strings.IndexAny(s, ";{")
	if i < 0 {
		return ""
	}
	if s[i] == ';' {
		return s[i+1:]
	}
	for depth, k := 0, i; k < len(s); k++ {
		switch s[k] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[k+1:]
			}
		}
	}
	return ""
}

// parseDecls reads declarations; properties of no drawing do no harm.
func parseDecls(s string) []decl {
	var out []decl
	for d := range strings.SplitSeq(s, ";") {
		name, value, ok := strings.Cut(d, ":")
		if !ok {
			continue
		}
		if len(out) == maxDecls {
			break
		}
		value, important := strings.CutSuffix(strings.TrimSpace(value), "!important")
		name = strings.ToLower(strings.TrimSpace(name))
		out = append(out, decl{name, strings.TrimSpace(value), important})
	}
	return out
}

// parseSelector reads compounds between blanks and >.
func parseSelector(s string) (cssRule, bool) {
	var r cssRule
	child := false
	for f := range strings.FieldsSeq(strings.ReplaceAll(s, ">", " > ")) {
		if f == ">" {
			child = true
			continue
		}
		c, rank, ok := parseCompound(f)
		if !ok || len(r.parts) == maxSelectors {
			return r, false
		}
		c.child, child = child, false
		r.parts, r.rank = append(r.parts, c), r.rank+rank
	}
	return r, len(r.parts) > 0 && !child
}

// parseCompound reads a simple selector like rect.big#one; its rank counts IDs,
// classes and types (Selectors 3, 9).
func parseCompound(s string) (c compound, rank int, ok bool) {
	if strings.ContainsAny(s, ":[+~") {
		if s != ":root" {
			return c, 0, false
		}
		return compound{name: "svg"}, 100, true
	}
	i := strings.IndexAny(s, ".#")
	if i < 0 {
		i = len(s)
	}
	if c.name = s[:i]; c.name != "" && c.name != "*" {
		rank++
	}
	for s = s[i:]; s != ""; {
		end := strings.IndexAny(s[1:], ".#") + 1
		if end == 0 {
			end = len(s)
		}
		if s[0] == '#' {
			c.ids = append(c.ids, s[1:end])
			rank += 10000
		} else {
			c.classes = append(c.classes, s[1:end])
			rank += 100
		}
		s = s[end:]
	}
	return c, rank, true
}

// is reports whether the element itself is what the compound asks for.
func (c *compound) is(n *svgNode, classes []string) bool {
	if c.name != "" && c.name != "*" && c.name != n.name {
		return false
	}
	for _, id := range c.ids {
		if n.attr["id"] != id {
			return false
		}
	}
	for _, class := range c.classes {
		if !slices.Contains(classes, class) {
			return false
		}
	}
	return true
}

// matches reports whether a selector up to its compound k chooses the element.
// It gives up when it has tried too many ways through the elements above.
func (r *cssRule) matches(n *svgNode, k int, tries *int) bool {
	if *tries--; n == nil || *tries < 0 || !r.parts[k].is(n, strings.Fields(n.attr["class"])) {
		return false
	}
	if k == 0 {
		return true
	}
	if r.parts[k].child {
		return r.matches(n.parent, k-1, tries)
	}
	for up := n.parent; up != nil; up = up.parent {
		if r.matches(up, k-1, tries) {
			return true
		}
	}
	return false
}

// cascade works a style sheet and style attributes into the attributes of
// elements. It stops when nothing is left of what it may do.
type cascade struct {
	sheet []cssRule
	left  int
}

// style styles an element and all in it.
func (c *cascade) style(n *svgNode) {
	if c.left -= len(c.sheet); n.name == "" || c.left < 0 {
		return
	}
	classes := strings.Fields(n.attr["class"])
	var last []decl
	for i := range c.sheet {
		r := &c.sheet[i]
		end := len(r.parts) - 1
		if !r.parts[end].is(n, classes) {
			continue
		}
		tries := maxTries
		if r.matches(n, end, &tries) {
			last = n.declare(r.decls, last)
		}
		c.left -= maxTries - tries + len(r.decls)
	}
	last = n.declare(parseDecls(n.attr["style"]), last)
	for _, d := range last {
		n.set(d)
	}
	for _, k := range n.kids {
		c.style(k)
	}
}

// declare sets declarations, and puts off those that are important.
func (n *svgNode) declare(decls, later []decl) []decl {
	for _, d := range decls {
		if d.important {
			later = append(later, d)
			continue
		}
		n.set(d)
	}
	return later
}

// set makes a declaration an attribute, unless it would change what the element
// is about or how large the drawing is.
func (n *svgNode) set(d decl) {
	switch d.name {
	case "id", "class", "href", "viewbox", "style":
		return
	case "width", "height", "x", "y":
		if n.name == "svg" {
			return
		}
	case "font":
		n.setFont(d.value)
		return
	}
	n.attr[d.name] = d.value
}

// setFont reads the shorthand: style and weight, size, families.
func (n *svgNode) setFont(s string) {
	fields := strings.Fields(s)
	for i, f := range fields {
		switch {
		case f == "italic" || f == "oblique":
			n.attr["font-style"] = f
		case f == "bold" || f == "bolder" || len(f) == 3 && strings.HasSuffix(f, "00"):
			n.attr["font-weight"] = f
		case f[0] >= '0' && f[0] <= '9' || f[0] == '.':
			n.attr["font-size"], _, _ = strings.Cut(f, "/")
			if rest := fields[i+1:]; len(rest) > 0 {
				n.attr["font-family"] = strings.Join(rest, " ")
			}
			return
		}
	}
}
