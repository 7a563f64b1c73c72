package offline

import (
	"fmt"
	"strings"

	"quire/book"
)

// node is a part of a template: a fixed text, a slot to be filled, or a choice
// between phrasings. Exactly one field is set.
type node struct {
	text    string
	slot    string
	choices [][]node
}

// template is a text with slots in braces and choices in brackets, such as
// "the [wet|cold] {ground}".
type template []node

// parseTemplate reads a template. Straight quotes become typographic ones and
// two hyphens a dash, so that stock files stay easy to type.
func parseTemplate(text string) (template, error) {
	p := &templateParser{rest: typographic(text)}
	t, err := p.sequence(0)
	if err != nil {
		return nil, err
	}
	if p.rest != "" {
		return nil, fmt.Errorf("template %.40q has a bracket too many", text)
	}
	return t, nil
}

type templateParser struct{ rest string }

func (p *templateParser) sequence(depth int) (template, error) {
	var t template
	for p.rest != "" {
		i := strings.IndexAny(p.rest, "{[|]")
		if i < 0 {
			i = len(p.rest)
		}
		if i > 0 {
			t = append(t, node{text: p.rest[:i]})
			p.rest = p.rest[i:]
			continue
		}
		switch p.rest[0] {
		case '{':
			name, after, ok := strings.Cut(p.rest[1:], "}")
			if !ok || name == "" {
				return nil, fmt.Errorf("template has an open slot at %.40q", p.rest)
			}
			t, p.rest = append(t, node{slot: name}), after
		case '[':
			choices, err := p.choices(depth + 1)
			if err != nil {
				return nil, err
			}
			t = append(t, node{choices: choices})
		default: // | or ] end the sequence
			if depth == 0 {
				return nil, fmt.Errorf("template has a stray %q", p.rest[0])
			}
			return t, nil
		}
	}
	if depth > 0 {
		return nil, fmt.Errorf("template has an open choice")
	}
	return t, nil
}

func (p *templateParser) choices(depth int) ([][]node, error) {
	var all [][]node
	for {
		p.rest = p.rest[1:] // [ or |
		one, err := p.sequence(depth)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if p.rest[0] == ']' {
			p.rest = p.rest[1:]
			return all, nil
		}
	}
}

// tenths is the usual length of the template: choices count with their mean,
// slots as one word. It is a whole number of tenths of a word.
func (t template) tenths() int {
	sum := 0
	for _, n := range t {
		switch {
		case n.slot != "":
			sum += 10
		case n.choices != nil:
			all := 0
			for _, c := range n.choices {
				all += template(c).tenths()
			}
			sum += all / len(n.choices)
		default:
			sum += 10 * book.Words(n.text)
		}
	}
	return sum
}

// slots calls visit for every slot of the template, in order.
func (t template) slots(visit func(string)) {
	for _, n := range t {
		if n.slot != "" {
			visit(n.slot)
		}
		for _, c := range n.choices {
			template(c).slots(visit)
		}
	}
}

// realise writes the template out. choose picks one of n phrasings, fill gives
// the words of a slot.
func (t template) realise(choose func(n int) int, fill func(slot string) string) string {
	var b strings.Builder
	t.write(&b, choose, fill)
	return b.String()
}

func (t template) write(b *strings.Builder, choose func(int) int, fill func(string) string) {
	for _, n := range t {
		switch {
		case n.slot != "":
			b.WriteString(fill(n.slot))
		case n.choices != nil:
			template(n.choices[choose(len(n.choices))]).write(b, choose, fill)
		default:
			b.WriteString(n.text)
		}
	}
}

// typographic sets quotes, apostrophes and dashes as a printer would.
func typographic(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "--", "—"), "'", "’")
	var b strings.Builder
	before := ' '
	for _, r := range text {
		if r == '"' {
			if strings.ContainsRune(" \n\t[|(", before) {
				r = '“'
			} else {
				r = '”'
			}
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}
