package book

import (
	"strings"
	"unicode/utf8"
)

// Matter is what stands around the chapters and beside the book, made last, when
// the text is there.
type Matter struct {
	Preface     Piece    `json:"preface"`            // before the first chapter; nonfiction
	Afterword   Piece    `json:"afterword"`          // behind the last chapter; nonfiction
	Blurb       string   `json:"blurb"`              // plain text for the back cover and shops; blank lines divide paragraphs
	Keywords    []string `json:"keywords,omitempty"` // up to seven, as shops take them
	IndexTerms  []string `json:"index_terms,omitempty"`
	CoverBrief  string   `json:"cover_brief,omitempty"` // what a picture on the cover should show
	Description string   `json:"description,omitempty"` // one sentence
}

// Piece is a text around the chapters with its title in the book's language. It
// may be empty.
type Piece struct {
	Title    string `json:"title,omitempty"`
	Markdown string `json:"markdown,omitempty"`
}

// What shops take: so many keywords, and characters of a keyword and of a blurb,
// with room to spare.
const (
	MostKeywords = 7
	MostKeyword  = 100
	MostBlurb    = 10_000
)

// Check reports what a reply lacks to be the matter of a book.
func (m Matter) Check() error {
	switch {
	case strings.TrimSpace(m.Blurb) == "":
		return badReply("there is no blurb")
	case len(m.Keywords) > MostKeywords:
		return badReply("there are %d keywords; shops take %d", len(m.Keywords), MostKeywords)
	}
	for _, p := range []Piece{m.Preface, m.Afterword} {
		if (strings.TrimSpace(p.Markdown) == "") != (strings.TrimSpace(p.Title) == "") || !oneLine(p.Title) {
			return badReply("the preface or the afterword lacks its title or its text")
		}
	}
	for _, text := range []string{m.Blurb, m.Description, m.CoverBrief} {
		if utf8.RuneCountInString(text) > MostBlurb {
			return badReply("the blurb or another of the words for shops has more than %d characters", MostBlurb)
		}
	}
	for _, k := range m.Keywords {
		if utf8.RuneCountInString(k) > MostKeyword {
			return badReply("a keyword has more than %d characters", MostKeyword)
		}
		if !oneLine(k) || strings.TrimSpace(k) == "" {
			return badReply("a keyword is empty or holds control characters")
		}
	}
	return nil
}

// Provenance is how a book came to be, for those who must or want to know.
type Provenance struct {
	Book       ID               `json:"book"`
	Title      string           `json:"title"`
	Engine     string           `json:"engine"`
	Preset     string           `json:"preset"`
	Seed       uint64           `json:"seed"`
	Models     []string         `json:"models"` // that wrote a part of the text, as provider/model
	Chapters   []ChapterRecord  `json:"chapters"`
	Human      float64          `json:"human"` // share of the words that people wrote, 0 to 1
	Sources    []string         `json:"sources,omitempty"`
	Prompts    []PromptRecord   `json:"prompts"`
	Disclosure string           `json:"disclosure"` // what a publisher is asked to say
	Cost       *USD             `json:"cost"`       // millionths of a US dollar; null: unknown
	Calls      map[string]int   `json:"calls"`      // answers by role
	Words      int              `json:"words"`
	Quality    *QualityRecord   `json:"quality,omitempty"`
	Decisions  []DecisionRecord `json:"decisions,omitempty"`
}

// ChapterRecord is how one chapter came to be.
type ChapterRecord struct {
	Chapter  ChapterID `json:"chapter"`
	Ordinal  int       `json:"ordinal"`
	Title    string    `json:"title"`
	Models   []string  `json:"models"`
	Revision int       `json:"revision"`
	By       Origin    `json:"by"`
	Words    int       `json:"words"`
	Human    float64   `json:"human"` // share of its words that people wrote, 0 to 1

	Prompts []PromptRecord `json:"prompts,omitempty"` // that were answered for its text
}

// PromptRecord names a prompt by its version.
type PromptRecord struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
}

// QualityRecord is the report on a book in short.
type QualityRecord struct {
	Version string `json:"version"`
	Score   *int   `json:"score"`
	Broken  int    `json:"broken"`
}

// DecisionRecord is a choice that was made for the maker.
type DecisionRecord struct {
	Type         string   `json:"type"`
	Choice       string   `json:"choice"`
	Reason       string   `json:"reason"`
	Confidence   float64  `json:"confidence"` // 0 to 1
	Alternatives []string `json:"alternatives,omitempty"`
	Impact       string   `json:"impact,omitempty"`
}

// FigureSpecs are the figures of a chapter, made of the markers in its text.
type FigureSpecs struct {
	Of      string       `json:"of"` // hash of the text that they are for
	Figures []FigureSpec `json:"figures,omitempty"`
}

// FigureSpec is what a marker becomes.
type FigureSpec struct {
	Marker  string `json:"marker"`  // as it stands in the text
	Spec    string `json:"spec"`    // JSON as the room figure reads it; "" leaves the marker out
	Example bool   `json:"example"` // its numbers are an example
}

// MostFigures is how many figures a chapter gets.
const MostFigures = 3
