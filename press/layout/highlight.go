package layout

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"quire/press"
	"quire/press/font"
)

// tokenClass is what a piece of code is, as far as a reader needs to see it.
type tokenClass uint8

// The classes of code.
const (
	plainToken tokenClass = iota
	keywordToken
	commentToken
	stringToken
	numberToken
	addedToken
	removedToken
)

// grammar is what a language's words look like. It is read once from left to
// right, each byte once, so that no text takes long.
type grammar struct {
	line    []string        // what begins a comment up to the line's end
	block   [][2]string     // what begins and ends a longer one
	quotes  string          // begin and end a string within a line, with \ before what is none
	chars   bool            // ' holds one character, and may also be something else
	long    []string        // begin and end a string over lines
	words   string          // keywords, divided by blanks
	fold    bool            // keywords in any case
	inWord  string          // signs that words may have inside
	key     byte            // a word at the line's start is a key when this follows; 0 is none
	command byte            // a word behind this is a keyword; 0 is none
	markup  bool            // words behind < are names of elements; strings only in tags
	known   map[string]bool // words, split at the first use
}

// grammars finds grammars by name and makes their tables once.
type grammars struct {
	mu    sync.Mutex // guards ready
	ready map[string]*grammar
}

// builtInGrammars is shared by all typesetters; what it remembers changes no
// result.
var builtInGrammars = &grammars{ready: map[string]*grammar{}}

// find returns the grammar of a language, nil if there is none.
func (g *grammars) find(language string) *grammar {
	name := strings.ToLower(language)
	if to, ok := otherNames[name]; ok {
		name = to
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if ready, ok := g.ready[name]; ok {
		return ready
	}
	made, ok := languages[name]
	if !ok {
		return nil
	}
	made.known = map[string]bool{}
	for w := range strings.FieldsSeq(made.words) {
		made.known[w] = true
	}
	g.ready[name] = &made
	return &made
}

// classify returns the class of every byte of some code; nil when its language
// is unknown.
func classify(language, text string) []tokenClass {
	out := make([]tokenClass, len(text))
	if l := strings.ToLower(language); l == "diff" || l == "patch" {
		classifyDiff(text, out)
		return out
	}
	g := builtInGrammars.find(language)
	if g == nil {
		return nil
	}
	z := lexer{g: g, text: text, out: out, lineStart: true}
	for z.at < len(text) {
		z.step()
	}
	return out
}

// classifyDiff marks the lines of a patch.
func classifyDiff(text string, out []tokenClass) {
	at := 0
	for line := range strings.Lines(text) {
		class := plainToken
		switch {
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "@@"):
			class = keywordToken
		case line[0] == '+':
			class = addedToken
		case line[0] == '-':
			class = removedToken
		}
		for range len(line) {
			out[at] = class
			at++
		}
	}
}

// lexer reads one text.
type lexer struct {
	g         *grammar
	text      string
	out       []tokenClass
	at        int
	lineStart bool // nothing but blanks and list signs before in the line
	inTag     bool // of markup
}

// take gives the next bytes up to end a class.
func (z *lexer) take(end int, class tokenClass) {
	for ; z.at < min(end, len(z.text)); z.at++ {
		z.out[z.at] = class
	}
}

// step reads one token.
func (z *lexer) step() {
	c := z.text[z.at]
	start := z.lineStart
	z.lineStart = c == '\n' || start && strings.IndexByte(" \t-", c) >= 0
	if z.comment() || z.longString() || z.shortString(c) {
		return
	}
	r, size := utf8.DecodeRuneInString(z.text[z.at:])
	switch {
	case unicode.IsDigit(r):
		z.take(z.wordEnd(z.at, "."), numberToken)
	case c == z.g.command && z.g.command != 0:
		z.take(z.wordEnd(z.at+1, ""), keywordToken)
	case z.g.markup && (c == '<' || c == '>'):
		z.inTag = c == '<'
		z.take(z.at+1, plainToken)
		if z.inTag {
			z.take(z.wordEnd(z.at, "/!?:-."), keywordToken)
		}
	case unicode.IsLetter(r) || r == '_':
		z.word(start)
	default:
		z.take(z.at+size, plainToken)
	}
}

