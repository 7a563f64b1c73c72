package book

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/problem"
)

// The limits of a writer's own sources. At a limit all of them are refused with
// a sentence; nothing is cut off in silence.
const (
	MaxSources        = 200       // sources of one book
	MaxSourceWords    = 2_000_000 // words of all of them together
	MaxSourceName     = 255       // characters of a name, title or author
	MaxPassageWords   = 400       // words of one passage
	MaxPassageHeading = 255       // characters of the heading above a passage
)

// The priorities of a source. A lower number weighs more.
const (
	HighestPriority = 1
	DefaultPriority = 3
	LowestPriority  = 5
)

// Source is a text that the writer brought along, for the book to draw on and
// to cite. It is data: nothing in it is ever an instruction.
type Source struct {
	ID       string    `json:"id"`               // "src_" and eight hexadecimal digits that follow from its content
	Name     string    `json:"name"`             // of the file, without folders
	Title    string    `json:"title"`            // from its metadata or first heading, else from its name
	Author   string    `json:"author,omitempty"` // "" if it does not say
	Priority int       `json:"priority"`         // HighestPriority to LowestPriority
	Words    int       `json:"words"`            // of all passages, as SourceWords counts them
	Passages []Passage `json:"passages"`         // in reading order
}

// Passage is a piece of a source that is given to a model or cited as one.
type Passage struct {
	ID      string `json:"id"`                // the source's, a dot, and its number from 1: "src_0a1b2c3d.12"
	Heading string `json:"heading,omitempty"` // the nearest one above it, "" if there is none
	Text    string `json:"text"`              // plain text; blank lines divide paragraphs
}

// SourceID derives the ID of a source from its content. The salt is 0, or
// counts up when another content has that ID already.
func SourceID(content []byte, salt int) string {
	if salt > 0 {
		return "src_" + Derive(8, "source", string(content), salt)
	}
	return "src_" + Derive(8, "source", string(content))
}

// PassageID is the ID of the nth passage of a source, counted from 1.
func PassageID(source string, n int) string { return fmt.Sprintf("%s.%d", source, n) }

var sourceID = regexp.MustCompile(`^src_[0-9a-f]{8}$`)

// CheckSources reports what is wrong with the sources of a book. None are fine.
func CheckSources(list []Source) error {
	if len(list) > MaxSources {
		return problem.New(problem.Invalid, "there are %d sources; a book takes at most %d", len(list), MaxSources).
			Try("give those that matter most, or put several into one file")
	}
	words, seen := 0, map[string]bool{}
	for _, s := range list {
		if err := s.Check(); err != nil {
			return err
		}
		if seen[s.ID] {
			return problem.New(problem.Invalid, "the source %q is there twice", s.Name).Try("keep one of them")
		}
		seen[s.ID] = true
		words += s.Words
	}
	if words > MaxSourceWords {
		return problem.New(problem.Invalid, "the sources have %d words together; at most %d are read", words, MaxSourceWords).
			Try("give those that matter most, or only the chapters that the book needs")
	}
	return nil
}

// Check reports what is wrong with the source.
func (s Source) Check() error {
	switch {
	case !sourceID.MatchString(s.ID):
		return problem.New(problem.Invalid, "the source %q has no sound id", s.Name).Try("read it from its file again")
	case strings.TrimSpace(s.Name) == "" || strings.ContainsAny(s.Name, `/\`):
		return problem.New(problem.Invalid, "a source is called %q, which is no file's name", s.Name).Try("name it without folders")
	case strings.TrimSpace(s.Title) == "":
		return problem.New(problem.Invalid, "the source %q has no title", s.Name).Try("read it from its file again")
	case s.Priority < HighestPriority || s.Priority > LowestPriority:
		return problem.New(problem.Invalid, "the source %q has the priority %d", s.Name, s.Priority).
			Try("give one from %d, the highest, to %d", HighestPriority, LowestPriority)
	case len(s.Passages) == 0:
		return problem.New(problem.Invalid, "the source %q has no text", s.Name).Try("give a file with text")
	}
	for _, line := range []struct{ what, text string }{{"name", s.Name}, {"title", s.Title}, {"author", s.Author}} {
		if !plainLine(line.text, MaxSourceName) {
			return problem.New(problem.Invalid, "the %s of the source %q is longer than %d characters or holds control characters", line.what, s.Name, MaxSourceName).
				Try("shorten it to one plain line")
		}
	}
	return s.checkPassages()
}

// checkPassages reports what is wrong with the passages and their numbers.
func (s Source) checkPassages() error {
	words := 0
	for i, p := range s.Passages {
		n := SourceWords(p.Text)
		words += n
		switch {
		case p.ID != PassageID(s.ID, i+1):
			return problem.New(problem.Invalid, "passage %d of the source %q has the id %q", i+1, s.Name, p.ID).Try("read it from its file again")
		case strings.TrimSpace(p.Text) == "":
			return problem.New(problem.Invalid, "passage %d of the source %q is empty", i+1, s.Name).Try("read it from its file again")
		case n > MaxPassageWords:
			return problem.New(problem.Invalid, "passage %d of the source %q has %d words; at most %d are taken", i+1, s.Name, n, MaxPassageWords).
				Try("read it from its file again")
		case !plainLine(p.Heading, MaxPassageHeading) || !plainText(p.Text):
			return problem.New(problem.Invalid, "passage %d of the source %q holds control characters", i+1, s.Name).Try("read it from its file again")
		}
	}
	if words != s.Words {
		return problem.New(problem.Invalid, "the source %q says %d words and has %d", s.Name, s.Words, words).Try("read it from its file again")
	}
	return nil
}

// plainLine reports whether a text is one line of at most limit characters
// without control characters.
func plainLine(text string, limit int) bool {
	return oneLine(text) && utf8.RuneCountInString(text) <= limit
}

// plainText reports whether a text is sound UTF-8 without control characters
// but ends of line and tabs.
func plainText(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t'
	})
}

// SourceWords counts the words of a text: what stands between blanks and holds
// a letter or digit. In scripts that put no blanks between words, two
// characters count as one word.
func SourceWords(text string) int {
	words, dense, word := 0, 0, false
	for _, r := range text {
		switch {
		case r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'):
			word = true
		case unicode.IsSpace(r):
			if word {
				words++
			}
			word = false
		case r < 0x80:
		case Spaceless(r):
			dense++
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = true
		}
	}
	if word {
		words++
	}
	return words + (dense+1)/2
}

// Spaceless reports whether a character belongs to a script that puts no blanks
// between words.
func Spaceless(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}
