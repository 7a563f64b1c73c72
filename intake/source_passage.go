package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/book"
)

// How long passages are. A passage is filled up with whole paragraphs, and with
// whole sentences where a paragraph is longer than one.
const (
	fewWords    = 150   // with which a passage may end before a paragraph that does not fit
	manyWords   = 300   // that a passage has at most
	manyLetters = 4_000 // characters that it has at most; only what is no prose gets there
)

// passages cuts a text into passages: at headings, else between paragraphs or
// sentences.
func passages(id string, blocks []sourceBlock) []book.Passage {
	c := &cutter{id: id}
	for _, b := range blocks {
		text := strings.TrimSpace(shown(b.text))
		switch {
		case text == "":
		case b.heading:
			c.end()
			c.heading = clipped(oneLine(text), book.MaxPassageHeading)
		default:
			c.paragraph(text)
		}
	}
	c.end()
	if len(c.list) == 0 && c.heading != "" { // nothing but headings
		c.take(c.heading)
		c.heading = ""
		c.end()
	}
	return c.list
}

// cutter cuts one source.
type cutter struct {
	id, heading    string
	list           []book.Passage
	text           strings.Builder // of the passage in work
	words, letters int             // in it
}

// end ends the passage in work.
func (c *cutter) end() {
	text := strings.TrimSpace(c.text.String())
	c.text.Reset()
	c.words, c.letters = 0, 0
	if text != "" {
		c.list = append(c.list, book.Passage{ID: book.PassageID(c.id, len(c.list)+1), Heading: c.heading, Text: text})
	}
}

// fits reports whether a text still finds room in the passage in work.
func (c *cutter) fits(text string) bool {
	if len(text) > utf8.UTFMax*manyLetters { // not worth counting
		return false
	}
	return c.words+book.SourceWords(text) <= manyWords && c.letters+utf8.RuneCountInString(text) <= manyLetters
}

func (c *cutter) take(text string) {
	c.text.WriteString(text)
	c.words += book.SourceWords(text)
	c.letters += utf8.RuneCountInString(text)
}

// paragraph adds a paragraph.
func (c *cutter) paragraph(text string) {
	if c.letters > 0 {
		c.text.WriteString("\n\n")
	}
	if c.fits(text) {
		c.take(text)
		return
	}
	if c.words >= fewWords {
		c.end()
		if c.fits(text) {
			c.take(text)
			return
		}
	}
	for _, sentence := range sentences(text) {
		if !c.fits(sentence) {
			c.end()
		}
		for !c.fits(sentence) {
			part := breakOff(sentence)
			c.take(part)
			c.end()
			sentence = strings.TrimLeft(sentence[len(part):], " \n\t")
		}
		c.take(sentence)
	}
}

// breakOff is the beginning of a sentence that is longer than a passage, up to
// a blank if there is one.
func breakOff(text string) string {
	words, letters, blank, word := 0, 0, 0, false
	dense := 0
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if word {
				words++
			}
			word, blank = false, i
		case book.Spaceless(r):
			dense++
			blank = i
		default:
			word = true
		}
		if letters++; words+dense/2 >= manyWords-1 || letters >= manyLetters {
			if blank > 0 {
				return text[:blank]
			}
			return text[:i+utf8.RuneLen(r)]
		}
	}
	return text
}

// short are words whose full stop ends no sentence.
var short = names("mr mrs ms dr prof st no vs etc cf fig vol pp ca approx jr sr e.g i.e bzw z.b usw nr")

// sentences cuts a paragraph behind its sentences; joined, they are the
// paragraph again.
func sentences(text string) []string {
	var list []string
	start := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		wide := strings.ContainsRune("。！？", r)
		if !wide && !strings.ContainsRune(".!?…؟۔।", r) {
			continue
		}
		end := i
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune(`.!?…"'”’»)]」』。！？`, r) {
				break
			}
			end += n
		}
		next, _ := utf8.DecodeRuneInString(text[end:])
		if end < len(text) && !wide && (!unicode.IsSpace(next) || r == '.' && goesOn(text[start:i-1], text[end:])) {
			i = end
			continue
		}
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsSpace(r) {
				break
			}
			end += n
		}
		list, start, i = append(list, text[start:end]), end, end
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// goesOn reports whether a sentence goes on behind a full stop: an initial or a
// short form stands before it, or a small letter follows.
func goesOn(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \n\t"))
	if unicode.IsLower(next) {
		return true
	}
	last := before[strings.LastIndexAny(before, " \n\t(")+1:]
	first, n := utf8.DecodeRuneInString(last)
	return n > 0 && n == len(last) && unicode.IsUpper(first) || short[strings.ToLower(last)]
}