// word reads a word: a keyword, a key or a name.
func (z *lexer) word(start bool) {
	inside := z.g.inWord
	if z.g.key != 0 && start {
		inside += "-."
	}
	end := z.wordEnd(z.at, inside)
	word, class := z.text[z.at:end], plainToken
	if z.g.fold {
		word = strings.ToLower(word)
	}
	isKey := z.g.key != 0 && start && strings.HasPrefix(strings.TrimLeft(z.text[end:min(len(z.text), end+8)], " "), string(z.g.key))
	if z.g.known[word] || isKey {
		class = keywordToken
	}
	z.take(end, class)
}

// wordEnd returns where a word ends that may have some signs inside.
func (z *lexer) wordEnd(from int, inside string) int {
	end := from
	for end < len(z.text) {
		r, size := utf8.DecodeRuneInString(z.text[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !strings.ContainsRune(inside, r) {
			break
		}
		end += size
	}
	return end
}

// comment reads a comment, if one begins here.
func (z *lexer) comment() bool {
	rest := z.text[z.at:]
	for _, b := range z.g.block {
		if strings.HasPrefix(rest, b[0]) {
			z.takeTo(b[1], len(b[0]), commentToken)
			return true
		}
	}
	for _, mark := range z.g.line {
		if !strings.HasPrefix(rest, mark) || mark == "#" && z.at > 0 && strings.IndexByte(" \t\n;", z.text[z.at-1]) < 0 {
			continue
		}
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			end = len(rest)
		}
		z.take(z.at+end, commentToken)
		return true
	}
	return false
}

// takeTo takes up to a closing mark, behind some bytes, or to the end.
func (z *lexer) takeTo(mark string, skip int, class tokenClass) {
	end := strings.Index(z.text[z.at+skip:], mark)
	if end < 0 {
		z.take(len(z.text), class)
		return
	}
	z.take(z.at+skip+end+len(mark), class)
}

// longString reads a string over lines, if one begins here.
func (z *lexer) longString() bool {
	for _, mark := range z.g.long {
		if strings.HasPrefix(z.text[z.at:], mark) {
			z.takeTo(mark, len(mark), stringToken)
			return true
		}
	}
	return false
}

// longestChar is how many bytes a character between ' may have: '\u{10ffff}'.
const longestChar = 12

// shortString reads a string that ends in its line, if one begins here.
func (z *lexer) shortString(c byte) bool {
	if strings.IndexByte(z.g.quotes, c) < 0 || z.g.markup && !z.inTag {
		return false
	}
	end, last := z.at+1, len(z.text)
	char := c == '\'' && z.g.chars
	if char {
		last = min(last, z.at+longestChar)
	}
	for end < last && z.text[end] != c && z.text[end] != '\n' {
		if z.text[end] == '\\' && end+1 < len(z.text) && z.text[end+1] != '\n' {
			end++
		}
		end++
	}
	closed := end < len(z.text) && z.text[end] == c
	if inside := z.text[z.at+1 : min(end, len(z.text))]; char && (!closed || inside == "" || inside[0] != '\\' && utf8.RuneCountInString(inside) > 1) {
		return false
	}
	if closed {
		end++
	}
	z.take(end, stringToken)
	return true
}

// highlighted returns a code style as the theme's palette wants a class to
// look. Print lives on weight and slope, so that grey loses nothing; colours are
// dark enough to read when they are printed grey.
func (s *setter) highlighted(st style, class tokenClass) style {
	switch class {
	case keywordToken, addedToken:
		st.face = font.Bold
	case commentToken, removedToken:
		st.face = font.Italic
	}
	if s.theme.Code.Palette != "color" {
		if class == commentToken {
			st.color = press.Color{R: 80, G: 80, B: 80}
		}
		return st
	}
	switch class {
	case keywordToken:
		st.color = press.Color{R: 26, G: 62, B: 117}
	case commentToken:
		st.color = press.Color{R: 84, G: 100, B: 84}
	case stringToken:
		st.color = press.Color{R: 138, G: 42, B: 28}
	case numberToken:
		st.color = press.Color{R: 112, G: 66, B: 0}
	case addedToken:
		st.color = press.Color{R: 20, G: 96, B: 40}
	case removedToken:
		st.color = press.Color{R: 150, G: 24, B: 24}
	}
	return st
}
