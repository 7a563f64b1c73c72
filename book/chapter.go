package book

import (
	"strings"
	"time"
	"unicode"
)

// Chapter is the row of a chapter: where its making stands. Its text is an
// artefact, and so are the beats and sections that it came from.
type Chapter struct {
	ID      ChapterID
	Ordinal int // from 1, in reading order
	Title   string
	State   ChapterState
	Target  int  // words asked for
	Words   int  // words written
	Draft   int  // which draft of the chapter counts, from 1; writing it anew raises it
	Wave    int  // chapters of one wave are written side by side, from 1; 0 is not planned yet
	Locked  bool // nothing may change its text but the person who unlocks it
	Reason  string
	Changed time.Time
}

// ChapterState is where a chapter stands.
type ChapterState string

// The states of a chapter: a waiting one needs others first, a queued one has a
// job, a written one has text and delta.
const (
	ChapterWaiting ChapterState = "waiting"
	ChapterQueued  ChapterState = "queued"
	ChapterRunning ChapterState = "running"
	ChapterWritten ChapterState = "written"
	ChapterFailed  ChapterState = "failed"
)

// Section is one stretch of a chapter's text as it was drafted.
type Section struct {
	Markdown string `json:"markdown"` // without its heading, which the beat has
	Words    int    `json:"words"`
	Asked    int    `json:"asked,omitempty"` // words that the model was told
	First    int    `json:"first,omitempty"` // words that it gave then, before it went on
	Tight    bool   `json:"tight,omitempty"` // it was too long and is tightened
	Draft    int    `json:"draft,omitempty"` // of the chapter, that it belongs to; 0 is the first
}

// ChapterText is a chapter's text with its headings, as it goes into the
// manuscript.
type ChapterText struct {
	Markdown string `json:"markdown"`
	Words    int    `json:"words"`
	Draft    int    `json:"draft"` // of the chapter, that it began as
	By       Origin `json:"by"`    // what made this revision
	Round    int    `json:"round,omitempty"`
}

// Origin is what made a revision of a chapter's text.
type Origin string

// The origins: sections joined, a critic's findings mended, a seam to the chapter
// before, a contradiction mended, a person's own words, or an older revision that
// was taken back.
const (
	Drafted Origin = "draft"
	Revised Origin = "revision"
	Seamed  Origin = "seam"
	Patched Origin = "patch"
	Edited  Origin = "edit"
	Kept    Origin = "keep"
)

// NewText is a chapter's text made from Markdown.
func NewText(markdown string, draft int, by Origin) ChapterText {
	markdown = strings.TrimSpace(markdown)
	return ChapterText{Markdown: markdown, Words: Words(markdown), Draft: draft, By: by}
}

// Theirs reports whether the text is a person's own words, or was taken back by
// one. No job replaces it unasked.
func (t ChapterText) Theirs() bool { return t.By == Edited || t.By == Kept }

// Check reports what a reply lacks to be the text of a section.
func (s Section) Check() error {
	if s.Words == 0 {
		return badReply("the section has no words")
	}
	return nil
}

// Words counts the words of a text, also of Markdown: what stands between blanks
// and holds a letter or digit, so that rules and list marks do not count. In scripts that put no blanks between words, two
// characters count as one word.
func Words(text string) int {
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

// Ended reports whether nothing more happens to the chapter unasked.
func (s ChapterState) Ended() bool { return s == ChapterWritten || s == ChapterFailed }
