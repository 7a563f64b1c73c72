package quality

import (
	"strings"
	"unicode"

	"quire/book"
)

// body is a manuscript cut into chapters, paragraphs, sentences and words.
type body struct {
	profile  Profile
	plan     Plan
	missing  int
	lang     string
	english  bool
	spaced   bool // words stand between spaces
	chapters []chapter
	vocab    vocabulary
	total    int // words of prose
	single   bool
	others   *Others // beside the one chapter that is measured; nil in a whole book
	shared   *grams  // made when a metric needs it
	hits     *slopHits
	properly map[uint32]int
}

// chapter is one chapter. Offsets in plain are those in source: what is no
// prose is blanked there, byte for byte.
type chapter struct {
	number    int
	id, title string
	source    string
	plain     []byte
	paras     []para
	headings  []heading
	words     []word
	sentences []sentence
	faults    []fault // found while reading Markdown
	notes     int     // marks of notes and links
}

// word is one word of prose.
type word struct {
	id         uint32
	start, end int32
	upper      bool // begins with a capital
	spoken     bool // stands in quotation marks
}

// sentence and para hold ranges of words and bytes; a para also of sentences.
type sentence struct{ w0, w1, start, end int }

type para struct {
	start, end int
	w0, w1     int
	s0, s1     int
	item       bool // of a list: prose, but without rhythm
	open       bool // a quotation mark is not closed
	section    int  // counts the headings before it
}

type heading struct {
	level, start, end int
}

type fault struct {
	start, end int
	note       string
}

// vocabulary numbers the words by their folded spelling.
type vocabulary struct {
	ids   map[string]uint32
	words []string
}

// open cuts a manuscript.
func open(m book.Manuscript, profile Profile, plan Plan) *body {
	b := &body{profile: profile, plan: plan, missing: m.Missing, vocab: vocabulary{ids: map[string]uint32{}}}
	b.lang, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(m.Meta.Language, "_", "-")), "-")
	if b.lang == "" {
		b.lang = "en"
	}
	for i, t := range m.Chapters {
		c := chapter{number: i + 1, id: t.ID, title: t.Title, source: t.Markdown}
		c.read()
		b.chapters = append(b.chapters, c)
	}
	b.script()
	b.single = b.quotesSingly()
	for i := range b.chapters {
		b.cut(&b.chapters[i])
		b.total += len(b.chapters[i].words)
	}
	return b
}

// script finds out whether words can be told apart by spaces, and whether the
// text can be English.
func (b *body) script() {
	letters, dense, latin := 0, 0, 0
	for i := range b.chapters {
		for _, r := range string(b.chapters[i].plain) {
			switch {
			case r < unicode.MaxASCII && unicode.IsLetter(r):
				letters, latin = letters+1, latin+1
			case !unicode.IsLetter(r):
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan):
				letters, dense = letters+1, dense+1
			default:
				letters++
			}
		}
	}
	b.spaced = dense*5 < letters || letters == 0
	b.english = b.lang == "en" && latin*2 >= letters
	if b.lang == "en" && !b.english {
		b.lang = "und"
	}
}

// cut cuts the paragraphs of a chapter into words and sentences.
func (b *body) cut(c *chapter) {
	for i := range c.paras {
		p := &c.paras[i]
		p.w0, p.s0 = len(c.words), len(c.sentences)
		if b.spaced {
			b.cutWords(c, p)
			p.w1 = len(c.words)
			b.cutSentences(c, p)
		}
		p.w1, p.s1 = len(c.words), len(c.sentences)
	}
	b.speech(c)
}

// evidence is a place in a chapter, cut to a length that can be read.
func (c *chapter) evidence(start, end int, note string) Evidence {
	const most = 180 // bytes
	start = max(0, min(start, len(c.source)))
	end = max(start, min(end, len(c.source)))
	if end-start > most {
		end = start + most
		if at := strings.LastIndexByte(c.source[start:end], ' '); at > 0 {
			end = start + at
		}
	}
	for end < len(c.source) && end > start && c.source[end]&0xC0 == 0x80 {
		end--
	}
	return Evidence{Chapter: c.number, Title: c.title, Start: start, End: end, Quote: c.source[start:end], Note: note}
}

// wordsAt is evidence for some words.
func (c *chapter) wordsAt(w0, w1 int, note string) Evidence {
	return c.evidence(int(c.words[w0].start), int(c.words[max(w0, w1-1)].end), note)
}

// at returns the spelling of a word of a chapter.
func (b *body) at(c *chapter, i int) string { return b.vocab.words[c.words[i].id] }

// per is a rate for each thousand words.
func (b *body) per(n int) float64 { return 1000 * float64(n) / float64(max(1, b.total)) }
