package quality

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nothing stands in plain text for a mark inside a word, such as that of bold
// type: it neither is a letter nor divides words.
const nothing = 0x01

// cutWords cuts a paragraph into runs of letters with inner apostrophes,
// without regard to capitals.
func (b *body) cutWords(c *chapter, p *para) {
	var fold []byte
	text := c.plain[:p.end]
	for at := p.start; at < p.end; {
		r, size := utf8.DecodeRune(text[at:])
		if !unicode.IsLetter(r) {
			at += size
			continue
		}
		w := word{start: int32(at), upper: unicode.IsUpper(r)} //nolint:gosec // a chapter is below 2 GB
		fold = fold[:0]
		end := at
		for at < p.end {
			r, size = utf8.DecodeRune(text[at:])
			switch {
			case unicode.IsLetter(r) || unicode.IsMark(r):
				fold = utf8.AppendRune(fold, unicode.ToLower(r))
				end = at + size
			case r == nothing || r == '\u00ad': // a soft hyphen is none
			case (r == '\'' || r == '’') && innerMark(text[at+size:]) && !bytes.HasSuffix(fold, []byte("'")):
				fold = append(fold, '\'')
			default:
				size = 0
			}
			if size == 0 {
				break
			}
			at += size
		}
		w.end = int32(end) //nolint:gosec // as above
		w.id = b.vocab.number(fold)
		c.words = append(c.words, w)
	}
}

// innerMark reports whether a letter follows on an apostrophe.
func innerMark(rest []byte) bool {
	r, _ := utf8.DecodeRune(rest)
	return unicode.IsLetter(r)
}

func (v *vocabulary) number(fold []byte) uint32 {
	if id, ok := v.ids[string(fold)]; ok {
		return id
	}
	id := uint32(len(v.words)) //nolint:gosec // fewer than 4 thousand million words
	v.ids[string(fold)] = id
	v.words = append(v.words, string(fold))
	return id
}

// enders end a sentence; closers may stand behind them.
const (
	enders  = ".!?…؟۔।。！？"
	closers = "\"'”’»›)]“‹«」』\x01"
)

// cutSentences cuts a paragraph at ends of sentences that white space follows.
// Abbreviations and initials end none.
func (b *body) cutSentences(c *chapter, p *para) {
	first, start := p.w0, p.start
	next := p.w0
	add := func(end int) {
		for next < p.w1 && int(c.words[next].start) < end {
			next++
		}
		if next > first {
			c.sentences = append(c.sentences, sentence{first, next, int(c.words[first].start), end})
		}
		first, start = next, end
	}
	for at := p.start; at < p.end; {
		r, size := utf8.DecodeRune(c.plain[at:p.end])
		if !strings.ContainsRune(enders, r) {
			at += size
			continue
		}
		end, dot := at+size, r == '.'
		for end < p.end {
			r, size = utf8.DecodeRune(c.plain[end:p.end])
			if !strings.ContainsRune(enders+closers, r) {
				break
			}
			dot = dot && strings.ContainsRune(closers, r)
			end += size
		}
		r, _ = utf8.DecodeRune(c.plain[end:p.end])
		if end == p.end || unicode.IsSpace(r) || r == '—' {
			if !dot || !b.abbreviates(c.plain[start:at]) {
				add(end)
			}
		}
		at = end
	}
	add(p.end)
}

// abbreviates reports whether the dot behind text belongs to an abbreviation or
// to an initial.
func (b *body) abbreviates(text []byte) bool {
	at := bytes.LastIndexAny(text, " \n\t(“\"—") + 1
	_, size := utf8.DecodeRune(text[max(0, at-1):])
	if at > 0 && size > 1 { // the mark before it has several bytes
		at += size - 1
	}
	word := string(text[min(at, len(text)):])
	r, n := utf8.DecodeRuneInString(word)
	if n == len(word) && unicode.IsUpper(r) && word != "I" {
		return true
	}
	return b.english && abbreviations[strings.ToLower(word)]
}
