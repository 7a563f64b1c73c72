package press

import (
	"regexp"
	"strings"
)

// htmlName is the name of a tag, with a slash if it closes.
var htmlName = regexp.MustCompile(`^<(/?[a-zA-Z][a-zA-Z0-9]*)`)

// htmlMarks are the tags that mean something in a book. Those without a
// function keep their words alone.
var htmlMarks = map[string]func([]Inline) []Inline{
	"em": emph, "i": emph, "cite": emph, "strong": strong, "b": strong, "s": strike, "del": strike, "strike": strike,
	"code": typewriter, "kbd": typewriter, "tt": typewriter, "samp": typewriter,
	"sup": superscript, "sub": subscript, "u": plainly, "small": plainly, "span": plainly, "ins": plainly, "mark": plainly, "q": plainly,
}

func emph(text []Inline) []Inline       { return []Inline{&Emph{text}} }
func strong(text []Inline) []Inline     { return []Inline{&Strong{text}} }
func strike(text []Inline) []Inline     { return []Inline{&Strike{text}} }
func typewriter(text []Inline) []Inline { return []Inline{&CodeSpan{Plain(text)}} }
func plainly(text []Inline) []Inline    { return text }

// The characters that Unicode has raised and lowered.
var (
	raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "−", "⁻", "=", "⁼", "(", "⁽", ")", "⁾", "n", "ⁿ", "i", "ⁱ")
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉",
		"+", "₊", "-", "₋", "−", "₋", "=", "₌", "(", "₍", ")", "₎")
)

// superscript raises numbers; words stay on the line.
func superscript(text []Inline) []Inline { return shift(text, raised, "0123456789+-−=()ni") }

// subscript lowers numbers; words stay on the line.
func subscript(text []Inline) []Inline { return shift(text, lowered, "0123456789+-−=()") }

// shift replaces characters if all of them can be replaced.
func shift(text []Inline, with *strings.Replacer, known string) []Inline {
	s := Plain(text)
	if strings.Trim(s, known) != "" {
		return text
	}
	return []Inline{&Text{with.Replace(s)}}
}

// tag is an HTML tag in running text. It never leaves inlines.
type tag struct {
	name string // "em" or "/em"
	raw  string
	at   Pos
}

func (*tag) inline() {}

// htmlFrame is a tag that is open, and the text before it.
type htmlFrame struct {
	tag    *tag
	before []Inline
}

// pairTags puts the text between two tags under what they mean and leaves out
// tags that mean nothing or have no partner, with a warning.
func (r *reader) pairTags(text []Inline) []Inline {
	var out []Inline
	var open []htmlFrame
	flatten := func(to int) {
		for len(open) > to {
			f := open[len(open)-1]
			open = open[:len(open)-1]
			r.warn(f.tag.at, "the HTML tag %s is left out", shorten(f.tag.raw))
			out = joinInlines(f.before, out)
		}
	}
	for _, in := range text {
		t, ok := in.(*tag)
		if !ok {
			out = appendInline(out, in)
			continue
		}
		name, closing := strings.CutPrefix(t.name, "/")
		at := len(open) - 1
		for closing && at >= 0 && open[at].tag.name != name {
			at--
		}
		switch {
		case htmlMarks[name] == nil || closing && at < 0 || !closing && len(open) >= maxDepth:
			r.warn(t.at, "the HTML tag %s is left out", shorten(t.raw))
		case !closing:
			open, out = append(open, htmlFrame{t, out}), nil
		default:
			flatten(at + 1)
			f := open[at]
			open = open[:at]
			if len(out) > 0 {
				out = htmlMarks[name](r.withoutPictures(out, t.at))
			}
			out = joinInlines(f.before, out)
		}
	}
	flatten(0)
	return out
}

// joinInlines appends more text, joining neighbouring texts.
func joinInlines(out, more []Inline) []Inline {
	for _, in := range more {
		out = appendInline(out, in)
	}
	return out
}
