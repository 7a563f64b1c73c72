package quality

import (
	"bytes"
	"regexp"
	"strings"
)

// reader walks over the lines of a chapter's Markdown and blanks what is no
// prose: code, tables, headings, notes, rules, pictures, marks.
type reader struct {
	c       *chapter
	at      int    // of the line
	fence   string // that ends the code we are in, "" outside
	opened  int    // where the fence or formula began
	skip    int    // divs deep inside verse or a motto
	divs    int
	note    bool // inside of a note's definition
	table   bool
	begun   int // start of the open paragraph, -1 is none
	item    bool
	section int
}

var (
	ruleLine  = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	underline = regexp.MustCompile(`^ {0,3}(?:=+|-{2,})[ \t]*$`)
	atxLine   = regexp.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+|$)`)
	noteLine  = regexp.MustCompile(`^ {0,3}\[[^\]\n]+\]:`)
	itemLine  = regexp.MustCompile(`^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+`)
	tableLine = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)
	quoteMark = regexp.MustCompile(`^(?: {0,3}> ?)+`)
	unspoken  = regexp.MustCompile(`\b(?:verse|epigraph)\b`)
)

// read fills the chapter's plain text, paragraphs, headings and faults.
func (c *chapter) read() {
	c.plain = []byte(c.source)
	r := &reader{c: c, begun: -1}
	for r.at < len(c.source) {
		end := strings.IndexByte(c.source[r.at:], '\n')
		if end < 0 {
			end = len(c.source) - r.at
		}
		r.line(strings.TrimRight(c.source[r.at:r.at+end], "\r"), r.at+end+1)
		r.at = min(len(c.source), r.at+end+1)
	}
	if r.fence != "" {
		c.faults = append(c.faults, fault{r.opened, min(len(c.source), r.opened+40), "a block that is not closed"})
	}
	r.end(len(c.source))
	for i := range c.paras {
		c.inline(&c.paras[i])
	}
}

// line reads one line; next is where the following one begins.
func (r *reader) line(text string, next int) {
	bare := strings.TrimSpace(text)
	switch {
	case r.fence != "":
		if strings.HasPrefix(bare, r.fence) && strings.Trim(bare, r.fence[:1]) == "" {
			r.fence = ""
		}
		r.blank(len(text))
	case bare == "":
		r.end(r.at)
		r.table = false
	case r.fenced(bare), r.div(bare):
		r.end(r.at)
		r.blank(len(text))
	case r.skip > 0, r.noted(text), r.table:
		r.blank(len(text))
	case r.heading(text), r.rule(text), r.tabled(text, next):
	case r.begun < 0 && (strings.HasPrefix(text, "    ") || strings.HasPrefix(text, "\t")) && !r.item:
		r.blank(len(text))
	default:
		r.prose(text)
	}
}

// prose adds a line to the paragraph that is open.
func (r *reader) prose(text string) {
	if m := quoteMark.FindString(text); m != "" {
		r.blank(len(m))
	}
	if m := itemLine.FindString(text); m != "" {
		r.end(r.at)
		r.blank(len(m))
		r.item = true
	} else if r.begun < 0 && !strings.HasPrefix(text, "  ") {
		r.item = false
	}
	if r.begun < 0 {
		r.begun = r.at
	}
}

// blank takes n bytes of the line out of the prose.
func (r *reader) blank(n int) { blank(r.c.plain[r.at:r.at+n], ' ') }

func blank(text []byte, with byte) {
	for i := range text {
		if text[i] != '\n' {
			text[i] = with
		}
	}
}

// end closes the paragraph that is open.
func (r *reader) end(at int) {
	if r.begun < 0 {
		return
	}
	text := r.c.plain[r.begun:at]
	start := r.begun + len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	end := r.begun + len(bytes.TrimRight(text, " \t\r\n"))
	if start < end {
		r.c.paras = append(r.c.paras, para{start: start, end: end, item: r.item, section: r.section})
	}
	r.begun = -1
}

// fenced reports whether a line begins code, a figure or a formula.
func (r *reader) fenced(bare string) bool {
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(bare, mark) {
			n := len(bare) - len(strings.TrimLeft(bare, mark[:1]))
			if mark == "```" && strings.Contains(bare[n:], "`") {
				return false
			}
			r.fence, r.opened = bare[:n], r.at
			return true
		}
	}
	if strings.HasPrefix(bare, "$$") {
		if len(bare) < 4 || !strings.HasSuffix(bare, "$$") {
			r.fence, r.opened = "$$", r.at
		}
		return true
	}
	return false
}

// div reports whether a line begins or ends a div. Verse and mottos are no
// prose of the book.
func (r *reader) div(bare string) bool {
	if !strings.HasPrefix(bare, ":::") {
		return false
	}
	if strings.Trim(bare, ":") == "" {
		if r.skip == r.divs {
			r.skip = 0
		}
		r.divs = max(0, r.divs-1)
		return true
	}
	r.divs++
	if r.skip == 0 && unspoken.MatchString(bare) {
		r.skip = r.divs
	}
	return true
}

// noted reports whether a line belongs to the definition of a note or link.
func (r *reader) noted(text string) bool {
	indented := strings.HasPrefix(text, "  ") || strings.HasPrefix(text, "\t")
	r.note = noteLine.MatchString(text) || r.note && indented
	if r.note {
		r.end(r.at)
	}
	return r.note
}

// heading reads a heading of either form.
func (r *reader) heading(text string) bool {
	if m := atxLine.FindStringSubmatch(text); m != nil {
		r.end(r.at)
		r.headed(len(m[1]), r.at, r.at+len(text))
		return true
	}
	if r.begun >= 0 && !r.item && underline.MatchString(text) {
		level := 1
		if strings.Contains(text, "-") {
			level = 2
		}
		r.headed(level, r.begun, r.at+len(text))
		r.begun = -1
		return true
	}
	return false
}

func (r *reader) headed(level, start, end int) {
	blank(r.c.plain[start:end], ' ')
	r.c.headings = append(r.c.headings, heading{level, start, end})
	r.section++
	r.item = false
}

// rule reads a rule between scenes.
func (r *reader) rule(text string) bool {
	if !ruleLine.MatchString(text) {
		return false
	}
	r.end(r.at)
	r.blank(len(text))
	r.item = false
	return true
}

// tabled reports whether a line is the head of a table.
func (r *reader) tabled(text string, next int) bool {
	if r.begun >= 0 || !strings.Contains(text, "|") || next >= len(r.c.source) {
		return false
	}
	below, _, _ := strings.Cut(r.c.source[next:], "\n")
	if !strings.Contains(below, "|") || !tableLine.MatchString(strings.TrimRight(below, "\r")) {
		return false
	}
	r.table = true
	r.blank(len(text))
	return true
}
