package quality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pairs are the quotation marks that open and those that may close them.
var pairs = map[rune]string{'“': "”“", '„': "“”", '«': "»", '»': "«", '‹': "›", '「': "」", '『': "』", '"': "\""}

// quotesSingly reports whether the book speaks in ‘single’ marks: many of them
// open a word, and hardly any double ones.
func (b *body) quotesSingly() bool {
	single, double := 0, 0
	for i := range b.chapters {
		text := string(b.chapters[i].plain)
		single += strings.Count(text, "‘") + strings.Count(text, "\n'")
		double += strings.Count(text, "“") + strings.Count(text, "\"")/2 + strings.Count(text, "«")
	}
	return single > 3*double
}

// speech marks the words that are spoken. A paragraph whose speech is not
// closed is open, unless the next one begins with the mark again, as speech of
// several paragraphs does.
func (b *body) speech(c *chapter) {
	for i := range c.paras {
		p := &c.paras[i]
		next := ""
		if i+1 < len(c.paras) {
			next = string(c.plain[c.paras[i+1].start:c.paras[i+1].end])
		}
		at := p.w0
		for _, q := range b.quotes(c, p) {
			for ; at < p.w1 && int(c.words[at].start) < q.end; at++ {
				c.words[at].spoken = int(c.words[at].start) >= q.start
			}
			if !q.closed && !strings.HasPrefix(next, q.mark) {
				p.open = true
			}
		}
	}
}

type quotation struct {
	start, end int
	mark       string
	closed     bool
}

// quotes finds the passages in quotation marks of a paragraph.
func (b *body) quotes(c *chapter, p *para) (list []quotation) {
	closing, began, mark := "", 0, ""
	for at := p.start; at < p.end; {
		r, size := utf8.DecodeRune(c.plain[at:p.end])
		switch {
		case closing == "":
			if to, ok := pairs[r]; ok && (r != '"' || b.opens(c, p, at, size)) {
				closing, began, mark = to, at, string(r)
			} else if b.single && (r == '‘' || r == '\'') && b.opens(c, p, at, size) {
				closing, began, mark = "’'", at, string(r)
			}
		case strings.ContainsRune(closing, r) && (r != '’' && r != '\'' || b.closes(c, p, at, size)):
			list = append(list, quotation{began, at + size, mark, true})
			closing = ""
		}
		at += size
	}
	if closing != "" {
		list = append(list, quotation{began, p.end, mark, false})
	}
	return list
}

// opens reports whether a mark stands before a word and behind none.
func (b *body) opens(c *chapter, p *para, at, size int) bool {
	before, _ := utf8.DecodeLastRune(c.plain[p.start:at])
	after, _ := utf8.DecodeRune(c.plain[at+size : p.end])
	return (at == p.start || !wordy(before)) && !unicode.IsSpace(after)
}

// closes reports whether a mark that may be an apostrophe ends speech: a stop
// stands before it and no letter behind it.
func (b *body) closes(c *chapter, p *para, at, size int) bool {
	before, _ := utf8.DecodeLastRune(c.plain[p.start:at])
	after, _ := utf8.DecodeRune(c.plain[at+size : p.end])
	return strings.ContainsRune(".,!?…—-;:", before) && !wordy(after)
}
